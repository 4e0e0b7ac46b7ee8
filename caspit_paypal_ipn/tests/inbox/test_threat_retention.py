# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import base64
import os
from datetime import timedelta

from odoo import fields

from ...models.inbox import retention
from ...models.inbox.sender import DOUBTFUL, TRUSTED, UNKNOWN
from ..common import PaypalIpnCase, message

#: Where messages that PayPal has not confirmed may stand: state, and where it was left.
UNCONFIRMED = {
    "unknown_receiver": ("refused", "received"),
    "wrong_environment": ("refused", "received"),
    "invalid": ("refused", "received"),
    "malformed": ("refused", "received"),
    "no_answer": ("attention", "received"),
    "error": ("attention", "received"),
}


class TestThreatRetention(PaypalIpnCase):
    """What anybody can post does not stay for ever, nor fill the disk."""

    def setUp(self):
        super().setUp()
        self.number = 0

    def aged(self, days, state="refused", left="received", reason="invalid", **columns):
        self.number += 1
        ipn = self.receive(message(txn_id=f"AGE{days}{reason}{self.number}"))
        received_at = fields.Datetime.now() - timedelta(days=days)
        ipn.write(
            {
                "state": state,
                "resume_state": left,
                "reason": reason,
                "received_at": received_at,
                **columns,
            }
        )
        return ipn

    def set_parameter(self, name, value):
        self.env["ir.config_parameter"].sudo().set_param(name, value)

    def test_whatever_paypal_has_not_confirmed_goes_after_ninety_days(self):
        old = [
            self.aged(91, *where, reason=reason)
            for reason, where in UNCONFIRMED.items()
        ]
        old.append(self.aged(91, "received", False, False, lane=DOUBTFUL))
        young = self.aged(89)
        self.assertEqual(self.inbox._gc_unconfirmed(), (len(old), False))
        self.assertFalse(self.inbox.union(*old).exists())
        self.assertTrue(young.exists())

    def test_what_paypal_confirmed_is_never_deleted(self):
        done = self.take(message())
        done.received_at = fields.Datetime.now() - timedelta(days=4000)
        kept = [
            self.aged(4000, "ignored", "verified", "not_income"),
            self.aged(4000, "attention", "verified", "malformed"),
            self.aged(4000, "blocked", "verified", "no_licence"),
            self.aged(4000, "received", False, False, lane=TRUSTED),
        ]
        self.set_parameter(retention.MEGABYTES_PARAMETER, "1")
        self.patch(retention, "ROW_BYTES", 2**21)
        self.inbox._gc_unconfirmed()
        self.assertEqual(len(self.inbox.union(done, *kept).exists()), 5)

    def test_of_too_much_the_oldest_goes_however_young(self):
        self.set_parameter(retention.MEGABYTES_PARAMETER, "2")
        self.patch(retention, "ROW_BYTES", 2**20 - 5_000)
        ipns = [self.aged(0) for _ in range(5)]
        self.inbox._gc_unconfirmed()
        self.assertEqual(self.inbox.union(*ipns).exists(), ipns[3] | ipns[4])

    def test_what_was_refused_goes_before_what_is_still_to_be_asked_about(self):
        self.set_parameter(retention.MEGABYTES_PARAMETER, "1")
        self.patch(retention, "ROW_BYTES", 2**20 - 5_000)
        waiting = self.aged(1, "received", False, False, lane=UNKNOWN)
        refused = self.aged(0)
        self.inbox._gc_unconfirmed()
        self.assertEqual((waiting | refused).exists(), waiting)

    def test_large_bodies_count_as_what_they_take_up(self):
        self.set_parameter(retention.MEGABYTES_PARAMETER, "1")
        ipns = [self.aged(0) for _ in range(14)]
        for ipn in ipns:
            ipn.body = base64.b64encode(os.urandom(75_000))
        gone, _more = self.inbox._gc_unconfirmed()
        self.assertEqual(gone, 4)

    def test_a_merchant_may_keep_them_all(self):
        self.set_parameter(retention.DAYS_PARAMETER, "0")
        self.set_parameter(retention.MEGABYTES_PARAMETER, "0")
        old = self.aged(4000)
        self.inbox._gc_unconfirmed()
        self.assertTrue(old.exists())

    def test_what_is_no_number_of_days_counts_as_ninety(self):
        self.set_parameter(retention.DAYS_PARAMETER, "a week")
        old, young = self.aged(91), self.aged(89)
        self.inbox._gc_unconfirmed()
        self.assertFalse(old.exists())
        self.assertTrue(young.exists())

    def test_they_go_with_their_resends_and_odoo_calls_it_by_itself(self):
        old = self.aged(91)
        self.inbox._receive(self.decoded_body(old))
        self.assertEqual(old.resend_count, 1)
        self.env.flush_all()
        with self.enter_registry_test_mode():
            self.run_cron("base.autovacuum_job")
        self.env.invalidate_all()
        self.assertFalse(old.exists())

    def test_a_flood_does_not_wait_for_the_night(self):
        old = self.aged(91)
        retention.LastLook.at = -retention.LOOK_EVERY
        self.work()
        self.assertFalse(old.exists())
