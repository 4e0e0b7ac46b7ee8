# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import fields, models
from odoo.addons.caspit_paypal_activity.models.read import BATCH

from ..rest import tcodes
from .walk import aware, naive

#: How long a night's proof waits for what is on its way, before it is made anyway.
PATIENCE = timedelta(hours=8)
PARTS = ("missing", "by_hand", "different", "not_in_file", "rest")


class PaypalApiProof(models.Model):
    """The balance of one currency at a midnight: PayPal's, the books', and why not.

    PayPal's total is all of the merchant's money, with what PayPal holds back; the
    books have it all, too.
    """

    _name = "paypal.api.proof"
    _description = "Proof of the PayPal Balance"
    _order = "as_of desc, currency_id"
    _rec_name = "as_of"

    connection_id = fields.Many2one(
        "paypal.api.connection",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(related="connection_id.company_id", store=True)
    is_sandbox = fields.Boolean(related="connection_id.is_sandbox", store=True)
    as_of = fields.Datetime(required=True, readonly=True)
    currency_id = fields.Many2one("res.currency", required=True, readonly=True)
    total = fields.Monetary("PayPal's Balance", readonly=True)
    available = fields.Monetary(readonly=True)
    withheld = fields.Monetary(readonly=True)
    reserve = fields.Monetary("Of It Reserve", readonly=True)
    books = fields.Monetary("Balance in the Books", readonly=True)
    difference = fields.Monetary(readonly=True)
    missing = fields.Monetary("Missing Here", readonly=True)
    by_hand = fields.Monetary("To Enter by Hand", readonly=True)
    different = fields.Monetary("Booked Differently", readonly=True)
    not_in_file = fields.Monetary("Not in the Ledger", readonly=True)
    rest = fields.Monetary("From Before, or Unknown", readonly=True)
    is_equal = fields.Boolean("Proved", readonly=True)
    is_told = fields.Boolean("Told to the Merchant", readonly=True)

    _as_of_unique = models.UniqueIndex("(connection_id, as_of, currency_id)")

    @staticmethod
    def _part_names():
        """:return: the fields that a difference is made of"""
        return PARTS

    def _parts(self):
        """:return: what the difference is made of, by name"""
        self.ensure_one()
        return {
            name: self[name]
            for name in PARTS
            if not self.currency_id.is_zero(self[name])
        }

    def action_open_rows(self):
        """Open the rows that make the difference."""
        self.ensure_one()
        ledger = self.connection_id.activity_id
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "caspit_paypal_activity.paypal_activity_line_action"
        )
        action["domain"] = [
            ("activity_id", "=", ledger.id),
            ("currency_id", "=", self.currency_id.id),
            ("moment", "<=", self.as_of),
            (
                "result",
                "in",
                ("missing", "waiting", "by_hand", "different", "not_in_file"),
            ),
            "|",
            ("moves_balance", "=", True),
            ("line", "=", 0),
        ]
        action["context"] = {"search_default_by_result": 1}
        return action


class PaypalApiConnection(models.Model):
    """Each night PayPal's balances are held against the journal."""

    _inherit = "paypal.api.connection"

    proof_ids = fields.One2many(
        "paypal.api.proof", "connection_id", "Proofs", readonly=True
    )
    proved_at = fields.Datetime("Proved as of", readonly=True, copy=False)

    def _step_prove(self, _deadline):
        """Prove the last midnight, once ledger and inbox are through it."""
        if self.state != "connected" or not self.watermark:
            return
        now = self.env.cr.now()
        midnight = self._midnight(self.company_id._paypal_local_date(now))
        is_due = midnight >= self.since and self.watermark >= midnight
        if not is_due or (self.proved_at and self.proved_at >= midnight):
            return
        if self._is_on_its_way(midnight) and now < midnight + PATIENCE:
            return
        self._commit()  # no transaction is open while PayPal is asked
        self._prove(midnight)

    def action_prove(self):
        """Prove how it stands now, as far as PayPal's ledger is known."""
        self.ensure_one()
        self.check_access("write")
        connection = self.sudo()
        if connection.watermark:
            connection._prove(connection.watermark)
        return connection._open_proofs()

    def action_open_proofs(self):
        """Open what was proved."""
        self.ensure_one()
        self.check_access("read")
        return self._open_proofs()

    def _open_proofs(self):
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "caspit_paypal_api.paypal_api_proof_action"
        )
        return {**action, "domain": [("connection_id", "=", self.id)]}

    def _is_on_its_way(self, moment):
        """Whether something up to a moment may still be booked by itself."""
        return bool(
            self.env["paypal.activity.line"].search_count(
                [
                    ("activity_id", "=", self.activity_id.id),
                    ("moment", "<=", moment),
                    "|",
                    ("due_at", "!=", False),
                    "|",
                    ("is_to_make", "=", True),
                    "&",
                    ("result", "=", "waiting"),
                    ("ipn_id.state", "in", ("received", "verified", "booked")),
                ],
                limit=1,
            )
        )

    def _prove(self, moment):
        """Hold PayPal's balances against the books.

        :param datetime moment: without zone, UTC
        :raise RestError: PayPal does not tell them
        """
        with self._paypal() as paypal:
            answer = paypal.balances(aware(moment))
        as_of = min(moment, naive(answer.as_of)) if answer.as_of else moment
        ledger = self._ledger()
        ledger._recompare_open()
        ledger._refresh_not_in_file()
        parts = ledger._difference_parts(until=as_of)
        told = {balance.currency: balance for balance in answer.balances}
        proofs = self.env["paypal.api.proof"]
        proofs.search([("connection_id", "=", self.id), ("as_of", "=", as_of)]).unlink()
        for currency in self._proof_currencies(told):
            proofs.create(self._proof_values(currency, told, parts, as_of))
        self.proved_at = as_of

    def _proof_currencies(self, told):
        """The currencies that PayPal tells of, and those that only the books have."""
        currencies = self.env["res.currency"].with_context(active_test=False)
        account = self.company_id._paypal_account()
        groups = self.env["account.move.line"]._read_group(
            [("account_id", "=", account.id), ("parent_state", "=", "posted")],
            ["currency_id"],
            ["amount_currency:sum"],
        )
        booked = [it.id for it, amount in groups if not it.is_zero(amount)]
        return currencies.search(
            ["|", ("name", "in", list(told)), ("id", "in", booked)]
        )

    def _proof_values(self, currency, told, parts, as_of):
        balance = told.get(currency.name)
        total = float(balance.total) if balance else 0.0
        books = self.activity_id._booked_balance(currency, as_of)
        found = {
            name: parts.get((currency.id, name), 0.0)
            for name in PARTS
            if name != "rest"
        }
        found["rest"] = total - books - sum(found.values())
        difference = currency.round(total - books)
        available = balance.available if balance else None
        return {
            "connection_id": self.id,
            "as_of": as_of,
            "currency_id": currency.id,
            "total": total,
            "available": total if available is None else float(available),
            "withheld": float((balance and balance.withheld) or 0),
            "reserve": self._reserve(currency, as_of),
            "books": books,
            "difference": difference,
            "is_equal": currency.is_zero(difference),
            **{name: currency.round(part) for name, part in found.items()},
        }

    def _reserve(self, currency, as_of):
        """What PayPal keeps as a reserve, by the ledger's own rows."""
        [(net,)] = self.env["paypal.activity.line"]._read_group(
            [
                ("activity_id", "=", self.activity_id.id),
                ("currency_id", "=", currency.id),
                ("event_code", "in", list(tcodes.RESERVE)),
                ("moves_balance", "=", True),
                ("moment", "<=", as_of),
            ],
            aggregates=["net:sum"],
        )
        return -(net or 0.0)


class PaypalActivity(models.Model):
    _inherit = "paypal.activity"

    def _recompare_open(self):
        """Compare once more what a person may have entered or mended meanwhile."""
        lines = self.env["paypal.activity.line"]
        open_rows = lines.search(
            [
                ("activity_id", "=", self.id),
                ("line", "!=", 0),
                ("result", "in", ("missing", "waiting", "by_hand", "different")),
            ]
        )
        for start in range(0, len(open_rows), BATCH):
            open_rows[start : start + BATCH]._compare()

    def _refresh_not_in_file(self):
        """Look anew which payments of the ledger's period it does not have."""
        lines = self.env["paypal.activity.line"]
        lines.search([("activity_id", "=", self.id), ("line", "=", 0)]).unlink()
        if self.first_moment:
            self._add_not_in_file()
        self.env.flush_all()
