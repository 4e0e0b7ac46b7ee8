# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import logging
from datetime import timedelta

from odoo import models

from ..rest import RestError, const, halves
from .walk import aware, naive

_logger = logging.getLogger(__name__)

#: A claim: a window whose reader died comes up again after this.
CLAIM = timedelta(minutes=10)
#: Minutes from one try to the next, where PayPal does not say.
RETRY_MINUTES = (1, 5, 15, 30, 60)
#: Tries after which a window that PayPal refuses is left, and told.
MAX_ATTEMPTS = 12
#: How often a window is read until no page has shifted meanwhile.
READS = 3


class PaypalApiWindow(models.Model):
    """One window is read: page by page, whole, and again when it has shifted."""

    _inherit = "paypal.api.window"

    def _is_due(self):
        now = self.env.cr.now()
        return self.state == "waiting" and not (self.next_try and self.next_try > now)

    def _read(self, paypal):
        """Read this window whole.

        No transaction is open while PayPal is asked, and each page is committed: what
        is in is in.

        :return: whether to go on with others
        """
        self.write({"attempts": self.attempts + 1, "new_count": 0})
        self.next_try = self.env.cr.now() + CLAIM
        connection = self.connection_id
        connection._commit()
        try:
            for _read in range(READS):
                if refreshed := self._read_once(paypal):
                    break
        except RestError as error:
            self.env.cr.rollback()
            return self._put_off(error)
        self._finish(refreshed)
        return True

    def _read_once(self, paypal):
        """Read every page, from the first.

        :return: up to where PayPal's data are whole; None when a page may have shifted
        :raise RestError: PayPal does not answer well
        """
        totals, seen, refreshed = set(), set(), None
        for page in paypal.pages(aware(self.start), aware(self.end)):
            totals.add(page.total_items)
            seen.update(row.key for row in page.rows)
            # The earliest counts: what a later page knows more, an earlier may lack.
            known = [moment for moment in (refreshed, page.refreshed_at) if moment]
            refreshed = min(known, default=None)
            fresh = self.connection_id._ledger()._take_page(page.rows)
            self.write(
                {
                    "page": page.page,
                    "page_count": page.total_pages,
                    "row_count": page.total_items,
                    "new_count": self.new_count + fresh,
                }
            )
            self.connection_id._commit(len(page.rows))
        if len(totals) > 1 or len(seen) < max(totals):
            _logger.info("PayPal ledger window %s: pages shifted", self.id)
            return None
        return refreshed or aware(self.start)

    def _finish(self, refreshed):
        """Note that the window was read, and how far PayPal's ledger is known now.

        A window whose pages shifted each time is read again later.
        """
        connection = self.connection_id
        connection._ledger()._settle_rows(connection._commit)
        if refreshed is None:
            self._wait()
            return
        self.write(
            {
                "state": "done",
                "next_try": False,
                "trouble": False,
                "trouble_values": False,
            }
        )
        if self.kind == "hour":
            reached = min(self.end, naive(refreshed))
            connection.watermark = max(connection.watermark or reached, reached)
        connection._works()
        connection._commit()

    def _put_off(self, error):
        """What PayPal did not answer is asked again later, or in another way.

        :return: whether to go on with other windows now
        """
        if error.code == const.TOO_MANY:
            return self._halve()
        values = {"detail": error.detail, "debug_id": error.debug_id}
        self.write({"trouble": error.code, "trouble_values": values})
        if not error.is_passing and error.code == const.REFUSED:
            self._give_up_or_wait()
            self.connection_id._commit()
            return True
        self._wait(error.retry_after)
        self.connection_id._note_error(error)
        self.connection_id._commit()
        return False

    def _give_up_or_wait(self):
        if self.attempts >= MAX_ATTEMPTS:
            self.state = "failed"
        else:
            self._wait()

    def _wait(self, seconds=None):
        """Date the next try; PayPal's word on it counts."""
        minutes = RETRY_MINUTES[min(self.attempts, len(RETRY_MINUTES)) - 1]
        wait = timedelta(seconds=seconds) if seconds else timedelta(minutes=minutes)
        self.next_try = self.env.cr.now() + wait
        cron = self.env.ref("caspit_paypal_api.ir_cron_paypal_api_walk").sudo()
        cron._trigger(at=self.next_try)

    def _halve(self):
        """Ask for two halves of a time that has more rows than PayPal lists.

        :return: True, as the walk goes on
        """
        parts = halves(aware(self.start), aware(self.end))
        if not parts:
            self.write({"trouble": "too_many", "state": "failed"})
        else:
            for start, end in parts:
                half = {"start": naive(start), "end": naive(end)}
                self.copy({**half, "kind": self.kind})
            self.unlink()
            self.env["paypal.api.connection"]._wake()
        self.env["paypal.api.connection"]._commit()
        return True
