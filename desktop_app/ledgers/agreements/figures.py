"""The figures that agreements give, each with how it is counted and the rows it counts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from desktop_app.core import figures
from desktop_app.core.books import Book, Cut, Dated, Parts
from desktop_app.core.figures import Counts, Span, of
from desktop_app.core.periods import Period
from desktop_app.core.told import Drawn
from desktop_app.ledgers.agreements import store
from desktop_app.ledgers.agreements.record import KIND
from desktop_app.ledgers.agreements.rules.listing import AgreementFilter

Figure = figures.Figure[AgreementFilter]


def _signed(span: Span, **more: Any) -> AgreementFilter:
    return AgreementFilter(since=span.first, until=span.last, **more)


FIGURES: tuple[Figure, ...] = (
    Figure(
        "signed",
        "新签协议",
        "签订日期在期内的共建协议，一份一计；含续签的，不含补充协议。",
        of("signed"),
        _signed,
    ),
    Figure(
        "renewals",
        "其中续签",
        "已含在新签协议内、接续原有协议的份数。",
        of("renewals"),
        lambda span: _signed(span, renewals=True),
    ),
    Figure(
        "ended",
        "提前终止",
        "终止日期在期内的协议；到期和续签的不计。",
        of("ended"),
        lambda span: AgreementFilter(ended_since=span.first, ended_until=span.last),
    ),
)

NOW_FIGURES: tuple[Figure, ...] = (
    Figure(
        "live",
        "履行中的协议",
        "现在已经签订、没有到期、终止或续签的份数；已签的续签协议代替原协议计一份。",
        of("live"),
        lambda span: AgreementFilter(live=True),
    ),
    Figure(
        "expiring",
        "即将到期",
        "履行中、在设置的天数内（一般30天）到期的份数，今天到期的计入。",
        of("expiring"),
        lambda span: AgreementFilter(expiring=True),
    ),
    Figure(
        "expired",
        "到期未续签",
        "截止日期已过、没有续签也没有登记终止的份数。",
        of("expired"),
        lambda span: AgreementFilter(expired=True),
        late=True,
    ),
)
"""How things stand at this moment, whatever the period."""


def counts(connection: store.Connection, span: Span) -> Counts:
    """Everything `FIGURES` and `NOW_FIGURES` are read from."""
    return {
        **store.count_between(connection, span.first, span.last),
        **store.count_standing(connection, span.today),
    }


def _charts(period: Period, counts: Counts, parts: Mapping[Cut, Parts]) -> tuple[Drawn, ...]:
    """None: a station signs a handful a year, which no chart tells better than its number."""
    return ()


BOOK = Book(
    kind=KIND.name,
    figures=FIGURES,
    groups=(("共建协议", tuple(figure.name for figure in FIGURES)),),
    counts=counts,
    roll_up=store.roll_up,
    dated={KIND.name: Dated(("signed_on", "ended_on"))},
    alive=("signed", "ended"),
    headline=("signed", "live"),
    upward={"协议数": "signed"},
    trend="signed",
    charts=_charts,
    now=NOW_FIGURES,
    standing=store.standing,
)
