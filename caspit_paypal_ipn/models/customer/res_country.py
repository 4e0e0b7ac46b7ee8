# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models
from odoo.tools import ormcache


class ResCountry(models.Model):
    _inherit = "res.country"

    @api.model
    def _paypal_of_code(self, code):
        """The country of a message.

        :param str code: two letters, as in ISO 3166, or none
        :return: the country, or none
        """
        return self.browse(self._paypal_id_of_code(code or ""))

    @api.model
    @ormcache("code", cache="stable")
    def _paypal_id_of_code(self, code):
        return self.search([("code", "=", code or False)], limit=1).id
