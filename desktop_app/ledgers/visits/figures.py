"""The figures that visits give, each with how it is counted and the rows it counts.

One source for the dashboard, the printed report and the command line's summary. 批次, 人次 and 件数
are kept apart; 未评价 is never counted as satisfied; a 差评 is counted, never listed.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from desktop_app.core import figures
from desktop_app.core.books import Book, Cut, Dated, Parts
from desktop_app.core.figures import Counts, MonthCount, Rate, Span, Value
from desktop_app.core.figures import of as _of
from desktop_app.core.handling import Handling
from desktop_app.core.ids import Uid
from desktop_app.core.periods import Period
from desktop_app.core.told import Drawn
from desktop_app.ledgers.visits import store
from desktop_app.ledgers.visits.record import EVALUATIONS, KIND
from desktop_app.ledgers.visits.rules import charts
from desktop_app.ledgers.visits.rules.listing import VisitFilter
from desktop_app.ledgers.visits.rules.visit import VisitState

Figure = figures.Figure[VisitFilter]

__all__ = ["BOOK", "FIGURES", "NOW_FIGURES", "Counts", "Figure", "Rate", "Span", "Value", "counts"]


def _rate(part: str, *whole: str) -> Callable[[Counts], Value]:
    return lambda counts: Rate(counts[part], sum(counts[name] for name in whole))


def _within(span: Span, **more: Any) -> VisitFilter:
    return VisitFilter(since=span.first, until=span.last, **more)


def _ended(span: Span, *, in_time: bool) -> VisitFilter:
    return VisitFilter(in_time=in_time, closed_since=span.first, closed_until=span.last)


FIGURES: tuple[Figure, ...] = (
    Figure(
        "registered",
        "登记件数",
        "来访日期在期内的事项，一件一计；含仅计数、信访渠道告知和后来撤回、合并的，不含撤销的登记。",
        _of("registered"),
        _within,
        unlisted="petitions",
    ),
    Figure(
        "batches",
        "来访批次",
        "一次来访计一批，不论几件事、几个人。",
        _of("batches"),
        lambda span: _within(span, leads=True),
        unlisted="petition_batches",
    ),
    Figure(
        "people",
        "来访人次",
        "每批来访的人数之和，一批只计一次。",
        _of("people"),
        lambda span: _within(span, leads=True),
        column="people",
        unlisted="petition_people",
    ),
    Figure(
        "instant",
        "即时办结",
        "办理方式为即时办结的件数。",
        _of("instant"),
        lambda span: _within(span, handling=Handling.INSTANT),
    ),
    Figure(
        "timed",
        "限时办理",
        "办理方式为限时办理的件数。",
        _of("timed"),
        lambda span: _within(span, handling=Handling.TIMED),
    ),
    Figure(
        "late_entries",
        "补录",
        "事后补记的件数，已含在登记件数内；信访渠道告知不计。",
        _of("late_entries"),
        lambda span: _within(span, late_entry=True),
    ),
    Figure("petitions", "信访渠道告知", "只计件数，不列明细。", _of("petitions")),
    Figure(
        "closed",
        "已办结",
        "期内登记、现已办结的件数。",
        _of("closed"),
        lambda span: _within(span, state=VisitState.CLOSED),
        unlisted="petitions_closed",
    ),
    Figure(
        "not_closed",
        "未办结",
        "期内登记、现在仍在办的件数。",
        _of("not_closed"),
        lambda span: _within(span, open=True),
    ),
    Figure("close_rate", "办结率", "已办结÷登记件数。", _rate("closed", "registered")),
    Figure(
        "on_time",
        "按时办结",
        "期内办结、设有本站时限且不晚于到期日的件数；部门时限不计。",
        _of("on_time"),
        lambda span: _ended(span, in_time=True),
    ),
    Figure(
        "late",
        "超时办结",
        "期内办结、晚于本站时限到期日的件数。",
        _of("late"),
        lambda span: _ended(span, in_time=False),
    ),
    Figure(
        "on_time_rate",
        "按时率",
        "按时办结÷（按时办结＋超时办结）；不设时限的不计。",
        _rate("on_time", "on_time", "late"),
    ),
    Figure("evaluated", "评价数", "期内收到的居民评价；未评价不计。", _of("evaluated")),
    Figure(
        "satisfied_rate",
        "满意率",
        "非常满意、满意、基本满意之和÷评价数；未评价不算满意。",
        _rate("satisfied", "evaluated"),
    ),
    Figure(
        "dissatisfied", "差评数", "不满意、非常不满意之和；只计数，不列明细。", _of("dissatisfied")
    ),
)

NOW_FIGURES: tuple[Figure, ...] = (
    Figure(
        "open",
        "在办",
        "现在还没有办结的件数。",
        _of("open"),
        lambda span: VisitFilter(open=True),
    ),
    Figure(
        "overdue",
        "超期",
        "在办、已过本站时限的件数；待补材料期间不计。",
        _of("overdue"),
        lambda span: VisitFilter(overdue=True),
        late=True,
    ),
    Figure(
        "due_today",
        "今日到期",
        "在办、今天是本站时限最后一天的件数。",
        _of("due_today"),
        lambda span: VisitFilter(due_today=True),
    ),
)
"""How things stand at this moment, whatever the period."""


def counts_of_day(connection: store.Connection, today: date) -> Counts:
    """Today's and the standing figures alone, for the counter that asks after every visit."""
    return {
        **store.count_registered(connection, today, today),
        **store.count_open(connection, today),
    }


def counts(connection: store.Connection, span: Span) -> Counts:
    """Everything `FIGURES` and `NOW_FIGURES` are read from."""
    return {
        **store.count_registered(connection, span.first, span.last),
        **store.count_closed(connection, span.first, span.last),
        **store.count_evaluations(connection, span.first, span.last),
        **store.count_open(connection, span.today),
    }


def withheld_counts(
    connection: store.Connection, without: Collection[Uid] = ()
) -> dict[str, list[MonthCount]]:
    """What the visits that never leave the station (信访渠道告知) add to `counts`, by month;
    some of them may be left out."""
    return {KIND.name: store.count_petitions(connection, without)}


# --- for a whole street --------------------------------------------------------------------------

IN_TIME = ("on_time", "late", "on_time_rate")
EVALUATED = ("evaluated", "satisfied_rate", "dissatisfied")
_APART = frozenset({*IN_TIME, *EVALUATED})

LISTED = Figure(
    "listed",
    "登记件数",
    "来访日期在期内的事项，一件一计；不含信访渠道告知和撤销的登记。",
    _of("registered"),
    _within,
)
"""登记件数 of a category or a place: what stands in no list belongs to none."""

_OF_CATEGORY = (
    LISTED,
    Figure("closed", "已办结", "期内登记、现已办结的件数。", _of("closed")),
    Figure("close_rate", "办结率", "已办结÷登记件数。", _rate("closed", "registered")),
    *(figure for figure in FIGURES if figure.name in IN_TIME),
)
_OF_PLACE = tuple(replace(figure, rows=None) for figure in _OF_CATEGORY)


def _charts(period: Period, counts: Counts, parts: Mapping[Cut, Parts]) -> tuple[Drawn, ...]:
    times = {name: found["registered"] for name, found in parts.get(Cut.CATEGORY, {}).items()}
    note = charts.petitions_note(counts)
    return charts.by_category(period, times, note), charts.in_time(period, counts)


BOOK = Book(
    kind=KIND.name,
    figures=FIGURES,
    groups=(
        ("来访", tuple(figure.name for figure in FIGURES if figure.name not in _APART)),
        ("时限", IN_TIME),
        ("评价", EVALUATED),
    ),
    counts=counts,
    roll_up=store.roll_up,
    dated={
        KIND.name: Dated(("day", "closed_day")),
        EVALUATIONS.name: Dated(("day",)),
    },
    alive=("registered", "evaluated"),
    headline=(
        "registered",
        "people",
        "closed",
        "close_rate",
        "on_time_rate",
        "evaluated",
        "satisfied_rate",
        "overdue",
    ),
    upward={
        "登记总数": "registered",
        "即办": "instant",
        "限时办理": "timed",
        "按时办结": "on_time",
        "超时办结": "late",
        "未办结": "not_closed",
        "办结率": "close_rate",
        "按时率": "on_time_rate",
        "评价数": "evaluated",
        "满意率": "satisfied_rate",
        "差评数": "dissatisfied",
    },
    trend="registered",
    charts=_charts,
    parted={Cut.CATEGORY: _OF_CATEGORY, Cut.PLACE: _OF_PLACE},
    guarded=frozenset({"satisfied_rate", "dissatisfied"}),
    now=NOW_FIGURES,
    standing=store.standing,
)
