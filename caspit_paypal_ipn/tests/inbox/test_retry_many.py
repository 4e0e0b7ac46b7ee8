# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import new_test_user

from ...models.inbox.paypal_ipn import LINE_STATES, RETRY_AT_ONCE
from ...models.inbox.retry import RETRY_BATCH
from ..common import PaypalIpnCase, message

USER = "caspit_paypal_ipn.group_paypal_ipn_user"
MANAGER = "caspit_paypal_ipn.group_paypal_ipn_manager"
MANY = RETRY_AT_ONCE + 10


class TestRetryMany(PaypalIpnCase):
    def new_user(self, group, company=None, login="retry"):
        company = company or self.company
        return new_test_user(
            self.env(user=1, su=True),
            login=f"{login}@example.com",
            groups=group,
            company_id=company.id,
            company_ids=[(6, 0, company.ids)],
        )

    def unbookable(self, count):
        """Sales that need attention, because their currency has no rate.

        :return: the ``paypal.ipn`` records
        """
        zloty = self.env.ref("base.PLN")
        zloty.active = False
        ipns = self.inbox.union(
            *[
                self.receive(message(txn_id=f"7SA{n:014}", mc_currency="PLN"))
                for n in range(count)
            ]
        )
        ipns._move_to(
            "verified",
            company_id=self.company.id,
            kind="sale",
            currency_id=zloty.id,
            gross=118.0,
        )
        ipns._move_to("attention", "currency", {"currency": "PLN"})
        for ipn in ipns:
            ipn.txn_id = ipn._message().txn_id
        return ipns

    def retry_of(self, ipns, user=None):
        """Press Retry.

        :return: the ``paypal.ipn.retry`` that it opens
        """
        opened = (ipns.with_user(user) if user else ipns).action_retry()
        self.assertEqual(opened["res_model"], "paypal.ipn.retry")
        return self.env["paypal.ipn.retry"].sudo().browse(opened["res_id"])

    def put_back_all(self):
        """Let the worker put back all that is to be retried."""
        batches = []
        while taken := self.inbox._work_retries():
            batches.append(taken)
        return batches

    def work_to_the_end(self):
        """Run the scheduled actions until nothing moves, however slow the machine.

        One run of them ends when its time is up.
        """
        for _run in range(10):
            self.work()
            if not self.inbox.search_count([("state", "in", LINE_STATES)], limit=1):
                break

    def figures(self, retry):
        retry.invalidate_recordset()
        return {
            name: retry[name]
            for name in ("retried", "under_way", "done", "attention", "progress")
        }

    # === A FEW AND MANY === #

    def test_a_few_messages_are_retried_at_once(self):
        ipns = self.unbookable(RETRY_AT_ONCE)
        told = ipns.action_retry()
        self.assertEqual(told["tag"], "display_notification")
        self.assertIn(str(RETRY_AT_ONCE), told["params"]["message"])
        self.assertEqual(set(ipns.mapped("state")), {"verified"})
        self.assertFalse(self.env["paypal.ipn.retry"].sudo().search([]))

    def test_many_messages_are_only_noted_and_put_back_in_batches(self):
        ipns = self.unbookable(500)
        self.env.flush_all()
        with self.assertQueryCount(60):
            retry = self.retry_of(ipns)
            self.env.flush_all()
        self.assertEqual(set(ipns.mapped("state")), {"attention"})
        self.assertEqual((retry.total, retry.skipped), (500, 0))
        self.assertEqual(
            self.figures(retry),
            {
                "retried": 0,
                "under_way": 500,
                "done": 0,
                "attention": 0,
                "progress": 0,
            },
        )
        self.assertEqual(self.put_back_all(), [RETRY_BATCH] * 10)
        self.assertEqual(set(ipns.mapped("state")), {"verified"})
        self.assertEqual(self.figures(retry)["retried"], 500)

    def test_the_figures_follow_the_messages_to_the_end(self):
        ipns = self.unbookable(MANY)
        retry = self.retry_of(ipns)
        self.assertTrue(retry.is_running)
        self.put_back_all()
        ipns[:10].write({"state": "done"})
        ipns[10:15].write({"state": "attention", "reason": "error"})
        self.assertEqual(
            self.figures(retry),
            {
                "retried": MANY,
                "under_way": 15,
                "done": 10,
                "attention": 5,
                "progress": 50,
            },
        )
        ipns[15:].write({"state": "done"})
        self.assertEqual(self.figures(retry)["progress"], 100)
        self.assertFalse(retry.is_running)

    def test_a_message_that_waits_for_its_next_try_ends_the_retry(self):
        ipns = self.unbookable(MANY)
        retry = self.retry_of(ipns)
        self.put_back_all()
        ipns.write({"reason": "no_answer"})
        self.assertEqual(self.figures(retry)["progress"], 100)
        self.assertEqual(retry.waiting, MANY)

    def test_what_could_not_be_booked_is_booked_once_the_cause_is_mended(self):
        ipns = self.unbookable(MANY)
        retry = self.retry_of(ipns)
        self.work_to_the_end()
        self.assertEqual(self.figures(retry)["attention"], MANY)
        self.assertEqual(retry.progress, 100)
        zloty = self.setup_other_currency("PLN", rates=[("2020-01-01", 0.9)])
        self.assertTrue(zloty.active)
        again = self.retry_of(ipns)
        self.work_to_the_end()
        self.assertEqual(self.figures(again)["done"], MANY)
        self.assertEqual(again.progress, 100)
        self.assertEqual(len(ipns.document_id), MANY)

    # === WHAT IS LEFT ALONE === #

    def test_what_is_done_or_on_its_way_is_skipped(self):
        ipns = self.unbookable(MANY)
        done, coming, waiting = ipns[0], ipns[1], ipns[2]
        done.write({"state": "done", "reason": False})
        coming.write({"state": "booked", "reason": False})
        waiting.write({"state": "received", "reason": "no_answer"})
        waiting.next_try = fields.Datetime.now() + timedelta(hours=1)
        retry = self.retry_of(ipns)
        self.assertEqual((retry.total, retry.skipped), (MANY, 2))
        self.assertEqual(retry.ipn_ids, ipns - done - coming)
        self.put_back_all()
        self.assertEqual((done.state, coming.state), ("done", "booked"))
        self.assertLessEqual(waiting.next_try, fields.Datetime.now())

    def test_mails_that_the_server_refused_are_sent_by_a_retry_of_many(self):
        ipns = self.inbox.union(
            *[self.receive(message(txn_id=f"7SA{n:014}")) for n in range(MANY)]
        )
        self.work_to_the_end()
        ipns[0].receipt_mail_id.state = "exception"
        retry = self.retry_of(ipns)
        self.assertEqual(retry.ipn_ids, ipns[0])
        self.put_back_all()
        self.assertEqual(ipns[0].receipt_mail_state, "outgoing")
        self.assertEqual(self.figures(retry)["progress"], 100)

    def test_two_people_who_select_the_same_messages_do_no_harm(self):
        ipns = self.unbookable(MANY + 5)
        first = self.retry_of(ipns[:MANY])
        second = self.retry_of(ipns[5:])
        self.assertEqual((first.total, first.skipped), (MANY, 0))
        self.assertEqual((second.total, second.skipped), (MANY, MANY - 5))
        self.assertEqual(sum(self.put_back_all()), MANY + 5)
        ipns.write({"state": "done", "reason": False})
        for retry in (first, second):
            self.assertEqual(self.figures(retry)["progress"], 100)

    def test_a_later_retry_that_takes_messages_over_lets_the_first_end(self):
        ipns = self.unbookable(MANY)
        first = self.retry_of(ipns)
        self.put_back_all()
        ipns.write(
            {"state": "attention", "resume_state": "verified", "reason": "error"}
        )
        second = self.retry_of(ipns)
        self.assertEqual(self.figures(first)["progress"], 100)
        self.assertEqual(self.figures(second)["progress"], 0)

    # === WHO MAY DO WHAT === #

    def test_a_user_cannot_retry_many_but_a_manager_can(self):
        ipns = self.unbookable(MANY)
        with self.assertRaises(AccessError):
            ipns.with_user(self.new_user(USER)).action_retry()
        manager = self.new_user(MANAGER, login="manager")
        retry = self.retry_of(ipns, manager)
        self.assertEqual(retry.create_uid, manager)
        self.assertEqual(retry.with_user(manager).total, MANY)

    def test_nobody_writes_a_retry_up_by_hand(self):
        manager = self.new_user(MANAGER)
        retry = self.retry_of(self.unbookable(MANY), manager).with_user(manager)
        with self.assertRaises(AccessError):
            retry.create({"total": 1})
        with self.assertRaises(AccessError):
            retry.write({"total": 1})
        with self.assertRaises(AccessError):
            retry.unlink()

    def test_a_retry_of_another_company_is_not_seen(self):
        other = self.env["res.company"].sudo().create({"name": "Red Hats Ltd"})
        retry = self.retry_of(self.unbookable(MANY), self.new_user(MANAGER))
        self.assertEqual(retry.company_id, self.company)
        stranger = self.new_user(MANAGER, company=other, login="stranger")
        self.assertFalse(retry.with_user(stranger).search([]))
        colleague = self.new_user(USER, login="colleague")
        self.assertEqual(retry.with_user(colleague).search([]), retry)

    def test_a_retry_across_companies_is_seen_by_who_made_it(self):
        other = self.env["res.company"].sudo().create({"name": "Red Hats Ltd"})
        ipns = self.unbookable(MANY)
        ipns[0].company_id = other
        manager = self.new_user(MANAGER)
        manager.company_ids |= other
        companies = (self.company | other).ids
        retry = self.retry_of(ipns.with_context(allowed_company_ids=companies), manager)
        self.assertFalse(retry.company_id)
        self.assertEqual(retry.with_user(manager).search([]), retry)
        colleague = self.new_user(MANAGER, login="colleague")
        self.assertFalse(retry.with_user(colleague).search([]))
