"""A street that lies in the test's hands: it opens bundles, remembers, and answers.

It follows the rules of FORMAT.md and nothing of the program's own importer, so that the station is
tried against the format and not against its other end.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from desktop_app.bundle import lines
from desktop_app.bundle.header import Header, ParcelKind, TableFacts
from desktop_app.bundle.keyring import OpeningKey, SigningKey
from desktop_app.bundle.lines import ChangeLine, CountLine, CurrentLine
from desktop_app.bundle.parcel import FileSource, OpenParcel, TableSource, open_parcel, seal_parcel
from desktop_app.bundle.receipt import (
    NAME,
    Receipt,
    SentAnswer,
    TableTally,
    Verdict,
    spell_receipt,
)
from desktop_app.core.chain import DELETE, GENESIS, PUT, next_hash
from desktop_app.core.clock import Clock
from desktop_app.core.ids import Uid
from desktop_app.core.rights import Right
from desktop_app.core.tally import Tally
from desktop_app.registers.offices import store as offices
from desktop_app.registers.offices.rules import Street
from desktop_app.storage.session import Desk

CODE = "CL"


@dataclass
class Bundle:
    """A bundle as it was opened."""

    header: Header
    changes: list[ChangeLine]
    current: list[CurrentLine]
    counts: list[CountLine]
    tables: dict[str, int]

    def of(self, kind: str) -> list[ChangeLine]:
        return [line for line in self.changes if line.kind == kind]

    def fields(self, uid: Uid) -> dict[str, Any]:
        """The fields that came of a record."""
        (found,) = [line.fields for line in self.changes if line.uid == uid and line.fields]
        return found

    def count(self, name: str, month: str = "2026-11") -> int:
        return sum(one.value for one in self.counts if (one.name, one.month) == (name, month))


@dataclass
class Held:
    """What the street holds of a station."""

    log: list[ChangeLine] = field(default_factory=list)
    hashes: list[bytes] = field(default_factory=lambda: [GENESIS])
    rows: dict[Uid, tuple[ChangeLine | CurrentLine, str]] = field(default_factory=dict)
    gone: set[Uid] = field(default_factory=set)
    counts: list[CountLine] = field(default_factory=list)
    photos: set[str] = field(default_factory=set)
    projection: str = ""
    lineage: str = ""
    answers: dict[tuple[Uid, int], SentAnswer] = field(default_factory=dict)


class PaperStreet:
    """The street `CL`, by hand."""

    def __init__(self, folder: Path, clock: Clock) -> None:
        self.folder = folder
        self.clock = clock
        self.signing = SigningKey.fresh()
        self.opening = OpeningKey.fresh()
        self.held = Held()
        self.made = 0

    @property
    def office(self) -> Street:
        return Street(CODE, "澄岭街道", (self.opening.recipient,), self.signing.public)

    def adopt(self, desk: Desk) -> None:
        """Have a station belong here, with keys of its own."""
        with desk.unit_of_work("加入街道", needs=Right.MANAGE_STATION) as unit:
            offices.keep_signing(unit, SigningKey.fresh(), offices.CURRENT)
            offices.keep_opening(unit, OpeningKey.fresh())
            offices.belong_to(unit, self.office)

    # --- up ---------------------------------------------------------------------------------------

    @contextmanager
    def opened(self, path: Path) -> Iterator[OpenParcel]:
        with open_parcel(path, [self.opening], self.folder) as parcel:
            yield parcel

    def read(self, path: Path) -> Bundle:
        """Everything a bundle says; its chain is followed to the end."""
        with self.opened(path) as parcel:
            changes = list(lines.merged(parcel)) if parcel.header.changes else []
            lines.check_chain(parcel.header, changes)
            names = [table.name for table in parcel.tables()]
            current = [
                line
                for name in names
                if name.startswith(lines.CURRENT)
                for line in lines.current(parcel, name)
            ]
            counts = list(lines.counts(parcel))
            tables = {table.name: table.rows for table in parcel.tables()}
            return Bundle(parcel.header, changes, current, counts, tables)

    def photos_in(self, path: Path) -> tuple[str, ...]:
        with self.opened(path) as parcel:
            return parcel.photo_names()

    def take(self, path: Path) -> Verdict:
        """Take a file in, as an importer would."""
        with self.opened(path) as parcel:
            if parcel.header.kind is ParcelKind.PHOTOS:
                self.held.photos |= set(parcel.photo_names())
                return Verdict.APPLIED
        bundle, held = self.read(path), self.held
        header = bundle.header
        if header.first > len(held.log) + 1:
            return Verdict.GAP
        if header.hash_before != held.hashes[header.first - 1]:
            return Verdict.FORKED
        for line in bundle.changes:
            if line.n <= len(held.log) and line.digest != held.log[line.n - 1].digest:
                return Verdict.FORKED
        for line in bundle.changes[len(held.log) - header.first + 1 :]:
            self._apply(line, header.profile)
        for row in bundle.current:
            known = held.rows.get(row.uid)
            if row.uid not in held.gone and (known is None or known[0].revision <= row.revision):
                held.rows[row.uid] = (row, header.profile)
        held.counts, held.lineage = bundle.counts, header.lineage
        held.projection = header.projection
        return Verdict.APPLIED

    def _apply(self, line: ChangeLine, profile: str) -> None:
        held = self.held
        held.log.append(line)
        held.hashes.append(next_hash(held.hashes[-1], line.n, line.digest))
        if line.uid is None:
            return
        if line.op != PUT:
            held.rows.pop(line.uid, None)
        if line.op == DELETE:
            held.gone.add(line.uid)
        if line.fields is not None and line.uid not in held.gone:
            held.rows[line.uid] = (line, profile)

    def forget_after(self, n: int) -> None:
        """Become what an old backup of the street is (rows aside)."""
        del self.held.log[n:], self.held.hashes[n + 1 :]

    # --- down -------------------------------------------------------------------------------------

    def answer(self, uid: Uid, words: str) -> SentAnswer | None:
        """Say something to a request that was escalated; None when the street knows of no 吹哨."""
        row = self.held.rows.get(uid)
        asked = (row[0].fields or {}).get("escalated") if row else None
        if not asked:
            return None
        self.made += 1
        known = self.held.answers.get((uid, asked["at"]))
        at = max(self.clock.now(), known.at + 1 if known else 0)
        said = SentAnswer(
            "requests", uid, asked["at"], Uid(int=at << 20 | self.made), at, "苏文静", "澄岭街道",
            words,
        )  # fmt: skip
        self.held.answers[uid, asked["at"]] = said
        return said

    def unheard(self) -> tuple[SentAnswer, ...]:
        """The answers that no record of the station shows yet."""
        return tuple(one for one in self.held.answers.values() if not self._shows(one))

    def _shows(self, said: SentAnswer) -> bool:
        row = self.held.rows.get(said.uid)
        fields = (row[0].fields or {}) if row else {}
        asked, shown = fields.get("escalated"), fields.get("answer")
        if not asked or asked["at"] != said.asked:
            return True
        return bool(shown and shown["uid"] and shown["at"] >= said.at)

    def receipt(self, desk: Desk, **more: Any) -> Path:
        """The receipt for a station, as a file."""
        held = self.held
        tallies: dict[str, Tally] = {}
        for line in held.log:
            if line.uid is not None:
                known = tallies.get(line.kind, Tally())
                tallies[line.kind] = known.counting(line.n, line.op, line.revision, line.digest)
        values = {
            "station": desk.database.station.code,
            "lineage": held.lineage,
            "until": len(held.log),
            "hash": held.hashes[-1],
            "verdict": Verdict.APPLIED,
            "projection": held.projection,
            "tables": tuple(
                TableTally(kind, one.rows, one.changes, one.head) for kind, one in tallies.items()
            ),
            "photos": tuple(sorted(held.photos)),
            "answers": self.unheard(),
        }
        answer = Receipt(**{**values, **more})
        files = [FileSource.json(NAME, spell_receipt(answer))]
        return self._sealed(desk, ParcelKind.RECEIPT, (), files, answer.until)

    def snapshot(self, desk: Desk) -> Path:
        """What the street holds of a station, as 对账 file."""
        held = self.held
        kinds = {line.kind for line in held.log}
        tables = [
            TableSource(
                f"{lines.CHANGES}{kind}",
                [lines.spell(_bare(line)) for line in held.log if line.kind == kind],
            )
            for kind in sorted(kinds)
        ]
        for kind in sorted(kinds - {lines.UNSAID}):
            rows = [row for row, _ in held.rows.values() if row.kind == kind]
            if rows:
                profile = {row.uid: said for row, said in held.rows.values()}
                told = [lines.spell_current(_current(row, profile[row.uid])) for row in rows]
                tables.append(TableSource(f"{lines.CURRENT}{kind}", told))
        if held.counts:
            told = [lines.spell_count(one) for one in held.counts]
            tables.append(TableSource(lines.COUNTS, told))
        return self._sealed(desk, ParcelKind.SNAPSHOT, tables, (), len(held.log))

    def _sealed(
        self,
        desk: Desk,
        kind: ParcelKind,
        tables: Any,
        files: Any,
        until: int,
        *,
        signer: SigningKey | None = None,
    ) -> Path:
        self.made += 1
        path = self.folder / f"down-{self.made}.jlb"
        with desk.reading(needs=Right.READ) as connection:
            keys = offices.own_keys(connection)
        assert keys is not None
        whole = kind is ParcelKind.SNAPSHOT

        def header(facts: tuple[TableFacts, ...]) -> Header:
            return Header(
                kind=kind,
                sender=CODE,
                sender_name="澄岭街道",
                recipient=desk.database.station.code,
                lineage=self.held.lineage,
                made_at=self.clock.now(),
                program="0.1.0",
                projection=self.held.projection,
                last=until if whole else 0,
                hash_after=self.held.hashes[-1] if whole else GENESIS,
                tables=facts,
            )

        with path.open("wb") as target:
            seal_parcel(target, tables, files, header, signer or self.signing, keys.recipients)
        return path


def _bare(line: ChangeLine) -> ChangeLine:
    if line.uid is None:
        return line
    return ChangeLine(
        line.n, line.digest, line.kind, line.uid, line.op, line.revision, line.version, line.at
    )


def _current(row: ChangeLine | CurrentLine, profile: str) -> CurrentLine:
    assert row.uid is not None
    assert row.fields is not None
    return CurrentLine(
        row.kind, row.uid, row.revision, row.version, row.at, row.fields, {"profile": profile}
    )
