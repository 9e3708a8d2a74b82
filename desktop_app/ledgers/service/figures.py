"""The figures that voluntary service gives, each with how it is counted and the rows it counts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from desktop_app.core import figures
from desktop_app.core.books import Book, Cut, Dated, Parts
from desktop_app.core.figures import Counts, Span, of
from desktop_app.core.hours import MINUTES_OF_HOUR
from desktop_app.core.periods import Period
from desktop_app.core.told import Drawn
from desktop_app.ledgers.service import store
from desktop_app.ledgers.service.record import CERTIFICATES, SERVICE
from desktop_app.ledgers.service.rules import charts
from desktop_app.ledgers.service.rules.listing import ServiceFilter
from desktop_app.ledgers.service.rules.service_record import ServiceState, Source

Figure = figures.Figure[ServiceFilter]


def _confirmed(span: Span, **more: Any) -> ServiceFilter:
    return ServiceFilter(since=span.first, until=span.last, state=ServiceState.CONFIRMED, **more)


def _of(source: Source) -> Figure:
    return Figure(
        source.value,
        f"其中{source.label}",
        f"已含在志愿服务人次内、时长来源是“{source.label}”的条数。",
        of(source.value),
        lambda span: _confirmed(span, source=source),
    )


FIGURES: tuple[Figure, ...] = (
    Figure(
        "times",
        "志愿服务人次",
        "服务日期在期内、已确认的服务记录，一人一次一计；跨过半夜的算在开始那天。",
        of("times"),
        _confirmed,
    ),
    Figure(
        "hours",
        "志愿服务小时",
        "期内已确认的服务时长，先按分钟合计再折成小时，不足1小时的舍去；待确认的不计。",
        lambda counts: counts["minutes"] // MINUTES_OF_HOUR,
    ),
    Figure(
        "minutes",
        "志愿服务分钟",
        "期内已确认的服务时长，按分钟合计；路途、休息不计。",
        of("minutes"),
        _confirmed,
        column="minutes",
    ),
    Figure(
        "people",
        "活跃志愿者（按月）",
        "期内有已确认服务的志愿者，每人每月计一次；几个月的相加。",
        of("people"),
    ),
    *map(_of, Source),
    Figure(
        "good_deeds",
        "好事实事",
        "期内已确认、标为好事实事的服务记录，一条一计。",
        of("good_deeds"),
        lambda span: _confirmed(span, good_deed=True),
    ),
    Figure(
        "served",
        "服务对象人次",
        "期内已确认的服务记录里写明的服务人次相加；没有写的不计。",
        of("served"),
        _confirmed,
        column="served",
    ),
    Figure(
        "unconfirmed",
        "期内未确认",
        "服务日期在期内、还在服务或待确认的记录；不计时长。",
        of("unconfirmed"),
        lambda span: ServiceFilter(since=span.first, until=span.last, waiting=True),
    ),
    Figure(
        "certificates",
        "出具服务证明",
        "出具日期在期内、没有作废的证明，一份一计。",
        of("certificates"),
    ),
)

NOW_FIGURES: tuple[Figure, ...] = (
    Figure(
        "active",
        "近一年活跃志愿者",
        f"到今天为止{store.ACTIVE_DAYS}天内有已确认服务的志愿者，一人计一次。",
        of("active"),
    ),
    Figure(
        "to_confirm",
        "待确认服务记录",
        "已经签退或补录、还没有确认的服务记录。",
        of("to_confirm"),
        lambda span: ServiceFilter(state=ServiceState.TO_CONFIRM),
    ),
    Figure(
        "forgotten",
        "忘记签退",
        "今天以前签到、到现在没有签退的服务记录。",
        of("forgotten"),
        lambda span: ServiceFilter(forgotten=True),
        late=True,
    ),
)
"""How things stand at this moment, whatever the period."""


def counts(connection: store.Connection, span: Span) -> Counts:
    """Everything `FIGURES` and `NOW_FIGURES` are read from."""
    return store.count_between(connection, span.first, span.last, span.today)


def _charts(period: Period, counts: Counts, parts: Mapping[Cut, Parts]) -> tuple[Drawn, ...]:
    return (charts.by_source(period, counts),)


BOOK = Book(
    kind=SERVICE.name,
    figures=FIGURES,
    groups=(("志愿服务", tuple(figure.name for figure in FIGURES)),),
    counts=counts,
    roll_up=store.roll_up,
    dated={SERVICE.name: Dated(("day",)), CERTIFICATES.name: Dated(("issued_on",))},
    alive=("times", "unconfirmed"),
    headline=("times", "hours"),
    upward={"志愿服务人次": "times", "志愿服务小时": "hours"},
    trend="times",
    charts=_charts,
    now=NOW_FIGURES,
    standing=store.standing,
)
