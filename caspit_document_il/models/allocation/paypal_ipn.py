# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import LazyTranslate

_lt = LazyTranslate(__name__)

#: How often a receipt looks whether its number is there; the number wakes it anyway.
LOOK_AGAIN = timedelta(seconds=15)

SENTENCES = {
    "allocation": _lt(
        "The Tax Authority gives no allocation number for %(document)s: %(error)s. "
        "Open the document's allocation and decide: go on without, object, cancel, or "
        "reverse charge. Then the receipt goes out."
    ),
}


class PaypalIpn(models.Model):
    """Receipts of documents that need an allocation number."""

    _inherit = "paypal.ipn"

    reason = fields.Selection(
        selection_add=[("allocation", "Allocation number refused")]
    )

    @api.model
    def _reason_sentences(self):
        return super()._reason_sentences() | SENTENCES

    def _deliver_or_wait(self):
        """Wait a little for a number, and for a person where it was refused."""
        ready = self.browse()
        for ipn in self._still_mine("booked"):
            document = ipn.document_id
            allocation = document.sudo().il_allocation_ids
            if allocation and allocation._is_pending():
                ipn.write({"attempts": 0, "next_try": self.env.cr.now() + LOOK_AGAIN})
            elif document._il_waits_for_decision():
                error = filter(None, [allocation.error_code, allocation.error_text])
                ipn._move_to(
                    "attention",
                    "allocation",
                    {"document": document.name, "error": " ".join(error)},
                )
            else:
                ready |= ipn
        return super(PaypalIpn, ready)._deliver_or_wait()


class AccountMove(models.Model):
    _inherit = "account.move"

    def _il_waits_for_decision(self):
        """:return: whether its mail waits for a person, as the company says"""
        self.ensure_one()
        states = self.sudo().il_allocation_ids.mapped("state")
        return "refused" in states and self.company_id.il_refused == "hold"

    def _il_was_sent(self):
        """:return: whether an original is out, without the number that came now"""
        self.ensure_one()
        return bool(self.invoice_pdf_report_id)
