"""What the toy ledger counts: how many things were brought in, and how many of them claimed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from desktop_app.core.books import Book, Counted, Cut, Dated
from desktop_app.core.figures import Counts, Figure, Span, of
from tests.street.toy_ledger import store
from tests.street.toy_ledger.record import KIND


@dataclass(frozen=True, kw_only=True)
class LostFilter:
    """Narrows the list of lost things."""

    since: date
    until: date
    stations: tuple[str, ...] = ()


FIGURES: tuple[Figure[LostFilter], ...] = (
    Figure(
        "found",
        "拾到失物",
        "拾到日期在期内的失物，一件一计。",
        of("found"),
        lambda span: LostFilter(since=span.first, until=span.last),
    ),
    Figure("claimed", "已认领", "其中已认领的。", of("claimed")),
)


def counts(connection: store.Connection, span: Span) -> Counts:
    found: Counts = {"found": 0, "claimed": 0}
    for _station, name, number in store.counted(connection, span.first, span.last):
        found[name] += number
    return found


def roll_up(
    connection: store.Connection, first: date, last: date, stations: Sequence[str]
) -> Iterator[Counted]:
    for station, name, number in store.counted(connection, first, last):
        if station in stations:
            yield Counted(station, Cut.WHOLE, "", name, number)


BOOK = Book(
    kind=KIND.name,
    figures=FIGURES,
    groups=(("失物", ("found", "claimed")),),
    counts=counts,
    roll_up=roll_up,
    dated={KIND.name: Dated(("found_on",))},
    alive=("found",),
    headline=("found",),
    upward={"整改数": "claimed"},
    trend="found",
    charts=lambda _period, _counts, _parts: (),
)
