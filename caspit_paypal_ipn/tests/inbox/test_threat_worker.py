# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.tools import mute_logger

from ...models.inbox.claim import RETRY_MINUTES
from ...models.reasons import Aside
from ..common import PaypalIpnCase, message

LOGGER = "odoo.addons.caspit_paypal_ipn.models.inbox.claim"
TRIES = len(RETRY_MINUTES)


class TestThreatWorker(PaypalIpnCase):
    """Messages that end the process that works them, each time."""

    def messages(self, count, **values):
        """Messages that wait to be worked, with other values in their columns."""
        bodies = [message(txn_id=f"1AB23456CD78900{n:02}") for n in range(count)]
        ipns = self.inbox.union(*[self.receive(body) for body in bodies])
        ipns.write(values)
        return ipns

    def claim(self, limit=10):
        """Claim, as a process does that dies right afterwards."""
        self.env.flush_all()
        with self.enter_registry_test_mode(), self.registry.cursor() as cr:
            inbox = self.inbox.with_env(self.env(cr=cr, su=True))
            ids = inbox._claim("received", limit).ids
        self.inbox.invalidate_model()
        return self.inbox.browse(ids)

    def test_what_kills_its_process_each_time_comes_to_a_person_in_the_end(self):
        ipn = self.messages(1)
        for number in range(TRIES):
            self.assertEqual(self.claim(), ipn, number)
            self.make_due(ipn)
        with self.assertLogs(LOGGER, "ERROR"):
            self.assertFalse(self.claim())
        self.assert_side(ipn, "attention", "error")
        self.assertIn("ended each time", ipn.explanation)
        self.assertFalse(ipn.next_try)

    def test_one_that_fails_is_found_by_halves_and_harms_no_other(self):
        ipns, tried = self.messages(8), []

        def step(some):
            tried.append(len(some))
            some.payment_status = "Tried"
            if ipns[5] in some:
                raise Aside("attention", "configuration", error="its company lacks it")

        ipns._isolated(step)
        self.assertEqual(tried, [8, 4, 4, 2, 1, 1, 2])
        self.assert_side(ipns[5], "attention", "configuration")
        others = ipns - ipns[5]
        self.assertEqual(set(others.mapped("state")), {"received"})
        self.assertEqual(set(others.mapped("payment_status")), {"Tried"})
        self.assertNotEqual(ipns[5].payment_status, "Tried")

    @mute_logger(LOGGER)
    def test_retry_afterwards_begins_a_schedule_of_its_own(self):
        ipn = self.messages(1, attempts=TRIES)
        self.claim()
        ipn.action_retry()
        self.work()
        self.assert_done(ipn)

    def test_what_may_have_killed_its_process_is_tried_alone(self):
        suspects = self.messages(3)
        self.assertEqual(self.claim(), suspects)
        self.make_due(suspects)
        for suspect in suspects:
            self.assertEqual(self.claim(), suspect)
        self.assertFalse(self.claim())

    def test_fresh_messages_do_not_wait_for_a_suspect(self):
        ipns = self.messages(3)
        ipns[0].attempts = 1
        self.assertEqual(self.claim(), ipns[1:])

    def test_many_messages_without_an_answer_are_tried_together(self):
        ipns = self.messages(3, attempts=2, reason="no_answer")
        self.assertEqual(self.claim(), ipns)

    def test_new_messages_come_before_the_many_that_wait_for_paypal(self):
        waiting = self.messages(8, attempts=3, reason="no_answer")
        new = self.receive(message(txn_id="1AB23456CD7891111"))
        self.assertEqual(self.claim(limit=4), new | waiting[:3])
