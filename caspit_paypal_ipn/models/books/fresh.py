# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What has just been made settles nothing yet, and Odoo need not ask what it settles.

A payment's state depends on the invoices that it settles, and an invoice's on the
payments that settle it. So with each payment and each document that is made Odoo looks
for the other side, in queries over all partial reconciliations: two for a payment, nine
for a credit note. They find nothing until the first of it is reconciled.
"""

from odoo import models
from odoo.fields import Domain

#: For the context in which drafts are made. What is made carries it, so it has to be
#: taken off before anything is posted.
SETTLES_NOTHING = {"paypal_settles_nothing": True}

#: In the cursor's cache: which documents are to be copied, and with which values.
COPIES = "paypal_copies"


def settles_nothing(records):
    """:return: whether these were just made, and are not reconciled"""
    return records.env.context.keys() >= SETTLES_NOTHING.keys()


class AccountMove(models.Model):
    _inherit = "account.move"

    def _search_reconciled_payment_ids(self, operator, value):
        if settles_nothing(self):
            return Domain.FALSE
        return super()._search_reconciled_payment_ids(operator, value)

    def _paypal_reverse(self, values_list):
        """Make credit notes over these, as Odoo's ``_reverse_moves``, but all at once.

        Odoo copies each by itself, which takes three times as long. Whatever others do
        to a reversal they do to the values that Odoo's method gets, or to the data of
        the copy; so its copies are only put off.

        :param list values_list: what is not as on the document, of each
        :return: draft ``account.move`` records, in the same order
        """
        self.env.cr.cache[COPIES] = copies = []
        try:
            self._reverse_moves(values_list)
        finally:
            del self.env.cr.cache[COPIES]
        data = [move.copy_data(values)[0] for move, values in copies]
        # Of no record: what is made on documents, Odoo takes for a change of them, too.
        # Then whoever numbers would wait for their rows, and this here for his numbers.
        # So it cannot tell what of the copies is due to be paid, and makes that anew.
        for values in data:
            values["line_ids"] = [
                command
                for command in values["line_ids"]
                if command[2].get("display_type") != "payment_term"
            ]
        context = {**copies[0][0].env.context, **SETTLES_NOTHING}
        notes = self.browse().with_context(**context).create(data).with_env(self.env)
        notes._message_log_batch(
            {
                note.id: move._get_copy_message_content(values)
                for note, (move, values) in zip(notes, copies, strict=True)
            }
        )
        return notes

    def copy(self, default=None):
        copies = self.env.cr.cache.get(COPIES)
        if copies is None:
            return super().copy(default)
        copies.append((self, default))
        return self.browse()

    def _creation_subtype(self):
        """Ours are logged together: the subtype is one that nobody can subscribe to."""
        if self.paypal_ipn_id:
            return self.env["mail.message.subtype"]
        return super()._creation_subtype()


class AccountPayment(models.Model):
    _inherit = "account.payment"

    def _search_reconciled_invoice_ids(self, operator, value):
        if settles_nothing(self):
            return Domain.FALSE
        return super()._search_reconciled_invoice_ids(operator, value)
