# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import logging
from datetime import timedelta

from odoo.tools.mail import email_normalize

from ...log_filter import ADDRESS, LOGGERS, MASK, AddressFilter, hidden
from ..common import PaypalIpnCase, message

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
