"""The figures that activities give, each with how it is counted and the rows it counts.

One source for the dashboard, the printed report and the command line's summary. 场次 and 人次 are
kept apart; what nobody has reviewed yet is counted and listed apart, too.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from desktop_app.core import figures
from desktop_app.core.books import Book, Cut, Dated, Parts
from desktop_app.core.figures import Counts, Span, of
from desktop_app.core.periods import Period
from desktop_app.core.told import Drawn
from desktop_app.ledgers.activities import store
from desktop_app.ledgers.activities.record import ATTENDANCE, KIND
from desktop_app.ledgers.activities.rules import charts
from desktop_app.ledgers.activities.rules.activity import ActivityState, Group, kind_label
from desktop_app.ledgers.activities.rules.listing import ActivityFilter

Figure = figures.Figure[ActivityFilter]


@dataclass(frozen=True, slots=True)
class Tally:
    """One line of a breakdown: `label` is the word for the kind, or the month as 2026-11."""

    key: str
    label: str
    held: int
    people: int
    solved: int


def _within(**more: Any) -> Callable[[Span], ActivityFilter]:
    return lambda span: ActivityFilter(since=span.first, until=span.last, **more)


def _people(group: Group, how: str) -> Figure:
    return Figure(
        group.value,
        f"{group.label}参加人次",
        how,
        of(group.value),
        _within(held=True),
        column=group.value,
    )


FIGURES: tuple[Figure, ...] = (
    Figure(
        "held",
        "活动场次",
        "活动日期在期内、已经开始或举行过的活动，一场一计；取消的和还没有开始的不计，补录的计入。",
        of("held"),
        _within(held=True),
    ),
    Figure(
        "unreviewed",
        "其中未审核",
        "已含在活动场次内、还没有审核归档的场次。",
        of("unreviewed"),
        _within(unreviewed=True),
    ),
    Figure(
        "people",
        "参加人次",
        "每场到场人数之和，同一人参加几场计几次；按签到表计，更正过的按更正后的人数计。",
        of("people"),
        _within(held=True),
        column="present",
    ),
    _people(Group.PARTY, "以党员身份到场的人次；每人每场只有一种身份。"),
    _people(Group.VOLUNTEER, "以志愿者身份到场的人次；每人每场只有一种身份。"),
    _people(Group.PUBLIC, "以群众身份到场的人次；每人每场只有一种身份。"),
    _people(Group.PARTNER, "共建单位派来的人到场的人次；每人每场只有一种身份。"),
    Figure(
        "solved",
        "解决问题",
        "各场活动关联的问题清单条目之和，不能手填。",
        of("solved"),
        _within(held=True),
        column="solved_count",
    ),
    Figure(
        "late_entries",
        "补录",
        "活动过后才登记的场次，已含在活动场次内。",
        of("late_entries"),
        _within(held=True, late_entry=True),
    ),
    Figure(
        "planned",
        "计划中",
        "活动日期在期内、处于计划状态的场次，不含在活动场次内。",
        of("planned"),
        _within(state=ActivityState.PLANNED),
    ),
    Figure(
        "open",
        "报名中",
        "活动日期在期内、正在报名的场次，不含在活动场次内。",
        of("open"),
        _within(state=ActivityState.OPEN),
    ),
    Figure(
        "cancelled",
        "取消",
        "活动日期在期内、已取消的场次，不含在活动场次内。",
        of("cancelled"),
        _within(state=ActivityState.CANCELLED),
    ),
)

_SUMMED = ("held", "unreviewed", "late_entries", "solved", *(group.value for group in Group))


def counts(connection: store.Connection, span: Span) -> Counts:
    """Everything `FIGURES` are read from."""
    (whole, *_) = [*store.tally(connection, span.first, span.last), {}]
    found = {name: whole.get(name, 0) for name in _SUMMED}
    states = store.by_state(connection, span.first, span.last)
    return {
        **found,
        "people": sum(found[group.value] for group in Group),
        "planned": states[ActivityState.PLANNED],
        "open": states[ActivityState.OPEN],
        "cancelled": states[ActivityState.CANCELLED],
    }


def by_kind(connection: store.Connection, first: date, last: date) -> tuple[Tally, ...]:
    """场次, 人次 and items solved by kind, the most frequent first."""
    found = [
        _tally(row, kind_label(row["key"])) for row in store.tally(connection, first, last, "kind")
    ]
    return tuple(sorted(found, key=lambda line: (-line.held, line.key)))


def by_month(connection: store.Connection, first: date, last: date) -> tuple[Tally, ...]:
    """The same by month, in their order; a month without any is left out."""
    return tuple(_tally(row, row["key"]) for row in store.tally(connection, first, last, "month"))


def _tally(row: dict[str, Any], label: str) -> Tally:
    people = sum(row[group.value] for group in Group)
    return Tally(row["key"], label, row["held"], people, row["solved"])


def _charts(period: Period, counts: Counts, parts: Mapping[Cut, Parts]) -> tuple[Drawn, ...]:
    held = {kind: found["held"] for kind, found in parts.get(Cut.KIND, {}).items() if found["held"]}
    most = sorted(held, key=lambda kind: (-held[kind], kind))
    return (
        charts.by_kind(period, [(kind, held[kind]) for kind in most]),
        charts.by_group(period, counts),
    )


_HELD_AND_PEOPLE = tuple(figure for figure in FIGURES if figure.name in ("held", "people"))

BOOK = Book(
    kind=KIND.name,
    figures=FIGURES,
    groups=(("活动", tuple(figure.name for figure in FIGURES)),),
    counts=counts,
    roll_up=store.roll_up,
    dated={
        KIND.name: Dated(("day",)),
        ATTENDANCE.name: Dated(("day",), through="activity", of=KIND.name),
    },
    alive=("held", "planned", "open", "cancelled"),
    headline=("held", "people"),
    upward={"活动场次": "held", "活动人次": "people"},
    trend="held",
    charts=_charts,
    parted={Cut.PLACE: tuple(replace(figure, rows=None) for figure in _HELD_AND_PEOPLE)},
)
