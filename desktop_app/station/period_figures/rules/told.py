"""A station's report of a period as data: the figures of `core/told` and what goes with them. Pure.

The same for the page, for paper and for the command line.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from desktop_app.core.ids import Uid
from desktop_app.core.periods import Period
from desktop_app.core.told import Cell, Drawn, FigureGroup, FigureLine
from desktop_app.ledgers.activities.rules.listing import ActivityLine


@dataclass(frozen=True, slots=True)
class OverdueLine:
    """A matter past the station's own limit today; `name` is masked, `late` in working days."""

    uid: Uid
    number: str
    name: str
    matter: str
    due: date
    late: str
    clerk: str


@dataclass(frozen=True)
class PeriodFigures:
    """Everything a report of a period tells.

    `until` is the last day that is counted: today while the period runs. `remark` says what must be
    known of it, or nothing. `not_kept` are columns of the upward table whose ledgers are not kept
    yet. `overdue` are as of `today`, whatever the period, the longest overdue first; all of them
    are `overdue_total`. `late_entries` (补录) of visits and activities are also among the figures.
    """

    period: Period
    station: str
    today: date
    until: date
    remark: str
    groups: tuple[FigureGroup, ...]
    table: tuple[Cell, ...]
    not_kept: tuple[str, ...]
    charts: tuple[Drawn, ...]
    activities: tuple[ActivityLine, ...]
    overdue: tuple[OverdueLine, ...]
    overdue_total: int
    late_entries: int
    is_empty: bool

    @property
    def running(self) -> bool:
        """Whether the period has not ended."""
        return self.today <= self.period.last

    @property
    def lines(self) -> tuple[FigureLine, ...]:
        """Every figure, in the order of the groups."""
        return tuple(line for group in self.groups for line in group.lines)

    def line(self, name: str) -> FigureLine:
        """The figure of that name; `KeyError` when there is none."""
        return {line.name: line for line in self.lines}[name]
