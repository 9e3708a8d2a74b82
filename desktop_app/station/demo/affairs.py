"""What a demo station deals with beside its counter and its activities: who its partners are, what
residents ask for, the three lists, and who helps. Each part throws dice of its own, so that the
counter is the same with them and without."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from desktop_app.ledgers.visits.rules.visit import Visit
from desktop_app.station.demo.alliances import Alliances
from desktop_app.station.demo.crew import Shift
from desktop_app.station.demo.dice import Dice
from desktop_app.station.demo.duties import Duties
from desktop_app.station.demo.gatherings import Gatherings, Put
from desktop_app.station.demo.helping import Helping
from desktop_app.station.demo.list_pen import ListPen
from desktop_app.station.demo.lists import Lists
from desktop_app.station.demo.names import Names
from desktop_app.station.demo.people import Home, Person
from desktop_app.station.demo.pictures import Pictures
from desktop_app.station.demo.proofs import Giver
from desktop_app.station.demo.rhythm import WorkHours
from desktop_app.station.demo.scales import Scale
from desktop_app.station.demo.stage import Span, Stage
from desktop_app.station.demo.store import Books
from desktop_app.station.demo.treaties import Terms, allies_of, treaties_of
from desktop_app.station.demo.wish_course import WishCourse
from desktop_app.station.demo.wishes import Wishes


@dataclass(frozen=True)
class Setting:
    """Where and when the affairs take place; `salt` makes the dice, `liaison` is who is called."""

    scale: Scale
    salt: str
    span: Span
    homes: tuple[Home, ...]
    hours: WorkHours
    books: Books
    pictures: Pictures
    liaison: str
    giver: Giver

    def stage(self, part: str) -> Stage:
        """The stage of one part, with dice of its own."""
        return Stage(Dice(f"{part} {self.salt}"), self.hours, self.books, self.span)


class Affairs:
    """All of it; `join` is called once, before the first day."""

    def __init__(self, setting: Setting, gatherings: Gatherings) -> None:
        self._stages = [setting.stage(part) for part in ("alliances", "lists", "wishes", "helping")]
        first, second, third, fourth = self._stages
        scale = setting.scale
        self.alliances = _alliances(setting, first)
        pen = ListPen(second, setting.pictures)
        self._pen = pen
        duties = Duties(second, pen, setting.pictures, Names(second.dice))
        self.lists = Lists(
            second, self.alliances, duties, pen, setting.homes, scale.list_items, scale.activities
        )
        course = WishCourse(third, self.alliances, Names(third.dice))
        self.wishes = Wishes(
            third,
            course,
            self.lists,
            setting.pictures,
            setting.homes,
            scale.requests,
            scale.list_items,
        )
        self.helping = Helping(fourth, scale, setting.homes, setting.giver)
        gatherings.told = self.lists.after_activity

    def join(self, put: Put, shift: Callable[[], Shift], pool: Sequence[Person]) -> None:
        """`put` takes what is to come, `shift` tells who is at the station, `pool` grows with
        everybody it gets to know."""
        for stage in self._stages:
            stage.join(put, shift)
        self.wishes.pool = pool
        self.alliances.set_out()
        self.lists.set_out()
        self.wishes.set_out()
        self.helping.set_out(pool)

    def counts(self) -> dict[str, int]:
        """How many records of each kind there are by now."""
        return {
            "requests": self.wishes.requests,
            "agreements": self.alliances.agreements,
            "problems": self._pen.problems,
            "offers": self._pen.offers,
            "duties": self._pen.duties,
            **self.helping.counts(),
        }

    def notice(self, visit: Visit) -> None:
        """Somebody was at the counter; something may come of it."""
        self.wishes.notice(visit)


def _alliances(setting: Setting, stage: Stage) -> Alliances:
    dice, names, count = stage.dice, Names(stage.dice), setting.scale.agreements
    allies = allies_of(dice, names, setting.homes, setting.span, count)
    treaties = treaties_of(dice, allies, setting.span, count)
    terms = Terms(dice, names, setting.homes[0].community, setting.liaison)
    return Alliances(stage, setting.pictures, terms, allies, treaties)
