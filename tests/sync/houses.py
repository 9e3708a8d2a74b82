"""Homes that exchange parcels in a test: real databases that can be backed up and restored."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

import sqlalchemy as sa

from desktop_app import catalog
from desktop_app.core.clock import Clock
from desktop_app.core.ids import Uid
from desktop_app.core.rights import Actor, Right
from desktop_app.ledgers.requests import service as requests
from desktop_app.ledgers.requests.rules.request import Action, Request
from desktop_app.ledgers.requests.rules.steps import allowed
from desktop_app.ledgers.requests.store import SHELF as REQUESTS
from desktop_app.registers.residents import service as residents
from desktop_app.registers.residents.rules import Phone, Resident, ResidentDraft
from desktop_app.registers.residents.store import SHELF
from desktop_app.station.backups.service import next_letter
from desktop_app.storage.attachments import FolderBlobs
from desktop_app.storage.keys import DataKey
from desktop_app.storage.lineage import start_lineage
from desktop_app.storage.opening import create_file, open_file
from desktop_app.storage.session import Database, Desk, StationFacts
from tests.ledgers.requests.builders import SAID, register
from tests.ledgers.requests.builders import petition as told_of_petitions
from tests.stations import KEY

Dump = dict[str, list[tuple[object, ...]]]

CHIEF = Actor(uid=None, name="林站长", role="站长", rights=frozenset(Right))


@dataclass
class House:
    """One home; `desk` is the seat at its database as it is now."""

    folder: Path
    facts: StationFacts
    clock: Clock
    desk: Desk = field(init=False)
    _blobs: FolderBlobs = field(init=False)

    @classmethod
    def build(cls, folder: Path, facts: StationFacts, clock: Clock) -> House:
        catalog.table_modules()
        folder.mkdir(parents=True)
        create_file(folder / "jinlin.db", KEY, facts)
        return cls.at(folder, facts, clock)

    @classmethod
    def at(cls, folder: Path, facts: StationFacts, clock: Clock) -> House:
        """The home that is there already."""
        house = cls(folder, facts, clock)
        house._blobs = FolderBlobs(folder / "attachments", DataKey(b"\x5a" * 32))
        house.open()
        return house

    @property
    def database(self) -> Database:
        return self.desk.database

    def open(self) -> None:
        database = open_file(self.folder / "jinlin.db", KEY, self.clock)
        database.keep_attachments_in(self._blobs)
        self.desk = Desk(database, CHIEF)

    def close(self) -> None:
        self.database.close()

    def back_up(self, path: Path) -> Path:
        path.unlink(missing_ok=True)
        self.database.snapshot(path)
        return path

    def put_back(self, backup: Path) -> None:
        """The file as it was; nothing says so inside (a street, a copied folder)."""
        self.close()
        for side in ("-wal", "-shm"):
            (self.folder / f"jinlin.db{side}").unlink(missing_ok=True)
        shutil.copyfile(backup, self.folder / "jinlin.db")
        self.open()

    def restore(self, backup: Path, latest_letter: str) -> str:
        """What a restore of a station does: the next desk letter and a new lineage."""
        self.put_back(backup)
        letter = next_letter(latest_letter)
        with self.database.unit_of_work("恢复备份", CHIEF, needs=Right.BACK_UP) as unit:
            start_lineage(unit, letter)
        self.close()
        self.open()
        return letter

    def twin(self, folder: Path) -> House:
        """A second live copy of this home, as somebody makes who copies the folder."""
        folder.mkdir(parents=True)
        self.back_up(folder / "jinlin.db")
        copy = replace(self, folder=folder)
        copy._blobs = self._blobs
        copy.open()
        return copy

    # --- what a clerk does ------------------------------------------------------------------------

    def enter(self, name: str) -> Uid:
        draft = ResidentDraft(name=name, phones=(Phone("13800005678"),))
        return residents.add(self.desk, draft).value.uid

    def rename(self, uid: Uid, name: str) -> None:
        resident = self.resident(uid)
        assert resident is not None
        residents.change(self.desk, replace(resident, name=name))

    def erase(self, uid: Uid) -> None:
        residents.erase(self.desk, uid)

    def ask(self, *, petition: bool = False) -> Uid:
        """A request is written down; of a petition only that somebody was told where to go."""
        return (told_of_petitions if petition else register)(self.desk).uid

    def step(self, uid: Uid, action: Action) -> bool:
        """Take a step of a request, if its course lets that be done; whether it did."""
        request = self.requests()[uid]
        if action not in allowed(request):
            return False
        requests.act(self.desk, uid, action, request.revision, SAID[action])
        return True

    def requests(self, station: str | None = None) -> dict[Uid, Request]:
        """All of them, petitions too."""
        query = sa.select(REQUESTS.table)
        if station is not None:
            query = query.where(REQUESTS.table.c.station == station)
        with self.desk.reading(needs=Right.READ) as connection:
            found = REQUESTS.values(connection.execute(query).mappings())
        return {value.uid: value for value in found}

    def resident(self, uid: Uid) -> Resident | None:
        with self.desk.reading(needs=Right.READ) as connection:
            return SHELF.get(connection, uid)

    def residents(self, station: str | None = None) -> dict[Uid, Resident]:
        """All of them, tombstones too."""
        query = sa.select(SHELF.table)
        if station is not None:
            query = query.where(SHELF.table.c.station == station)
        with self.desk.reading(needs=Right.READ) as connection:
            found = SHELF.values(connection.execute(query).mappings())
        return {value.uid: value for value in found}

    def dump(self, skip: Callable[[str], bool] = lambda _: False) -> Dump:
        """Every row of every table, for comparing before and after."""
        with self.desk.reading(needs=Right.READ) as connection:
            tables = sa.inspect(connection).get_table_names()
            return {
                table: sorted(
                    (tuple(row) for row in connection.exec_driver_sql(f'SELECT * FROM "{table}"')),
                    key=repr,
                )
                for table in tables
                if not skip(table)
            }
