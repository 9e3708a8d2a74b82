"""The figures that the register of volunteers gives; what they serve is counted by its ledger."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from desktop_app.core import figures
from desktop_app.core.books import Book, Cut, Dated, Parts
from desktop_app.core.figures import Counts, Span, of
from desktop_app.core.periods import Period
from desktop_app.core.told import Drawn
from desktop_app.registers.volunteers import store
from desktop_app.registers.volunteers.record import TEAMS, VOLUNTEERS
from desktop_app.registers.volunteers.rules.listing import VolunteerFilter
from desktop_app.registers.volunteers.rules.volunteer import VolunteerState

Figure = figures.Figure[VolunteerFilter]

FIGURES: tuple[Figure, ...] = (
    Figure(
        "registered",
        "新登记志愿者",
        "注册日期在期内的志愿者，一人计一次；合并掉的重复登记不计。",
        of("registered"),
    ),
    Figure("founded", "新成立志愿队伍", "成立日期在期内的志愿队伍。", of("founded")),
)

NOW_FIGURES: tuple[Figure, ...] = (
    Figure(
        "present",
        "在册志愿者",
        "现在在册的志愿者，含暂停服务的；退出、注销和合并掉的不计。",
        of("present"),
    ),
    Figure(
        "paused",
        "其中暂停服务",
        "已含在在册志愿者内、现在暂停服务的。",
        of("paused"),
        lambda span: VolunteerFilter(state=VolunteerState.PAUSED),
    ),
    Figure("teams", "志愿队伍", "现在有的志愿队伍，已解散的不计。", of("teams")),
)
"""How things stand at this moment, whatever the period."""


def counts(connection: Any, span: Span) -> Counts:
    """Everything `FIGURES` and `NOW_FIGURES` are read from."""
    return store.count_between(connection, span.first, span.last, span.today)


def _charts(period: Period, counts: Counts, parts: Mapping[Cut, Parts]) -> tuple[Drawn, ...]:
    """None: two numbers need no chart."""
    return ()


BOOK = Book(
    kind=VOLUNTEERS.name,
    figures=FIGURES,
    groups=(("志愿队伍", tuple(figure.name for figure in FIGURES)),),
    counts=counts,
    roll_up=store.roll_up,
    dated={VOLUNTEERS.name: Dated(("registered_on",)), TEAMS.name: Dated(("founded_on",))},
    alive=("registered", "founded"),
    headline=("registered", "teams"),
    upward={},
    trend="registered",
    charts=_charts,
    now=NOW_FIGURES,
    standing=store.standing,
)
