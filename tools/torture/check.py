"""What was sent against what was booked."""

import hashlib
from collections import Counter
from decimal import Decimal

from tools.torture.messages import Made

INBOX = "SELECT body_hash, id, state, reason FROM paypal_ipn"
DOCUMENTS = """
    SELECT move.paypal_ipn_id, move.move_type, move.amount_total, currency.name,
           move.state, move.payment_state
      FROM account_move move JOIN res_currency currency
        ON currency.id = move.currency_id
     WHERE move.paypal_ipn_id IS NOT NULL AND move.move_type != 'entry'
"""
PAYMENTS = """
    SELECT payment.paypal_ipn_id, payment.payment_type, payment.amount, currency.name
      FROM account_payment payment
      JOIN res_currency currency ON currency.id = payment.currency_id
     WHERE payment.paypal_ipn_id IS NOT NULL
"""
FEES = """
    SELECT move.paypal_ipn_id, line.amount_currency, currency.name
      FROM account_move_line line
      JOIN account_move move ON move.id = line.move_id
      JOIN res_company company ON company.paypal_fee_account_id = line.account_id
      JOIN res_currency currency ON currency.id = line.currency_id
     WHERE move.paypal_ipn_id IS NOT NULL AND line.parent_state = 'posted'
"""
#: Those about the company tell of problems: a refund that waits for its sale while
#: nothing else is on the line is one.
MAILS = """
    SELECT message.message_id, message.model,
           COALESCE(move.paypal_ipn_id, message.res_id)
      FROM mail_mail mail JOIN mail_message message
        ON message.id = mail.mail_message_id
      LEFT JOIN account_move move
        ON message.model = 'account.move' AND move.id = message.res_id
     WHERE message.model IN ('paypal.ipn', 'account.move', 'res.company')
"""
ACCOUNT = """
    SELECT currency.name, SUM(line.amount_currency)::text, SUM(line.balance)::text
      FROM account_move_line line
      JOIN account_journal journal ON journal.default_account_id = line.account_id
      JOIN res_company company ON company.paypal_journal_id = journal.id
      JOIN res_currency currency ON currency.id = line.currency_id
     WHERE line.parent_state = 'posted' GROUP BY currency.name
"""
CUSTOMERS = """
    SELECT count(*), count(DISTINCT paypal_payer_id) FROM res_partner
     WHERE paypal_payer_id IS NOT NULL
"""


class Books:
    """What the database and the mail server have.

    :param tools.torture.bench.TortureBench bench: at rest
    """

    def __init__(self, bench):
        self.bench = bench
        self.inbox = {row[0]: row[1:] for row in bench.sql(INBOX)}
        self.documents = self._by_message(DOCUMENTS)
        self.payments = self._by_message(PAYMENTS)
        self.fees = self._by_message(FEES)
        self.arrived = Counter(mail.message_id for mail in bench.sink.mails)
        self.mails = {}
        self.known_mails = set()
        for message_id, model, ipn_id in bench.sql(MAILS):
            self.known_mails.add(message_id)
            came = self.mails.setdefault((model, ipn_id), [])
            came.append(int(message_id in self.arrived))

    def _by_message(self, statement):
        rows = {}
        for ipn_id, *values in self.bench.sql(statement):
            rows.setdefault(ipn_id, []).append(tuple(values))
        return rows

    def states(self, bodies):
        """How messages ended, sorted, as a plan says it."""
        found = [self.inbox.get(_hash(body)) for body in bodies]
        return tuple(sorted(" ".join(filter(None, row[1:])) for row in found if row))

    def made(self, bodies):
        """What messages made together.

        :rtype: Made
        """
        rows = [self.inbox[_hash(body)] for body in bodies if _hash(body) in self.inbox]
        ids = [row[0] for row in rows]
        documents, payments, fees = [], [], []
        for ipn_id in ids:
            for kind, total, currency, state, paid in self.documents.get(ipn_id, ()):
                settled = "" if (state, paid) == ("posted", "paid") else f" {paid}"
                documents.append((kind, f"{total:.2f} {currency}{settled}"))
            for way, amount, currency in self.payments.get(ipn_id, ()):
                payments.append(f"{way} {amount:.2f} {currency}")
            for amount, currency in self.fees.get(ipn_id, ()):
                fees.append(f"{amount:.2f} {currency}")
        return Made(
            tuple(sorted(documents)),
            tuple(sorted(payments)),
            tuple(sorted(fees)),
            sum(sum(self.mails.get(("account.move", each), [])) for each in ids),
            sum(sum(self.mails.get(("paypal.ipn", each), [])) for each in ids),
        )

    def account(self):
        """What is in the PayPal account.

        :return: by currency, and in the company's currency
        """
        rows = self.bench.sql(ACCOUNT)
        by_currency = Counter({name: Decimal(amount) for name, amount, _ in rows})
        return by_currency, sum((Decimal(row[2]) for row in rows), Decimal(0))


def compare(plan, books):
    """Hold the books against the plan.

    :param plan: list of :class:`tools.torture.messages.Planned`
    :return: figures, and a line for each difference
    """
    figures, differences = Counter(lost=0, doubled=0, different=0), []
    for planned in plan:
        states, made = books.states(planned.bodies), books.made(planned.bodies)
        if states != tuple(sorted(planned.states)):
            figures["lost" if len(states) < len(planned.states) else "different"] += 1
            differences.append(f"{planned.kind}: {states} instead of {planned.states}")
        verdicts = [
            _verdict(_rows(made, part), _rows(planned.made, part))
            for part in Made.__dataclass_fields__
        ]
        for verdict in set(filter(None, verdicts)):
            figures[verdict] += 1
            differences.append(f"{planned.kind}: {verdict}: {made} for {planned.made}")
        figures["documents"] += len(made.documents)
        figures["payments"] += len(made.payments)
        figures["fee_entries"] += len(made.fees)
        figures["receipts"] += made.receipts
        figures["notices"] += made.notices
        if not planned.asked and any(map(books.bench.paypal.postbacks, planned.bodies)):
            figures["different"] += 1
            differences.append(f"{planned.kind}: PayPal was asked about it")
    differences += _differences_as_a_whole(plan, books, figures)
    return figures, differences


def _differences_as_a_whole(plan, books, figures):
    """What no single message shows: strangers, the account, the customers."""
    kept = sum(len(planned.bodies) for planned in plan if planned.states)
    made = figures["documents"], figures["payments"]
    there = [sum(map(len, rows.values())) for rows in (books.documents, books.payments)]
    by_currency, worth = books.account()
    expected = {name: sum(p.moved[name] for p in plan) for name in by_currency}
    total = sum((planned.worth for planned in plan), Decimal(0))
    customers = books.bench.sql(CUSTOMERS)[0]
    figures["mails_repeated_by_the_queue"] = sum(
        count - 1 for count in books.arrived.values()
    )
    pairs = {
        "messages kept": (len(books.inbox), kept),
        "documents and payments": (tuple(there), made),
        "the PayPal account by currency": (dict(by_currency), expected),
        "the PayPal account": (worth, total),
        "customers": customers,
        "mails of no message": (len(set(books.arrived) - books.known_mails), 0),
    }
    wrong = [
        f"{name}: {found} instead of {wanted}"
        for name, (found, wanted) in pairs.items()
        if found != wanted
    ]
    figures["different"] += len(wrong)
    figures["account"] = worth
    figures["account_expected"] = total
    return wrong


def _rows(made, part):
    value = getattr(made, part)
    return Counter({part: value}) if isinstance(value, int) else Counter(value)


def _verdict(found, wanted):
    """:return: lost, doubled, different, or None for the same"""
    if found == wanted:
        return None
    if found.total() < wanted.total():
        return "lost"
    return "doubled" if found.total() > wanted.total() else "different"


def _hash(body):
    return hashlib.sha256(body).hexdigest()
