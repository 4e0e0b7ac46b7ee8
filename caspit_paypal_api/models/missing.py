# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import fields, models

TRANSFERS = ("withdrawal", "deposit")
#: Where a message's way ends, as far as the books go.
SETTLED = ("booked", "done", "ignored", "refused")


class PaypalActivityLine(models.Model):
    """A row that is missing in the books waits for its message, and then no longer."""

    _inherit = "paypal.activity.line"

    due_at = fields.Datetime(
        "Waits for Its Message Until",
        readonly=True,
        help="What never comes as a message is then made from the ledger, or told.",
    )
    is_told = fields.Boolean(readonly=True)

    _due_index = models.Index("(activity_id, due_at) WHERE due_at IS NOT NULL")

    def _compare(self):
        """Date when the wait of what is missing ends, of what is no history."""
        result = super()._compare()
        for ledger, rows in self.grouped("activity_id").items():
            if ledger.is_ledger:
                rows._date_wait(ledger._connection())
        return result

    def _date_wait(self, connection):
        settled = self.filtered(lambda row: row.due_at and row.result != "missing")
        settled.due_at = False
        since = connection.since
        missing = self.filtered(
            lambda row: (
                row.result == "missing"
                and row.is_makeable
                and not row.due_at
                and not row.is_told
                and since
                and row.moment
                and row.moment >= since
            )
        )
        wait = timedelta(minutes=connection.wait_minutes)
        for seen_at, rows in missing.grouped("seen_at").items():
            rows.due_at = (seen_at or self.env.cr.now()) + wait


class PaypalApiConnection(models.Model):
    _inherit = "paypal.api.connection"

    def _step_missing(self, _deadline):
        """Make, or leave to be told, what waited for its message long enough."""
        self._compare_what_was_in_hand()
        due = self._due()
        if not due:
            self._wake_when_due()
            return
        due._compare()
        due = due.filtered(lambda row: row.is_makeable and row.due_at)
        if self.missing == "tell":
            due.due_at = False
            due.is_told = True
        else:
            self._have_made(due)
        self._wake_when_due()

    def _compare_what_was_in_hand(self):
        """Compare anew rows whose messages were being booked when they came in.

        The process that booked did not see these rows yet, and the one that brought
        them in did not see what was booked.
        """
        self.env["paypal.activity.line"].search(
            [
                ("activity_id", "=", self.activity_id.id),
                ("result", "=", "waiting"),
                ("ipn_id.state", "in", SETTLED),
            ]
        )._compare()

    def _due(self):
        return self.env["paypal.activity.line"].search(
            [
                ("activity_id", "=", self.activity_id.id),
                ("due_at", "<=", self.env.cr.now()),
                ("is_to_make", "=", False),
            ],
            order="moment, line",
        )

    def _have_made(self, rows):
        """Have rows made in the background; a transfer needs a bank to go to."""
        ledger = self.activity_id
        if not ledger.bank_journal_id:
            ledger.bank_journal_id = self._only_bank()
        if not ledger.bank_journal_id:
            transfers = rows.filtered(lambda row: row.kind in TRANSFERS)
            transfers.write({"due_at": False, "is_told": True})
            rows -= transfers
        if not rows:
            return
        if not ledger.make_left:
            ledger.make_count = 0
        ledger.make_count += len(rows)
        rows.write({"is_to_make": True, "is_makeable": False, "due_at": False})
        self.env["paypal.activity"]._wake()

    def _wake_when_due(self):
        """Come again when the next wait ends."""
        [(moment,)] = self.env["paypal.activity.line"]._read_group(
            [("activity_id", "=", self.activity_id.id), ("due_at", "!=", False)],
            aggregates=["due_at:min"],
        )
        if moment:
            cron = self.env.ref("caspit_paypal_api.ir_cron_paypal_api_walk").sudo()
            cron._trigger(at=max(moment, fields.Datetime.now()))
