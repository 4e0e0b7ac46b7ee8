# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from ...models.inbox import lanes
from ...models.inbox.sender import DOUBTFUL, SLOW, TRUSTED, UNKNOWN
from ..common import PaypalIpnCase, message

STRANGER, OTHER_STRANGER = "20.1.2.3", "20.1.2.4"
PAYPAL = "173.0.81.1"


class TestSenders(PaypalIpnCase):
    """Who is served first when more comes than can be worked."""

    def setUp(self):
        super().setUp()
        self.number = 0
        lanes.Pace.asked_at = -lanes.PACE

    def sent(self, sender, genuine=True, **fields):
        """A message from an address, kept as the controller keeps it."""
        self.number += 1
        body = message(txn_id=f"SENT{self.number:013}", **fields)
        if genuine:
            self.paypal.genuine.add(body)
        self.inbox._receive(body, sender=sender)
        return self.ipn(body)

    def take_steps(self, *names):
        """Take steps of the worker, as a process does that does nothing else."""
        self.env.flush_all()
        with self.enter_registry_test_mode(), self.registry.cursor() as cr:
            inbox = self.inbox.with_env(self.env(cr=cr, su=True))
            for name in names:
                getattr(inbox, name)()
        self.env.invalidate_all()

    def known(self, sender):
        return self.env["paypal.ipn.sender"].sudo().search([("address", "=", sender)])

    def test_an_address_decides_the_place_before_anything_is_known(self):
        for sender, lane in {
            PAYPAL: TRUSTED,
            STRANGER: DOUBTFUL,
            "2001:4860:4860::8888": DOUBTFUL,
            "127.0.0.1": UNKNOWN,
            "192.168.1.7": UNKNOWN,
            "nobody": UNKNOWN,
            None: UNKNOWN,
        }.items():
            with self.subTest(sender):
                self.assertEqual(self.sent(sender).lane, lane)

    def test_who_paypal_confirmed_goes_first_from_then_on(self):
        first = self.sent(STRANGER)
        self.work()
        self.assert_done(first)
        self.assertEqual(self.known(STRANGER).confirmed, 1)
        self.assertEqual(self.sent(STRANGER).lane, TRUSTED)
        self.assertEqual(self.sent(OTHER_STRANGER).lane, DOUBTFUL)

    def test_who_paypal_denied_more_often_goes_first_no_more(self):
        for sender in (PAYPAL, STRANGER):
            with self.subTest(sender):
                self.sent(STRANGER)
                self.work()
                for _ in range(3):
                    self.sent(sender, genuine=False)
                self.work()
                self.assertEqual(self.sent(sender).lane, UNKNOWN)

    def test_who_floods_from_many_addresses_leaves_none_here(self):
        for last in range(5):
            self.sent(f"20.9.9.{last}", genuine=False)
        self.work()
        self.assertFalse(self.env["paypal.ipn.sender"].sudo().search([]))

    def test_an_ipv6_host_is_known_by_its_network(self):
        self.assertEqual(
            self.sent("2001:4860:4860::8888").sender, "2001:4860:4860::/64"
        )
        self.assertEqual(self.sent("::ffff:20.1.2.3").sender, STRANGER)

    def test_a_doubtful_message_is_read_and_waits_to_be_asked_about(self):
        for_us, junk = self.sent(STRANGER), self.sent(STRANGER, receiver_id="NOTOURS")
        self.take_steps("_work_doubtful")
        self.assert_side(junk, "refused", "unknown_receiver")
        self.assertEqual((for_us.state, for_us.lane), ("received", SLOW))
        self.assertFalse(self.paypal.asked)

    def test_paypal_is_asked_about_so_many_doubtful_ones_in_a_second(self):
        for _ in range(lanes.DOUBTFUL_ASKED + 3):
            self.sent(STRANGER, genuine=False)
        self.take_steps("_work_doubtful", "_work_slow", "_work_slow")
        self.assertEqual(len(self.paypal.asked), lanes.DOUBTFUL_ASKED)

    def test_what_a_process_died_with_is_tried_while_fresh_ones_come(self):
        suspect = self.sent(None)
        suspect.write({"attempts": 1, "reason": False})
        self.make_due(suspect)
        fresh = self.sent(None)
        self.take_steps("_work_suspects")
        self.assertEqual(suspect.state, "verified")
        self.assertEqual(fresh.state, "received")

    def test_whoever_presses_retry_sees_it_done_at_once(self):
        ipn = self.sent(STRANGER, genuine=False)
        self.work()
        self.assert_side(ipn, "refused", "invalid")
        ipn.action_retry()
        self.assertEqual((ipn.state, ipn.lane), ("received", TRUSTED))
