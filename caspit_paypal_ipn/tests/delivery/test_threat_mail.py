# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

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

    def test_mails_of_others_are_left_alone(self):
        mail = self.failed(made=5, tried=3)
        mail.mail_message_id.res_id = False
        self.inbox.search([]).receipt_mail_id = False
        self.work()
        self.assertEqual(mail.state, "exception")
