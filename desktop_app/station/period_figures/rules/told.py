"""A period's report as data: the same for the page, for paper and for the command line. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from desktop_app.core.chart import Chart
from desktop_app.core.figures import Value
from desktop_app.core.ids import Uid
from desktop_app.core.periods import Period
from desktop_app.ledgers.activities.rules.listing import ActivityFilter, ActivityLine
from desktop_app.ledgers.visits.rules.listing import VisitFilter

VISITS, ACTIVITIES = "visits", "activities"
"""The kinds of record figures lead to; the window's pages that list them are called the same."""

NOTHING = "—"
"""Stands where there is nothing to count, to compare or to show."""


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows behind a figure or behind a part of a chart: a kind of record and its filter."""

    kind: str
    wanted: VisitFilter | ActivityFilter


@dataclass(frozen=True, slots=True)
class Compared:
    """The same figure of another period: its value, as words, and the change in words.

    `value` is None and both texts are — where that period has nothing to compare with.
    """

    value: Value | None = None
    words: str = NOTHING
    change: str = NOTHING


@dataclass(frozen=True, slots=True)
class FigureLine:
    """One figure. `name` is unique in a report (`visits.registered`); `how` says what it counts.

    `value` is None where it must not be shown (evaluations: fewer than five, or another's task);
    `beside` says why, or what else must be known to read it. `before` is the period before (环比),
    `year_ago` the same period of last year (同比); figures of how things stand now have neither.
    `rows` leads to what is counted, or to the rows of which `column` is added up; `unlisted` of it
    stand in no list.
    """

    name: str
    label: str
    how: str
    value: Value | None
    words: str
    before: Compared | None = None
    year_ago: Compared | None = None
    beside: str = ""
    rows: Rows | None = None
    column: str = ""
    unlisted: int = 0


@dataclass(frozen=True, slots=True)
class FigureGroup:
    """Figures that are read together."""

    title: str
    lines: tuple[FigureLine, ...]


class By(StrEnum):
    """What a period can be split up by."""

    STATION = "station"
    COMMUNITY = "community"
    CATEGORY = "category"
    MONTH = "month"

    @property
    def label(self) -> str:
        return _BY[self]


_BY = {
    By.STATION: "站点",
    By.COMMUNITY: "社区",
    By.CATEGORY: "业务类别",
    By.MONTH: "月份",
}


@dataclass(frozen=True, slots=True)
class BreakdownLine:
    """One part of a period with its figures; they compare with nothing."""

    label: str
    figures: tuple[FigureLine, ...]


@dataclass(frozen=True, slots=True)
class Breakdown:
    """A period in parts, each with the same figures."""

    by: By
    lines: tuple[BreakdownLine, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """One column of the upward monthly table (domain 3.9)."""

    label: str
    words: str


@dataclass(frozen=True)
class Drawn:
    """A chart and where its parts lead, by (series, category) as the chart calls them."""

    key: str
    chart: Chart
    targets: Mapping[tuple[str, str], Rows] = field(default_factory=dict)


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
