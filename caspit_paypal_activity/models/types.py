# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL
from odoo.tools.misc import formatLang


class PaypalActivityType(models.Model):
    """A type of income in a file, and whether it is made into taxed sales.

    PayPal writes "General Payment" for a shop's sale and for what a friend sends. It
    takes its fee of the one and not of the other, so the latter is listed apart, and
    nothing is made of it unless the merchant says that it is a sale.
    """

    _name = "paypal.activity.type"
    _inherit = ["caspit.facts"]
    _description = "Type of Income in a PayPal Activity File"
    _order = "activity_id desc, may_be_private, count desc, id"

    activity_id = fields.Many2one(
        "paypal.activity", "File", required=True, readonly=True, ondelete="cascade"
    )
    name = fields.Char("PayPal's Type", readonly=True)
    kind = fields.Char(readonly=True, help="What the reader took the rows for.")
    may_be_private = fields.Boolean("Without a Fee", readonly=True)
    count = fields.Integer("Rows", readonly=True)
    sums = fields.Json(
        "Sums by Currency",
        readonly=True,
        help="Currency id and amount, of each currency.",
    )
    sums_text = fields.Char("Sums", compute="_compute_sums_text")
    is_sale = fields.Boolean("Becomes Sales")

    _type_unique = models.UniqueIndex("(activity_id, name, kind, may_be_private)")

    @api.depends("sums")
    @api.depends_context("lang")
    def _compute_sums_text(self):
        for each in self:
            each.sums_text = " · ".join(
                formatLang(
                    self.env,
                    amount,
                    currency_obj=self.env["res.currency"].browse(currency_id),
                )
                for currency_id, amount in each.sums or []
            )


class PaypalActivity(models.Model):
    _inherit = "paypal.activity"

    type_ids = fields.One2many("paypal.activity.type", "activity_id", "Types of Income")

    def write(self, vals):
        """Compare anew when the merchant says what becomes a sale.

        :raise UserError: the file is being worked
        """
        asks = "type_ids" in vals and self.filtered(lambda each: each.is_running)
        if asks:
            raise UserError(self.env._("The file is being worked right now."))
        result = super().write(vals)
        if "type_ids" in vals:
            for activity in self.filtered(lambda each: each.state == "ready"):
                activity.action_compare()
        return result

    def _list_types(self):
        """List the types of income, unless they are listed already."""
        self.ensure_one()
        if self.type_ids:
            return
        found = {}
        for name, kind, is_private, currency_id, count, amount in self._incomes():
            values = found.setdefault(
                (name, kind, is_private),
                {
                    "activity_id": self.id,
                    "name": name,
                    "kind": kind,
                    "may_be_private": is_private,
                    "count": 0,
                    "sums": [],
                    "is_sale": self._was_sale(name, kind, is_private),
                },
            )
            values["count"] += count
            values["sums"].append([currency_id, amount])
        self.env["paypal.activity.type"].create(list(found.values()))

    def _incomes(self):
        return self.env.execute_query(
            SQL(
                """SELECT type, kind, coalesce(may_be_private, FALSE), currency_id,
                          count(*), sum(gross)::float
                     FROM paypal_activity_line
                    WHERE activity_id = %(id)s AND moves_balance AND gross > 0
                      AND kind IN ('sale', 'unknown') AND currency_id IS NOT NULL
                    GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4""",
                id=self.id,
            )
        )

    def _was_sale(self, name, kind, is_private):
        """What the merchant said of this type the last time, or what is usual."""
        last = self.env["paypal.activity.type"].search(
            [
                ("activity_id.company_id", "=", self.company_id.id),
                ("name", "=", name),
                ("kind", "=", kind),
                ("may_be_private", "=", is_private),
            ],
            order="id desc",
            limit=1,
        )
        return last.is_sale if last else kind == "sale" and not is_private

    def _sale_types(self):
        """:return: whether each listed (type, kind, without a fee) becomes sales"""
        return {
            (each.name, each.kind, each.may_be_private): each.is_sale
            for each in self.type_ids
        }


class PaypalActivityLine(models.Model):
    _inherit = "paypal.activity.line"

    def _becomes_sale(self, books):
        """Whether rows of this type are made into sales: as listed, or as is usual."""
        usual = self.kind == "sale" and not self.may_be_private
        key = (self.type, self.kind, self.may_be_private)
        return books.sale_types.get(key, usual)
