# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.addons.account.controllers.portal import PortalAccount


class Portal(PortalAccount):
    """A customer who looks his document up sees the very one that he got."""

    def _show_report(self, model, report_type, report_ref, download=False):
        """Show the receipt, and not Odoo's look of the same document."""
        if model._name == "account.move" and model._paypal_is_receipt():
            report_ref = "caspit_paypal_ipn.action_report_receipt"
        return super()._show_report(model, report_type, report_ref, download)
