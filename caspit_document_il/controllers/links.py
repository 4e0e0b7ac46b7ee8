# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import http
from odoo.http import request


class IlLinksController(http.Controller):
    """What the links in mails open. Programs that look at mails open them, too: so
    only a button changes anything."""

    @http.route(
        "/caspit/il/<string:purpose>/<int:move_id>/<string:token>",
        type="http",
        auth="public",
        methods=["GET", "POST"],
        sitemap=False,
    )
    def il_link(self, purpose, move_id, token, **form):
        move = request.env["account.move"].sudo().browse(move_id).exists()
        if purpose not in ("consent", "number") or not (
            move and move._il_has_token(purpose, token)
        ):
            return request.not_found()
        lang = move._paypal_lang()
        move = move.with_context(lang=lang)
        values = {"move": move, "lang": lang, "entered": "", "said": ""}
        if request.httprequest.method == "POST":
            answer = self._consent if purpose == "consent" else self._number
            values["said"] = answer(move, form)
            values["entered"] = form.get("number", "")
        consent = move.env["il.consent"]._of(move.partner_id, move.company_id)
        values["agrees"] = not (consent and consent.withdrawn_at)
        html = request.env["ir.qweb"]._render(
            f"caspit_document_il.page_{purpose}", values, lang=lang
        )
        return request.make_response(
            html,
            headers={
                "Content-Type": "text/html; charset=utf-8",
                "Cache-Control": "no-store",
                "Referrer-Policy": "no-referrer",
                "X-Robots-Tag": "noindex",
            },
        )

    @staticmethod
    def _consent(move, form):
        consents = move.env["il.consent"]
        source = f"{request.httprequest.remote_addr}, {move.name}"
        if form.get("answer") == "withdraw":
            consents._withdraw(move.partner_id, move.company_id, source)
            return move.env._("You will get no more documents by e-mail.")
        consents._give(move.partner_id, move.company_id, "link", source)
        return move.env._("Thank you. Documents will come by e-mail.")

    @staticmethod
    def _number(move, form):
        if move._il_take_buyer_number(form.get("number", "")[:20]):
            return move.env._("Thank you. The document will come with your number.")
        return move.env._("This is not a dealer number. Please look at it again.")
