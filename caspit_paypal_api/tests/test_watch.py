# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo.addons.caspit_paypal_ipn.tests.common import message

from .common import PaypalApiCase, move


class TestWatch(PaypalApiCase):
    """Which doors are open, what never came as IPN, and when IPN falls silent."""

    def setUp(self):
        super().setUp()
        self.connect(ago=timedelta(hours=20))
        self.connection.wait_minutes = 600

    def found(self, code):
        findings = {each["code"]: each for each in self.company._paypal_checks()}
        return findings.get(code)

    def bought(self, *names, came=()):
        """Payments of the last hours, the first the oldest; of some the IPN came."""
        count = len(names)
        self.paypal.moves = [
            move(
                f"{name}AB23456CD789012E"[:17], when=self.ago(hours=count - number + 1)
            )
            for number, name in enumerate(names)
        ]
        for name in came:
            self.take(message(txn_id=f"{name}AB23456CD789012E"[:17]))
        self.walk()
        lines = self.env["paypal.activity.line"].search([("ledger_key", "!=", False)])
        lines.sudo().seen_at = self.ago(minutes=30)

    def silence_mails(self):
        self.run_walk()
        return self.env["mail.mail"].search([("subject", "ilike", "have stopped")])

    def test_payments_whose_message_never_came_are_counted(self):
        self.bought("1", "2", "3", came=("2",))
        found = self.found("never_came")
        self.assertEqual(found["level"], "warn")
        self.assertIn("Of 2 of 3", found["sentence"])

    def test_where_each_came_all_is_well(self):
        self.bought("1", "2", came=("1", "2"))
        self.assertEqual(self.found("never_came")["level"], "ok")

    def test_the_doors_are_told(self):
        self.assertIn("Open: PayPal's ledger", self.found("doors")["sentence"])
        self.bought("1", came=("1",))
        self.assertIn("Open: IPN, PayPal's ledger", self.found("doors")["sentence"])
        self.connection.webhook_state = "on"
        self.assertIn("All three", self.found("doors")["sentence"])

    def test_silence_against_the_ledger_is_told_once(self):
        self.bought("1", "2", "3", came=("1",))
        [mail] = self.silence_mails()
        self.assertIn("2 payments", mail.body_html)
        self.assertEqual(self.silence_mails(), mail)

    def test_one_payment_without_a_message_is_no_silence(self):
        self.bought("1", "2", "3", came=("2",))
        self.assertFalse(self.silence_mails())

    def test_who_never_had_messages_is_not_told_that_they_stopped(self):
        self.bought("1", "2", "3")
        self.assertFalse(self.silence_mails())

    def test_when_they_come_again_the_next_silence_is_told_again(self):
        self.bought("1", "2", "3", came=("1",))
        self.assertEqual(len(self.silence_mails()), 1)
        self.take(message(txn_id="3AB23456CD789012E"))
        self.assertEqual(len(self.silence_mails()), 1)
        self.assertFalse(self.connection.told_silence_at)
