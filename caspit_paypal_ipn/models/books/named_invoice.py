# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models
from odoo.tools import SQL

from ..reasons import Aside

#: How a name is compared: without case, blanks and separators. The indexes on
#: ``account.move`` are on this very expression.
PLAIN = "regexp_replace(lower(%s), '[^[:alnum:]]', '', 'g')"
#: Shorter texts name nothing: shops number their orders from 1, too.
SHORTEST = 4


class AccountMove(models.Model):
    _inherit = "account.move"

    _paypal_name_index = models.Index(
        f"(({PLAIN % 'name'})) WHERE move_type = 'out_invoice' AND state = 'posted'"
    )
    _paypal_reference_index = models.Index(
        f"(({PLAIN % 'payment_reference'})) "
        "WHERE move_type = 'out_invoice' AND state = 'posted'"
    )
    _paypal_ref_index = models.Index(
        f"(({PLAIN % 'ref'})) WHERE move_type = 'out_invoice' AND state = 'posted'"
    )

    @api.model
    def _paypal_named(self, company, text):
        """The posted invoices that a text names; PayPal's own documents are none.

        A number or a payment reference names an invoice whoever writes it; what a
        customer calls it by himself names it for him alone.

        :param company: the ``res.company`` whose invoices they are
        :param str text: as a buyer's page passed it
        :return: invoices by what names them: ``(by number, by the customer's word)``
        """
        self.flush_model(["name", "payment_reference", "ref", "state", "paypal_txn_id"])
        name, reference, ref = (
            SQL(PLAIN % column) for column in ("name", "payment_reference", "ref")
        )
        plain = SQL(PLAIN, text)
        rows = self.env.execute_query(
            SQL(
                """SELECT id, %(name)s = %(plain)s OR %(reference)s = %(plain)s
                     FROM account_move
                    WHERE move_type = 'out_invoice' AND state = 'posted'
                      AND company_id = %(company)s AND paypal_txn_id IS NULL
                      AND length(%(plain)s) >= %(shortest)s
                      AND (%(name)s = %(plain)s OR %(reference)s = %(plain)s
                           OR %(ref)s = %(plain)s)
                    ORDER BY payment_state IN ('not_paid', 'partial') DESC, id
                    LIMIT 20""",
                name=name,
                reference=reference,
                ref=ref,
                plain=plain,
                company=company.id,
                shortest=SHORTEST,
            )
        )
        by_number = self.browse(row_id for row_id, is_number in rows if is_number)
        return by_number, self.browse(row_id for row_id, _number in rows) - by_number


class PaypalIpn(models.Model):
    """A sale that names an invoice pays it, beyond doubt; in doubt a person decides.

    ``invoice`` is the buyer's to write on a plain button. So what it names is paid by
    itself only where customer, currency and amount fit; and no second tax document is
    made of what may be the same sale, unless the merchant's setting says so.
    """

    _inherit = "paypal.ipn"

    def _named_document(self):
        """What this sale names, and whether it pays that beyond doubt.

        An extension point: something else than an invoice may be named, as an order.

        :return: the invoice that it pays; none when it gets a document of its own
        :raise Aside: a person has to decide
        """
        invoice = self._named_invoice()
        if not invoice or self._decided("named_invoice") == "other_sale":
            return invoice.browse()
        if self._decided("named_invoice") == "pay_named":
            return invoice
        doubt = self._doubt_about(invoice, invoice.amount_residual)
        if not doubt:
            return invoice
        if self.company_id.paypal_named_invoice == "second":
            return invoice.browse()
        self._ask_about_named(
            invoice,
            self.env._(
                "open over %s", f"{invoice.amount_residual} {invoice.currency_id.name}"
            ),
            doubt,
        )

    def _named_invoice(self):
        """:return: the invoice of this company that the buyer's page named, or none"""
        message, invoices = self._message(), self.env["account.move"]
        for text in filter(None, (message.invoice, message.custom)):
            by_number, by_word = invoices._paypal_named(self.company_id, text)
            named = by_number | by_word.filtered(
                lambda invoice: invoice.partner_id._paypal_is(message.buyer)
            )
            if named:
                return named[0]
        return invoices

    def _doubt_about(self, named, amount):
        """Why a payment is not that of what it names, beyond doubt.

        :param named: an invoice, or what else has a currency and a customer
        :param float amount: what is open of it
        :return: a sentence; None when it fits, in whole or in part
        """
        if named.currency_id != self.currency_id:
            return self.env._("It is in another currency.")
        if self.currency_id.is_zero(amount):
            return self.env._("It is paid already.")
        if not named.partner_id._paypal_is(self._message().buyer):
            return self.env._("Another payer has paid.")
        if self.currency_id.compare_amounts(self.gross, amount) > 0:
            return self.env._("More was paid than is open.")
        return None

    def _ask_about_named(self, named, what_is_open, doubt):
        """:raise Aside: always"""
        raise Aside(
            "attention",
            "named_invoice",
            gross=self._money(self.gross),
            name=named.display_name,
            customer=named.partner_id.display_name,
            open=what_is_open,
            why=doubt,
        )

    # === THE DISCOUNT FOR WHO PAYS EARLY === #

    def _early_discount(self, invoice):
        """What a payment within the discount's term settles beside its amount.

        :return: the values of the lines that write the discount off, as
            ``account.payment`` takes them; none where the payment is not over just
            the discounted amount
        """
        date, home = self._payment_date(), self.company_id.currency_id
        if (
            not invoice.invoice_payment_term_id.early_discount
            or invoice.state != "posted"
            or not invoice._is_eligible_for_early_payment_discount(
                self.currency_id, date
            )
        ):
            return []
        terms = self._receivable(invoice)
        discounted = sum(terms.mapped("discount_amount_currency"))
        if self.currency_id.compare_amounts(discounted, self.gross):
            return []
        open_amount = sum(terms.mapped("amount_residual_currency")) - self.gross
        lines = invoice._get_invoice_counterpart_amls_for_early_payment_discount(
            [
                {
                    "aml": line,
                    "amount_currency": -line.amount_residual_currency,
                    "balance": self.currency_id._convert(
                        -line.amount_residual_currency, home, self.company_id, date
                    ),
                }
                for line in terms
            ],
            self.currency_id._convert(open_amount, home, self.company_id, date),
        )
        return [values for group in lines.values() for values in group]
