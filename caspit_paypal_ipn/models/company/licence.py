# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models

PAYPAL_MODULE = "marketing"


class CaspitLicence(models.Model):
    """What a company is entitled to: one row for each company and module.

    The system administrator sets it; the row is there from the start, so that the
    Modules tab lists every module, licensed or not.
    """

    _name = "caspit.licence"
    _description = "Module Licence"
    _order = "id"
    _rec_name = "module"

    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True, ondelete="cascade"
    )
    module = fields.Selection(
        [(PAYPAL_MODULE, "Marketing")], required=True, readonly=True
    )
    includes = fields.Char(compute="_compute_includes")
    licensed = fields.Boolean(help="The company has bought this module.")
    date_end = fields.Date(
        "Valid Until", help="The last day of the licence. Empty: without an end."
    )
    status = fields.Selection(
        [("none", "No licence"), ("active", "Active"), ("expired", "Expired")],
        compute="_compute_status",
    )

    _company_module_unique = models.UniqueIndex(
        "(company_id, module)", "A company has one licence for each module."
    )

    @api.depends("module")
    @api.depends_context("lang")
    def _compute_includes(self):
        for licence in self:
            licence.includes = licence._includes()

    def _includes(self):
        """What the module brings, in the reader's language."""
        return self.env._("E-commerce interface: PayPal → tax invoice/receipt")

    @api.depends("licensed", "date_end")
    def _compute_status(self):
        for licence in self:
            if not licence.licensed:
                licence.status = "none"
            elif licence._has_ended():
                licence.status = "expired"
            else:
                licence.status = "active"

    def _has_ended(self):
        """:return: whether its last day is over at its company, wherever one looks"""
        today = self.date_end and self.company_id.sudo()._paypal_today()
        return bool(today and self.date_end < today)

    @api.model
    def search_fetch(self, domain, field_names=None, offset=0, limit=None, order=None):
        """Fetch licences whole: whoever asks which there are asks next what they say.

        The company's form is read with one query less.
        """
        whole = ["company_id", "module", "licensed", "date_end", *(field_names or [])]
        return super().search_fetch(domain, whole, offset, limit, order)

    def write(self, vals):
        res = super().write(vals)
        self._resume_blocked()
        return res

    def _resume_blocked(self):
        """Work what waited for these licences."""
        active = self.filtered(
            lambda licence: (
                licence.module == PAYPAL_MODULE and licence.status == "active"
            )
        )
        self.env["paypal.ipn"].sudo().search(
            [("state", "=", "blocked"), ("company_id", "in", active.company_id.ids)]
        )._resume()
