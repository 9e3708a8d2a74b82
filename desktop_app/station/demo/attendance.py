"""Who comes to a demo station on which day: how many, and who of them again and again."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Literal

from desktop_app.core.workdays import WorkCalendar
from desktop_app.station.demo.dice import Dice, Table, spread
from desktop_app.station.demo.people import ELDER_AGE, Person
from desktop_app.station.demo.rhythm import day_weights
from desktop_app.station.demo.scales import Scale

Stranger = Literal["counted", "anonymous", "passing", "known"]
Visitor = Person | Stranger
"""Somebody by name, or what sort of visitor; `known` is anybody who has been there before."""

_SORTS: Table[Visitor] = Table(
    (("counted", 0.20), ("anonymous", 0.04), ("passing", 0.02), ("known", 0.74))
)
_ONLY_A_FILE = 0.08
_SETTLING_DAYS = 10


class Attendance:
    """The visitors of each of `days`, the last of which is the day the demo is opened."""

    def __init__(
        self,
        dice: Dice,
        scale: Scale,
        people: Sequence[Person],
        days: Sequence[date],
        calendar: WorkCalendar,
    ) -> None:
        self._dice = dice
        self._scale = scale
        self._days = days
        self._calendar = calendar
        self._newcomers: deque[Person] = deque()
        self._filed: deque[Person] = deque()
        self._awaited = 0
        self._due_back = self._dates_of(self._cast(people))

    def days(self) -> Iterator[tuple[date, list[Visitor], list[Person]]]:
        """Each day with its visitors, and those whose file is opened without a visit."""
        visits, new, files = self._counts()
        for place, day in enumerate(self._days):
            opened = [self._filed.popleft() for _ in range(files[place])]
            yield day, self._visitors(day, visits[place], new[place]), opened

    def _counts(self) -> tuple[list[int], list[int], list[int]]:
        """Visits, people who come for the first time, and files opened without a visit, by day."""
        past, scale = self._days[:-1], self._scale
        weights = day_weights(past, self._calendar, self._dice)
        visits = [*spread(scale.visits - scale.today, weights), scale.today]
        # Most people are met in the first years; there are always some who move in.
        share = [weight / (0.35 + place / len(past)) for place, weight in enumerate(weights)]
        share = [value if count else 0.0 for value, count in zip(share, visits, strict=False)]
        new = [*spread(len(self._newcomers), share), 0]
        workdays = [float(self._calendar.is_workday(day)) for day in past]
        return visits, new, [*spread(len(self._filed), workdays), 0]

    def _cast(self, people: Sequence[Person]) -> list[Person]:
        """Who will come, who only has a file; answers who comes again and again."""
        shuffled = list(people)
        self._dice.shuffle(shuffled)
        regulars: list[Person] = []
        for person in shuffled:
            by_lead = bool(person.draft.special_groups)
            if person.comes == 0 or by_lead or self._dice.chance(_ONLY_A_FILE):
                self._filed.append(person)
            elif len(regulars) < self._scale.regulars and person.age(self._days[0]) >= ELDER_AGE:
                person.regular, person.comes = True, 0
                regulars.append(person)
            else:
                self._newcomers.append(person)
        self._newcomers.extendleft(regulars)
        return regulars

    def _dates_of(self, regulars: Sequence[Person]) -> dict[date, list[Person]]:
        """On which days each of the regulars comes: two to six times a month."""
        dates: dict[date, list[Person]] = defaultdict(list)
        months: dict[tuple[int, int], list[date]] = defaultdict(list)
        for day in self._days[_SETTLING_DAYS:-1]:
            if self._calendar.is_workday(day):
                months[day.year, day.month].append(day)
        for days in months.values():
            for person in regulars:
                often = min(self._dice.between(2, 6), len(days))
                for day in self._dice.sample(days, often):
                    dates[day].append(person)
        return dates

    def _visitors(self, day: date, visits: int, new: int) -> list[Visitor]:
        """The visitors of a day in any order; newcomers for whom it is too short come later."""
        visitors = [self._dice.drawn(_SORTS) for _ in range(visits)]
        by_name = [place for place, sort in enumerate(visitors) if sort == "known"]
        self._awaited += new
        first = min(self._awaited, len(by_name), len(self._newcomers))
        self._awaited -= first
        named = [self._newcomers.popleft() for _ in range(first)] + self._due_back[day]
        for place, person in zip(by_name, named, strict=False):
            visitors[place] = person
        return visitors
