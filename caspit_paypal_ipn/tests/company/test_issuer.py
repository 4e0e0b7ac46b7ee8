# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from ..common import PaypalIpnCase, message


class TestIssuer(PaypalIpnCase):
    def test_a_company_without_number_or_address_issues_nothing(self):
        for field in ("vat", "street", "city"):
            known = self.company[field]
            self.company[field] = False
            ipn = self.take(message(txn_id=f"1AB23456CD78901{field.upper():X<4}"))
            self.assert_side(ipn, "attention", "configuration")
            label = self.company._fields[field]._description_string(self.env)
            self.assertIn(label, ipn.explanation)
            self.assertEqual(self.finding()["level"], "error")
            self.assertIn(label, self.finding()["sentence"])
            self.company[field] = known
            ipn.action_retry()
            self.work()
            self.assert_done(ipn)
        self.assertEqual(self.finding()["level"], "ok")

    def test_a_refund_is_not_credited_either(self):
        sale = self.take(message())
        self.company.vat = False
        refund = self.take(
            message(
                txn_id="REFUND0000000001",
                parent_txn_id=sale.txn_id,
                payment_status="Refunded",
                mc_gross="-118.00",
                mc_fee="-4.20",
                txn_type=None,
            )
        )
        self.assert_side(refund, "attention", "configuration")

    def test_what_the_law_asks_is_the_countrys(self):
        self.company.write({"vat": False, "street": False, "city": False})
        for code, missing in {"IL": 3, "DE": 3, "US": 0}.items():
            self.company.country_id = self.env.ref(f"base.{code.lower()}")
            self.assertEqual(len(self.company._paypal_missing_details()), missing)
        self.assertFalse(self.finding())
        self.assert_done(self.take(message()))

    def test_a_small_business_of_the_union_has_a_number_of_another_kind(self):
        self.company.write(
            {
                "country_id": self.env.ref("base.de").id,
                "vat": False,
                "company_registry": "12/345/67890",
            }
        )
        self.assertFalse(self.company._paypal_missing_details())

    def finding(self):
        findings = self.company._paypal_checks()
        return next((f for f in findings if f["code"] == "issuer"), None)
