"""The figures that the three lists give, each with how it is counted and the rows it counts.

One book for problems and one for duties: what residents wanted and what came of it are kept apart
from who did what in time.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from desktop_app.core import figures
from desktop_app.core.books import Book, Cut, Dated, Parts
from desktop_app.core.figures import Counts, Rate, Span, of
from desktop_app.core.periods import Period
from desktop_app.core.told import Drawn
from desktop_app.ledgers.three_lists import store
from desktop_app.ledgers.three_lists.record import DUTIES, PROBLEMS
from desktop_app.ledgers.three_lists.rules import charts
from desktop_app.ledgers.three_lists.rules.duty import DutyState
from desktop_app.ledgers.three_lists.rules.listing import DutyFilter, ProblemFilter
from desktop_app.ledgers.three_lists.rules.problem import ProblemState

ProblemFigure = figures.Figure[ProblemFilter]
DutyFigure = figures.Figure[DutyFilter]

PROBLEM_FIGURES: tuple[ProblemFigure, ...] = (
    ProblemFigure(
        "raised",
        "提出问题",
        "提出日期在期内的问题，一条一计；含后来撤回、并入的。",
        of("raised"),
        lambda span: ProblemFilter(since=span.first, until=span.last),
    ),
    ProblemFigure(
        "entered",
        "问题入单",
        "入单日期在期内的问题；含后来撤回、并入的。",
        of("entered"),
        lambda span: ProblemFilter(listed_since=span.first, listed_until=span.last),
    ),
    ProblemFigure(
        "closed",
        "问题销号",
        "销号日期在期内、现在仍是已销号的问题；重新打开的不计。",
        of("closed"),
        lambda span: ProblemFilter(closed_since=span.first, closed_until=span.last),
    ),
)

PROBLEMS_NOW: tuple[ProblemFigure, ...] = (
    ProblemFigure(
        "open",
        "未销号问题",
        "现在还没有销号的问题，含没有入单的。",
        of("open"),
        lambda span: ProblemFilter(open=True),
    ),
    ProblemFigure(
        "waiting",
        "待认领问题",
        "已入单、还没有单位认领的问题。",
        of("waiting"),
        lambda span: ProblemFilter(state=ProblemState.LISTED),
    ),
    ProblemFigure(
        "overdue",
        "逾期问题",
        "没有销号、已过希望解决日期的问题。",
        of("overdue"),
        lambda span: ProblemFilter(late=True),
        late=True,
    ),
)


def _closed(span: Span, **more: Any) -> DutyFilter:
    return DutyFilter(closed_since=span.first, closed_until=span.last, **more)


DUTY_FIGURES: tuple[DutyFigure, ...] = (
    DutyFigure(
        "proposed",
        "交办责任",
        "交办日期在期内的责任，一条一计；含后来谢绝、取消的。",
        of("proposed"),
        lambda span: DutyFilter(since=span.first, until=span.last),
    ),
    DutyFigure(
        "extended",
        "其中延期",
        "已含在交办责任内、延期过的责任，不论几次。",
        of("extended"),
        lambda span: DutyFilter(since=span.first, until=span.last, extended=True),
    ),
    DutyFigure(
        "declined",
        "其中谢绝",
        "已含在交办责任内、单位谢绝的责任。",
        of("declined"),
        lambda span: DutyFilter(since=span.first, until=span.last, state=DutyState.DECLINED),
    ),
    DutyFigure("closed", "责任销号", "销号日期在期内的责任。", of("closed"), _closed),
    DutyFigure(
        "on_time",
        "按时销号",
        "销号日期在期内、不晚于完成时限（延期的按延期后）的责任。",
        of("on_time"),
        lambda span: _closed(span, in_time=True),
    ),
    DutyFigure(
        "late",
        "超时销号",
        "销号日期在期内、晚于完成时限的责任。",
        of("late"),
        lambda span: _closed(span, in_time=False),
    ),
    DutyFigure(
        "on_time_rate",
        "按时销号率",
        "按时销号÷责任销号。",
        lambda counts: Rate(counts["on_time"], counts["on_time"] + counts["late"]),
    ),
)

DUTIES_NOW: tuple[DutyFigure, ...] = (
    DutyFigure(
        "live",
        "在办责任",
        "现在待接单、办理中、待复核的责任。",
        of("live"),
        lambda span: DutyFilter(live=True),
    ),
    DutyFigure(
        "overdue",
        "逾期责任",
        "在办、已过完成时限的责任。",
        of("overdue"),
        lambda span: DutyFilter(late=True),
        late=True,
    ),
    DutyFigure(
        "to_review",
        "待复核责任",
        "已申请销号、等第二个人复核的责任。",
        of("to_review"),
        lambda span: DutyFilter(state=DutyState.TO_REVIEW),
    ),
)


def problem_counts(connection: store.Connection, span: Span) -> Counts:
    """Everything the figures of problems are read from."""
    return store.count_problems(connection, span.first, span.last, span.today)


def duty_counts(connection: store.Connection, span: Span) -> Counts:
    """Everything the figures of duties are read from."""
    return store.count_duties(connection, span.first, span.last, span.today)


def _part(parts: Mapping[Cut, Parts], cut: Cut, name: str) -> dict[str, int]:
    return {part: found[name] for part, found in parts.get(cut, {}).items() if found[name]}


def _problem_charts(
    period: Period, counts: Counts, parts: Mapping[Cut, Parts]
) -> tuple[Drawn, ...]:
    return (charts.by_category(period, _part(parts, Cut.CATEGORY, "raised")),)


def _duty_charts(period: Period, counts: Counts, parts: Mapping[Cut, Parts]) -> tuple[Drawn, ...]:
    by_unit = charts.by_unit(period, _part(parts, Cut.KIND, "proposed"))
    return by_unit, charts.in_time(period, counts)


PROBLEM_BOOK = Book(
    kind=PROBLEMS.name,
    figures=PROBLEM_FIGURES,
    groups=(("问题清单", tuple(figure.name for figure in PROBLEM_FIGURES)),),
    counts=problem_counts,
    roll_up=store.roll_up_problems,
    dated={PROBLEMS.name: Dated(("raised_on", "listed_on", "closed_on"))},
    alive=("raised", "entered", "closed"),
    headline=("entered", "closed", "overdue"),
    upward={"问题入单": "entered", "问题销号": "closed"},
    trend="raised",
    charts=_problem_charts,
    parted={
        Cut.CATEGORY: PROBLEM_FIGURES,
        Cut.PLACE: tuple(replace(figure, rows=None) for figure in PROBLEM_FIGURES),
    },
    now=PROBLEMS_NOW,
    standing=store.problems_standing,
)

DUTY_BOOK = Book(
    kind=DUTIES.name,
    figures=DUTY_FIGURES,
    groups=(("责任清单", tuple(figure.name for figure in DUTY_FIGURES)),),
    counts=duty_counts,
    roll_up=store.roll_up_duties,
    dated={DUTIES.name: Dated(("proposed_on", "closed_on"))},
    alive=("proposed", "closed"),
    headline=("on_time_rate", "overdue"),
    upward={},
    trend="proposed",
    charts=_duty_charts,
    parted={
        Cut.CATEGORY: DUTY_FIGURES,
        Cut.PLACE: tuple(replace(figure, rows=None) for figure in DUTY_FIGURES),
    },
    now=DUTIES_NOW,
    standing=store.duties_standing,
)

BOOKS = (PROBLEM_BOOK, DUTY_BOOK)
