# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import re
from itertools import chain, count

from odoo import Command, models
from odoo.tools import SQL

#: What charts of accounts call the account of what banks charge, most fitting first.
#: From Odoo's own charts in English, as of 19.0; see
#: ``account.chart.template._get_bank_fees_reco_account`` for those that name one.
BANK_CHARGES = (
    r"bank (fee|charge)",
    r"monetary transaction|money transaction|payment operation",
    r"bank(ing)?\b.*\b(fee|charge|commission|service)",
    r"^commissions? (expense|fee|paid)",
)
#: Where prices exclude tax: sales tax is the buyer's, and the shop only passes it on.
#: The United States and their territories; https://taxfoundation.org/data/all/state/
#: has the rates. Canada's GST and HST are a VAT.
SALES_TAX_COUNTRIES = ("US", "PR", "GU", "VI", "AS", "MP")
#: What the numbers of a test company's documents begin with.
TEST_CODE = "TEST"
JOURNAL_CODE = "PAYPL"
#: How the payments of this add-on are marked, also when it was uninstalled meanwhile.
MEMO = "^PayPal [0-9A-Z]{4,32}$"


class ResCompany(models.Model):
    """What the set-up makes, or finds: an uninstall leaves the books as they are."""

    _inherit = "res.company"

    def _paypal_make_journal(self):
        """Make a bank journal whose payments hit its account at once."""
        journal = self.env["account.journal"].create(
            {
                "name": "PayPal",
                "code": self._paypal_free_journal_code(JOURNAL_CODE),
                "type": "bank",
                "company_id": self.id,
            }
        )
        lines = journal.inbound_payment_method_line_ids
        lines |= journal.outbound_payment_method_line_ids
        lines.payment_account_id = journal.default_account_id
        return journal

    def _paypal_free_journal_code(self, code):
        """:return: the code, or one like it that no journal of the company has"""
        journals = self.env["account.journal"].with_context(active_test=False)
        codes = journals.search([("company_id", "=", self.id)]).mapped("code")
        variants = (f"{code[:3]}{number}" for number in count())
        return next(each for each in chain([code], variants) if each not in codes)

    def _paypal_find_sale_journal(self):
        """The company's first sale journal, or a test company's own.

        A branch may have its parent's alone.
        """
        journals = self.env["account.journal"]
        found = journals.search(
            [("type", "=", "sale"), *journals._check_company_domain(self)]
        ).sorted(lambda journal: journal.company_id != self)
        own = found.filtered(lambda journal: journal.code == TEST_CODE)
        if self._paypal_is_test():
            return own or self._paypal_make_test_sale_journal(found)
        return (found - own)[:1]

    def _paypal_make_test_sale_journal(self, journals):
        """Make the journal whose every number says TEST.

        It comes first, so that Odoo proposes it for what a person makes as well.

        :param journals: the company's sale journals
        """
        journal = self.env["account.journal"].create(
            {
                "name": self._paypal_test_journal_name(),
                "code": self._paypal_free_journal_code(TEST_CODE),
                "type": "sale",
                "company_id": self.id,
                "refund_sequence": True,
                "sequence": min(journals.mapped("sequence"), default=1) - 1,
                "default_account_id": journals[:1].default_account_id.id,
            }
        )
        return self._paypal_named_in_every_language("paypal_sale_journal_id", journal)

    def _paypal_default_tax(self):
        """:return: the company's default tax; a branch may have its parent's"""
        return self.account_sale_tax_id or self.root_id.account_sale_tax_id

    def _paypal_make_product(self):
        product = self.env["product.product"].create(
            {
                "name": self._paypal_product_name(),
                "type": "service",
                "company_id": self.id,
                "taxes_id": [Command.set(self._paypal_default_tax().ids)],
                "supplier_taxes_id": [Command.clear()],
                "purchase_ok": False,
            }
        )
        return self._paypal_named_in_every_language("paypal_product_id", product)

    def _paypal_make_fee_account(self):
        """Make the account of PayPal's fees beside the one of the bank's charges."""
        accounts = self.env["account.account"]
        bank = self._paypal_bank_charges()
        code = bank.with_company(self).code
        account = accounts.create(
            {
                "name": self._paypal_fee_account_name(),
                "code": accounts._search_new_account_code(code or "600000"),
                "account_type": bank.account_type or "expense",
                "tag_ids": [Command.set(bank.tag_ids.ids)],
                "company_ids": [Command.set(self.root_id.ids)],
            }
        )
        return self._paypal_named_in_every_language("paypal_fee_account_id", account)

    def _paypal_bank_charges(self):
        """:return: the account where the chart keeps what banks charge, or else its
        first expense account
        """
        expenses = self.env["account.account"].search(
            [
                *self.env["account.account"]._check_company_domain(self),
                ("account_type", "in", ("expense", "expense_other")),
            ],
            order="code",
        )
        english = expenses.with_context(lang="en_US")
        for pattern in BANK_CHARGES:
            for account in english:
                if re.search(pattern, account.name or "", re.IGNORECASE):
                    return account.with_env(self.env)
        charts = self.env["account.chart.template"].with_company(self)
        return charts._get_bank_fees_reco_account(self) or expenses[:1]

    def _paypal_make_fee_partner(self):
        return self.env["res.partner"].create(
            {
                "name": "PayPal",
                "is_company": True,
                "company_id": self.id,
                "website": "https://www.paypal.com",
            }
        )

    # === TAX === #

    def _paypal_follow_default_tax(self):
        """Let the VAT in PayPal prices be that of the company's default tax.

        A tax that the merchant chose himself stays. One that is a twin was put there
        by the set-up, also by that of an earlier version, which kept no trace of it.
        """
        default, chosen = self._paypal_default_tax(), self.paypal_tax_id
        source = chosen.paypal_source_tax_id or chosen
        followed = self.paypal_followed_tax_id or chosen.paypal_source_tax_id
        if chosen and source != followed:
            return
        included = default._paypal_included()
        if chosen != included:
            self.paypal_tax_id = included
        if self.paypal_followed_tax_id != default:
            self.paypal_followed_tax_id = default

    def _paypal_find_sales_tax_account(self):
        """Where sales tax is owed, in a country whose prices exclude it.

        :return: the account of the company's own sales tax, else its first current
            liability that speaks of tax; none in a country with VAT
        """
        accounts = self.env["account.account"]
        if self.account_fiscal_country_id.code not in SALES_TAX_COUNTRIES:
            return accounts
        own = self.account_sale_tax_id.invoice_repartition_line_ids.account_id[:1]
        if own:
            return own
        liabilities = accounts.search(
            [
                *accounts._check_company_domain(self),
                ("account_type", "=", "liability_current"),
            ],
            order="code",
        )
        return liabilities.filtered(
            lambda account: (
                "tax" in (account.with_context(lang="en_US").name or "").lower()
            )
        )[:1]

    # === WHAT AN UNINSTALL LEFT === #

    def _paypal_find_again(self):
        """Take up the journal, product and account that an uninstall left behind.

        Payments of such a journal get their transaction back, so that no message and
        no file books them a second time.
        """
        finders = {
            "paypal_journal_id": self._paypal_left_journal,
            "paypal_product_id": self._paypal_left_product,
            "paypal_fee_account_id": self._paypal_left_fee_account,
            "paypal_fee_partner_id": self._paypal_left_fee_partner,
        }
        for field, find in finders.items():
            if not self[field]:
                found = find()
                if found:
                    self[field] = found
                    if field == "paypal_journal_id":
                        self._paypal_know_payments(found)

    def _paypal_left_journal(self):
        """A bank journal of our name and code, whose payments hit its own account."""
        journals = self.env["account.journal"].search(
            [
                ("company_id", "=", self.id),
                ("type", "=", "bank"),
                ("name", "=", "PayPal"),
                ("code", "=like", "PAY%"),
            ]
        )
        for journal in journals:
            lines = journal.inbound_payment_method_line_ids
            lines |= journal.outbound_payment_method_line_ids
            if lines.payment_account_id == journal.default_account_id:
                return journal
        return journals.browse()

    def _paypal_left_product(self):
        products = self.env["product.product"].search(
            [
                ("company_id", "=", self.id),
                ("type", "=", "service"),
                ("purchase_ok", "=", False),
            ]
        )
        return self._paypal_named(products, type(self)._paypal_product_name)

    def _paypal_left_fee_account(self):
        accounts = self.env["account.account"]
        expenses = accounts.search(
            [
                *accounts._check_company_domain(self),
                ("account_type", "=like", "expense%"),
            ]
        )
        return self._paypal_named(expenses, type(self)._paypal_fee_account_name)

    def _paypal_left_fee_partner(self):
        return self.env["res.partner"].search(
            [
                ("name", "=", "PayPal"),
                ("is_company", "=", True),
                ("company_id", "in", (False, self.id)),
            ],
            limit=1,
        )

    def _paypal_know_payments(self, journal):
        """Know payments and their documents again by memo and reference.

        :param journal: the PayPal journal that was there before
        """
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                """WITH known AS (
                       UPDATE account_payment p
                          SET paypal_txn_id = substr(p.memo, 8)
                        WHERE p.id IN (
                              SELECT min(id) FROM account_payment
                               WHERE journal_id = %(journal)s AND memo ~ %(memo)s
                                 AND state NOT IN ('canceled', 'rejected')
                               GROUP BY memo, payment_type)
                          AND p.paypal_txn_id IS NULL
                          AND NOT EXISTS (
                              SELECT 1 FROM account_payment o
                               WHERE o.company_id = p.company_id
                                 AND o.paypal_txn_id = substr(p.memo, 8))
                    RETURNING p.company_id, p.paypal_txn_id)
                   UPDATE account_move m SET paypal_txn_id = known.paypal_txn_id
                     FROM known
                    WHERE m.id IN (
                          SELECT min(id) FROM account_move
                           WHERE move_type IN ('out_invoice', 'out_refund')
                             AND state = 'posted'
                           GROUP BY company_id, payment_reference, move_type)
                      AND m.company_id = known.company_id
                      AND m.payment_reference = known.paypal_txn_id
                      AND m.paypal_txn_id IS NULL""",
                journal=journal.id,
                memo=MEMO,
            )
        )
        self.env.invalidate_all()
