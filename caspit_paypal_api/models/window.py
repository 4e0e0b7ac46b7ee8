# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import api, fields, models

from .sentences import say

#: How long windows that were read are kept, to look at.
KEPT = timedelta(days=30)


class PaypalApiWindow(models.Model):
    """A time of PayPal's ledger that is to be read, or was.

    Each is read whole and may be read again: rows that are known change nothing.
    """

    _name = "paypal.api.window"
    _description = "Window of PayPal's Ledger"
    _order = "end desc, id desc"

    connection_id = fields.Many2one(
        "paypal.api.connection",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    kind = fields.Selection(
        [
            ("hour", "Hourly"),
            ("night", "Nightly"),
            ("history", "History"),
        ],
        required=True,
        readonly=True,
    )
    start = fields.Datetime(required=True, readonly=True)
    end = fields.Datetime(required=True, readonly=True)
    state = fields.Selection(
        [("waiting", "Waiting"), ("done", "Read"), ("failed", "Failed")],
        required=True,
        readonly=True,
        default="waiting",
    )
    page = fields.Integer(readonly=True)
    page_count = fields.Integer("Pages", readonly=True)
    row_count = fields.Integer("Rows", readonly=True)
    new_count = fields.Integer("New", readonly=True)
    attempts = fields.Integer(readonly=True)
    next_try = fields.Datetime(readonly=True)
    trouble = fields.Char(readonly=True)
    trouble_values = fields.Json(readonly=True)
    explanation = fields.Text(compute="_compute_explanation")

    _work_index = models.Index("(connection_id, next_try) WHERE state = 'waiting'")

    @api.depends("trouble", "trouble_values")
    @api.depends_context("lang")
    def _compute_explanation(self):
        for window in self:
            window.explanation = window.trouble and say(
                self.env, window.trouble, window.trouble_values
            )

    @api.autovacuum
    def _gc_read(self):
        """Forget what was read long ago, except the history, which tells how far."""
        self.search(
            [
                ("kind", "!=", "history"),
                ("state", "=", "done"),
                ("write_date", "<", fields.Datetime.now() - KEPT),
            ],
            limit=10_000,
        ).unlink()
