"""What becomes of a matter after the counter: the steps somebody will take, and when.

Most are done within the limit, some on its last day, a few too late; now and then a paper is
missing or the matter turns out to be somebody else's. What a step changes is for the visits' rules.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from desktop_app.core.clock import Millis
from desktop_app.core.handling import Handling
from desktop_app.ledgers.visits.rules.steps import StepDetails
from desktop_app.ledgers.visits.rules.visit import Action, Visit, VisitState
from desktop_app.station.demo.dice import Dice
from desktop_app.station.demo.rhythm import WorkHours
from desktop_app.station.demo.scales import Scale
from desktop_app.station.demo.words import Replies

_LATELY = timedelta(days=40)
_VERY_LATELY = timedelta(days=18)
_WANTED = 0.5
_AFTERNOON = 15 * 60


_NO_WORDS = StepDetails()


@dataclass(frozen=True, slots=True)
class Planned:
    """A step to come."""

    at: Millis
    action: Action
    details: StepDetails = _NO_WORDS


class Course:
    """Plans the steps of open matters up to the day a demo home is opened."""

    def __init__(
        self, dice: Dice, hours: WorkHours, replies: Replies, scale: Scale, today: date
    ) -> None:
        self._dice = dice
        self._hours = hours
        self._replies = replies
        self._scale = scale
        self._today = today
        self._overdue = 0

    def of(self, visit: Visit, now: Millis) -> list[Planned]:
        """The steps of a matter that was just written down, in order of time."""
        dice = self._dice
        fresh = visit.state is VisitState.REGISTERED
        if self._is_forgotten(visit):
            return [self._take_up(visit, now)] if fresh and dice.chance(0.5) else []
        throw, passed_on = dice.random(), visit.handling is Handling.FORWARDED
        if throw < 0.02:
            return [self._later(visit, now, Action.WITHDRAW, "withdraw")]
        if throw < 0.03 and not passed_on:
            return [self._later(visit, now, Action.NOT_OURS, "elsewhere")]
        if throw < 0.13 and fresh and not passed_on:
            return list(self._without_papers(visit, now))
        return list(self._straight(visit, now))

    def _is_forgotten(self, visit: Visit) -> bool:
        """Whether nobody will get round to it before the demo is opened."""
        age = self._today - visit.day
        if not timedelta(0) < age <= _LATELY:
            return False
        overdue = visit.due is not None and visit.due < self._today
        needed = overdue and age <= _VERY_LATELY and self._overdue < self._scale.overdue
        if not self._dice.chance(_WANTED if needed else self._scale.forgotten):
            return False
        self._overdue += overdue
        return True

    def _straight(self, visit: Visit, now: Millis) -> Iterator[Planned]:
        dice, at = self._dice, now
        end = self._end(visit, now)
        if visit.handling is Handling.FORWARDED:
            if visit.state is VisitState.REGISTERED:
                at = self._hours.soon(dice, at, 5, 90)
                unit = dice.pick(self._replies.of(visit.matter_name, "unit"))
                yield Planned(at, Action.HAND_OVER, StepDetails(handed_to=unit))
            if dice.chance(0.15):
                at = self._hours.soon(dice, at, 90, 400)
                yield Planned(at, Action.WORK)
        elif dice.chance(0.25):
            step = self._take_up(visit, at)
            at = step.at
            yield step
        if visit.handling is not Handling.ASSISTED and dice.chance(0.15) and at != now:
            at = self._hours.soon(dice, at, 60, 500)
            yield Planned(at, Action.ANSWER, StepDetails(words=self._words(visit, "answer")))
        end = max(end, Millis(at + dice.between(10, 60) * 60_000))
        yield self._close(visit, end)
        if visit.handling is Handling.FORWARDED and dice.chance(0.12):
            yield self._follow_up(end)

    def _without_papers(self, visit: Visit, now: Millis) -> Iterator[Planned]:
        dice = self._dice
        asked = self._hours.soon(dice, now, 2, 15)
        words = self._words(visit, "missing")
        yield Planned(asked, Action.ASK_FOR_MATERIALS, StepDetails(words=words))
        day = self._hours.zone.day(asked)
        if dice.chance(0.06):
            at = self._moment(day, dice.between(14, 24))
            yield Planned(at, Action.WITHDRAW, StepDetails(words=self._words(visit, "withdraw")))
            return
        complete = self._moment(day, dice.between(1, 6))
        yield Planned(complete, Action.MATERIALS_COMPLETE)
        yield self._close(visit, self._hours.soon(dice, complete, 10, 300))

    def _end(self, visit: Visit, now: Millis) -> Millis:
        """When a matter is closed: within its limit, mostly."""
        dice, calendar = self._dice, self._hours.calendar
        due = visit.due or calendar.add_workdays(visit.day, dice.between(0, 2))
        if due == self._today and visit.day < due and dice.chance(self._scale.lingering):
            return self._hours.at(dice, due, dice.between(_AFTERNOON, _AFTERNOON + 120))
        throw = dice.random()
        if throw < 0.055:
            return self._moment(due, dice.between(1, 5))
        if throw < 0.24:
            return self._moment(due, 0, now)
        days = calendar.workdays_between(visit.day, due)
        return self._moment(visit.day, dice.between(0, max(0, days)), now)

    def _moment(self, day: date, workdays: int, now: Millis | None = None) -> Millis:
        """A working moment so many days later; after `now` on the same day."""
        when = self._hours.calendar.add_workdays(day, workdays)
        at = self._hours.random(self._dice, when)
        if now is not None and at <= now:
            return self._hours.soon(self._dice, now, 15, 120)
        return at

    def _take_up(self, visit: Visit, now: Millis) -> Planned:
        at = self._hours.soon(self._dice, now, 3, 120)
        words = self._words(visit, "take") if self._dice.chance(0.5) else ""
        return Planned(at, Action.TAKE_UP, StepDetails(words=words))

    def _later(self, visit: Visit, now: Millis, action: Action, kind: str) -> Planned:
        at = self._moment(visit.day, self._dice.between(0, 3), now)
        return Planned(at, action, StepDetails(words=self._words(visit, kind)))

    def _close(self, visit: Visit, at: Millis) -> Planned:
        return Planned(at, Action.CLOSE, StepDetails(result=self._words(visit, "close")))

    def _follow_up(self, end: Millis) -> Planned:
        at = self._moment(self._hours.zone.day(end), self._dice.between(1, 5))
        words = self._dice.pick(self._replies.of("*", "follow"))
        return Planned(at, Action.FOLLOW_UP, StepDetails(words=words))

    def _words(self, visit: Visit, kind: str) -> str:
        return self._dice.pick(self._replies.of(visit.matter_name, kind))
