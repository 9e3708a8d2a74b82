"""What a period comes to, as data: the same for a page, for paper and for the command line. Pure.

Of one station or of a whole street, and of any ledger: nothing here knows which there are.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from desktop_app.core.chart import Chart
from desktop_app.core.figures import Value
from desktop_app.core.periods import Period

NOTHING = "—"
"""Stands where there is nothing to count, to compare or to show."""


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows behind a figure or behind a part of a chart: a kind of record and its filter.

    The window's page that lists them is called like the kind.
    """

    kind: str
    wanted: object


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
    stand in no list. `late` marks what nobody wants to see above 0.
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
    late: bool = False


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
    """One part of a period with its figures; they compare with nothing.

    `key` tells it from the others (a station's code, a month), `beside` is what must be known of it
    (未报送).
    """

    label: str
    figures: tuple[FigureLine, ...]
    key: str = ""
    beside: str = ""


@dataclass(frozen=True, slots=True)
class Breakdown:
    """A period in parts, each with the same figures.

    `headline` names those that a table has columns for, where there are too many for all of them.
    """

    by: By
    lines: tuple[BreakdownLine, ...]
    headline: tuple[str, ...] = ()

    def columns(self) -> tuple[FigureLine, ...]:
        """The figures a table has columns for, as its first line has them."""
        return self.shown(self.lines[0]) if self.lines else ()

    def shown(self, line: BreakdownLine) -> tuple[FigureLine, ...]:
        """The figures of a line in these columns."""
        if not self.headline:
            return line.figures
        return tuple(one for one in line.figures if one.name in self.headline)


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

    @property
    def says_something(self) -> bool:
        """Whether anything was counted at all."""
        return any(value for series in self.chart.series for value in series.values)


@dataclass(frozen=True)
class PeriodTold:
    """What a report of a period tells, whoever it is of.

    `until` is the last day that is counted: today while the period runs. `remark` says what must be
    known of it, or nothing. `table` is a row of the upward monthly table, `not_kept` are the
    columns of it whose ledgers are not kept yet.
    """

    period: Period
    today: date
    until: date
    remark: str
    groups: tuple[FigureGroup, ...]
    table: tuple[Cell, ...]
    not_kept: tuple[str, ...]
    charts: tuple[Drawn, ...]
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
