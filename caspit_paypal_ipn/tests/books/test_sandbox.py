# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import date

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user

from ..common import PaypalIpnCase, message

# What a try could leave behind.
TRACED = (
    "account.move",
    "account.payment",
    "account.journal",
    "account.account",
    "account.partial.reconcile",
    "res.partner",
    "mail.mail",
    "mail.message",
    "mail.activity",
    "ir.attachment",
    "paypal.ipn",
)
MANAGER = "caspit_paypal_ipn.group_paypal_ipn_manager"


def refund(**changes):
    """The first sale goes back whole."""
    values = {
        "txn_id": "2RF23456CD789012E",
        "parent_txn_id": "1AB23456CD789012E",
        "payment_status": "Refunded",
        "mc_gross": "-118.00",
        "mc_fee": "-4.20",
    }
    return message(**values, test_ipn="1", **changes)


class TestSandbox(PaypalIpnCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.paypal_environment = "sandbox"
        cls.company.action_paypal_setup()
        cls.manager = new_test_user(
            cls.env, "manager", groups=MANAGER, company_id=cls.company.id
        )

    def count_all(self):
        """How many records there are of everything that a message can make."""
        self.env.flush_all()
        return {
            model: self.env[model]
            .sudo()
            .with_context(active_test=False)
            .search_count([])
            for model in TRACED
        }

    def remove(self):
        """Press the button, as a manager without rights to the books."""
        self.company.with_user(self.manager).action_paypal_remove_sandbox()

    def sale(self, **changes):
        return self.take(message(test_ipn="1", **changes))

    def open_invoice_of_the_sandbox(self):
        """An open invoice that a person made in the sandbox's journal."""
        self.company._paypal_setup_sandbox()
        journal = self.company.paypal_sandbox_sale_journal_id
        invoice = self.open_invoice()
        invoice.button_draft()
        invoice.write({"name": False, "journal_id": journal.id})
        invoice.action_post()
        return invoice

    # === MARKED === #

    def test_documents_have_a_numbering_and_an_account_of_their_own(self):
        document = self.assert_done(self.sale())
        self.assertRegex(document.name, r"^TEST/\d{4}/00001$")
        self.assertTrue(document.paypal_is_sandbox)
        self.assertEqual(self.paypal_balance(), 0.00)
        journal = self.company.paypal_sandbox_journal_id
        self.assertEqual(document._paypal_payments().journal_id, journal)
        self.assertNotEqual(
            journal.default_account_id,
            self.company.paypal_journal_id.default_account_id,
        )
        note = self.take(refund()).document_id
        self.assertRegex(note.name, r"^RTEST/\d{4}/00001$")

    def test_the_legal_numbering_goes_on_as_if_nothing_had_been_tried(self):
        self.company.paypal_environment = "live"
        first = self.assert_done(self.take(message(txn_id="LIVE0000000000001")))
        self.company.paypal_environment = "sandbox"
        self.assert_done(self.sale())
        self.company.paypal_environment = "live"
        second = self.assert_done(self.take(message(txn_id="LIVE0000000000002")))
        self.assertFalse(second.paypal_is_sandbox)
        self.assertEqual(second.sequence_prefix, first.sequence_prefix)
        self.assertEqual(second.sequence_number, first.sequence_number + 1)

    def test_the_sandboxs_journals_are_proposed_to_nobody(self):
        self.sale()
        invoice = self.open_invoice()
        self.assertNotEqual(
            invoice.journal_id, self.company.paypal_sandbox_sale_journal_id
        )
        payment = self.env["account.payment"].create({"amount": 1.0})
        self.assertNotEqual(payment.journal_id, self.company.paypal_sandbox_journal_id)

    def test_mails_say_test_in_their_subject(self):
        ipn = self.sale(address_country_code="US", residence_country="US")
        for mail in (ipn.receipt_mail_id, ipn.notice_mail_id):
            self.assertTrue(mail.subject.startswith("TEST: "), mail.subject)

    def test_a_hebrew_buyer_reads_it_in_hebrew(self):
        subject = self.sale().receipt_mail_id.subject
        self.assertTrue(subject.startswith("ניסיון: "), subject)

    def test_the_page_and_the_mail_say_test(self):
        ipn = self.sale(address_country_code="US", residence_country="US")
        report = "caspit_paypal_ipn.report_receipt"
        html, _type = self.env["ir.actions.report"]._render_qweb_html(
            report, ipn.document_id.ids
        )
        for text in (html.decode(), ipn.receipt_mail_id.body_html):
            self.assertIn(
                "TEST: made from PayPal's sandbox", text.replace("&#39;", "'")
            )

    def test_nothing_says_test_when_money_moved(self):
        self.company.paypal_environment = "live"
        ipn = self.take(message())
        self.assertNotIn("TEST", ipn.receipt_mail_id.subject)
        self.assertNotIn("TEST", ipn.receipt_mail_id.body_html)

    # === NOBODY ELSE GETS MAIL === #

    def test_the_receipt_goes_to_the_merchant(self):
        self.company.paypal_notify_email = "orders@example.com"
        mail = self.sale().receipt_mail_id
        self.assertEqual(mail.email_to, "orders@example.com")
        self.assertFalse(mail.recipient_ids)
        self.assertTrue(mail.attachment_ids)

    def test_a_setting_lets_the_receipt_out_to_the_buyer(self):
        self.company.paypal_sandbox_to_buyer = True
        ipn = self.sale()
        self.assertEqual(ipn.receipt_mail_id.recipient_ids, ipn.partner_id)
        self.assertFalse(ipn.receipt_mail_id.email_to)

    # === NOTHING REAL IS TOUCHED === #

    def test_sandbox_money_pays_no_real_invoice(self):
        invoice = self.open_invoice()
        document = self.assert_done(self.sale(invoice=invoice.name))
        self.assertNotEqual(document, invoice)
        self.assertEqual(invoice.payment_state, "not_paid")

    def test_an_invoice_in_the_sandboxs_journal_can_be_paid(self):
        invoice = self.open_invoice_of_the_sandbox()
        self.assertEqual(self.assert_done(self.sale(invoice=invoice.name)), invoice)
        self.remove()
        self.assertEqual((invoice.state, invoice.payment_state), ("posted", "not_paid"))

    def test_real_money_pays_no_invoice_of_the_sandboxs_journal(self):
        invoice = self.open_invoice_of_the_sandbox()
        self.company.paypal_environment = "live"
        live = self.take(message(invoice=invoice.name))
        self.assertNotEqual(self.assert_done(live), invoice)

    def test_a_sandbox_refund_finds_no_real_sale(self):
        self.company.paypal_environment = "live"
        sale = self.take(message())
        self.company.paypal_environment = "sandbox"
        self.assert_side(self.take(refund()), "attention", "original_missing")
        self.assertEqual(sale.credited, 0.0)

    def test_a_real_customer_is_not_changed_by_an_invented_one(self):
        real = self.env["res.partner"].create(
            {"name": "Dana Levi", "email": "dana@example.com"}
        )
        invented = self.sale().partner_id
        self.assertNotEqual(invented, real)
        self.assertFalse(real.paypal_payer_id or real.street)
        self.company.paypal_environment = "live"
        live = self.take(message(txn_id="LIVE0000000000001"))
        self.assertEqual(live.partner_id, real)

    def test_messages_of_both_worlds_in_one_batch_keep_apart(self):
        self.company.paypal_environment = "sandbox"
        tried = self.receive(message(test_ipn="1"))
        tried._read()
        tried._move_to("verified")
        self.company.paypal_environment = "live"
        real = self.receive(message(txn_id="LIVE0000000000001"))
        self.work()
        self.assertTrue(self.assert_done(tried).paypal_is_sandbox)
        self.assertFalse(self.assert_done(real).paypal_is_sandbox)

    # === AND IT CAN ALL GO === #

    def test_one_action_removes_everything_the_sandbox_made(self):
        before = self.count_all()
        rates = [("2020-01-01", 0.25), ("2026-01-01", 0.30)]
        self.setup_other_currency("USD", rates=rates)
        self.sale()
        self.take(refund())
        dollars = self.sale(
            txn_id="3US23456CD789012E", mc_currency="USD", payer_id="BUYER2"
        )
        self.assertTrue(
            dollars.document_id.line_ids.matched_credit_ids.exchange_move_id
        )
        self.sale(txn_id="4PE23456CD789012E", payment_status="Pending")
        self.take(
            message(
                test_ipn="1",
                txn_id="5RV23456CD789012E",
                parent_txn_id="3US23456CD789012E",
                payment_status="Reversed",
                mc_currency="USD",
                mc_gross="-118.00",
                mc_fee="0.00",
            )
        )
        self.receive(message(test_ipn="1", txn_id="6NE23456CD789012E"))
        self.work()
        self.assertNotEqual(self.count_all(), before)

        self.remove()
        self.assertEqual(self.count_all(), before)
        self.assertEqual(self.company.paypal_sandbox_count, 0)

    def test_after_the_removal_one_can_try_again(self):
        self.assert_done(self.sale())
        self.remove()
        self.assertRegex(self.assert_done(self.sale()).name, r"^TEST/\d{4}/00001$")

    def test_the_removal_leaves_what_is_real(self):
        self.sale()
        self.company.paypal_environment = "live"
        live = self.take(message(txn_id="LIVE0000000000001"))
        self.remove()
        self.assert_done(live)
        self.assertTrue(live.partner_id.exists())
        self.assertEqual(self.paypal_balance(), 113.80)

    def test_an_invented_customer_whom_somebody_uses_stays(self):
        customer = self.sale().partner_id
        self.init_invoice("out_invoice", partner=customer, amounts=[10.0], post=True)
        self.remove()
        self.assertTrue(customer.exists())

    def test_the_count_says_how_much_would_go(self):
        self.assertEqual(self.company.paypal_sandbox_count, 0)
        self.sale()
        self.take(refund())
        self.company.invalidate_recordset(["paypal_sandbox_count"])
        self.assertEqual(self.company.paypal_sandbox_count, 2)

    def test_only_a_manager_removes(self):
        ipn = self.sale()
        user = new_test_user(
            self.env,
            "viewer",
            groups="base.group_erp_manager,caspit_paypal_ipn.group_paypal_ipn_user",
            company_id=self.company.id,
        )
        with self.assertRaises(AccessError):
            self.company.with_user(user).action_paypal_remove_sandbox()
        self.remove()
        self.assertFalse(ipn.exists())

    def test_a_locked_period_is_not_opened_by_a_removal(self):
        ipn = self.sale()
        self.company.sudo().hard_lock_date = date.today()
        with self.assertRaises(UserError):
            self.remove()
        self.assertTrue(ipn.exists())
