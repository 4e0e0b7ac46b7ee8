# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from functools import partial
from itertools import chain, count

from odoo import Command, fields, models
from odoo.exceptions import UserError


class ResCompany(models.Model):
    """What the books need before the first PayPal payment can be booked."""

    _inherit = "res.company"

    paypal_journal_id = fields.Many2one(
        "account.journal",
        "PayPal Journal",
        domain="[('type', '=', 'bank'), ('company_id', '=', id)]",
        help="Its account is the PayPal account: its balance is the PayPal balance.",
    )
    paypal_sale_journal_id = fields.Many2one(
        "account.journal",
        "Invoice Journal",
        domain="[('type', '=', 'sale'), ('company_id', '=', id)]",
        help="Where the tax invoices/receipts are numbered.",
    )
    paypal_product_id = fields.Many2one(
        "product.product",
        "PayPal Product",
        domain="[('sale_ok', '=', True), ('company_id', 'in', (False, id))]",
        help="Stands on the lines whose item number is no product's internal "
        "reference, and on shipping, handling and discount.",
    )
    paypal_item_products = fields.Boolean(
        "Item Numbers Pick Products",
        default=True,
        help="A line whose item number is a product's internal reference gets that "
        "product with its taxes and account. On a plain PayPal button the buyer can "
        "write the item number himself: switch it off if your buttons name none.",
    )
    paypal_tax_id = fields.Many2one(
        "account.tax",
        "VAT in PayPal Prices",
        domain="[('type_tax_use', '=', 'sale'), ('company_id', '=', id)]",
        help="It is taken out of what the customer paid.",
    )
    paypal_fee_account_id = fields.Many2one(
        "account.account",
        "PayPal Fees",
        domain="[('company_ids', 'in', id), ('account_type', 'like', 'expense%')]",
        help="The expense account for what PayPal keeps of each payment.",
    )
    paypal_vat_policy = fields.Selection(
        [
            ("by_country", "By the customer's country"),
            ("always", "Always"),
            ("never", "Never"),
        ],
        "Charge VAT",
        required=True,
        default="by_country",
        help="By the customer's country: Odoo's fiscal positions decide. Always: the "
        "home rate for everybody. Never: no tax on any line.",
    )

    paypal_document_type = fields.Selection(
        [
            ("tax_invoice_receipt", "Tax invoice / receipt"),
            ("receipt", "Receipt (exempt dealer, nonprofit)"),
        ],
        "Document",
        required=True,
        default="tax_invoice_receipt",
        help="An exempt dealer and a nonprofit issue receipts, without VAT.",
    )
    paypal_user_id = fields.Many2one(
        "res.users",
        "Responsible",
        domain="[('share', '=', False), ('company_ids', 'in', id)]",
        help="Who gets the activities that refunds and disputes call for.",
    )

    # === ACTIONS === #

    def action_paypal_setup(self):
        """Make the journal, product, tax and fee account that are not there yet."""
        self.check_access("write")
        for company in self:
            company._paypal_setup()

    # === BUSINESS METHODS === #

    def _paypal_setup(self):
        """Fill in what is missing; what the merchant chose stays.

        :raise UserError: the company has no chart of accounts yet
        """
        self.ensure_one()
        company = self.sudo().with_company(self)
        company = company.with_context(lang=company.partner_id.lang or self.env.lang)
        if not (company.chart_template or company.root_id.chart_template):
            raise UserError(
                self.env._(
                    "%s has no chart of accounts. Choose one under Invoicing → "
                    "Configuration → Settings → Fiscal Localization.",
                    self.name,
                )
            )
        makers = {
            "paypal_journal_id": partial(
                company._paypal_make_journal, "PayPal", "PAYPL"
            ),
            "paypal_sale_journal_id": company._paypal_find_sale_journal,
            "paypal_tax_id": company._paypal_find_tax,
            "paypal_product_id": company._paypal_make_product,
            "paypal_fee_account_id": company._paypal_make_fee_account,
        }
        for field, make in makers.items():
            if not company[field]:
                company[field] = make()

    def _paypal_check_accounting(self):
        """Look for parts of the set-up that were archived or taken away.

        :raise UserError: with what it is
        """
        self.ensure_one()
        for field in (
            "paypal_journal_id",
            "paypal_sale_journal_id",
            "paypal_tax_id",
            "paypal_product_id",
            "paypal_fee_account_id",
        ):
            record = self[field]
            if record and not record.active:
                raise UserError(
                    self.env._(
                        "%(what)s “%(name)s” is archived. Bring it back, or choose "
                        "another one in the company's Modules tab.",
                        what=self._fields[field]._description_string(self.env),
                        name=record.display_name,
                    )
                )

    def _paypal_without_vat(self):
        """:return: whether no document of this company carries tax"""
        self.ensure_one()
        return (
            self.paypal_vat_policy == "never" or self.paypal_document_type == "receipt"
        )

    def _paypal_make_journal(self, name, code, sequence=10):
        """Make a bank journal whose payments hit its account at once.

        :param str name: its name
        :param str code: the start of its numbers, if nobody else has it
        :param int sequence: its place among the journals
        :return: the journal
        """
        journal = self.env["account.journal"].create(
            {
                "name": name,
                "code": self._paypal_free_journal_code(code),
                "type": "bank",
                "sequence": sequence,
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
        """:return: the company's journal; a branch may have its parent's alone"""
        journals = self.env["account.journal"]
        found = journals.search(
            [("type", "=", "sale"), *journals._check_company_domain(self)]
        )
        return found.sorted(lambda journal: journal.company_id != self)[:1]

    def _paypal_find_tax(self):
        return self._paypal_sale_tax()._paypal_included()

    def _paypal_sale_tax(self):
        """:return: the company's default tax; a branch may have its parent's"""
        return self.account_sale_tax_id or self.root_id.account_sale_tax_id

    def _paypal_make_product(self):
        return self.env["product.product"].create(
            {
                "name": self.env._("PayPal payment"),
                "type": "service",
                "company_id": self.id,
                "taxes_id": [Command.set(self._paypal_sale_tax().ids)],
                "supplier_taxes_id": [Command.clear()],
                "purchase_ok": False,
            }
        )

    def _paypal_make_fee_account(self):
        accounts = self.env["account.account"]
        sample = accounts.search(
            [
                ("account_type", "=", "expense"),
                *accounts._check_company_domain(self),
            ],
            order="code desc",
            limit=1,
        )
        return accounts.create(
            {
                "name": self.env._("PayPal fees"),
                "code": accounts._search_new_account_code(sample.code or "600000"),
                "account_type": "expense",
                # A branch keeps its books in the chart of its parent.
                "company_ids": [Command.set(self.root_id.ids)],
            }
        )
