"""The figures that 双报到 gives, each with how it is counted and the rows it counts."""

from __future__ import annotations

from collections.abc import Mapping

from desktop_app.core import figures
from desktop_app.core.books import Book, Cut, Dated, Parts
from desktop_app.core.figures import Counts, Span, of
from desktop_app.core.periods import Period
from desktop_app.core.told import Drawn
from desktop_app.ledgers.party import store
from desktop_app.ledgers.party.record import KIND
from desktop_app.ledgers.party.rules.member import MemberFilter, MemberState

Figure = figures.Figure[MemberFilter]

FIGURES: tuple[Figure, ...] = (
    Figure(
        "reported",
        "报到人数",
        "报到日期在期内的在职党员，一人计一次；后来转出的也计。",
        of("reported"),
    ),
    Figure("gone", "转出人数", "转出日期在期内、现在已转出的在职党员。", of("gone")),
)

NOW_FIGURES: tuple[Figure, ...] = (
    Figure(
        "members",
        "在册报到党员",
        "已经报到、没有转出的在职党员。",
        of("members"),
        lambda span: MemberFilter(state=MemberState.REPORTED),
    ),
    Figure(
        "pledged",
        "承诺数",
        "所有报到党员（含已转出）作出的承诺，一条一计。",
        of("pledged"),
    ),
    Figure(
        "kept",
        "已践诺",
        "已含在承诺数内、已经完成的承诺。",
        of("kept"),
    ),
)
"""How things stand at this moment, whatever the period."""


def counts(connection: store.Connection, span: Span) -> Counts:
    """Everything `FIGURES` and `NOW_FIGURES` are read from."""
    return store.count_between(connection, span.first, span.last)


def _charts(period: Period, counts: Counts, parts: Mapping[Cut, Parts]) -> tuple[Drawn, ...]:
    """None: a station has some dozen members, which no chart tells better than their number."""
    return ()


BOOK = Book(
    kind=KIND.name,
    figures=FIGURES,
    groups=(("在职党员报到", tuple(figure.name for figure in FIGURES)),),
    counts=counts,
    roll_up=store.roll_up,
    dated={KIND.name: Dated(("reported_on", "left_on"))},
    alive=("reported", "gone"),
    headline=("reported", "members"),
    upward={},
    trend="reported",
    charts=_charts,
    now=NOW_FIGURES,
    standing=store.standing,
)
