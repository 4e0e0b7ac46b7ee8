# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models
from odoo.addons.caspit_paypal_ipn.models.books.named_invoice import PLAIN, SHORTEST
from odoo.tools import SQL


class SaleOrder(models.Model):
    _inherit = "sale.order"

    _paypal_name_index = models.Index(f"(({PLAIN % 'name'}))")

    @api.model
    def _paypal_named(self, company, text):
        """The order that a text names, without case, blanks and separators.

        :param company: the ``res.company`` whose order it is
        :param str text: as a buyer's page passed it
        :return: one order, or none
        """
        self.flush_model(["name", "company_id"])
        rows = self.env.execute_query(
            SQL(
                """SELECT id FROM sale_order
                    WHERE company_id = %(company)s AND %(name)s = %(plain)s
                      AND length(%(plain)s) >= %(shortest)s
                    ORDER BY state = 'cancel', id DESC LIMIT 1""",
                company=company.id,
                name=SQL(PLAIN % "name"),
                plain=SQL(PLAIN, text),
                shortest=SHORTEST,
            )
        )
        return self.browse(row_id for [row_id] in rows)

    def _paypal_left(self):
        """:return: how much of the order has no invoice yet, with its taxes"""
        self.ensure_one()
        invoices = self.invoice_ids.filtered(lambda move: move.state != "cancel")
        invoiced = sum(
            -move.amount_total if move.move_type == "out_refund" else move.amount_total
            for move in invoices
        )
        return self.currency_id.round(self.amount_total - invoiced)
