# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from decimal import Decimal

from odoo import models

from ...uniform import Document, document_number

#: Means of payment in field 1306: neither card nor transfer is what PayPal is.
OTHER_MEANS = 9
RECEIPT = 400
WITH_PAYMENTS = (320, RECEIPT, 405)
GOODS, SERVICE = 2, 1


def day_of(date):
    """:return: a day as the paper writes it"""
    return f"{date:%Y%m%d}"


def money(amount):
    """:return: an amount to the agora, exactly"""
    return Decimal(str(round(amount, 2)))


class AccountMove(models.Model):
    """Documents: C100, D110 and D120."""

    _inherit = "account.move"

    def _il_uniform_documents(self):
        """The document, and the receipt for an invoice that was there before.

        :rtype: list[..uniform.Document]
        """
        self.ensure_one()
        kind = self._il_document_type()
        lines = self.invoice_line_ids.filtered(
            lambda line: line.display_type == "product"
        )
        payments = self._il_uniform_payments()
        own = payments if kind in WITH_PAYMENTS else []
        documents = [
            Document(
                self._il_uniform_header(kind),
                [line._il_uniform_line(self) for line in lines],
                own,
            )
        ]
        if payments and kind == 305:
            total = sum(payment[1312] for payment in payments)
            header = self._il_uniform_header(RECEIPT)
            header |= {1219: total, 1221: total, 1222: 0, 1223: total}
            documents.append(Document(header, [], payments))
        return documents

    def _il_uniform_header(self, kind):
        """:return: the fields of C100"""
        partner, company = self.partner_id, self.company_id
        issued = self.create_date or self.write_date
        net, vat = abs(self.amount_untaxed_signed), abs(self.amount_tax_signed)
        values = {
            1203: kind,
            1204: document_number(self.name),
            1205: day_of(company._paypal_local_date(issued)),
            1206: f"{issued:%H%M}",
            1207: partner.name or partner.display_name,
            1208: partner.street or "",
            1210: partner.city or "",
            1211: partner.zip or "",
            1212: partner.country_id.name or "",
            1213: partner.country_id.code or "",
            1214: partner.phone or "",
            1215: self._il_customer_number(),
            1216: day_of(self.date),
            1219: money(net),
            1220: 0,
            1221: money(net),
            1222: money(vat),
            1223: money(abs(self.amount_total_signed)),
            1225: str(partner.commercial_partner_id.id),
            1230: day_of(self.invoice_date),
            1233: self.create_uid.login or "",
        }
        if self.currency_id != company.currency_id:
            values |= {1217: money(self.amount_total), 1218: self.currency_id.name}
        return values

    def _il_uniform_payments(self):
        """:return: the fields of D120 of each PayPal payment, in shekels"""
        if self.move_type != "out_invoice":
            return []
        rate = (
            abs(self.amount_total_signed / self.amount_total)
            if self.amount_total
            else 1.0
        )
        return [
            {1306: OTHER_MEANS, 1312: money(payment.amount * rate), 1314: "PayPal"}
            for payment in self._paypal_payments()
            if payment.currency_id == self.currency_id
        ]


class AccountMoveLine(models.Model):
    """Lines of documents: D110. Lines of entries: B100."""

    _inherit = "account.move.line"

    def _il_uniform_line(self, move):
        """:return: the fields of D110"""
        self.ensure_one()
        total = -self.balance if move.move_type == "out_invoice" else self.balance
        quantity = self.quantity or 1
        before = total
        if self.discount and self.discount < 100:
            before = total / (1 - self.discount / 100)
        values = {
            1258: SERVICE if self.product_id.type == "service" else GOODS,
            1259: self.product_id.default_code or "",
            1260: self.name or self.product_id.name or "–",
            1263: self.product_uom_id.name or "יחידה",
            1264: Decimal(str(round(quantity, 4))),
            1265: money(before / quantity),
            1266: money(total - before),
            1267: money(total),
            1268: sum(self.tax_ids.mapped("amount")),
        }
        origin = move.reversed_entry_id
        if origin:
            values |= {
                1256: origin._il_document_type(),
                1257: document_number(origin.name),
            }
        return values

    def _il_uniform_entries(self, move):
        """:return: the fields of B100, of the lines of one entry"""
        is_document = move.is_sale_document()
        company = move.company_id
        shared = {
            1353: move.id,
            1356: move.journal_id.code,
            1357: document_number(move.name) if is_document else move.name,
            1358: move._il_document_type() if is_document else 0,
            1362: day_of(move.date),
            1375: day_of(company._paypal_local_date(move.create_date)),
            1376: move.create_uid.login or "",
        }
        entries = []
        for place, line in enumerate(self, 1):
            is_debit = line.balance > 0 or (not line.balance and line.debit >= 0)
            values = {
                **shared,
                1354: place,
                1361: line.name or move.ref or "",
                1363: day_of(line.date_maturity or line.date),
                1364: line.account_id.with_company(company).code,
                1366: 1 if is_debit else 2,
                1368: money(abs(line.balance)),
                1371: line.matching_number or "",
            }
            if line.currency_id != company.currency_id:
                values |= {
                    1367: line.currency_id.name,
                    1369: money(abs(line.amount_currency)),
                }
            entries.append(values)
        return entries
