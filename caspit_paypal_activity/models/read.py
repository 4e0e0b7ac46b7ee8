# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import logging
from itertools import islice
from time import monotonic

from psycopg2 import OperationalError

from odoo import api, models
from odoo.exceptions import ConcurrencyError

from ..reader import Side, UnreadableActivity, open_activity, pair

_logger = logging.getLogger(__name__)

#: Rows that are written, or compared, in one go and committed together.
BATCH = 1000
#: How long one run works: Odoo ends a worker after a minute of computing. Going through
#: a large file anew takes a while, so that it is not done more often than that.
SECONDS = 30
#: What a file says of a row beside the columns that have a field of their own.
DETAILS = ("item_id", "custom", "quantity", "note", "country", "address")


class PaypalActivity(models.Model):
    """From the file's bytes to its rows, in steps that survive a kill.

    What is in is in: after a kill the file is gone through once more, and the rows
    that are there already are passed over.
    """

    _inherit = "paypal.activity"

    # === THE WORKER === #

    @api.model
    def _cron_work(self):
        """Read and compare files, and make what was asked for."""
        cron = self.env["ir.cron"]
        inbox = self.env["paypal.ipn"]
        deadline = monotonic() + SECONDS
        companies = [company for [company] in self._read_group([], ["company_id"])]

        def commit(count):
            for company in companies:
                inbox._tell_screens_of(company)
            cron._commit_progress(count)
            return monotonic() < deadline

        goes_on = True
        for activity in self.search([("state", "in", ("reading", "comparing"))]):
            goes_on = goes_on and activity._advance_or_fail(commit)
        while goes_on and (count := inbox._take_step(self._make_batch)) != 0:
            goes_on = commit(count or 0)
        if not goes_on:
            self._wake()
            commit(0)

    def _advance_or_fail(self, commit):
        """Bring one file on; whatever happens to it harms no other.

        :return: whether there is time left
        """
        try:
            self._advance(commit)
        except (OperationalError, ConcurrencyError) as error:
            self.env.cr.rollback()
            _logger.info("PayPal activity file %s: %s", self.id, type(error).__name__)
        except Exception as error:
            self.env.cr.rollback()
            _logger.exception("PayPal activity file %s failed", self.id)
            self._fail("error", {"error": type(error).__name__})
        return commit(0)

    def _advance(self, commit):
        """Read what is not read, and compare what is not compared.

        :param commit: called with the number of rows after each batch; tells whether
            to go on
        """
        self.ensure_one()
        if self.state == "reading":
            try:
                is_read = self._read(commit)
            except UnreadableActivity as error:
                self._fail(error.code, error.values)
                return
            if not is_read:
                return
            self._begin_comparison()
            if not commit(0):
                return
        if self.state == "comparing":
            self._compare(commit)

    def _fail(self, code, values):
        values = {name: str(value) for name, value in values.items()}
        self.write({"state": "failed", "failure": [code, values]})

    # === READING === #

    def _bytes(self):
        """The file as it was uploaded."""
        attachments = self.env["ir.attachment"].sudo()
        mine = [("res_model", "=", self._name), ("res_id", "=", self.id)]
        return attachments.search([*mine, ("res_field", "=", "file")], limit=1).raw

    def _read(self, commit):
        """Bring in the rows that are not in yet.

        :return: whether all are in
        :raise paypal.activity.UnreadableActivity: it is no activity download
        """
        data, currencies, answers = self._bytes(), self._currencies(), self._answers()
        facts, rows = open_activity(data, answers)
        if not self.row_count:
            self.write(self._facts(facts))
            if self.question == "reading":
                self.state = "asking"
                return False
        skipped = sum(1 for _row in islice(rows, self.row_count))
        if skipped < self.row_count:
            raise UnreadableActivity("no_rows")
        while batch := list(islice(rows, BATCH)):
            self.env["paypal.activity.line"]._keep(
                [self._line_values(row, currencies) for row in batch]
            )
            self.row_count += len(batch)
            self.env.flush_all()
            self.env.invalidate_all()
            if len(batch) == BATCH and not commit(len(batch)):
                return False
        if not self.question:
            self.file = False
        return True

    def _line_values(self, row, currencies):
        """A row of the file as a record.

        :param paypal.activity.ActivityRow row: the row
        :param dict currencies: ids by code
        """
        details = {name: getattr(row, name) for name in DETAILS}
        return {
            "activity_id": self.id,
            "line": row.line,
            "moment": row.moment and row.moment.replace(tzinfo=None),
            "name": row.name,
            "email": row.to_email if row.gross < 0 else row.email,
            "type": row.type,
            "status": row.status,
            "kind": row.kind,
            "is_completed": row.is_completed,
            "moves_balance": row.moves_balance,
            "currency_id": currencies.get(row.currency, False),
            "currency_code": row.currency,
            "gross": row.gross,
            "fee": row.fee,
            "net": row.net,
            "balance": row.balance,
            "has_balance": row.balance is not None,
            "txn_id": row.txn_id or False,
            "reference_txn_id": row.reference_txn_id or False,
            "item": row.item,
            "invoice": row.invoice,
            "sequence": row.sequence,
            "may_be_private": row.may_be_private,
            "details": {name: value for name, value in details.items() if value},
            "problem": row.problem or False,
        }

    def _currencies(self):
        """:return: the id of every currency that Odoo knows, by its code"""
        currencies = self.env["res.currency"].with_context(active_test=False)
        return {currency.name: currency.id for currency in currencies.search([])}

    # === PAIRS === #

    def _begin_comparison(self):
        """Look at the rows as a whole: the period, and which belong together."""
        lines = self.env["paypal.activity.line"]
        mine = [("activity_id", "=", self.id)]
        lines.search([*mine, ("line", "=", 0)]).unlink()
        lines.search(mine).write({"result": False})
        [(first, last)] = lines._read_group(
            mine, aggregates=["moment:min", "moment:max"]
        )
        self._pair("conversion", ("conversion",), across_currencies=True)
        self._pair("hold", ("hold", "release"), across_currencies=False)
        self._list_types()
        self.write(
            {
                "state": "comparing",
                "compared_count": 0,
                "first_moment": first,
                "last_moment": last,
            }
        )

    def _pair(self, group, kinds, across_currencies, among=()):
        """Note the other side of rows that have one.

        :param among: a domain of the rows that are looked at; none: all
        """
        lines = self.env["paypal.activity.line"]
        rows = lines.search_fetch(
            [
                ("activity_id", "=", self.id),
                ("kind", "in", kinds),
                ("moves_balance", "=", True),
                ("moment", "!=", False),
                *among,
            ],
            ["txn_id", "reference_txn_id", "currency_code", "net", "moment"],
            order="moment, line",
        )
        pairs = pair(
            (
                Side(
                    row.id,
                    group,
                    row.txn_id or "",
                    row.reference_txn_id or "",
                    row.currency_code or "",
                    row.net,
                    row.moment,
                )
                for row in rows
            ),
            across_currencies,
        )
        for row in rows:
            row.pair_id = pairs.get(row.id, False)
        self.env.flush_all()
