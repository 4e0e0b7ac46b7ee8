# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import Command, fields, models

from ..reasons import Aside


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
        sales._prepare_books()
        sales._check_books()
        documents = sales._sale_documents()
        sales._settle(documents)
        for sale, document in zip(sales, documents, strict=True):
            sale._move_to(
                "booked", partner_id=document.partner_id.id, document_id=document.id
            )
        sales._adopt_earlier()
        sales._resume_followers()

    def _adopt_earlier(self):
        """Enter earlier messages of a new customer, as a sign-up, on his record."""
        customers = {sale.payer_id: sale.partner_id for sale in self if sale.payer_id}
        earlier = self.search(
            [
                ("company_id", "in", self.company_id.ids),
                ("payer_id", "in", list(customers)),
                ("partner_id", "=", False),
            ]
        )
        for payer_id, ipns in earlier.grouped("payer_id").items():
            ipns.partner_id = customers[payer_id]

    # === THE DOCUMENT === #

    def _sale_documents(self):
        """The document that each sale pays: an open invoice that it names, or its own.

        :return: ``account.move`` records, in the order of the sales; its own are drafts
        :raise Aside: a document does not total what the customer paid, or a person has
            to say whether the sale pays what it names
        """
        today = fields.Date.context_today(self)
        self[:1]._check_open_period(today, self.company_id.paypal_sale_journal_id)
        documents, paid = {}, self.env["account.move"]
        for sale in self:
            stays = sale._books_that_stay()
            document = stays[1] if stays else sale._named_document()
            if document and document in paid:
                # Then each is booked alone, and this one sees what is open yet.
                raise Aside("attention", "named_invoice")
            if document:
                documents[sale.id] = document
                paid |= document
        own = self.filtered(lambda sale: sale.id not in documents)
        moves = own._make_sale_documents()
        for sale, move in zip(own, moves, strict=True):
            sale._check_total(move, sale.gross)
            sale._note_other_taxes(move)
            documents[sale.id] = move
        return self.env["account.move"].concat(*(documents[sale.id] for sale in self))

    def _make_sale_documents(self):
        """Make a document for each sale, of its own and not posted yet.

        An extension point: another kind of ``account.move``, or one that another module
        makes. It has to total what the customer paid, and to carry ``paypal_ipn_id``
        and ``paypal_txn_id``.

        :return: draft ``account.move`` records, in the order of the sales
        """
        return self.env["account.move"].create(
            [sale._sale_invoice_values() for sale in self]
        )

    def _check_total(self, move, amount):
        """:raise Aside: the document does not total what moved"""
        if move.currency_id.compare_amounts(move.amount_total, amount):
            raise Aside(
                "attention",
                "total_mismatch",
                total=self._money(move.amount_total),
                gross=self._money(amount),
            )

    def _sale_invoice_values(self):
        """The values of a sale's document.

        An extension point: another ``move_type``, more fields.
        """
        message, company = self._message(), self.company_id
        partner = self.env["res.partner"]._paypal_find_or_create(
            message.buyer, company, self.is_sandbox
        )
        position = self._fiscal_position(partner)
        return {
            "move_type": "out_invoice",
            "company_id": company.id,
            "journal_id": self._sale_journal().id,
            "partner_id": partner.id,
            "currency_id": self.currency_id.id,
            "invoice_date": fields.Date.context_today(self),
            "invoice_payment_term_id": False,
            "fiscal_position_id": position.id,
            "ref": message.invoice or self.txn_id,
            "invoice_origin": message.subscription_id or False,
            "payment_reference": self.txn_id,
            "paypal_ipn_id": self.id,
            "paypal_txn_id": self.txn_id,
            "invoice_line_ids": [
                Command.create(self._sale_line_values(line, position, partner.lang))
                for line in self._sale_lines()
            ],
        }

    # === LINES AND TAXES === #

    def _fiscal_position(self, partner):
        positions = self.env["account.fiscal.position"]
        if self.company_id.paypal_vat_policy != "by_country":
            return positions
        return positions._get_fiscal_position(partner)

    def _sale_lines(self):
        """What was bought, as the lines that its document gets.

        An extension point: lines may be merged, split, renamed. Their totals have to
        sum up to what the customer paid.

        :return: :class:`~..paypal.lines.Line` objects
        """
        return self._message().lines

    def _sale_line_values(self, line, position, lang):
        """An invoice line over exactly what PayPal reports for it.

        The unit price is left unrounded, so that it times the quantity is the total. A
        quantity with more decimals than Odoo keeps would spoil that: then it is one.

        An extension point: an account, an analytic distribution, another product or
        tax for one line; so is :meth:`_line_product`.

        :param paypal.message.Line line: a line of the message
        :param position: the customer's fiscal position, or none
        :param str lang: the customer's language
        """
        product = self._line_product(line)
        digits = self.env["decimal.precision"].precision_get("Product Unit")
        quantity = line.quantity if round(line.quantity, digits) == line.quantity else 1
        return {
            "product_id": product.id,
            "name": line.name or self.with_context(lang=lang)._line_label(line),
            "quantity": float(quantity),
            "price_unit": float(line.total / quantity),
            "discount": 0.0,
            "tax_ids": [Command.set(self._line_taxes(product, position).ids)],
        }

    def _line_product(self, line):
        """The product of a line: the one that its item number names, else PayPal's.

        On a plain button the item number is the buyer's to write. So it picks only what
        is for sale, and only if the company's setting says so.
        """
        products = self.env["product.product"]
        may_pick = self.company_id.paypal_item_products
        own = (may_pick and line.number) and products.search(
            [
                ("default_code", "=", line.number),
                ("sale_ok", "=", True),
                ("company_id", "in", (False, self.company_id.id)),
            ],
            limit=1,
        )
        return own or self.company_id.paypal_product_id

    def _line_taxes(self, product, position):
        company = self.company_id
        if product == company.paypal_product_id:
            taxes = company.paypal_tax_id
        else:
            taxes = product.taxes_id.filtered(
                lambda tax: tax.company_id in company.parent_ids
            )
        if company._paypal_without_vat():
            taxes = taxes.browse()
        return taxes._paypal_for(position)

    def _note_other_taxes(self, move):
        """Say on the message that an item number brought other taxes than usual.

        Not when the message's own figures say the same: ``tax`` is what the shop took.
        """
        usual = self.company_id.paypal_product_id
        taxes = self._line_taxes(usual, move.fiscal_position_id)
        other = move.invoice_line_ids.filtered(
            lambda line: (
                line.display_type == "product"
                and line.product_id != usual
                and line.tax_ids != taxes
            )
        )
        told = sum(line.total for line in self._message().lines if line.kind == "tax")
        says_so = told and not move.currency_id.compare_amounts(
            move.amount_tax, float(told)
        )
        if other and not says_so:
            self._message_log(
                body=self.env._(
                    "The item numbers of this payment picked products whose taxes "
                    "differ from the usual ones: %s. On a plain button the buyer can "
                    "write the item number himself: look whether it is right.",
                    ", ".join(other.product_id.mapped("display_name")),
                )
            )

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
            "part": self.env._("Part of the order %s", self._message().order),
        }[line.kind]
