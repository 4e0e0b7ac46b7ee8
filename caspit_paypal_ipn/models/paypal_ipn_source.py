# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class PaypalIpn(models.Model):
    """Where a message comes from: PayPal sent it, or the merchant's activity file did.

    A message made from a file enters the line at ``verified``. PayPal is not asked,
    since it never sent these bytes; the file is the confirmation. It is the merchant's
    own download from his PayPal account, only a PayPal manager may upload it, and he
    sees each row before he has it made. From there on it takes the very same way as a
    message of PayPal's, past the same gates. Messages of PayPal's go first.
    """

    _inherit = "paypal.ipn"

    source = fields.Selection(
        [("ipn", "PayPal's message"), ("file", "Activity file")],
        required=True,
        readonly=True,
        default="ipn",
        help="Activity file: PayPal sent no message, and the merchant had it made from "
        "the file that he downloaded from his PayPal account.",
    )
    activity_line_id = fields.Many2one(
        "paypal.activity.line",
        "Row of the Activity File",
        readonly=True,
        index="btree_not_null",
    )
    activity_id = fields.Many2one(
        related="activity_line_id.activity_id", string="Activity File"
    )
    activity_row = fields.Integer(
        related="activity_line_id.line", string="Line in the File"
    )
    kind = fields.Selection(
        selection_add=[
            ("transfer", "Bank Transfer"),
            ("conversion", "Currency Conversion"),
            ("fee", "PayPal Fee"),
        ]
    )

    # === THE LINE === #

    def _book(self):
        """Tell the rows of the file what became of their messages."""
        result = super()._book()
        rows = self.activity_line_id
        (rows | rows.pair_id)._compare()
        if rows.activity_id._is_making():
            self.env["paypal.activity"]._wake()
        return result

    # === WHAT IS TOLD === #

    def _may_mail(self):
        """Whether the customer gets a receipt, by the one switch there is for it.

        What is made from a file is mostly history: customers hear of it only when the
        merchant said so on the file.
        """
        return self.source == "ipn" or self.activity_id.send_receipts

    def _is_news(self):
        """Whether the merchant is told of a new order: not what he had made himself."""
        return self.source == "ipn"

    def _note_source(self):
        """Say on the document what it was made from."""
        if self.source == "file" and self.document_id:
            self.document_id._message_log(
                body=self.env._(
                    "Made from PayPal's activity file %(file)s, line %(line)s: the "
                    "merchant downloaded it from the PayPal account.",
                    file=self.activity_id.name or "–",
                    line=self.activity_row or "–",
                )
            )
