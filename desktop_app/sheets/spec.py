"""What a ledger says of its sheet: which columns, what is read from them, what is written to them.

A column is one thing a person would head so. It reads a cell into a plain value, such as the
ledger's own form takes (`core/plain_entry.py`), and writes a record's value back, so that a sheet
that was written and is read again changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import Enum, StrEnum, auto
from typing import Any, Protocol

from desktop_app.core.clock import Zone
from desktop_app.core.codec import Plain
from desktop_app.core.errors import UserError
from desktop_app.core.fields import Choice
from desktop_app.core.ids import Uid
from desktop_app.core.ledger_spec import Adding, Changing

Cell = str | int | float | bool | date | datetime | time | timedelta | None
"""A cell as it was read from a file; None and an empty text are both an empty one."""

Out = str | int | float | date | datetime | None
"""A cell as it is written. A text is written as text, whatever it looks like."""


class CellKind(StrEnum):
    """What a column holds, and so which habits of writing it are understood.

    Full-width forms become plain in every kind but NAME, LINE, TEXT and NAMES, never in a name.
    """

    NAME = "name"
    """One person. Several in one cell are told apart (`SheetSpec.several`)."""
    NAMES = "names"
    """Some people, told as one text: 参加人员."""
    LINE = "line"
    """One line of text."""
    TEXT = "text"
    """Several lines of text."""
    CODE = "code"
    """Numbers that are names: 编号, 外部编号, 门牌. Never a float."""
    PHONE = "phone"
    """One telephone number."""
    PHONES = "phones"
    """Some of them, each perhaps with whose it is: a list of {number, whose}."""
    IDENTITY = "identity"
    """证件号码. What a spreadsheet has damaged is refused, never repaired."""
    NUMBER = "number"
    """A whole number: 3, 3.0, 3人, ３."""
    MINUTES = "minutes"
    """A length of time in whole minutes, from 2小时, 1.5 (hours), 90分钟, 2:30."""
    DAY = "day"
    """A date: 2024.3.5, 2024年3月5日, 3月5日 with the year of the title, a serial number."""
    CLOCK = "clock"
    """A time of day: 9:30, 下午3点, 0.3958, a time cell."""
    MOMENT = "moment"
    """A date with, perhaps, a time of day. Without one it is a date."""
    YEAR = "year"
    """出生年: 1952, 1952年, a date; 72岁 with the year of the title or of the row's day."""
    GENDER = "gender"
    """男 女, M F, 1 2."""
    CHOICE = "choice"
    """One of the column's choices, by value, word, or `synonyms`."""
    CHOICES = "choices"
    """Some of them."""
    FLAG = "flag"
    """是 否 有 无 √ × 1 0."""
    ADDRESS = "address"
    """住址, taken apart into 小区, 楼栋, 单元, 门牌 where it can be: a text."""


class Several(Enum):
    """What becomes of a row whose NAME cell holds several people."""

    REFUSE = auto()
    """It is wrong, and the reason says so."""
    SPLIT = auto()
    """A row for each, where the other personal columns have one value or as many."""
    TOGETHER = auto()
    """One row: `values["name"]` is the first, `values["others"]` a list of the rest."""


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column of a ledger's sheet.

    `name` is its key in a row's values, `label` how it is headed when written, `concept` what it
    is in the table of headings (`sheets/headings.py`), `words` other headings only this ledger
    knows. `check(plain)` is the ledger's own rule for one cell, pure: it answers the value as it
    is kept or raises `UserError`. `out(told)` is the cell as it is written; without it the
    column is only read. `read` False: it is only written. `personal`: it belongs to the person of
    the row, so that it is split with several names. `private`: masked unless asked for with a
    reason, by `mask` or as a whole; `sensitive` ones also need the right to see such things.
    `width` in characters of the sheet's face.
    """

    name: str
    label: str
    kind: CellKind = CellKind.LINE
    concept: str = ""
    words: tuple[str, ...] = ()
    required: bool = False
    personal: bool = False
    private: bool = False
    sensitive: bool = False
    width: int = 12
    choices: tuple[Choice, ...] = ()
    synonyms: tuple[tuple[str, str], ...] = ()
    """Other words for a choice and the choice's value."""
    check: Callable[[Any], Plain] | None = None
    out: Callable[[Told], Out] | None = None
    mask: Callable[[str], str] | None = None
    read: bool = True


@dataclass(frozen=True, slots=True)
class Told:
    """A record as its columns are given it: with the station's clock, and words for what it refers
    to by uid (小区, 志愿者, 队伍 …)."""

    record: Any
    zone: Zone
    words: Mapping[Uid, str]
    beside: Any = None
    """What else its columns tell: of a volunteer the resident's file."""

    def name(self, uid: Uid | None) -> str | None:
        """What that uid is called; None when it is nothing, or nothing that is known."""
        return None if uid is None else self.words.get(uid)


@dataclass(frozen=True, slots=True)
class Like:
    """A record that a row may already be: who or what it is in words for the screen, and why.

    `row` is the row's number when it is another row of the same sheet; then there is no `uid`.
    """

    words: str
    reasons: tuple[str, ...]
    uid: Uid | None = None
    row: int = 0


Connection = Any
"""An open connection; the kits do not know each other."""
Values = Mapping[str, Plain]
"""What is read of a row, by the names of its columns. Empty cells are left out."""


def _as_it_is(values: Values) -> dict[str, Plain]:
    return dict(values)


def _just_records(_connection: Connection, zone: Zone, records: Sequence[Any]) -> list[Told]:
    return [Told(record, zone, {}) for record in records]


def _nothing_more(_connection: Connection, rows: Sequence[Values]) -> Sequence[Values]:
    return rows


def _nobody_knows(_connection: Connection, _column: str, _texts: Sequence[str]) -> dict[str, Uid]:
    return {}


Made = tuple[str, Uid, int]
"""A record that was written: its kind, its uid, its revision."""


class Taker(Protocol):
    """Takes the rows of one sheet in by the thousand, where the ledger's form is too slow.

    What it judges and writes is what the form would have: a test says so.
    """

    def judge(self, connection: Connection, rows: Sequence[Values]) -> Sequence[Any]:
        """For each row what `write` needs, or the `UserError` that says what is wrong with it.
        Rows come in the sheet's order, each once."""
        ...

    def reserve(self, ready: Sequence[Any]) -> Callable[[Connection], object]:
        """What takes the numbers for paper of all rows that will be written. It is called before
        the first is made ready: a number is a part of the record."""
        ...

    def write(self, bulk: Any, ready: Sequence[Any]) -> Sequence[tuple[Made, ...]]:
        """Put some of what was judged into a `Bulk`; answers what each row becomes."""
        ...

    def settle(self) -> Iterable[Callable[[Connection], object]]:
        """After all rows: short steps that write what was only gathered for new records (their
        search keys). A record that is taken back before needs none."""
        ...


@dataclass(frozen=True, kw_only=True)
class SheetSpec:
    """The sheet of one kind of record.

    `title` heads it when written, `about` says in the wizard what such a sheet is. `columns` in
    the order they are written. `keys` are the columns that tell a record that is there already,
    surest first; `known(connection, column, texts)` answers which records those are. A row of
    such a record changes it where it says something else, and changes nothing where it is empty.
    `shape(values)` makes of a row what the ledger's form takes (`Ledger.adding.form`), unless the
    spec brings an `adding` of its own. `joined(connection, rows)` answers the rows with what the
    registers know of them besides (whose file the visitor's is), before `shape`; `told(connection,
    zone, records)` makes of records what `out` takes. `problems(values, today)` is everything the
    rules have against a new record of what that form read, pure, so that a trial tells it without
    writing. `like(connection, rows)` answers for each row the records it may be without saying so.
    `take_back(unit, record)` undoes one new record of an import; None is for a record whose row is
    all there is of it. `options` may be chosen for an import, by value and words; those chosen
    stand among each row's values as true. `taker(desk, options)` takes rows in quickly.
    """

    kind: str
    title: str
    about: str = ""
    columns: tuple[Column, ...]
    several: Several = Several.REFUSE
    keys: tuple[str, ...] = ()
    known: Callable[[Connection, str, Sequence[str]], Mapping[str, Uid]] = _nobody_knows
    shape: Callable[[Values], dict[str, Plain]] = _as_it_is
    adding: Adding | None = None
    changing: Changing | None = None
    problems: Callable[[Mapping[str, Any], date], Sequence[UserError]] | None = None
    like: Callable[[Connection, Sequence[Values]], Sequence[tuple[Like, ...]]] | None = None
    joined: Callable[[Connection, Sequence[Values]], Sequence[Values]] = _nothing_more
    told: Callable[[Connection, Zone, Sequence[Any]], Sequence[Told]] = _just_records
    take_back: Callable[[Any, Any], object] | None = None
    options: tuple[Choice, ...] = ()
    taker: Callable[[Any, frozenset[str]], Taker] | None = None

    @property
    def readable(self) -> bool:
        """Whether such a sheet can be taken in at all."""
        return any(column.read for column in self.columns)

    def column(self, name: str) -> Column:
        """The column of that name; `KeyError` when there is none."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(name)
