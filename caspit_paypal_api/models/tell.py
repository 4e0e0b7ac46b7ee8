# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class PaypalApiConnection(models.Model):
    """What the merchant hears of by mail, once."""

    _inherit = "paypal.api.connection"

    told_difference = fields.Json(readonly=True, copy=False)
    told_missing_at = fields.Datetime(readonly=True, copy=False)

    def _step_tell(self, _deadline):
        """Tell of trouble, of a difference, of what is missing; not in the sandbox."""
        if self.is_sandbox or not self.company_id._paypal_notice_address():
            return
        self._tell_trouble()
        self._tell_difference()
        self._tell_missing()
        self._tell_silence()

    def _tell_trouble(self):
        """Tell once for each trouble that a person has to mend."""
        if self.state != "trouble" or self.told_trouble == self.trouble:
            return
        if self._tell(
            subject=self.env._("PayPal's ledger cannot be read"),
            sentence=self.explanation,
            advice=self.env._("Open PayPal's ledger to mend it."),
        ):
            self.told_trouble = self.trouble

    def _tell_difference(self):
        """Tell of a difference once, and again only when it is another one."""
        wrong = self._last_proofs().filtered(lambda it: not it.is_equal)
        now = {it.currency_id.name: f"{it.difference:.3f}" for it in wrong}
        if now == (self.told_difference or {}):
            return
        if not now:
            self.told_difference = False
            return
        if self._tell(
            subject=self.env._("PayPal's balance and the books differ"),
            sentence=self.proof_text,
            advice=" ".join(wrong.mapped("explanation")),
        ):
            self.told_difference = now
            wrong.is_told = True

    def _tell_missing(self):
        """Tell of what never came as a message, where the merchant wants to decide."""
        since = self.told_missing_at or self.since
        rows = self.env["paypal.activity.line"].search(
            [
                ("activity_id", "=", self.activity_id.id),
                ("result", "=", "missing"),
                ("is_told", "=", True),
                ("write_date", ">", since),
            ]
        )
        if rows and self._tell(
            subject=self.env._("PayPal never sent a message of %s payments", len(rows)),
            sentence=self.env._(
                "PayPal's ledger has payments that never came as a message: %s",
                ", ".join(rows[:10].mapped("txn_id")),
            ),
            advice=self.env._("Open PayPal's ledger to make them with a button."),
        ):
            self.told_missing_at = fields.Datetime.now()

    def _tell(self, **said):
        company = self.company_id
        return company._paypal_mail("mail_template_watch", paypal_ledger_said=said)


class ResCompany(models.Model):
    _inherit = "res.company"

    def paypal_warning(self):
        """What the mail of the ledger says."""
        said = self.env.context.get("paypal_ledger_said")
        return dict(said) if said else super().paypal_warning()
