"""The report of a period: every figure with how it is counted, compared and led from. Without Qt.

The figures themselves are the ledgers' (`figures.py` of each); here they are read together in one
reading, set beside the period before and last year's, and kept from telling what must not be told.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from desktop_app.core.clock import Zone
from desktop_app.core.figures import Counts, Figure, Rate, Span, Value
from desktop_app.core.masking import mask_name
from desktop_app.core.periods import Period, PeriodKind
from desktop_app.core.rights import Right
from desktop_app.core.wording import due, number
from desktop_app.core.workdays import WorkCalendar
from desktop_app.ledgers.activities import figures as activities
from desktop_app.ledgers.activities import store as activity_store
from desktop_app.ledgers.activities.rules.listing import ActivityFilter
from desktop_app.ledgers.visits import figures as visits
from desktop_app.ledgers.visits import store as visit_store
from desktop_app.ledgers.visits.rules.listing import VisitFilter, VisitLine
from desktop_app.registers.working_days.service import calendar
from desktop_app.station.evaluation.service import NOT_SO_MANY, Levels, levels_of
from desktop_app.station.period_figures import store
from desktop_app.station.period_figures.rules import charts
from desktop_app.station.period_figures.rules.comparing import (
    YEAR_AGO,
    before_words,
    compared,
    value_words,
)
from desktop_app.station.period_figures.rules.told import (
    ACTIVITIES,
    VISITS,
    Cell,
    Compared,
    Drawn,
    FigureGroup,
    FigureLine,
    OverdueLine,
    PeriodFigures,
    Rows,
)
from desktop_app.storage.files import write_atomic
from desktop_app.storage.session import Desk

MOST_OVERDUE = 50
"""Who has more than this many overdue matters has the list to work from, not the report."""

FOR_WHO_MANAGES = "由站长和社区管理员查看"

_IN_TIME = ("on_time", "late", "on_time_rate")
_LEVELS = ("satisfied_rate", "dissatisfied")
_EVALUATED = ("evaluated", *_LEVELS)
_TABLE = (
    "visits.registered", "visits.instant", "visits.timed", "visits.on_time", "visits.late",
    "visits.not_closed", "visits.close_rate", "visits.on_time_rate", "visits.evaluated",
    "visits.satisfied_rate", "visits.dissatisfied", "activities.held", "activities.people",
)  # fmt: skip
_CALLED = {
    "visits.registered": "登记总数",
    "visits.instant": "即办",
    "activities.people": "活动人次",
}
_NOT_KEPT = ("整改数", "志愿服务人次", "志愿服务小时", "协议数", "问题入单", "问题销号")


@dataclass(frozen=True)
class _Reading:
    """What was counted in one period."""

    span: Span
    visits: Counts
    activities: Counts
    levels: Levels | None

    @property
    def is_empty(self) -> bool:
        return self.visits["registered"] + self.visits["evaluated"] == 0 and not any(
            self.activities[name] for name in ("held", "planned", "open", "cancelled")
        )


def period_report(desk: Desk, period: Period) -> PeriodFigures:
    """Everything a report of this period tells, for the page, for paper and for `summary`.

    Levels of evaluations are told only to who manages the station, and only as far as
    `station/evaluation` shows them.
    """
    days = calendar(desk)
    today, zone = desk.today, desk.database.zone
    with desk.reading(needs=Right.READ) as connection:
        levels = desk.actor.may(Right.MANAGE_STATION)
        now = _read(connection, period, today, levels=levels)
        before = _read(connection, period.previous, today, levels=levels)
        year_ago = before
        if period.kind is not PeriodKind.YEAR:
            year_ago = _read(connection, period.same_last_year, today, levels=levels)
        groups = _groups(period, now, before, year_ago)
        drawn = _charts(connection, period, zone, now)
        held = activity_store.between(connection, period.first, period.last)
        late, late_total = _overdue(connection, today, days)
    lines = {line.name: line for group in groups for line in group.lines}
    return PeriodFigures(
        period=period,
        station=desk.database.station.name,
        today=today,
        until=min(period.last, today),
        remark=_remark(period, today),
        groups=groups,
        table=_table(desk.database.station.name, lines),
        not_kept=_NOT_KEPT,
        charts=drawn,
        activities=tuple(held),
        overdue=late,
        overdue_total=late_total,
        late_entries=now.visits["late_entries"] + now.activities["late_entries"],
        is_empty=now.is_empty,
    )


def save_picture(desk: Desk, path: Path, picture: bytes, period: Period) -> Path:
    """Write the charts of a period as a picture; the audit says that somebody took them along."""
    desk.actor.require(Right.EXPORT)
    if not path.suffix:
        path = path.with_suffix(".png")
    write_atomic(path, picture, what="保存图片")
    with desk.unit_of_work("另存报表图片", needs=Right.EXPORT) as unit:
        unit.about(str(period), period.label)
    return path


def _read(connection: store.Connection, period: Period, today: date, *, levels: bool) -> _Reading:
    span = Span(period.first, period.last, today)
    return _Reading(
        span,
        visits.counts(connection, span),
        activities.counts(connection, span),
        levels_of(connection, period, today) if levels else None,
    )


# --- figures --------------------------------------------------------------------------------------


def _groups(
    period: Period, now: _Reading, before: _Reading, year_ago: _Reading
) -> tuple[FigureGroup, ...]:
    def told(kind: str, figure: Figure[VisitFilter] | Figure[ActivityFilter]) -> FigureLine:
        ago = None
        if period.kind is not PeriodKind.YEAR:
            ago = _compared(kind, figure, now, year_ago, YEAR_AGO)
        called = before_words(period)
        return _line(kind, figure, now, _compared(kind, figure, now, before, called), ago)

    by_name = {figure.name: told(VISITS, figure) for figure in visits.FIGURES}
    apart = {*_IN_TIME, *_EVALUATED}
    return (
        FigureGroup("来访", tuple(by_name[name] for name in by_name if name not in apart)),
        FigureGroup("时限", tuple(by_name[name] for name in _IN_TIME)),
        FigureGroup("评价", tuple(by_name[name] for name in _EVALUATED)),
        FigureGroup("活动", tuple(told(ACTIVITIES, one) for one in activities.FIGURES)),
        FigureGroup(
            "现在", tuple(_line(VISITS, one, now, None, None) for one in visits.NOW_FIGURES)
        ),
    )


def _line(
    kind: str,
    figure: Figure[VisitFilter] | Figure[ActivityFilter],
    now: _Reading,
    before: Compared | None,
    year_ago: Compared | None,
) -> FigureLine:
    value = _value(kind, figure, now)
    counts = now.visits if kind == VISITS else now.activities
    return FigureLine(
        name=f"{kind}.{figure.name}",
        label=figure.label,
        how=figure.how,
        value=value,
        words=value_words(value),
        before=before,
        year_ago=year_ago,
        beside=_beside(figure.name, now.levels) if kind == VISITS else "",
        rows=Rows(kind, figure.rows(now.span)) if figure.rows else None,
        column=figure.column,
        unlisted=counts.get(figure.unlisted, 0),
    )


def _value(
    kind: str, figure: Figure[VisitFilter] | Figure[ActivityFilter], of: _Reading
) -> Value | None:
    if kind == ACTIVITIES:
        return figure.value(of.activities)
    if figure.name not in _LEVELS:
        return figure.value(of.visits)
    if of.levels is None or of.levels.levels is None:
        return None
    # From what is shown of the evaluations, never from all: the difference would tell one of them.
    satisfied, shown = of.levels.satisfied, of.levels.shown
    told = {"satisfied": satisfied, "dissatisfied": shown - satisfied, "evaluated": shown}
    return figure.value({**of.visits, **told})


def _beside(name: str, levels: Levels | None) -> str:
    if name not in _LEVELS:
        return ""
    if levels is None:
        return FOR_WHO_MANAGES
    if levels.levels is None:
        return NOT_SO_MANY.replace("分布", "") if levels.received else ""
    return f"按其中 {levels.shown} 件算" if levels.shown < levels.received else ""


def _compared(
    kind: str,
    figure: Figure[VisitFilter] | Figure[ActivityFilter],
    now: _Reading,
    then: _Reading,
    called: str,
) -> Compared:
    """Nothing was recorded at all in that period: then nobody worked with the program yet."""
    value = None if then.is_empty else _value(kind, figure, then)
    if isinstance(value, Rate) and value.whole == 0:
        value = None
    return compared(_value(kind, figure, now), value, called)


def _table(station: str, lines: dict[str, FigureLine]) -> tuple[Cell, ...]:
    cells = [Cell(_CALLED.get(name, lines[name].label), lines[name].words) for name in _TABLE]
    return (Cell("单位", station), *cells)


def _remark(period: Period, today: date) -> str:
    if today > period.last:
        return ""
    if today < period.first:
        return f"{period.label}还没有开始。"
    counted = f"{today.month}月{today.day}日"
    others = "" if period.kind is PeriodKind.YEAR else f"和{YEAR_AGO}"
    return f"统计到{counted}，本期还没有结束；比较的是整个{before_words(period)}{others}。"


# --- charts and lists -----------------------------------------------------------------------------


def _charts(
    connection: store.Connection, period: Period, zone: Zone, now: _Reading
) -> tuple[Drawn, ...]:
    petitions = now.visits["petitions"]
    note = f"另有信访渠道告知 {number(petitions)} 件，只计数，不在图中。" if petitions else ""
    by_day = store.by_day(connection, period.first, period.last)
    since, until = zone.at(period.first), zone.at(period.last + timedelta(days=1))
    kinds = activities.by_kind(connection, period.first, period.last)
    drawn = [
        charts.over_time(period, now.span.today, by_day, note),
        charts.by_category(period, store.by_category(connection, since, until), note),
        charts.by_handling(period, by_day, note),
        charts.in_time(period, now.visits),
        charts.by_kind(period, kinds),
        charts.by_group(period, now.activities),
    ]
    if now.levels is not None and now.levels.levels is not None:
        drawn.append(charts.evaluations(now.levels.levels, now.levels.received))
    return tuple(one for one in drawn if _says_something(one))


def _says_something(drawn: Drawn) -> bool:
    return any(value for series in drawn.chart.series for value in series.values)


def _overdue(
    connection: store.Connection, today: date, days: WorkCalendar
) -> tuple[tuple[OverdueLine, ...], int]:
    query, order = visit_store.narrowed(
        VisitFilter(overdue=True), today=today, since=None, until=None
    )
    found = visit_store.lines(connection, query, order, size=MOST_OVERDUE)
    return tuple(_overdue_line(line, today, days) for line in found.rows), found.total


def _overdue_line(line: VisitLine, today: date, days: WorkCalendar) -> OverdueLine:
    assert line.due is not None, "only what has a limit is overdue"
    return OverdueLine(
        uid=line.uid,
        number=line.number,
        name=mask_name(line.name),
        matter=line.matter_name,
        due=line.due,
        # Over since Friday and looked at on Saturday: no working day has passed, late it is.
        late=due(min(days.workdays_between(today, line.due), -1)),
        clerk=line.first_clerk_name,
    )
