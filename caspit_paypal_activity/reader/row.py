# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""One row of the account's activity, wherever PayPal told of it."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from . import const


@dataclass(frozen=True, slots=True)
class ActivityRow:
    """One row of the account's activity. Text that PayPal has not given is ''.

    :ivar line: its first line in the file, counted from 1
    :ivar moment: in UTC; None when the file's date or zone is unreadable
    :ivar type: as PayPal wrote it, in the file's language; so is ``status``
    :ivar is_completed: the payment was made: neither pending, denied nor a memo
    :ivar kind: see :mod:`.const`. A refund or reversal is the merchant's to
        give when money goes out; a refund that comes in is of his own purchase, and
        'outgoing' like the purchase itself
    :ivar currency: ISO code in capitals
    :ivar gross: signed as PayPal signs it, negative when money goes out; so are
        ``net``, and ``fee``, negative for a sale
    :ivar balance: of this currency after the row; None when the file does not say
    :ivar reference_txn_id: the transaction that the row is about
    :ivar country: two letters
    :ivar address: street, street2, city, state, zip, country, those not blank
    :ivar balance_impact: 'credit', 'debit', 'memo', or '' when the file does not say
    :ivar may_be_private: income of a type that friends and relatives use too, and that
        PayPal took no fee of
    :ivar sequence: greater for what is later, among rows of one currency and second
    :ivar problem: '', or the first of 'columns' (the row has other columns than the
        header), 'amount' (or no currency for it), 'date', 'zone'; an unreadable amount
        is 0
    :ivar moves_balance: the row is part of the running balance: a hold is pending for
        as long as it holds, and moves it all the same. PayPal's balance says it; where
        nobody has looked at that, the impact does, or the status and the kind
    """

    line: int
    moment: datetime | None
    name: str
    email: str
    to_email: str
    type: str
    status: str
    is_completed: bool
    kind: str
    currency: str
    gross: Decimal
    fee: Decimal
    net: Decimal
    balance: Decimal | None
    txn_id: str
    reference_txn_id: str = ""
    item: str = ""
    item_id: str = ""
    invoice: str = ""
    custom: str = ""
    quantity: str = ""
    note: str = ""
    country: str = ""
    address: dict[str, str] | None = None
    balance_impact: str = ""
    may_be_private: bool = False
    sequence: int = 0
    problem: str = ""
    moves_balance: bool | None = None

    def __post_init__(self):
        if self.moves_balance is None:
            object.__setattr__(self, "moves_balance", self._says_it_moves())

    def _says_it_moves(self) -> bool:
        if self.balance_impact:
            return self.balance_impact != const.IMPACT_MEMO
        return self.is_completed and self.kind != const.KIND_MEMO

    @property
    def side(self) -> str:
        """'out' when money goes out, otherwise 'in'."""
        return "out" if (self.gross or self.net) < 0 else "in"

    @property
    def key(self) -> tuple[str, str, str]:
        """What no two movements share: a withdrawal and its return have one id."""
        return self.txn_id, self.side, self.type
