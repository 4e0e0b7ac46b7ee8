# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta
from urllib.parse import urlencode

from odoo import api, models

MERCHANT_ID = "CASPITDEMO123"
MERCHANT_EMAIL = "shop@example.com"
DETAILS = {"vat": "514444447", "street": "1 Herzl St", "city": "Haifa"}
CUSTOMERS = (
    {
        "payer_id": "DEMODANALEVI1",
        "payer_email": "dana.levi@example.com",
        "first_name": "דנה",
        "last_name": "לוי",
        "address_street": "הרצל 5",
        "address_city": "חיפה",
        "address_zip": "3303134",
        "address_country": "Israel",
        "address_country_code": "IL",
        "residence_country": "IL",
    },
    {
        "payer_id": "DEMOJOHNDOE12",
        "payer_email": "john.doe@example.com",
        "first_name": "John",
        "last_name": "Doe",
        "address_street": "1 Main St",
        "address_city": "San Jose",
        "address_state": "CA",
        "address_zip": "95131",
        "address_country": "United States",
        "address_country_code": "US",
        "residence_country": "US",
    },
    {
        "payer_id": "DEMOANNAKRUG1",
        "payer_email": "anna.krueger@example.com",
        "first_name": "Anna",
        "last_name": "Krüger",
        "address_street": "Lindenallee 7",
        "address_city": "Berlin",
        "address_zip": "10115",
        "address_country": "Germany",
        "address_country_code": "DE",
        "residence_country": "DE",
    },
)
#: Days ago, item, price.
SALES = (
    (27, "Blue shirt", "118.00"),
    (25, "Silver ring", "240.00"),
    (22, "Ceramic bowl", "64.50"),
    (20, "Blue shirt", "118.00"),
    (17, "Gift card", "500.00"),
    (15, "Olive oil soap", "32.00"),
    (12, "Silver ring", "240.00"),
    (10, "Ceramic bowl", "64.50"),
    (8, "Woven basket", "149.90"),
    (6, "Blue shirt", "118.00"),
    (4, "Olive oil soap", "32.00"),
    (3, "Silver ring", "240.00"),
    (2, "Gift card", "250.00"),
    (1, "Woven basket", "149.90"),
)


class PaypalIpn(models.Model):
    """Four invented weeks of a shop, for a database with demonstration data."""

    _inherit = "paypal.ipn"

    @api.model
    def _load_demo(self):
        """Make the main company's test company and book the messages in it.

        PayPal is asked nothing and nobody gets a mail: these messages go through the
        books alone. *Remove the test company* takes them away again.
        """
        company = self.env.ref("base.main_company")
        charts = self.env["account.chart.template"]._get_chart_template_mapping()
        if company.chart_template not in charts:  # or its module is not loaded yet
            return
        # Demonstration data is loaded before the hook that does this.
        company._caspit_create_licences()
        test = company.paypal_test_company_id or company._paypal_make_test_company()
        test.write({"paypal_merchant_id": MERCHANT_ID, "paypal_email": MERCHANT_EMAIL})
        if test.country_id.code == "IL":  # what has to stand on a document there
            test.write({k: v for k, v in DETAILS.items() if not test[k]})
        test.caspit_licence_ids.licensed = True
        here = self.with_company(test)
        for days, fields in here._demo_messages(test.currency_id.name):
            here._demo_one(days, fields)

    def _demo_one(self, days, fields):
        """Take one message through the books.

        :param int days: how long ago it came
        :param dict fields: PayPal's fields
        """
        came_at = self.env.cr.now() - timedelta(days=days)
        date = came_at.strftime("%H:%M:%S %b %d, %Y GMT")
        ipn = self._book_unasked(urlencode(fields | {"payment_date": date}).encode())
        if ipn.state == "booked":
            ipn._move_to("done")
        # What the merchant would be told of, he sees at first sight.
        ipn.write({"received_at": came_at, "is_told": True})

    @api.model
    def _demo_messages(self, currency):
        """:return: pairs of how many days ago a message came, and its fields"""
        sales = [
            (days, _sale(number, item, price, currency))
            for number, (days, item, price) in enumerate(SALES)
        ]
        first, ring, bowl, shirt, card = (fields for _days, fields in sales[:5])
        return [
            *sales,
            (24, _return_of(first, "Refunded", "-118.00", "-4.43")),
            (14, _return_of(card, "Reversed", "-500.00", reason_code="chargeback")),
            (9, _return_of(card, "Canceled_Reversal", "500.00")),
            (7, _return_of(bowl, "Refunded", "-20.00")),
            (5, _return_of(shirt, "Reversed", "-118.00", reason_code="unauth_claim")),
            (
                2,
                _return_of(ring, "Refunded", "-75.00") | {"parent_txn_id": "DEMOOLDER"},
            ),
            (
                1,
                _sale(91, "Silver ring", "240.00", currency)
                | {"payment_status": "Pending", "pending_reason": "echeck"},
            ),
            (1, _sale(92, "Blue shirt", "118.00", currency) | {"mc_currency": "THB"}),
            (
                1,
                _sale(93, "Blue shirt", "118.00", currency)
                | {
                    "receiver_id": "SOMEBODYELSE1",
                    "receiver_email": "",
                    "business": "",
                },
            ),
        ]


def _sale(number, item, price, currency):
    """:return: the fields of a completed payment, but for its date"""
    return {
        "txn_type": "web_accept",
        "payment_status": "Completed",
        "payment_type": "instant",
        "txn_id": f"DEMO{number:010d}PAY",
        "mc_gross": price,
        "mc_fee": f"{float(price) * 0.029 + 1:.2f}",
        "mc_currency": currency,
        "item_name": item,
        "quantity": "1",
        **CUSTOMERS[number % len(CUSTOMERS)],
        "receiver_id": MERCHANT_ID,
        "receiver_email": MERCHANT_EMAIL,
        "business": MERCHANT_EMAIL,
        "notify_version": "3.9",
        "test_ipn": "1",
        "charset": "UTF-8",
    }


def _return_of(sale, status, gross, fee="0.00", **more):
    """:return: the fields of a message about a payment that came before"""
    return {
        **sale,
        "payment_status": status,
        "parent_txn_id": sale["txn_id"],
        "txn_id": f"{sale['txn_id'][:-3]}{status[:3].upper()}",
        "mc_gross": gross,
        "mc_fee": fee,
        **more,
    }
