# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.addons.caspit_paypal_ipn.models.reasons import told
from odoo.tools import LazyTranslate
from odoo.tools.misc import format_datetime, formatLang

_lt = LazyTranslate(__name__)

#: What each part of a difference is, and what to do about it.
PARTS = {
    "missing": _lt("%(amount)s are missing in the books: they are made, or can be."),
    "by_hand": _lt("%(amount)s are to be entered by hand."),
    "different": _lt("%(amount)s are booked otherwise than PayPal has them."),
    "not_in_file": _lt("%(amount)s are booked here and not in PayPal's ledger."),
    "rest": _lt(
        "%(amount)s are from before the ledger begins, or were entered by hand. Read "
        "the history, or book PayPal's opening balance."
    ),
}


class PaypalApiProof(models.Model):
    """A proof in words."""

    _inherit = "paypal.api.proof"

    explanation = fields.Text(compute="_compute_explanation")

    @api.depends("difference", "is_equal", "total")
    @api.depends_context("lang")
    def _compute_explanation(self):
        for proof in self:
            proof.explanation = " ".join(proof._said())

    def _said(self):
        if self.is_equal:
            yield self.env._(
                "PayPal and the books agree on %s.", self._money_text(self.total)
            )
            return
        yield self.env._(
            "PayPal has %(paypal)s and the books have %(books)s.",
            paypal=self._money_text(self.total),
            books=self._money_text(self.books),
        )
        for name, amount in self._parts().items():
            yield told(self.env, PARTS[name], {"amount": self._money_text(amount)})

    def _money_text(self, amount):
        return formatLang(self.env, amount, currency_obj=self.currency_id)


class PaypalApiConnection(models.Model):
    _inherit = "paypal.api.connection"

    proof_text = fields.Char("Proof", compute="_compute_proof_text")
    is_proved = fields.Boolean(compute="_compute_proof_text")

    @api.depends("proved_at", "proof_ids.is_equal")
    @api.depends_context("lang")
    def _compute_proof_text(self):
        for connection in self:
            proofs = connection._last_proofs()
            connection.is_proved = bool(proofs) and all(proofs.mapped("is_equal"))
            connection.proof_text = bool(proofs) and connection._proof_sentence(proofs)

    def _last_proofs(self):
        return self.proof_ids.filtered(lambda it: it.as_of == self.proved_at)

    def _proof_sentence(self, proofs):
        """The line of My Caspit."""
        zone = str(self.company_id._paypal_tz())
        when = format_datetime(self.env, self.proved_at, tz=zone, dt_format="short")
        wrong = proofs.filtered(lambda it: not it.is_equal)
        if wrong:
            return self.env._(
                "PayPal and the books differ by %(amounts)s as of %(when)s",
                amounts=self._amounts(wrong, "difference"),
                when=when,
            )
        return self.env._(
            "Proved: PayPal and the books agree on %(amounts)s as of %(when)s",
            amounts=self._amounts(proofs, "total"),
            when=when,
        )

    def _amounts(self, proofs, name):
        texts = [proof._money_text(proof[name]) for proof in proofs]
        if len(texts) < 2:
            return "".join(texts)
        return self.env._(
            "%(first)s and %(last)s", first=", ".join(texts[:-1]), last=texts[-1]
        )
