"""The figures that requests give, each with how it is counted and the rows it counts.

One source for the dashboard, the printed report and the command line's summary. Evaluations are not
among them: reports tell of those of visits, the page 评价 alone of those of requests.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from typing import Any

from desktop_app.core import figures
from desktop_app.core.books import Book, Cut, Dated, Parts
from desktop_app.core.figures import Counts, MonthCount, Rate, Span, Value
from desktop_app.core.figures import of as _of
from desktop_app.core.ids import Uid
from desktop_app.core.periods import Period
from desktop_app.core.told import Drawn
from desktop_app.ledgers.requests import store
from desktop_app.ledgers.requests.record import KIND
from desktop_app.ledgers.requests.rules import charts
from desktop_app.ledgers.requests.rules.listing import RequestFilter
from desktop_app.ledgers.requests.rules.request import RequestKind, RequestState

Figure = figures.Figure[RequestFilter]


def _rate(part: str, *whole: str) -> Callable[[Counts], Value]:
    return lambda counts: Rate(counts[part], sum(counts[name] for name in whole))


def _within(**more: Any) -> Callable[[Span], RequestFilter]:
    return lambda span: RequestFilter(since=span.first, until=span.last, **more)


def _ended(*, in_time: bool) -> Callable[[Span], RequestFilter]:
    return lambda span: RequestFilter(
        in_time=in_time, closed_since=span.first, closed_until=span.last
    )


FIGURES: tuple[Figure, ...] = (
    Figure(
        "registered",
        "诉求件数",
        "提出日期在期内的诉求、点单和微心愿，一件一计；含信访渠道告知和后来撤回、合并的，不含撤销的登记。",
        _of("registered"),
        _within(),
        unlisted="petitions",
    ),
    Figure(
        "appeals",
        "其中诉求",
        "类型为诉求的件数，含信访渠道告知。",
        _of("appeals"),
        _within(kind=RequestKind.APPEAL),
        unlisted="petitions",
    ),
    Figure(
        "orders",
        "其中点单",
        "类型为点单的件数。",
        _of("orders"),
        _within(kind=RequestKind.ORDER),
    ),
    Figure(
        "wishes",
        "其中微心愿",
        "类型为微心愿的件数。",
        _of("wishes"),
        _within(kind=RequestKind.WISH),
    ),
    Figure(
        "late_entries",
        "诉求补录",
        "事后补记的件数，已含在诉求件数内；信访渠道告知不计。",
        _of("late_entries"),
        _within(late_entry=True),
    ),
    Figure("petitions", "诉求中的信访渠道告知", "只计件数，不列明细。", _of("petitions")),
    Figure(
        "closed",
        "诉求已办结",
        "期内提出、现已办结的件数。",
        _of("closed"),
        _within(state=RequestState.CLOSED),
        unlisted="petitions_closed",
    ),
    Figure(
        "not_closed",
        "诉求未办结",
        "期内提出、现在仍在办的件数。",
        _of("not_closed"),
        _within(open=True),
    ),
    Figure("close_rate", "诉求办结率", "诉求已办结÷诉求件数。", _rate("closed", "registered")),
    Figure(
        "escalated",
        "吹哨",
        "期内提出、向上级吹过哨的件数，不论后来有没有答复。",
        _of("escalated"),
        _within(escalated=True),
    ),
    Figure(
        "on_time",
        "诉求按时办结",
        "期内办结、设有本站时限、办理完毕不晚于到期日的件数；回访用的时间不计。",
        _of("on_time"),
        _ended(in_time=True),
    ),
    Figure(
        "late",
        "诉求超时办结",
        "期内办结、办理完毕晚于本站时限到期日的件数。",
        _of("late"),
        _ended(in_time=False),
    ),
    Figure(
        "on_time_rate",
        "诉求按时率",
        "诉求按时办结÷（按时办结＋超时办结）；不设时限的不计。",
        _rate("on_time", "on_time", "late"),
    ),
)

NOW_FIGURES: tuple[Figure, ...] = (
    Figure(
        "open",
        "在办诉求",
        "现在还没有办结的件数。",
        _of("open"),
        lambda span: RequestFilter(open=True),
    ),
    Figure(
        "overdue",
        "诉求超期",
        "还没有办理完毕、已过本站时限的件数；待补材料期间不计，待回访的不计。",
        _of("overdue"),
        lambda span: RequestFilter(overdue=True),
        late=True,
    ),
    Figure(
        "due_today",
        "诉求今日到期",
        "还没有办理完毕、今天是本站时限最后一天的件数。",
        _of("due_today"),
        lambda span: RequestFilter(due_today=True),
    ),
    Figure(
        "untaken",
        "无人接单",
        "派出后没有人接、等待重新交办的件数。",
        _of("untaken"),
        lambda span: RequestFilter(state=RequestState.UNTAKEN),
        late=True,
    ),
    Figure(
        "listed",
        "已列清单",
        "已列入问题清单、等待销号的件数。",
        _of("listed"),
        lambda span: RequestFilter(state=RequestState.LISTED),
    ),
    Figure(
        "at_street",
        "吹哨待答复",
        "已吹哨、还没有收到答复的件数。",
        _of("at_street"),
        lambda span: RequestFilter(state=RequestState.ESCALATED),
    ),
)
"""How things stand at this moment, whatever the period."""


def counts(connection: store.Connection, span: Span) -> Counts:
    """Everything `FIGURES` and `NOW_FIGURES` are read from."""
    return {
        **store.count_registered(connection, span.first, span.last),
        **store.count_closed(connection, span.first, span.last),
        **store.count_open(connection, span.today),
    }


def withheld_counts(
    connection: store.Connection, without: Collection[Uid] = ()
) -> dict[str, list[MonthCount]]:
    """What the requests that never leave the station (信访渠道告知) add to `counts`, by month; some
    of them may be left out."""
    return {KIND.name: store.count_petitions(connection, without)}


# --- for a whole street --------------------------------------------------------------------------

_IN_TIME = ("on_time", "late", "on_time_rate")

LISTED = Figure(
    "listed_here",
    "诉求件数",
    "提出日期在期内的诉求、点单和微心愿，一件一计；不含信访渠道告知和撤销的登记。",
    _of("registered"),
    _within(),
)
"""诉求件数 of a category or a place: what stands in no list belongs to none."""

_OF_CATEGORY = (
    LISTED,
    Figure("closed", "诉求已办结", "期内提出、现已办结的件数。", _of("closed")),
    *(figure for figure in FIGURES if figure.name in _IN_TIME),
)
_OF_PLACE = tuple(replace(figure, rows=None) for figure in _OF_CATEGORY)


def _charts(period: Period, counts: Counts, parts: Mapping[Cut, Parts]) -> tuple[Drawn, ...]:
    return charts.by_kind(period, counts), charts.in_time(period, counts)


BOOK = Book(
    kind=KIND.name,
    figures=FIGURES,
    groups=(
        ("诉求", tuple(figure.name for figure in FIGURES if figure.name not in _IN_TIME)),
        ("诉求时限", _IN_TIME),
    ),
    counts=counts,
    roll_up=store.roll_up,
    dated={KIND.name: Dated(("day", "closed_day"))},
    alive=("registered",),
    headline=("registered", "closed", "overdue"),
    # The upward table of domain 3.9 has no column of requests: 登记总数 is that of visits.
    upward={},
    trend="registered",
    charts=_charts,
    parted={Cut.CATEGORY: _OF_CATEGORY, Cut.PLACE: _OF_PLACE},
    now=NOW_FIGURES,
    standing=store.standing,
)
