# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The taxes that stand inside PayPal's prices follow those they are made from."""

from odoo.tools import SQL

from ..common import PaypalIpnCase, message

REFUND = {
    "txn_id": "2AB23456CD789012E",
    "parent_txn_id": "1AB23456CD789012E",
    "payment_status": "Refunded",
    "txn_type": None,
    "mc_gross": "-118.00",
    "mc_fee": "-4.20",
}


class TestTwins(PaypalIpnCase):
    def setUp(self):
        super().setUp()
        self.company._paypal_setup()
        self.source = self.company.account_sale_tax_id

    def vat(self, txn_id, **changes):
        """The VAT of a sale over 118.00."""
        document = self.assert_done(self.take(message(txn_id=txn_id, **changes)))
        self.assertEqual(document.amount_total, 118.00)
        return document.amount_tax

    def test_the_twin_follows_the_rate_and_old_refunds_keep_theirs(self):
        self.assertEqual(self.vat(REFUND["parent_txn_id"]), 18.00)
        old = self.company.paypal_tax_id
        self.source.amount = 17.0
        self.assertEqual(self.vat("3AB23456CD789012E"), 17.15)
        self.assertNotEqual(self.company.paypal_tax_id, old)
        note = self.assert_done(self.take(message(**REFUND)))
        self.assertEqual((note.amount_total, note.amount_tax), (118.00, 18.00))
        self.assertFalse(old.active)
        self.source.amount = 18.0
        self.assertEqual(self.vat("4AB23456CD789012E"), 18.00)
        self.assertEqual(self.company.paypal_tax_id, old)
        self.assertTrue(old.active)

    def test_a_refund_of_a_part_keeps_the_old_rate(self):
        self.assertEqual(self.vat(REFUND["parent_txn_id"]), 18.00)
        self.source.amount = 17.0
        part = {**REFUND, "mc_gross": "-59.00", "mc_fee": None}
        note = self.assert_done(self.take(message(**part)))
        self.assertEqual((note.amount_total, note.amount_tax), (59.00, 9.00))

    def test_what_is_the_default_tax_at_the_moment_decides(self):
        reduced = self.source.copy({"name": "VAT 10%", "amount": 10.0})
        self.company.account_sale_tax_id = reduced
        self.assertEqual(self.vat("3AB23456CD789012E"), 10.73)
        self.assertEqual(self.company.paypal_tax_id.paypal_source_tax_id, reduced)
        included = self.source.copy(
            {"name": "VAT 9%", "amount": 9.0, "price_include_override": "tax_included"}
        )
        for tax, vat in ((included, 9.74), (self.source, 18.00)):
            self.company.account_sale_tax_id = tax
            self.assertEqual(self.vat(f"{tax.id}AB23456CD789"), vat)

    def test_a_tax_that_the_merchant_chose_stays(self):
        chosen = self.source.copy({"name": "VAT 10%", "amount": 10.0})
        self.company.paypal_tax_id = chosen
        self.company.account_sale_tax_id = self.source.copy({"name": "Other"})
        self.assertEqual(self.vat("3AB23456CD789012E"), 10.73)
        self.assertEqual(self.company.paypal_tax_id, chosen)

    def test_the_twin_follows_accounts_tags_name_and_life(self):
        twin = self.company.paypal_tax_id
        account = self.company.paypal_fee_account_id
        line = self.source.invoice_repartition_line_ids.filtered(
            lambda line: line.repartition_type == "tax"
        )
        line.account_id = account
        document = self.assert_done(self.take(message()))
        [vat] = document.line_ids.filtered("tax_line_id")
        self.assertEqual((vat.account_id, vat.balance), (account, -18.00))
        new = self.company.paypal_tax_id
        self.assertNotEqual(new, twin)
        self.source.name = "VAT of this year"
        self.assertEqual(new.name, "VAT of this year (in PayPal prices)")
        self.source.active = False
        self.assertFalse(new.active)
        self.source.active = True
        self.assertTrue(new.active)
        self.assertFalse(twin.active)

    def test_a_name_that_is_taken_is_avoided(self):
        other = self.source.copy({"name": "Eco", "amount": 5.0})
        other.copy({"name": "Eco (in PayPal prices)", "amount": 6.0})
        twin = other._paypal_included()
        self.assertEqual(twin.name, "Eco (in PayPal prices) 2")
        self.assertEqual(twin.amount, 5.0)

    def test_a_tax_made_anew_under_an_old_name_takes_up_its_old_twin(self):
        first = self.source.copy({"name": "Eco", "amount": 5.0})
        twin = first._paypal_included()
        first.unlink()
        self.assertFalse(twin.active)
        again = self.source.copy({"name": "Eco", "amount": 5.0})
        self.assertEqual(again._paypal_included(), twin)
        self.assertTrue(twin.active)

    def test_what_an_uninstall_left_is_found_again(self):
        sale = self.take(message())
        payment, document = sale.payment_ids, sale.document_id
        parts = (
            "paypal_journal_id",
            "paypal_product_id",
            "paypal_tax_id",
            "paypal_fee_account_id",
            "paypal_fee_partner_id",
        )
        before = {part: self.company[part] for part in parts}
        self._forget(sale, parts)
        self.company._paypal_setup()
        self.assertEqual({part: self.company[part] for part in parts}, before)
        self.assertEqual(payment.paypal_txn_id, "1AB23456CD789012E")
        self.assertEqual(document.paypal_txn_id, "1AB23456CD789012E")
        self.assertEqual(before["paypal_tax_id"].paypal_source_tax_id, self.source)
        # PayPal tells of it once more.
        again = self.take(message(memo="in other bytes"))
        self.assert_side(again, "ignored", "duplicate")
        self.assertEqual(self.paypal_balance(), 113.80)

    def _forget(self, sale, parts):
        """Do to the database what an uninstall and an installation do."""
        self.env.flush_all()
        for table, columns in {
            "res_company": [*parts, "paypal_followed_tax_id"],
            "account_tax": ["paypal_source_tax_id"],
            "account_payment": ["paypal_txn_id", "paypal_ipn_id"],
            "account_move": ["paypal_txn_id", "paypal_ipn_id"],
        }.items():
            emptied = [SQL("%s = NULL", SQL.identifier(column)) for column in columns]
            statement = SQL(
                "UPDATE %s SET %s", SQL.identifier(table), SQL(", ").join(emptied)
            )
            self.env.cr.execute(statement)
        self.env.cr.execute("DELETE FROM paypal_ipn WHERE id = %s", [sale.id])
        self.env.invalidate_all()
