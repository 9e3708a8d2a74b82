"""A demo station that belongs to a street: it asks to join, reports, and takes in receipts.

Its life is a generator that stops wherever the street has to answer. Between two days it deals
with the street through the same services as anybody, signed in; so what it sends is what a station
sends.
"""

from __future__ import annotations

from collections.abc import Generator
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from enum import Enum, auto
from pathlib import Path

from desktop_app import catalog
from desktop_app.core.clock import FixedClock, Millis, Zone
from desktop_app.core.job import Job
from desktop_app.registers.offices.service import join, request
from desktop_app.registers.people.rules import DEMO_PASSWORD, Operator
from desktop_app.station.backups.service import back_up
from desktop_app.station.demo.making import Figures, Life, Plan, prepared
from desktop_app.station.demo.scales import Scale
from desktop_app.station.demo.seats import reported, scratch_of, signed_in
from desktop_app.station.demo.second_pc import go_on_from_backup
from desktop_app.station.demo.sites import Site
from desktop_app.station.reporting.service.receipts import take_receipt
from desktop_app.station.set_up.service import create_home
from desktop_app.station.sign_in.session import Session
from desktop_app.storage.backup import BackupFile
from desktop_app.storage.home import Edition, Home
from desktop_app.storage.home_database import open_database
from desktop_app.storage.keys import QUICK_COST, DataKey
from desktop_app.storage.session import Database
from desktop_app.storage.slot_keeper import SlotKeeper


class Deed(Enum):
    """What a station does about its street. `REPORT` is answered; `LEAVE_READY` lies in a folder
    until somebody takes it in; `GO_ON_ELSEWHERE` restores a backup and goes on in it."""

    ASK = auto()
    JOIN = auto()
    REPORT = auto()
    TAKE_RECEIPT = auto()
    BACK_UP = auto()
    LEAVE_READY = auto()
    GO_ON_ELSEWHERE = auto()


@dataclass(frozen=True, slots=True)
class Errand:
    """A deed and when it is done; `shown` is what a clock shows that goes wrong."""

    deed: Deed
    at: Millis
    shown: Millis | None = None


@dataclass(frozen=True)
class Order:
    """A demo station to be made: where, how large, and what it has to do with its street.

    `now` is when it is made; `invitation` the street's; `sticks` a folder for what the street
    takes in while the station is made, `ready` one for what it has not taken in.
    """

    home: Path
    elsewhere: Path
    scale: Scale
    site: Site
    seed: int
    today: date
    now: Millis
    errands: tuple[Errand, ...]
    invitation: bytes
    sticks: Path
    ready: Path

    @property
    def code(self) -> str:
        return self.site.code


@dataclass(frozen=True, slots=True)
class Asked:
    """The station's request; the answer to it is the street's welcome."""

    content: bytes


@dataclass(frozen=True, slots=True)
class Reported:
    """A bundle and the photos that go with it; the answer is the path of the street's receipt."""

    paths: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class Grown:
    """The station as it stands in the end, the bundles of it that lie ready, and the homes that
    are there besides: one that was restored from a backup."""

    figures: Figures
    ready: tuple[Path, ...]
    elsewhere: Path | None


Said = Asked | Reported | Grown
Answer = bytes | Path | None
StationLife = Generator[Said, Answer, None]


def station_life(order: Order, job: Job) -> StationLife:
    """Make the station and let it live; yields what it says, `Grown` at last.

    What is sent in after `Asked` is a welcome, after `Reported` a receipt. Leaves a half-made home
    behind when it is not gone through to its end.
    """
    return _Station(order, job).life()


class _Station:
    def __init__(self, order: Order, job: Job) -> None:
        self._order = order
        self._job = job
        self._plan = Plan.of(order.scale, order.seed, order.today, order.now, order.site)
        self._new_uid = self._plan.uids()
        self._zone = Zone()
        self._ready: list[Path] = []
        self._answer: Answer = None
        self._backup: BackupFile | None = None
        self._elsewhere: Path | None = None
        self._home, self._key, self._life = self._made()

    def life(self) -> StationLife:
        """See `station_life`."""
        errands = self._order.errands
        with closing(open_database(self._home, self._key, self._plan.told)) as database:
            database.have_follow(catalog.follow_ups(database.station.edition))
            self._life.live(database, self._job, self._day_of(errands[0]))
        for errand, after in zip(errands, (*errands[1:], None), strict=True):
            said = self._go(errand, None if after is None else self._day_of(after))
            if said is not None:
                self._answer = yield said
        yield Grown(self._life.figures(), tuple(self._ready), self._elsewhere)

    def _day_of(self, errand: Errand) -> date | None:
        """The day before which it is done; None when it is the end of everything."""
        ends = errand.deed in (Deed.LEAVE_READY, Deed.GO_ON_ELSEWHERE)
        return None if ends else self._zone.day(errand.at)

    def _made(self) -> tuple[Home, DataKey, Life]:
        """The home as it is before the first day."""
        catalog.table_modules()
        found: list[tuple[DataKey, Life]] = []

        def furnish(database: Database, keeper: SlotKeeper, lead: Operator) -> None:
            life = prepared(database, keeper, lead, self._plan, self._job)
            found.append((keeper.data_key, life))

        created = create_home(
            self._order.home,
            Edition.STATION,
            self._plan.site.name,
            self._plan.site.code,
            self._plan.site.operators[0],
            DEMO_PASSWORD,
            clock=self._plan.told,
            # As for any demo: a published password needs no dear guess.
            kdf_cost=QUICK_COST,
            demo=True,
            new_uid=self._new_uid,
            furnish=furnish,
        )
        return created.home, *found[0]

    def _go(self, errand: Errand, until: date | None) -> Said | None:
        """Do an errand, and let the days pass until the next in the same sitting."""
        if errand.deed is Deed.GO_ON_ELSEWHERE:
            self._go_on_elsewhere(errand.at)
            return None
        self._plan.told.set(errand.at)
        wrong = None if errand.shown is None else FixedClock(errand.shown)
        with signed_in(self._home.path, wrong or self._plan.told) as session:
            session.database.new_uid = self._new_uid
            said = _DEEDS[errand.deed](self, session)
            if not self._life.is_past(until):
                self._life.live(session.database, self._job, until)
        return said

    def _ask(self, session: Session) -> Said:
        return Asked(request(session.desk, self._order.invitation).content)

    def _join(self, session: Session) -> None:
        assert isinstance(self._answer, bytes), "a request is answered by a welcome"
        join(session.desk, self._answer, session.keeper)

    def _report(self, session: Session) -> Said:
        return Reported(reported(session, self._order.sticks))

    def _take_receipt(self, session: Session) -> None:
        assert isinstance(self._answer, Path), "a bundle is answered by a receipt"
        take_receipt(session.desk, self._answer, scratch=scratch_of(self._home))

    def _back_up(self, session: Session) -> None:
        self._backup = back_up(session.desk, self._home, self._home.backups)

    def _leave_ready(self, session: Session) -> None:
        self._ready += reported(session, self._order.ready)

    def _go_on_elsewhere(self, at: Millis) -> None:
        assert self._backup is not None, "backed up before"
        order = self._order
        made = go_on_from_backup(self._backup, order.elsewhere, self._plan.salt, at, order.ready)
        self._elsewhere = order.elsewhere
        self._ready += made


_DEEDS = {
    Deed.ASK: _Station._ask,
    Deed.JOIN: _Station._join,
    Deed.REPORT: _Station._report,
    Deed.TAKE_RECEIPT: _Station._take_receipt,
    Deed.BACK_UP: _Station._back_up,
    Deed.LEAVE_READY: _Station._leave_ready,
}
