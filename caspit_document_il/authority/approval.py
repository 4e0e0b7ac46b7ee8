# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The request for a number: table 2.1 of the paper, with the names of version 2."""

from dataclasses import dataclass, field, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

#: Document types that get numbers, as in appendix 1 of the uniform file.
TYPES = (305, 310, 320, 330, 332)
#: Paper 1.0, for software without a registration.
NO_REGISTRATION = "99999999"
REVERSE_CHARGE = 3
CENT = Decimal("0.01")
#: Of a document's number the last letters count.
REFERENCE_LENGTH = 20
GOODS, SERVICE = 1, 2
#: How long the other text fields may be.
LENGTHS = {
    "invoice_id": 50,
    "customer_name": 25,
    "branch_id": 7,
    "client_software_key": 50,
    "invoice_note": 100,
    "authorized_company": 50,
    "user_name": 50,
    "catalog_id": 13,
    "description": 30,
    "measure_unit_description": 20,
}


@dataclass(frozen=True)
class Item:
    """A line. Amounts are shekels, without VAT unless they are VAT."""

    description: str
    quantity: Decimal
    price: Decimal
    total: Decimal
    vat_rate: Decimal
    vat: Decimal
    discount: Decimal = Decimal()
    catalog: str = ""
    unit: str = "יחידה"
    category: int = SERVICE


@dataclass(frozen=True)
class Invoice:
    """A document that a number is asked for. Amounts are shekels, without a sign.

    :ivar str key: our own unique key; the authority answers the same number to it again
    :ivar int type: one of :data:`TYPES`
    :ivar str dealer: who issues it
    :ivar str number: the document's own
    :ivar str customer: the customer's dealer number
    :ivar date day: printed on it
    :ivar date issued: when it was entered, in Israel
    :ivar Decimal net: after discount
    """

    key: str
    type: int
    dealer: str
    number: str
    customer: str
    customer_name: str
    day: date
    issued: date
    net: Decimal
    vat: Decimal
    total: Decimal
    discount: Decimal = Decimal()
    software: str = ""
    software_key: str = ""
    union: str = ""
    branch: str = ""
    note: str = ""
    action: int | None = None
    company: str = ""
    user: str = ""
    user_name: str = ""
    items: list = field(default_factory=list)

    def reversed_charge(self):
        """:return: the same under reverse charge: the customer reports the VAT"""
        items = [
            replace(item, vat_rate=Decimal(), vat=Decimal()) for item in self.items
        ]
        return replace(
            self, action=REVERSE_CHARGE, vat=Decimal(), total=self.net, items=items
        )


def approval(invoice):
    """Write the request.

    :param Invoice invoice: what for
    :return: a dictionary to send as JSON; what is not known is left out
    :raise ValueError: it is of a type that gets no number
    """
    if invoice.type not in TYPES:
        raise ValueError(f"documents of type {invoice.type} get no number")
    request = {
        "invoice_id": invoice.key,
        "invoice_type": invoice.type,
        "vat_number": _number(invoice.dealer),
        "union_vat_number": _number(invoice.union),
        "authorized_company": invoice.company,
        "user_id": _number(invoice.user),
        "user_name": invoice.user_name,
        "invoice_reference_number": invoice.number[-REFERENCE_LENGTH:],
        "customer_vat_number": _number(invoice.customer),
        "customer_name": invoice.customer_name,
        "invoice_date": invoice.day.isoformat(),
        "invoice_issuance_date": invoice.issued.isoformat(),
        "branch_id": invoice.branch,
        "accounting_software_number": _number(invoice.software or NO_REGISTRATION),
        "client_software_key": invoice.software_key,
        "amount_before_discount": _money(invoice.net + invoice.discount),
        "discount": _money(abs(invoice.discount)),
        "payment_amount": _money(invoice.net),
        "vat_amount": _money(invoice.vat),
        "payment_amount_including_vat": _money(invoice.total),
        "invoice_note": invoice.note,
        "action": invoice.action,
        "items": [_item(index, item) for index, item in enumerate(invoice.items, 1)],
    }
    return _cut(request)


def _item(index, item):
    return _cut(
        {
            "index": index,
            "catalog_id": item.catalog,
            "category": item.category,
            "description": " ".join(item.description.split()),
            "measure_unit_description": item.unit,
            "quantity": _money(item.quantity),
            "price_per_unit": _money(item.price),
            "discount": _money(item.discount),
            "total_amount": _money(item.total),
            "vat_rate": _money(item.vat_rate),
            "vat_amount": _money(item.vat),
        }
    )


def _cut(request):
    """:return: the request without what is empty, and no text longer than allowed"""
    kept = {name: value for name, value in request.items() if value not in ("", None)}
    return {
        name: value[: LENGTHS[name]] if name in LENGTHS else value
        for name, value in kept.items()
    }


def _number(digits):
    return int(digits) if digits else None


def _money(amount):
    """:return: an amount as JSON has it, to the agora"""
    return float(Decimal(amount).quantize(CENT, ROUND_HALF_UP))
