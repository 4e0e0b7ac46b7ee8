# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import logging

from werkzeug.exceptions import RequestEntityTooLarge

from odoo import models
from odoo.http import request

_logger = logging.getLogger(__name__)


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    @classmethod
    def _pre_dispatch(cls, rule, args):
        """Keep the received bytes of the routes that ask for them.

        Odoo parses a form before the controller runs, and the bytes are gone
        then. The post-back needs them unchanged, and only they tell which charset
        they are in. ``super`` comes first: it sets the route's bound on the size.
        """
        res = super()._pre_dispatch(rule, args)
        if rule.endpoint.routing.get("caspit_keep_raw_body"):
            try:
                request.httprequest.get_data(cache=True)
            except RequestEntityTooLarge:
                _logger.warning("PayPal IPN: the body is too long (HTTP 413)")
                raise
        return res
