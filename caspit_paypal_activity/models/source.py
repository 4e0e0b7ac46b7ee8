# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from dataclasses import replace

from odoo import api, fields, models
from odoo.addons.caspit_paypal_ipn.models import kinds
from odoo.addons.caspit_paypal_ipn.models.sources import Source
from odoo.addons.caspit_paypal_ipn.paypal import Message, const

#: What only PayPal's list tells of; each moves the merchant's own money.
KINDS = (
    kinds.Kind("transfer", "Bank Transfer", "_book_transfer", kinds.BY_SIGN),
    kinds.Kind("conversion", "Currency Conversion", "_book_conversion"),
    kinds.Kind("fee", "PayPal Fee", "_book_fee"),
    kinds.Kind("expense", "Entered From the List", "_book_expense", kinds.BY_SIGN),
)
#: The field of a message made of a row that says what kind of row it was.
KIND_FIELD = "caspit_activity_kind"


class ActivityFile(Source):
    """The merchant's own download, which only a PayPal manager may upload.

    What is made from a file is mostly history: customers hear of it only when the
    merchant said so on the file, and he himself had it made.
    """

    code = "file"
    label = "Activity file"
    rank = 10

    def message_of(self, ipn):
        return read_row(ipn._body_bytes())

    def mails_customer(self, ipn):
        return ipn.activity_file_id.send_receipts

    def mails_merchant(self, ipn):
        return False

    def remark(self, ipn):
        return ipn.env._(
            "Made from PayPal's activity file %(file)s, line %(line)s: the "
            "merchant downloaded it from the PayPal account.",
            file=ipn.activity_file_id.name or "–",
            line=ipn.activity_row or "–",
        )


def read_row(body):
    """Read a message that was made of a row: the row's kind is its own.

    :param bytes body: as :meth:`PaypalActivityLine._message_values` writes it
    :rtype: odoo.addons.caspit_paypal_ipn.paypal.Message
    """
    message = Message.parse(body)
    return replace(message, kind=message.fields.get(KIND_FIELD, const.KIND_UNKNOWN))


def _become_unknown(ipns):
    """What it booked stays, when this add-on goes."""
    ipns.kind = const.KIND_UNKNOWN


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
        selection_add=[(ActivityFile.code, ActivityFile.label)],
        ondelete={ActivityFile.code: "set default"},
    )
    activity_line_id = fields.Many2one(
        "paypal.activity.line",
        "Row of the Activity File",
        readonly=True,
        index="btree_not_null",
    )
    activity_file_id = fields.Many2one(
        related="activity_line_id.activity_id", string="Activity File"
    )
    activity_row = fields.Integer(
        related="activity_line_id.line", string="Line in the File"
    )
    kind = fields.Selection(
        selection_add=[(kind.code, kind.label) for kind in KINDS],
        ondelete={kind.code: _become_unknown for kind in KINDS},
    )

    # === THE TABLES === #

    @api.model
    def _kinds(self):
        return super()._kinds() | {kind.code: kind for kind in KINDS}

    @api.model
    def _sources(self):
        return super()._sources() | {ActivityFile.code: ActivityFile()}

    # === THE LINE === #

    def _sale_journal(self):
        """What is made from a file is numbered apart, where the merchant wants that."""
        return self._history_journal() or super()._sale_journal()

    def _is_dated_by_issue(self):
        """History has the days of its payments."""
        return not self._history_journal() and super()._is_dated_by_issue()

    def _history_journal(self):
        """:return: the journal of its own that this message's document gets, or none"""
        history = self.company_id.paypal_history_journal_id
        return history if self[:1].source == ActivityFile.code else history.browse()

    def _booked_fee(self):
        """What the books have of PayPal's fee for this payment.

        An extension point: a module that corrects fees adds what it booked.
        """
        return self._charged_fee()

    def _book(self):
        """Tell the rows of the file what became of their messages."""
        result = super()._book()
        rows = self.activity_line_id
        (rows | rows.pair_id)._compare()
        if rows.activity_id._is_making():
            self.env["paypal.activity"]._wake()
        return result
