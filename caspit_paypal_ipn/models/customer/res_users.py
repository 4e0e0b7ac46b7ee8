# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import SUPERUSER_ID, models


class ResUsers(models.Model):
    _inherit = "res.users"

    def _paypal_has_proved(self, email):
        """Whether an address is the login of somebody who was invited, and came.

        An invitation goes to the address, and he logs in by what stands in it. Who
        registers by himself proves nothing: Odoo sends him no mail to answer. Nor does
        who comes by a login elsewhere (OAuth): Odoo itself makes him, with whatever
        address is said there.

        :param str email: the address
        """
        self.ensure_one()
        by = self.create_uid
        invited = by and by.id != SUPERUSER_ID and not by.share
        is_login = (self.login or "").strip().lower() == (email or "").lower()
        return bool(is_login and invited and self.login_date)
