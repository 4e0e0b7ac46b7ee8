"""An invented merchant's PayPal account, row by row, with correct balances."""

import random
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from decimal import Decimal

BUYERS = (
    ("Dana Levi", "dana.levi@example.com", "IL", "Haifa"),
    ("Noam Cohen", "noam.cohen@example.com", "IL", "Jerusalem"),
    ("Jörg Müller", "joerg.mueller@example.com", "DE", "Köln"),
    ("Zoë O'Brien", "zoe.obrien@example.com", "IE", "Cork"),
    ('Ann "Nan" Smith', "ann.smith@example.com", "US", "Portland, OR"),
    ("François Leclerc", "francois.leclerc@example.com", "FR", "Besançon"),
)
ITEMS = (
    "Clay workshop",
    'Ring, silver, 7"',
    "Gift card; any amount",
    "Poster\nA2, matt",
)
CURRENCIES = ("ILS", "ILS", "ILS", "USD", "EUR")
MERCHANT = "shop@example.com"
#: Letters and digits as in PayPal's ids, without those that look alike.
_ID_LETTERS = "0123456789ABCDEFGHJKLMNPRSTUVWXY"
_NOTHING = Decimal("0.00")


@dataclass(frozen=True)
class Entry:
    """What PayPal knows of one row; the words are the English ones."""

    moment: datetime
    type: str
    kind: str
    currency: str
    gross: Decimal
    fee: Decimal
    balance: Decimal
    txn_id: str
    reference: str = ""
    status: str = "Completed"
    impact: str = ""
    buyer: tuple[str, str, str, str] = ("", "", "", "")
    item: str = ""
    invoice: str = ""

    @property
    def net(self) -> Decimal:
        return self.gross + self.fee


class Merchant:
    """Sells, refunds, withdraws and has his troubles; the same for the same seed."""

    def __init__(self, seed: int, start: datetime | None = None):
        self._random = random.Random(seed)
        # PayPal writes no fraction of a second.
        self._now = start or datetime(2026, 1, 1, 6, tzinfo=timezone.utc)
        self._balances: Counter[str] = Counter()
        self._sales: list[Entry] = []
        self._acts: dict[Callable[[], Iterator[Entry]], int] = {
            self._sale: 60,
            self._cart: 6,
            self._foreign_sale: 6,
            self._refund: 8,
            self._chargeback: 2,
            self._review: 3,
            self._pending: 2,
            self._withdrawal: 3,
            self._purchase: 3,
            self._correction: 1,
        }

    def entries(self, count: int) -> Iterator[Entry]:
        """So many rows, oldest first."""
        left = count
        while left > 0:
            (act,) = self._random.choices([*self._acts], [*self._acts.values()])
            for entry in act():
                yield entry
                left -= 1
                if not left:
                    return

    # === WHAT HAPPENS === #

    def _sale(self) -> Iterator[Entry]:
        yield self._sell("Express Checkout Payment", self._random.choice(CURRENCIES))

    def _cart(self) -> Iterator[Entry]:
        sale = self._sell("Website Payment", "ILS", item="")
        yield sale
        for item in self._random.sample(ITEMS, 2):
            price = (sale.gross / 2).quantize(_NOTHING)
            yield self._memo("Shopping Cart Item", sale, price, item=item)

    def _foreign_sale(self) -> Iterator[Entry]:
        sale = self._sell("PreApproved Payment Bill User Payment", "USD")
        yield sale
        conversion = ("General Currency Conversion", "conversion")
        yield self._row(*conversion, -sale.net, "USD", reference=sale.txn_id)
        shekels = (sale.net * Decimal("3.61")).quantize(_NOTHING)
        yield self._row(*conversion, shekels, "ILS", reference=sale.txn_id)

    def _refund(self) -> Iterator[Entry]:
        sale = self._take_sale()
        if not sale:
            return
        part = self._random.choice((1, 1, 2))
        amount = -(sale.gross / part).quantize(_NOTHING)
        yield self._row("Payment Refund", "refund", amount, of=sale)

    def _chargeback(self) -> Iterator[Entry]:
        sale = self._take_sale()
        if not sale:
            return
        yield self._row(
            "Hold on Balance for Dispute Investigation", "hold", -sale.gross, of=sale
        )
        yield self._row(
            "Cancellation of Hold for Dispute Resolution",
            "release",
            sale.gross,
            of=sale,
        )
        yield self._row("Chargeback", "reversal", -sale.gross, of=sale)
        fee = -Decimal("65.00")
        yield self._row("Chargeback Fee", "fee", fee, "ILS", reference=sale.txn_id)
        if self._random.random() < 0.4:
            kind = "canceled_reversal"
            yield self._row("Chargeback Reversal", kind, sale.gross, of=sale)

    def _review(self) -> Iterator[Entry]:
        sale = self._sell("Mobile Payment", "ILS")
        yield sale
        yield self._row("Payment Review Hold", "hold", -sale.net, of=sale)
        yield self._row("Payment Review Release", "release", sale.net, of=sale)

    def _pending(self) -> Iterator[Entry]:
        sale = self._sell("Express Checkout Payment", "USD", moves=False)
        yield sale

    def _withdrawal(self) -> Iterator[Entry]:
        for currency, balance in list(self._balances.items()):
            if balance > 500:
                amount = -(balance * Decimal("0.8")).quantize(_NOTHING)
                yield self._row("General Withdrawal", "withdrawal", amount, currency)

    def _purchase(self) -> Iterator[Entry]:
        amount = self._price()
        deposit = ("Bank Deposit to PP Account", "deposit")
        yield self._row(*deposit, amount, "ILS")
        yield self._row(
            "Website Payment",
            "outgoing",
            -amount,
            "ILS",
            buyer=("Hosting Ltd", "hosting@example.com", "", ""),
        )

    def _correction(self) -> Iterator[Entry]:
        amount = self._price() / 10
        yield self._row("General Account Correction", "adjustment", amount, "ILS")

    # === ROWS === #

    def _sell(self, type_, currency, *, moves=True, item=None) -> Entry:
        gross = self._price()
        fee = -(gross * Decimal("0.034") + Decimal("1.20")).quantize(_NOTHING)
        sale = self._row(
            type_,
            "sale",
            gross,
            currency,
            fee=fee,
            moves=moves,
            status="Completed" if moves else "Pending",
            buyer=self._random.choice(BUYERS),
            item=self._random.choice(ITEMS) if item is None else item,
            invoice=f"INV-{self._random.randrange(10**6):06}",
        )
        if moves:
            self._sales = [*self._sales[-200:], sale]
        return sale

    def _take_sale(self) -> Entry | None:
        if not self._sales:
            return None
        return self._sales.pop(self._random.randrange(len(self._sales)))

    def _memo(self, type_: str, sale: Entry, gross: Decimal, *, item: str) -> Entry:
        """An item of a cart: PayPal leaves its impact blank."""
        balance = Decimal(self._balances[sale.currency])
        return Entry(
            moment=sale.moment,
            type=type_,
            kind="memo",
            currency=sale.currency,
            gross=gross,
            fee=_NOTHING,
            balance=balance,
            txn_id=self._id(),
            reference=sale.txn_id,
            item=item,
        )

    def _row(
        self,
        type_: str,
        kind: str,
        gross: Decimal,
        currency: str = "",
        *,
        of: Entry | None = None,
        fee: Decimal = _NOTHING,
        moves: bool = True,
        reference: str = "",
        **rest,
    ) -> Entry:
        currency = currency or of.currency
        self._now += timedelta(seconds=self._random.randrange(0, 1200))
        gross = gross.quantize(_NOTHING)
        if moves:
            self._balances[currency] += gross + fee
        impact = "Memo" if not moves else "Debit" if gross < 0 else "Credit"
        if of:
            rest["buyer"] = of.buyer
        return Entry(
            moment=self._now,
            type=type_,
            kind=kind,
            currency=currency,
            gross=gross,
            fee=fee,
            balance=Decimal(self._balances[currency]).quantize(_NOTHING),
            txn_id=self._id(),
            reference=of.txn_id if of else reference,
            impact=impact,
            **rest,
        )

    def _price(self) -> Decimal:
        cents = int(10 ** self._random.uniform(3, 5.8))
        return Decimal(cents) / 100

    def _id(self) -> str:
        return "".join(self._random.choices(_ID_LETTERS, k=17))
