# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import new_test_user
from odoo.tools import file_open

from ..common import PaypalIpnCase, message

MADE = (
    "paypal_journal_id",
    "paypal_sale_journal_id",
    "paypal_product_id",
    "paypal_tax_id",
    "paypal_fee_account_id",
)


class TestSetup(PaypalIpnCase):
    def settings(self):
        return {field: self.company[field] for field in MADE}

    def test_the_button_makes_everything_once(self):
        self.assertFalse(any(self.settings().values()))
        self.company.action_paypal_setup()
        made = self.settings()
        self.assertTrue(all(made.values()), made)
        counted = [
            self.env[records._name].search_count([]) for records in made.values()
        ]
        self.company.action_paypal_setup()
        self.assertEqual(self.settings(), made)
        self.assertEqual(
            [self.env[records._name].search_count([]) for records in made.values()],
            counted,
        )

    def test_everything_made_belongs_to_the_company(self):
        self.company.action_paypal_setup()
        for field in MADE[:-1]:
            self.assertEqual(self.company[field].company_id, self.company, field)
        self.assertIn(self.company, self.company.paypal_fee_account_id.company_ids)
        self.assertIn("expense", self.company.paypal_fee_account_id.account_type)

    def test_payments_hit_the_journals_own_account_at_once(self):
        self.company.action_paypal_setup()
        journal = self.company.paypal_journal_id
        methods = journal.inbound_payment_method_line_ids
        methods |= journal.outbound_payment_method_line_ids
        self.assertTrue(methods)
        self.assertEqual(methods.payment_account_id, journal.default_account_id)
        self.assertEqual(journal.default_account_id.account_type, "asset_cash")

    def test_what_the_merchant_chose_stays(self):
        tax = self.company.account_sale_tax_id.copy(
            {"name": "Chosen", "price_include_override": "tax_included"}
        )
        journal = self.company_data["default_journal_bank"]
        self.company.write(
            {
                "paypal_journal_id": journal.id,
                "paypal_product_id": self.product_a.id,
                "paypal_tax_id": tax.id,
            }
        )
        self.company.action_paypal_setup()
        self.assertEqual(self.company.paypal_journal_id, journal)
        self.assertEqual(self.company.paypal_product_id, self.product_a)
        self.assertEqual(self.company.paypal_tax_id, tax)

    def test_it_happens_by_itself_at_the_first_message(self):
        self.assert_done(self.take(message()))
        self.assertTrue(all(self.settings().values()))

    def test_two_companies_each_have_their_own(self):
        other = self.setup_other_company(name="Red Hats Ltd")["company"]
        (self.company | other).action_paypal_setup()
        for field in MADE:
            self.assertTrue(other[field], field)
            self.assertNotEqual(self.company[field], other[field], field)

    def test_a_taken_journal_code_is_no_obstacle(self):
        self.env["account.journal"].create(
            {"name": "Other", "code": "PAYPL", "type": "bank"}
        )
        self.company.action_paypal_setup()
        self.assertTrue(self.company.paypal_journal_id.code)
        self.assertNotEqual(self.company.paypal_journal_id.code, "PAYPL")

    # === THE DERIVED TAX === #

    def test_the_derived_tax_keeps_rate_accounts_and_tags(self):
        self.company.action_paypal_setup()
        source, derived = self.company.account_sale_tax_id, self.company.paypal_tax_id
        self.assertTrue(derived.price_include)
        self.assertFalse(source.price_include)
        self.assertEqual(derived.paypal_source_tax_id, source)
        self.assertEqual(derived.amount, source.amount)
        self.assertEqual(derived.tax_group_id, source.tax_group_id)
        self.assertEqual(self.shares(derived), self.shares(source))
        self.assertTrue(source.repartition_line_ids.account_id)
        self.assertTrue(source.repartition_line_ids.tag_ids)

    def shares(self, tax):
        return [
            (
                line.document_type,
                line.repartition_type,
                line.factor_percent,
                line.account_id.id,
                sorted(line.tag_ids.ids),
            )
            for line in tax.repartition_line_ids
        ]

    def test_the_derived_tax_is_made_once(self):
        derived = self.company.account_sale_tax_id._paypal_included()
        self.assertEqual(self.company.account_sale_tax_id._paypal_included(), derived)

    def test_the_derived_tax_stands_outside_the_fiscal_positions(self):
        self.company.action_paypal_setup()
        derived = self.company.paypal_tax_id
        self.assertFalse(derived.fiscal_position_ids)
        self.assertFalse(derived.original_tax_ids)

    # === A COMPANY THAT IS NOT READY === #

    def test_without_a_chart_of_accounts_a_person_is_told_so(self):
        bare = self.env["res.company"].sudo().create({"name": "Red Hats Ltd"})
        bare.paypal_merchant_id = "ABCDEFGHJKLMN"
        bare.caspit_licence_ids.licensed = True
        ipn = self.take(
            message(receiver_id="ABCDEFGHJKLMN", receiver_email=None, business=None)
        )
        self.assert_side(ipn, "attention", "configuration")
        self.assertIn("Red Hats Ltd has no chart of accounts", ipn.explanation)

    def test_a_company_that_imports_statements_uses_an_outstanding_account(self):
        self.company.action_paypal_setup()
        journal = self.company.paypal_journal_id
        outstanding = self.copy_account(self.company_data["default_account_receivable"])
        outstanding.account_type = "asset_current"
        methods = journal.inbound_payment_method_line_ids
        methods |= journal.outbound_payment_method_line_ids
        methods.payment_account_id = outstanding
        ipn = self.take(message())
        self.assert_done(ipn)
        self.assertEqual(self.paypal_balance(), 0.00)
        lines = (ipn.payment_ids.move_id | ipn.move_ids).line_ids
        lines = lines.filtered(lambda line: line.account_id == outstanding)
        self.assertEqual(sorted(lines.mapped("balance")), [-4.20, 118.00])

    def test_booking_does_not_write_a_company_that_is_set_up(self):
        self.assert_done(self.take(message()))
        self.assertFalse(self.company.paypal_sales_tax_account_id)  # nothing to find
        version = self.version_of_the_row()
        self.assert_done(self.take(message(txn_id="7AB23456CD789012E")))
        self.assertEqual(self.version_of_the_row(), version)

    def version_of_the_row(self):
        """PostgreSQL's own address of the company's row: each write gives another."""
        self.env.flush_all()
        row = "SELECT ctid::text FROM res_company WHERE id = %s"
        self.env.cr.execute(row, [self.company.id])
        return self.env.cr.fetchone()

    def test_nobody_sets_up_a_company_that_he_may_not_change(self):
        clerk = new_test_user(self.env, "clerk", groups="base.group_user")
        with self.assertRaises(AccessError):
            self.company.with_user(clerk).action_paypal_setup()
        self.assertFalse(self.company.paypal_journal_id)

    def test_a_neutralized_copy_goes_to_the_sandbox(self):
        other = self.env["res.company"].sudo().create({"name": "Red Hats Ltd"})
        self.company.paypal_environment = "sandbox"
        other.paypal_merchant_id = self.company.paypal_merchant_id
        other.paypal_forward_to = "https://shop.example.com/ipn"
        self.assertEqual(other.paypal_environment, "live")
        self.env.flush_all()
        with file_open("caspit_paypal_ipn/data/neutralize.sql") as script:
            self.env.cr.execute(script.read())
        self.env.invalidate_all()
        self.assertEqual(
            (self.company | other).mapped("paypal_environment"), ["sandbox"] * 2
        )
        self.assertFalse(other.paypal_merchant_id)
        self.assertFalse(other.paypal_forward_to)
        self.assertTrue(self.company.paypal_merchant_id)

    # === WHAT IS PASTED === #

    def test_what_is_pasted_is_cleaned(self):
        self.company.write(
            {
                "paypal_merchant_id": " \u200fn5nh53t46 tsys\u00a0\n",
                "paypal_email": "\u202ashop@example.com\u202c ;\u00a0two@example.com",
                "paypal_notify_email": "\ufefforders@example.com\u200b",
            }
        )
        self.assertEqual(self.company.paypal_merchant_id, "N5NH53T46TSYS")
        self.assertEqual(self.company.paypal_email, "shop@example.com, two@example.com")
        self.assertEqual(self.company.paypal_notify_email, "orders@example.com")

    def test_what_cannot_be_right_is_refused_and_told_at_the_field(self):
        for name, text in (
            ("paypal_email", "shop@@example.com"),
            ("paypal_email", "shop@example.com, x"),
            ("paypal_notify_email", "x"),
            ("paypal_merchant_id", "x"),
            ("paypal_merchant_id", "shop@example.com"),
        ):
            with self.subTest(text):
                draft = self.company.new(origin=self.company)
                draft[name] = text
                said = draft.paypal_account_problem
                self.assertIn(text.rpartition(" ")[2].casefold(), said.casefold())
                with self.assertRaises(ValidationError), self.cr.savepoint():
                    self.company[name] = text
        self.assertFalse(self.company.paypal_account_problem)

    def test_an_id_of_another_length_is_asked_about_and_taken(self):
        self.company.paypal_merchant_id = "N5NH53T46TSY"
        self.assertIn("13", self.company.paypal_account_problem)
