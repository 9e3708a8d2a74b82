"""What happens beside the counter shares: dice of its own, the hours, the agenda, who is there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from desktop_app.core.clock import Millis
from desktop_app.core.rights import Actor, Right
from desktop_app.station.demo.crew import Shift
from desktop_app.station.demo.dice import Dice
from desktop_app.station.demo.gatherings import Put
from desktop_app.station.demo.rhythm import WorkHours
from desktop_app.station.demo.store import Books

_MANY_TRIES = 60


@dataclass(frozen=True, slots=True)
class Span:
    """The days of a story, both included."""

    first: date
    today: date

    @property
    def days(self) -> int:
        return (self.today - self.first).days


@dataclass
class Stage:
    """One for each part of the story, so that no part changes what another one throws.

    `join` is called once, before the first day.
    """

    dice: Dice
    hours: WorkHours
    books: Books
    span: Span
    _put: Put | None = field(default=None, init=False)
    _shift: Callable[[], Shift] | None = field(default=None, init=False)

    def join(self, put: Put, shift: Callable[[], Shift]) -> None:
        """`put` takes what is to come, `shift` tells who is at the station."""
        self._put = put
        self._shift = shift

    def put(self, at: Millis, what: Callable[[Millis, Any], None], about: Any) -> None:
        """Onto the agenda."""
        assert self._put is not None, "joined before the first day"
        self._put(at, what, about)

    @property
    def shift(self) -> Shift:
        assert self._shift is not None, "joined before the first day"
        return self._shift()

    def handler(self) -> Actor:
        """Somebody who may handle matters; on every day somebody is there."""
        return self.dice.pick(self.shift.handlers)

    def another(self, actor: Actor) -> Actor | None:
        """A second one who may; None when nobody else is there today."""
        others = [one for one in self.shift.handlers if one.uid != actor.uid]
        return self.dice.pick(others) if others else None

    def manager(self) -> Actor | None:
        """Somebody who manages the station; None when none is there today."""
        may = [one for one in self.shift.handlers if one.may(Right.MANAGE_STATION)]
        return self.dice.pick(may) if may else None

    def day(self, at: Millis) -> date:
        return self.hours.zone.day(at)

    def later(self, at: Millis, low: int, high: int) -> Millis:
        """A working moment so many working days later; for 0, later on the same day."""
        days = self.dice.between(low, high)
        if days == 0:
            return self.hours.soon(self.dice, at, 5, 160)
        return self.on(self.hours.calendar.add_workdays(self.day(at), days))

    def on(self, day: date) -> Millis:
        """A working moment on that day, or on the first working day after it."""
        return self.hours.random(self.dice, self.workday(day))

    def workday(self, day: date) -> date:
        """That day, or the first working day after it."""
        calendar = self.hours.calendar
        return day if calendar.is_workday(day) else calendar.add_workdays(day, 1)

    def ago(self, workdays: int) -> date:
        """The working day so many working days before the last, if the story is as long."""
        day, left = self.span.today, workdays
        while left and day > self.span.first:
            day -= timedelta(days=1)
            left -= self.hours.calendar.is_workday(day)
        return day

    def days_for(self, count: int, lately: int, share: float) -> list[date]:
        """Working days by lot, in order; a share of them among the last `lately` days."""
        span, found = self.span, []
        for _ in range(count):
            reach = min(span.days, lately) if self.dice.chance(share) else span.days
            for _ in range(_MANY_TRIES):
                day = span.today - timedelta(days=self.dice.between(1, max(1, reach)))
                if self.hours.calendar.is_workday(day):
                    break
            found.append(day)
        return sorted(found)
