"""Opens a file that was dropped here, and proposes what each of its sheets may be."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from desktop_app import catalog
from desktop_app.core.errors import EnvironmentFault, UserError
from desktop_app.core.job import Job
from desktop_app.core.rights import Right
from desktop_app.sheets.heading import Heading, find_heading, heading_at, year_in
from desktop_app.sheets.left_out import Left
from desktop_app.sheets.mapping import guess, pattern_of
from desktop_app.sheets.reader import Book, open_book
from desktop_app.sheets.rows import SheetRow, read_rows
from desktop_app.sheets.spec import Cell, Column, SheetSpec
from desktop_app.sheets.values import Context
from desktop_app.station.importing import store
from desktop_app.station.importing.rules.history import Import
from desktop_app.station.importing.rules.plan import Plan
from desktop_app.storage.session import Desk

SAMPLED = 200
"""Rows that are looked at to guess what a column holds."""

TOLD_EVERY = 500
"""Rows that are read between two words on how far it is."""

_PIECE = 1 << 20


@dataclass(frozen=True)
class Opened:
    """A file that could be read: its name, its SHA-256 and what is in it."""

    path: Path
    digest: str
    book: Book

    def title(self, sheet: int) -> str:
        """The file's name, with that of the sheet where there are several."""
        looks = self.book.sheets
        return f"{self.path.name}｜{looks[sheet].name}" if len(looks) > 1 else self.path.name

    @property
    def first_sheet(self) -> int:
        """The sheet with most rows among those one sees."""
        looks = list(enumerate(self.book.sheets))
        seen = [place for place, look in looks if not look.hidden] or [0]
        return max(seen, key=lambda place: self.book.sheets[place].rows)


def open_file(path: Path) -> Opened:
    """Read a file's sheets. Raises `UserError` or `EnvironmentFault` that says what is wrong."""
    book = open_book(path)
    digest = hashlib.sha256()
    try:
        with path.open("rb") as stream:
            while piece := stream.read(_PIECE):
                digest.update(piece)
    except OSError as error:
        raise EnvironmentFault(
            "文件读不出来，没有做任何改动。", "请把它复制到本机，关掉打开它的程序后再试。"
        ) from error
    return Opened(path, digest.hexdigest(), book)


def propose(
    desk: Desk, opened: Opened, sheet: int, *, kind: str = "", row: int | None = None
) -> Plan:
    """What a sheet is most probably: for a ledger that was named, with headings in a row that was
    named (as Excel counts it), or both as they are found."""
    rows = opened.book.rows(sheet)
    heading = _heading(opened, sheet, rows, row)
    with desk.reading(needs=Right.READ) as connection:
        known = store.mapping(connection, pattern_of(heading))
    learned = known is not None and known[0] in catalog.sheets() and kind in ("", known[0])
    if learned and known is not None:
        kind = known[0]
        columns = _as_learned(heading, catalog.sheets()[kind], known[1])
    else:
        kind, columns = _guessed(heading, kind, rows[: heading.last + 1 + SAMPLED])
    return Plan(
        kind=kind,
        sheet=sheet,
        heading=heading,
        columns=columns,
        year=heading.year or year_in(opened.book.sheets[sheet].name) or year_in(opened.path.stem),
        learned=learned,
        options=frozenset(choice.value for choice in catalog.sheets()[kind].options),
    )


def _guessed(
    heading: Heading, kind: str, sample: Sequence[Sequence[Cell]]
) -> tuple[str, dict[int, str]]:
    """The ledger a sheet fits best, or the one that was named, and what its columns are."""
    found = {
        name: guess(heading, _readable(spec), sample)
        for name, spec in catalog.sheets().items()
        if kind in ("", name) and _readable(spec)
    }
    if not found:
        raise UserError(
            f"{catalog.ledgers()[kind].kind.label}不能从表格导入，没有做任何改动。",
            catalog.ledgers()[kind].elsewhere or "请在它的页面里登记。",
        )
    best = max(found, key=lambda name: _worth(catalog.sheets()[name], found[name]))
    return best, found[best]


def with_mapping(plan: Plan, wanted: Mapping[str, str]) -> Plan:
    """The plan with some headings meaning something else: a column by name or label, "" for none.

    Raises `UserError` for a heading the sheet has not, or a column the ledger has not.
    """
    spec = catalog.sheets()[plan.kind]
    names = {
        word: column.name for column in _readable(spec) for word in (column.name, column.label)
    }
    columns = dict(plan.columns)
    for heading, word in wanted.items():
        if heading not in plan.heading.labels:
            raise UserError(
                f"表里没有“{heading}”这一列，没有做任何改动。",
                f"表头有：{'、'.join(filter(None, plan.heading.labels))}。",
                field="mapping",
            )
        if word and word not in names:
            raise UserError(
                f"没有叫“{word}”的栏目，没有做任何改动。",
                f"可以写：{'、'.join(column.label for column in _readable(spec))}。",
                field="mapping",
            )
        place = plan.heading.labels.index(heading)
        columns.pop(place, None)
        if word:
            columns = {at: name for at, name in columns.items() if name != names[word]}
            columns[place] = names[word]
    return replace(plan, columns=columns)


def context_of(desk: Desk, plan: Plan) -> Context:
    """What the cells of a sheet are read with."""
    return Context(today=desk.today, year=plan.year)


def read_all(desk: Desk, opened: Opened, plan: Plan, job: Job) -> tuple[list[SheetRow], Left]:
    """Every row of the sheet, read by the plan, and what was no record."""
    spec, left = catalog.sheets()[plan.kind], Left()
    cells = opened.book.rows(plan.sheet)
    rows: list[SheetRow] = []
    for row in read_rows(
        cells,
        plan.heading,
        plan.columns,
        spec.columns,
        context_of(desk, plan),
        spec.several,
        merged=opened.book.merged(plan.sheet),
        left=left,
    ):
        rows.append(row)
        if len(rows) % TOLD_EVERY == 0:
            job.progress(row.number, len(cells), f"已读 {len(rows)} 行")
    return rows, left


def taken_before(desk: Desk, opened: Opened, kind: str) -> tuple[Import, ...]:
    """Earlier imports of the very same file into this ledger, the newest first."""
    with desk.reading(needs=Right.READ) as connection:
        return tuple(store.of_file(connection, opened.digest, kind))


def _heading(
    opened: Opened, sheet: int, rows: Sequence[Sequence[Cell]], row: int | None
) -> Heading:
    merged = opened.book.merged(sheet)
    if row is None:
        return find_heading(rows, merged)
    if not 1 <= row <= len(rows):
        raise UserError(
            f"这张表没有第 {row} 行，没有做任何改动。",
            f"它一共 {len(rows)} 行。",
            field="header_row",
        )
    return heading_at(rows, merged, row - 1)


def _readable(spec: SheetSpec) -> list[Column]:
    return [column for column in spec.columns if column.read]


def _as_learned(heading: Heading, spec: SheetSpec, known: Mapping[str, str]) -> dict[int, str]:
    names = {column.name for column in _readable(spec)}
    return {
        place: known[label]
        for place, label in enumerate(heading.labels)
        if known.get(label) in names
    }


def _worth(spec: SheetSpec, columns: Mapping[int, str]) -> tuple[bool, int]:
    """How well a sheet fits a ledger: whether all it must have is there, and how many columns."""
    taken = set(columns.values())
    must = {column.name for column in spec.columns if column.required}
    return (must <= taken, len(taken) + 2 * len(must & taken))
