"""What becomes of a request after it was written down: the steps somebody will take, and when.

Most are done within the limit, some too late; now and then nobody takes an order, a paper is
missing, the street is asked, or the same thing comes up again. What a step changes is for the
ledger's rules.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass
from enum import Enum, auto

from desktop_app.core.clock import Millis
from desktop_app.core.identity import Gender
from desktop_app.core.origin import Level
from desktop_app.ledgers.requests.rules.request import (
    Action,
    Assignee,
    AssigneeKind,
    DisputeStage,
    Request,
    RequestKind,
)
from desktop_app.ledgers.requests.rules.steps import StepDetails
from desktop_app.station.demo import words
from desktop_app.station.demo.alliances import Alliances
from desktop_app.station.demo.dice import Dice, Table, spread
from desktop_app.station.demo.names import Names
from desktop_app.station.demo.rhythm import MINUTE
from desktop_app.station.demo.stage import Stage

_A = Action
_ACCEPTED_FIRST, _DISPUTE = 0.7, 0.18
HERE = "站内"
_OFFICE_KINDS = {
    "共建": AssigneeKind.PARTNER,
    "队伍": AssigneeKind.TEAM,
    "岗位": AssigneeKind.POST,
    "个人": AssigneeKind.PERSON,
}


class Fate(Enum):
    """What becomes of a request."""

    STRAIGHT = auto()
    LATE = auto()
    HANDED_BACK = auto()
    UNTAKEN = auto()
    MATERIALS = auto()
    WHISTLED = auto()
    LISTED = auto()
    REDONE = auto()
    REOPENED = auto()
    MERGED = auto()
    WITHDRAWN = auto()
    NOT_OURS = auto()
    FORWARDED = auto()


_WEIGHTS = {
    Fate.STRAIGHT: 62, Fate.LATE: 6, Fate.HANDED_BACK: 4, Fate.UNTAKEN: 4, Fate.MATERIALS: 4,
    Fate.WHISTLED: 3, Fate.REDONE: 2, Fate.REOPENED: 2, Fate.MERGED: 3, Fate.WITHDRAWN: 3,
    Fate.NOT_OURS: 2, Fate.FORWARDED: 3,
}  # fmt: skip
APPEALS_ONLY = frozenset(
    {Fate.MATERIALS, Fate.WHISTLED, Fate.LISTED, Fate.NOT_OURS, Fate.FORWARDED}
)
TAKEN_BY_OTHERS = frozenset({Fate.HANDED_BACK, Fate.UNTAKEN})
_DISPUTES = Table(
    (
        (DisputeStage.SETTLING, 60), (DisputeStage.MEDIATION, 30),
        (DisputeStage.JUDGEMENT, 8), (DisputeStage.ENFORCEMENT, 2),
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Asking:
    """One sort of request; `who` is who sees to it: `站内`, `队伍：…`, `共建：…`."""

    kind: RequestKind
    category: str
    limit: int
    who: str
    title: str
    summary: str
    result: str

    def suits(self, fate: Fate) -> bool:
        """Whether that may become of it."""
        if fate in APPEALS_ONLY:
            return self.kind is RequestKind.APPEAL
        return self.who != HERE if fate in TAKEN_BY_OTHERS else True


_NO_WORDS = StepDetails()


@dataclass(frozen=True, slots=True)
class Planned:
    """A step to come."""

    at: Millis
    action: Action
    details: StepDetails = _NO_WORDS


Steps = Iterator[Planned]
Generated = Generator[Planned, None, Millis]
"""Steps, and the moment of the last of them."""


def askings() -> tuple[Asking, ...]:
    """Every sort of request."""
    kinds = {kind.label: kind for kind in RequestKind}
    return tuple(
        Asking(
            kinds[row["kind"]], row["category"], int(row["limit"]), row["who"], row["title"],
            row["summary"], row["result"],
        )
        for row in words.rows("requests.csv")
    )  # fmt: skip


def fates(dice: Dice, count: int, listed: float) -> list[Fate]:
    """What becomes of so many requests, each as often as its weight says; `listed` is the share
    that comes onto the problem list."""
    whole = sum(_WEIGHTS.values())
    weights = {**_WEIGHTS, Fate.LISTED: whole * listed / (1 - listed)}
    counts = spread(count, list(weights.values()))
    found = [fate for fate, times in zip(weights, counts, strict=True) for _ in range(times)]
    dice.shuffle(found)
    return found


class Parts:
    """What several ways of a request have in common."""

    def __init__(self, stage: Stage, alliances: Alliances, names: Names) -> None:
        self._stage = stage
        self._dice = stage.dice
        self._alliances = alliances
        self._names = names
        self._words = words.Sayings("request_words.csv")

    def taken_up(self, request: Request, at: Millis) -> Generated:
        """接办, mostly; of some the stage of the dispute is marked."""
        if self._dice.chance(_ACCEPTED_FIRST):
            at = self._stage.later(at, 0, 0)
            yield Planned(at, _A.ACCEPT)
        if request.category == "物业与小区治理" and self._dice.chance(_DISPUTE):
            at = Millis(at + self._dice.between(2, 8) * MINUTE)
            yield Planned(at, _A.SET_STAGE, StepDetails(stage=self._dice.drawn(_DISPUTES)))
        return at

    def given(self, asking: Asking, at: Millis) -> Generated:
        """交办, and taken by whoever it was given to."""
        at = self._stage.later(at, 0, int(self._dice.chance(0.3)))
        assignee = self.assignee(asking.who)
        yield Planned(at, _A.DISPATCH, StepDetails(assignee=assignee))
        if assignee.kind is not AssigneeKind.STATION:
            at = self._stage.later(at, 0, int(self._dice.chance(0.4)))
            yield Planned(at, _A.TAKE, StepDetails(whom=self.somebody()))
        return at

    def done(self, request: Request, asking: Asking, at: Millis) -> Generated:
        """Within the limit, if there is time for it."""
        limit = request.limit_days or 3
        calendar = self._stage.hours.calendar
        left = limit - max(0, calendar.workdays_between(request.day, self._stage.day(at)))
        at = self._stage.later(at, 0, max(1, left - 1)) if left > 0 else self._stage.later(at, 1, 2)
        yield Planned(at, _A.DONE, StepDetails(result=asking.result))
        return at

    def exit(self, at: Millis, action: Action, kind: str) -> Planned:
        """An end at which nothing is done."""
        return Planned(self._stage.later(at, 0, 2), action, StepDetails(words=self.pick(kind)))

    def assignee(self, who: str) -> Assignee:
        """Who a request is given to."""
        if who == HERE:
            return Assignee(AssigneeKind.STATION, "")
        sort, name = who.split("：")
        partner = self._alliances.named(name) if sort == "共建" else None
        return Assignee(_OFFICE_KINDS[sort], name, None if partner is None else partner.uid)

    def somebody(self) -> str:
        """The name of who takes an order."""
        gender = self._dice.pick((Gender.MALE, Gender.FEMALE))
        return self._names.of(gender, self._dice.between(1960, 2002), self._names.surname())

    def pick(self, kind: str) -> str:
        """One of the sentences of that sort."""
        return self._dice.pick(self._words[kind])


class WishCourse:
    """Plans the steps of requests, one after the other."""

    def __init__(self, stage: Stage, alliances: Alliances, names: Names) -> None:
        self._stage = stage
        self._dice = stage.dice
        self._parts = Parts(stage, alliances, names)

    def of(self, request: Request, asking: Asking, fate: Fate, at: Millis) -> Steps:
        """The steps of a request that was just written down, in order of time."""
        ways: dict[Fate, Callable[[Request, Asking, Millis], Steps]] = {
            Fate.LATE: self._late,
            Fate.HANDED_BACK: self._handed_back,
            Fate.UNTAKEN: self._untaken,
            Fate.MATERIALS: self._without_papers,
            Fate.WHISTLED: self._whistled,
            Fate.LISTED: self._listed,
            Fate.REDONE: self._redone,
            Fate.REOPENED: self._reopened,
            Fate.WITHDRAWN: self._withdrawn,
            Fate.NOT_OURS: self._not_ours,
            Fate.FORWARDED: self._forwarded,
        }
        return ways.get(fate, self._straight)(request, asking, at)

    def after_done(self, at: Millis) -> Steps:
        """The call that closes a request."""
        when = self._stage.later(at, 1, 4)
        yield Planned(when, _A.CLOSE, StepDetails(words=self._parts.pick("call")))

    def merging(self, request: Request, at: Millis) -> Planned:
        """Into another one; which is said when it is done."""
        words = StepDetails(words=self._parts.pick("merge"))
        return Planned(self._stage.later(at, 0, 1), _A.MERGE, words)

    # --- ways ------------------------------------------------------------------------------------

    def _straight(self, request: Request, asking: Asking, at: Millis) -> Steps:
        at = yield from self._parts.taken_up(request, at)
        at = yield from self._parts.given(asking, at)
        at = yield from self._parts.done(request, asking, at)
        yield from self.after_done(at)

    def _late(self, request: Request, asking: Asking, at: Millis) -> Steps:
        at = yield from self._parts.taken_up(request, at)
        at = yield from self._parts.given(asking, at)
        days = (request.limit_days or 3) + self._dice.between(1, 6)
        when = self._stage.on(self._stage.hours.calendar.add_workdays(request.day, days))
        at = max(when, Millis(at + MINUTE))
        yield Planned(at, _A.DONE, StepDetails(result=asking.result))
        yield from self.after_done(at)

    def _handed_back(self, request: Request, asking: Asking, at: Millis) -> Steps:
        at = yield from self._parts.taken_up(request, at)
        at = yield from self._parts.given(asking, at)
        at = self._stage.later(at, 0, 1)
        yield Planned(at, _A.HAND_BACK, StepDetails(words=self._parts.pick("back")))
        yield from self._second_try(request, asking, at)

    def _untaken(self, request: Request, asking: Asking, at: Millis) -> Steps:
        at = yield from self._parts.taken_up(request, at)
        at = self._stage.later(at, 0, 0)
        yield Planned(at, _A.DISPATCH, StepDetails(assignee=self._parts.assignee(asking.who)))
        at = self._stage.later(at, 1, 2)
        yield Planned(at, _A.NOBODY_TOOK, StepDetails(words=self._parts.pick("nobody")))
        yield from self._second_try(request, asking, at)

    def _second_try(self, request: Request, asking: Asking, at: Millis) -> Steps:
        """The station does it itself."""
        at = self._stage.later(at, 1, 2)
        here = StepDetails(assignee=Assignee(AssigneeKind.STATION, ""))
        yield Planned(at, _A.DISPATCH, here)
        at = yield from self._parts.done(request, asking, at)
        yield from self.after_done(at)

    def _without_papers(self, request: Request, asking: Asking, at: Millis) -> Steps:
        at = self._stage.later(at, 0, 0)
        yield Planned(at, _A.ACCEPT)
        at = Millis(at + self._dice.between(2, 9) * MINUTE)
        yield Planned(at, _A.ASK_MATERIALS, StepDetails(words=self._parts.pick("missing")))
        at = self._stage.later(at, 1, 5)
        yield Planned(at, _A.MATERIALS_COMPLETE)
        at = yield from self._parts.given(asking, at)
        at = yield from self._parts.done(request, asking, at)
        yield from self.after_done(at)

    def _whistled(self, request: Request, asking: Asking, at: Millis) -> Steps:
        at = self._stage.later(at, 0, 1)
        yield Planned(at, _A.ACCEPT)
        at = self._stage.later(at, 1, 3)
        level = Level.STREET
        yield Planned(at, _A.ESCALATE, StepDetails(words=self._parts.pick("whistle"), level=level))
        at = self._stage.later(at, 2, 6)
        office, answer = self._parts.pick("office"), self._parts.pick("answer")
        yield Planned(at, _A.ANSWERED, StepDetails(whom=office, words=answer))
        at = yield from self._parts.given(asking, at)
        at = yield from self._parts.done(request, asking, at)
        yield from self.after_done(at)

    def _listed(self, request: Request, asking: Asking, at: Millis) -> Steps:
        """What follows comes with the problem."""
        at = self._stage.later(at, 0, 1)
        yield Planned(at, _A.ACCEPT)
        yield Planned(self._stage.later(at, 1, 3), _A.LIST)

    def _redone(self, request: Request, asking: Asking, at: Millis) -> Steps:
        at = yield from self._parts.taken_up(request, at)
        at = yield from self._parts.given(asking, at)
        at = yield from self._parts.done(request, asking, at)
        at = self._stage.later(at, 1, 3)
        yield Planned(at, _A.REDO, StepDetails(words=self._parts.pick("redo")))
        at = self._stage.later(at, 1, 4)
        yield Planned(at, _A.DONE, StepDetails(result=asking.result))
        yield from self.after_done(at)

    def _reopened(self, request: Request, asking: Asking, at: Millis) -> Steps:
        at = yield from self._parts.taken_up(request, at)
        at = yield from self._parts.given(asking, at)
        at = yield from self._parts.done(request, asking, at)
        for closing in self.after_done(at):
            yield closing
            at = closing.at
        at = self._stage.later(at, 5, 15)
        yield Planned(at, _A.REOPEN, StepDetails(words=self._parts.pick("reopen")))
        at = yield from self._parts.given(asking, at)
        at = self._stage.later(at, 1, 4)
        yield Planned(at, _A.DONE, StepDetails(result=asking.result))
        yield from self.after_done(at)

    def _withdrawn(self, request: Request, asking: Asking, at: Millis) -> Steps:
        at = yield from self._parts.taken_up(request, at)
        yield self._parts.exit(at, _A.WITHDRAW, "withdraw")

    def _not_ours(self, request: Request, asking: Asking, at: Millis) -> Steps:
        yield self._parts.exit(at, _A.NOT_OURS, "elsewhere")

    def _forwarded(self, request: Request, asking: Asking, at: Millis) -> Steps:
        at = yield from self._parts.taken_up(request, at)
        at = self._stage.later(at, 0, 1)
        number = f"ZB{self._dice.between(100_000, 999_999)}"
        details = StepDetails(whom=self._parts.pick("forward"), external_number=number)
        yield Planned(at, _A.FORWARD, details)
