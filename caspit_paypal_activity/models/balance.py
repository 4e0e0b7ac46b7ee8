# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.tools import SQL
from odoo.tools.misc import formatLang

#: What a difference is made of, in the order in which it is shown.
PARTS = ("missing", "by_hand", "different", "not_in_file", "holds", "rest")


class PaypalActivity(models.Model):
    """The balances at the end of a file: PayPal's, the books', and what is between."""

    _inherit = "paypal.activity"

    balance_html = fields.Html(
        "Balance at the End", compute="_compute_balance_html", sanitize=False
    )

    @api.depends("state", "line_ids.result")
    @api.depends_context("lang")
    def _compute_balance_html(self):
        for activity in self:
            rows = activity.sudo()._balances() if activity.state == "ready" else []
            activity.balance_html = rows and self.env["ir.qweb"]._render(
                "caspit_paypal_activity.paypal_activity_balance",
                {"rows": [self._shown(row) for row in rows]},
            )

    def _shown(self, row):
        """The amounts of a currency as text; what is nothing is left out."""
        currency = row["currency"]
        texts = {
            name: ""
            if name in PARTS and currency.is_zero(row[name])
            else formatLang(self.env, row[name], currency_obj=currency)
            for name in ("paypal", "books", "difference", *PARTS)
        }
        is_equal = currency.is_zero(row["difference"])
        return {**texts, "currency": currency.name, "is_equal": is_equal}

    @api.model
    def _balance_parts(self):
        """:return: the names of what a difference is made of"""
        return PARTS

    def _balances(self):
        """Compare the balance of each currency after the file's last row.

        :return: a list of dictionaries: the ``currency``, whether PayPal's balance
            ``is_known``, the balance at ``paypal`` and in the ``books``, the
            ``difference``, and its :data:`PARTS`: rows that are missing here, that are
            to be entered by hand, that differ, payments that the file lacks, what
            PayPal holds, and the ``rest``, which is from before the file or was
            entered by hand
        """
        self.ensure_one()
        parts = self._difference_parts()
        balances = []
        for currency_id, moment, balance, is_known in self._last_balances():
            currency = self.env["res.currency"].browse(currency_id)
            books = self._booked_balance(currency, moment)
            found = {name: parts.get((currency_id, name), 0.0) for name in PARTS}
            if not is_known:  # without PayPal's column, what it should be by the parts
                balance = books + sum(found.values())
            found["rest"] = balance - books - sum(found.values())
            balances.append(
                {
                    "currency": currency,
                    "is_known": is_known,
                    "paypal": balance,
                    "books": books,
                    "difference": currency.round(balance - books),
                    **{name: currency.round(part) for name, part in found.items()},
                }
            )
        return balances

    def _last_balances(self):
        """The last row of each currency; each runs forwards or backwards by itself.

        Of rows of the same second, the one that is last in the currency's own
        direction counts.
        """
        return self.env.execute_query(
            SQL(
                """SELECT DISTINCT ON (currency_id)
                          currency_id, moment, balance::float, has_balance
                     FROM paypal_activity_line
                    WHERE activity_id = %(id)s AND moves_balance
                      AND moment IS NOT NULL AND currency_id IS NOT NULL
                    ORDER BY currency_id, has_balance DESC, moment DESC,
                             sequence DESC""",
                id=self.id,
            )
        )

    def _booked_balance(self, currency, moment):
        """The PayPal account in one currency, up to a moment.

        Entries have a day only. Of those of the last day count the ones whose message
        says that it happened before the moment, and those that say nothing.
        """
        company = self.company_id
        account = company._paypal_account()
        [(amount,)] = self.env.execute_query(
            SQL(
                """SELECT coalesce(sum(l.amount_currency), 0)::float
                     FROM account_move_line l
                     JOIN account_move m ON m.id = l.move_id
                     LEFT JOIN account_payment p ON p.move_id = m.id
                     LEFT JOIN paypal_ipn i
                            ON i.id = coalesce(m.paypal_ipn_id, p.paypal_ipn_id)
                    WHERE l.account_id = %(account)s AND l.company_id = %(company)s
                      AND l.currency_id = %(currency)s AND l.parent_state = 'posted'
                      AND (l.date < %(day)s OR (l.date = %(day)s AND (
                           i.payment_date IS NULL OR i.payment_date <= %(moment)s)))""",
                account=account.id or None,
                company=company.id,
                currency=currency.id,
                day=company._paypal_local_date(moment),
                moment=moment,
            )
        )
        return amount

    def _difference_parts(self, until=None):
        """What the rows say that the difference is made of.

        :param datetime until: leave out rows after this moment; none: take all
        :return: sums over the rows by (currency id, part of the difference)
        """
        rows = self.env.execute_query(
            SQL(
                """SELECT currency_id, part, sum(amount)::float
                     FROM (SELECT currency_id,
                                  CASE WHEN kind IN ('hold', 'release') THEN 'holds'
                                       WHEN result = 'waiting' THEN 'missing'
                                       ELSE result END AS part,
                                  CASE WHEN result = 'not_in_file'
                                       THEN - booked_gross - booked_fee
                                       WHEN result = 'different'
                                            AND booked_currency_id = currency_id
                                       THEN net - booked_gross - booked_fee
                                       ELSE net END AS amount
                             FROM paypal_activity_line
                            WHERE activity_id = %(id)s
                              AND (moves_balance OR line = 0)
                              AND (%(until)s::timestamp IS NULL
                                   OR moment <= %(until)s)) found
                    WHERE part IN ('missing', 'by_hand', 'different', 'not_in_file',
                                   'holds')
                    GROUP BY currency_id, part""",
                id=self.id,
                until=until,
            )
        )
        return {(currency_id, part): amount for currency_id, part, amount in rows}
