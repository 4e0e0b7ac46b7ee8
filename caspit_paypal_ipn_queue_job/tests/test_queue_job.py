# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from contextlib import contextmanager

from odoo.addons.caspit_paypal_ipn.tests.common import PaypalIpnCase, message
from odoo.addons.queue_job.job import Job

WAITING = ("wait_dependencies", "pending", "enqueued")


class TestQueueJob(PaypalIpnCase):
    """Messages are worked by jobs: which are enqueued, and what they do."""

    def jobs(self, method=None):
        """The jobs that wait, those of one method or all."""
        jobs = (
            self.env["queue.job"]
            .sudo()
            .search([("method_name", "=", "_run_as_job"), ("state", "in", WAITING)])
        )
        return jobs.filtered(lambda job: method in (None, *job.args))

    def run_jobs(self):
        """Run what waits, and what that enqueues, as the job runner has it done."""
        with self.enter_registry_test_mode():
            while jobs := self.jobs():
                self.run_job(Job.load(self.env(su=True), jobs[0].uuid))

    def run_job(self, job):
        job.set_started()
        job.store()
        job.perform()
        job.set_done()
        job.store()
        self.env.flush_all()

    @contextmanager
    def no_scheduled_action_woken(self):
        triggers = self.env["ir.cron.trigger"].sudo()
        names = ["PayPal: verify and book messages", "PayPal: receipts and notices"]
        ours = [("cron_id.name", "in", names)]
        before = triggers.search_count(ours)
        yield
        self.assertEqual(triggers.search_count(ours), before)

    def test_a_burst_is_one_job_and_a_job_that_runs_lets_the_next_one_wait(self):
        with self.no_scheduled_action_woken():
            for number in range(3):
                self.receive(message(txn_id=f"1QJ{number}"))
        job = self.jobs()
        self.assertEqual(len(job), 1)
        self.assertEqual(job.channel, "root.paypal")
        self.assertEqual(job.identity_key, "paypal.ipn._cron_work")
        started = Job.load(self.env(su=True), job.uuid)
        started.set_started()
        started.store()
        self.receive(message(txn_id="1QJ4"))
        self.assertEqual(len(self.jobs("_cron_work")), 1)
        self.assertNotEqual(self.jobs("_cron_work"), job)

    def test_jobs_take_a_message_along_the_whole_line(self):
        ipn = self.receive(message())
        self.run_jobs()
        document = self.assert_done(ipn)
        self.assertEqual(document.amount_total, 118.0)
        self.assertTrue(ipn.receipt_mail_id)
        self.assertFalse(self.jobs())
        states = self.env["queue.job"].sudo().search([]).mapped("state")
        self.assertEqual(set(states), {"done"})

    def test_the_scheduled_actions_work_what_no_job_has_taken(self):
        ipn = self.receive(message())
        self.work()
        self.assert_done(ipn)

    def test_a_job_ends_in_time_and_leaves_the_rest_to_the_next(self):
        ipns = self.inbox.union(
            *[self.receive(message(txn_id=f"2QJ{number}")) for number in range(2)]
        )
        self.env["queue.job"].sudo().search([]).unlink()
        with self.enter_registry_test_mode(), self.registry.cursor() as cursor:
            inbox = self.inbox.with_env(self.inbox.env(cr=cursor))
            inbox.with_context(paypal_seconds=0)._cron_work()
        self.inbox.invalidate_model()
        # One round of the steps, which ends with senders of whom nothing is known.
        self.assertEqual(set(ipns.mapped("state")), {"verified"})
        self.assertTrue(self.jobs("_cron_work"))
