# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from collections import defaultdict
from datetime import timedelta

from odoo.addons.caspit_paypal_ipn.models.inbox.paypal_ipn import LINE_STATES
from odoo.tools import SQL

#: Messages that still may be booked. What was ignored or refused may not, and a case
#: carries the transaction of its sale.
OPEN_STATES = (*LINE_STATES, "blocked", "attention")
NO_MONEY_KINDS = ("dispute", "pending", "closed", "subscription")
#: A bank takes some days to see a transfer.
LOOK_ALIKE_DAYS = 5
SIDES = {"inbound": "in", "outbound": "out"}


class Books:
    """What the books have of some rows' transactions, read in a few queries.

    :ivar payments: ``account.payment`` by (transaction, side)
    :ivar waiting: ``paypal.ipn`` that are not booked yet, by (transaction, side)
    :ivar sale_types: whether each (type, kind, without a fee) becomes sales
    :ivar entries: entries of the PayPal journal by (transaction, currency id, side),
        each as (id, what it moves of the PayPal account in that currency)
    """

    def __init__(self, activity):
        self.activity = activity
        self.env = activity.env(su=True)
        self.company = activity.company_id.sudo()
        self.journal = self.company.paypal_journal_id
        self.account = self.company._paypal_account()
        self.payments, self.waiting, self.entries = {}, {}, {}
        self.sale_types = activity._sale_types()
        self._accounts = {}
        self._conversions, self._alikes = {}, []

    def gather(self, rows):
        """Read what there is of these rows."""
        txn_ids = {t for row in rows for t in (row.txn_id, row.pair_id.txn_id) if t}
        mine = [("company_id", "=", self.company.id)]
        payments = self.env["account.payment"].search(
            [*mine, ("paypal_txn_id", "in", list(txn_ids))]
        )
        self.payments = {
            (payment.paypal_txn_id, SIDES[payment.payment_type]): payment
            for payment in payments
        }
        references = {row.reference_txn_id for row in rows if row.reference_txn_id}
        ipns = self.env["paypal.ipn"].search(
            [
                *mine,
                ("txn_id", "in", list(txn_ids | references)),
                ("state", "in", OPEN_STATES),
                ("kind", "not in", NO_MONEY_KINDS),
            ],
            order="id",
        )
        self.waiting = {(ipn.txn_id, ipn._txn_side()): ipn for ipn in ipns}
        self._read_entries(txn_ids)
        self._read_conversions(references)
        self._read_alikes(rows)
        self._read_accounts()

    def _read_accounts(self):
        """Accounts that the merchant has chosen, by type and counterparty."""
        known = self.env["paypal.activity.account"].search(
            [("company_id", "=", self.company.id)]
        )
        self._accounts = {
            (each.type, each.counterparty or False): each for each in known
        }

    def account_for(self, row):
        """:return: the ``paypal.activity.account`` remembered for a row, or None"""
        who = row._counterparty()
        return self._accounts.get((row.type, who)) or self._accounts.get(
            (row.type, False)
        )

    def _read_entries(self, txn_ids):
        """Entries that carry a transaction, or name it as their reference."""
        self.entries = {
            (txn_id, currency_id, "out" if amount < 0 else "in"): (move_id, amount)
            for txn_id, currency_id, move_id, amount in self._query(
                """SELECT coalesce(m.paypal_txn_id, m.ref), l.currency_id, m.id,
                          sum(l.amount_currency)
                     FROM account_move m
                     JOIN account_move_line l ON l.move_id = m.id
                    WHERE m.company_id = %(company)s AND m.journal_id = %(journal)s
                      AND m.state = 'posted' AND m.move_type = 'entry'
                      AND l.account_id = %(account)s
                      AND (m.paypal_txn_id = ANY(%(txn_ids)s)
                           OR (m.paypal_txn_id IS NULL AND m.paypal_ipn_id IS NULL
                               AND m.ref = ANY(%(txn_ids)s)))
                    GROUP BY m.id, l.currency_id ORDER BY m.id DESC""",
                txn_ids=list(txn_ids),
            )
        }

    def _read_conversions(self, references):
        """What PayPal's own messages of these payments converted, by currency.

        Their conversions are entries with the PayPal account in two currencies.
        """
        conversions = defaultdict(dict)
        for txn_id, ipn_id, move_id, currency_id, amount in self._query(
            """SELECT p.paypal_txn_id, m.paypal_ipn_id, m.id, l.currency_id,
                      sum(l.amount_currency)
                 FROM account_payment p
                 JOIN account_move m ON m.paypal_ipn_id = p.paypal_ipn_id
                 JOIN account_move_line l ON l.move_id = m.id
                WHERE p.company_id = %(company)s
                  AND p.paypal_txn_id = ANY(%(references)s)
                  AND m.state = 'posted' AND m.move_type = 'entry'
                  AND l.account_id = %(account)s
                  AND EXISTS (SELECT 1 FROM account_move_line o
                               WHERE o.move_id = m.id AND o.account_id = l.account_id
                                 AND o.currency_id != l.currency_id)
                GROUP BY p.paypal_txn_id, m.paypal_ipn_id, m.id, l.currency_id""",
            references=list(references),
        ):
            conversions[txn_id][currency_id] = (ipn_id, move_id, amount)
        self._conversions = conversions

    def converted(self, row, out):
        """What is known of a conversion that belongs to a payment.

        :param row: one side of the conversion
        :param out: the side that goes out
        :return: the columns that say so; None when the payment has none
        """
        reference = row.reference_txn_id or out.reference_txn_id
        known = self._conversions.get(reference, {}).get(row.currency_id.id)
        if known:
            ipn_id, move_id, amount = known
            booked = {
                "ipn_id": ipn_id,
                "move_id": move_id,
                "booked_currency_id": row.currency_id.id,
                "booked_gross": amount,
            }
            if row.currency_id.compare_amounts(amount, row.net):
                return booked | row._found(
                    "different",
                    "different_amount",
                    here=row._money(amount, row.currency_id),
                    paypal=row._money(row.net, row.currency_id),
                )
            return booked | {"result": "equal"}
        ipn = self.waiting.get((reference, "in"))
        ipn = ipn or self.waiting.get((reference, "out"))
        if ipn and ipn.kind != "conversion" and ipn._is_converted():
            found = row._found("waiting", "waiting", state=ipn.state)
            return {**found, "ipn_id": ipn.id}
        return None

    # === LOOK-ALIKES === #

    def _read_alikes(self, rows):
        """Entries on the PayPal account that no PayPal transaction stands behind."""
        moments = [
            row.moment
            for row in rows
            if row.kind in ("withdrawal", "deposit") and row.moment
        ]
        self._alikes = moments and self._query(
            """SELECT m.name, l.date, l.currency_id, l.amount_currency
                 FROM account_move_line l
                 JOIN account_move m ON m.id = l.move_id
                 LEFT JOIN account_payment p ON p.move_id = m.id
                WHERE l.company_id = %(company)s AND l.account_id = %(account)s
                  AND l.parent_state = 'posted' AND m.paypal_ipn_id IS NULL
                  AND m.paypal_txn_id IS NULL AND p.paypal_ipn_id IS NULL
                  AND l.date BETWEEN %(first)s AND %(last)s""",
            first=min(moments).date() - timedelta(days=LOOK_ALIKE_DAYS),
            last=max(moments).date() + timedelta(days=LOOK_ALIKE_DAYS),
        )

    def look_alikes(self, row):
        """An entry of the same amount at the same time that may be the very transfer.

        :return: its name and date; None when there is none
        """
        days, currency = timedelta(days=LOOK_ALIKE_DAYS), row.currency_id
        for name, date, currency_id, amount in self._alikes:
            if (
                currency_id == currency.id
                and not currency.compare_amounts(amount, row.net)
                and abs(date - row.moment.date()) <= days
            ):
                return name, date
        return None

    # === THE OTHER WAY ROUND === #

    def not_in_file(self):
        """PayPal payments between the file's first and last row that it lacks.

        :return: tuples of payment, message, transaction, kind, moment, currency,
            signed amount and fee
        """
        return self._query(
            """SELECT p.id, i.id, p.paypal_txn_id, i.kind, i.payment_date,
                      p.currency_id,
                      CASE p.payment_type WHEN 'outbound' THEN -p.amount
                                          ELSE p.amount END,
                      coalesce(i.fee, 0)
                 FROM account_payment p
                 JOIN paypal_ipn i ON i.id = p.paypal_ipn_id
                WHERE p.company_id = %(company)s AND p.paypal_txn_id IS NOT NULL
                  AND i.payment_date BETWEEN %(first)s AND %(last)s
                  AND p.state NOT IN ('canceled', 'rejected')
                  AND NOT EXISTS (SELECT 1 FROM paypal_activity_line l
                                   WHERE l.activity_id = %(activity)s
                                     AND l.txn_id = p.paypal_txn_id
                                     AND (l.gross < 0)
                                         = (p.payment_type = 'outbound'))
                ORDER BY i.payment_date, p.id""",
            activity=self.activity.id,
            first=self.activity.first_moment,
            last=self.activity.last_moment,
        )

    def _query(self, query, **values):
        self.env.flush_all()
        values |= {
            "company": self.company.id,
            "journal": self.journal.id or None,
            "account": self.account.id or None,
        }
        return self.env.execute_query(SQL(query, **values))
