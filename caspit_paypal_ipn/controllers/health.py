# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import hmac

from odoo import http
from odoo.http import request

from ..models.inbox.health import KEY_PARAMETER

SCHEME = "Bearer "


class PaypalIpnHealthController(http.Controller):
    """What an operator's monitor asks: are messages worked?"""

    @http.route(
        "/PayPal/IPN/health",
        type="http",
        auth="none",
        methods=["GET"],
        readonly=True,
        save_session=False,
    )
    def paypal_ipn_health(self, **_parameters):
        """Answer 200 when all is well, and 503 when messages wait for too long.

        The key is in a header alone: an address with a key in it lands in logs.
        Without a key in Odoo there is no such page.
        """
        key = request.env["ir.config_parameter"].sudo().get_param(KEY_PARAMETER)
        if not key:
            return request.make_json_response({"error": "not found"}, status=404)
        given = request.httprequest.headers.get("Authorization", "")
        if not hmac.compare_digest(given.encode(), f"{SCHEME}{key.strip()}".encode()):
            return request.make_json_response({"error": "wrong key"}, status=403)
        health = request.env["paypal.ipn"].sudo()._health()
        return request.make_json_response(
            health,
            headers={"Cache-Control": "no-store"},
            status=200 if health["status"] == "ok" else 503,
        )
