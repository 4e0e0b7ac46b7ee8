# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import fields
from odoo.addons.caspit_paypal_ipn.tests.common import message

from .common import SALE_ID, PaypalApiCase, move


class TestProof(PaypalApiCase):
    """PayPal's balance against the books, to the cent."""

    def setUp(self):
        super().setUp()
        self.connect()

    def prove(self):
        with self.enter_registry_test_mode():
            self.connection._prove(self.connection.watermark)
        self.connection.invalidate_recordset()
        return self.connection._last_proofs()

    def test_what_agrees_is_proved_and_said(self):
        self.paypal.moves = [move()]
        self.walk()
        self.walk()
        self.paypal.balances = {"ILS": "113.80"}
        proof = self.prove()
        self.assertTrue(proof.is_equal)
        self.assertEqual((proof.total, proof.books), (113.8, 113.8))
        self.assertIn("Proved", self.connection.proof_text)
        self.assertIn("113.80", self.connection.proof_text)
        shown = self.env["caspit.dashboard"].with_company(self.company)
        self.assertTrue(shown._ledger()["is_proved"])

    def test_available_withheld_and_reserve_stand_apart(self):
        self.paypal.moves = [
            move(),
            move("HOLD0000000000001", "-20.00", None, "T2103"),
            move("HOLD0000000000002", "-10.00", None, "T2107"),
        ]
        self.walk()
        self.walk()
        self.paypal.balances = {"ILS": "113.80"}
        self.paypal.withheld = {"ILS": "30.00"}
        proof = self.prove()
        self.assertEqual(
            (proof.available, proof.withheld, proof.reserve), (83.8, 30.0, 20.0)
        )
        self.assertTrue(proof.is_equal)

    def test_a_difference_is_named_by_the_rows_that_make_it(self):
        self.paypal.moves = [move(code="T1200", value="7.00", fee=None)]
        self.walk()
        self.paypal.balances = {"ILS": "9.00"}
        proof = self.prove()
        self.assertFalse(proof.is_equal)
        self.assertEqual(proof.difference, 9.0)
        self.assertEqual((proof.by_hand, proof.rest), (7.0, 2.0))
        self.assertIn("entered by hand", proof.explanation)
        rows = self.env["paypal.activity.line"].search(
            proof.action_open_rows()["domain"]
        )
        self.assertEqual(rows.txn_id, move()["transaction_info"]["transaction_id"])

    def test_what_only_the_books_have_is_named(self):
        self.paypal.moves = [move("OTHER0000000001AB", "10.00", None)]
        self.take(message(payment_date=None))
        self.walk()
        self.walk()
        self.connection.activity_id.write(
            {
                "first_moment": fields.Datetime.now() - timedelta(days=1),
                "last_moment": fields.Datetime.now(),
            }
        )
        self.paypal.balances = {"ILS": "10.00"}
        proof = self.prove()
        self.assertEqual(proof.difference, -113.8)

    def test_the_merchant_hears_of_a_difference_once(self):
        self.paypal.balances = {"ILS": "9.00"}
        self.walk()
        self.prove()
        self.walk()
        self.walk()
        mails = self.env["mail.mail"].search([("subject", "ilike", "books differ")])
        self.assertEqual(len(mails), 1)

    def test_the_night_proves_midnight(self):
        self.connection.since = fields.Datetime.now() - timedelta(days=2)
        self.paypal.balances = {"ILS": "0.00"}
        self.walk()
        midnight = self.connection._midnight(
            self.company._paypal_local_date(fields.Datetime.now())
        )
        self.assertEqual(self.connection.proved_at, midnight)
        self.assertTrue(self.connection._last_proofs().is_equal)

    def test_costs_are_summed_by_kind(self):
        self.paypal.moves = [
            move(),
            move("FEE00000000000001", "-65.00", None, "T0106"),
        ]
        self.walk()
        costs = self.env["paypal.api.cost"].search([])
        self.assertEqual(
            {cost.kind: cost.company_cost for cost in costs},
            {"payment": 4.2, "chargeback": 65.0},
        )

    def test_a_conversion_costs_what_it_is_worse_than_the_days_rate(self):
        dollar = self.env.ref("base.USD")
        dollar.active = True
        self.env["res.currency.rate"].search([("currency_id", "=", dollar.id)]).unlink()
        self.env["res.currency.rate"].create(
            {"currency_id": dollar.id, "name": "2020-01-01", "rate": 0.25}
        )
        pair = {"paypal_reference_id": SALE_ID, "paypal_reference_id_type": "TXN"}
        self.paypal.moves = [
            move("OUT00000000000001", "-100.00", None, "T0200", "USD", **pair),
            move("IN000000000000001", "388.00", None, "T0200", **pair),
        ]
        self.walk()
        cost = self.env["paypal.api.cost"].search([])
        self.assertEqual((cost.kind, cost.currency_id), ("conversion", dollar))
        self.assertAlmostEqual(cost.company_cost, 12.0)  # 100 × 4.00 − 388.00
        self.assertAlmostEqual(cost.turnover, 400.0)
