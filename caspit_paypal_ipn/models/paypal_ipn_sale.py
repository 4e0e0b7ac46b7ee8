# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import Command, fields, models

from .reasons import Aside


class PaypalIpn(models.Model):
    """A completed sale: an invoice over what was paid, its payment, PayPal's fee."""

    _inherit = "paypal.ipn"

    def _book_sale(self):
        """Book sales of one company, all in one go.

        :raise Aside: one of them cannot be booked as it is
        """
        sales = self._without_duplicates()
        if not sales:
            return
        sales.company_id._paypal_setup()
        moves = self.env["account.move"].create(
            [sale._sale_invoice_values() for sale in sales]
        )
        for sale, move in zip(sales, moves, strict=True):
            sale._check_total(move)
        moves._post(soft=False)
        payments = self.env["account.payment"].create(
            [
                sale._payment_values(move)
                for sale, move in zip(sales, moves, strict=True)
            ]
        )
        payments.action_post()
        sales._reconcile(moves, payments)
        sales._book_fees()
        for sale, move in zip(sales, moves, strict=True):
            sale._move_to("booked", partner_id=move.partner_id.id)

    # === THE INVOICE === #

    def _sale_invoice_values(self):
        message, company = self._message(), self.company_id
        partner = self.env["res.partner"]._paypal_find_or_create(message.buyer, company)
        position = self._fiscal_position(partner)
        return {
            "move_type": "out_invoice",
            "company_id": company.id,
            "journal_id": company.paypal_sale_journal_id.id,
            "partner_id": partner.id,
            "currency_id": self._book_currency().id,
            "invoice_date": fields.Date.context_today(self),
            "invoice_payment_term_id": False,
            "fiscal_position_id": position.id,
            "ref": message.invoice or message.subscription_id or self.txn_id,
            "payment_reference": self.txn_id,
            "paypal_ipn_id": self.id,
            "paypal_txn_id": self.txn_id,
            "invoice_line_ids": [
                Command.create(self._sale_line_values(line, position, partner.lang))
                for line in message.lines
            ],
        }

    def _fiscal_position(self, partner):
        positions = self.env["account.fiscal.position"]
        if self.company_id.paypal_vat_policy != "by_country":
            return positions
        return positions._get_fiscal_position(partner)

    def _sale_line_values(self, line, position, lang):
        """An invoice line over exactly what PayPal reports for it.

        The unit price is left unrounded, so that it times the quantity is the total.

        :param paypal.message.Line line: a line of the message
        :param position: the customer's fiscal position, or none
        :param str lang: the customer's language
        """
        company = self.company_id
        product = self._line_product(line)
        taxes = product.taxes_id.filtered(lambda tax: tax.company_id == company)
        if product == company.paypal_product_id:
            taxes = company.paypal_tax_id
        if company.paypal_vat_policy == "never":
            taxes = taxes.browse()
        return {
            "product_id": product.id,
            "name": line.name or self.with_context(lang=lang)._line_label(line),
            "quantity": float(line.quantity),
            "price_unit": float(line.total / line.quantity),
            "discount": 0.0,
            "tax_ids": [Command.set(taxes._paypal_for(position).ids)],
        }

    def _line_product(self, line):
        products = self.env["product.product"]
        own = line.number and products.search(
            [
                ("default_code", "=", line.number),
                ("company_id", "in", (False, self.company_id.id)),
            ],
            limit=1,
        )
        return own or self.company_id.paypal_product_id

    def _line_label(self, line):
        """What a line is called that PayPal gives no name to."""
        return {
            "item": self.env._("PayPal payment"),
            "shipping": self.env._("Shipping"),
            "handling": self.env._("Handling"),
            "insurance": self.env._("Insurance"),
            "tax": self.env._("Tax collected by PayPal"),
            "discount": self.env._("Discount"),
            "shipping_discount": self.env._("Shipping discount"),
            "residual": self.env._("Other"),
        }[line.kind]

    def _check_total(self, move):
        """:raise Aside: the document does not total what the customer paid"""
        if move.currency_id.compare_amounts(move.amount_total, self.gross):
            raise Aside(
                "attention",
                "total_mismatch",
                total=self._money(move.amount_total),
                gross=self._money(self.gross),
            )

    # === THE PAYMENT === #

    def _payment_date(self):
        if not self.payment_date:
            return fields.Date.context_today(self)
        return self.company_id._paypal_local_date(self.payment_date)

    def _payment_values(self, move):
        date = self._payment_date()
        self._check_open_period(date)
        journal = self.company_id.paypal_journal_id
        return {
            "payment_type": "inbound",
            "partner_type": "customer",
            "partner_id": move.partner_id.id,
            "amount": self.gross,
            "currency_id": move.currency_id.id,
            "date": date,
            "journal_id": journal.id,
            "payment_method_line_id": journal.inbound_payment_method_line_ids[:1].id,
            "memo": f"PayPal {self.txn_id}",
            "paypal_ipn_id": self.id,
            "paypal_txn_id": self.txn_id,
        }

    def _reconcile(self, moves, payments):
        """Settle each document with its payment.

        :raise Aside: the PayPal journal makes no entry for its payments
        """
        for move, payment in zip(moves, payments, strict=True):
            if not payment.move_id:
                raise Aside(
                    "attention",
                    "configuration",
                    error=self.env._(
                        "The journal %s makes no entries: give its payment methods "
                        "an account.",
                        payment.journal_id.name,
                    ),
                )
            lines = move.line_ids | payment.move_id.line_ids
            lines.filtered(
                lambda line, account=payment.destination_account_id: (
                    line.account_id == account and not line.reconciled
                )
            ).reconcile()

    # === THE FEE === #

    def _book_fees(self):
        """Book what PayPal kept, out of the PayPal account."""
        charged = self.filtered("fee")
        self.env["account.move"].create([ipn._fee_values() for ipn in charged])._post(
            soft=False
        )

    def _fee_values(self):
        company = self.company_id
        journal = company.paypal_journal_id
        method = journal.outbound_payment_method_line_ids[:1]
        paypal_account = method.payment_account_id or journal.default_account_id
        name = self.env._("PayPal fee %s", self.txn_id)
        date = self._payment_date()
        balance = self.currency_id._convert(
            self.fee, company.currency_id, company, date
        )

        def line(account, sign):
            return Command.create(
                {
                    "name": name,
                    "account_id": account.id,
                    "currency_id": self.currency_id.id,
                    "amount_currency": sign * self.fee,
                    "balance": sign * balance,
                    "tax_ids": [Command.clear()],
                }
            )

        return {
            "move_type": "entry",
            "journal_id": journal.id,
            "date": date,
            "ref": name,
            "paypal_ipn_id": self.id,
            "line_ids": [
                line(company.paypal_fee_account_id, 1),
                line(paypal_account, -1),
            ],
        }
