# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models
from odoo.exceptions import UserError

# Behind every other journal, so that Odoo proposes the sandbox's to nobody.
LAST = 1000


class ResCompany(models.Model):
    """Trying PayPal out: the sandbox has journals of its own, and can be removed.

    So a try uses no number of the legal sequence and moves no account of the real
    PayPal money.
    """

    _inherit = "res.company"

    paypal_sandbox_to_buyer = fields.Boolean(
        "Sandbox E-mails to the Buyer",
        groups="base.group_user",
        help="Receipts of PayPal's sandbox go to the buyers that it invents. Otherwise "
        "they go to the merchant.",
    )
    paypal_sandbox_journal_id = fields.Many2one(
        "account.journal", "PayPal Sandbox Journal", readonly=True
    )
    paypal_sandbox_sale_journal_id = fields.Many2one(
        "account.journal", "PayPal Sandbox Invoice Journal", readonly=True
    )
    paypal_sandbox_count = fields.Integer(
        "Sandbox Messages", compute="_compute_paypal_sandbox_count"
    )

    # === COMPUTE METHODS === #

    def _compute_paypal_sandbox_count(self):
        counts = dict(
            self.env["paypal.ipn"]
            .sudo()
            ._read_group(self._paypal_sandbox_domain(), ["company_id"], ["__count"])
        )
        for company in self:
            company.paypal_sandbox_count = counts.get(company._origin, 0)

    # === JOURNALS === #

    def _paypal_journal(self, is_sandbox):
        """The bank journal whose account is the PayPal account.

        :param bool is_sandbox: whether the sandbox's is asked for
        """
        if is_sandbox:
            return self.paypal_sandbox_journal_id
        return self.paypal_journal_id

    def _paypal_account(self, is_sandbox):
        """The account that the payments of the PayPal journal hit, or none.

        :param bool is_sandbox: whether the sandbox's is asked for
        """
        journal = self._paypal_journal(is_sandbox)
        method = journal.outbound_payment_method_line_ids[:1]
        return method.payment_account_id or journal.default_account_id

    def _paypal_sale_journal(self, is_sandbox):
        """The journal that numbers the documents.

        :param bool is_sandbox: whether the sandbox's is asked for
        """
        if is_sandbox:
            return self.paypal_sandbox_sale_journal_id
        return self.paypal_sale_journal_id

    def _paypal_setup_sandbox(self):
        """Make the sandbox's journals, as far as they are missing."""
        company = self.sudo().with_company(self)
        company = company.with_context(lang=company.partner_id.lang or self.env.lang)
        if not company.paypal_sandbox_journal_id:
            company.paypal_sandbox_journal_id = company._paypal_make_journal(
                company.env._("PayPal (TEST)"), "PPTST", LAST
            )
        if not company.paypal_sandbox_sale_journal_id:
            company.paypal_sandbox_sale_journal_id = company.env[
                "account.journal"
            ].create(
                {
                    "name": company.env._("PayPal documents (TEST)"),
                    "code": company._paypal_free_journal_code("TEST"),
                    "type": "sale",
                    "company_id": company.id,
                    "refund_sequence": True,
                    "sequence": LAST,
                    "default_account_id": (
                        company.paypal_sale_journal_id.default_account_id.id
                    ),
                }
            )

    # === REMOVAL === #

    def action_paypal_remove_sandbox(self):
        """Remove everything that PayPal's sandbox made in this company.

        :return: a notification that says what was removed
        :raise UserError: a message is being worked, or an entry cannot be deleted
        :raise AccessError: for who is not a manager
        """
        self.ensure_one()
        inbox = self.env["paypal.ipn"]
        inbox._check_may_press()
        self.check_access("write")
        ipns = inbox.sudo().search(self._paypal_sandbox_domain())
        if ipns.try_lock_for_update(allow_referencing=True) != ipns:
            raise UserError(
                self.env._(
                    "A message of the sandbox is being worked right now. Try again in "
                    "a minute."
                )
            )
        count = len(ipns)
        ipns._remove_traces()
        self.sudo()._paypal_remove_sandbox_journals()
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._(
                    "%s messages of PayPal's sandbox were removed, with everything "
                    "that was made for them.",
                    count,
                ),
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    def _paypal_sandbox_domain(self):
        return [("company_id", "in", self.ids), ("is_sandbox", "=", True)]

    def _paypal_remove_sandbox_journals(self):
        """Take the sandbox's journals away, unless somebody else used them."""
        journals = self.paypal_sandbox_journal_id | self.paypal_sandbox_sale_journal_id
        used = self.env["account.move"].search([("journal_id", "in", journals.ids)])
        for journal in journals - used.journal_id:
            own_account = journal.default_account_id
            is_bank = journal.type == "bank"
            journal.unlink()
            if is_bank and not own_account.used:
                own_account.unlink()
