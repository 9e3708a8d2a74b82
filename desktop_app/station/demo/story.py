"""The days of a demo station, one after the other, as they would have been lived.

Everything that happens is put on one agenda and taken from it in the order of time: arrivals, steps
of open matters, evaluations, files that are opened, activities. What is still to come when the demo
home is opened stays undone, and so there is something to do.
"""

from __future__ import annotations

import heapq
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from desktop_app.core.clock import Millis
from desktop_app.core.rights import Actor
from desktop_app.core.satisfaction import Satisfaction
from desktop_app.ledgers.visits.rules.entry import VisitForm
from desktop_app.ledgers.visits.rules.visit import (
    Action,
    EnteredFrom,
    Visit,
    VisitKind,
    VisitSource,
)
from desktop_app.station.demo.affairs import Affairs
from desktop_app.station.demo.attendance import Attendance, Visitor
from desktop_app.station.demo.course import Course, Planned
from desktop_app.station.demo.crew import Crew, Shift
from desktop_app.station.demo.dice import Dice, Table
from desktop_app.station.demo.filing import in_order_on
from desktop_app.station.demo.gatherings import Gatherings
from desktop_app.station.demo.guests import Guests
from desktop_app.station.demo.people import Person
from desktop_app.station.demo.reception import Reception
from desktop_app.station.demo.rhythm import (
    DAY_MS,
    MINUTE,
    TODAY_UNTIL,
    WorkHours,
    arrivals,
    morning,
)
from desktop_app.station.demo.scales import Scale
from desktop_app.station.demo.store import Books

_LATE_ENTRY = 0.017
_EVALUATED = 0.17
_PROMISED_DAYS = (1, 3)
"""Some matter's limit is so many working days; so long before today, one more comes with it."""
_BACK_SOON = 0.3
_LATELY_HERE = 250
_LEVELS = Table(
    (
        (Satisfaction.VERY_SATISFIED, 620),
        (Satisfaction.SATISFIED, 300),
        (Satisfaction.FAIR, 58),
        (Satisfaction.DISSATISFIED, 17),
        (Satisfaction.VERY_DISSATISFIED, 5),
    )
)

Happening = tuple[Millis, int, Callable[[Millis, Any], None], Any]


@dataclass(frozen=True)
class Cast:
    """Everybody and everything that takes part."""

    scale: Scale
    people: list[Person]
    crew: Crew
    reception: Reception
    course: Course
    hours: WorkHours
    gatherings: Gatherings
    guests: Guests
    affairs: Affairs


class Story:
    """Lives through the days; `days` yields after each of them."""

    def __init__(self, dice: Dice, cast: Cast, books: Books, first: date, today: date) -> None:
        self._dice = dice
        self._cast = cast
        self._books = books
        self._today = today
        days = [first + timedelta(days=number) for number in range((today - first).days + 1)]
        self._attendance = Attendance(dice, cast.scale, cast.people, days, cast.hours.calendar)
        self._agenda: list[Happening] = []
        self._order = 0
        self._pool: list[Person] = []
        self._lately: deque[Person] = deque(maxlen=_LATELY_HERE)
        self._shift: Shift = cast.crew.shift(dice)
        cast.guests.pool = self._pool
        cast.gatherings.join(self._put, lambda: self._shift)
        cast.affairs.join(self._put, lambda: self._shift, self._pool)

    def days(self) -> Iterator[date]:
        """Live one day after the other."""
        for day, kinds, files in self._attendance.days():
            self._shift = self._cast.crew.shift(self._dice)
            midnight = self._cast.hours.zone.at(day)
            self._open_house(day, midnight, kinds, files)
            self._cast.gatherings.open_day(day)
            until = TODAY_UNTIL * MINUTE if day == self._today else DAY_MS
            self._live(Millis(midnight + until))
            yield day

    # --- the agenda ------------------------------------------------------------------------------

    def _put(self, at: Millis, what: Callable[[Millis, Any], None], about: Any) -> None:
        self._order += 1
        heapq.heappush(self._agenda, (at, self._order, what, about))

    def _live(self, until: Millis) -> None:
        agenda = self._agenda
        while agenda and agenda[0][0] < until:
            at, _, what, about = heapq.heappop(agenda)
            what(at, about)

    def _open_house(
        self, day: date, midnight: Millis, kinds: Sequence[Visitor], files: Sequence[Person]
    ) -> None:
        """Put a day's arrivals on the agenda."""
        dice, hours, visits = self._dice, self._cast.hours, len(kinds)
        if kinds or files:
            for actor in self._shift.everybody:
                self._put(
                    hours.at(dice, day, dice.between(8 * 60 + 5, 8 * 60 + 28)), self._in, actor
                )
        moments = (morning if day == self._today else arrivals)(dice, midnight, visits)
        for at, kind in zip(moments, kinds, strict=True):
            self._put(at, self._arrive, kind)
        for person in files:
            self._put(hours.random(dice, day), self._open_file, person)
        left = hours.calendar.workdays_between(day, self._today)
        if left in _PROMISED_DAYS and hours.calendar.is_workday(day):
            self._put(hours.random(dice, day), self._with_limit, left)
        if (visits and day.day == 15) or (visits > 3 and dice.chance(0.02)):
            self._put(hours.random(dice, day), self._many, day)

    # --- what happens ----------------------------------------------------------------------------

    def _in(self, at: Millis, actor: Actor) -> None:
        self._books.sign_in(at, actor)

    def _open_file(self, at: Millis, person: Person) -> None:
        """A file without a visit; what is sensitive only the lead may enter."""
        actor = self._cast.crew.lead
        day = self._cast.hours.zone.day(at)
        person.resident = self._books.open_file(in_order_on(person, day, actor.name), at, actor)
        self._pool += [person] * person.comes

    def _arrive(self, at: Millis, kind: Visitor) -> None:
        dice = self._dice
        actor = dice.drawn(self._shift.counter)
        day = self._cast.hours.zone.day(at)
        form, person = self._form(kind, day, at, actor)
        late_at = None
        if form.kind is not VisitKind.COUNTED and person is None and dice.chance(_LATE_ENTRY):
            late_at = self._yesterday(day)
        made = self._books.register(form, at, actor, late_at)
        for visit in made:
            self._afterwards(visit, at)

    def _form(
        self, kind: Visitor, day: date, at: Millis, actor: Actor
    ) -> tuple[VisitForm, Person | None]:
        """The form, and who was entered with it for the first time."""
        reception = self._cast.reception
        if isinstance(kind, Person):
            first = kind.resident is None
            if first:
                kind.resident = self._books.enter(in_order_on(kind, day, actor.name), at)
                self._pool += [kind] * kind.comes
            if not kind.regular:
                self._lately.append(kind)
            return reception.of(kind, day), kind if first else None
        if kind == "counted":
            return reception.counted(), None
        if kind == "anonymous":
            return reception.anonymous(day), None
        if kind == "passing" or not self._pool:
            return reception.passing(day), None
        known = self._dice.pick(
            self._lately if self._lately and self._dice.chance(_BACK_SOON) else self._pool
        )
        if not known.regular:
            self._lately.append(known)
        return reception.of(known, day), None

    def _with_limit(self, at: Millis, workdays: int) -> None:
        """A matter whose limit runs out on the day the demo is opened."""
        if self._pool:
            day = self._cast.hours.zone.day(at)
            form = self._cast.reception.of(self._dice.pick(self._pool), day, workdays)
            for visit in self._books.register(form, at, self._dice.pick(self._shift.handlers)):
                self._afterwards(visit, at)

    def _many(self, at: Millis, day: date) -> None:
        if self._pool:
            actor = self._dice.pick(self._shift.handlers)
            form = self._cast.reception.of_many(self._dice.pick(self._pool), day)
            for visit in self._books.register(form, at, actor):
                self._afterwards(visit, at)

    def _yesterday(self, day: date) -> Millis:
        """A moment of the working day before, which was written on paper first."""
        calendar = self._cast.hours.calendar
        earlier = day - timedelta(days=1)
        while not calendar.is_workday(earlier):
            earlier -= timedelta(days=1)
        minute = self._dice.between(9 * 60, 11 * 60)
        return Millis(self._cast.hours.zone.at(earlier) + minute * MINUTE)

    def _afterwards(self, visit: Visit, at: Millis) -> None:
        self._cast.affairs.notice(visit)
        if visit.open:
            self._plan(visit, self._cast.course.of(visit, at))
        elif visit.source is VisitSource.WALK_IN and self._would_evaluate(visit, _EVALUATED):
            self._put(Millis(at + self._dice.between(20, 150) * 1000), self._evaluate, visit)

    def _plan(self, visit: Visit, steps: Sequence[Planned]) -> None:
        if steps:
            self._put(steps[0].at, self._step, (visit, steps))

    def _step(self, at: Millis, about: tuple[Visit, Sequence[Planned]]) -> None:
        """Take the first of the steps that are left, and put the next on the agenda."""
        visit, (step, *left) = about
        actor = self._handler(visit)
        after = self._books.step(visit, step.action, step.details, at, actor)
        closed = step.action is Action.CLOSE
        if closed and self._would_evaluate(after, _EVALUATED):
            self._put(Millis(at + self._dice.between(1, 9) * MINUTE), self._evaluate, after)
        self._plan(after, left)

    def _handler(self, visit: Visit) -> Actor:
        """The first clerk, if he is there and may; a volunteer only writes down."""
        for actor in self._shift.handlers:
            if actor.uid == visit.first_clerk and self._dice.chance(0.8):
                return actor
        return self._dice.pick(self._shift.handlers)

    def _would_evaluate(self, visit: Visit, share: float) -> bool:
        named = visit.kind is not VisitKind.COUNTED and not visit.petition
        return named and self._dice.chance(share)

    def _evaluate(self, at: Millis, visit: Visit) -> None:
        dice = self._dice
        source = EnteredFrom.SECOND_SCREEN if dice.chance(0.7) else EnteredFrom.PAPER
        actor = dice.pick(self._shift.everybody)
        self._books.evaluate(visit, dice.drawn(_LEVELS), source, at, actor)
