# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo.addons.caspit_paypal_ipn.tests.common import message
from odoo.tests import new_test_user

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

    # === THE LEDGER AND THE WEBHOOKS === #

    def test_a_ledger_that_is_read_is_told_with_its_proof(self):
        found = self.found("ledger")
        self.assertEqual(found["level"], "ok")
        self.assertIn("read each hour", found["sentence"])
        self.assertNotIn("Proved", found["sentence"])
        self.paypal.moves, self.paypal.balances = [move()], {"ILS": "113.80"}
        self.prove()
        self.assertEqual(self.found("ledger")["level"], "warn")  # not booked as yet
        self.assertIn("differ by", self.found("ledger")["sentence"])
        self.connection.wait_minutes = 0
        self.walk()
        self.prove()
        found = self.found("ledger")
        self.assertEqual(found["level"], "ok")
        self.assertIn("Proved: PayPal and the books agree", found["sentence"])

    def test_a_ledger_that_cannot_be_read_is_told_and_leads_to_what_mends_it(self):
        self.connection.new_secret = "another"
        self.connection.action_connect()
        found = self.found("ledger")
        self.assertEqual(found["level"], "error")
        self.assertEqual(found["sentence"], self.connection.explanation)
        self.assertEqual(found["mend"]["method"], "action_paypal_api_open")

    def test_what_passes_by_itself_is_a_warning(self):
        self.paypal.refusal = (503, {"name": "SERVICE_UNAVAILABLE"})
        self.connection.action_connect()
        found = self.found("ledger")
        self.assertEqual(found["level"], "warn")
        self.assertIn("come again later", found["sentence"])

    def test_of_a_ledger_that_nobody_connected_the_doors_tell(self):
        self.connection.client_id = "another"
        self.assertIsNone(self.found("ledger"))
        found = self.found("doors")
        self.assertEqual(found["level"], "warn")
        self.assertEqual(found["mend"]["method"], "action_paypal_api_open")

    def test_webhooks_that_do_not_work_are_told(self):
        self.assertIsNone(self.found("webhooks"))
        self.connection.client_id = False
        self.connection.action_webhooks_on()
        found = self.found("webhooks")
        self.assertEqual(found["level"], "error")
        self.assertEqual(found["sentence"], self.connection.webhook_explanation)
        self.assertEqual(found["mend"]["method"], "action_paypal_api_open")

    def test_a_door_that_is_closed_can_be_opened_from_the_doors(self):
        self.bought("1", came=("1",))
        found = self.found("doors")
        self.assertEqual(found["level"], "ok")
        self.assertEqual(found["mend"]["method"], "action_paypal_api_open")
        self.connection.webhook_state = "on"
        self.assertFalse(self.found("doors")["mend"])

    def test_nobody_is_offered_what_he_may_not_open(self):
        admin = new_test_user(self.env, "no_manager", groups="base.group_system")
        findings = self.company.with_user(admin)._paypal_checks()
        mends = {each["code"]: each["mend"] for each in findings}
        self.assertFalse(mends["doors"])

    def prove(self):
        self.connection._prove(self.ago(hours=0))
        self.connection.invalidate_recordset()

    # === SILENCE === #

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
