# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import logging

from odoo import fields, models
from odoo.addons.caspit_paypal_ipn.models.reasons import Aside
from odoo.exceptions import UserError

_logger = logging.getLogger(__name__)


class PaypalIpn(models.Model):
    """What a message reported of PayPal's fee is corrected by what PayPal charged."""

    _inherit = "paypal.ipn"

    fee_correction = fields.Monetary(
        readonly=True, help="What was booked later of PayPal's fee, by its ledger."
    )

    def _booked_fee(self):
        return super()._booked_fee() + self.fee_correction

    def _correct_fee(self, fee):
        """Book what PayPal charged beyond what the books have.

        :param float fee: what PayPal charged in all, in the message's currency
        :raise Aside: the books do not take it
        """
        self.ensure_one()
        ipn = self.with_company(self.company_id).with_context(
            allowed_company_ids=self.company_id.ids,
            tz=str(self.company_id._paypal_tz()),
            lang=self.company_id.partner_id.lang,
        )
        difference = ipn.currency_id.round(fee - ipn._booked_fee())
        ipn._prepare_books()
        ipn._check_books()
        entry = ipn.env["account.move"].create(ipn._fee_values(difference))
        entry._post(soft=False)
        ipn.fee_correction += difference
        entry.message_post(
            body=ipn.env._("PayPal's ledger has another fee than its message had.")
        )


class PaypalApiConnection(models.Model):
    _inherit = "paypal.api.connection"

    def _step_fees(self, _deadline):
        """Correct the fees that differ; what cannot be corrected stays to be seen."""
        rows = self.env["paypal.activity.line"].search(
            [
                ("activity_id", "=", self.activity_id.id),
                ("result", "=", "different"),
                ("moment", ">=", self.since),
                ("ipn_id", "!=", False),
                ("is_told", "=", False),
            ]
        )
        for row in rows.filtered(lambda row: row._is_other_fee()):
            row._correct_fee()


class PaypalActivityLine(models.Model):
    _inherit = "paypal.activity.line"

    def _is_other_fee(self):
        """Whether nothing but PayPal's fee differs, and the fee alone moved money.

        Of a payment that PayPal changed into another currency the fee is inside what
        was changed.
        """
        ipn = self.ipn_id
        return (
            [code for code, _values in self.told or []] == ["different_fee"]
            and ipn.state in ("booked", "done")
            and not ipn._is_converted()
        )

    def _correct_fee(self):
        try:
            with self.env.cr.savepoint():
                self.ipn_id._correct_fee(-self.fee)
        except (Aside, UserError) as error:
            # It stays different, and in the proof; it is tried no more.
            _logger.info("PayPal row %s: %s", self.id, type(error).__name__)
            self.is_told = True
            return
        self._compare()
