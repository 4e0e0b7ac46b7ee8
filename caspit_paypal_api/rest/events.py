# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A webhook's event in the words of PayPal's IPN, so that both are booked as one.

What an event is about has the same id as the IPN of it: a capture's ``resource.id`` is
``txn_id``. What an event has no word for (who bought, and what) is not invented here.
https://developer.paypal.com/api/rest/webhooks/event-names/, last checked 2026-11-27.
"""

import json
from collections.abc import Callable
from decimal import Decimal
from typing import Any, NamedTuple

from . import const, values
from .event_parts import amounts_of, moment_of, old_money, parent_of, receiver_of


class NotAnEvent(ValueError):
    """The bytes are no event of PayPal's."""


class Event(NamedTuple):
    """An event. Texts are trimmed, '' for what is missing.

    :ivar event_id: of the event; it stays the same when it is sent again
    :ivar resource: what it is about, as PayPal has it
    """

    event_id: str
    event_type: str
    created: str
    resource: dict[str, Any]

    @property
    def is_dispute(self) -> bool:
        """Whether its resource is a dispute in full."""
        return self.event_type.startswith("CUSTOMER.DISPUTE.")

    @property
    def order_id(self) -> str:
        """The order that a capture belongs to, or ''."""
        if self.event_type != "PAYMENT.CAPTURE.COMPLETED":
            return ""
        related = values.part(self.resource, "supplementary_data", "related_ids")
        return values.text(related, "order_id")


def read_event(body: bytes) -> Event:
    """Read an event.

    :raise NotAnEvent: the bytes are none
    """
    if len(body) > const.MAX_EVENT_BYTES:
        raise NotAnEvent("it is too long")
    try:
        found = json.loads(body, parse_float=Decimal, parse_constant=_no_number)
    except (ValueError, RecursionError):
        raise NotAnEvent("it is no JSON") from None
    event_type = values.text(found, "event_type").upper()
    resource = values.part(found, "resource")
    if not event_type or not isinstance(resource, dict):
        raise NotAnEvent("it is no event")
    return Event(
        values.text(found, "id"),
        event_type,
        values.text(found, "create_time"),
        resource,
    )


def words_of(event: Event) -> dict[str, str]:
    """What an event says, as the fields of an IPN message.

    :return: texts by field; what the event does not say is left out
    """
    rule = _RULES.get(event.event_type, _Rule(_other))
    said = {
        "charset": "UTF-8",
        "payment_date": moment_of(event.resource, event.created),
        **receiver_of(event.resource),
        **rule.read(event, rule),
    }
    return {name: text for name, text in said.items() if text}


# === HOW EACH EVENT IS READ === #


class _Rule(NamedTuple):
    """:ivar read: makes fields of an event and its rule
    :ivar status: ``payment_status``
    :ivar txn_type: where IPN has one for the event
    """

    read: Callable[[Event, "_Rule"], dict[str, str]]
    status: str = ""
    txn_type: str = ""


def _capture(event: Event, rule: _Rule) -> dict[str, str]:
    """A payment of the Orders API: ``payments v2``."""
    resource = event.resource
    told = values.part(resource, "seller_receivable_breakdown")
    amount = values.money(values.part(resource, "amount"))
    fee = values.money(values.part(told, "paypal_fee"))
    received = values.money(values.part(told, "receivable_amount"))
    rate = values.text(values.part(told, "exchange_rate"), "value")
    reason = values.text(values.part(resource, "status_details"), "reason")
    said = {
        "txn_type": "express_checkout",
        "payment_status": _capture_status(resource, rule),
        "pending_reason": reason.lower() if rule.status == "Pending" else "",
        "invoice": values.text(resource, "invoice_id"),
        "custom": values.text(resource, "custom_id"),
        **amounts_of(resource, amount, fee),
    }
    if amount and received and rate and received.currency != amount.currency:
        said |= {
            "settle_amount": str(received.value),
            "settle_currency": received.currency,
            "exchange_rate": rate,
        }
    return said


def _capture_status(resource: dict, rule: _Rule) -> str:
    """The event's word; a capture that says of itself that it waits is no money yet."""
    own = values.text(resource, "status").upper()
    if rule.status == "Completed" and own in ("PENDING", "DECLINED", "FAILED"):
        return {"PENDING": "Pending", "DECLINED": "Denied"}.get(own, "Failed")
    return rule.status


def _sale(event: Event, rule: _Rule) -> dict[str, str]:
    """A payment of the older API, also each one of a subscription: ``payments v1``."""
    resource = event.resource
    agreement = values.text(resource, "billing_agreement_id")
    return {
        "txn_type": "recurring_payment" if agreement else "express_checkout",
        "recurring_payment_id": agreement,
        "payment_status": rule.status,
        "pending_reason": values.text(resource, "reason_code").lower(),
        "invoice": values.text(resource, "invoice_number"),
        "custom": values.text(resource, "custom"),
        **amounts_of(
            resource,
            old_money(values.part(resource, "amount"), "total"),
            old_money(values.part(resource, "transaction_fee"), "value"),
        ),
    }


def _back(event: Event, rule: _Rule) -> dict[str, str]:
    """Money that went back; of both APIs. Its amounts are negative, as IPN's are."""
    resource = event.resource
    told = values.part(resource, "seller_payable_breakdown")
    amount = (
        values.money(values.part(told, "gross_amount"))
        or values.money(values.part(resource, "amount"))
        or old_money(values.part(resource, "amount"), "total")
    )
    fee = values.money(values.part(told, "paypal_fee")) or old_money(
        values.part(resource, "refund_from_transaction_fee"), "value"
    )
    minus = amount and values.Money(-abs(amount.value), amount.currency)
    given = fee and values.Money(-abs(fee.value), fee.currency)
    return {
        "payment_status": rule.status,
        "reason_code": "refund" if rule.status == "Refunded" else "other",
        "parent_txn_id": values.text(resource, "sale_id") or parent_of(resource),
        "invoice": values.text(resource, "invoice_id", "invoice_number"),
        "custom": values.text(resource, "custom_id", "custom"),
        **amounts_of(resource, minus or None, given or None),
    }


def _subscription(event: Event, rule: _Rule) -> dict[str, str]:
    """What happens to a profile moves no money."""
    subscriber = values.part(event.resource, "subscriber")
    name = values.part(subscriber, "name")
    return {
        "txn_type": rule.txn_type,
        "recurring_payment_id": values.text(event.resource, "id"),
        "payer_id": values.text(subscriber, "payer_id"),
        "payer_email": values.text(subscriber, "email_address"),
        "first_name": values.text(name, "given_name"),
        "last_name": values.text(name, "surname"),
    }


def _dispute(event: Event, rule: _Rule) -> dict[str, str]:
    """A case. A new one is IPN's ``new_case``; what moves money comes by itself."""
    resource = event.resource
    disputed = values.items(values.part(resource, "disputed_transactions"))
    first = disputed[0] if disputed else {}
    stage = values.text(resource, "dispute_life_cycle_stage")
    said = {
        "case_id": values.text(resource, "dispute_id"),
        "case_type": "chargeback" if stage == "CHARGEBACK" else "complaint",
        "reason_code": values.text(resource, "reason").lower(),
        "txn_id": values.text(first, "seller_transaction_id"),
        **receiver_of({"payee": values.part(first, "seller")}),
    }
    if rule.txn_type:
        return {**said, "txn_type": rule.txn_type}
    outcome = values.text(values.part(resource, "dispute_outcome"), "outcome_code")
    said["reason_code"] = outcome.lower() or said["reason_code"]
    return {**said, **_nothing(event)}


def _nothing(event: Event) -> dict[str, str]:
    return {
        "txn_type": event.event_type[:127],
        const.EVENT_KIND_FIELD: const.EVENT_NO_MONEY,
    }


def _other(event: Event, _rule: _Rule) -> dict[str, str]:
    """What no rule knows is shown to a person, unless it moves nothing for sure."""
    if event.event_type.startswith(_WITHOUT_MONEY):
        return _nothing(event)
    return {
        "txn_type": event.event_type[:127],
        "txn_id": values.text(event.resource, "id")[:40],
    }


def _no_number(_text):
    raise ValueError


#: Nothing of these moves money: what does so tells it in an event of its own.
_WITHOUT_MONEY = (
    "BILLING.",
    "CATALOG.",
    "CHECKOUT.",
    "INVOICING.",
    "MERCHANT.",
    "PAYMENT.AUTHORIZATION.",
    "PAYMENT.ORDER.",
    "PAYMENT-NETWORKS.",
    "VAULT.",
)

_RULES = {
    "PAYMENT.CAPTURE.COMPLETED": _Rule(_capture, "Completed"),
    "PAYMENT.CAPTURE.PENDING": _Rule(_capture, "Pending"),
    "PAYMENT.CAPTURE.DENIED": _Rule(_capture, "Denied"),
    "PAYMENT.CAPTURE.DECLINED": _Rule(_capture, "Denied"),
    "PAYMENT.CAPTURE.REFUNDED": _Rule(_back, "Refunded"),
    "PAYMENT.CAPTURE.REVERSED": _Rule(_back, "Reversed"),
    "PAYMENT.SALE.COMPLETED": _Rule(_sale, "Completed"),
    "PAYMENT.SALE.PENDING": _Rule(_sale, "Pending"),
    "PAYMENT.SALE.DENIED": _Rule(_sale, "Denied"),
    "PAYMENT.SALE.REFUNDED": _Rule(_back, "Refunded"),
    "PAYMENT.SALE.REVERSED": _Rule(_back, "Reversed"),
    "CUSTOMER.DISPUTE.CREATED": _Rule(_dispute, txn_type="new_case"),
    "CUSTOMER.DISPUTE.UPDATED": _Rule(_dispute),
    "CUSTOMER.DISPUTE.RESOLVED": _Rule(_dispute),
    **{
        f"BILLING.SUBSCRIPTION.{name}": _Rule(_subscription, txn_type=txn_type)
        for name, txn_type in (
            ("CREATED", "recurring_payment_profile_created"),
            ("ACTIVATED", "recurring_payment_profile_modify"),
            ("RE-ACTIVATED", "recurring_payment_profile_modify"),
            ("UPDATED", "recurring_payment_profile_modify"),
            ("CANCELLED", "recurring_payment_profile_cancel"),
            ("SUSPENDED", "recurring_payment_suspended"),
            ("EXPIRED", "recurring_payment_expired"),
            ("PAYMENT.FAILED", "recurring_payment_failed"),
        )
    },
}
