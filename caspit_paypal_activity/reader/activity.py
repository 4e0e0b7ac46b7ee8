# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""PayPal's activity download: every row of the account, from the bytes of the CSV.

A row is never dropped. What cannot be read of it is named in its ``problem``, and what
nobody has seen yet is of kind 'unknown'. A file is refused as a whole only when rows
could be lost unnoticed, see :class:`.UnreadableActivity`.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from .cells import Cells, Claim, Words, amounts, country_of, is_currency
from .oracle import HAS_BALANCE, HAS_NET, STATEMENT, Break, Rows, Verdict, judge
from .row import ActivityRow
from .text import UnreadableActivity, open_sheet
from .values import Conventions, clean

_AMOUNTS = ("gross", "fee", "net", "balance")
#: What the balances are judged by.
_NOTED = frozenset(
    {*_AMOUNTS, "date", "time", "zone", "currency", "type", "status", "impact"}
    | {"txn_id"}
)
_ADDRESS = ("street", "street2", "city", "state", "zip", "country")
#: How certainly a file says which rows moved the balance, by what says it.
BY_BALANCE, BY_IMPACT, BY_WORDS = "balance", "impact", "words"


@dataclass(frozen=True, slots=True)
class Answers:
    """What somebody has said of a file where it cannot tell by itself.

    :ivar date_order: 'dmy' or 'mdy'; '' when nobody has said
    :ivar zone: of the account, as PayPal names zones; for files without that column
    :ivar columns: field → place in the header, instead of what is found
    """

    date_order: str = ""
    zone: str = "UTC"
    columns: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Activity:
    """A whole file.

    :ivar language: by the words of the header: 'en', 'de', 'he', …; '' when nobody
        knows it, so that the columns were found by their shape
    :ivar date_order_is_certain: False when no date of the file shows whether the day
        or the month is first, so that :class:`.Conventions` assumed it
    :ivar has_zone: whether it has a column for time zones
    :ivar certainty: what says which rows moved the balance: 'balance', 'impact', or
        only 'words', status and type
    :ivar breaks: where balances do not add up, once for each currency
    :ivar reading: field, the header's name for it and a value, for each column of a
        file that was read by its shape; () for one whose header is known
    """

    language: str
    encoding: str
    delimiter: str
    date_order_is_certain: bool
    has_zone: bool
    certainty: str
    breaks: tuple[Break, ...]
    reading: tuple[tuple[str, str, str], ...]
    rows: tuple[ActivityRow, ...]


def read_activity(data: bytes, answers: Answers | None = None) -> Activity:
    """Read a whole file.

    :param data: the file as PayPal gave it
    :param answers: what the file may not be able to say
    :raise UnreadableActivity: it is no activity download, or is damaged
    """
    file = _File(data, answers or Answers())
    return file.described(tuple(file.rows()))


def open_activity(
    data: bytes, answers: Answers | None = None
) -> tuple[Activity, Iterator[ActivityRow]]:
    """What a file is, and then its rows one by one: it is looked through once for both.

    :raise UnreadableActivity: like :func:`read_activity`, before the first row
    """
    file = _File(data, answers or Answers())
    return file.described(), file.rows()


def iter_activity(data: bytes, answers: Answers | None = None) -> Iterator[ActivityRow]:
    """Read a file row by row; only one row is in memory at a time.

    The whole file is looked through before the first row comes.

    :raise UnreadableActivity: like :func:`read_activity`, before the first row
    """
    yield from _File(data, answers or Answers()).rows()


class _File:
    """A file that was looked through: its conventions are known, and what moved.

    :raise UnreadableActivity: it is damaged, or has no rows
    """

    def __init__(self, data: bytes, answers: Answers):
        self.sheet = open_sheet(data, answers.columns)
        self.zone = answers.zone
        self.conventions = Conventions(self.sheet.language, answers.date_order)
        self.words = Words(self.sheet)
        self._noted = [name for name in self.sheet.columns if name in _NOTED]
        seen = self._look_through()
        self.verdict = self._judge() if "balance" in seen else None
        self._backwards = self.verdict.backwards if self.verdict else frozenset()
        self.certainty = next(
            (by for by in (BY_BALANCE, BY_IMPACT) if by in seen), BY_WORDS
        )

    def described(self, rows: tuple[ActivityRow, ...] = ()) -> Activity:
        sheet = self.sheet
        return Activity(
            language=sheet.language,
            encoding=sheet.encoding,
            delimiter=sheet.delimiter,
            date_order_is_certain=self.conventions.date_order_is_certain,
            has_zone="zone" in sheet.columns,
            certainty=self.certainty,
            breaks=self.verdict.breaks if self.verdict else (),
            reading=sheet.reading,
            rows=rows,
        )

    def rows(self) -> Iterator[ActivityRow]:
        for number, (line, record) in enumerate(self.sheet.records()):
            cells = self._cells(record)
            problems = [] if self.sheet.fits(record) else ["columns"]
            claim = self.words.claim(cells)
            moves = self.verdict.moves[number] if self.verdict else claim.moves
            yield self._row(line, cells, claim, bool(moves), problems)

    # === LOOKING THROUGH === #

    def _look_through(self) -> set[str]:
        """Learn the file's conventions.

        :return: the columns that say what moved, as far as they are filled in
        """
        sheet, seen, is_empty = self.sheet, set(), True
        for _line, record in sheet.records():
            is_empty = False
            numbers = [sheet.cell(record, name) for name in _AMOUNTS]
            self.conventions.see(
                sheet.cell(record, "date"),
                sheet.cell(record, "zone"),
                sheet.cell(record, "currency"),
                numbers,
            )
            self.words.see(sheet.cell(record, "status"))
            if len(seen) < 2:
                if any(map(str.isdigit, numbers[3])):
                    seen.add(BY_BALANCE)
                if self.words.impact(clean(sheet.cell(record, "impact"))):
                    seen.add(BY_IMPACT)
        if is_empty:
            raise UnreadableActivity("no_rows")
        self.conventions.settle()
        self.words.settle()
        return seen

    def _judge(self) -> Verdict:
        """Let the balances say what moved; only the cells that count are looked at."""
        noted = Rows()
        usual = 0 if "status" in self.sheet.columns else STATEMENT
        for line, record in self.sheet.records():
            cells = self._cells(record, self._noted)
            problems: list[str] = []
            _gross, _fee, net, balance = amounts(cells, self.conventions, problems)
            moment = self._moment(cells)[0]
            flags = usual | self.words.claim(cells).flags
            if not problems:
                flags |= HAS_NET
            if balance is not None and is_currency(cells["currency"]):
                flags |= HAS_BALANCE
            noted.add(
                line,
                cells["currency"].upper() if is_currency(cells["currency"]) else "",
                int(net.scaleb(2)),
                int((balance or Decimal(0)).scaleb(2)),
                flags,
                int(moment.timestamp()) if moment else 0,
                cells["txn_id"],
            )
        return judge(noted)

    # === ROWS === #

    def _cells(self, record: list[str], fields: Iterable[str] = ()) -> Cells:
        cell = self.sheet.cell
        return Cells(
            (name, clean(cell(record, name))) for name in fields or self.sheet.columns
        )

    def _moment(self, cells: Cells) -> tuple[datetime | None, str]:
        zone = cells.get("zone", self.zone)
        return self.conventions.moment(cells["date"], cells["time"], zone)

    def _row(
        self, line: int, cells: Cells, claim: Claim, moves: bool, problems: list[str]
    ) -> ActivityRow:
        gross, fee, net, balance = amounts(cells, self.conventions, problems)
        moment, trouble = self._moment(cells)
        if trouble:
            problems.append(trouble)
        return ActivityRow(
            line=line,
            moment=moment,
            name=cells["name"],
            email=cells["email"],
            to_email=cells["to_email"],
            type=cells["type"],
            status=cells["status"],
            is_completed=claim.is_completed,
            moves_balance=moves,
            kind=self.words.kind(cells, gross, moves),
            currency=cells["currency"].upper(),
            gross=gross,
            fee=fee,
            net=net,
            balance=balance,
            txn_id=cells["txn_id"],
            reference_txn_id=cells["reference_txn_id"],
            item=cells["item"],
            item_id=cells["item_id"],
            invoice=cells["invoice"],
            custom=cells["custom"],
            quantity=cells["quantity"],
            note=cells["note"] or cells["subject"],
            country=country_of(cells),
            address={name: cells[name] for name in _ADDRESS if cells[name]},
            balance_impact=claim.impact,
            may_be_private=self.words.may_be_private(cells, gross, fee),
            sequence=-line if cells["currency"].upper() in self._backwards else line,
            problem=problems[0] if problems else "",
        )
