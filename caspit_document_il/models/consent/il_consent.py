# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models


class IlConsent(models.Model):
    """A customer's agreement with a company; what is withdrawn stays on record."""

    _name = "il.consent"
    _description = "Consent to Documents by E-mail"
    _order = "id desc"

    partner_id = fields.Many2one(
        "res.partner", "Customer", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        ondelete="cascade",
        default=lambda self: self.env.company,
    )
    given_at = fields.Datetime("Given", default=fields.Datetime.now)
    given_how = fields.Selection(
        [
            ("purchase", "Agreed when paying"),
            ("link", "Clicked in an e-mail"),
            ("written", "In writing"),
            ("other", "Otherwise"),
        ],
        "How",
        default="written",
    )
    given_from = fields.Char("From Where", help="A payment, an address, a letter.")
    withdrawn_at = fields.Datetime("Withdrawn")
    withdrawn_from = fields.Char("Withdrawn from Where")

    @api.depends("partner_id", "given_at")
    def _compute_display_name(self):
        for consent in self:
            consent.display_name = consent.partner_id.display_name

    @api.model
    def _of(self, partner, company):
        """:return: the last word of a customer, or none"""
        return self.sudo().search(
            [
                ("partner_id", "=", partner.commercial_partner_id.id),
                ("company_id", "=", company.id),
            ],
            limit=1,
        )

    @api.model
    def _may_mail(self, partner, company):
        """:return: whether documents may go to the customer by e-mail"""
        consent = self._of(partner, company)
        if consent:
            return not consent.withdrawn_at
        return company.il_without_consent == "send"

    @api.model
    def _give(self, partner, company, how, source):
        """Keep that a customer agreed, unless he agreed before.

        :param str how: a code of ``given_how``
        :param str source: from where, in words
        """
        consent = self._of(partner, company)
        if consent and not consent.withdrawn_at:
            return consent
        return self.sudo().create(
            {
                "partner_id": partner.commercial_partner_id.id,
                "company_id": company.id,
                "given_how": how,
                "given_from": source,
            }
        )

    @api.model
    def _withdraw(self, partner, company, source):
        """Keep that a customer no longer agrees; also of one who was never asked."""
        consent = self._of(partner, company) or self.sudo().create(
            {
                "partner_id": partner.commercial_partner_id.id,
                "company_id": company.id,
                "given_at": False,
                "given_how": False,
            }
        )
        if not consent.withdrawn_at:
            consent.write(
                {"withdrawn_at": fields.Datetime.now(), "withdrawn_from": source}
            )
        return consent
