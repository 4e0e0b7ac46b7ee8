# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import http


class EmptyController(http.Controller):
    """What Odoo itself costs for one request: it reads the form and answers."""

    @http.route(
        "/bench/empty",
        type="http",
        auth="none",
        methods=["POST"],
        csrf=False,
        save_session=False,
    )
    def empty(self, **_fields):
        return ""
