# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import base64
import hashlib
import logging
from urllib.parse import urlencode

from psycopg2 import OperationalError

from odoo import api, models
from odoo.addons.caspit_paypal_ipn.models.locking import lock_and_reread
from odoo.exceptions import ConcurrencyError, UserError
from odoo.tools import SQL

from .paypal_activity import MAKE_AT_ONCE
from .source import KIND_FIELD, ActivityFile, read_row

_logger = logging.getLogger(__name__)

MAKE_BATCH = 200
#: Longer texts are cut off, so that no message exceeds the reader's limits; PayPal's
#: own are shorter.
MAX_TEXT = 200
#: The kind of the message that is made of a row.
MESSAGE_KINDS = {
    "sale": "sale",
    "refund": "refund",
    "reversal": "reversal",
    "canceled_reversal": "canceled_reversal",
    "withdrawal": "transfer",
    "deposit": "transfer",
    "conversion": "conversion",
    "fee": "fee",
}
#: And of one that the merchant has chosen an account for.
EXPENSE = "expense"
#: PayPal's own words for what the row is; the others have none in its messages.
STATUSES = {
    "refund": "Refunded",
    "reversal": "Reversed",
    "canceled_reversal": "Canceled_Reversal",
}


class PaypalActivity(models.Model):
    """Messages made of rows, some at a time, the oldest first."""

    _inherit = "paypal.activity"

    @api.model
    def _make_batch(self):
        """Make the messages of some rows that were asked for.

        :return: how many rows were taken; None when others had all of them in hand,
            which does not say that they make them
        """
        asked_for = self.env["paypal.activity.line"].search(
            [("is_to_make", "=", True)], order="moment, line", limit=MAKE_BATCH
        )
        rows = lock_and_reread(asked_for)
        if asked_for and not rows:
            asked_for[0]._wait_until_free()
            return None
        rows = rows.filtered("is_to_make")
        rows._make_or_tell()
        self.env.flush_all()
        self.env.invalidate_all()
        return len(rows)


class PaypalActivityLine(models.Model):
    """A row that PayPal sent no message of becomes a message.

    It is written as PayPal would have sent it, with a field of our own that names the
    file and the line. So these bytes are never PayPal's, and no message that PayPal
    sends can be taken for them, nor they for it. What is booked already, or waits in
    the inbox, is not made again; and should PayPal's own message come later, then the
    unique indexes and ``_without_duplicates`` find the transaction booked.
    """

    _inherit = "paypal.activity.line"

    def action_make(self):
        """Make what is missing, here and now or, of many rows, in the background.

        :return: for many rows, the form of the file, which shows how far it is
        :raise UserError: nothing of these rows can be made, or they cannot be yet
        """
        self.activity_id.check_access("write")
        rows = self.sudo().filtered(lambda row: row.is_makeable and not row.is_to_make)
        return rows._start_making()

    def action_make_anyway(self):
        """Make a transfer that looks like an entry that is there."""
        self.ensure_one()
        self.activity_id.check_access("write")
        rows = self.sudo().filtered("is_doubtful")
        return rows._start_making(doubtful=True)

    def _start_making(self, doubtful=False):
        if not self:
            raise UserError(self.env._("Nothing of this can be made."))
        self.activity_id._check_answered()
        self._choose_only_bank()
        rows = self.filtered(lambda row: not row._lacks_bank())
        if not rows:
            self._refuse_without_bank()
        return rows._begin_making(doubtful)

    def _begin_making(self, doubtful):
        for activity, rows in self.grouped("activity_id").items():
            if not activity.make_left:
                activity.make_count = 0
            activity.make_count += len(rows)
        if len(self) <= MAKE_AT_ONCE:
            self._make(doubtful)
            return None
        self.write({"is_to_make": True, "is_makeable": False})
        self.env["paypal.activity"]._wake()
        return self.activity_id[:1].sudo(False)._get_records_action()

    def _choose_only_bank(self):
        """A company with one bank need not say which it is."""
        for activity in self.activity_id:
            banks = activity._banks()
            if not activity.bank_journal_id and len(banks) == 1:
                activity.bank_journal_id = banks

    def _lacks_bank(self):
        """Whether this is a transfer, and the file names no bank: the rest goes on."""
        is_transfer = self._message_kind() == "transfer"
        return is_transfer and not self.activity_id.bank_journal_id

    def _refuse_without_bank(self):
        """:raise UserError: all of these rows are transfers, and with no bank"""
        raise UserError(
            self.env._(
                "These rows are withdrawals or deposits. Choose the bank journal on "
                "the file first."
            )
        )

    def _wait_until_free(self):
        """Wait for the process that has this row in hand, perhaps to compare it alone.

        When it changed the row, PostgreSQL ends this transaction, as it is then of the
        past; else the next one begins where this one ends.
        """
        self.env.cr.execute(
            SQL(
                "SELECT FROM paypal_activity_line WHERE id = %s FOR NO KEY UPDATE",
                self.id,
            ),
            log_exceptions=False,
        )

    def _make_or_tell(self):
        """Make the messages, of all at once; when that fails, of one by one."""
        try:
            with self.env.cr.savepoint():
                self._make()
        except (OperationalError, ConcurrencyError):
            raise
        except Exception as error:
            if len(self) == 1:
                _logger.warning("PayPal row %s: %s", self.id, type(error).__name__)
                found = self._found("by_hand", "not_made", error=str(error))
                self.write({**found, "is_to_make": False})
                return
            for row in self:
                row._make_or_tell()

    def _make(self, doubtful=False):
        """Make the messages of these rows; what is known meanwhile is left alone.

        :param bool doubtful: also of what looks like an entry that is there
        """
        self._compare()
        rows = self.filtered(
            lambda row: row.is_makeable or (doubtful and row.is_doubtful)
        )
        inbox = self.env["paypal.ipn"].sudo().with_context(tracking_disable=True)
        once = {(row.txn_id, row._txn_side()): row for row in reversed(rows)}
        rows = (
            self.browse()
            .union(*once.values())
            .sorted(lambda row: (row.moment, row.line))
        )
        inbox.create([row._message_values() for row in rows])
        self.is_to_make = False
        (self | self.pair_id)._compare()
        if rows:
            inbox._wake_worker()

    # === THE MESSAGE === #

    def _message_values(self):
        """The ``paypal.ipn`` of this row; the file confirms it already."""
        body = urlencode(self._message_fields()).encode("ascii")
        now, company = self.env.cr.now(), self.activity_id.company_id
        return {
            **self.env["paypal.ipn"]._said(read_row(body), company),
            "body": base64.b64encode(body),
            "body_hash": hashlib.sha256(body).hexdigest(),
            "received_at": now,
            "next_try": now,
            "state": "verified",
            "attempts": 0,
            "source": ActivityFile.code,
            "activity_line_id": self.id,
        }

    def _message_fields(self):
        """The row in the words of PayPal's messages; amounts in their signs.

        Of a conversion ``mc_gross`` is what went out, as if it had come in and been
        settled in the other currency: then it is booked as PayPal's own are.
        """
        company, details = self.activity_id.company_id, self.details or {}
        address = details.get("address") or {}
        first, _blank, last = (self.name or "").partition(" ")
        fields = {
            "charset": "UTF-8",
            "caspit_activity_row": f"{self.activity_id.id}:{self.line}",
            "caspit_activity_try": self.undo_count and str(self.undo_count),
            KIND_FIELD: self._message_kind(),
            "txn_id": self.txn_id,
            "payment_status": STATUSES.get(self.kind, "Completed"),
            "mc_gross": self._amount_text(self.gross),
            "mc_fee": self.fee and self._amount_text(-self.fee),
            "mc_currency": self.currency_code,
            "payment_date": self.moment.strftime("%Y-%m-%dT%H:%M:%SZ"),
            "parent_txn_id": self._parent_txn_id(),
            "receiver_id": company.paypal_merchant_id,
            "receiver_email": (company._paypal_emails() or [""])[0],
            "test_ipn": self.activity_id.is_sandbox and "1",
            "invoice": self.invoice,
            "custom": details.get("custom"),
        }
        kind = self._message_kind()
        if kind in ("sale", *STATUSES):
            fields |= {
                "payer_email": self.email,
                "first_name": first,
                "last_name": last,
                "item_name": self.item,
                "item_number": details.get("item_id"),
                "quantity": details.get("quantity"),
                "memo": details.get("note"),
                "address_street": "\n".join(
                    filter(None, [address.get("street"), address.get("street2")])
                ),
                "address_city": address.get("city"),
                "address_state": address.get("state"),
                "address_zip": address.get("zip"),
                "residence_country": details.get("country"),
            }
        if kind == "sale":
            fields["txn_type"] = "web_accept"
        if self.kind == "conversion":
            fields |= {
                "mc_gross": self._amount_text(-self.net),
                "mc_fee": "",
                "settle_amount": self.pair_id._amount_text(self.pair_id.net),
                "settle_currency": self.pair_id.currency_code,
            }
        return {name: text[:MAX_TEXT] for name, text in fields.items() if text}

    def _message_kind(self):
        """The kind of the message; what has an account chosen is entered on it."""
        if self.account_id:
            return EXPENSE
        return MESSAGE_KINDS.get(self.kind, "sale")

    def _amount_text(self, amount):
        return f"{amount:.{self.currency_id.decimal_places}f}"

    def _parent_txn_id(self):
        """The payment that the row belongs to, as far as it can be in the books.

        A conversion may name its other side, or what the merchant bought with it:
        there is nothing then to wait for.
        """
        if self.kind != "conversion" or not self.reference_txn_id:
            return self.reference_txn_id
        parents = self.search(
            [
                ("activity_id", "=", self.activity_id.id),
                ("txn_id", "=", self.reference_txn_id),
                ("line", "!=", 0),
            ]
        )
        booked = {*MESSAGE_KINDS.values()} - {"conversion", "fee"}
        kinds = {
            parent._message_kind()
            for parent in parents
            if parent.moves_balance and parent.kind in MESSAGE_KINDS
        }
        if parents and not kinds & booked:
            return ""
        return self.reference_txn_id
