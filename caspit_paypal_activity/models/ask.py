# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import pytz

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..reader import Answers
from .sentences import READING, REMARKS, tell


class PaypalActivity(models.Model):
    """What a file cannot tell by itself, and what it tells with less certainty.

    Rows whose dates have two readings are shown and compared by the likelier one, and
    nothing is made of them; columns that were found by their shape are confirmed before
    anything is compared. The file is kept until its question is answered.
    """

    _inherit = "paypal.activity"

    date_order = fields.Selection(
        [("dmy", "Day first"), ("mdy", "Month first")],
        "Dates",
        copy=False,
        help="Only if the file does not tell: whether 5/2/2026 is in February or in "
        "May. Look at the same row in your PayPal account.",
    )
    zone = fields.Selection(
        lambda self: [(name, name) for name in pytz.common_timezones],
        "Time Zone of the PayPal Account",
        default=lambda self: self._default_zone(),
        help="For files without PayPal's column for it.",
    )
    question = fields.Selection(
        [
            ("date_order", "Which comes first, the day or the month?"),
            ("reading", "Are the columns read rightly?"),
        ],
        readonly=True,
        copy=False,
    )
    has_zone = fields.Boolean(readonly=True, copy=False, default=True)
    certainty = fields.Selection(
        [
            ("balance", "By PayPal's balance"),
            ("impact", "By PayPal's balance impact"),
            ("words", "By status and type alone"),
        ],
        "What Moved Is Known",
        readonly=True,
        copy=False,
    )
    breaks = fields.Json(readonly=True, copy=False, help="Lines and currencies.")
    reading = fields.Json(readonly=True, copy=False)
    is_reading_confirmed = fields.Boolean(readonly=True, copy=False)
    remark = fields.Text(compute="_compute_remark")
    reading_html = fields.Html(
        "How the Columns Are Read", compute="_compute_reading_html", sanitize=False
    )

    def _default_zone(self):
        name = self.env.company.sudo()._paypal_tz().zone
        return name if name in pytz.common_timezones else "UTC"

    # === COMPUTE METHODS === #

    @api.depends("certainty", "has_zone", "zone", "breaks")
    @api.depends_context("lang")
    def _compute_remark(self):
        for activity in self:
            told = []
            if activity.certainty in REMARKS:
                told.append((activity.certainty, {}))
            if not activity.has_zone:
                told.append(("no_zone", {"zone": activity.zone or "UTC"}))
            for line, currency in activity.breaks or []:
                told.append(("break", {"line": line, "currency": currency}))
            activity.remark = tell(self.env, REMARKS, told)

    @api.depends("reading")
    @api.depends_context("lang")
    def _compute_reading_html(self):
        for activity in self:
            activity.reading_html = activity.reading and self.env["ir.qweb"]._render(
                "caspit_paypal_activity.paypal_activity_reading",
                {
                    "rows": [
                        (tell(self.env, READING, [(field, {})]), *rest)
                        for field, *rest in activity.reading
                        if field in READING
                    ]
                },
            )

    # === ACTIONS === #

    def action_confirm_reading(self):
        """Take the columns as they were found by their shape."""
        self.ensure_one()
        self.check_access("write")
        if self.question != "reading":
            raise UserError(self.env._("There is nothing to confirm."))
        self.sudo().write({"is_reading_confirmed": True, "state": "draft"})
        return self.action_compare()

    def action_day_first(self):
        """Read the dates anew with the day before the month."""
        return self._answer_date_order("dmy")

    def action_month_first(self):
        """Read the dates anew with the month before the day."""
        return self._answer_date_order("mdy")

    def _answer_date_order(self, order):
        self.ensure_one()
        self.check_access("write")
        activity = self.sudo()
        if activity.question != "date_order" or activity.is_running:
            raise UserError(self.env._("The file does not ask for this now."))
        activity.line_ids.unlink()
        activity.write({"date_order": order, "state": "draft", "row_count": 0})
        return self.action_compare()

    # === BUSINESS METHODS === #

    def _answers(self):
        """:rtype: paypal.activity.Answers"""
        return Answers(date_order=self.date_order or "", zone=self.zone or "UTC")

    def _facts(self, found):
        """What a file says of itself, as columns.

        :param paypal.activity.Activity found: the file, looked through
        """
        question = False
        if found.reading and not self.is_reading_confirmed:
            question = "reading"
        elif not found.date_order_is_certain:
            question = "date_order"
        return {
            "language": found.language,
            "is_date_order_certain": found.date_order_is_certain,
            "has_zone": found.has_zone,
            "certainty": found.certainty,
            "breaks": [list(each) for each in found.breaks],
            # Its examples are of people: they go as soon as they were looked at.
            "reading": question == "reading" and [list(each) for each in found.reading],
            "question": question,
        }

    def _check_answered(self):
        """:raise UserError: a file waits for an answer"""
        for activity in self.filtered("question"):
            raise UserError(
                self.env._(
                    "Nothing is made before you have said, on the file: %s",
                    dict(activity._fields["question"]._description_selection(self.env))[
                        activity.question
                    ],
                )
            )
