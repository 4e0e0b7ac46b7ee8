# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields

from ...models.inbox.verify import CONNECTIONS_PARAMETER
from ...models.inbox.worker import RETRY_MINUTES
from ..common import PaypalIpnCase, message, sample


class TestVerification(PaypalIpnCase):
    def test_paypal_is_asked_with_the_very_bytes_that_came(self):
        body = sample("13")
        self.take(body)
        self.assertEqual(self.paypal.asked, [body])

    def test_a_message_that_paypal_stands_by_is_booked(self):
        self.assert_done(self.take(message()))

    def test_a_worker_opens_no_more_connections_than_the_setting_says(self):
        parameters = self.env["ir.config_parameter"].sudo()
        for value, taken in (("2", 2), ("0", 1), ("nonsense", 3)):
            with self.subTest(value=value):
                parameters.set_param(CONNECTIONS_PARAMETER, value)
                for number in range(3):
                    self.receive(message(txn_id=f"{value}{number}"))
                with self.enter_registry_test_mode(), self.registry.cursor() as cursor:
                    worker = self.inbox.with_env(self.env(cr=cursor, su=True))
                    self.assertEqual(worker._work_received(), taken)
                self.work()

    def test_without_an_answer_a_message_waits_and_says_why(self):
        self.paypal.status = 503
        ipn = self.take(message())
        self.assert_side(ipn, "received", "no_answer")
        self.assertIn("HTTP 503", ipn.explanation)
        self.assertGreater(ipn.next_try, fields.Datetime.now())
        self.assertEqual(ipn.attempts, 1)

    def test_a_message_that_waits_is_not_asked_about_before_its_time(self):
        self.paypal.status = 503
        self.take(message())
        self.work()
        self.assertEqual(len(self.paypal.asked), 1)

    def test_the_next_try_books_it_when_paypal_answers_again(self):
        self.paypal.status = 503
        ipn = self.take(message())
        self.paypal.status = 200
        self.make_due(ipn)
        self.work()
        self.assert_done(ipn)
        self.assertFalse(ipn.reason)

    def test_paypal_is_asked_for_four_days(self):
        """From the first try to the last; the wait after the last one is no try."""
        self.assertEqual(sum(RETRY_MINUTES[:-1]), 4 * 24 * 60)

    def test_what_waited_through_an_outage_is_asked_as_soon_as_paypal_answers(self):
        self.paypal.status = 503
        waiting = self.take(*(message(txn_id=f"1AB2345600000{n}") for n in range(3)))
        waiting.next_try = fields.Datetime.add(fields.Datetime.now(), hours=12)
        self.paypal.status = 200
        self.assert_done(self.take(message(txn_id="1AB23456999999")))
        for ipn in waiting:
            self.assert_done(ipn)

    def test_an_answer_from_one_paypal_says_nothing_of_the_other(self):
        self.paypal.status = 503
        waiting = self.take(message())
        waiting.company_id.paypal_environment = "sandbox"
        later = waiting.next_try
        other = self.env["res.company"].create(
            {"name": "Live", "paypal_merchant_id": "LIVE000000001"}
        )
        self.paypal.status = 200
        self.take(message(receiver_id="LIVE000000001", receiver_email="", business=""))
        self.assertTrue(other)
        self.assertEqual((waiting.state, waiting.next_try), ("received", later))

    def test_what_paypal_alone_leaves_unanswered_keeps_its_wait(self):
        """Others of its batch got their answer: there was no outage."""
        ipn = self.receive(message())
        ipn.write(
            {
                "company_id": self.company.id,
                "attempts": 3,
                "reason": "no_answer",
                "reason_values": {"error": "HTTP 503", "is_away": False},
                "next_try": fields.Datetime.add(fields.Datetime.now(), hours=12),
            }
        )
        later = ipn.next_try
        self.take(message(txn_id="1AB23456999999"))
        self.assertEqual((ipn.state, ipn.next_try), ("received", later))

    def test_after_the_last_try_a_person_must_look(self):
        self.paypal.status = 503
        ipn = self.receive(message())
        ipn.attempts = len(RETRY_MINUTES) - 1
        self.work()
        self.assert_side(ipn, "attention", "no_answer")
        self.assertFalse(ipn.next_try)

    def test_retry_after_that_asks_again_and_books(self):
        self.paypal.status = 503
        ipn = self.receive(message())
        ipn.attempts = len(RETRY_MINUTES) - 1
        self.work()
        self.paypal.status = 200
        ipn.action_retry()
        self.work()
        self.assert_done(ipn)
        self.assertEqual(len(self.paypal.asked), 2)

    def test_retry_of_a_denied_message_asks_paypal_again(self):
        ipn = self.receive(message(), genuine=False)
        self.work()
        self.paypal.genuine.add(message())
        ipn.action_retry()
        self.work()
        self.assert_done(ipn)

    def test_a_bad_message_does_not_hold_up_the_good_ones(self):
        good = message(txn_id="1AB23456CD7890001")
        forged = self.receive(message(txn_id="1AB23456CD7890002"), genuine=False)
        malformed = self.receive(message(mc_gross="many"))
        done = self.take(good)
        self.assert_done(done)
        self.assert_side(forged, "refused", "invalid")
        self.assert_side(malformed, "refused", "malformed")
