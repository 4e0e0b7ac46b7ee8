# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import api, fields, models
from odoo.addons.caspit_paypal_activity.models.read import BATCH
from odoo.addons.caspit_paypal_activity.reader import ActivityRow

#: Two sides of one conversion, or of a hold, are not further apart than this.
PAIR_DAYS = 400


class PaypalActivity(models.Model):
    """PayPal's own ledger as one list that grows: the same rows, without a file."""

    _inherit = "paypal.activity"

    is_ledger = fields.Boolean("PayPal's Ledger", readonly=True, copy=False)
    connection_ids = fields.One2many(
        "paypal.api.connection", "activity_id", readonly=True
    )

    _ledger_unique = models.UniqueIndex("(company_id) WHERE is_ledger")

    @api.depends("is_ledger")
    def _compute_display_name(self):
        ledgers = self.filtered("is_ledger")
        for ledger in ledgers:
            ledger.display_name = self.env._("PayPal's ledger")
        return super(PaypalActivity, self - ledgers)._compute_display_name()

    def _connection(self):
        """:return: the connection that the ledger is read through"""
        return self.sudo().connection_ids

    def _take_page(self, rows):
        """Bring in what is new on a page, and what PayPal changed of what is known.

        One query tells which these are, however many the account has.

        :param rows: ``rest.rows.LedgerRow`` objects
        :return: how many were new or changed
        """
        self.ensure_one()
        latest = {row.key: row for row in rows}
        known = {
            key: (line_id, fingerprint)
            for key, line_id, fingerprint in self._known(list(latest))
        }
        fresh = [row for key, row in latest.items() if key not in known]
        changed = [
            (known[key][0], row)
            for key, row in latest.items()
            if key in known and known[key][1] != row.fingerprint
        ]
        if fresh or changed:
            self._write_rows(fresh, changed)
            self.env.flush_all()
            self.env.invalidate_all()
        return len(fresh) + len(changed)

    def _write_rows(self, fresh, changed):
        """Keep rows; what is new or changed is compared anew.

        :param fresh: rows that are not here yet
        :param changed: pairs of a record's id and the row that it is now
        """
        lines, currencies = self.env["paypal.activity.line"], self._currencies()
        for line_id, row in changed:
            line = lines.browse(line_id)
            values = self._ledger_values(row, currencies)
            line.write({**values, "line": line.line, "result": False})
        lines._keep(
            [
                {**self._ledger_values(row, currencies), "line": number}
                for number, row in enumerate(fresh, start=self.row_count + 1)
            ]
        )
        self.row_count += len(fresh)

    def _known(self, keys):
        """:return: key, id and fingerprint of rows that are here already"""
        self.env.flush_all()
        self.env.cr.execute(
            """SELECT ledger_key, id, fingerprint FROM paypal_activity_line
                WHERE activity_id = %s AND ledger_key = ANY(%s)""",
            [self.id, keys],
        )
        return self.env.cr.fetchall()

    def _ledger_values(self, row, currencies):
        """A row of the answer as a record.

        :param rest.rows.LedgerRow row: the row
        :param dict currencies: ids by code
        """
        values = self._line_values(ActivityRow(**row.row), currencies)
        values["details"] = {**values["details"], **row.details}
        return {
            **values,
            "event_code": row.event_code,
            "ledger_key": row.key,
            "fingerprint": row.fingerprint,
            "seen_at": self.env.cr.now(),
        }

    def _settle_rows(self, commit):
        """Pair and compare the rows that came in, and their other sides.

        :param commit: called with the number of rows after each batch
        """
        self.ensure_one()
        unpaired = [("pair_id", "=", False)]
        pairs = (
            ("conversion", ("conversion",), True),
            ("hold", ("hold", "release"), False),
        )
        lines = self.env["paypal.activity.line"]
        fresh = [("activity_id", "=", self.id), ("result", "=", False)]
        for group, kinds, across in pairs:
            mine = [*fresh, ("kind", "in", kinds)]
            [(first,)] = lines._read_group(mine, aggregates=["moment:min"])
            if first:
                since = first - timedelta(days=PAIR_DAYS)
                self._pair(group, kinds, across, [*unpaired, ("moment", ">=", since)])
        # The other side may have waited for this one.
        alone = lines.search([*fresh, ("pair_id", "!=", False)]).pair_id
        alone._compare()
        while batch := lines.search(fresh, order="id", limit=BATCH):
            batch._compare()
            self.env.flush_all()
            self.env.invalidate_all()
            commit(len(batch))
        self._wake_waiting()
        self._note_period()

    def _note_period(self):
        mine = [("activity_id", "=", self.id), ("line", "!=", 0)]
        [(first, last)] = self.env["paypal.activity.line"]._read_group(
            mine, aggregates=["moment:min", "moment:max"]
        )
        self.write({"first_moment": first, "last_moment": last})


class PaypalActivityLine(models.Model):
    _inherit = "paypal.activity.line"

    event_code = fields.Char("PayPal's Code", readonly=True)
    ledger_key = fields.Char(readonly=True)
    fingerprint = fields.Char(readonly=True)
    seen_at = fields.Datetime("Seen", readonly=True)

    _ledger_key_unique = models.UniqueIndex(
        "(activity_id, ledger_key) WHERE ledger_key IS NOT NULL"
    )
    _ledger_txn_index = models.Index("(txn_id) WHERE ledger_key IS NOT NULL")

    def _is_live(self):
        """:return: whether the row is from after the connection was made"""
        since = self.activity_id._connection().since
        return bool(since and self.moment and self.moment >= since)


class PaypalApiConnection(models.Model):
    _inherit = "paypal.api.connection"

    def action_open_rows(self):
        """Open everything that moved the account."""
        self.ensure_one()
        return self.activity_id.action_open_lines()
