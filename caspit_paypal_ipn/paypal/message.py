# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""One IPN message, read from its bytes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple

from . import const, form
from .form import MalformedMessage
from .lines import Line, read_lines, read_subject
from .people import Buyer, Receiver, read_buyer, read_payer_account, read_receiver
from .reader import FieldReader


class Addressed(NamedTuple):
    """Whom a message is for, and who bought what, as far as it can be told.

    The attributes are those of :class:`Message`.
    """

    receiver: Receiver
    payer_account: Receiver
    is_sandbox: bool
    buyer: Buyer
    subject: str
    invoice: str


@dataclass(frozen=True, repr=False, eq=False)
class Message:
    """A message as PayPal meant it. Texts are trimmed, '' for what is missing.

    :ivar body: the bytes it was read from
    :ivar charset: the charset they are written in, in lower case
    :ivar warnings: what was doubtful, in English sentences without any value
    :ivar fields: every field by name, in the order sent, read-only
    :ivar kind: what it means for the books, one of ``const.KIND_*``. Whether the payer
        is the merchant himself is not looked at: see :attr:`payer_account`
    :ivar currency: of gross, fee and lines; ISO 4217, in capitals
    :ivar gross: what the buyer paid (``mc_gross``), with the sign PayPal gave it
    :ivar fee: PayPal's fee (``mc_fee``, else ``payment_fee``); None while pending
    :ivar settle_amount: what arrived after conversion, in ``settle_currency``
    :ivar exchange_rate: ``settle_amount = (gross - fee) * exchange_rate``
    :ivar payment_date: the moment of the payment, in UTC
    :ivar is_sandbox: the message calls itself a test. Anybody can: never let it choose
        whom to ask
    :ivar subscription_id: the subscription or the recurring profile
    :ivar order: what this is a payment of: the shop's number, else PayPal's order
    :ivar subject: what was bought, in one line
    :ivar receiver: whose account the message names as paid
    :ivar payer_account: who paid, as an account; the merchant's own where no receiver
        is named
    :ivar lines: what was bought; their totals sum up to gross
    """

    body: bytes
    charset: str
    warnings: tuple[str, ...]
    fields: Mapping[str, str]
    kind: str
    txn_id: str
    parent_txn_id: str
    txn_type: str
    payment_status: str
    pending_reason: str
    reason_code: str
    case_id: str
    case_type: str
    invoice: str
    custom: str
    memo: str
    currency: str
    gross: Decimal | None
    fee: Decimal | None
    settle_amount: Decimal | None
    settle_currency: str
    exchange_rate: Decimal | None
    payment_date: datetime | None
    is_sandbox: bool
    subscription_id: str
    order: str
    subject: str
    buyer: Buyer
    receiver: Receiver
    payer_account: Receiver
    lines: tuple[Line, ...]

    @classmethod
    def parse(cls, body: bytes) -> "Message":
        """Read a message.

        :param body: the request's body as it came
        :raise MalformedMessage: it cannot be a message: too large, without any field,
            or with an amount or a currency that is none
        """
        form.check_limits(body)
        decoded = form.decode(body)
        if not decoded.fields:
            raise MalformedMessage("no field at all")
        reader = FieldReader(decoded.fields)
        gross = reader.money("mc_gross")
        kind = classify(reader, gross)
        texts = {name: reader.text(name) for name in _PLAIN_TEXTS}
        dates = ("payment_date", "payment_request_date")
        if _tells_initial_payment(reader):
            dates = ("time_created",)
            gross = gross or reader.money("initial_payment_amount")
            texts["txn_id"] = reader.text("txn_id", "initial_payment_txn_id")
            texts["payment_status"] = reader.text(
                "payment_status", "initial_payment_status"
            )
        values = {
            "kind": kind,
            "gross": gross,
            "fee": _read_fee(reader),
            "settle_amount": reader.money("settle_amount"),
            "settle_currency": reader.currency("settle_currency"),
            "exchange_rate": reader.rate("exchange_rate"),
            "currency": reader.currency("mc_currency", "currency_code"),
            "payment_date": reader.date(*dates),
            "is_sandbox": reader.text("test_ipn") == "1",
            "subscription_id": reader.text("subscr_id", "recurring_payment_id"),
            "order": reader.text("invoice", "auth_id", "parent_txn_id"),
            "subject": read_subject(reader),
            "buyer": read_buyer(reader),
            "receiver": read_receiver(reader),
            "payer_account": read_payer_account(reader),
            "lines": read_lines(reader, kind, gross),
        }
        return cls(
            body=body,
            charset=decoded.charset,
            fields=decoded.fields,
            warnings=(*decoded.warnings, *reader.warnings),
            **texts,
            **values,
        )

    @staticmethod
    def decode(body: bytes) -> Mapping[str, str]:
        """The fields alone, to show them: also of what :meth:`parse` refuses.

        :return: values by name, in the order sent, read-only
        """
        return form.decode(body).fields

    @staticmethod
    def addressed(body: bytes) -> "Addressed":
        """Whose a body is, also of what :meth:`parse` refuses."""
        reader = FieldReader(form.decode(body).fields)
        return Addressed(
            read_receiver(reader),
            read_payer_account(reader),
            reader.text("test_ipn") == "1",
            read_buyer(reader),
            read_subject(reader),
            reader.text("invoice"),
        )

    def __repr__(self) -> str:
        return f"<Message {self.kind} {self.txn_id!r} {self.payment_status!r}>"


#: Attributes that are a field of the same name, trimmed.
_PLAIN_TEXTS = (
    "txn_id",
    "parent_txn_id",
    "txn_type",
    "payment_status",
    "pending_reason",
    "reason_code",
    "case_id",
    "case_type",
    "invoice",
    "custom",
    "memo",
)


def _tells_initial_payment(reader: FieldReader) -> bool:
    """Whether a sign-up tells the first payment, under names of its own."""
    return reader.text("txn_type").lower() == const.TYPE_PROFILE_CREATED and bool(
        reader.text("initial_payment_txn_id")
    )


def _read_fee(reader: FieldReader) -> Decimal | None:
    """PayPal's fee: ``mc_fee``, or the older ``payment_fee``, which is in dollars."""
    fee = reader.money("mc_fee")
    if fee is None and reader.currency("mc_currency", "currency_code") == "USD":
        fee = reader.money("payment_fee")
    return fee


def classify(reader: FieldReader, gross: Decimal | None) -> str:
    """Find the first row of :data:`.const.CLASSIFICATION` that fits.

    :param gross: ``mc_gross``
    :return: one of ``const.KIND_*``
    """
    txn_type = reader.text("txn_type").lower()
    status = reader.text("payment_status").lower()
    marks = _marks(reader, gross)
    for row in const.CLASSIFICATION:
        if (
            (row.txn_types is None or txn_type in row.txn_types)
            and (row.statuses is None or status in row.statuses)
            and (row.mark is None or row.mark in marks)
        ):
            return row.kind
    return const.KIND_UNKNOWN


def _marks(reader: FieldReader, gross: Decimal | None) -> set[str]:
    refunded = reader.text("reason_code").lower() == const.REASON_REFUND
    held = {
        const.MARK_ADAPTIVE: reader.text("transaction_type").lower()
        in const.ADAPTIVE_TYPES,
        const.MARK_CASE: bool(reader.text("case_type")),
        const.MARK_INITIAL_PAYMENT: bool(reader.text("initial_payment_txn_id")),
        const.MARK_MONEY_IN: gross is not None and gross > 0 and not refunded,
    }
    return {mark for mark, holds in held.items() if holds}
