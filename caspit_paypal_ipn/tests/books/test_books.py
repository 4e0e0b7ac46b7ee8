# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The books as a whole, whatever comes, in any order, any number of times."""

import random
from collections import defaultdict
from decimal import ROUND_HALF_UP, Decimal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odoo import fields

from ..common import PaypalIpnCase, message

CENT = Decimal("0.01")
#: The rates of VAT by article number; the others have the ordinary one.
REDUCED = {"REDUCED": 7, "WITHOUT": 0}
RATES = {"ILS": Decimal(1), "EUR": Decimal(4), "USD": Decimal("3.2")}

cents = st.integers(min_value=1, max_value=100_000).map(lambda n: n * CENT)


@st.composite
def stories(draw):
    """A sale, and what became of it: refunds within it, a reversal, its end.

    :return: a list of dictionaries, each the fields of a message
    """
    lines = draw(st.lists(cents, min_size=1, max_size=5))
    shipping = draw(st.sampled_from([Decimal(0), Decimal("4.90")]))
    discount = min(draw(st.sampled_from([Decimal(0), Decimal("1.53")])), sum(lines) / 2)
    discount = discount.quantize(CENT)
    gross = sum(lines) + shipping - discount
    articles = st.sampled_from(["", *REDUCED])
    fee = (gross * Decimal("0.034")).quantize(CENT)
    sale = {
        "txn_type": "cart",
        "mc_gross": gross,
        "mc_fee": fee,
        "mc_shipping": shipping,
        "discount": discount,
        **{f"item_number{n}": draw(articles) for n in range(1, len(lines) + 1)},
        **{f"item_name{n}": f"Item {n}" for n in range(1, len(lines) + 1)},
        **{f"quantity{n}": draw(st.integers(0, 7)) for n in range(1, len(lines) + 1)},
        **{f"mc_gross_{n}": total for n, total in enumerate(lines, start=1)},
    }
    story, left = [sale], gross
    back = {"txn_type": None, "payment_status": "Refunded", "reason_code": "refund"}
    for _ in range(draw(st.integers(0, 2))):
        part = min(draw(cents), left)
        if part:
            returned = draw(st.sampled_from([Decimal(0), CENT]))
            story.append({**back, "mc_gross": -part, "mc_fee": -returned})
            left -= part
    if draw(st.booleans()):
        pulled = {"txn_type": None, "reason_code": "chargeback", "mc_fee": None}
        sign = draw(st.sampled_from([1, -1]))
        story.append({**pulled, "payment_status": "Reversed", "mc_gross": sign * gross})
        story.append(
            {**pulled, "payment_status": "Canceled_Reversal", "mc_gross": gross}
        )
    return story


def net(fields):
    """What a message moves in the PayPal account, by PayPal's manual."""
    gross, fee = fields["mc_gross"], fields["mc_fee"] or Decimal(0)
    if fields.get("payment_status") == "Reversed":
        gross = -abs(gross)
    return gross - fee


class BooksCase(PaypalIpnCase):
    """Products of three rates of VAT, and rates of exchange."""

    def setUp(self):
        super().setUp()
        for code, rate in RATES.items():
            if code != "ILS":
                self.setup_other_currency(code, rates=[("2020-01-01", float(1 / rate))])
        self.company._paypal_setup()
        ordinary = self.company.account_sale_tax_id
        for number, rate in REDUCED.items():
            taxes = ordinary.browse()
            if rate:
                taxes = ordinary.copy({"name": f"VAT {rate}%", "amount": rate})
            self.product_a.copy({"default_code": number, "taxes_id": taxes.ids})

    def book(self, bodies):
        """Receive messages in this order and book them, without mails."""
        for body in bodies:
            self.receive(body)
        self.settle()

    def settle(self):
        """Run the scheduled action until nothing is due; one run has its time limit."""
        while self.inbox.search_count(
            [
                ("state", "in", ("received", "verified")),
                ("next_try", "<=", fields.Datetime.now()),
            ],
            limit=1,
        ):
            with self.enter_registry_test_mode():
                self.run_cron("caspit_paypal_ipn.ir_cron_paypal_ipn_work")

    def balance_of(self, *accounts):
        ids = [account.id for account in accounts]
        lines = self.env["account.move.line"].search(
            [("account_id", "in", ids), ("parent_state", "=", "posted")]
        )
        return Decimal(str(sum(lines.mapped("balance")))).quantize(CENT)

    def receivable(self):
        return self.env["account.account"].search(
            [("account_type", "=", "asset_receivable")]
        )


class TestBooks(BooksCase):
    def check_vat(self, ipn):
        """The VAT of a document is that of its lines, at the rates of its sale."""
        lines = ipn.document_id.invoice_line_ids
        rates = defaultdict(Decimal)
        for line in lines:
            rates[line.tax_ids.amount] += Decimal(str(line.price_total))
        inside = sum(
            total * Decimal(rate) / (100 + Decimal(rate))
            for rate, total in rates.items()
        )
        vat = Decimal(str(ipn.document_id.amount_tax))
        self.assertLessEqual(abs(vat - inside), CENT * len(lines))
        sale = ipn.original_id or ipn
        sold = sale.document_id.invoice_line_ids
        self.assertLessEqual(set(rates), set(sold.mapped("tax_ids.amount")) | {0.0})
        discounts = sold.filtered(lambda line: line.price_total < 0)
        goods = sold.filtered(lambda line: line.price_total >= 0)
        self.assertLessEqual(set(discounts.tax_ids), set(goods.tax_ids))

    # Each example rolls back to where it began, so that setting up once serves all.
    @settings(
        max_examples=15,
        deadline=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    @given(st.lists(stories(), min_size=1, max_size=3), st.randoms())
    def test_any_order_and_repetition_gives_the_same_exact_books(self, told, rng):
        with self.env.cr.savepoint() as savepoint:
            messages, expected = [], Decimal(0)
            for number, story in enumerate(told):
                for step, fields in enumerate(story):
                    ids = {"txn_id": f"T{number}X{step}"}
                    if step:
                        ids["parent_txn_id"] = f"T{number}X0"
                    messages.append(message(**{**fields, **ids}))
                    expected += net(fields)
            sent = messages + [rng.choice(messages) for _ in messages[:3]]
            rng.shuffle(sent)
            self.book(sent[::2])
            self.company.account_sale_tax_id.amount = 17.0
            self.book(sent[1::2])
            states = self.inbox.search([("company_id", "=", self.company.id)])
            self.assertLessEqual(
                set(states.mapped("state")), {"booked", "done"}, states.mapped("reason")
            )
            account = self.company.paypal_journal_id.default_account_id
            self.assertEqual(self.balance_of(account), expected)
            self.assertEqual(self.balance_of(*self.receivable()), 0)
            for ipn in states.filtered("document_id"):
                total = ipn.document_id.amount_total
                self.assertEqual(Decimal(str(total)), abs(Decimal(str(ipn.gross))))
                self.check_vat(ipn)
            savepoint.rollback()
        self.env.invalidate_all()

    def test_a_month_of_mixed_messages_equals_a_ledger_in_plain_python(self):
        rng = random.Random(2026)
        ledger, messages = defaultdict(Decimal), []

        def post(account, amount, currency):
            value = (amount * RATES[currency]).quantize(CENT, ROUND_HALF_UP)
            ledger[account] += value

        def tell(fields, txn_id, currency, parent=None):
            body = message(
                **{**fields, "txn_id": txn_id, "mc_currency": currency},
                parent_txn_id=parent,
            )
            messages.append(body)

        while len(messages) < 200:
            number, currency = len(messages), rng.choice(list(RATES))
            gross = Decimal(rng.randrange(1180, 90000)) / 100
            fee = (gross * Decimal("0.034") + 1).quantize(CENT)
            txn_id = f"M{number}"
            tell({"mc_gross": gross, "mc_fee": fee}, txn_id, currency)
            post("paypal", gross, currency)
            post("paypal", -fee, currency)
            post("fees", fee, currency)
            fate = rng.choice(["kept", "kept", "refunded", "part", "pulled", "pending"])
            if fate in ("refunded", "part"):
                back = gross if fate == "refunded" else (gross / 3).quantize(CENT)
                status = {"payment_status": "Refunded", "txn_type": None}
                tell(
                    {**status, "mc_gross": -back, "mc_fee": -CENT},
                    f"R{number}",
                    currency,
                    txn_id,
                )
                post("paypal", -back, currency)
                post("paypal", CENT, currency)
                post("fees", -CENT, currency)
            elif fate == "pulled":
                status = {"payment_status": "Reversed", "txn_type": None}
                tell(
                    {**status, "mc_gross": -gross, "mc_fee": None},
                    f"V{number}",
                    currency,
                    txn_id,
                )
                post("paypal", -gross, currency)
                post("owed", gross, currency)
            elif fate == "pending":
                status = {"payment_status": "Pending", "mc_fee": None}
                tell({**status, "mc_gross": gross}, txn_id, currency)
        sent = [body for body in messages for _ in range(rng.randint(1, 3))]
        rng.shuffle(sent)
        self.book(sent)

        self.assertEqual(
            set(self.inbox.search([]).mapped("state")), {"booked", "done", "ignored"}
        )
        company = self.company
        paypal = company.paypal_journal_id.default_account_id
        self.assertEqual(self.balance_of(paypal), ledger["paypal"])
        self.assertEqual(self.balance_of(company.paypal_fee_account_id), ledger["fees"])
        self.assertEqual(self.balance_of(*self.receivable()), ledger["owed"])
        self.assertEqual(len(self.inbox.search([])), len(set(messages)))
