"""A table in an unknown language, and which of its columns is taken for what."""

from reader.shape import guess

FIELDS = (
    *("date", "time", "zone", "name", "type", "status", "currency"),
    *("gross", "fee", "net", "email", "to_email", "txn_id", "reference_txn_id"),
    "balance",
)


def table(count=10, **changed):
    """A header and rows, all sales; ``changed`` is what a column has instead.

    A value is for all rows or a list; None leaves the column out.
    """
    columns = {
        "date": [f"{n + 1}/02/2026" for n in range(count)],
        "time": "10:00:07",
        "zone": "CET",
        "name": "Dana",
        "type": "Жзж",
        "status": "Ѣѣѣ",
        "currency": "EUR",
        "gross": [f"{n + 10}.00" for n in range(count)],
        "fee": "-1.00",
        "net": [f"{n + 9}.00" for n in range(count)],
        "email": "dana@example.com",
        "to_email": "shop@example.com",
        "txn_id": [f"1AB2345{n:010}" for n in range(count)],
        "reference_txn_id": ["", "1AB23450000000000", *[""] * (count - 2)],
        "balance": [f"{n * (n + 19) // 2 + 9}.00" for n in range(count)],
    } | changed
    columns = {field: each for field, each in columns.items() if each is not None}
    lists = [[x] * count if isinstance(x, str) else x for x in columns.values()]
    names = [f"Ж{chr(0x10D0 + n)}" for n in range(len(columns))]
    return [names, *map(list, zip(*lists, strict=True))]


def found(**changed):
    """:return: field → name of the column that is taken for it"""
    names = list({**dict.fromkeys(FIELDS), **changed})
    names = [name for name in names if changed.get(name, "") is not None]
    guessed = guess(table(**changed))
    if guessed is None:
        return None
    number, fields = guessed
    assert number == 0
    return {field: names[place] for field, place in fields.items()}
