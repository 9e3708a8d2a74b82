"""Stations, a street, and the files between them; and the question whether both hold the same."""

from __future__ import annotations

import shutil
import tempfile
from collections import Counter
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from desktop_app.core.clock import FixedClock, Millis, millis
from desktop_app.core.errors import SafetyRefusal, UserError
from desktop_app.core.ids import Uid
from desktop_app.core.masking import mask_name
from desktop_app.core.rights import Right
from desktop_app.ledgers.requests.rules.request import Action, Request
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
from desktop_app.street.inbox.store.aside import parked
from desktop_app.street.inbox.store.rows import erased
from desktop_app.street.whistles.rules import Stage
from desktop_app.street.whistles.service import answer, whistles
from desktop_app.street.whistles.store import to_send
from tests.registers.offices.enrolled import enrol
from tests.sync import joint
from tests.sync.houses import CHIEF, House

START = millis(datetime(2026, 11, 23, 1, 0, tzinfo=UTC))
MINUTE = 60_000
CODES = ("QR01", "QR02")
STREET = "JD01"
ROUNDS = 12
_UNSETTLED = (Stage.WAITING, Stage.ANSWERED)

People = dict[Uid, Resident]


def facts(code: str) -> StationFacts:
    edition = "street" if code == STREET else "station"
    return StationFacts(code, f"{code} 机构", edition, "A", f"{code}-1")


def found(root: Path) -> Path:
    """The homes of all, empty and enrolled, for every world to begin with."""
    clock = FixedClock(START)
    houses = {code: House.build(root / code, facts(code), clock) for code in (*CODES, STREET)}
    for code in CODES:
        enrol(houses[code].desk, houses[STREET].desk)
    for house in houses.values():
        house.close()
    return root


class World:
    """`met` counts what happened, `sticks` are all files that ever went up, `receipts` came down.

    `twins` are second live copies of a station's folder; `backups` those of every home.
    """

    def __init__(self, founded: Path, met: Counter[str]) -> None:
        self.root = Path(tempfile.mkdtemp(prefix="sync-"))
        self.met = met
        self.clock = FixedClock(START)
        for code in (*CODES, STREET):
            shutil.copytree(founded / code, self.root / code)
        self.street = House.at(self.root / STREET, facts(STREET), self.clock)
        self.stations = {
            code: House.at(self.root / code, facts(code), self.clock) for code in CODES
        }
        self.twins: dict[str, House] = {}
        self.letters = dict.fromkeys(CODES, "A")
        self.sticks: list[Path] = []
        self.receipts: list[tuple[str, Path]] = []
        self.backups: dict[str, list[Path]] = {code: [] for code in (*CODES, STREET)}
        self._files = 0
        self._answers = 0

    def close(self) -> None:
        for house in (self.street, *self.stations.values(), *self.twins.values()):
            house.close()
        shutil.rmtree(self.root)

    def at(self, code: str, twin: bool) -> House:
        return self.twins.get(code, self.stations[code]) if twin else self.stations[code]

    def tick(self) -> None:
        self.clock.set(Millis(self.clock.now() + MINUTE))

    def new_path(self, word: str, suffix: str = "") -> Path:
        self._files += 1
        path = self.root / f"{word}-{self._files}{suffix}"
        if not suffix:
            path.mkdir()
        return path

    def back_up(self, who: str) -> None:
        house = self.street if who == STREET else self.stations[who]
        self.backups[who].append(house.back_up(self.new_path("backup", ".db")))

    # --- files up and down ------------------------------------------------------------------------

    def export(self, house: House) -> Path | None:
        """A file on the stick; None when this home had to come together with the street first."""
        self.tick()
        try:
            done = export(house.desk, self.new_path("stick"), outbox=house.folder / "outbox")
        except SafetyRefusal:
            self.met["export refused"] += 1
            self.reconcile(house)
            return None
        self.sticks.append(done.paths[0])
        return done.paths[0]

    def take(self, paths: list[Path]) -> list[Verdict]:
        self.tick()
        folder = self.new_path("receipts")
        verdicts = take_in(self.street.desk, paths, folder, scratch=self.root)
        for verdict in verdicts:
            self.met[verdict.outcome.value] += 1
            if verdict.receipt_path is not None:
                self.receipts.append((verdict.station, verdict.receipt_path))
        return verdicts

    def deliver(self, path: Path, hear: House | None = None) -> Verdict:
        (verdict,) = self.take([path])
        if hear is not None and verdict.receipt_path is not None:
            self.hear(hear, verdict.receipt_path)
        return verdict

    def hear(self, house: House, path: Path) -> None:
        try:
            take_receipt(house.desk, path, scratch=self.root)
            self.met["receipt taken"] += 1
        except SafetyRefusal:
            self.met["receipt refused"] += 1

    def reconcile(self, house: House) -> None:
        try:
            path = snapshot_for(self.street.desk, house.facts.code, self.new_path("snapshot"))
        except UserError:
            self.met["nothing to come together with"] += 1
            return
        done = reconcile(house.desk, path, scratch=self.root)
        self.met["rebased" if done.adopted else "nothing to rebase"] += 1
        self.met["re-appended"] += done.reappended

    def answer(self, which: int) -> None:
        """The street answers one of the whistles it knows of, or changes what it has said."""
        found = [one for one in whistles(self.street.desk).listed if one.stage in _UNSETTLED]
        if found:
            self.tick()
            self._answers += 1
            one = found[which % len(found)]
            answer(self.street.desk, one.record.station, one.record.uid, f"答复{self._answers}号")
            self.met["answered"] += 1

    # --- and in the end ---------------------------------------------------------------------------

    def settle(self, code: str) -> None:
        """Both sides talk until there is nothing new; then they must agree, and nobody is gone."""
        for house in [self.stations[code], *([self.twins[code]] if code in self.twins else [])]:
            here, there = house.residents(), self.street.residents(code)
            gone = self.erased(code)
            asked = _not_petitions(house.requests()) | set(self.street.requests(code))
            before = joint.gathered(house), joint.gathered(self.street, code)
            self.talk(house)
            self.check_agreement(code, house, here, there, gone)
            self.check_requests(code, house, asked)
            after = joint.gathered(house), joint.gathered(self.street, code)
            joint.check(*before, *after, self.waiting(code))

    def talk(self, house: House) -> None:
        for _ in range(ROUNDS):
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

    def erased(self, code: str) -> set[Uid]:
        """Whom the street knows to be erased; one who never was reported has no row there."""
        with self.street.desk.reading(needs=Right.READ) as connection:
            return {uid for _, uid in erased(connection, code)}

    def check_agreement(
        self, code: str, house: House, here: People, there: People, gone: set[Uid]
    ) -> None:
        ours, theirs = house.residents(), self.street.residents(code)
        gone = gone | {uid for side in (here, there) for uid, one in side.items() if one.deleted}
        living = (set(here) | set(there)) - gone
        assert {uid for uid, one in ours.items() if not one.deleted} == living
        put_aside = self.put_aside(code, ours, theirs)
        assert {uid for uid, one in theirs.items() if not one.deleted} == living - put_aside
        for uid in living - put_aside:
            assert theirs[uid].revision == ours[uid].revision
            _check_name(ours[uid], theirs[uid], here.get(uid), there.get(uid))
        for uid in set(ours) - living:
            assert (ours[uid].name, ours[uid].phones) == ("", ())
        numbers = [person.number for person in ours.values()]
        assert len(set(numbers)) == len(numbers)
        with house.desk.reading(needs=Right.READ) as connection:
            assert check_changes(connection) == []
            assert check_audit(connection) == []

    def put_aside(self, code: str, ours: People, theirs: People) -> set[Uid]:
        """Who waits at the street (暂存), which says so: a second copy of a station had given the
        number of somebody whom the first erased, and a 对账文件 tells no numbers of the erased."""
        waiting = self.waiting(code) & set(ours)
        erased = {one.number for one in theirs.values() if one.deleted}
        assert all(ours[uid].number in erased for uid in waiting)
        self.met["number of somebody erased"] += len(waiting)
        return waiting

    def waiting(self, code: str) -> set[Uid]:
        """What of a station's the street has put aside."""
        with self.street.desk.reading(needs=Right.READ) as connection:
            return {one.uid for one in parked(connection, code)}

    def check_requests(self, code: str, house: House, asked: set[Uid]) -> None:
        """Both have every request that either had, alike, and no petition has left its station; the
        street has nothing left to say, and nothing it said stands anywhere twice."""
        ours, theirs = house.requests(), self.street.requests(code)
        assert _not_petitions(ours) == asked == set(theirs)
        for uid, one in theirs.items():
            mine = ours[uid]
            assert (one.revision, one.state) == (mine.revision, mine.state)
            assert (one.escalated, one.answer, one.petition) == (
                mine.escalated, mine.answer, False,
            )  # fmt: skip
            told = [
                step.words
                for step in mine.steps
                if step.action is Action.ANSWERED and step.actor == CHIEF.name
            ]
            sent = [words for words in told if "答复" in words and "号" in words]
            assert len(set(sent)) == len(sent), sent
            self.met["answer taken in"] += len(sent)
        with self.street.desk.reading(needs=Right.READ) as connection:
            assert to_send(connection, code, 1000) == []
        numbers = [one.number for one in ours.values()]
        assert len(set(numbers)) == len(numbers)


def _not_petitions(requests: Mapping[Uid, Request]) -> set[Uid]:
    return {uid for uid, one in requests.items() if not one.petition}


def _check_name(
    ours: Resident, theirs: Resident, here: Resident | None, there: Resident | None
) -> None:
    """A name is what somebody wrote; what only the street had is to be filled in."""
    assert theirs.name in {mask_name(ours.name), there.name if there else None}
    if here is None:
        assert there is not None
        assert ours.name == ""
    elif there is None or there.revision <= here.revision:
        assert ours.name == here.name
