"""Two stations, a street and a bag of sticks, to which everything happens that happens to sticks.

Clerks enter, change and erase people; files are made, lost, delivered late, twice or in any order;
backups of stations and street are put back at any moment; a station's folder is copied and both
copies go on; taking in dies in the middle. Afterwards both sides talk until nothing is new, and
must hold the same: whoever either side still knew of, once, and erased where either had erased.
"""

from __future__ import annotations

import shutil
import tempfile
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, ClassVar

import sqlalchemy as sa
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from desktop_app.core.clock import FixedClock, Millis, millis
from desktop_app.core.errors import SafetyRefusal, UserError
from desktop_app.core.ids import Uid
from desktop_app.core.masking import mask_name
from desktop_app.core.rights import Right
from desktop_app.registers.residents.rules import Resident
from desktop_app.station.reporting.service.exporting import export
from desktop_app.station.reporting.service.receipts import take_receipt
from desktop_app.station.reporting.service.reconciling import reconcile
from desktop_app.station.reporting.service.state import state
from desktop_app.storage.audit import check_audit, check_changes
from desktop_app.storage.session import StationFacts
from desktop_app.street.inbox.rules.verdicts import Outcome, Verdict
from desktop_app.street.inbox.service.snapshots import snapshot_for
from desktop_app.street.inbox.service.taking import take_in
from tests.registers.offices.enrolled import enrol
from tests.sync.houses import House

START = millis(datetime(2026, 11, 23, 1, 0, tzinfo=UTC))
MINUTE = 60_000
CODES = ("QR01", "QR02")
STREET = "JD01"
NAMES = ("王小明", "李大海", "欧阳雪", "陈阿妹", "赵四", "林立")
MANY_ROUNDS = 12

STATION = st.sampled_from(CODES)
WHICH = st.integers(min_value=0, max_value=10_000)


class PowerCut(BaseException):
    """Stands for the moment the machine stops: nothing of ours catches it."""


def facts(code: str) -> StationFacts:
    edition = "street" if code == STREET else "station"
    return StationFacts(code, f"{code} 机构", edition, "A", f"{code}-1")


def found(root: Path) -> Path:
    """The homes of all, empty and enrolled, for every run to begin with."""
    clock = FixedClock(START)
    houses = {code: House.build(root / code, facts(code), clock) for code in (*CODES, STREET)}
    for code in CODES:
        enrol(houses[code].desk, houses[STREET].desk)
    for house in houses.values():
        house.close()
    return root


class Exchange(RuleBasedStateMachine):
    """`met` counts what happened in a whole run, so that a run can be asked what it has tried."""

    met: ClassVar[Counter[str]] = Counter()
    founded: ClassVar[Path]
    """A folder with the homes as they are on the first day; see `found`."""

    @initialize()
    def move_in(self) -> None:
        self.root = Path(tempfile.mkdtemp(prefix="sync-"))
        self.clock = FixedClock(START)
        self.stations: dict[str, House] = {}
        self.twins: dict[str, House] = {}
        self.letters = dict.fromkeys(CODES, "A")
        for code in (*CODES, STREET):
            shutil.copytree(self.founded / code, self.root / code)
        self.street = House.at(self.root / STREET, facts(STREET), self.clock)
        for code in CODES:
            self.stations[code] = House.at(self.root / code, facts(code), self.clock)
        self.sticks: list[Path] = []
        self.receipts: list[tuple[str, Path]] = []
        self.backups: dict[str, list[Path]] = {code: [] for code in (*CODES, STREET)}
        self.files = 0

    def teardown(self) -> None:
        if not hasattr(self, "files"):
            return
        try:
            for code in CODES:
                self.settle(code)
        finally:
            for house in (self.street, *self.stations.values(), *self.twins.values()):
                house.close()
            shutil.rmtree(self.root)

    # --- at the counter ---------------------------------------------------------------------------

    @rule(code=STATION, name=st.sampled_from(NAMES), twin=st.booleans())
    def enter(self, code: str, name: str, twin: bool) -> None:
        self.tick()
        self.at(code, twin).enter(name)

    @rule(code=STATION, which=WHICH, name=st.sampled_from(NAMES), twin=st.booleans())
    def rename(self, code: str, which: int, name: str, twin: bool) -> None:
        house = self.at(code, twin)
        if uid := self.somebody(house, which):
            self.tick()
            house.rename(uid, name)

    @rule(code=STATION, which=WHICH)
    def erase(self, code: str, which: int) -> None:
        house = self.stations[code]
        if uid := self.somebody(house, which):
            self.tick()
            house.erase(uid)

    # --- backups and copies -----------------------------------------------------------------------

    @rule(who=st.sampled_from((*CODES, STREET)))
    def back_up(self, who: str) -> None:
        house = self.street if who == STREET else self.stations[who]
        self.backups[who].append(house.back_up(self.new_path("backup", ".db")))

    @precondition(lambda self: any(self.backups[code] for code in CODES))
    @rule(code=STATION, which=WHICH, goes_on=st.booleans())
    def restore_station(self, code: str, which: int, goes_on: bool) -> None:
        if not self.backups[code]:
            return
        backup = self.backups[code][which % len(self.backups[code])]
        self.letters[code] = self.stations[code].restore(backup, self.letters[code])
        self.met["station restored"] += 1
        if goes_on:
            # The clerk does not wait for anybody: this is where forks come from.
            self.tick()
            self.stations[code].enter("林立")

    @precondition(lambda self: self.backups[STREET])
    @rule(which=WHICH)
    def restore_street(self, which: int) -> None:
        self.street.put_back(self.backups[STREET][which % len(self.backups[STREET])])
        self.met["street restored"] += 1

    @rule(code=STATION)
    def copy_the_folder(self, code: str) -> None:
        if code not in self.twins:
            self.twins[code] = self.stations[code].twin(self.root / f"{code}-twin")
            self.met["folder copied"] += 1

    # --- sticks -----------------------------------------------------------------------------------

    @rule(code=STATION, twin=st.booleans(), deliver=st.booleans())
    def report(self, code: str, twin: bool, deliver: bool) -> None:
        made = self.export(self.at(code, twin))
        if made is not None and deliver:
            self.deliver(made)

    @precondition(lambda self: self.sticks)
    @rule(which=WHICH)
    def deliver_any(self, which: int) -> None:
        self.deliver(self.sticks[which % len(self.sticks)])

    @precondition(lambda self: self.sticks)
    @rule(several=st.lists(WHICH, min_size=2, max_size=5))
    def deliver_some(self, several: list[int]) -> None:
        paths = [self.sticks[which % len(self.sticks)] for which in several]
        self.take(paths)

    @precondition(lambda self: self.sticks)
    @rule(which=WHICH, after=st.integers(min_value=0, max_value=40))
    def deliver_and_lose_power(self, which: int, after: int) -> None:
        before = self.street.dump()
        statements = iter(range(after))

        def cut(*_: Any) -> None:
            if next(statements, None) is None:
                raise PowerCut

        sa.event.listen(sa.Engine, "before_cursor_execute", cut)
        try:
            self.take([self.sticks[which % len(self.sticks)]])
        except PowerCut:
            self.met["power lost"] += 1
            cut_short = True
        else:
            cut_short = False
        finally:
            sa.event.remove(sa.Engine, "before_cursor_execute", cut)
        self.street.close()
        self.street.open()
        if cut_short and not self.took_effect(before):
            assert self.street.dump() == before

    @precondition(lambda self: self.receipts)
    @rule(which=WHICH)
    def read_receipt(self, which: int) -> None:
        code, path = self.receipts[which % len(self.receipts)]
        self.hear(self.stations[code], path)

    @rule(code=STATION)
    def come_together(self, code: str) -> None:
        """Somebody follows the advice of the screen before anything else happens."""
        self.reconcile(self.stations[code])

    # --- what always holds ------------------------------------------------------------------------

    @invariant()
    def logs_of_the_street_have_no_hole(self) -> None:
        if not hasattr(self, "files"):
            return
        with self.street.desk.reading(needs=Right.READ) as connection:
            rows = connection.exec_driver_sql(
                "SELECT station, count(*), min(n), max(n) FROM received GROUP BY station"
            ).all()
        for _station, count, first, last in rows:
            assert (first, last) == (1, count)

    # --- settling ---------------------------------------------------------------------------------

    def settle(self, code: str) -> None:
        """Both sides talk until there is nothing new; then they must agree, and nobody is gone."""
        for house in [self.stations[code], *([self.twins[code]] if code in self.twins else [])]:
            here, there = house.residents(), self.street.residents(code)
            self.talk(house)
            self.check_agreement(code, house, here, there)

    def talk(self, house: House) -> None:
        for _ in range(MANY_ROUNDS):
            made = self.export(house)
            if made is None:
                continue
            verdict = self.deliver(made, hear=house)
            now = state(house.desk)
            if verdict.outcome.taken and not now.waiting and not now.needs_reconcile:
                return
            if verdict.outcome is Outcome.FORKED:
                self.reconcile(house)
        raise AssertionError("they never came together")

    def check_agreement(
        self, code: str, house: House, here: dict[Uid, Resident], there: dict[Uid, Resident]
    ) -> None:
        ours, theirs = house.residents(), self.street.residents(code)
        # A record that was erased before it was ever reported has no row at the street.
        gone = {uid for side in (here, there) for uid, one in side.items() if one.deleted}
        living = (set(here) | set(there)) - gone
        assert {uid for uid, one in ours.items() if not one.deleted} == living
        assert {uid for uid, one in theirs.items() if not one.deleted} == living
        for uid in living:
            assert theirs[uid].revision == ours[uid].revision
            self.check_name(ours[uid], theirs[uid], here.get(uid), there.get(uid))
        numbers = [person.number for person in ours.values()]
        assert len(set(numbers)) == len(numbers)
        with house.desk.reading(needs=Right.READ) as connection:
            assert check_changes(connection) == []
            assert check_audit(connection) == []

    def check_name(
        self, ours: Resident, theirs: Resident, here: Resident | None, there: Resident | None
    ) -> None:
        """A name is what somebody wrote; what only the street had is to be filled in."""
        assert theirs.name in {mask_name(ours.name), there.name if there else None}
        if here is not None:
            known = {here.name} if there is None or there.revision <= here.revision else None
            assert known is None or ours.name in known
        else:
            assert there is not None
            assert ours.name == ""

    # --- helpers ----------------------------------------------------------------------------------

    def at(self, code: str, twin: bool) -> House:
        return self.twins.get(code, self.stations[code]) if twin else self.stations[code]

    def tick(self) -> None:
        self.clock.set(Millis(self.clock.now() + MINUTE))

    def new_path(self, word: str, suffix: str) -> Path:
        self.files += 1
        return self.root / f"{word}-{self.files}{suffix}"

    def somebody(self, house: House, which: int) -> Uid | None:
        living = sorted(
            uid for uid, person in house.residents().items() if person.listed and person.name
        )
        return living[which % len(living)] if living else None

    def export(self, house: House) -> Path | None:
        """A file on the stick; None when this home must come together with the street first."""
        self.tick()
        folder = self.new_path("stick", "")
        folder.mkdir()
        try:
            done = export(house.desk, folder, outbox=house.folder / "outbox")
        except SafetyRefusal:
            self.met["export refused"] += 1
            self.reconcile(house)
            return None
        self.sticks.append(done.paths[0])
        return done.paths[0]

    def deliver(self, path: Path, hear: House | None = None) -> Verdict:
        (verdict,) = self.take([path])
        if hear is not None and verdict.receipt_path is not None:
            self.hear(hear, verdict.receipt_path)
        return verdict

    def take(self, paths: list[Path]) -> list[Verdict]:
        self.tick()
        folder = self.new_path("receipts", "")
        folder.mkdir()
        verdicts = take_in(self.street.desk, paths, folder, scratch=self.root)
        for verdict in verdicts:
            self.met[verdict.outcome.value] += 1
            if verdict.receipt_path is not None:
                self.receipts.append((verdict.station, verdict.receipt_path))
        return verdicts

    def hear(self, house: House, path: Path) -> None:
        try:
            take_receipt(house.desk, path, scratch=self.root)
            self.met["receipt taken"] += 1
        except SafetyRefusal:
            self.met["receipt refused"] += 1

    def reconcile(self, house: House) -> None:
        code = house.facts.code
        folder = self.new_path("snapshot", "")
        folder.mkdir()
        try:
            path = snapshot_for(self.street.desk, code, folder)
        except UserError:
            self.met["nothing to come together with"] += 1
            return
        done = reconcile(house.desk, path, scratch=self.root)
        self.met["rebased" if done.adopted else "nothing to rebase"] += 1
        self.met["re-appended"] += done.reappended

    def took_effect(self, before: dict[str, list[tuple[object, ...]]]) -> bool:
        """The power went after the one transaction, at the receipt: then all of it is there."""
        return self.street.dump()["inbox_file"] != before["inbox_file"]
