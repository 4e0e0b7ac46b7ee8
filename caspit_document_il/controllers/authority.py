# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, http
from odoo.http import request

from ..authority import AuthorityError


class IlAuthorityController(http.Controller):
    """Where the Tax Authority sends the dealer's browser back to."""

    @http.route("/caspit/il/authority", type="http", auth="user", methods=["GET"])
    def il_authority(self, code="", state="", **_other):
        """Keep the permission, and show the connection."""
        authority = request.env["il.authority"].browse()
        if state.partition("-")[0].isdigit():
            authority = authority.browse(int(state.partition("-")[0])).exists()
        if not authority or not authority._is_state(state):
            return request.not_found()
        authority.check_access("write")
        now = fields.Datetime.now()
        try:
            authority._keep(
                authority._client().exchange(code, authority._redirect(), now)
            )
        except AuthorityError as error:
            authority.trouble = error.text or error.code
        else:
            authority.permitted_at = now
        return request.redirect(
            f"/odoo/action-caspit_document_il.il_authority_action/{authority.id}"
        )
