"""Fills the new database of a demo home, from its operators to the visits of this morning."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta

from desktop_app.core.clock import FixedClock, Millis, Zone
from desktop_app.core.ids import UidFactory
from desktop_app.core.job import Job
from desktop_app.core.rights import PROGRAM, Right
from desktop_app.registers.matters.rules import Matter
from desktop_app.registers.people.rules import Operator, Role
from desktop_app.registers.people.service import actor_of
from desktop_app.registers.working_days.service import calendar
from desktop_app.station.demo import ground, words
from desktop_app.station.demo.affairs import Affairs, Setting
from desktop_app.station.demo.course import Course
from desktop_app.station.demo.crew import Crew
from desktop_app.station.demo.dice import Dice
from desktop_app.station.demo.gatherings import Gatherings
from desktop_app.station.demo.guests import Guests
from desktop_app.station.demo.names import Names
from desktop_app.station.demo.people import People
from desktop_app.station.demo.pictures import taken_in
from desktop_app.station.demo.reception import Reception
from desktop_app.station.demo.rhythm import MINUTE, TODAY_UNTIL, WorkHours
from desktop_app.station.demo.scales import Scale
from desktop_app.station.demo.sites import Site, site_of
from desktop_app.station.demo.stage import Span
from desktop_app.station.demo.store import FILLED, Books
from desktop_app.station.demo.story import Cast, Story
from desktop_app.storage.bulk import bare_tables, bulk_unit
from desktop_app.storage.session import Database, Desk
from desktop_app.storage.slot_keeper import SlotKeeper

AT_ONCE = 12_000
"""Changes and deeds in one transaction: the home is nobody's yet, so nobody waits."""

_OPENING_HOUR = 8
_ONE_DAY = timedelta(days=1)


class Shown:
    """When a deed is written down: as it happened, unless that is still to come today."""

    def __init__(self, midnight: Millis, now: Millis) -> None:
        self._midnight = midnight
        self._opened = Millis(midnight + _OPENING_HOUR * 60 * MINUTE)
        self._until = Millis(midnight + TODAY_UNTIL * MINUTE)
        self._end = Millis(now - MINUTE)
        self._squeezed = midnight <= now < self._until + MINUTE

    def __call__(self, at: Millis) -> Millis:
        if not self._squeezed or at < self._opened:
            return at
        whole = self._until - self._opened
        begin = max(self._midnight, self._end - whole)
        share = min(at - self._opened, whole)
        return Millis(max(self._midnight, begin + share * (self._end - begin) // whole))


@dataclass(frozen=True)
class Plan:
    """What is to be made. `told` is the clock of the story; `shown` may keep off the future, and
    whoever has the same `salt` throws the same dice."""

    scale: Scale
    site: Site
    seed: int
    salt: str
    first: date
    today: date
    told: FixedClock
    shown: Shown

    @classmethod
    def of(
        cls, scale: Scale, seed: int, today: date, now: Millis, site: Site | None = None
    ) -> Plan:
        """The plan of a home that stands as on `today`; `now` is when it is made.

        Without a `site` it is the one where a station of this scale stands alone.
        """
        zone, first = Zone(), today - timedelta(days=scale.days)
        # What is there before the first visitor was entered the day before.
        told = FixedClock(zone.at(first - _ONE_DAY, _OPENING_HOUR))
        salt = f"{scale.name} {seed}" if site is None else f"{site.code} {scale.name} {seed}"
        shown = Shown(zone.at(today), now)
        return cls(scale, site or site_of(scale), seed, salt, first, today, told, shown)

    def uids(self) -> UidFactory:
        """Uids that come out the same every time."""
        return UidFactory(self.told, Dice(f"uid {self.salt}").getrandbits)

    def __len__(self) -> int:
        """The days of it."""
        return self.scale.days + 1


@dataclass(frozen=True, slots=True)
class Figures:
    """What the home holds: operators by name and role, visits, residents, activities, and how many
    records of each other kind."""

    operators: tuple[tuple[str, Role], ...]
    visits: int
    residents: int
    activities: int
    beside: Mapping[str, int]


class Life:
    """The life of a demo station, in stretches of days; between two its database may be closed."""

    def __init__(
        self,
        plan: Plan,
        staff: Sequence[Operator],
        story: Story,
        books: Books,
        affairs: Affairs,
    ) -> None:
        self.plan = plan
        self._staff = staff
        self._days = story.days()
        self._books = books
        self._affairs = affairs
        self._next = plan.first

    def live(self, database: Database, job: Job, until: date | None = None) -> None:
        """Let the days before `until` pass, or all of them; some months in one transaction.

        Raises `Cancelled` when `job` is stopped.
        """
        end = self._end(until)
        fresh = self._next == self.plan.first
        with _without_collector(), bare_tables(database, FILLED if fresh else ()):
            while self._next < end:
                with bulk_unit(database, PROGRAM, needs=Right.REGISTER) as bulk:
                    self._books.bulk = bulk
                    while self._next < end and bulk.waiting <= AT_ONCE:
                        self._live_a_day(job)
            job.progress(self.lived, len(self.plan), "正在建立检索")
            with database.unrecorded() as connection:
                self._books.settle(connection)
            job.check()

    def is_past(self, until: date | None = None) -> bool:
        """Whether these days have passed already."""
        return self._next >= self._end(until)

    @property
    def lived(self) -> int:
        """How many days of it have passed."""
        return (self._next - self.plan.first).days

    def figures(self) -> Figures:
        """What there is by now."""
        everybody = tuple((operator.name, operator.role) for operator in self._staff)
        books = self._books
        beside = self._affairs.counts()
        return Figures(everybody, books.visits, books.residents, books.activities, beside)

    def _end(self, until: date | None) -> date:
        return self.plan.today + _ONE_DAY if until is None else until

    def _live_a_day(self, job: Job) -> None:
        day = next(self._days)
        self._next = day + _ONE_DAY
        job.progress(self.lived, len(self.plan), f"{day.year}年{day.month}月")


def prepared(
    database: Database, keeper: SlotKeeper, first_lead: Operator, plan: Plan, job: Job
) -> Life:
    """Put into a new database what is there before the first visitor; what follows is the life."""
    job.progress(0, len(plan), "正在准备站点和操作员")
    staff = ground.add_operators(database, keeper, first_lead, plan.scale, plan.site.operators)
    lead = actor_of(first_lead)
    homes = ground.Places(database, lead, plan.told).add(plan.site)
    ground.add_settings(database, plan.site)
    giver = ground.add_giver(database, plan.site, first_lead.name)
    ground.add_days(database, lead, plan.first, plan.today)
    matters = ground.add_matters(database, lead)
    hours = WorkHours(database.zone, calendar(Desk(database, PROGRAM)))
    books = Books(database, plan.told, hours.calendar, plan.shown)
    span, pictures = Span(plan.first, plan.today), taken_in(database.blobs)
    setting = Setting(
        plan.scale, plan.salt, span, homes, hours, books, pictures, first_lead.name, giver
    )
    cast, dice = _cast(plan, staff, matters, setting)
    story = Story(dice, cast, books, plan.first, plan.today)
    return Life(plan, staff, story, books, cast.affairs)


def _cast(
    plan: Plan,
    staff: Sequence[Operator],
    matters: Sequence[Matter],
    setting: Setting,
) -> tuple[Cast, Dice]:
    """Everybody who takes part, and the dice that go on."""
    dice, homes, hours, books = Dice(plan.salt), setting.homes, setting.hours, setting.books
    names, replies = Names(dice), words.Replies()
    # Dice of their own, so that the counter is the same with activities and without.
    own = Dice(f"activities {plan.salt}")
    guests = Guests(own, Names(own), homes)
    gatherings = Gatherings(
        own, guests, homes, hours, books, (plan.first, plan.today), plan.scale.activities
    )
    people = People(dice, names, homes, words.places(), plan.first)
    cast = Cast(
        plan.scale,
        people.thrown(plan.scale.residents),
        Crew(staff),
        Reception(dice, names, matters, words.reasons(), replies),
        Course(dice, hours, replies, plan.scale, plan.today),
        hours,
        gatherings,
        guests,
        Affairs(setting, gatherings),
    )
    return cast, dice


@contextmanager
def _without_collector() -> Iterator[None]:
    """Millions of small values and no cycle among them: the collector would walk through all of
    them again and again, for a fifth of the time, and find nothing."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
