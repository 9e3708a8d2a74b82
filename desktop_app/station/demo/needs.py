"""What is wrong in the 小区 of a demo station, and what becomes of it: the plan of its lists."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum, auto

from desktop_app.core.origin import Level, Source, Urgency
from desktop_app.ledgers.three_lists.rules.offer import Offer, Way
from desktop_app.ledgers.three_lists.rules.problem import AffectedUnit
from desktop_app.station.demo import words
from desktop_app.station.demo.dice import Dice, Table, spread
from desktop_app.station.demo.stage import Stage

SHARE_OF_PROBLEMS, SHARE_OF_OFFERS = 0.40, 0.17
"""Of all lines; the rest are duties."""

FROM_REQUESTS, FROM_MEETINGS = 0.15, 0.1
"""Of all problems."""

_LATELY, _SHARE_LATELY = 75, 0.3
_LEVELS = {"小区": Level.BRANCH, "社区": Level.COMMUNITY, "街道": Level.STREET}


class Fate(Enum):
    """What becomes of a problem."""

    STRAIGHT = auto()
    LATE = auto()
    EXTENDED = auto()
    RAISED_HIGHER = auto()
    SENT_BACK = auto()
    DECLINED = auto()
    CANCELLED = auto()
    REOPENED = auto()
    WITHDRAWN = auto()
    MERGED = auto()


class Halt(Enum):
    """Where a problem that is to be seen stands when the demo is opened; `CLOSED` was just closed,
    `OVERDUE` should have been."""

    RAISED = auto()
    LISTED = auto()
    PROPOSED = auto()
    DOING = auto()
    TO_REVIEW = auto()
    CLOSED = auto()
    OVERDUE = auto()


_WEIGHTS = {
    Fate.STRAIGHT: 48, Fate.LATE: 8, Fate.EXTENDED: 9, Fate.RAISED_HIGHER: 6, Fate.SENT_BACK: 7,
    Fate.DECLINED: 7, Fate.CANCELLED: 4, Fate.REOPENED: 4, Fate.WITHDRAWN: 3, Fate.MERGED: 4,
}  # fmt: skip
_OF_OTHERS = (Fate.STRAIGHT, Fate.LATE, Fate.EXTENDED, Fate.SENT_BACK, Fate.DECLINED)
"""Of problems that came of a request or a meeting: those wait for the end."""

_SHOWN = (
    (Halt.RAISED, 1), (Halt.LISTED, 4), (Halt.PROPOSED, 8), (Halt.DOING, 12),
    (Halt.TO_REVIEW, 17), (Halt.OVERDUE, 27), (Halt.CLOSED, 25),
)  # fmt: skip
"""To be seen in every demo, each raised so many working days before."""

_SOURCES = Table(
    (
        (Source.GRID, 34), (Source.VISIT, 22), (Source.HOME, 16), (Source.CALL, 10),
        (Source.ADVISOR, 6), (Source.SUPERIOR, 5), (Source.ONLINE, 7),
    )
)  # fmt: skip
_URGENCIES = Table(((Urgency.NORMAL, 70), (Urgency.SOON, 24), (Urgency.URGENT, 6)))


@dataclass(frozen=True, slots=True)
class Need:
    """One sort of problem; `post` is who sees to it at `unit`, `resources` are offers that help;
    without any, every offer of its category may."""

    category: str
    level: Level
    low: int
    high: int
    counted: AffectedUnit
    unit: str
    post: str
    description: str
    measures: str
    progress: str
    result: str
    resources: tuple[str, ...] = ()

    def helped_by(self, offer: Offer) -> bool:
        """Whether that is of any use."""
        if self.resources:
            return offer.resource in self.resources
        return offer.category == self.category


@dataclass(frozen=True, slots=True)
class Resource:
    """One sort of offer, for so many months."""

    partner: str
    category: str
    way: Way
    resource: str
    amount: int | None
    unit_word: str
    weekdays: str
    months: int


@dataclass(frozen=True, slots=True)
class Plan:
    """One problem to come: on which day, what becomes of it, and where it halts to be seen."""

    day: date
    fate: Fate = Fate.STRAIGHT
    halt: Halt | None = None


def needs() -> tuple[Need, ...]:
    """Every sort of problem."""
    return tuple(
        Need(
            category=row["category"],
            level=_LEVELS[row["level"]],
            low=int(row["low"]),
            high=int(row["high"]),
            counted=next(one for one in AffectedUnit if one.label == row["counted"]),
            resources=tuple(row["resources"].split("|")) if row["resources"] else (NO_HELP,),
            **{name: row[name] for name in _TEXTS},
        )
        for row in words.rows("problems.csv")
    )


NO_HELP = "-"
"""Nothing a unit offers helps: a matter for those who are in charge."""

_TEXTS = ("unit", "post", "description", "measures", "progress", "result")


def resources() -> tuple[Resource, ...]:
    """Every sort of offer."""
    return tuple(
        Resource(
            row["partner"],
            row["category"],
            next(way for way in Way if way.label == row["way"]),
            row["resource"],
            int(row["amount"]) if row["amount"] else None,
            row["unit_word"],
            row["weekdays"],
            int(row["months"]),
        )
        for row in words.rows("offers.csv")
    )


def plans_of(stage: Stage, problems: int) -> list[Plan]:
    """The problems that come of neither a request nor a meeting, in order of days."""
    shown = [Plan(stage.ago(days), halt=halt) for halt, days in _SHOWN]
    others = round(problems * (1 - FROM_REQUESTS - FROM_MEETINGS)) - len(shown)
    fates = shuffled(stage.dice, max(0, others))
    days = stage.days_for(len(fates), _LATELY, _SHARE_LATELY)
    plans = [Plan(day, fate) for day, fate in zip(days, fates, strict=True)]
    return sorted([*plans, *shown], key=lambda plan: plan.day)


def shuffled(dice: Dice, count: int) -> list[Fate]:
    """The fates of so many problems, each as often as its weight says."""
    counts = spread(count, list(_WEIGHTS.values()))
    found = [fate for fate, times in zip(_WEIGHTS, counts, strict=True) for _ in range(times)]
    dice.shuffle(found)
    return found


def of_others(dice: Dice) -> Fate:
    """What becomes of a problem that came of something else."""
    return dice.pick(_OF_OTHERS)


def source(dice: Dice) -> Source:
    return dice.drawn(_SOURCES)


def urgency(dice: Dice) -> Urgency:
    return dice.drawn(_URGENCIES)


def fitting(dice: Dice, known: Sequence[Need], category: str) -> Need:
    """A sort of problem of that category, or any."""
    found = [one for one in known if one.category == category]
    return dice.pick(found or known)
