"""The messages of a torture run, each with what it has to become.

That is reckoned here in plain decimals: nothing of it is read from the add-on.
"""

import random
from collections import Counter
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from urllib.parse import urlencode

from tools.trials.shop import Shop

RATES = {"ILS": Decimal("1"), "USD": Decimal("3.6"), "EUR": Decimal("4.0")}
SHOP = Shop(
    merchant_id="CASPITTORTURE",
    merchant_email="shop@example.com",
    sandbox=False,
    currencies={code: str(rate) for code, rate in RATES.items() if code != "ILS"},
)
CENT = Decimal("0.01")
FORM = "application/x-www-form-urlencoded"
NAMES = (
    ("Noa", "Peretzky", "IL", "windows-1252"),
    ("רות", "שקדיאל", "IL", "windows-1255"),
    ("דוד", "אלמוג", "IL", "UTF-8"),
    ("Zoë", "Müller", "DE", "windows-1252"),
    ("Ann", "Baker", "US", "UTF-8"),
    ("{{ 7*7 }}", "%(name)s", "FR", "UTF-8"),
)
LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ0123456789"


@dataclass(frozen=True)
class Made:
    """What one message has to have made, or one of its twins.

    :ivar documents: pairs of type and total, as ``(("out_invoice", "118.00 ILS"),)``
    :ivar payments: as ``("inbound 118.00 ILS",)``
    :ivar fees: as ``("4.20 ILS",)``; negative for what PayPal gave back
    :ivar receipts: mails about a document
    :ivar notices: mails about the message itself
    """

    documents: tuple = ()
    payments: tuple = ()
    fees: tuple = ()
    receipts: int = 0
    notices: int = 0


@dataclass(frozen=True)
class Planned:
    """One message, or several that report the same transaction in different bytes.

    :ivar kind: for the figures
    :ivar bodies: what is sent
    :ivar states: how they have to end, sorted, as ``("done", "ignored duplicate")``;
        empty: nothing of them is kept
    :ivar forged: whether PayPal denies having sent it
    :ivar asked: whether PayPal may be asked about it at all
    :ivar content_type: of the request
    :ivar moved: what it adds to the PayPal account, by currency
    :ivar worth: the same in the company's currency
    """

    kind: str
    bodies: tuple
    states: tuple
    made: Made = field(default=Made())
    forged: bool = False
    asked: bool = True
    content_type: str = FORM
    moved: Counter = field(default_factory=Counter)
    worth: Decimal = Decimal(0)
    payer: str = ""


def in_company_currency(amount, currency):
    """An amount in the company's currency, rounded as a bank does."""
    return (amount * RATES[currency]).quantize(CENT, ROUND_HALF_UP)


class Maker:
    """Makes up fields and amounts, and says what follows from them.

    :param int seed: what everything follows from
    """

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.sales = []  # pairs of fields and what is left to refund
        self.buyers = [self._buyer(number) for number in range(24)]

    # === PARTS === #

    def _buyer(self, number):
        first, last, country, charset = NAMES[number % len(NAMES)]
        return {
            "first_name": first,
            "last_name": f"{last} {number}",
            "payer_email": f"buyer{number}@example.com",
            "payer_id": f"TORTUREBUYER{number:02}",
            "address_street": f"{number} Pomegranate Lane",
            "address_city": "Haifa",
            "address_country_code": country,
            "residence_country": country,
            "charset": charset,
        }

    def _id(self):
        return "".join(self.random.choices(LETTERS, k=17))

    def _amounts(self):
        currency = self.random.choices(list(RATES), [4, 2, 2])[0]
        gross = Decimal(self.random.randint(500, 90_000)).scaleb(-2)
        fee = (gross * Decimal("0.034") + Decimal("0.30")).quantize(CENT)
        return gross, fee, currency

    def _fields(self, **fields):
        return {
            "business": SHOP.merchant_email,
            "receiver_email": SHOP.merchant_email,
            "receiver_id": SHOP.merchant_id,
            "payer_status": "verified",
            "notify_version": "3.9",
            "txn_type": "web_accept",
            "payment_status": "Completed",
            "payment_date": "03:15:21 Nov 23, 2026 PST",
            "txn_id": self._id(),
            **fields,
        }

    def _new_sale(self, **fields):
        gross, fee, currency = self._amounts()
        buyer = self.random.choice(self.buyers)
        amounts = {"mc_gross": gross, "mc_fee": fee, "mc_currency": currency}
        items = {"item_name": "Übung", "quantity": self.random.choice("1123")}
        return self._fields(**buyer, **amounts, **items) | fields

    def _follow_up(self, sale, status, gross, fee, **fields):
        buyer = {name: sale[name] for name in self.buyers[0]}
        amounts = {"mc_gross": gross, "mc_fee": fee}
        amounts["mc_currency"] = sale["mc_currency"]
        fields |= {"parent_txn_id": sale["txn_id"], "payment_status": status}
        return self._fields(**buyer, **amounts, **fields) | {"txn_type": ""}

    def _sold(self, kind, fields, receipts=1):
        gross, fee, currency = (
            fields[x] for x in ("mc_gross", "mc_fee", "mc_currency")
        )
        return Planned(
            kind,
            (body_of(fields),),
            ("done",),
            Made(
                documents=(("out_invoice", f"{gross} {currency}"),),
                payments=(f"inbound {gross} {currency}",),
                fees=(f"{fee} {currency}",),
                receipts=receipts,
                notices=1,
            ),
            moved=Counter({currency: gross - fee}),
            worth=_net_worth(gross, fee, currency),
            payer=fields["payer_id"],
        )

    def _went_out(self, kind, fields, document=None, notices=0):
        gross, fee, currency = (
            fields[x] for x in ("mc_gross", "mc_fee", "mc_currency")
        )
        documents = ((document, f"{-gross} {currency}"),) if document else ()
        return Planned(
            kind,
            (body_of(fields),),
            ("done",),
            Made(
                documents=documents,
                payments=(f"outbound {-gross} {currency}",),
                fees=(f"{fee} {currency}",),
                receipts=len(documents),
                notices=notices,
            ),
            moved=Counter({currency: gross - fee}),
            worth=_net_worth(gross, fee, currency),
        )

    @staticmethod
    def _refused(kind, body, reason):
        return Planned(kind, (body,), (f"refused {reason}",), asked=False)


def body_of(fields):
    """Encode a message as PayPal does, in the charset that it names."""
    texts = {name: str(value) for name, value in fields.items() if value != ""}
    texts.setdefault("charset", "UTF-8")
    encoding = texts["charset"]
    return urlencode(texts, encoding=encoding, errors="replace").encode("ascii")


def _net_worth(gross, fee, currency):
    return in_company_currency(gross, currency) - in_company_currency(fee, currency)
