# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user

from ...models.words import isolated
from ..common import PaypalIpnCase, message

USER = "caspit_paypal_ipn.group_paypal_ipn_user"
MANAGER = "caspit_paypal_ipn.group_paypal_ipn_manager"
NO_SUCH_USER = "550 5.1.1 <dana@example.com>: no such user"


class TestUndelivered(PaypalIpnCase):
    """The customer has not got his document: who sees it, and what helps."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.reader, cls.manager = (
            new_test_user(
                cls.env(user=1, su=True),
                login=login,
                groups=f"base.group_user,{group}",
                company_id=cls.company.id,
                company_ids=[Command.set(cls.company.ids)],
            )
            for login, group in (("reader", USER), ("manager", MANAGER))
        )

    def sent(self, mail, **failed):
        """Let Odoo's queue have tried a mail: it sends nothing while it is tested.

        :param failed: reason and type of the failure
        """
        reason, kind = failed.get("reason"), failed.get("type")
        state = "exception" if failed else "sent"
        mail.write({"state": state, "failure_reason": reason, "failure_type": kind})
        gone = [] if failed else [mail.recipient_ids]
        mail._postprocess_sent_message(gone, [], reason, kind)

    def refused(self, **changes):
        ipn = self.take(message(**changes))
        self.sent(ipn.receipt_mail_id, reason=NO_SUCH_USER, type="unknown")
        return ipn

    def undelivered(self):
        """What the filter of the inbox shows."""
        found = ("no_address", "refused", "returned")
        inbox = self.env["paypal.ipn"].with_user(self.reader)
        return inbox.search([("receipt_status", "in", found)])

    def card(self):
        return self.env["caspit.dashboard"].with_user(self.reader).read_dashboard()

    def again(self, ipn, **values):
        wizard = self.env["paypal.receipt.again"].with_user(self.manager)
        return wizard.create({"ipn_id": ipn.id, **values})

    # === HOW FAR IT IS === #

    def test_a_document_is_not_sent_before_its_mail_went(self):
        ipn = self.take(message())
        document = self.assert_done(ipn)
        self.assertEqual(ipn.receipt_status, "waiting")
        self.assertFalse(document.is_move_sent)
        self.sent(ipn.receipt_mail_id)
        self.assertEqual(ipn.receipt_status, "sent")
        self.assertTrue(document.is_move_sent)
        self.assertFalse(self.undelivered())
        self.assertFalse(ipn.receipt_problem)

    def test_of_what_odoo_says_the_mail_servers_own_words_are_shown(self):
        ipn = self.take(message())
        reason = (
            "Mail delivery failed via SMTP server 'None'.\n"
            "SMTPRecipientsRefused: {'x@example.com': (550, b'5.1.1 No such user')}"
        )
        self.sent(ipn.receipt_mail_id, reason=reason, type="unknown")
        # In a Hebrew sentence too, the server's words read from their own side.
        said = isolated("550 5.1.1 No such user")
        self.assertTrue(ipn.receipt_problem.endswith(f": {said}"))
        self.assertNotIn("SMTP", ipn.receipt_problem)

    def test_what_the_mail_server_refuses_is_seen_with_its_reason(self):
        ipn = self.refused()
        self.assertEqual((ipn.state, ipn.receipt_status), ("done", "refused"))
        self.assertFalse(ipn.document_id.is_move_sent)
        self.assertEqual(self.undelivered(), ipn)
        self.assertIn(NO_SUCH_USER, ipn.with_user(self.reader).receipt_problem)
        read = self.card()
        [told] = read["undelivered"]
        self.assertEqual(
            (told["id"], told["customer"], told["document"], told["address"]),
            (ipn.id, "Dana Levi", ipn.document_id.name, "dana@example.com"),
        )
        self.assertIn(NO_SUCH_USER, told["problem"])
        self.assertEqual(read["card_counts"]["undelivered"], 1)
        dashboard = self.env["caspit.dashboard"].with_user(self.reader)
        opened = dashboard.open_messages("undelivered")
        self.assertEqual(opened["context"], {"search_default_undelivered": 1})

    def test_a_customer_without_an_address_has_got_nothing(self):
        ipn = self.take(message(payer_email=None))
        self.assert_done(ipn)
        self.assertFalse(ipn.receipt_mail_id)
        self.assertEqual(self.undelivered(), ipn)
        self.assertIn("no e-mail address", ipn.receipt_problem)
        self.assertFalse(ipn.document_id.is_move_sent)

    def bounce(self, mail):
        """A mail comes back, and Odoo fetches what the other server says of it."""
        self.env["mail.thread"]._routing_handle_bounce(
            None,
            {
                "email_from": "mailer-daemon@example.com",
                "to": "bounce@example.com",
                "message_id": "<bounce-1@example.com>",
                "bounced_email": "dana@example.com",
                "bounced_partner": mail.recipient_ids,
                "bounced_msg_ids": [mail.message_id],
                "bounced_message": mail.mail_message_id,
                "body": f"<p>{NO_SUCH_USER.replace('<', '&lt;')}</p>",
            },
        )

    def test_what_comes_back_has_not_arrived(self):
        ipn = self.take(message())
        self.sent(ipn.receipt_mail_id)
        self.bounce(ipn.receipt_mail_id)
        self.assertEqual(ipn.receipt_status, "returned")
        self.assertFalse(ipn.document_id.is_move_sent)
        self.assertIn("no such user", ipn.receipt_problem)
        self.assertEqual(self.undelivered(), ipn)
        # No second try by itself would help.
        self.inbox._requeue_failed_mails()
        self.assertEqual(ipn.receipt_mail_state, "exception")

    def test_a_bounce_of_another_mail_says_nothing_of_a_receipt(self):
        ipn = self.take(message())
        self.sent(ipn.receipt_mail_id)
        self.bounce(ipn.notice_mail_id)
        self.assertEqual(ipn.receipt_status, "sent")

    def test_what_was_not_noted_at_once_is_noted_within_the_hour(self):
        """The message may be in another process's hand while its mail goes out."""
        ipn = self.take(message())
        ipn.receipt_mail_id.state = "sent"
        self.assertEqual(ipn.receipt_status, "waiting")
        with self.enter_registry_test_mode():
            self.run_cron("caspit_paypal_ipn.ir_cron_paypal_ipn_watch")
        self.assertEqual(ipn.receipt_status, "sent")
        self.assertTrue(ipn.document_id.is_move_sent)

    # === SENT AGAIN === #

    def test_one_button_corrects_the_address_and_sends_the_same_mail_again(self):
        ipn = self.refused()
        mail = ipn.receipt_mail_id
        wizard = self.again(ipn)
        self.assertEqual(
            (wizard.customer, wizard.address), ("Dana Levi", "dana@example.com")
        )
        wizard.address = "dana.levi@example.com"
        wizard.action_send()
        self.assertEqual(ipn.partner_id.email, "dana.levi@example.com")
        self.assertEqual((ipn.receipt_mail_id, mail.state), (mail, "outgoing"))
        self.assertEqual(ipn.receipt_status, "waiting")
        [outgoing] = mail._prepare_outgoing_list()
        self.assertIn("dana.levi@example.com", outgoing["email_to"][0])
        self.assertFalse(self.undelivered())
        self.sent(mail)
        self.assertTrue(ipn.document_id.is_move_sent)
        with self.assertRaises(UserError):
            wizard.action_send()

    def test_who_had_no_address_gets_his_first_mail(self):
        ipn = self.take(message(payer_email=None))
        self.again(ipn, address="dana@example.com").action_send()
        mail = ipn.receipt_mail_id
        self.assertEqual(mail.recipient_ids.email, "dana@example.com")
        self.assertEqual(mail.attachment_ids, ipn.document_id.invoice_pdf_report_id)
        self.assertEqual(ipn.receipt_status, "waiting")

    def test_what_is_no_address_is_refused(self):
        ipn = self.refused()
        for text in ("", "dana", "dana@@example.com", "a@example.com, b@example.com"):
            with self.subTest(text), self.assertRaises(UserError):
                self.again(ipn, address=text).action_send()
        self.assertEqual(ipn.receipt_status, "refused")

    def test_paper_does_as_well(self):
        ipn = self.take(message(payer_email=None))
        self.again(ipn, note="Posted on Monday").action_other_way()
        self.assertEqual(ipn.receipt_status, "other_way")
        self.assertIn("Posted on Monday", ipn.message_ids[0].body)
        self.assertFalse(self.undelivered())

    def test_who_sends_the_document_himself_has_delivered_it(self):
        ipn = self.refused()
        ipn.document_id.is_move_sent = True  # Odoo's own Send does
        self.assertEqual(ipn.receipt_status, "other_way")

    def test_a_reader_sends_nothing(self):
        ipn = self.refused()
        wizard = self.again(ipn)
        for act in ("action_send", "action_other_way"):
            with self.subTest(act), self.assertRaises(AccessError):
                getattr(wizard.with_user(self.reader), act)()
        self.assertEqual(ipn.receipt_status, "refused")
