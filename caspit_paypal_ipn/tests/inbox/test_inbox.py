# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user

from ...models.inbox.paypal_ipn import LINE_STATES, SIDE_STATES, TRANSITIONS
from ...models.inbox.worker import RETRY_MINUTES
from ...models.reasons import REASONS, SENTENCES
from ..common import PaypalIpnCase, message


class TestInbox(PaypalIpnCase):
    def fresh(self, count=1):
        """Messages that nobody worked yet."""
        bodies = [message(txn_id=f"1AB23456CD789000{n}") for n in range(count)]
        return self.inbox.union(*[self.receive(body) for body in bodies])

    def claim(self, limit=50):
        """Claim as the worker does; its commits stay inside the test."""
        with self.enter_registry_test_mode(), self.registry.cursor() as cr:
            return (
                self.inbox.with_env(self.env(cr=cr, su=True))
                ._claim("received", limit)
                .ids
            )

    # === TRANSITIONS === #

    def test_a_message_moves_only_where_the_table_says(self):
        ipn = self.fresh()
        for state, allowed in TRANSITIONS.items():
            for target in TRANSITIONS:
                with self.subTest(f"{state} -> {target}"):
                    ipn.write({"state": state})
                    if target in allowed:
                        ipn._move_to(target)
                        self.assertEqual(ipn.state, target)
                        continue
                    with self.assertRaises(ValueError):
                        ipn._move_to(target)
                    self.assertEqual(ipn.state, state)

    def test_a_new_step_starts_with_no_tries_and_no_reason(self):
        ipn = self.fresh()
        ipn.write({"attempts": 3, "reason": "no_answer", "traceback": "…"})
        ipn._move_to("verified")
        self.assertEqual(ipn.attempts, 0)
        self.assertFalse(ipn.reason)
        self.assertFalse(ipn.traceback)
        self.assertTrue(ipn.next_try)

    def test_a_side_state_remembers_where_the_message_stood(self):
        ipn = self.fresh()
        ipn._move_to("verified")
        ipn._move_to("attention", "currency", {"currency": "XAU"})
        self.assertEqual(ipn.resume_state, "verified")
        self.assertFalse(ipn.next_try)

    # === CLAIMING === #

    def test_a_claim_counts_the_try_and_dates_the_next(self):
        ipn = self.fresh()
        before = fields.Datetime.now()
        self.claim()
        self.assertEqual(ipn.attempts, 1)
        wait = ipn.next_try - before
        self.assertAlmostEqual(wait.total_seconds(), RETRY_MINUTES[0] * 60, delta=30.0)

    def test_the_waits_grow_to_half_a_day(self):
        ipn = self.fresh()
        ipn.attempts = len(RETRY_MINUTES) - 1
        before = fields.Datetime.now()
        self.claim()
        wait = ipn.next_try - before
        self.assertAlmostEqual(wait.total_seconds(), 12 * 3600, delta=30.0)

    def test_a_claimed_message_is_not_claimed_again(self):
        ipn = self.fresh()
        self.assertEqual(self.claim(), ipn.ids)
        self.assertFalse(self.claim())

    def test_only_what_is_due_is_claimed(self):
        due, later = self.fresh(2)
        later.next_try = fields.Datetime.now() + timedelta(minutes=5)
        self.assertEqual(self.claim(), due.ids)

    def test_only_the_asked_for_state_is_claimed(self):
        received, verified = self.fresh(2)
        verified._move_to("verified")
        self.assertEqual(self.claim(), received.ids)

    def test_fresh_messages_come_before_those_that_failed(self):
        failed, fresh = self.fresh(2)
        failed.attempts = 2
        self.assertEqual(self.claim(limit=1), fresh.ids)

    # === REASONS === #

    def test_each_reason_has_its_sentence(self):
        codes = {code for code, _label in REASONS}
        self.assertEqual(codes, set(SENTENCES))

    def test_a_reason_is_told_with_what_it_is_about(self):
        ipn = self.fresh()
        ipn._move_to("refused", "unknown_receiver", {"receiver": "ABCDEFGHJKLMN"})
        self.assertIn("PayPal account ABCDEFGHJKLMN", ipn.explanation)

    def test_every_reason_reads_well_in_every_language_and_without_values(self):
        ipn = self.fresh()
        for code in SENTENCES:
            for lang in ("en_US", "he_IL"):
                with self.subTest(f"{code} in {lang}"):
                    ipn.write({"reason": code, "reason_values": {"error": "x"}})
                    told = ipn.with_context(lang=lang).explanation
                    self.assertTrue(told)
                    self.assertNotIn("%(", told)

    def test_the_message_is_shown_escaped(self):
        ipn = self.receive(message(memo="<script>alert(1)</script>"))
        shown = str(ipn.content_html)
        self.assertIn("alert(1)", shown)
        self.assertNotIn("<script>", shown)

    # === RETRY === #

    def test_retry_goes_to_where_the_message_stopped(self):
        cases = {
            ("refused", "received"),
            ("blocked", "verified"),
            ("ignored", "verified"),
            ("attention", "booked"),
        }
        self.assertEqual({side for side, _line in cases}, set(SIDE_STATES))
        for side, line in cases:
            with self.subTest(f"{side} from {line}"):
                ipn = self.fresh()
                ipn.write({"state": side, "resume_state": line, "reason": "error"})
                ipn.action_retry()
                self.assertEqual(ipn.state, line)
                self.assertFalse(ipn.reason)
                self.assertLessEqual(ipn.next_try, fields.Datetime.now())

    def test_retry_of_a_waiting_message_makes_it_due_now(self):
        for state in LINE_STATES:
            with self.subTest(state):
                ipn = self.fresh()
                ipn.write({"state": state})
                ipn.next_try = fields.Datetime.now() + timedelta(hours=1)
                ipn.action_retry()
                self.assertEqual(ipn.state, state)
                self.assertLessEqual(ipn.next_try, fields.Datetime.now())

    # === WHO MAY DO WHAT === #

    def new_user(self, *groups, company=None):
        company = company or self.company
        return new_test_user(
            self.env(user=1, su=True),
            login=f"user{len(groups)}{company.id}@example.com",
            groups=",".join(groups),
            company_id=company.id,
            company_ids=[(6, 0, company.ids)],
        )

    def seen_by(self, user):
        return self.env["paypal.ipn"].with_user(user).search([])

    def test_only_refused_messages_can_be_deleted(self):
        ipn = self.fresh()
        ipn.company_id = self.company
        manager = self.new_user("caspit_paypal_ipn.group_paypal_ipn_manager")
        for state in set(TRANSITIONS) - {"refused"}:
            ipn.write({"state": state})
            with (
                self.subTest(state),
                self.assertRaisesRegex(UserError, "not conf"),
            ):
                ipn.with_user(manager).unlink()
        ipn.write({"state": "refused"})
        ipn.with_user(manager).unlink()
        self.assertFalse(ipn.exists())

    def test_a_user_sees_messages_but_cannot_retry_or_delete(self):
        ipn = self.fresh()
        ipn.write({"state": "refused", "resume_state": "received"})
        ipn.company_id = self.company
        user = self.new_user("caspit_paypal_ipn.group_paypal_ipn_user")
        self.assertEqual(self.seen_by(user), ipn)
        with self.assertRaises(AccessError):
            ipn.with_user(user).action_retry()
        with self.assertRaises(AccessError):
            ipn.with_user(user).unlink()
        self.assertEqual(ipn.state, "refused")

    def test_a_manager_can_retry(self):
        ipn = self.fresh()
        ipn.write({"state": "refused", "resume_state": "received"})
        ipn.company_id = self.company
        manager = self.new_user("caspit_paypal_ipn.group_paypal_ipn_manager")
        ipn.with_user(manager).action_retry()
        self.assertEqual(ipn.state, "received")

    def test_messages_for_nobody_are_seen_by_the_administrator_alone(self):
        ipn = self.fresh()
        manager = self.new_user("caspit_paypal_ipn.group_paypal_ipn_manager")
        administrator = self.new_user(
            "base.group_system", "caspit_paypal_ipn.group_paypal_ipn_manager"
        )
        self.assertFalse(self.seen_by(manager))
        self.assertIn(ipn, self.seen_by(administrator))

    def test_resends_of_another_company_are_not_seen(self):
        ours, theirs = self.fresh(2)
        other = self.env["res.company"].sudo().create({"name": "Red Hats Ltd"})
        ours.company_id, theirs.company_id = self.company, other
        for ipn in (ours, theirs):
            self.inbox._receive(self.decoded_body(ipn))
        user = self.new_user("caspit_paypal_ipn.group_paypal_ipn_user")
        resends = self.env["paypal.ipn.resend"].with_user(user).search([])
        self.assertEqual(resends.ipn_id, ours)
