"""Table 2.1 of the authority's paper: what an Approval has to look like."""

from datetime import date, timedelta

#: Field: type (text, number, money), length, whether it has to be there.
FIELDS = {
    "invoice_id": (str, 50, True),
    "invoice_type": (int, 4, True),
    "vat_number": (int, 9, True),
    "union_vat_number": (int, 9, False),
    "authorized_company": (str, 50, False),
    "user_id": (int, 9, False),
    "user_name": (str, 50, False),
    "invoice_reference_number": (str, 20, True),
    "customer_vat_number": (int, 9, True),
    "customer_name": (str, 25, False),
    "invoice_date": (date, 10, True),
    "invoice_issuance_date": (date, 10, True),
    "branch_id": (str, 7, False),
    "accounting_software_number": (int, 8, True),
    "client_software_key": (str, 50, False),
    "amount_before_discount": (float, 12, True),
    "discount": (float, 12, True),
    "payment_amount": (float, 12, True),
    "vat_amount": (float, 12, True),
    "payment_amount_including_vat": (float, 12, True),
    "invoice_note": (str, 100, False),
    "action": (int, 3, False),
    "items": (list, 0, False),
}
ITEM_FIELDS = {
    "index": (int, 6, True),
    "catalog_id": (str, 13, False),
    "category": (int, 6, False),
    "description": (str, 30, False),
    "measure_unit_description": (str, 20, False),
    "quantity": (float, 12, True),
    "price_per_unit": (float, 12, True),
    "discount": (float, 12, True),
    "total_amount": (float, 12, True),
    "vat_rate": (float, 2, True),
    "vat_amount": (float, 12, True),
}
TYPES = (305, 310, 320, 330, 332)
OLDEST = timedelta(days=14)


def errors_of(request: dict, today: date) -> list[tuple]:
    """Find what is wrong with a request.

    :return: pairs of a code and words; 422 first, for what cannot be read
    """
    unreadable = list(_unreadable(request, FIELDS))
    for item in request.get("items") or []:
        unreadable += _unreadable(item, ITEM_FIELDS)
    if unreadable:
        return [(422, "; ".join(unreadable))]
    return [*_date_errors(request, today), *_sum_errors(request)]


def _unreadable(values, fields):
    yield from (f"{name} is unknown" for name in values if name not in fields)
    for name, (kind, length, needed) in fields.items():
        value = values.get(name)
        if value is None:
            if needed:
                yield f"{name} is missing"
        elif kind is str and not (isinstance(value, str) and len(value) <= length):
            yield f"{name} is no text of {length}"
        elif kind is int and not (type(value) is int and len(str(value)) <= length):
            yield f"{name} is no number of {length} digits"
        elif kind is float and not _is_money(value, length):
            yield f"{name} is no amount"
        elif kind is date and not _is_date(value):
            yield f"{name} is no date"


def _is_money(value, digits):
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return is_number and round(value, 2) == value and abs(value) < 10**digits


def _is_date(value):
    try:
        return bool(date.fromisoformat(value))
    except (TypeError, ValueError):
        return False


def _date_errors(request, today):
    day = date.fromisoformat(request["invoice_date"])
    if day < today - OLDEST:
        yield 434, "invoice_date is older than two weeks"
    if day > today:
        yield 435, "invoice_date is in the future"


def _sum_errors(request):
    if request["invoice_type"] not in TYPES:
        yield 446, "invoice_type gets no number"
    if not _has_check_digit(request["customer_vat_number"]):
        yield 432, "customer_vat_number"
    net, vat = request["payment_amount"], request["vat_amount"]
    gross = request["payment_amount_including_vat"]
    before, discount = request["amount_before_discount"], request["discount"]
    if abs(net + vat - gross) > 0.005 or abs(before - discount - net) > 0.005:
        yield 437, "the amounts do not add up"
    items = request.get("items")
    if items and abs(sum(item["total_amount"] for item in items) - net) > 0.5:
        yield 438, "the lines do not add up"


def _has_check_digit(number):
    digits = [int(digit) for digit in f"{number:09d}"]
    products = [digit * (1 + place % 2) for place, digit in enumerate(digits)]
    return sum(p // 10 + p % 10 for p in products) % 10 == 0
