# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.tests import Form, new_test_user

from ..common import PaypalIpnCase, message

USER = "caspit_paypal_ipn.group_paypal_ipn_user"
ACCOUNTANT = "account.group_account_invoice"


class TestLinks(PaypalIpnCase):
    def new_user(self, *groups):
        return new_test_user(
            self.env(user=1, su=True),
            login=f"links{'-'.join(groups)}@example.com",
            groups=",".join(groups),
            company_id=self.company.id,
            company_ids=[(6, 0, self.company.ids)],
        )

    def refund_of(self, sale, number=1, **changes):
        values = {
            "txn_id": f"9RF{number:014}",
            "parent_txn_id": sale.txn_id,
            "payment_status": "Refunded",
            "mc_gross": "-10.00",
            "mc_fee": "-0.40",
        }
        return message(**{**values, **changes})

    # === FROM THE MESSAGE === #

    def test_a_sale_leads_to_its_documents_payment_customer_and_refunds(self):
        sale = self.take(message())
        refund = self.take(self.refund_of(sale))
        self.assertEqual(sale.document_count, len(sale.move_ids))
        self.assertIn(sale.document_id, sale.move_ids)
        self.assertEqual(sale.payment_count, 1)
        self.assertEqual(sale.follower_count, 1)
        opened = sale.action_open_partner()
        self.assertEqual(opened["res_model"], "res.partner")
        self.assertEqual(opened["res_id"], sale.partner_id.id)
        self.assertEqual(sale.action_open_payments()["res_id"], sale.payment_ids.id)
        self.assertEqual(sale.action_open_followers()["res_id"], refund.id)
        self.assertEqual(refund.action_open_original()["res_id"], sale.id)

    def test_an_open_invoice_that_was_paid_is_among_the_documents(self):
        invoice = self.open_invoice()
        sale = self.take(message(invoice=invoice.name))
        self.assertEqual(sale.document_id, invoice)
        self.assertNotIn(invoice, sale.move_ids)
        opened = sale.action_open_moves()
        shown = self.env["account.move"].search(opened["domain"])
        self.assertIn(invoice, shown)
        self.assertEqual(sale.document_count, len(shown))

    def test_a_transaction_opens_in_the_paypal_account_that_it_is_in(self):
        sale = self.take(message())
        opened = sale.action_open_at_paypal()
        self.assertEqual(opened["target"], "new")
        self.assertEqual(
            opened["url"],
            f"https://www.paypal.com/activity/payment/{sale.txn_id}",
        )
        sale.is_sandbox = True
        self.assertEqual(
            sale.action_open_at_paypal()["url"],
            f"https://www.sandbox.paypal.com/activity/payment/{sale.txn_id}",
        )

    def test_a_transaction_id_cannot_lead_elsewhere(self):
        sale = self.take(message())
        sale.txn_id = "../../evil?x=1#"
        self.assertEqual(
            sale.action_open_at_paypal()["url"],
            "https://www.paypal.com/activity/payment/..%2F..%2Fevil%3Fx%3D1%23",
        )

    # === THE TIMELINE === #

    def test_the_timeline_tells_a_transactions_whole_story_in_order(self):
        pending = message(
            payment_status="Pending",
            pending_reason="echeck",
            payment_date="02:00:00 Jan 15, 2025 PST",
        )
        completed = message(payment_date="02:00:00 Jan 15, 2025 PST")
        reversal = message(
            txn_id="1AB23456CD7890010",
            parent_txn_id="1AB23456CD789012E",
            payment_status="Reversed",
            reason_code="chargeback",
            mc_gross="-118.00",
            mc_fee="-4.20",
            payment_date="02:00:00 Jan 20, 2025 PST",
        )
        canceled = message(
            txn_id="1AB23456CD7890011",
            parent_txn_id="1AB23456CD7890010",
            payment_status="Canceled_Reversal",
            reason_code="other",
            payment_date="02:00:00 Jan 25, 2025 PST",
        )
        refund = message(
            txn_id="1AB23456CD7890012",
            parent_txn_id="1AB23456CD789012E",
            payment_status="Refunded",
            mc_gross="-18.00",
            mc_fee="-0.60",
            payment_date="02:00:00 Jan 22, 2025 PST",
        )
        other = message(txn_id="1AB23456CD7890099")
        ipns = [
            self.take(body)
            for body in (pending, completed, reversal, canceled, refund, other)
        ]
        pending, completed, reversal, canceled, refund, other = ipns
        story = pending | completed | reversal | refund | canceled
        for ipn in story:
            with self.subTest(ipn.kind):
                self.assertEqual(ipn.timeline_ids, story)
        self.assertEqual(list(completed.timeline_ids.ids), story.ids)
        self.assertEqual(other.timeline_ids, other)

    def test_a_message_without_a_transaction_is_alone_on_its_timeline(self):
        first, second = self.take(
            message(txn_id=None, txn_type="subscr_signup", payment_status=None),
            message(txn_id=None, txn_type="subscr_cancel", payment_status=None),
        )
        self.assertEqual(first.timeline_ids, first)
        self.assertEqual(second.timeline_ids, second)

    def test_another_companys_messages_are_not_on_the_timeline(self):
        ours, theirs = self.take(message(), message(custom="the same transaction"))
        theirs.company_id = (
            self.env["res.company"].sudo().create({"name": "Red Hats Ltd"})
        )
        self.assertEqual(ours.timeline_ids, ours)

    # === FROM DOCUMENTS, PAYMENTS AND CUSTOMERS === #

    def test_an_invoice_leads_to_its_message_and_to_the_refunds(self):
        sale = self.take(message())
        invoice = sale.document_id
        self.assertEqual(invoice.paypal_ipn_count, 1)
        self.assertEqual(invoice.action_open_paypal_messages()["res_id"], sale.id)
        refund = self.take(self.refund_of(sale))
        invoice.invalidate_recordset()
        self.assertEqual(invoice.paypal_ipn_ids, sale | refund)
        self.assertEqual(invoice.paypal_ipn_count, 2)
        domain = invoice.action_open_paypal_messages()["domain"]
        self.assertEqual(self.inbox.search(domain), refund | sale)
        self.assertEqual(refund.document_id.paypal_ipn_ids, refund)

    def test_an_open_invoice_that_paypal_paid_leads_to_the_message(self):
        invoice = self.open_invoice().sudo()
        self.assertEqual(invoice.paypal_ipn_count, 0)
        sale = self.take(message(invoice=invoice.name))
        invoice.invalidate_recordset()
        self.assertFalse(invoice.paypal_ipn_id)
        self.assertEqual(invoice.paypal_ipn_ids, sale)

    def test_a_payment_and_its_entry_lead_to_the_message(self):
        sale = self.take(message())
        payment = sale.payment_ids
        self.assertEqual(payment.action_open_paypal_ipn()["res_id"], sale.id)
        self.assertEqual(payment.move_id.paypal_ipn_ids, sale)

    def test_a_customer_leads_to_all_his_messages(self):
        sale = self.take(message())
        refund = self.take(self.refund_of(sale))
        partner = sale.partner_id
        partner.invalidate_recordset()
        self.assertEqual(partner.paypal_ipn_count, 2)
        domain = partner.action_open_paypal_messages()["domain"]
        self.assertEqual(self.inbox.search(domain), refund | sale)

    def test_documents_and_payments_are_found_by_the_paypal_id(self):
        sale = self.take(message())
        user = self.new_user(USER, ACCOUNTANT)
        for name, view in (
            ("account.move", "account.view_account_invoice_filter"),
            ("account.payment", "account.view_account_payment_search"),
        ):
            model = self.env[name].with_user(user)
            arch = model.get_view(self.env.ref(view).id, "search")["arch"]
            self.assertIn('name="paypal_txn_id"', arch)
            found = model.search([("paypal_txn_id", "=", sale.txn_id)])
            self.assertEqual(found.paypal_ipn_id.ids, sale.ids)

    # === WHO MAY SEE IT === #

    def test_a_user_without_the_books_reads_the_message_all_the_same(self):
        sale = self.take(message())
        user = self.new_user(USER)
        form = Form(sale.with_user(user))
        self.assertEqual(form.document_id.id, sale.document_id.id)
        self.assertEqual(sale.with_user(user).payment_count, 1)
        arch = self.env["paypal.ipn"].with_user(user).get_view(view_type="form")["arch"]
        self.assertNotIn("action_open_moves", arch)
        self.assertNotIn("action_open_payments", arch)

    def test_an_accountant_of_the_role_finds_every_button(self):
        user = self.new_user(USER, ACCOUNTANT)
        arch = self.env["paypal.ipn"].with_user(user).get_view(view_type="form")["arch"]
        for name in ("moves", "payments", "partner", "original", "followers"):
            self.assertIn(f'name="action_open_{name}"', arch)
        sale = self.take(message())
        invoice = sale.document_id.with_user(user)
        self.assertEqual(invoice.paypal_ipn_count, 1)

    def test_who_keeps_the_books_has_the_button_without_any_role_of_paypals(self):
        sale = self.take(message())
        user = self.new_user(ACCOUNTANT)
        for record, view in (
            (sale.document_id, "account.view_move_form"),
            (sale.payment_ids, "account.view_account_payment_form"),
            (sale.partner_id, "base.view_partner_form"),
        ):
            with self.subTest(record._name):
                model = self.env[record._name].with_user(user)
                arch = model.get_view(self.env.ref(view).id, "form")["arch"]
                self.assertIn("action_open_paypal", arch)
        self.assertEqual(sale.document_id.with_user(user).paypal_ipn_count, 1)
