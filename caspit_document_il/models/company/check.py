# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models
from odoo.addons.caspit_paypal_ipn.models.company.check import Check
from odoo.tools import LazyTranslate

_lt = LazyTranslate(__name__)

#: Shown after what the main line looks at in the same step.
CHECKS = (
    Check("il_signature", "fields", _lt("Signature"), "_il_see_signature"),
    Check("il_consent", "fields", _lt("Agreement"), "_il_see_consent"),
    Check("il_authority", "fields", _lt("Allocation numbers"), "_il_see_authority"),
    Check("il_rates", "fields", _lt("Representative rates"), "_il_see_rates"),
)
LINKS = {
    "caspit_document_il.il_authority_action": _lt("Open the connection"),
}


class ResCompany(models.Model):
    """What the set-up check looks at in Israel; each room makes its own findings."""

    _inherit = "res.company"

    def _paypal_check_links(self):
        return super()._paypal_check_links() | LINKS

    def _paypal_check_table(self):
        checks = super()._paypal_check_table()
        if not self._il_is_israeli():
            return checks
        place = [check.step for check in checks].index("url")
        return [*checks[:place], *CHECKS, *checks[place:]]
