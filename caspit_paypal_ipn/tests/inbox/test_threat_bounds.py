# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import secrets

from odoo.tools import mute_logger

from ...models.inbox import intake
from ...paypal import const
from ..common import PaypalIpnCase, message

WORKER = "odoo.addons.caspit_paypal_ipn.models.inbox.worker"


def long_id(length=3000):
    """:return: what does not compress, and is longer than an index takes"""
    return secrets.token_hex(length // 2)


class TestThreatBounds(PaypalIpnCase):
    """A text that is too long for an index stops nobody but its own message."""

    def test_an_id_that_no_index_takes_is_refused_and_harms_no_other(self):
        for field in ("txn_id", "parent_txn_id", "payer_id", "subscr_id", "txn_type"):
            with self.subTest(field):
                genuine = message(txn_id=f"GENUINE{field[:9]}")
                bad = message(**{field: long_id(), "item_name": field})
                bad, ipn = self.receive(bad, genuine=False), self.receive(genuine)
                self.work()
                self.assert_side(bad, "refused", "malformed")
                self.assertIn("more than 127", bad.explanation)
                self.assert_done(ipn)
                self.assertEqual(bad.unlink(), True)

    def test_the_longest_that_paypal_sends_is_taken(self):
        ipn = self.take(message(txn_id="A" * const.MAX_ID_LENGTH))
        self.assert_done(ipn)

    @mute_logger("odoo.sql_db", WORKER)
    def test_what_postgresql_refuses_of_one_message_is_that_message_s_alone(self):
        """Also where a bound is missing: here one that is taken away."""
        self.patch(const, "MAX_ID_LENGTH", 10**6)
        genuine = [self.receive(message(txn_id=f"GENUINE{n}")) for n in range(2)]
        bad = self.receive(message(payer_id=long_id(), txn_id="BAD1"))
        self.work()
        self.assert_side(bad, "attention", "error")
        for ipn in genuine:
            self.assert_done(ipn)

    def test_an_unknown_receiver_is_repeated_in_short(self):
        ipn = self.receive(message(receiver_id="X" * 60_000, receiver_email=None))
        self.work()
        self.assert_side(ipn, "refused", "unknown_receiver")
        self.assertLess(len(str(ipn.reason_values)), 200)

    def test_of_one_message_so_many_resends_are_noted_and_no_more(self):
        body = message()
        ipn = self.receive(body)
        for _ in range(intake.MOST_RESENDS + 5):
            self.inbox._receive(body)
        ipn.invalidate_recordset()
        self.assertEqual(ipn.resend_count, intake.MOST_RESENDS)
