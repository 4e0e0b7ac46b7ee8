# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models

from .account_move import money


class AccountMoveLine(models.Model):
    """The accounts that entries name: B110."""

    _inherit = "account.move.line"

    def _il_used_accounts(self, company, start, end):
        """:return: the fields of B110 of each account, with its sums in the period"""
        types = dict(
            self.env["account.account"]
            ._fields["account_type"]
            ._description_selection(self.env)
        )
        year = company.compute_fiscalyear_dates(start)["date_from"]
        accounts = []
        for account, lines in self.grouped("account_id").items():
            before = [
                ("company_id", "=", company.id),
                ("parent_state", "=", "posted"),
                ("account_id", "=", account.id),
                ("move_id.paypal_is_sandbox", "=", False),
                ("date", "<", start),
            ]
            if not account.include_initial_balance:
                before.append(("date", ">=", year))
            [(opening,)] = self._read_group(before, [], ["balance:sum"])
            accounts.append(
                {
                    1403: account.with_company(company).code,
                    1404: account.name,
                    1405: account.account_type,
                    1406: types[account.account_type],
                    1414: money(opening or 0.0),
                    1415: money(
                        sum(line.balance for line in lines if line.balance > 0)
                    ),
                    1416: money(
                        -sum(line.balance for line in lines if line.balance < 0)
                    ),
                    1417: 0,
                }
            )
        return sorted(accounts, key=lambda values: values[1403])
