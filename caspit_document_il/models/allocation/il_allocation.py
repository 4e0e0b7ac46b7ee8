# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.addons.caspit_paypal_ipn.models.words import in_words
from odoo.tools import LazyTranslate

from ...authority import printed

_lt = LazyTranslate(__name__)

#: Our own words beside the authority's, by its code.
EXPLANATIONS = {
    "431": _lt("The customer's dealer number is not known to the authority."),
    "432": _lt("The customer's dealer number is wrong."),
    "434": _lt("The document is older than two weeks."),
    "435": _lt("The document's date is wrong."),
    "437": _lt("The VAT does not fit the amount."),
    "438": _lt("The sums of the batch are wrong."),
    "446": _lt("The software's number or settings are not accepted."),
    "460": _lt("The authority gives no number for this document."),
    "461": _lt("The authority gives no number for this document."),
    "462": _lt("It was decided already what happens without the number."),
    "463": _lt("This decision is not possible now."),
    "401": _lt("The connection to the authority has ended."),
    "403": _lt("There is no permission for this service."),
    "406": _lt("There is no permission for this dealer number."),
    "422": _lt("The authority cannot read the request."),
}


class IlAllocation(models.Model):
    """What is known of the number of one document."""

    _name = "il.allocation"
    _inherit = ["caspit.facts"]
    _description = "Allocation Number"
    _order = "id desc"
    _rec_name = "move_id"

    move_id = fields.Many2one(
        "account.move", "Document", required=True, readonly=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        related="move_id.company_id", store=True, index=True, string="Company"
    )
    partner_id = fields.Many2one(related="move_id.partner_id", string="Customer")
    state = fields.Selection(
        [
            ("wanted", "Asked for"),
            ("approved", "Given"),
            ("emergency", "Emergency number, to be reported"),
            ("refused", "Refused: decide"),
            ("faulty", "Look at it"),
            ("closed", "Goes without"),
        ],
        required=True,
        readonly=True,
        default="wanted",
        index=True,
    )
    number = fields.Char("Whole Number", readonly=True)
    short_number = fields.Char("Number", compute="_compute_short_number")
    key = fields.Char(
        readonly=True,
        required=True,
        help="The authority answers the same number to the same key.",
    )
    error_code = fields.Char("Code", readonly=True)
    error_text = fields.Char("The Authority Says", readonly=True)
    explanation = fields.Char("Which Means", compute="_compute_explanation")
    decision = fields.Selection(
        [
            ("cancel", "Canceled"),
            ("continue", "Goes on without a number"),
            ("object", "Objected"),
            ("reverse", "Reverse charge"),
        ],
        readonly=True,
    )
    attempts = fields.Integer("Tries", readonly=True)
    next_try = fields.Datetime(readonly=True, default=fields.Datetime.now)
    answered_at = fields.Datetime("Last Answer", readonly=True)
    original_at = fields.Datetime("Original Made", readonly=True)
    is_printed = fields.Boolean(
        "On the Original", readonly=True, help="The original that was mailed has it."
    )
    copy_mail_id = fields.Many2one("mail.mail", "Copy by E-mail", readonly=True)

    _move_unique = models.Constraint(
        "unique (move_id)", "The document has been asked for already."
    )
    _work_index = models.Index(
        "(next_try) WHERE state IN ('wanted', 'emergency') AND next_try IS NOT NULL"
    )

    @api.depends("number")
    def _compute_short_number(self):
        for allocation in self:
            allocation.short_number = printed(allocation.number) or False

    @api.depends("error_code")
    @api.depends_context("lang")
    def _compute_explanation(self):
        for allocation in self:
            known = EXPLANATIONS.get(allocation.error_code or "")
            allocation.explanation = known and in_words(self.env, known)

    def _is_pending(self):
        """:return: whether a receipt had better wait a little longer for the number"""
        self.ensure_one()
        if self.state != "wanted" or self.answered_at:
            return False
        age = self.env.cr.now() - self.create_date
        return age.total_seconds() < self._patience()

    @api.model
    def _patience(self):
        """:return: seconds that a receipt waits for an authority that says nothing"""
        return 180
