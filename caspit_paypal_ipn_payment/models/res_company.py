# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models

JOURNALS = "account.action_account_journal_form"


class ResCompany(models.Model):
    """Where Odoo's own PayPal provider books: one PayPal account, one balance."""

    _inherit = "res.company"

    def _paypal_checks(self):
        """Look at the provider's journal beside the PayPal journal."""
        findings = super()._paypal_checks()
        company = self._origin.sudo().with_company(self._origin)
        found = company._paypal_see_provider()
        if found:
            level, sentence = found
            place = [each["code"] for each in findings].index("journal") + 1
            findings.insert(
                place,
                {
                    "code": "provider",
                    "step": "fields",
                    "level": level,
                    "title": self.env._("Odoo's PayPal provider"),
                    "sentence": sentence,
                    "link": self._paypal_check_link(JOURNALS),
                },
            )
        return findings

    def _paypal_see_provider(self):
        """:return: a level and a sentence; None without an active provider"""
        provider = self.env["payment.provider"].search(
            [
                ("company_id", "=", self.id),
                ("code", "=", "paypal"),
                ("state", "=", "enabled"),
            ],
            limit=1,
        )
        if not provider or not self.paypal_journal_id:
            return None
        journal = provider.journal_id
        method = journal.inbound_payment_method_line_ids.filtered(
            lambda line: line.payment_provider_id == provider
        )
        account = method.payment_account_id or journal.default_account_id
        own = self._paypal_account()
        if journal == self.paypal_journal_id and account == own:
            return "ok", self.env._(
                "It books its payments in the PayPal journal; each sale has one "
                "payment and one document."
            )
        return "warn", self.env._(
            "It books its payments on %(account)s, so they and their fees are missing "
            "from the PayPal balance. Choose the journal %(journal)s as the provider's "
            "payment journal, and on that journal's Incoming Payments tab the account "
            "%(own)s for the provider's payment method.",
            account=account.display_name,
            journal=self.paypal_journal_id.name,
            own=own.display_name,
        )
