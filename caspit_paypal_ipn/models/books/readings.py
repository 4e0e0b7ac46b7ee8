# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from decimal import Decimal

from odoo import models

from ...paypal.readings import BACK, Figures, read_pull, read_return
from ..reasons import Aside


class PaypalIpn(models.Model):
    """What the amounts of a dispute mean, told by the figures of its sale.

    What is read is kept on the message in place of PayPal's raw figures, so that the
    books, My Caspit and lists all go by the same.
    """

    _inherit = "paypal.ipn"

    def _raw_gross(self):
        """:return: ``mc_gross`` as PayPal wrote it, with its sign"""
        return float(self._message().gross or 0)

    def _raw_fee(self):
        """:return: PayPal's fee as a Decimal, negative when it was given back"""
        message = self._message()
        gross, fee = message.gross or Decimal(0), message.fee or Decimal(0)
        return Decimal(self._kind().charged_fee(gross, fee))

    def _read_pull(self, sale):
        """Read what was pulled of a sale.

        :raise Aside: two readings fit, and a person has to choose
        """
        if self.currency_id != sale.currency_id:
            return
        gross, fee = abs(self._message().gross), self._raw_fee()
        readings = read_pull(
            gross, fee, self._sale_figures(sale), self.kind != "adjustment"
        )
        decided = self._decided("amounts")
        chosen = [each for each in readings if each.code == decided] or readings
        if len(chosen) > 1:
            raise Aside(
                "attention",
                "amounts",
                gross=self._money(float(gross)),
                fee=self._money(float(abs(fee))),
                sale=self._money(sale.gross),
            )
        [reading] = chosen
        self._keep_reading(-reading.amount, reading.fee)

    def _read_return(self, pulls):
        """Read what came back of what was pulled."""
        gross, fee = abs(self._message().gross), self._raw_fee()
        figures = [pull._pull_figures() for pull in pulls]
        readings = [read_return(gross, fee, each) for each in figures if each.left]
        readings.sort(key=lambda reading: reading.code == BACK)
        reading = next(iter(readings), read_return(gross, fee, None))
        self._keep_reading(reading.amount, reading.fee)

    def _keep_reading(self, gross, fee):
        self.write({"gross": float(gross), "fee": float(fee)})

    # === FIGURES === #

    def _sale_figures(self, sale):
        """:return: :class:`~..paypal.readings.Figures` of a sale, in its currency"""
        message = sale._message()
        moved = self.search(
            [
                ("original_id", "=", sale.id),
                ("currency_id", "=", sale.currency_id.id),
                ("id", "!=", self.id),
            ]
        ).filtered("payment_ids")
        out = sum(
            (it._amount() if it._is_outbound() else -it._amount()) for it in moved
        )
        back = sum(-it._charged_fee() for it in moved if it._is_fee_of_the_sale())
        gross, fee = self._exact(sale.gross), None
        if message.fee is not None:
            fee = self._exact(sale.fee)
        return Figures(
            gross=gross,
            fee=fee,
            left=gross - self._exact(out),
            fee_left=None if fee is None else fee - self._exact(back),
        )

    def _is_fee_of_the_sale(self):
        """:return: whether the fee of this message is one of the sale's that moved"""
        given_back = self._charged_fee() < 0
        return given_back if self._is_outbound() else not given_back

    def _pull_figures(self):
        """:return: :class:`~..paypal.readings.Figures` of a reversal"""
        owed = self._receivable(self.payment_ids.move_id)
        return Figures(
            gross=self._exact(self._amount()),
            fee=self._exact(self._charged_fee()),
            left=self._exact(sum(owed.mapped("amount_residual_currency"))),
            fee_left=None,
        )

    def _exact(self, amount):
        return Decimal(str(self.currency_id.round(amount)))
