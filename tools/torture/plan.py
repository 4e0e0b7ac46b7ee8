"""What a torture run sends, and what has to be in the books afterwards.

A plan follows from its seed alone, so that a run that failed can be had again.
"""

from collections import Counter
from decimal import Decimal

from tools.torture.messages import (
    CENT,
    SHOP,
    Made,
    Maker,
    Planned,
    body_of,
    in_company_currency,
)

TWIN_STATES = ("done", "ignored duplicate")
#: Kinds that belong to an earlier sale.
FOLLOW_UPS = ("refund", "reversal", "canceled_reversal", "case")


class Planner(Maker):
    """Makes plans: one method for each kind of message."""

    def plan(self, count):
        """Make a plan of so many messages, each kind in it.

        :rtype: list[Planned]
        """
        kinds = list(KINDS)
        first = ["sale", "sale", "sale", *kinds]
        weights = [KINDS[kind] for kind in kinds]
        rest = self.random.choices(kinds, weights, k=max(0, count - len(first)))
        return [self._planned(kind) for kind in (first + rest)[:count]]

    def _planned(self, kind):
        if kind in FOLLOW_UPS and not self.sales:
            kind = "sale"
        return getattr(self, kind)()

    def _take_sale(self):
        """An earlier sale that nothing else will follow."""
        sale, _left = self.sales.pop(self.random.randrange(len(self.sales)))
        return sale

    # === KINDS WITH MONEY === #

    def sale(self):
        fields = self._new_sale()
        self.sales.append((fields, fields["mc_gross"]))
        return self._sold("sale", fields)

    def cart(self):
        fields = self._new_sale(txn_type="cart", num_cart_items="2")
        part = (fields["mc_gross"] / 3).quantize(CENT)
        fields |= {"item_name1": "Ink", "quantity1": "3", "mc_gross_1": part}
        fields |= {"item_name2": "Paper", "mc_gross_2": fields["mc_gross"] - part}
        return self._sold("cart", fields)

    def sale_without_address(self):
        """Nobody to send the receipt to."""
        nobody = {"payer_email": "", "payer_id": "TORTURENOMAIL"}
        return self._sold("sale without address", self._new_sale() | nobody, receipts=0)

    def twins(self):
        """One transaction in two messages that differ in a field."""
        fields = self._new_sale()
        others = tuple(body_of(fields | {"custom": word}) for word in ("1", "2"))
        planned = self._sold("twins", fields)
        return Planned(**vars(planned) | {"bodies": others, "states": TWIN_STATES})

    def converted(self):
        """PayPal changes what came in into the company's currency."""
        fields = self._new_sale(mc_currency="USD")
        net = fields["mc_gross"] - fields["mc_fee"]
        settled = (net * Decimal("3.51")).quantize(CENT)
        fields |= {"settle_amount": settled, "settle_currency": "ILS"}
        fields |= {"exchange_rate": "3.51"}
        planned = self._sold("converted", fields)
        worth = planned.worth - in_company_currency(net, "USD") + settled
        return Planned(
            **vars(planned) | {"moved": Counter(ILS=settled), "worth": worth}
        )

    def refund(self):
        """A part of an earlier sale, or what is left of it."""
        place = self.random.randrange(len(self.sales))
        sale, left = self.sales[place]
        amount = left
        if self.random.random() < 0.5 and left > 2:
            amount = (left / 2).quantize(CENT)
        fee = (sale["mc_fee"] * amount / sale["mc_gross"]).quantize(CENT)
        if left - amount > 1:
            self.sales[place] = (sale, left - amount)
        else:
            self.sales.pop(place)
        fields = self._follow_up(sale, "Refunded", -amount, -fee, reason_code="refund")
        return self._went_out("refund", fields, "out_refund")

    def reversal(self):
        sale = self._take_sale()
        amounts = -sale["mc_gross"], -sale["mc_fee"]
        fields = self._follow_up(sale, "Reversed", *amounts, reason_code="chargeback")
        return self._went_out("reversal", fields, notices=1)

    def canceled_reversal(self):
        """The money comes back: both messages, in the order PayPal sends them."""
        sale = self._take_sale()
        gross, fee = sale["mc_gross"], sale["mc_fee"]
        reason = {"reason_code": "chargeback"}
        pulled = self._follow_up(sale, "Reversed", -gross, -fee, **reason)
        back = self._follow_up(sale, "Canceled_Reversal", gross, fee, **reason)
        currency = sale["mc_currency"]
        return Planned(
            "canceled reversal",
            (body_of(pulled), body_of(back)),
            ("done", "done"),
            Made(
                payments=(
                    f"inbound {gross} {currency}",
                    f"outbound {gross} {currency}",
                ),
                fees=(f"{-fee} {currency}", f"{fee} {currency}"),
                notices=1,
            ),
        )

    # === KINDS WITHOUT MONEY === #

    def case(self):
        sale, _left = self.random.choice(self.sales)
        fields = self._follow_up(sale, "", "", "", case_id="PP-1", case_type="dispute")
        fields |= {"txn_type": "new_case", "txn_id": sale["txn_id"]}
        fields |= {"case_creation_date": self._id(), "mc_currency": ""}
        return Planned("case", (body_of(fields),), ("done",), Made(notices=1))

    def echeck(self):
        """Pending first, then completed: one sale."""
        fields = self._new_sale()
        pending = fields | {"payment_status": "Pending", "pending_reason": "echeck"}
        planned = self._sold("eCheck", fields)
        bodies = (body_of(pending | {"mc_fee": ""}), *planned.bodies)
        states = ("done", "ignored pending")
        return Planned(**vars(planned) | {"bodies": bodies, "states": states})

    def closed(self):
        fields = self._new_sale(payment_status="Failed")
        return Planned("failed", (body_of(fields),), ("ignored no_money",))

    def subscription(self):
        fields = self._new_sale(txn_type="subscr_signup", subscr_id=self._id())
        fields |= {"payment_status": "", "txn_id": "", "mc_gross": "", "mc_fee": ""}
        return Planned("sign-up", (body_of(fields),), ("ignored no_money",))

    def masspay(self):
        fields = self._new_sale(txn_type="masspay", payer_id=SHOP.merchant_id)
        return Planned("mass pay", (body_of(fields),), ("ignored not_income",))

    def unheard_of(self):
        """A type that nobody knows: the merchant is told, once for each."""
        fields = self._new_sale(txn_type=f"new_type_{self._id().lower()}")
        fields |= {"payment_status": "", "mc_gross": "", "mc_fee": ""}
        return Planned(
            "unknown type",
            (body_of(fields),),
            ("ignored not_income",),
            Made(notices=1),
        )

    # === WHAT IS REFUSED === #

    def forged(self):
        body = body_of(self._new_sale())
        return Planned("forged", (body,), ("refused invalid",), forged=True)

    def stranger(self):
        emails = {"business": "x@example.org", "receiver_email": "x@example.org"}
        fields = self._new_sale(receiver_id="SOMEBODYELSE1", **emails)
        return self._refused("unknown receiver", body_of(fields), "unknown_receiver")

    def sandbox(self):
        body = body_of(self._new_sale(test_ipn="1"))
        return self._refused("other environment", body, "wrong_environment")

    def not_a_number(self):
        word = self.random.choice(("NaN", "1e9", "Infinity", "1,00", "9" * 30))
        return self._refused(
            "no amount", body_of(self._new_sale(mc_gross=word)), "malformed"
        )

    def noise(self):
        """Bytes that are no form at all."""
        body = self.random.randbytes(self.random.randint(20, 900))
        return self._refused("noise", body.replace(b"=", b"-"), "malformed")

    def too_much(self):
        """More fields than any message has: refused at the door."""
        body = b"&".join(b"a%d=1" % number for number in range(10_000))
        body += self._id().encode()
        return Planned("10,000 fields", (body,), (), asked=False)

    def no_form(self):
        body = b'{"txn_id": "%s"}' % self._id().encode()
        json = "application/json"
        return Planned("no form", (body,), (), asked=False, content_type=json)


#: Method of the planner → how often it comes, in relation to the others.
KINDS = {
    "sale": 40,
    "cart": 8,
    "converted": 4,
    "twins": 4,
    "sale_without_address": 1,
    "refund": 10,
    "reversal": 2,
    "canceled_reversal": 2,
    "case": 2,
    "echeck": 3,
    "closed": 2,
    "subscription": 3,
    "masspay": 1,
    "unheard_of": 1,
    "forged": 6,
    "stranger": 5,
    "sandbox": 2,
    "not_a_number": 2,
    "noise": 2,
    "too_much": 1,
    "no_form": 1,
}
