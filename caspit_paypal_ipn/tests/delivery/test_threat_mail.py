# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import importlib.util
import logging
import re
from datetime import timedelta
from pathlib import Path

from lxml import html

from odoo.tools.mail import email_normalize

from ...log_filter import ADDRESS, LOGGERS, MASK, AddressFilter, hidden
from ...models.delivery.subject import Subject
from ..common import PaypalIpnCase, message

GROUND = Path(__file__).parents[2] / "migrations/19.0.1.2.0/post-mail-ground.py"
BUSY = "SMTPDataError: (451, b'4.3.0 Try again later')"
NO_SUCH_USER = "SMTPRecipientsRefused: (550, b'5.1.1 No such user here')"


class TestThreatMail(PaypalIpnCase):
    """The mail server is away, and comes back."""

    def failed(self, made, tried, reason=BUSY, failure_type="unknown"):
        """The receipt of a sale, which could not be sent.

        :param int made: how many minutes ago it was made
        :param int tried: how many minutes ago it was tried last
        """
        mail = self.take(message()).receipt_mail_id
        mail.write(
            {
                "state": "exception",
                "failure_reason": reason,
                "failure_type": failure_type,
            }
        )
        self.env.flush_all()
        now = self.env.cr.now()
        moments = [now - timedelta(minutes=minutes) for minutes in (made, tried)]
        self.env.cr.execute(
            "UPDATE mail_mail SET create_date = %s, write_date = %s WHERE id = %s",
            [*moments, mail.id],
        )
        self.env.invalidate_all()
        return mail

    def test_a_mail_that_failed_for_a_while_is_queued_again_by_itself(self):
        mail = self.failed(made=5, tried=3)
        self.work()
        self.assertEqual(mail.state, "outgoing")

    def test_each_wait_is_twice_as_long(self):
        mail = self.failed(made=60, tried=20)
        self.work()
        self.assertEqual(mail.state, "exception")

    def test_what_was_refused_for_good_waits_for_a_person(self):
        mail = self.failed(made=5, tried=3, reason=NO_SUCH_USER)
        self.work()
        self.assertEqual(mail.state, "exception")

    def test_a_mail_without_a_proper_address_waits_for_a_person(self):
        mail = self.failed(made=5, tried=3, failure_type="mail_email_invalid")
        self.work()
        self.assertEqual(mail.state, "exception")

    def test_after_four_days_a_mail_waits_for_a_person(self):
        mail = self.failed(made=4 * 24 * 60 + 1, tried=2 * 24 * 60 + 2)
        self.work()
        self.assertEqual(mail.state, "exception")

    # === NAMES AND ADDRESSES IN A HEADER === #

    def test_a_name_with_signs_of_a_header_is_written_without_them(self):
        """With a quote and an @ Odoo's line of the log raises after SMTP took it."""
        for number, name in enumerate(('Dana "@ Levi', "Levi; Dana, <x>", 'א"ב @')):
            with self.subTest(name):
                ipn = self.take(
                    message(
                        first_name=name,
                        last_name="",
                        txn_id=f"NAME{number}",
                        payer_id=f"NAME{number}",
                        payer_email=f"dana{number}@example.com",
                    )
                )
                [email] = ipn.receipt_mail_id._prepare_outgoing_list()
                address = f"dana{number}@example.com"
                self.assertEqual(email_normalize(email["email_to"][0]), address)
                self.assertEqual(email_normalize(email["email_to"]), address)

    def test_a_customer_gets_his_mail_at_one_address(self):
        mail = self.take(message()).receipt_mail_id
        mail.recipient_ids.email = "dana@example.com, other@example.com"
        [email] = mail._prepare_outgoing_list()
        self.assertEqual(email["email_to"], ['"Dana Levi" <dana@example.com>'])

    def test_a_mail_that_left_counts_as_sent_though_odoo_fails_afterwards(self):
        mail = self.take(message()).receipt_mail_id
        mail.write({"state": "exception", "failure_type": "unknown"})
        mail._postprocess_sent_message(
            success_pids=[mail.recipient_ids],
            success_emails=[],
            failure_reason="expected string or bytes-like object",
            failure_type="unknown",
        )
        self.assertEqual((mail.state, mail.failure_type), ("sent", False))

    def test_a_mail_that_did_not_leave_counts_as_failed(self):
        mail = self.take(message()).receipt_mail_id
        mail.write({"state": "exception", "failure_type": "unknown"})
        mail._postprocess_sent_message([], [], "it is away", "mail_smtp")
        self.assertEqual(mail.state, "exception")

    # === AS IT IS READ === #

    def sale_of_40(self, **changes):
        """A sale of forty things, each over a shekel."""
        items = {}
        for number in range(1, 41):
            items |= {
                f"item_name{number}": f"Thing {number}!",
                f"quantity{number}": "1",
                f"mc_gross_{number}": "1.00",
            }
        fields = {"txn_type": "cart", "item_name": None, "mc_gross": "40.00"}
        return self.take(message(**fields | items | changes))

    def test_each_of_many_items_has_a_line_of_its_own(self):
        ipn = self.sale_of_40()
        for mail in (ipn.receipt_mail_id, ipn.notice_mail_id):
            with self.subTest(mail.subject):
                [email] = mail._prepare_outgoing_list()
                rows = html.fromstring(email["body"]).xpath("//tr")
                lines = email["body_alternative"].splitlines()
                for number in range(1, 41):
                    name = f"Thing {number}!"
                    held = [row for row in rows if name in row.text_content()]
                    self.assertEqual(len(held), 1)
                    [line] = [line for line in lines if name in line]
                    self.assertIn("1.00", line)

    def test_the_text_part_names_every_link(self):
        """Odoo's own says "None [1]" of a link whose words stand in a tag."""
        refund = {"payment_status": "Refunded", "mc_gross": "-9.00", "mc_fee": "-0.30"}
        self.take(
            message(), message(txn_id="9RF1", parent_txn_id="9NOSUCHSALE", **refund)
        )
        mails = self.env["mail.mail"].sudo().search([("is_paypal", "=", True)])
        self.assertGreaterEqual(len(mails), 3)
        for mail in mails:
            with self.subTest(mail.subject):
                [email] = mail._prepare_outgoing_list()
                text = email["body_alternative"]
                self.assertNotIn("None", text)
                for address in html.fromstring(email["body"]).xpath("//a/@href"):
                    self.assertRegex(text, rf"\S <{re.escape(address)}>")

    def test_every_mail_brings_the_ground_that_its_letters_stand_on(self):
        """A program that darkens mails would have dark letters on a dark ground."""
        templates = self.env["mail.template"].search(
            [("body_html", "like", "paypal_direction")]
        )
        self.assertGreaterEqual(len(templates), 7)
        for template in templates:
            with self.subTest(template.name):
                body = html.fragment_fromstring(template.body_html, "div")[0]
                style = body.get("style")
                self.assertIn("background-color: #ffffff", style)
                self.assertIn("color: #222222", style)

    def test_mails_of_an_older_version_get_their_ground_and_keep_their_words(self):
        template = self.env.ref("caspit_paypal_ipn.mail_template_receipt")
        template.body_html = (
            '<div style="line-height: 1.5; color: #222222;">Dear all,'
            '<b style="color: #222222;">thanks</b></div>'
        )
        self.env.flush_all()
        spec = importlib.util.spec_from_file_location("post_mail_ground", GROUND)
        script = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(script)
        script.migrate(self.env.cr, "19.0.1.1.0")
        self.env.invalidate_all()
        body = html.fragment_fromstring(template.body_html)
        self.assertIn("color: #222222; background-color: #ffffff", body.get("style"))
        self.assertEqual(body.find("b").get("style"), "color: #222222;")
        self.assertEqual(body.text_content(), "Dear all,thanks")

    def test_the_subject_arrives_with_its_blanks(self):
        self.company.name = "Blaue Hemden Müller & Söhne GmbH, München"
        mail = self.take(message()).receipt_mail_id
        [email] = mail._prepare_outgoing_list()
        self.assertEqual(email["subject"], mail.subject)
        self.assertIsInstance(email["subject"], Subject)

    # === THE LOG === #

    def record(self, *arguments):
        """A record of the log as it is written once our filter has seen it."""
        record = logging.LogRecord(LOGGERS[0], logging.INFO, "", 0, *arguments, None)
        self.assertTrue(AddressFilter().filter(record))
        return record

    def test_the_log_of_others_is_left_as_it_is(self):
        arguments = ("Mail %s to %s", ("<1@host>", "someone@example.com"))
        record = self.record(*arguments)
        self.assertEqual((record.msg, record.args), arguments)

    def test_only_whom_our_mail_goes_to_is_hidden_while_it_is_sent(self):
        with hidden(['"Dana Levi" <dana@example.com>']):
            ours = self.record("refused: %s", ("DANA@example.com",))
            theirs = self.record("Mail %s of %s", ("<1@host>", "other@example.com"))
        self.assertEqual(ours.getMessage(), f"refused: {MASK}")
        self.assertEqual(theirs.args, ("<1@host>", "other@example.com"))
        self.assertEqual(len(ADDRESS.findall(theirs.getMessage())), 2)

    def test_mails_of_others_are_left_alone(self):
        mail = self.failed(made=5, tried=3)
        mail.mail_message_id.res_id = False
        self.inbox.search([]).receipt_mail_id = False
        self.work()
        self.assertEqual(mail.state, "exception")
