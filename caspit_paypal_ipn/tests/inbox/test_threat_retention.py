# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import fields

from ...models.inbox import retention
from ..common import PaypalIpnCase, message


class TestThreatRetention(PaypalIpnCase):
    """What anybody can post does not stay for ever."""

    def message_of_age(self, days, state="refused", reason="unknown_receiver"):
        ipn = self.receive(message(txn_id=f"AGE{days}{reason}{self.number}"))
        self.number += 1
        ipn.write(
            {
                "state": state,
                "reason": reason,
                "received_at": fields.Datetime.now() - timedelta(days=days),
            }
        )
        return ipn

    def setUp(self):
        super().setUp()
        self.number = 0

    def set_parameter(self, name, value):
        self.env["ir.config_parameter"].sudo().set_param(name, value)

    def test_refused_messages_go_after_thirty_days(self):
        old = [self.message_of_age(31, reason=r) for r in retention.REFUSED_FOR]
        young = self.message_of_age(29)
        self.assertEqual(self.inbox._gc_refused(), (3, False))
        self.assertFalse(self.inbox.union(*old).exists())
        self.assertTrue(young.exists())

    def test_what_may_be_genuine_is_never_deleted(self):
        kept = [
            self.message_of_age(4000, reason="wrong_environment"),
            self.message_of_age(4000, "ignored", "not_income"),
            self.message_of_age(4000, "attention", "malformed"),
            self.message_of_age(4000, "received", False),
        ]
        done = self.take(message())
        done.received_at = fields.Datetime.now() - timedelta(days=4000)
        self.set_parameter(retention.ROWS_PARAMETER, "1")
        self.inbox._gc_refused()
        self.assertEqual(len(self.inbox.union(done, *kept).exists()), 5)

    def test_of_too_many_the_oldest_go_however_young(self):
        self.set_parameter(retention.ROWS_PARAMETER, "2")
        ipns = [self.message_of_age(0) for _ in range(5)]
        self.inbox._gc_refused()
        self.assertEqual(self.inbox.union(*ipns).exists(), ipns[3] | ipns[4])

    def test_a_merchant_may_keep_them_all(self):
        self.set_parameter(retention.DAYS_PARAMETER, "0")
        self.set_parameter(retention.ROWS_PARAMETER, "0")
        old = self.message_of_age(4000)
        self.inbox._gc_refused()
        self.assertTrue(old.exists())

    def test_what_is_no_number_of_days_counts_as_thirty(self):
        self.set_parameter(retention.DAYS_PARAMETER, "a week")
        old, young = self.message_of_age(31), self.message_of_age(29)
        self.inbox._gc_refused()
        self.assertFalse(old.exists())
        self.assertTrue(young.exists())

    def test_they_go_with_their_resends_and_odoo_calls_it_by_itself(self):
        old = self.message_of_age(31)
        self.inbox._receive(self.decoded_body(old))
        self.assertEqual(old.resend_count, 1)
        self.env.flush_all()
        with self.enter_registry_test_mode():
            self.run_cron("base.autovacuum_job")
        self.env.invalidate_all()
        self.assertFalse(old.exists())
