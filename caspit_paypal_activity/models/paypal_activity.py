# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.addons.caspit_paypal_ipn.models.inbox.paypal_ipn import LINE_STATES, MANAGER
from odoo.exceptions import UserError

from .sentences import FAILURES, RESULTS, tell

#: A file with fewer lines is read and compared while the merchant waits.
AT_ONCE = 500
#: More rows than these are made in the background.
MAKE_AT_ONCE = 20


class PaypalActivity(models.Model):
    """An activity file that the merchant downloaded from PayPal, against his books.

    The file itself is deleted as soon as its rows are in: they say all that is looked
    at, and one place for customers' names and addresses is enough to guard and erase.
    """

    _name = "paypal.activity"
    _inherit = ["caspit.facts"]
    _description = "PayPal Activity File"
    _order = "id desc"

    name = fields.Char("File", copy=False)
    file = fields.Binary(
        "PayPal's Activity Download", attachment=True, copy=False, groups=MANAGER
    )
    company_id = fields.Many2one(
        "res.company",
        required=True,
        readonly=True,
        index=True,
        default=lambda self: self.env.company,
    )
    is_sandbox = fields.Boolean("Sandbox", compute="_compute_is_sandbox")
    journal_id = fields.Many2one(
        "account.journal", "PayPal Journal", compute="_compute_journal_id"
    )
    bank_journal_id = fields.Many2one(
        "account.journal",
        domain="[('type', '=', 'bank'), ('company_id', '=', company_id),"
        " ('id', '!=', journal_id)]",
        help="Where withdrawals arrive and deposits come from.",
    )
    send_receipts = fields.Boolean(
        "Send Receipts to the Customers",
        help="Of documents made from this file. Leave it off for the past: customers "
        "would get receipts of payments that they made long ago.",
    )
    state = fields.Selection(
        [
            ("draft", "New"),
            ("reading", "Reading"),
            ("asking", "Asking"),
            ("comparing", "Comparing"),
            ("ready", "Compared"),
            ("failed", "Unreadable"),
        ],
        required=True,
        readonly=True,
        default="draft",
        copy=False,
    )
    failure = fields.Json(readonly=True, copy=False)
    explanation = fields.Text(compute="_compute_explanation")

    # === WHAT THE FILE IS === #
    language = fields.Char(readonly=True, copy=False)
    is_date_order_certain = fields.Boolean(readonly=True, copy=False, default=True)
    first_moment = fields.Datetime("First Transaction", readonly=True, copy=False)
    last_moment = fields.Datetime("Last Transaction", readonly=True, copy=False)
    line_ids = fields.One2many("paypal.activity.line", "activity_id", readonly=True)
    row_count = fields.Integer("Rows", readonly=True, copy=False)

    # === HOW FAR IT IS === #
    to_read = fields.Integer(readonly=True, copy=False)
    compared_count = fields.Integer("Compared", readonly=True, copy=False)
    make_count = fields.Integer("Made From the File", readonly=True, copy=False)
    make_left = fields.Integer(compute="_compute_make_left")
    makeable_count = fields.Integer("Can Be Made", compute="_compute_make_left")
    progress = fields.Integer(compute="_compute_progress", help="In percent.")
    is_running = fields.Boolean(compute="_compute_progress")

    # === RESULTS === #
    equal_count = fields.Integer("Equal", compute="_compute_counts")
    different_count = fields.Integer("Different", compute="_compute_counts")
    missing_count = fields.Integer("Missing Here", compute="_compute_counts")
    waiting_count = fields.Integer("In the Inbox", compute="_compute_counts")
    by_hand_count = fields.Integer("By Hand", compute="_compute_counts")
    not_in_file_count = fields.Integer("Not in the File", compute="_compute_counts")
    no_books_count = fields.Integer("Nothing to Book", compute="_compute_counts")
    problem_count = fields.Integer("Unreadable Rows", compute="_compute_counts")

    # === COMPUTE METHODS === #

    @api.depends("name", "create_date")
    def _compute_display_name(self):
        for activity in self:
            activity.display_name = activity.name or self.env._("New activity file")

    @api.depends("company_id.paypal_environment")
    def _compute_is_sandbox(self):
        for activity in self:
            activity.is_sandbox = activity.company_id._paypal_is_test()

    @api.depends("company_id")
    def _compute_journal_id(self):
        for activity in self:
            activity.journal_id = activity.company_id.sudo().paypal_journal_id

    @api.depends("failure")
    @api.depends_context("lang")
    def _compute_explanation(self):
        for activity in self:
            activity.explanation = activity.failure and tell(
                self.env, FAILURES, [activity.failure]
            )

    @api.depends("line_ids.result")
    def _compute_counts(self):
        counts = {}
        for activity, result, count in self.env["paypal.activity.line"]._read_group(
            [("activity_id", "in", self.ids)], ["activity_id", "result"], ["__count"]
        ):
            counts[activity.id, result] = count
        for activity in self:
            for result, _label in RESULTS:
                activity[f"{result}_count"] = counts.get((activity._origin.id, result))

    @api.depends("line_ids.is_to_make", "line_ids.is_makeable", "line_ids.ipn_id.state")
    def _compute_make_left(self):
        lines = self.env["paypal.activity.line"].sudo()
        for activity in self:
            mine = [("activity_id", "=", activity._origin.id)]
            activity.makeable_count = lines.search_count(
                [*mine, ("is_makeable", "=", True), ("is_to_make", "=", False)]
            )
            activity.make_left = lines.search_count(
                [*mine, ("is_to_make", "=", True)]
            ) + self.env["paypal.ipn"].sudo().search_count(
                [
                    ("activity_line_id.activity_id", "=", activity._origin.id),
                    ("state", "in", LINE_STATES),
                    ("reason", "=", False),
                ]
            )

    @api.depends("state", "to_read", "row_count", "compared_count", "make_left")
    def _compute_progress(self):
        """Reading is the first third of the way to the comparison.

        Rounded down, so that 100 % is the end and nothing before it.
        """
        for activity in self:
            done, total = 0, 1
            if activity.state == "reading":
                done, total = activity.row_count, 3 * activity.to_read
            elif activity.state == "comparing":
                rows = activity.row_count
                done, total = rows + 2 * activity.compared_count, 3 * rows
            elif activity.state == "ready":
                total = activity.make_count or 1
                done = total - activity.make_left
            activity.progress = max(0, min(100, 100 * done // (total or 1)))
            activity.is_running = activity.state in ("reading", "comparing") or bool(
                activity.make_left
            )

    # === ACTIONS === #

    def action_compare(self):
        """Read the file if that is not done yet, and compare it with the books.

        :return: nothing; a large file is worked in the background
        :raise UserError: there is no file, or it is being worked
        """
        self.ensure_one()
        self.check_access("write")
        activity = self.sudo()
        if activity.is_running:
            raise UserError(self.env._("The file is being worked right now."))
        if activity.state in ("draft", "failed"):
            if not activity.file:
                raise UserError(self.env._("Choose the file first."))
            lines = activity._bytes().count(b"\n")
            activity.write({"state": "reading", "failure": False, "to_read": lines})
        else:
            lines = activity.row_count
            activity._begin_comparison()
        if lines < AT_ONCE:
            activity._advance(lambda _count: True)
        else:
            self._wake()

    def action_make_all(self):
        """Make everything that is missing here and can be made."""
        self.ensure_one()
        self.check_access("write")
        lines = self.env["paypal.activity.line"].search(
            [("activity_id", "=", self.id), ("is_makeable", "=", True)]
        )
        return lines.action_make()

    def action_open_lines(self):
        """Open the rows, those of the result that the context names."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "caspit_paypal_activity.paypal_activity_line_action"
        )
        action["domain"] = [("activity_id", "=", self.id)]
        result = self.env.context.get("result")
        if result:
            action["domain"].append(("result", "=", result))
            action["name"] = dict(
                self.env["paypal.activity.line"]
                ._fields["result"]
                ._description_selection(self.env)
            )[result]
        action["context"] = {} if result else {"search_default_by_result": 1}
        return action

    # === BUSINESS METHODS === #

    def _is_making(self):
        """:return: whether rows of these files wait to be made"""
        return bool(
            self.env["paypal.activity.line"].search_count(
                [("activity_id", "in", self.ids), ("is_to_make", "=", True)], limit=1
            )
        )

    def _banks(self):
        """:return: the journals that may be the merchant's bank"""
        return self.env["account.journal"].search(
            [
                ("type", "=", "bank"),
                ("company_id", "=", self.company_id.id),
                ("id", "!=", self.journal_id.id),
            ]
        )

    @api.model
    def _wake(self):
        self.env.ref("caspit_paypal_activity.ir_cron_paypal_activity").sudo()._trigger()
