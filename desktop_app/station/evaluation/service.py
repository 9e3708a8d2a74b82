"""What the resident's screen may know, evaluations taken in, and their figures. Without Qt.

No function here tells which matter got which level. The texts of the five levels are the ledger's
(`Satisfaction`); the table has no column for a version of them, so a change of the wording would
need a migration first.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial

from desktop_app.core.changes import Changed
from desktop_app.core.errors import UserError
from desktop_app.core.periods import Period
from desktop_app.core.rights import Right
from desktop_app.core.satisfaction import Satisfaction
from desktop_app.core.text import half_width
from desktop_app.ledgers.visits.record import KIND as VISITS
from desktop_app.ledgers.visits.rules.levels import (
    SATISFIED,
    Levels,
    Told,
    composed,
    levels_from,
    shown_of,
)
from desktop_app.station.evaluation import store
from desktop_app.station.evaluation.subjects import (
    SUBJECTS,
    Asked,
    Evaluable,
    Numbered,
    subject_of,
)
from desktop_app.storage.session import Desk

RECEIVED = "已收到评价"
"""All that anybody at the counter is told of an evaluation."""


@dataclass(frozen=True, slots=True)
class Spread:
    """The evaluations of one period.

    `evaluated` 件 were received in it; `not_evaluated` were closed in it and have none until now
    (未评价, never counted as satisfied). `shown` and `levels` are those of `Levels`; `running`
    tells that the period has not ended.
    """

    period: Period
    evaluated: int
    not_evaluated: int
    shown: int
    levels: Mapping[Satisfaction, int] | None
    running: bool

    @property
    def satisfied(self) -> int:
        """非常满意, 满意 and 基本满意 among those shown."""
        return sum((self.levels or {}).get(level, 0) for level in SATISFIED)

    @property
    def dissatisfied(self) -> int:
        """差评 among those shown."""
        return self.shown - self.satisfied


def asked_of(told: Iterable[Evaluable]) -> tuple[Asked, ...]:
    """What may be asked of these records, in their order, stripped of everything about a person."""
    return tuple(
        asked for one in told for subject in SUBJECTS if (asked := subject.asked(one)) is not None
    )


def may_still_be_asked(desk: Desk, asked: Asked) -> bool:
    """Whether the matter still waits: not evaluated, not reopened, not taken back meanwhile."""
    try:
        record, evaluated = subject_of(asked.kind).look(desk, asked.uid)
    except UserError:
        return False
    return bool(asked_of([record])) and not evaluated


def take_in(desk: Desk, asked: Asked, level: Satisfaction) -> Changed[None]:
    """What the resident chose on the second screen."""
    return subject_of(asked.kind).evaluate(desk, asked.uid, level, False)


def find(desk: Desk, number: str) -> Numbered:
    """What the number on a paper sheet stands for; `UserError` on the field `number` when nothing.

    Read as somebody types it: small letters, full-width digits and spaces do not matter.
    """
    wanted = half_width(number).replace(" ", "").upper()
    for subject in SUBJECTS if wanted else ():
        found = subject.numbered(desk, wanted)
        if found is not None:
            return found
    raise UserError(
        "没有找到这个编号的来访或诉求，没有录入。", "请对照评价表上的编号再输一次。", field="number"
    )


def enter_paper(desk: Desk, number: str, level: Satisfaction) -> Changed[None]:
    """Write down what a resident ticked on paper, days later if need be.

    Only for who manages the station and took no part in the matter; the rule and its reason stand
    in `rules/evaluating` of the ledgers.
    """
    found = find(desk, number)
    return subject_of(found.kind).evaluate(desk, found.uid, level, True)


def spread(desk: Desk, period: Period, kind: str = VISITS.name) -> Spread:
    """The evaluations of visits or of requests in a calendar period by level, as far as that names
    nobody. The two are never added up: from the sum and one of them the other could be had.

    Only whole calendar periods can be asked for: with free dates one could cut out a single day.
    What may be shown of a period is said by `LEAST`.
    """
    today = desk.today
    with desk.reading(needs=Right.MANAGE_STATION) as connection:
        first, last = period.first, period.last
        told = levels_of(connection, period, today, kind)
        return Spread(
            period=period,
            evaluated=told.received,
            not_evaluated=store.not_evaluated(connection, kind, first, last),
            shown=told.shown,
            levels=told.levels,
            running=_is_running(period, today),
        )


def levels_of(
    connection: store.Connection, period: Period, today: date, kind: str = VISITS.name
) -> Levels:
    """The levels of a calendar period within a reading whose right was checked.

    What may be told of them is for `ledgers/visits/rules/levels`.
    """
    by_month = store.by_month(connection, kind, period.first, period.last)

    def of_month(month: Period) -> Told:
        levels = by_month.get(str(month), {})
        received, runs = sum(levels.values()), _is_running(month, today)
        more = shown_of(received, running=runs)
        if more == received:
            return Counter(levels), []
        given = store.given(connection, kind, month.first, month.last)
        return Counter(level for _, level in given[:more]), [] if runs else given[more:]

    shown, _ = composed(period, partial(_is_running, today=today), of_month)
    return levels_from(sum(sum(levels.values()) for levels in by_month.values()), shown)


def _is_running(period: Period, today: date) -> bool:
    return today <= period.last
