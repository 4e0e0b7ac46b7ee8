# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models

USER = "caspit_paypal_ipn.group_paypal_ipn_user"
CHANNEL = "paypal_ipn"
EVENT = "paypal_ipn/changed"


class PaypalIpn(models.Model):
    """Screens that show messages read them again when a worker has moved some.

    The worker tells it, once for each batch and company. The listener does not: for
    whom a message is, is not known yet when it comes in, and a worker has it at once.
    """

    _inherit = "paypal.ipn"

    def _tell_screens(self):
        """Say on Odoo's bus which messages changed: their ids, and nothing else."""
        for company, ipns in self.grouped("company_id").items():
            self._tell_screens_of(company, ipns.ids)

    @api.model
    def _tell_screens_of(self, company, ids=()):
        """Have the screens of a company read anew, also of work without messages.

        :param company: what is for none is for the administrators, as in the access
            rules
        :param ids: of the messages that changed
        """
        to = company or self.env.ref("base.group_system")
        self.env["bus.bus"].sudo()._sendone((to, CHANNEL), EVENT, {"ids": list(ids)})


class IrWebsocket(models.AbstractModel):
    _inherit = "ir.websocket"

    def _build_bus_channel_list(self, channels):
        """Add the channels of the companies whose messages the user may see.

        The server alone adds them. A browser can ask for channels that are a text, and
        these are none.
        """
        user = self.env.user
        if user.has_group(USER):
            # Also of companies that are not chosen now: each screen reads by its own.
            channels.extend((company, CHANNEL) for company in user.sudo().company_ids)
        if user.has_group("base.group_system"):
            channels.append((self.env.ref("base.group_system"), CHANNEL))
        return super()._build_bus_channel_list(channels)
