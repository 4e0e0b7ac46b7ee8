# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import SUPERUSER_ID, api, models

# A job runs in a process for requests, which Odoo ends after limit_time_real, by
# default two minutes. What is left then is for the next job.
SECONDS_PER_JOB = 60


class PaypalIpn(models.Model):
    """The job queue wakes at once, on as many processes as its channel allows.

    The scheduled actions stay: every minute they take what no job has taken, so that
    messages are worked although the job runner is down.
    """

    _inherit = "paypal.ipn"

    @api.model
    def _wake(self, method):
        """Enqueue a job instead of waking a scheduled action.

        One that waits is enough: it takes all that is there when it starts. Meanwhile
        the next one may wait, and starts beside it if the channel has room.
        """
        root = self.env(user=SUPERUSER_ID, context={})
        root["paypal.ipn"].with_delay(
            identity_key=f"paypal.ipn.{method}",
            description=f"PayPal IPN: {method}",
        )._run_as_job(method)

    @api.model
    def _wake_for_arrival(self, last_look):
        """Enqueue at once: a job that waits already is all that it costs."""
        self._wake_worker()

    @api.model
    def _run_as_job(self, method):
        """Do what a scheduled action does, as long as a job may take.

        :param str method: ``_cron_work`` or ``_cron_deliver``
        """
        getattr(self.with_context(paypal_seconds=SECONDS_PER_JOB), method)()
