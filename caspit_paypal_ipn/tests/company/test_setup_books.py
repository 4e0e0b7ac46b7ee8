# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What the set-up makes in the books, and what it warns of in a chart of accounts."""

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import new_test_user

from ..common import PaypalIpnCase, message


class TestSetupBooks(PaypalIpnCase):
    def finding(self, code):
        """:return: level and sentence of one check; None when there is none"""
        for finding in self.company._paypal_checks():
            if finding["code"] == code:
                return finding["level"], finding["sentence"]
        return None

    def fee_entry(self):
        ipn = self.take(message())
        return ipn.move_ids - self.assert_done(ipn)

    # === PAYPAL'S FEES === #

    def test_fees_stand_beside_the_banks_charges_in_the_companys_language(self):
        self.company.partner_id.lang = "he_IL"
        self.company._paypal_setup()
        account = self.company.paypal_fee_account_id
        self.assertEqual((account.code, account.account_type), ("212301", "expense"))
        self.assertEqual(account.with_context(lang="he_IL").name, "עמלות PayPal")

    def names(self):
        """:return: what the set-up named, in each language, by its code"""
        made = (
            self.company.paypal_product_id,
            self.company.paypal_fee_account_id,
            self.company.paypal_tax_id,
        )
        return {
            code: [record.with_context(lang=code).name for record in made]
            for code, _label in self.env["res.lang"].get_installed()
        }

    def test_what_is_made_has_a_name_in_every_language(self):
        for code in ("he_IL", "de_DE"):
            self.env["res.lang"]._activate_lang(code)
        source = self.company.account_sale_tax_id
        source.with_context(lang="de_DE").name = "USt 18 %"
        self.company._paypal_setup()
        names = self.names()
        self.assertEqual(names["en_US"][:2], ["PayPal payment", "PayPal fees"])
        self.assertEqual(
            names["de_DE"],
            ["PayPal-Zahlung", "PayPal-Gebühren", "USt 18 % (in PayPal-Preisen)"],
        )
        self.assertEqual(names["he_IL"][:2], ["תשלום ב-PayPal", "עמלות PayPal"])
        self.assertIn("PayPal", names["he_IL"][2])
        source.amount = 19.0
        archived = source.with_context(active_test=False)._paypal_all_twins()
        [old] = (archived - self.company.paypal_tax_id).with_context(lang="de_DE")
        self.assertRegex(old.name, r"^USt 18 % \(in PayPal-Preisen\), bis 20")

    def test_a_language_that_comes_later_names_what_is_there(self):
        self.assertNotIn("de_DE", dict(self.env["res.lang"].get_installed()))
        self.company._paypal_setup()
        self.company.paypal_fee_account_id.name = "Charges of PayPal"
        self.env["res.lang"]._activate_lang("de_DE")
        modules = self.env["ir.module.module"].sudo()
        ours = modules.search([("name", "=", "caspit_paypal_ipn")])
        ours._update_translations(["de_DE"])
        product, account, tax = self.names()["de_DE"]
        self.assertEqual((product, account), ("PayPal-Zahlung", "Charges of PayPal"))
        self.assertTrue(tax.endswith("(in PayPal-Preisen)"), tax)

    def test_a_fee_has_paypal_as_its_partner_and_no_tax(self):
        fee = self.fee_entry()
        expense = fee.line_ids.filtered(
            lambda line: line.account_id == self.company.paypal_fee_account_id
        )
        self.assertEqual(expense.partner_id.name, "PayPal")
        self.assertEqual((expense.balance, expense.tax_ids.ids), (4.20, []))

    def test_a_reverse_charge_is_accounted_for_on_both_sides(self):
        self.company._paypal_setup()
        account = self.company_data["default_account_tax_purchase"]
        both = [
            Command.create({"repartition_type": "base"}),
            *[
                Command.create(
                    {
                        "repartition_type": "tax",
                        "factor_percent": factor,
                        "account_id": account.id,
                    }
                )
                for factor in (100, -100)
            ],
        ]
        self.company.paypal_fee_tax_id = self.env["account.tax"].create(
            {
                "name": "Reverse charge 18%",
                "amount": 18.0,
                "type_tax_use": "purchase",
                "invoice_repartition_line_ids": both,
                "refund_repartition_line_ids": both,
            }
        )
        fee = self.fee_entry()
        owed = fee.line_ids.filtered(lambda line: line.account_id == account)
        self.assertEqual(sorted(owed.mapped("balance")), [-0.76, 0.76])
        self.assertEqual(self.paypal_balance(), 113.80)

    # === WHAT IS WARNED OF === #

    def test_exchange_gains_in_the_cost_of_goods_sold_are_told(self):
        level, sentence = self.finding("exchange")
        self.assertEqual(level, "warn")
        self.assertIn("201000", sentence)
        self.assertIn("202100", sentence)
        offered = self.company.paypal_exchange_offer_id
        self.assertEqual(offered.code, "202100")
        self.company.action_paypal_exchange_account()
        self.assertEqual(self.company.income_currency_exchange_account_id, offered)
        self.assertIsNone(self.finding("exchange"))
        self.company.invalidate_recordset()
        self.assertFalse(self.company.paypal_exchange_offer_id)

    def test_only_who_sets_the_company_up_mends_exchange_gains(self):
        accountant = new_test_user(
            self.env,
            "accountant",
            groups="account.group_account_user",
            company_id=self.company.id,
            company_ids=[Command.set(self.company.ids)],
        )
        with self.assertRaises(AccessError):
            self.company.with_user(accountant).action_paypal_exchange_account()

    def test_positions_that_are_not_applied_by_themselves_are_told(self):
        self.company._paypal_setup()
        level, sentence = self.finding("positions")
        self.assertEqual(level, "ok", sentence)
        positions = self.env["account.fiscal.position"].search(
            [("company_id", "=", self.company.id), ("country_id", "=", False)]
        )
        positions.auto_apply = False
        level, sentence = self.finding("positions")
        self.assertEqual(level, "warn")
        self.assertIn(positions[0].name, sentence)
        self.company.paypal_vat_policy = "always"
        self.assertIsNone(self.finding("positions"))

    # === AN EXEMPT DEALER === #

    def test_an_exempt_dealers_refund_is_no_credit_of_a_tax_invoice(self):
        self.company.paypal_document_type = "receipt"
        self.take(message())
        note = self.take(
            message(
                payment_status="Refunded",
                txn_type=None,
                txn_id="2AB23456CD789012E",
                parent_txn_id="1AB23456CD789012E",
                mc_gross="-118.00",
                mc_fee=None,
            )
        ).document_id
        self.assertEqual(note._paypal_document_title(), "Receipt for a Refund")
        self.assertIn("קבלה", note.paypal_title())
        self.assertNotIn("חשבונית", note.paypal_title())
