"""What a demo station does beside the counter: its activities by name, season and sentence.

Read from `resources/sample/demo`; all of it is invented. Who comes to them is for `gatherings`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from desktop_app.core.workdays import WorkCalendar
from desktop_app.ledgers.activities.rules.activity import is_meeting, kind_of
from desktop_app.station.demo import words
from desktop_app.station.demo.dice import Dice, Table

_SATURDAY, _SUNDAY = 0.6, 0.2
_IN_SEASON = 3
_BEFORE, _AHEAD = 10, 25
"""Nothing takes place in the first days of a station; so many days ahead are planned."""


@dataclass(frozen=True, slots=True)
class Theme:
    """One sort of activity; `months` is its season, empty for any time of the year."""

    kind: str
    name: str
    months: frozenset[int]
    weekend: bool
    begins: tuple[int, int]
    minutes: int
    weight: int
    brand: str
    place: str
    partner: str
    summary: str
    outcome: str
    resolutions: tuple[tuple[str, str], ...]

    @property
    def meeting(self) -> bool:
        return is_meeting(self.kind)

    def chance_in(self, month: int) -> float:
        if not self.months:
            return self.weight
        return self.weight * _IN_SEASON if month in self.months else 0


def themes() -> tuple[Theme, ...]:
    """Every sort of activity."""
    decided: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for row in words.rows("resolutions.csv"):
        decided[row["name"]].append((row["words"], row["owner"]))
    return tuple(
        Theme(
            kind=kind_of(row["kind"]),
            name=row["name"],
            months=words.months(row["months"]),
            weekend=bool(row["weekend"]),
            begins=_clock(row["begins"]),
            minutes=int(row["minutes"]),
            weight=int(row["weight"]),
            brand=row["brand"],
            place=row["place"],
            partner=row["partner"],
            summary=row["summary"],
            outcome=row["outcome"],
            resolutions=tuple(decided[row["name"]]),
        )
        for row in words.rows("activities.csv")
    )


def _clock(text: str) -> tuple[int, int]:
    hour, minute = text.split(":")
    return int(hour), int(minute)


def calendar_of(
    dice: Dice, works: WorkCalendar, first: date, today: date, a_year: int
) -> list[tuple[date, Theme]]:
    """What takes place on which day, so many a year, and what is planned for the next weeks.

    On the day a demo is opened one begins in the morning, and another one is four days ahead.
    """
    known = themes()
    begin, end = first + timedelta(days=_BEFORE), today + timedelta(days=_AHEAD)
    days = [begin + timedelta(days=number) for number in range((end - begin).days + 1)]
    open_days = Table((day, _fullness(day, works)) for day in days if day != today)
    count = round(a_year * len(days) / 365)
    found = [
        (day, dice.drawn(_fitting(known, day, works)))
        for day in sorted(dice.drawn(open_days) for _ in range(count))
    ]
    morning = [one for one in known if one.begins <= (9, 30) and not one.months]
    ahead = works.add_workdays(today, 4)
    certain = [(today, dice.pick(morning)), (ahead, dice.drawn(_fitting(known, ahead, works)))]
    return sorted([*found, *certain], key=_day)


def _day(entry: tuple[date, Theme]) -> date:
    return entry[0]


def _fullness(day: date, works: WorkCalendar) -> float:
    if works.is_workday(day):
        return 1
    return {5: _SATURDAY, 6: _SUNDAY}.get(day.weekday(), 0)


def _fitting(known: Iterable[Theme], day: date, works: WorkCalendar) -> Table[Theme]:
    """What is done on such a day: what belongs to the weekend is never on a working day."""
    rests = not works.is_workday(day)
    return Table((one, one.chance_in(day.month)) for one in known if rests or not one.weekend)
