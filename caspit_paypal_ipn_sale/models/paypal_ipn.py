# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models
from odoo.exceptions import UserError


class PaypalIpn(models.Model):
    """A payment that names a sales order: it confirms the order, and invoices it.

    Whether it fits is decided as of an invoice: customer, currency and amount. Nothing
    of the order changes before that, and no second document is ever made beside it.
    """

    _inherit = "paypal.ipn"

    sale_order_id = fields.Many2one(
        "sale.order",
        "Sales Order",
        readonly=True,
        copy=False,
        index="btree_not_null",
        help="The order that this payment named and paid.",
    )

    def _named_order(self):
        """:return: the order of this company that the buyer's page named, or none"""
        message, orders = self._message(), self.env["sale.order"]
        for text in filter(None, (message.invoice, message.custom)):
            if order := orders._paypal_named(self.company_id, text):
                return order
        return orders

    def _named_invoice(self):
        """An invoice of the order that is named, the open one first."""
        invoices = self._named_order().invoice_ids.filtered(
            lambda move: move.move_type == "out_invoice" and move.state == "posted"
        )
        still_open = invoices.filtered(
            lambda move: move.payment_state in ("not_paid", "partial")
        )
        return still_open[:1] or invoices[:1] or super()._named_invoice()

    def _named_document(self):
        """Make the invoice of an order that this sale names and pays beyond doubt.

        :raise Aside: a person has to decide
        """
        order = self._named_order()
        left = order._paypal_left() if order else 0.0
        is_open = any(
            move.state == "posted" and move.payment_state in ("not_paid", "partial")
            for move in order.invoice_ids
        )
        if not order or is_open or order.currency_id.is_zero(left):
            document = super()._named_document()
            if order and document:
                self.sale_order_id = order
            return document
        decided = self._decided("named_invoice")
        doubt = self._doubt_about_order(order, left)
        if decided == "other_sale":
            return self.env["account.move"]
        if doubt and decided != "pay_named":
            if self.company_id.paypal_named_invoice == "second":
                return self.env["account.move"]
            self._ask_about_named(
                order,
                self.env._("to be invoiced over %s", self._order_money(order, left)),
                doubt,
            )
        self.sale_order_id = order
        return self._invoice_order(order, left)

    def _doubt_about_order(self, order, left):
        """:return: why this is not the payment of the order, or None"""
        if order.state == "cancel":
            return self.env._("It is cancelled.")
        return self._doubt_about(order, left)

    def _order_money(self, order, amount):
        return f"{amount} {order.currency_id.name}"

    # === THE ORDER'S INVOICE === #

    def _invoice_order(self, order, left):
        """Confirm an order, and invoice what was paid of it.

        What Odoo does not let invoice yet, as before it is delivered, and a part of the
        order become a down payment.

        :param float left: how much of the order has no invoice yet
        :return: a draft ``account.move``
        """
        if order.state == "cancel":
            order.action_draft()
        if order.state in ("draft", "sent"):
            order.action_confirm()
        amount = left
        if order.currency_id == self.currency_id:
            amount = min(left, self.gross)
        move = self._regular_invoice(order, amount) or self._down_payment(order, amount)
        journal = self._sale_journal()
        day = self._issue_day(journal)
        move.write(
            {
                "journal_id": journal.id,
                "invoice_date": day,
                **self._rate_values(day),
                "invoice_payment_term_id": False,
                "paypal_ipn_id": self.id,
                "paypal_txn_id": self.txn_id,
            }
        )
        return move

    def _regular_invoice(self, order, amount):
        """:return: the order's own invoice, or none if it is not over this amount"""
        try:
            with self.env.cr.savepoint():
                move = order._create_invoices(final=True)
                if len(move) != 1 or order.currency_id.compare_amounts(
                    move.amount_total, amount
                ):
                    raise UserError(self.env._("The invoice is over another amount."))
        except UserError:
            return self.env["account.move"]
        return move

    def _down_payment(self, order, amount):
        wizard = (
            self.env["sale.advance.payment.inv"]
            .with_context(active_model="sale.order", active_ids=order.ids)
            .create(
                {
                    "sale_order_ids": [(6, 0, order.ids)],
                    "advance_payment_method": "fixed",
                    "fixed_amount": amount,
                }
            )
        )
        return wizard._create_invoices(order)
