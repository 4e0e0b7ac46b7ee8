# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from urllib.parse import urlsplit

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...paypal import forward

#: Addresses that a company may name.
AT_MOST = 5


class ResCompany(models.Model):
    _inherit = "res.company"

    paypal_forward_to = fields.Text(
        "Send Messages On To",
        copy=False,
        groups="base.group_system",
        help="PayPal has one IPN address for each account, and your shop may need its "
        "messages, too. What PayPal stands by goes on unchanged to these https:// "
        "addresses, one a line, after it was kept here.",
    )

    @api.constrains("paypal_forward_to")
    def _check_paypal_forward_to(self):
        """:raise ValidationError: nothing may be sent to one of the addresses"""
        for company in self.sudo():
            own = urlsplit(company.get_base_url()).hostname
            urls = company._paypal_forward_urls()
            if len(urls) > AT_MOST:
                raise ValidationError(
                    self.env._("At most %s addresses can be named.", AT_MOST)
                )
            for url in urls:
                if forward.check_address(url) or urlsplit(url).hostname == own:
                    raise ValidationError(
                        self.env._(
                            "“%s” cannot be sent to. It has to be an https:// address "
                            "of the public internet, and not this Odoo's own.",
                            url,
                        )
                    )

    def _paypal_forward_urls(self):
        """:return: the addresses that this company's messages go on to"""
        self.ensure_one()
        return list(dict.fromkeys((self.sudo().paypal_forward_to or "").split()))
