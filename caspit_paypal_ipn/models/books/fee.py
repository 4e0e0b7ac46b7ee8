# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import Command, models
from odoo.exceptions import UserError


class PaypalIpn(models.Model):
    """PayPal's own entries in the PayPal journal: its fee, and its conversions."""

    _inherit = "paypal.ipn"

    def _book_own_entries(self):
        """Book what PayPal kept or gave back, and what it changed into."""
        self._make_own_entries()._post(soft=False)

    def _make_own_entries(self):
        """Make the entries over PayPal's fees and conversions.

        :return: draft ``account.move`` records
        :raise Aside: a currency that PayPal changed into has no rate
        """
        entries = [ipn._fee_values(ipn._charged_fee()) for ipn in self if ipn.fee]
        entries += [ipn._conversion_values() for ipn in self if ipn._is_converted()]
        return self.env["account.move"].create(entries)

    def _fee_values(self, fee):
        """The entry over a fee.

        :param float fee: negative when PayPal gave it back, in ``currency_id``
        """
        name = self.env._("PayPal fee %s", self.txn_id)
        company = self.company_id
        expense = self._entry_line(
            name, company.paypal_fee_account_id, self.currency_id, fee
        )
        expense[2]["partner_id"] = company.paypal_fee_partner_id.id
        expense[2]["tax_ids"] = [Command.set(company.paypal_fee_tax_id.ids)]
        paid = self._entry_line(name, self._paypal_account(), self.currency_id, -fee)
        return self._entry_values(name, [expense, paid])

    def _is_converted(self):
        message = self._message()
        return bool(
            message.settle_amount
            and message.settle_currency not in ("", message.currency)
        )

    def _conversion_values(self):
        """The PayPal account changes what came in, or went out, into another currency.

        What the two sides differ by at Odoo's rates is the exchange difference.

        :raise Aside: the other currency has no rate
        """
        message, company = self._message(), self.company_id
        settled_in = self.env["res.currency"].search(
            [("name", "=", message.settle_currency)]
        )
        self._check_currency(settled_in, message.settle_currency)
        sign = -1 if self._is_outbound() else 1
        net = sign * self._amount() - self._charged_fee()
        settled = sign * abs(float(message.settle_amount))
        name = self.env._("PayPal conversion %s", self.txn_id)
        account = self._paypal_account()
        lines = [
            self._entry_line(name, account, self.currency_id, -net),
            self._entry_line(name, account, settled_in, settled),
        ]
        gain = company.currency_id.round(sum(line[2]["balance"] for line in lines))
        if gain:
            exchange = self._exchange_account(gain)
            lines.append(self._entry_line(name, exchange, company.currency_id, -gain))
        return self._entry_values(name, lines)

    def _exchange_account(self, gain):
        """:raise UserError: the company has no account for exchange differences"""
        company = self.company_id
        account = company.expense_currency_exchange_account_id
        if gain > 0:
            account = company.income_currency_exchange_account_id
        if not account:
            raise UserError(
                self.env._(
                    "%s has no account for exchange differences. Choose one under "
                    "Invoicing → Configuration → Settings → Default Accounts.",
                    company.name,
                )
            )
        return account

    def _paypal_account(self):
        """The account that PayPal's own entries hit: the same one as its payments."""
        return self.company_id._paypal_account()

    def _entry_values(self, name, lines):
        return {
            "move_type": "entry",
            "journal_id": self._journal().id,
            "date": self._payment_date(),
            "ref": name,
            "paypal_ipn_id": self.id,
            "line_ids": lines,
        }

    def _entry_line(self, name, account, currency, amount):
        company = self.company_id
        return Command.create(
            {
                "name": name,
                "account_id": account.id,
                "currency_id": currency.id,
                "amount_currency": amount,
                "balance": currency._convert(
                    amount, company.currency_id, company, self._payment_date()
                ),
                "tax_ids": [Command.clear()],
            }
        )
