"""What keeps a promise, into which year it falls, and when a quarter has to be reported. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from desktop_app.core.ids import Uid
from desktop_app.core.wording import Term
from desktop_app.ledgers.agreements.rules.agreement import Promise, PromiseKind
from desktop_app.ledgers.three_lists.rules.listing import DutyLine, OfferLine
from desktop_app.ledgers.three_lists.rules.offer import OfferState

REPORT_WITHIN_DAYS = 10
"""So many days of a new quarter the report of the one before is asked for."""

MOST_LINES = 5000
"""Lines of one unit in all its years; the busiest has some hundred."""


@dataclass(frozen=True, slots=True)
class Left:
    """What of a unit is live: agreements that hold; offers that can be used and duties under way,
    both counted as lists count (`1000+`)."""

    agreements: int = 0
    offers: str = "0"
    duties: str = "0"

    @property
    def words(self) -> str:
        """The sentence that is said before a unit ends; empty when nothing is left."""
        counted = (
            ("履行中的协议", str(self.agreements), "份"),
            ("能用的资源", self.offers, "项"),
            ("在办的责任", self.duties, "项"),
        )
        said = "、".join(f"{what} {count} {word}" for what, count, word in counted if count != "0")
        return f"它还有{said}。终止共建不会了结这些，请另行办理。" if said else ""


@dataclass(frozen=True, slots=True)
class Fulfilled:
    """A promise and how much of it is done in the year from `first` to `last`; `done` is None for
    what nobody can count (a promise in words)."""

    promise: Promise
    done: int | None
    first: date
    last: date

    @property
    def kept(self) -> bool:
        """Whether what was promised for the year is done."""
        return self.done is not None and self.done >= self.promise.amount

    @property
    def words(self) -> str:
        """本年度已 3 次; 未统计 for what is not counted."""
        if self.done is None:
            return Term.NOT_COUNTED.value
        return f"本年度已 {self.done}{self.promise.kind.measure}"

    @property
    def short(self) -> str:
        """活动 3/4, for a column; empty for what is not counted."""
        said = {"activities": "活动", "offers": "项目", "solved": "问题", "meetings": "联席会"}
        word = said.get(self.promise.kind.value, "")
        return "" if self.done is None or not word else f"{word} {self.done}/{self.promise.amount}"


@dataclass(frozen=True, slots=True)
class Deeds:
    """What one unit did, in the days that matter or more: the day of whatever was held with it and
    whether that was a meeting, its offers, its duties; None for what was not looked at."""

    held: Sequence[tuple[date, bool]]
    offers: Sequence[OfferLine] | None = None
    duties: Sequence[DutyLine] | None = None

    def done(self, kind: PromiseKind, first: date, last: date) -> int | None:
        """How much of a promise was done between two days, both included; None for what nobody can
        count. An offer counts until it is withdrawn, a problem once for all its closed duties."""

        def within(day: date | None) -> bool:
            return day is not None and first <= day <= last

        if kind in (PromiseKind.ACTIVITIES, PromiseKind.MEETINGS):
            wanted = kind is PromiseKind.MEETINGS
            return sum(within(day) for day, meeting in self.held if meeting is wanted)
        if kind is PromiseKind.OFFERS and self.offers is not None:
            kept = [one for one in self.offers if one.state is OfferState.OPEN]
            return sum(within(one.offered_on) for one in kept)
        if kind is PromiseKind.SOLVED and self.duties is not None:
            return len(problems_of(one for one in self.duties if within(one.closed_on)))
        return None


def problems_of(duties: Iterable[DutyLine]) -> frozenset[Uid]:
    """The problems that these duties belong to; one may need several duties."""
    return frozenset(one.problem for one in duties)


def year_of(starts: date, ends: date | None, today: date) -> tuple[date, date]:
    """The year of an agreement that a day falls into, both ends included.

    Promises are per year, counted from the first day of the agreement. Before it begins it is the
    first year, after it is over the last one; the last year may be shorter.
    """
    day = max(starts, today if ends is None else min(today, ends))
    years = day.year - starts.year
    if _anniversary(starts, years) > day:
        years -= 1
    first = _anniversary(starts, years)
    last = _anniversary(starts, years + 1) - timedelta(days=1)
    return first, last if ends is None else min(last, ends)


def _anniversary(starts: date, years: int) -> date:
    try:
        return starts.replace(year=starts.year + years)
    except ValueError:
        # 29 February, in a year that has none.
        return date(starts.year + years, 3, 1)


def quarter_to_report(today: date) -> tuple[int, int] | None:
    """The year and number of the quarter whose report is due, None when none is.

    Asked for in the first days of the quarter after it.
    """
    quarter = (today.month - 1) // 3
    begins = date(today.year, 3 * quarter + 1, 1)
    if (today - begins).days >= REPORT_WITHIN_DAYS:
        return None
    return (today.year, quarter) if quarter else (today.year - 1, 4)
