# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models
from odoo.tools import SQL

KINDS = [
    ("payment", "Fees of payments"),
    ("chargeback", "Fees of chargebacks"),
    ("other", "Other fees"),
    ("conversion", "Conversions, against the day's rate"),
]


class PaypalApiCost(models.Model):
    """What PayPal costs: its fees by kind, and what its conversions cost.

    A conversion costs what went out at the day's rate, less what came in at it. The
    day's rate is the one that Odoo has.
    """

    _name = "paypal.api.cost"
    _description = "PayPal's Costs"
    _auto = False
    _order = "moment desc"

    activity_id = fields.Many2one("paypal.activity", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    company_currency_id = fields.Many2one("res.currency", readonly=True)
    moment = fields.Datetime("Date", readonly=True)
    kind = fields.Selection(KINDS, readonly=True)
    currency_id = fields.Many2one("res.currency", readonly=True)
    cost = fields.Monetary("In Its Currency", readonly=True, aggregator=False)
    company_cost = fields.Monetary(
        "Cost", currency_field="company_currency_id", readonly=True, aggregator="sum"
    )
    turnover = fields.Monetary(
        "Moved", currency_field="company_currency_id", readonly=True, aggregator="sum"
    )

    @property
    def _table_query(self):
        return SQL(
            """WITH rows AS (
                   SELECT l.*, a.company_id AS company, c.currency_id AS own,
                          %(value)s AS unit
                     FROM paypal_activity_line l
                     JOIN paypal_activity a ON a.id = l.activity_id AND a.is_ledger
                     JOIN res_company c ON c.id = a.company_id
                    WHERE l.line != 0 AND l.moves_balance AND l.moment IS NOT NULL
                      AND l.currency_id IS NOT NULL)
               SELECT id, activity_id, company AS company_id,
                      own AS company_currency_id, moment, currency_id,
                      CASE WHEN kind != 'fee' THEN 'payment'
                           WHEN event_code = 'T0106' THEN 'chargeback'
                           ELSE 'other' END AS kind,
                      - CASE WHEN kind = 'fee' THEN net ELSE fee END AS cost,
                      - CASE WHEN kind = 'fee' THEN net ELSE fee END * unit
                        AS company_cost,
                      CASE WHEN kind = 'fee' THEN 0 ELSE gross * unit END AS turnover
                 FROM rows
                WHERE kind IN ('sale', 'refund', 'reversal', 'canceled_reversal', 'fee')
                  AND (kind = 'fee' OR fee != 0)
                UNION ALL
               SELECT o.id, o.activity_id, o.company, o.own, o.moment, o.currency_id,
                      'conversion', (-o.net * o.unit - i.net * i.unit) / o.unit,
                      -o.net * o.unit - i.net * i.unit, -o.net * o.unit
                 FROM rows o JOIN rows i ON i.id = o.pair_id
                WHERE o.kind = 'conversion' AND o.net < 0""",
            value=self._unit_value(),
        )

    def _unit_value(self):
        """What one unit of a row's currency is worth in the company's, that day."""
        return SQL(
            """CASE WHEN l.currency_id = c.currency_id THEN 1.0 ELSE coalesce(
                   (SELECT r.rate FROM res_currency_rate r
                     WHERE r.currency_id = c.currency_id AND r.name <= l.moment
                       AND (r.company_id IS NULL OR r.company_id = a.company_id)
                     ORDER BY r.company_id NULLS LAST, r.name DESC LIMIT 1), 1.0)
               / nullif((SELECT r.rate FROM res_currency_rate r
                     WHERE r.currency_id = l.currency_id AND r.name <= l.moment
                       AND (r.company_id IS NULL OR r.company_id = a.company_id)
                     ORDER BY r.company_id NULLS LAST, r.name DESC LIMIT 1), 0) END"""
        )
