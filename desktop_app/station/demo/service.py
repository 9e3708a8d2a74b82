"""Makes a demo home: a station with years of believable, wholly invented life behind it.

The same scale, seed and date give the same records, to the uid; keys, salts and the home's own id
are as random as anybody's, and its operators' password is published.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from desktop_app import catalog
from desktop_app.core.clock import Clock, FixedClock, Millis, SystemClock, Zone
from desktop_app.core.ids import UidFactory
from desktop_app.core.job import Job
from desktop_app.core.rights import PROGRAM, Right
from desktop_app.registers.people.rules import DEMO_PASSWORD, Operator, Role
from desktop_app.registers.people.service import actor_of
from desktop_app.registers.working_days.service import calendar
from desktop_app.station.demo import ground, words
from desktop_app.station.demo.course import Course
from desktop_app.station.demo.crew import Crew
from desktop_app.station.demo.dice import Dice
from desktop_app.station.demo.names import Names
from desktop_app.station.demo.people import People
from desktop_app.station.demo.reception import Reception
from desktop_app.station.demo.rhythm import MINUTE, TODAY_UNTIL, WorkHours
from desktop_app.station.demo.scales import Scale, scale_named
from desktop_app.station.demo.store import FILLED, Books
from desktop_app.station.demo.story import Cast, Story
from desktop_app.station.set_up.service import create_home
from desktop_app.storage.bulk import bare_tables, bulk_unit
from desktop_app.storage.home import Edition, Home
from desktop_app.storage.keys import QUICK_COST
from desktop_app.storage.session import Database, Desk
from desktop_app.storage.slot_keeper import SlotKeeper

AT_ONCE = 12_000
"""Changes and deeds in one transaction: the home is nobody's yet, so nobody waits."""

_OPENING_HOUR = 8


@dataclass(frozen=True, slots=True)
class Made:
    """A finished demo home and how to get in: each operator by name and role, one password."""

    home: Home
    recovery_code: str
    operators: tuple[tuple[str, Role], ...]
    visits: int
    residents: int
    password: str


def make_demo(
    path: Path,
    *,
    scale: str,
    seed: int,
    today: date,
    job: Job,
    clock: Clock | None = None,
    database_url: str = "",
) -> Made:
    """Make a demo home at `path`, which must be missing or empty, as it stands on `today`.

    `scale` is small or hall. `clock` tells how late it is: while the morning of `today` is not
    over, the deeds of that day lie closer together, so that none is in the future. Raises
    `Cancelled` when `job` is stopped, and then leaves nothing behind; otherwise as `create_home`.
    """
    wanted = scale_named(scale)
    catalog.table_modules()
    zone = Zone()
    first = today - timedelta(days=wanted.days)
    told = FixedClock(zone.at(first, _OPENING_HOUR))
    shown = Shown(zone.at(today), (clock or SystemClock()).now())
    plan = Plan(wanted, seed, first, today, told, shown)
    figures: list[Figures] = []

    def furnish(database: Database, keeper: SlotKeeper, lead: Operator) -> None:
        figures.append(_furnished(database, keeper, lead, plan, job))

    created = create_home(
        path,
        Edition.STATION,
        wanted.station,
        wanted.code,
        words.names()["operators"][0],
        DEMO_PASSWORD,
        clock=told,
        database_url=database_url,
        kdf_cost=QUICK_COST,
        demo=True,
        new_uid=UidFactory(told, Dice(f"uid {seed}").getrandbits),
        furnish=furnish,
    )
    (made,) = figures
    return Made(created.home, created.recovery_code, *made, DEMO_PASSWORD)


class Shown:
    """When a deed is written down: as it happened, unless that is still to come today."""

    def __init__(self, midnight: Millis, now: Millis) -> None:
        self._midnight = midnight
        self._opened = Millis(midnight + _OPENING_HOUR * 60 * MINUTE)
        self._until = Millis(midnight + TODAY_UNTIL * MINUTE)
        self._end = Millis(now - MINUTE)
        is_this_morning = midnight <= now < self._until + MINUTE
        self._squeezed = is_this_morning

    def __call__(self, at: Millis) -> Millis:
        if not self._squeezed or at < self._opened:
            return at
        whole = self._until - self._opened
        begin = max(self._midnight, self._end - whole)
        share = min(at - self._opened, whole)
        return Millis(max(self._midnight, begin + share * (self._end - begin) // whole))


@dataclass(frozen=True)
class Plan:
    """What is to be made. `told` is the clock of the story."""

    scale: Scale
    seed: int
    first: date
    today: date
    told: FixedClock
    shown: Shown

    def __len__(self) -> int:
        """The days of it."""
        return self.scale.days + 1


Figures = tuple[tuple[tuple[str, Role], ...], int, int]


def _furnished(
    database: Database, keeper: SlotKeeper, first_lead: Operator, plan: Plan, job: Job
) -> Figures:
    """Fill a new database, from its operators to the visits of this morning."""
    job.progress(0, len(plan), "正在准备站点和操作员")
    known = words.places()
    names = words.names()["operators"]
    staff = ground.add_operators(database, keeper, first_lead, plan.scale, names)
    lead = actor_of(first_lead)
    homes = ground.Places(database, lead, plan.told).add(known, plan.scale)
    ground.add_settings(database, known["communities"][0]["name"], plan.scale.station)
    ground.add_days(database, lead, plan.first, plan.today)
    matters = ground.add_matters(database, lead)
    dice = Dice(f"{plan.scale.name} {plan.seed}")
    thrown = Names(dice)
    people = People(dice, thrown, homes, known, plan.first).thrown(plan.scale.residents)
    hours = WorkHours(database.zone, calendar(Desk(database, PROGRAM)))
    replies = words.Replies()
    cast = Cast(
        plan.scale,
        people,
        Crew(staff),
        Reception(dice, thrown, matters, words.reasons(), replies),
        Course(dice, hours, replies, plan.scale, plan.today),
        hours,
    )
    books = Books(database, plan.told, hours.calendar, plan.shown)
    _lived(database, Story(dice, cast, books, plan.first, plan.today), books, plan, job)
    everybody = tuple((operator.name, operator.role) for operator in staff)
    return everybody, books.visits, books.residents


def _lived(database: Database, story: Story, books: Books, plan: Plan, job: Job) -> None:
    """Let the days pass, some months in one transaction."""
    days, done, over = story.days(), 0, False
    with _without_collector(), bare_tables(database, FILLED):
        while not over:
            over = True
            with bulk_unit(database, PROGRAM, needs=Right.REGISTER) as bulk:
                books.bulk = bulk
                for day in days:
                    done += 1
                    job.progress(done, len(plan), f"{day.year}年{day.month}月")
                    if bulk.waiting > AT_ONCE:
                        over = False
                        break
        job.progress(done, len(plan), "正在建立检索")
        with database.unrecorded() as connection:
            books.finish(connection)
        job.check()


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
