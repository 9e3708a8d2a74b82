"""`demo --scale street`: a street's home and its stations' homes, made by both sides' own means.

Station and street do not know each other, so somebody who knows both must carry the files between
them. Here is the post, and nothing that knows what is in them.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from desktop_app.core.clock import FixedClock, Millis, Zone
from desktop_app.core.errors import EnvironmentFault, UserError
from desktop_app.core.ids import UidFactory
from desktop_app.core.job import Job
from desktop_app.core.workdays import WorkCalendar
from desktop_app.registers.people.rules import DEMO_PASSWORD, Operator, Role
from desktop_app.station.demo.crowd import Crowd, processes_here
from desktop_app.station.demo.dice import Dice
from desktop_app.station.demo.lives import Asked, Deed, Errand, Grown, Order, Reported
from desktop_app.station.demo.rhythm import MINUTE, TODAY_UNTIL
from desktop_app.station.demo.scales import Scale
from desktop_app.station.demo.sites import Site, street_office, street_sites
from desktop_app.station.set_up.service import create_home
from desktop_app.station.sign_in.service import open_house, sign_in
from desktop_app.storage.bulk import bare_tables
from desktop_app.storage.file_systems import free_space
from desktop_app.storage.files import make_folder
from desktop_app.storage.home import Edition, Home
from desktop_app.storage.keys import QUICK_COST
from desktop_app.storage.session import Database, Desk
from desktop_app.storage.slot_keeper import SlotKeeper
from desktop_app.street.demo import service as street
from desktop_app.street.demo.rules import TROUBLES, Dealings, Trouble, months_before, timetable

_BYTES_A_VISIT, _BYTES_A_HOME = 6_000, 4 << 20
_MADE_AT = TODAY_UNTIL + 5
_JUST_NOW = 45_000
_AFTERNOON = 15

Places = Sequence[tuple[Site, Scale]]


@dataclass(frozen=True)
class Wish:
    """What is to be made: the street's home at `home`, as everything stands on `today`.

    The stations have been there for so many `months` (at least one). `now` is when it is made;
    `processes` 0 makes everything in this one. Without `places` it is the whole invented street.
    """

    home: Path
    today: date
    now: Millis
    months: int = 12
    seed: int = 1
    places: Places = ()
    troubles: Mapping[str, Trouble] = field(default_factory=lambda: TROUBLES)
    processes: int = field(default_factory=processes_here)

    @property
    def stations(self) -> Path:
        """The folder beside the street's home in which the stations' homes are."""
        return self.home.with_name(f"{self.home.name}-stations")

    @property
    def ready(self) -> Path:
        """Where the bundles lie that the street has not taken in."""
        return self.stations / "上报"


@dataclass(frozen=True, slots=True)
class MadeStation:
    """A station's home, what it holds, and what is out of order with it."""

    code: str
    name: str
    scale: str
    home: Path
    visits: int
    residents: int
    activities: int
    trouble: Trouble | None
    elsewhere: Path | None


@dataclass(frozen=True, slots=True)
class MadeStreet:
    """A finished demo street. `taken_in` bundles are in already, `ready` ones lie ready."""

    home: Home
    name: str
    stations: tuple[MadeStation, ...]
    folder: Path
    ready: tuple[Path, ...]
    taken_in: int
    parked: int
    operators: tuple[tuple[str, Role], ...]
    password: str

    @property
    def visits(self) -> int:
        return sum(one.visits for one in self.stations)


def make_street(wish: Wish, job: Job) -> MadeStreet:
    """Make everything, or leave nothing behind.

    The same wish gives the same records, but for what keys, salts and lineages are in: digests,
    fingerprints, file sizes. Raises `UserError` when there is something at its places,
    `EnvironmentFault` when there is too little room, `Cancelled` when `job` is stopped.
    """
    places = wish.places or street_sites(wish.seed)
    _check_room(wish, places)
    try:
        return _Making(wish, places, job).made()
    except BaseException:
        for folder in (wish.home, wish.stations):
            shutil.rmtree(folder, ignore_errors=True)
        raise


def _check_room(wish: Wish, places: Places) -> None:
    for folder in (wish.home, wish.stations):
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise UserError(
                f"这里已经有别的内容，没有新建，也没有改动：{folder}",
                "请换一个 --home；街道的数据文件夹和它旁边的“-stations”都要不存在或是空的。",
            )
    days = (wish.today - months_before(wish.today, wish.months)).days
    visits = sum(scale.over(days).visits for _, scale in places)
    needed = visits * _BYTES_A_VISIT + len(places) * _BYTES_A_HOME
    if free_space(wish.home) < needed:
        raise EnvironmentFault(
            f"磁盘空间不够：这个演示约要 {needed / 1e9:.1f} GB，没有新建。",
            "请换一块磁盘，或用 --months 少做几个月。",
        )


class _Making:
    """The street and its stations while they are being made."""

    def __init__(self, wish: Wish, places: Places, job: Job) -> None:
        self._wish = wish
        self._job = job
        self._zone = Zone()
        self._office = street_office(wish.seed)
        first = months_before(wish.today, wish.months)
        days = (wish.today - first).days
        self._places = [(site, scale.over(days)) for site, scale in places]
        self._timetable = timetable(
            [site.code for site, _ in places], wish.today, wish.months, WorkCalendar(),
            wish.troubles,
        )  # fmt: skip
        begins = min(one.asks for one in self._timetable) - timedelta(days=1)
        self._clock = FixedClock(self._zone.at(begins, 9))
        self._new_uid = UidFactory(
            self._clock, Dice(f"uid {self._office.code} {wish.seed}").getrandbits
        )
        self._way = _Way(job, {site.code: scale for site, scale in self._places})

    def made(self) -> MadeStreet:
        wish = self._wish
        home = self._street_home()
        with self._sit() as desk:
            invitation = street.invite(desk)
        sticks = wish.stations / "U盘"
        for folder in (wish.stations, wish.ready, sticks):
            make_folder(folder)
        orders = [
            self._order(site, scale, dealings, invitation, sticks)
            for (site, scale), dealings in zip(self._places, self._timetable, strict=True)
        ]
        crowd = Crowd(orders, wish.processes, self._way.on_day)
        try:
            post = _Post(crowd, self._way)
            taken = street.weeks(self._sit, self._clock, self._timetable, post, sticks, self._job)
            stations, ready = self._grown(crowd)
        finally:
            crowd.close()
        shutil.rmtree(sticks, ignore_errors=True)
        self._clock.set(self._at_last())
        with self._sit() as desk:
            street.count(desk)
        return MadeStreet(
            home, self._office.name, stations, wish.stations, ready, taken.bundles, taken.parked,
            tuple(zip(self._office.operators, street.ROLES, strict=False)), DEMO_PASSWORD,
        )  # fmt: skip

    def _street_home(self) -> Home:
        office = self._office

        def furnish(database: Database, keeper: SlotKeeper, lead: Operator) -> None:
            street.furnish(database, keeper, lead, office.operators)

        return create_home(
            self._wish.home,
            Edition.STREET,
            office.name,
            office.code,
            office.operators[0],
            DEMO_PASSWORD,
            clock=self._clock,
            kdf_cost=QUICK_COST,
            demo=True,
            new_uid=self._new_uid,
            furnish=furnish,
        ).home

    @contextmanager
    def _sit(self) -> Iterator[Desk]:
        """The street's first operator signs in, as its clock stands."""
        with open_house(self._wish.home, self._clock) as house:
            first = house.operators()[0]
            session = sign_in(house, first.uid, DEMO_PASSWORD, kdf_cost=QUICK_COST)
            session.database.new_uid = self._new_uid
            try:
                # Nobody else is here: what is written again and again goes to the disk once a day.
                with bare_tables(session.database, ()):
                    yield session.desk
            finally:
                session.close()

    def _order(
        self, site: Site, scale: Scale, dealings: Dealings, invitation: bytes, sticks: Path
    ) -> Order:
        wish = self._wish
        return Order(
            home=wish.stations / site.code,
            elsewhere=wish.stations / f"{site.code}-备份恢复",
            scale=scale,
            site=site,
            seed=wish.seed,
            today=wish.today,
            now=wish.now,
            errands=tuple(self._errands(dealings)),
            invitation=invitation,
            sticks=sticks,
            ready=wish.ready,
        )

    def _errands(self, known: Dealings) -> list[Errand]:
        """In the early mornings, before anybody comes; the last just before the demo is opened."""

        def early(deed: Deed, day: date, minute: int) -> Errand:
            return Errand(deed, self._zone.at(day, 7, minute, known.slot))

        errands = [early(Deed.ASK, known.asks, 56), early(Deed.JOIN, known.joins, 56)]
        for report in known.reports:
            errands.append(early(Deed.REPORT, report.made, 59))
            errands.append(early(Deed.TAKE_RECEIPT, report.back, 57))
        if known.backed_up is not None:
            errands.append(early(Deed.BACK_UP, known.backed_up, 58))
        errands.sort(key=lambda errand: errand.at)
        if known.ready:
            wrong = known.wrong_clock
            shown = None if wrong is None else self._zone.at(wrong, 8, 4)
            errands.append(Errand(Deed.LEAVE_READY, self._at_last(), shown))
        if known.elsewhere is not None:
            at = self._zone.at(known.elsewhere, _AFTERNOON)
            errands.append(Errand(Deed.GO_ON_ELSEWHERE, at))
        return errands

    def _at_last(self) -> Millis:
        """When the bundles are made that lie ready: after the last visit, and not in the future."""
        late = Millis(self._zone.at(self._wish.today) + _MADE_AT * MINUTE)
        now = self._wish.now
        if self._zone.day(now) == self._wish.today:
            return min(late, Millis(now - _JUST_NOW))
        return late

    def _grown(self, crowd: Crowd) -> tuple[tuple[MadeStation, ...], tuple[Path, ...]]:
        stations: list[MadeStation] = []
        ready: list[Path] = []
        for site, scale in self._places:
            grown = crowd.hear(site.code)
            assert isinstance(grown, Grown)
            ready += grown.ready
            stations.append(
                MadeStation(
                    site.code,
                    site.name,
                    scale.name,
                    self._wish.stations / site.code,
                    grown.figures.visits,
                    grown.figures.residents,
                    grown.figures.activities,
                    self._wish.troubles.get(site.code),
                    grown.elsewhere,
                )
            )
        return tuple(stations), tuple(ready)


class _Way:
    """How far everything is, counted in visits."""

    def __init__(self, job: Job, scales: Mapping[str, Scale]) -> None:
        self._job = job
        self._scales = scales
        self._visits = dict.fromkeys(scales, 0.0)
        self._total = sum(scale.visits for scale in scales.values())
        self._bundles = 0

    def on_day(self, code: str, days: int) -> None:
        """So many days of a station have passed."""
        scale = self._scales[code]
        self._visits[code] = scale.visits * min(1.0, days / scale.days)
        self._tell()

    def on_bundle(self) -> None:
        """The street has taken one more in."""
        self._bundles += 1
        self._tell()

    def _tell(self) -> None:
        done = round(sum(self._visits.values()))
        self._job.progress(done, self._total, f"件来访，街道已收 {self._bundles} 个上报包")


class _Post:
    """Carries files between the stations and their street."""

    def __init__(self, crowd: Crowd, way: _Way) -> None:
        self._crowd = crowd
        self._way = way

    def request(self, code: str) -> bytes:
        said = self._crowd.hear(code)
        assert isinstance(said, Asked)
        return said.content

    def bundle(self, code: str) -> tuple[Path, ...]:
        said = self._crowd.hear(code)
        assert isinstance(said, Reported)
        return said.paths

    def welcome(self, code: str, content: bytes) -> None:
        self._crowd.tell(code, content)

    def receipt(self, code: str, path: Path) -> None:
        self._way.on_bundle()
        self._crowd.tell(code, path)
