# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A dispute as PayPal's disputes API tells it."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from . import values

RESOLVED = "RESOLVED"


@dataclass(frozen=True, slots=True)
class Dispute:
    """A case; texts are PayPal's codes, '' for what is missing.

    :ivar txn_ids: the seller's transactions that are disputed
    :ivar stage: INQUIRY, CHARGEBACK, PRE_ARBITRATION or ARBITRATION
    :ivar due_at: until when the seller has to answer, in UTC; None when he need not
    :ivar outcome: how it ended; '' while it is open
    """

    dispute_id: str
    txn_ids: tuple[str, ...]
    reason: str
    status: str
    stage: str
    amount: Decimal | None
    currency: str
    due_at: datetime | None
    updated_at: datetime | None
    outcome: str

    @property
    def is_open(self) -> bool:
        """Whether it goes on."""
        return self.status != RESOLVED


def read_dispute(answer: dict) -> Dispute:
    """Read a dispute in full."""
    amount = values.money(values.part(answer, "dispute_amount"))
    disputed = values.items(values.part(answer, "disputed_transactions"))
    txn_ids = [values.text(one, "seller_transaction_id") for one in disputed]
    return Dispute(
        dispute_id=values.text(answer, "dispute_id"),
        txn_ids=tuple(filter(None, txn_ids)),
        reason=values.text(answer, "reason"),
        status=values.text(answer, "status"),
        stage=values.text(answer, "dispute_life_cycle_stage"),
        amount=amount.value if amount else None,
        currency=amount.currency if amount else "",
        due_at=values.moment(answer.get("seller_response_due_date")),
        updated_at=values.moment(answer.get("update_time")),
        outcome=values.text(values.part(answer, "dispute_outcome"), "outcome_code"),
    )
