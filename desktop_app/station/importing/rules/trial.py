"""What becomes of each row of a sheet, before any of it is kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import Any

from desktop_app.core.fields import LabelledEnum
from desktop_app.core.ids import Uid
from desktop_app.sheets.left_out import Left
from desktop_app.sheets.rows import CellProblem, SheetRow
from desktop_app.sheets.spec import Like


class Verdict(LabelledEnum):
    """What a row is to the ledger."""

    NEW = "new", "新增"
    UPDATE = "updated", "更新"
    SAME = "same", "相同"
    DUPLICATE = "duplicate", "可能重复"
    WRONG = "wrong", "有错"


@dataclass(frozen=True, slots=True)
class Difference:
    """A cell that says something else than the record: by the column's name and heading."""

    column: str
    label: str
    before: str
    after: str


@dataclass(slots=True)
class Judged:
    """One row and what it is. `uid` is the record it is known to be; `ready` is for whoever writes
    it. `notes` are what the sheet says and an import does not change."""

    row: SheetRow
    verdict: Verdict
    problems: tuple[CellProblem, ...] = ()
    uid: Uid | None = None
    differences: tuple[Difference, ...] = ()
    notes: tuple[str, ...] = ()
    like: tuple[Like, ...] = ()
    ready: Any = None


class Choice(Enum):
    """What a clerk decides of a row that may be a record that is there already."""

    LEAVE = auto()
    """Do not take it in; it goes into the workbook of what was not."""
    NEW = auto()
    """It is another one: take it in."""
    SAME = auto()
    """It is the same one: there is nothing to take in."""


@dataclass
class Decisions:
    """One for all rows in doubt, and another one for some of them, by the row's place."""

    for_all: Choice = Choice.LEAVE
    by_row: dict[int, Choice] = field(default_factory=dict)

    def of(self, place: int) -> Choice:
        return self.by_row.get(place, self.for_all)


@dataclass(frozen=True)
class Trial:
    """A sheet that was tried out: every row judged, in the sheet's order, nothing of it kept.

    `left_out` counts what was no record: sums, signatures, empty rows.
    """

    rows: Sequence[Judged]
    left_out: Left = field(default_factory=Left)

    @property
    def counts(self) -> dict[Verdict, int]:
        """How many rows are what; every verdict is there."""
        found = Counter(judged.verdict for judged in self.rows)
        return {verdict: found[verdict] for verdict in Verdict}
