# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..words import READ_AGAIN, notification


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
    paypal_followed_tax_id = fields.Many2one(
        "account.tax",
        readonly=True,
        help="The company's default tax that the VAT in PayPal Prices was taken from. "
        "As long as nobody chooses another, it follows that.",
    )
    paypal_sales_tax_account_id = fields.Many2one(
        "account.account",
        "Sales Tax Payable",
        domain="[('company_ids', 'in', id), ('account_type', 'like', 'liability%')]",
        help="Where prices exclude tax, as in the United States: the tax that PayPal "
        "collects on top of a price is owed here, and nothing is taken out of the "
        "price. Empty where there is VAT: what PayPal calls tax is the VAT itself.",
    )
    paypal_fee_account_id = fields.Many2one(
        "account.account",
        "PayPal Fees",
        domain="[('company_ids', 'in', id), ('account_type', 'like', 'expense%')]",
        help="The expense account for what PayPal keeps of each payment.",
    )
    paypal_fee_tax_id = fields.Many2one(
        "account.tax",
        "Tax on PayPal Fees",
        domain="[('type_tax_use', '=', 'purchase'), ('company_id', '=', id)]",
        help="Empty: PayPal's fees are exempt, as charges for payments are in most "
        "countries. Where the law asks you to account for the VAT of a foreign "
        "service, choose your reverse charge.",
    )
    paypal_fee_partner_id = fields.Many2one(
        "res.partner",
        "PayPal as Supplier",
        domain="[('company_id', 'in', (False, id))]",
        help="Stands on the entries over PayPal's fees.",
    )
    paypal_document_day = fields.Selection(
        [
            ("payment", "The day of the payment"),
            ("issue", "The day of issue"),
        ],
        "Date of Documents",
        required=True,
        default="payment",
        help="The day of the payment: a document has its date and rate. Where that "
        "period is locked, or the numbers would not be in the order of their dates, "
        "it has the first day that is open. The day of issue: it has the date and the "
        "rate of the day on which it is made.",
    )
    paypal_rate_days = fields.Integer(
        "Oldest Exchange Rate",
        default=7,
        help="In days before the payment. A payment in a foreign currency waits for a "
        "rate that is not older. 0: any rate will do.",
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
        """Make the journal, product, tax and fee account that are not there yet.

        :return: the action that says what there is now
        """
        self.check_access("write")
        lacked = {company: company.sudo()._paypal_missing_books() for company in self}
        for company in self:
            company._paypal_setup()
        made = [
            part
            for company, parts in lacked.items()
            for part in parts
            if part not in company.sudo()._paypal_missing_books()
        ]
        message = self.env._("Everything was there already.")
        if made:
            message = self.env._("Set up: %s.", ", ".join(made))
        return notification(message, next=READ_AGAIN)

    @api.model
    def open_caspit_modules(self):
        """Open the Modules tab of the company at hand.

        :raise AccessError: the user may not set it up
        """
        self.env.company.check_access("write")
        action = "caspit_paypal_ipn.res_company_action_modules"
        action = self.env["ir.actions.act_window"]._for_xml_id(action)
        return {**action, "res_id": self.env.company.id}

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
            "paypal_journal_id": company._paypal_make_journal,
            "paypal_sale_journal_id": company._paypal_find_sale_journal,
            "paypal_product_id": company._paypal_make_product,
            "paypal_fee_account_id": company._paypal_make_fee_account,
            "paypal_fee_partner_id": company._paypal_make_fee_partner,
            "paypal_sales_tax_account_id": company._paypal_find_sales_tax_account,
        }
        company._paypal_find_again()
        company._paypal_follow_default_tax()
        for field, make in makers.items():
            # Where there is nothing to find, the row is not written at each booking:
            # two workers would wait for each other.
            if not company[field] and (made := make()):
                company[field] = made

    def _paypal_account(self):
        """The account that the payments of the PayPal journal hit, or none."""
        method = self.paypal_journal_id.outbound_payment_method_line_ids[:1]
        return method.payment_account_id or self.paypal_journal_id.default_account_id

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
