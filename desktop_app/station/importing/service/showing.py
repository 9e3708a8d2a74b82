"""What a screen shows of a sheet: first rows, columns, what a row becomes, and beside what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from desktop_app import catalog
from desktop_app.core.codec import Plain
from desktop_app.core.job import Job
from desktop_app.core.masked_values import HIDDEN
from desktop_app.core.rights import Right
from desktop_app.sheets.rows import CellProblem
from desktop_app.sheets.spec import Cell, CellKind, Column, Like
from desktop_app.sheets.values import reader_of
from desktop_app.station.importing.rules.history import Import
from desktop_app.station.importing.rules.plan import Plan
from desktop_app.station.importing.rules.trial import Difference, Judged, Trial
from desktop_app.station.importing.service.comparing import Comparer, value_words
from desktop_app.station.importing.service.judging import Subject, subject_of
from desktop_app.station.importing.service.looking import (
    SAMPLED,
    Opened,
    context_of,
    propose,
    taken_before,
)
from desktop_app.storage.session import Desk

SHOWN_ROWS = 15
_MORE_ROWS = 5
_SHOWN_COLUMNS = 60
_SAMPLES = 3


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """One column of the sheet: its place, its heading, the first values that stand in it."""

    place: int
    heading: str
    samples: tuple[str, ...]


@dataclass(frozen=True)
class Looked:
    """A sheet that was looked at: what it is taken for, its first rows as text, its columns, and
    earlier imports of the same file."""

    opened: Opened
    plan: Plan
    head: tuple[tuple[str, ...], ...]
    columns: tuple[SheetColumn, ...]
    before: tuple[Import, ...]


@dataclass(frozen=True, slots=True)
class ShownCell:
    """A cell of a row: what stands there, what it becomes, and what is wrong with it."""

    heading: str
    column: str
    original: str
    becomes: str
    problem: str = ""


@dataclass(frozen=True, slots=True)
class BesideCell:
    """A value of a row beside that of a record it may be; what is private there is masked."""

    column: str
    here: str
    there: str
    same: bool


@dataclass(frozen=True, slots=True)
class Beside:
    """A record, or an earlier row of the sheet, that a row may be: cell by cell."""

    like: Like
    cells: tuple[BesideCell, ...]


def look(
    desk: Desk, opened: Opened, sheet: int, job: Job, *, kind: str = "", row: int | None = None
) -> Looked:
    """What a sheet is taken for, and what one must see of it to say otherwise."""
    plan = propose(desk, opened, sheet, kind=kind, row=row)
    job.check()
    rows = opened.book.rows(sheet)
    last = plan.heading.last
    shown = rows[: max(SHOWN_ROWS, last + 1 + _MORE_ROWS)]
    head = tuple(tuple(cell_text(cell) for cell in one[:_SHOWN_COLUMNS]) for one in shown)
    columns = _columns(plan, rows[last + 1 : last + 1 + SAMPLED])
    return Looked(opened, plan, head, columns, taken_before(desk, opened, plan.kind))


def readable(kind: str) -> tuple[Column, ...]:
    """The columns of a ledger that a sheet can bring."""
    return tuple(column for column in catalog.sheets()[kind].columns if column.read)


def missing(plan: Plan) -> tuple[str, ...]:
    """What every new row must have and no column of the sheet means. A sheet that says which
    records it is about may bring less."""
    spec = catalog.sheets()[plan.kind]
    meant = set(plan.columns.values())
    if meant & set(spec.keys):
        return ()
    return tuple(one.label for one in readable(plan.kind) if one.required and one.name not in meant)


def cells_of(plan: Plan, one: Judged) -> tuple[ShownCell, ...]:
    """A row, cell by cell: first what is read, then what is not."""
    columns = {column.name: column for column in readable(plan.kind)}
    places = {name: place for place, name in plan.columns.items()}
    told, elsewhere = _problems(plan, one.problems, places)
    found, rest = [], []
    for place, heading in enumerate(plan.heading.labels):
        original = cell_text(one.row.cells[place]) if place < len(one.row.cells) else ""
        column = columns.get(plan.columns.get(place, ""))
        if column is None:
            if heading and original:
                rest.append(ShownCell(heading, "", original, ""))
            continue
        value = one.row.values.get(column.name)
        becomes = words_of(column, value)
        found.append(ShownCell(heading, column.label, original, becomes, told.get(place, "")))
    whole = [ShownCell("", label, "", "", words) for label, words in elsewhere]
    return (*whole, *found, *rest)


def _problems(
    plan: Plan, problems: Sequence[CellProblem], places: Mapping[str, int]
) -> tuple[dict[int, str], list[tuple[str, str]]]:
    """What is wrong by the place in the row, and what is wrong with no cell of it."""
    by_label = {label: place for place, label in enumerate(plan.heading.labels) if label}
    by_column = {one.label: places[one.name] for one in readable(plan.kind) if one.name in places}
    told: dict[int, str] = {}
    elsewhere: list[tuple[str, str]] = []
    for one in problems:
        place = one.column
        if place is None:
            place = by_label.get(one.label, by_column.get(one.label))
        if place is None:
            elsewhere.append((one.label, one.problem.words))
        else:
            told[place] = "".join((told.get(place, ""), one.problem.words))
    return told, elsewhere


def shown_difference(plan: Plan, one: Difference) -> tuple[str, str]:
    """What a record says now and what the row says; what is private of the record is masked."""
    column = catalog.sheets()[plan.kind].column(one.column)
    return _masked(column, one.before), one.after


def beside(desk: Desk, plan: Plan, trial: Trial, one: Judged, _job: Job) -> tuple[Beside, ...]:
    """The records and rows that a row may be, each beside it."""
    subject = subject_of(plan.kind)
    found = []
    for like in one.like:
        if like.row:
            other = next((row for row in trial.rows if row.row.number == like.row), None)
            there = dict(other.row.values) if other is not None else {}
            private = False
        else:
            there, private = _values_of(desk, plan, subject, like), True
        found.append(Beside(like, _side_by_side(plan, one, there, private=private)))
    return tuple(found)


def _values_of(desk: Desk, plan: Plan, subject: Subject, like: Like) -> dict[str, Plain]:
    if like.uid is None:
        return {}
    context = context_of(desk, plan)
    readers = {column.name: reader_of(column, context) for column in subject.spec.columns}
    with desk.reading(needs=Right.READ) as connection:
        record = subject.shelf.get(connection, like.uid)
        if record is None:
            return {}
        told = subject.spec.told(connection, desk.database.zone, [record])
    return Comparer(subject.spec, None, readers).values_of(told[0])


def _side_by_side(
    plan: Plan, one: Judged, there: Mapping[str, Plain], *, private: bool
) -> tuple[BesideCell, ...]:
    cells = []
    # What the row says comes first, what only the other one says after it.
    for column in sorted(readable(plan.kind), key=lambda column: column.name not in one.row.values):
        here, other = one.row.values.get(column.name), there.get(column.name)
        if here is None and other is None:
            continue
        words = words_of(column, other)
        shown = _masked(column, words) if private else words
        if column.out is None and private:
            shown = _IN_PARTS
        same = _says_the_same(column, here, other)
        cells.append(BesideCell(column.label, words_of(column, here), shown, same))
    return tuple(cells)


def _says_the_same(column: Column, here: Plain, there: Plain) -> bool:
    """A day without the time that the record knows is no other one."""
    if column.kind is CellKind.MOMENT and isinstance(here, str) and isinstance(there, str):
        return there.startswith(here)
    return bool(here == there)


_IN_PARTS = "见下面各栏"
"""Of a column that is only read: a record has it in other columns."""
_MASKED = {
    CellKind.PHONE,
    CellKind.PHONES,
    CellKind.IDENTITY,
    CellKind.ADDRESS,
    CellKind.CODE,
}
"""What is masked of a record wherever it is shown: numbers and addresses. Who it is and what it is
about must be read to tell one from another."""


def _masked(column: Column, words: str) -> str:
    if not words or not column.private:
        return words
    if column.sensitive or column.kind in _MASKED:
        return column.mask(words) if column.mask is not None else HIDDEN
    return words


def words_of(column: Column, value: Plain) -> str:
    """A value that was read, in words."""
    if column.kind is CellKind.MOMENT and isinstance(value, str):
        return value.replace("T", " ")
    return value_words(value, {choice.value: choice.label for choice in column.choices})


def cell_text(cell: Cell) -> str:
    """A cell as one reads it in a spreadsheet, in one line."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime):
        return f"{cell:%Y-%m-%d}" if cell.time() == time.min else f"{cell:%Y-%m-%d %H:%M}"
    if isinstance(cell, date):
        return f"{cell:%Y-%m-%d}"
    if isinstance(cell, time):
        return f"{cell:%H:%M}"
    if isinstance(cell, timedelta):
        minutes = int(cell.total_seconds()) // 60
        return f"{minutes // 60}:{minutes % 60:02}"
    return " ".join(str(cell).split())


def _columns(plan: Plan, rows: Sequence[Sequence[Cell]]) -> tuple[SheetColumn, ...]:
    """The columns one is asked about: those with a heading, and those with something in them."""
    wide = max([len(plan.heading.labels), *(len(row) for row in rows)], default=0)
    found = []
    for place in range(wide):
        texts = (cell_text(row[place]) for row in rows if place < len(row))
        samples = tuple(dict.fromkeys(text for text in texts if text))[:_SAMPLES]
        labels = plan.heading.labels
        heading = labels[place] if place < len(labels) else ""
        if heading or samples:
            found.append(SheetColumn(place, heading, samples))
    return tuple(found)
