# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models
from odoo.exceptions import UserError, ValidationError

from ..words import RELOAD, notification
from .setup_books import TEST_CODE

#: Where releases before 19.0.1.2.0 kept the sandbox's money.
OLD_TEST_CODE = "PPTST"
CUSTOMER_DOCUMENTS = ("out_invoice", "out_refund", "out_receipt")


class ResCompany(models.Model):
    """Which PayPal a company takes messages of; one that takes the sandbox's is a test.

    Real and invented documents never stand in the same books: what has some of the one
    sort does not change over to the other.
    """

    _inherit = "res.company"

    paypal_sandbox_to_buyer = fields.Boolean(
        "Sandbox E-mails to the Buyer",
        groups="base.group_user",
        help="Receipts of PayPal's sandbox go to the buyers that it invents. Otherwise "
        "they go to the merchant.",
    )

    # === CHECKS === #

    def _paypal_see_traces(self):
        count = self.env["paypal.ipn"].search_count(self._paypal_tried_domain())
        if not count or self.paypal_real_company_id:
            return None
        return "warn", self.env._(
            "Messages of PayPal's sandbox in this company, with their documents, "
            "payments and customers: %s.",
            count,
        )

    # === BUSINESS METHODS === #

    def _paypal_is_test(self):
        """:return: whether this is a test company: nothing of it is real"""
        return self.sudo().paypal_environment == "sandbox"

    def _paypal_change_environment(self, environment):
        """Let a company change over that has nothing to mix.

        :param str environment: the one to come
        :raise ValidationError: there are books of the other sort
        """
        for company in self.filtered(lambda it: it.paypal_environment != environment):
            if environment == "sandbox":
                company._paypal_check_nothing_real()
            else:
                company._paypal_check_nothing_tried()
            company.sudo()._paypal_leave_journals(environment)

    def _paypal_leave_journals(self, environment):
        """Number in the other sort's journals from now on; the set-up finds them.

        :param str environment: the one to come
        """
        if environment == "sandbox" or self.paypal_sale_journal_id.code == TEST_CODE:
            self.paypal_sale_journal_id = False
        if self.paypal_journal_id.code == OLD_TEST_CODE:
            self.paypal_journal_id = False

    def _paypal_check_nothing_real(self):
        """:raise ValidationError: there are real documents or PayPal payments"""
        mine = [("company_id", "=", self.id)]
        documents = self.env["account.move"].sudo()
        payments = self.env["account.payment"].sudo()
        if documents.search_count(
            [
                *mine,
                ("move_type", "in", CUSTOMER_DOCUMENTS),
                ("state", "=", "posted"),
            ],
            limit=1,
        ) or payments.search_count([*mine, ("paypal_txn_id", "!=", False)], limit=1):
            raise ValidationError(
                self.env._(
                    "%s has real documents, so it cannot become a test company. Press "
                    "“Try PayPal's sandbox” on its Modules tab: that makes a test "
                    "company beside it.",
                    self.name,
                )
            )

    def _paypal_check_nothing_tried(self):
        """:raise ValidationError: it is a test company, or the sandbox made books"""
        if self.sudo().paypal_real_company_id:
            raise ValidationError(
                self.env._(
                    "%s was made to try PayPal's sandbox and takes no real payments. "
                    "Remove the test company on its Modules tab instead.",
                    self.name,
                )
            )
        if (
            self.env["paypal.ipn"]
            .sudo()
            .search_count(self._paypal_tried_domain(), limit=1)
        ):
            raise ValidationError(
                self.env._(
                    "%s has documents of PayPal's sandbox, so it takes no real "
                    "payments. Remove them on its Modules tab first.",
                    self.name,
                )
            )

    # === A COMPANY THAT TRIED PAYPAL OUT BY ITSELF === #

    def action_paypal_go_live(self):
        """Take real payments from now on.

        :raise ValidationError: the sandbox made documents here
        """
        self._paypal_check_manager()
        self.paypal_environment = "live"
        return {"type": "ir.actions.client", "tag": "soft_reload"}

    def action_paypal_remove_sandbox(self):
        """Remove everything that PayPal's sandbox made in a company that goes on.

        Of a test company, all goes: see :mod:`.sandbox_removal`. This is for who tried
        PayPal out in the company itself, as was usual once.

        :return: a notification that says what was removed
        :raise UserError: a message is being worked, or an entry cannot be deleted
        :raise AccessError: for who is not a manager
        """
        self._paypal_check_manager()
        ipns = self._paypal_lock_messages(self._paypal_traces_domain())
        count = len(ipns)
        ipns._remove_traces()
        said = self.env._(
            "%s messages of PayPal's sandbox were removed, with everything that was "
            "made for them.",
            count,
        )
        return notification(said, next=RELOAD)

    def _paypal_traces_domain(self):
        return [("company_id", "in", self.ids), ("is_sandbox", "=", True)]

    def _paypal_tried_domain(self):
        """:return: a domain of the sandbox's messages that made something"""
        made = ["|", ("move_ids", "!=", False), ("payment_ids", "!=", False)]
        return [*self._paypal_traces_domain(), *made]

    def _paypal_lock_messages(self, domain):
        """Take messages out of the workers' hands.

        :param domain: which ones
        :return: the ``paypal.ipn`` records
        :raise UserError: one is being worked
        """
        ipns = self.env["paypal.ipn"].sudo().search(domain)
        if ipns.try_lock_for_update(allow_referencing=True) != ipns:
            raise UserError(
                self.env._(
                    "A message of the sandbox is being worked right now. Try again in "
                    "a minute."
                )
            )
        return ipns
