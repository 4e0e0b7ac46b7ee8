"""A month of messages in the charts of several countries, against documents by hand.

What PayPal's messages make has to land where an accountant would have put it: the same
boxes of the tax report, the same accounts. These tests run inside Odoo, on a database
with the localisations: see ``chart_template`` in tools/environment/databases.py.
"""

from collections import defaultdict
from datetime import date

from odoo import Command, fields
from odoo.addons.caspit_paypal_ipn.tests.common import PaypalIpnCase, message

FIRST, LAST = date(2025, 1, 1), date(2025, 1, 31)
BACK = {"payment_status": "Refunded", "txn_type": None, "mc_fee": None}


class Month:
    """Sales and refunds of a month; the classes below are a country each.

    Net amounts are such that a price with the tax has no more decimals than the
    currency, so that documents by hand are exact.
    """

    country = ""
    abroad = "US"
    #: a number as that country's are
    vat = "514444447"
    #: where the chart keeps what banks charge, or the next code after it
    fee_account = ""
    #: PayPal collects a sales tax of this percentage on top, instead of a VAT inside
    sales_tax = None

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.home = cls.env["res.country"].search([("code", "=", cls.country)])
        cls.company.vat = False  # Odoo holds the old number to the new country's form
        cls.company.write({"country_id": cls.home.id})
        cls.company.vat = cls.vat
        cls.company.account_fiscal_country_id = cls.home
        cls.company._paypal_setup()
        cls.tax = cls.company.account_sale_tax_id

    # === THE MONTH === #

    def sales(self):
        """:return: net amount, country and day of each sale"""
        return [
            (100, self.country, 3),
            (250, self.country, 7),
            (300, self.abroad, 7),
            (1000, self.country, 15),
            (50, self.country, 20),
        ]

    def rate(self, country):
        """:return: the percentage of tax on a sale into a country"""
        if self.sales_tax is not None:
            return self.sales_tax if country == self.country else 0
        taxes = self.position(country).map_tax(self.tax)
        return sum(taxes.filtered("amount").mapped("amount"))

    def position(self, country):
        customer = self.customer(country)
        return self.env["account.fiscal.position"]._get_fiscal_position(customer)

    def customer(self, country):
        """The buyer of a country, as an accountant would have entered him."""
        found = self.env["res.country"].search([("code", "=", country)])
        name = f"By hand in {country}"
        partners = self.env["res.partner"]
        return partners.search([("name", "=", name)], limit=1) or partners.create(
            {"name": name, "country_id": found.id}
        )

    def by_paypal(self):
        """Book the month from messages: the first is refunded, the fourth in part."""
        told = []
        for number, (net, country, day) in enumerate(self.sales()):
            tax = net * self.rate(country) / 100
            told.append(self.sale(number, net, tax, country, day))
        gross = [
            net + net * self.rate(country) / 100 for net, country, _d in self.sales()
        ]
        told.append(self.refund(0, gross[0], 25))
        told.append(self.refund(3, gross[3] / 2, 28))
        ipns = self.inbox.union(*[self.receive(body) for body in told])
        with self.enter_registry_test_mode():  # the books alone, without PDFs
            while self.is_due(("received", "verified")):
                self.run_cron("caspit_paypal_ipn.ir_cron_paypal_ipn_work")
        self.assertEqual(set(ipns.mapped("state")), {"booked"}, ipns.mapped("reason"))
        return ipns.document_id

    def sale(self, number, net, tax, country, day):
        """A sale; PayPal tells the tax of each second one, and of all it collects."""
        is_told = number % 2 or self.sales_tax is not None
        return message(
            txn_id=f"MONTH{number}",
            mc_gross=f"{net + tax:.2f}",
            mc_fee="0.00",
            tax=f"{tax if is_told else 0:.2f}",
            mc_currency=self.company.currency_id.name,
            payment_date=f"02:00:00 Jan {day:02}, 2025 PST",
            payer_id=f"BUYER{country}",
            payer_email=f"{country.lower()}@example.com",
            address_country_code=country,
            residence_country=country,
        )

    def refund(self, number, gross, day):
        _net, country, _day = self.sales()[number]
        return message(
            **BACK,
            txn_id=f"BACK{number}",
            parent_txn_id=f"MONTH{number}",
            mc_gross=f"-{gross:.2f}",
            mc_currency=self.company.currency_id.name,
            payment_date=f"02:00:00 Jan {day:02}, 2025 PST",
            payer_id=f"BUYER{country}",
        )

    def by_hand(self):
        """Book the same month as an accountant does: net prices, the ordinary tax."""
        moves = self.env["account.move"]
        for net, country, day in self.sales():
            moves |= self.document("out_invoice", net, country, day)
        moves |= self.document("out_refund", self.sales()[0][0], self.country, 25)
        moves |= self.document("out_refund", self.sales()[3][0] / 2, self.country, 28)
        moves.action_post()
        return moves

    def document(self, move_type, net, country, day):
        customer, tax = self.customer(country), self.tax
        if self.sales_tax is not None:
            tax = self.collected_tax() if self.rate(country) else self.tax.browse()
        return self.env["account.move"].create(
            {
                "move_type": move_type,
                "partner_id": customer.id,
                "invoice_date": fields.Date.to_string(date(2025, 1, day)),
                "invoice_line_ids": [
                    Command.create(
                        {
                            "product_id": self.company.paypal_product_id.id,
                            "price_unit": net,
                            "tax_ids": [
                                Command.set(self.position(country).map_tax(tax).ids)
                            ],
                        }
                    )
                ],
            }
        )

    def collected_tax(self):
        """The sales tax as an accountant would have entered it."""
        tax = self.tax.search([("name", "=", "By hand")])
        if tax:
            return tax
        tax = self.tax.copy({"name": "By hand", "amount": self.sales_tax})
        distribution = tax.repartition_line_ids.filtered(
            lambda line: line.repartition_type == "tax"
        )
        distribution.account_id = self.company.paypal_sales_tax_account_id
        return tax

    # === WHAT THE REPORTS SAY === #

    def figures(self, documents):
        """The month's tax report and its accounts but the customers'.

        :return: balances by box of the tax report, and by account
        """
        boxes, accounts = defaultdict(float), defaultdict(float)
        for line in documents.line_ids:
            self.assertTrue(FIRST <= line.date <= LAST)
            if line.account_id.account_type != "asset_receivable":
                accounts[line.account_id.code] += line.balance
            for tag in line.tax_tag_ids:
                boxes[tag.name] += line.balance
        rounded = self.company.currency_id.round
        return tuple(
            {name: rounded(amount) for name, amount in sums.items() if rounded(amount)}
            for sums in (boxes, accounts)
        )

    def test_a_month_of_messages_gives_the_tax_report_of_documents_by_hand(self):
        with self.env.cr.savepoint() as savepoint:
            expected = self.figures(self.by_hand())
            savepoint.rollback()
        self.env.invalidate_all()
        boxes, accounts = self.figures(self.by_paypal())
        self.assertEqual((boxes, accounts), expected)
        self.assertTrue(accounts)
        self.assertEqual(bool(boxes), bool(self.tax_has_boxes()))

    def test_paypals_fees_stand_beside_the_banks_charges(self):
        account = self.company.paypal_fee_account_id
        self.assertEqual(account.code, self.fee_account)

    def tax_has_boxes(self):
        return self.tax.repartition_line_ids.tag_ids


class TestIsrael(Month, PaypalIpnCase):
    country = "IL"
    fee_account = "212301"


class TestGermanySkr03(Month, PaypalIpnCase):
    country, chart_template, vat = "DE", "de_skr03", "DE123456788"
    fee_account = "4971"


class TestGermanySkr04(Month, PaypalIpnCase):
    country, chart_template, vat = "DE", "de_skr04", "DE123456788"
    fee_account = "6858"


class TestUnitedKingdom(Month, PaypalIpnCase):
    country, chart_template, vat = "GB", "uk", "GB123456782"
    abroad = "US"
    fee_account = "791001"


class TestUnitedStates(Month, PaypalIpnCase):
    country, chart_template = "US", "generic_coa"
    abroad = "JP"
    sales_tax = 8
    fee_account = "620001"


class TestJapan(Month, PaypalIpnCase):
    country, chart_template, vat = "JP", "jp", "T7000012050002"
    fee_account = "512401"
