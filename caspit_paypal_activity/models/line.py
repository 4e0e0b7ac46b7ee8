# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.tools import SQL, float_repr

from .sentences import KINDS, RESULTS, SENTENCES, tell


class PaypalActivityLine(models.Model):
    """A row of an activity file, and what the books say of its transaction.

    Amounts have PayPal's signs: money out is negative, and so is the fee of a sale.
    """

    _name = "paypal.activity.line"
    _description = "Row of a PayPal Activity File"
    _order = "activity_id desc, moment desc, line, id"
    _rec_name = "txn_id"

    activity_id = fields.Many2one(
        "paypal.activity", "File", required=True, readonly=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="activity_id.company_id")
    line = fields.Integer(readonly=True, help="The line in the file; 1 is the header.")

    # === WHAT THE FILE SAYS === #
    moment = fields.Datetime("Date", readonly=True)
    name = fields.Char(readonly=True)
    email = fields.Char("E-mail", readonly=True)
    type = fields.Char("PayPal's Type", readonly=True)
    status = fields.Char("PayPal's Status", readonly=True)
    kind = fields.Selection(KINDS, readonly=True)
    is_completed = fields.Boolean(readonly=True)
    moves_balance = fields.Boolean(readonly=True)
    currency_id = fields.Many2one("res.currency", readonly=True)
    currency_code = fields.Char(readonly=True)
    gross = fields.Monetary("Amount", readonly=True)
    fee = fields.Monetary(readonly=True)
    net = fields.Monetary(readonly=True)
    balance = fields.Monetary(readonly=True)
    has_balance = fields.Boolean(readonly=True)
    txn_id = fields.Char("Transaction ID", readonly=True)
    reference_txn_id = fields.Char("Reference Transaction", readonly=True)
    item = fields.Char(readonly=True)
    invoice = fields.Char("Invoice Number", readonly=True)
    details = fields.Json(readonly=True, help="The other columns, by their names.")
    problem = fields.Char(readonly=True)
    sequence = fields.Integer(
        readonly=True,
        help="Greater for what is later among rows of one currency and second.",
    )
    may_be_private = fields.Boolean(
        readonly=True,
        help="Income of a type that friends use too, and that PayPal took no fee of.",
    )

    # === WHAT THE BOOKS SAY === #
    result = fields.Selection(RESULTS, readonly=True)
    told = fields.Json(readonly=True, help="What the explanation says, as codes.")
    explanation = fields.Char(compute="_compute_explanation")
    pair_id = fields.Many2one(
        "paypal.activity.line", "Other Side", readonly=True, index="btree_not_null"
    )
    ipn_id = fields.Many2one(
        "paypal.ipn", "Message", readonly=True, index="btree_not_null"
    )
    payment_id = fields.Many2one(
        "account.payment", readonly=True, index="btree_not_null"
    )
    move_id = fields.Many2one(
        "account.move", "Document", readonly=True, index="btree_not_null"
    )
    booked_currency_id = fields.Many2one("res.currency", readonly=True)
    booked_gross = fields.Monetary(
        "Amount Here", currency_field="booked_currency_id", readonly=True
    )
    booked_fee = fields.Monetary(
        "Fee Here", currency_field="booked_currency_id", readonly=True
    )

    # === WHAT CAN BE MADE === #
    is_makeable = fields.Boolean("Can Be Made", readonly=True)
    is_doubtful = fields.Boolean(
        readonly=True, help="It can be made, and looks like an entry that is there."
    )
    is_to_make = fields.Boolean(
        readonly=True, help="A worker is about to make the message of it."
    )

    _txn_index = models.Index("(activity_id, txn_id)")
    _result_index = models.Index("(activity_id, result)")
    _to_compare_index = models.Index("(activity_id, id) WHERE result IS NULL")
    _to_make_index = models.Index("(activity_id, moment) WHERE is_to_make IS TRUE")

    # === COMPUTE METHODS === #

    @api.depends("txn_id", "line")
    def _compute_display_name(self):
        for row in self:
            row.display_name = row.txn_id or self.env._("Line %s", row.line)

    @api.depends("told", "ipn_id.reason", "ipn_id.reason_values", "ipn_id.state")
    @api.depends_context("lang")
    def _compute_explanation(self):
        for row in self:
            said = tell(self.env, SENTENCES, row.told or [])
            if row.result == "waiting":
                said = f"{said} {row.sudo().ipn_id.explanation or ''}".strip()
            row.explanation = said

    # === CRUD METHODS === #

    @api.model
    def _keep(self, values):
        """Create the rows of a list: as ``create`` does, in a quarter of its time.

        For each amount the ORM makes a record, just to know its currency's digits.

        :param values: dictionaries of columns, all with the same keys; amounts are in
            ``currency_id``
        :return: the rows
        """
        self.check_access("create")
        if not values:
            return self.browse()
        now, uid = self.env.cr.now(), self.env.uid
        common = {"create_uid": uid, "create_date": now}
        common |= {"write_uid": uid, "write_date": now}
        # What is the same before and after a comparison needs no second writing.
        common |= {"is_makeable": False, "is_doubtful": False}
        common |= {"booked_gross": 0.0, "booked_fee": 0.0}
        names = [*values[0], *common]
        currencies = self.env["res.currency"].browse(
            {row["currency_id"] for row in values if row["currency_id"]}
        )
        write_as = [self._writer_of(name, currencies) for name in names]
        self.env.cr.execute(
            SQL(
                "INSERT INTO paypal_activity_line (%s) VALUES %s RETURNING id",
                SQL(", ").join(map(SQL.identifier, names)),
                SQL(", ").join(
                    tuple(write(row) for write in write_as)
                    for row in ({**each, **common} for each in values)
                ),
            )
        )
        rows = self.browse(row_id for (row_id,) in self.env.cr.fetchall())
        rows.modified(names, create=True)
        return rows

    def _writer_of(self, name, currencies):
        """:return: a function of a row's values, which gives one column of it"""
        field = self._fields[name]
        if field.type != "monetary":
            return lambda row: field.convert_to_column_insert(row[name], self, row)
        known = {it.id: (it, it.decimal_places) for it in currencies}

        def write(row):
            amount = float(row[name] or 0)
            if row["currency_id"] not in known:
                return amount
            currency, digits = known[row["currency_id"]]
            return float_repr(currency.round(amount), digits)

        return write

    # === ACTIONS === #

    def action_open_ipn(self):
        """Open the message."""
        self.ensure_one()
        return self.ipn_id._get_records_action(name=self.env._("PayPal Message"))

    def action_open_payment(self):
        """Open the payment."""
        self.ensure_one()
        return self.payment_id._get_records_action(name=self.env._("Payment"))

    def action_open_move(self):
        """Open the document or entry."""
        self.ensure_one()
        return self.move_id._get_records_action(name=self.env._("Document"))

    def action_open_pair(self):
        """Open the other side of a conversion, or of a hold."""
        self.ensure_one()
        return self.pair_id._get_records_action(name=self.env._("Other Side"))
