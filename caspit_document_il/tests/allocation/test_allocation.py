# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import os
from datetime import datetime, timedelta, timezone
from unittest.mock import patch
from urllib.parse import parse_qs, urlsplit

import requests

from odoo import fields
from odoo.addons.caspit_paypal_ipn.tests.common import message
from odoo.exceptions import UserError

from tools.standin.authority import AuthorityStandIn

from ...models.allocation.il_authority import STANDIN_VARIABLE
from ..common import DocumentIlCase, pdfsig, text_of

BUYER = 777777715
ABOVE, BELOW = "5901.00", "5899.00"
#: A document has the day of its payment, and the threshold is that day's.
TODAY = {"payment_date": datetime.now(timezone.utc).strftime("%H:%M:%S %b %d, %Y GMT")}


class TestAllocation(DocumentIlCase):
    """Real documents of a company that is connected to an authority of ours."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.standin = cls.enterClassContext(AuthorityStandIn())
        cls.startClassPatcher(
            patch.dict(os.environ, {STANDIN_VARIABLE: cls.standin.url})
        )
        cls.company.il_buyer_field = "custom"
        cls.authority = cls.env["il.authority"].create(
            {
                "company_id": cls.company.id,
                "client_id": cls.standin.client_id,
                "client_secret": cls.standin.secret,
            }
        )

    def connect(self):
        """Give the permission, as the dealer does in his browser."""
        answer = requests.get(
            self.authority.action_connect()["url"], allow_redirects=False, timeout=5
        )
        query = parse_qs(urlsplit(answer.headers["Location"]).query)
        self.assertTrue(self.authority._is_state(query["state"][0]))
        client, now = self.authority._client(), fields.Datetime.now()
        tokens = client.exchange(query["code"][0], self.authority._redirect(), now)
        self.authority._keep(tokens)
        self.authority.permitted_at = now

    def setUp(self):
        super().setUp()
        self.standin.fault = None
        self.standin.refused.clear()
        self.standin.requests.clear()
        self.standin.decisions.clear()
        self.connect()

    def sale(self, gross=ABOVE, **changes):
        """A sale to a dealer, booked, and its receipt where it gets to by itself."""
        changes = {"mc_gross": gross, "custom": str(BUYER), **TODAY, **changes}
        return self.take(message(**changes))

    def ask(self):
        """Run the scheduled action that asks."""
        with self.enter_registry_test_mode():
            self.run_cron("caspit_document_il.ir_cron_il_ask")
        self.env.invalidate_all()

    def allocation(self, ipn):
        return ipn.document_id.il_allocation_ids

    def make_ask_due(self, ipn):
        self.allocation(ipn).next_try = fields.Datetime.now() - timedelta(seconds=1)

    def test_a_sale_above_the_threshold_has_its_number_on_paper(self):
        ipn = self.sale()
        self.assertEqual(ipn.state, "booked")  # it waits for the number
        self.assertFalse(self.mails_of(ipn.document_id))
        self.ask()
        self.work()
        document = self.assert_done(ipn)
        number = self.allocation(ipn).number
        self.assertEqual(number, self.standin.numbers[self.allocation(ipn).key])
        text = self.text(ipn)
        self.assertIn(number[-9:], text)
        self.assertIn("מספר", text)
        self.assertIn("הקצאה", text)
        self.assertEqual(len(self.mails_of(document)), 1)
        self.assertTrue(self.allocation(ipn).is_printed)
        [request] = self.standin.requests
        self.assertEqual(request["payment_amount"], 5000.85)
        self.assertEqual(request["vat_amount"], 900.15)
        self.assertEqual(request["invoice_type"], 320)
        self.assertEqual(request["customer_vat_number"], BUYER)
        self.assertEqual(request["invoice_reference_number"], document.name)

    def test_a_sale_below_it_has_none_and_waits_for_nothing(self):
        ipn = self.sale(BELOW)
        self.assert_done(ipn)
        self.assertFalse(self.allocation(ipn))
        self.assertNotIn("הקצאה", self.text(ipn))

    def test_a_private_customer_and_one_abroad_have_none(self):
        self.assert_done(self.sale(custom=None))
        abroad = self.sale(
            txn_id="2AB23456CD789012E",
            payer_id="ABROAD0000001",
            payer_email="bob@example.com",
            address_country_code="FR",
            residence_country="FR",
            address_name="Bob",
            first_name="Bob",
        )
        self.assert_done(abroad)
        self.assertFalse(self.env["il.allocation"].search([]))

    def test_the_threshold_is_that_of_the_day(self):
        on = self.env["il.allocation.threshold"]._on
        for day, amount in {
            "2024-05-04": None,
            "2024-05-05": 25000,
            "2025-01-01": 20000,
            "2026-05-31": 10000,
            "2026-06-01": 5000,
        }.items():
            self.assertEqual(on(day), amount)

    def test_authority_away_the_mail_goes_out_and_the_copy_with_the_number_follows(
        self,
    ):
        self.standin.fault = "down"
        ipn = self.sale()
        self.ask()
        self.work()
        document = self.assert_done(ipn)
        [mail] = self.mails_of(document)
        self.assertNotIn("הקצאה", self.text(ipn))
        original = document.invoice_pdf_report_id.raw
        self.standin.fault = None
        self.make_ask_due(ipn)
        self.ask()
        self.ask()
        first, copy = self.mails_of(document)
        self.assertEqual(first, mail)
        self.assertEqual(self.allocation(ipn).copy_mail_id, copy)
        self.assertEqual(document.invoice_pdf_report_id.raw, original)
        self.assertFalse(self.allocation(ipn).is_printed)

    def test_the_copy_is_signed_carries_the_number_and_says_that_it_is_one(self):
        self.standin.fault = "down"
        ipn = self.sale()
        self.ask()
        self.work()
        self.standin.fault = None
        self.make_ask_due(ipn)
        self.ask()
        printing = ipn.document_id.with_context(force_report_rendering=True)
        copy = printing._il_copy_pdf().raw
        text = text_of(copy)
        self.assertIn(self.allocation(ipn).number[-9:], text)
        self.assertIn("העתק", text)
        self.assertNotIn("מקור", text)
        self.assertIn("Signature is Valid", pdfsig(copy))

    def test_nobody_asks_and_the_receipt_goes_out_all_the_same(self):
        ipn = self.sale()
        self.assertEqual(ipn.state, "booked")
        self.env.cr.execute(
            "UPDATE il_allocation SET create_date = create_date - interval '1 hour'"
        )
        self.env.invalidate_all()
        self.make_due(ipn)
        self.work()
        self.assertEqual(len(self.mails_of(self.assert_done(ipn))), 1)

    def test_a_refusal_is_a_persons_to_decide(self):
        self.standin.refused[BUYER] = "460"
        ipn = self.sale()
        self.ask()
        self.work()
        self.assertEqual((ipn.state, ipn.reason), ("attention", "allocation"))
        self.assertIn("460", ipn.explanation)
        allocation = self.allocation(ipn)
        self.assertTrue(allocation.explanation)
        self.assertTrue(ipn.document_id.activity_ids)
        self.assertFalse(self.mails_of(ipn.document_id))
        allocation.action_continue()
        self.assertEqual(self.standin.decisions, [("Continue", allocation.key)])
        self.work()
        self.assertEqual(len(self.mails_of(self.assert_done(ipn))), 1)
        with self.assertRaises(UserError):
            allocation.action_continue()

    def test_a_refusal_holds_nothing_up_when_the_company_says_so(self):
        self.company.il_refused = "send"
        self.standin.refused[BUYER] = "461"
        ipn = self.sale()
        self.ask()
        self.work()
        self.assert_done(ipn)
        self.allocation(ipn).action_object()
        self.assertEqual(self.standin.decisions[0][0], "FurtherObjection")

    def test_reverse_charge_asks_again_without_vat(self):
        self.standin.refused[BUYER] = "460"
        ipn = self.sale()
        self.ask()
        self.allocation(ipn).action_reverse_charge()
        self.ask()
        request = self.standin.requests[-1]
        self.assertEqual((request["action"], request["vat_amount"]), (3, 0))
        self.assertEqual(self.allocation(ipn).state, "approved")

    def test_a_fault_in_the_request_is_explained_and_holds_nothing_up(self):
        self.standin.today = fields.Date.today() + timedelta(days=20)
        ipn = self.sale()
        self.ask()
        self.standin.today = None
        self.work()
        self.assert_done(ipn)
        allocation = self.allocation(ipn)
        self.assertEqual((allocation.state, allocation.error_code), ("faulty", "434"))
        allocation.action_ask_again()
        self.ask()
        self.assertEqual(allocation.state, "approved")

    def test_an_emergency_number_is_printed_and_reported_afterwards(self):
        name = self.standin.emergency[0]
        stock = self.env["il.emergency.number"].create(
            {"company_id": self.company.id, "name": name}
        )
        self.standin.fault = "down"
        ipn = self.sale()
        self.ask()
        self.work()
        self.assert_done(ipn)
        self.assertIn(name, self.text(ipn))
        self.assertEqual(stock.allocation_id, self.allocation(ipn))
        self.standin.fault = None
        self.make_ask_due(ipn)
        self.ask()
        self.assertEqual(self.allocation(ipn).state, "approved")
        self.assertEqual(self.standin.reported[-1:], [name])
        self.assertTrue(stock.reported_at)
        self.assertEqual(len(self.mails_of(ipn.document_id)), 1)

    def test_the_access_token_is_renewed_by_itself(self):
        self.authority.access_until = fields.Datetime.now()
        before = self.authority.refresh_token
        ipn = self.sale()
        self.ask()
        self.assertEqual(self.allocation(ipn).state, "approved")
        self.assertNotEqual(self.authority.refresh_token, before)

    def test_a_permission_that_ended_is_told_and_holds_nothing_up(self):
        self.standin.end_permission()
        self.authority.access_until = fields.Datetime.now()
        ipn = self.sale()
        self.ask()
        self.work()
        self.assert_done(ipn)
        self.assertEqual(self.finding("il_authority")["level"], "error")
        self.env["res.company"]._cron_il_remind()
        self.assertTrue(self.company.partner_id.activity_ids)
        self.connect()
        self.make_ask_due(ipn)
        self.ask()
        self.assertEqual(self.allocation(ipn).state, "approved")

    def test_the_end_of_the_connection_is_told_in_time(self):
        self.assertEqual(self.finding("il_authority")["level"], "ok")
        self.authority.permitted_at = fields.Datetime.now() - timedelta(days=360)
        self.assertEqual(self.finding("il_authority")["level"], "warn")

    def test_the_sandboxs_numbers_never_stand_on_real_documents(self):
        self.authority.environment = "sandbox"
        self.assert_done(self.sale())
        self.assertFalse(self.env["il.allocation"].search([]))

    def test_a_credit_note_has_a_number_of_its_own_when_it_is_asked_for(self):
        sale = self.sale()
        self.ask()
        self.work()
        refund = self.take(
            message(
                txn_id="REFUND0000000001",
                parent_txn_id=sale.txn_id,
                payment_status="Refunded",
                mc_gross=f"-{ABOVE}",
                mc_fee="-4.20",
                txn_type=None,
                **TODAY,
            )
        )
        self.assertFalse(self.allocation(refund))
        refund.document_id.action_il_ask_for_number()
        self.ask()
        self.assertEqual(self.allocation(refund).state, "approved")
        self.assertEqual(self.standin.requests[-1]["invoice_type"], 330)
        self.assertEqual(len(self.mails_of(refund.document_id)), 2)
