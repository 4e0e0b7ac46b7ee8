# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    paypal_history_journal_id = fields.Many2one(
        "account.journal",
        "Invoice Journal of Files",
        domain="[('type', '=', 'sale'), ('company_id', '=', id)]",
        help="Documents that are made from PayPal's activity file are numbered here, "
        "and have the days of their payments: history does not stand among today's "
        "numbers then. Empty: they are numbered with the others.",
    )
