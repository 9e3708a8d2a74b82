"""A station in the test's hands: a log, keys, and parcels made straight with the kit.

For what a real station would never send, and for bundles of any size; it knows no ledger.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from desktop_app.bundle import lines
from desktop_app.bundle.header import Header, ParcelKind, TableFacts
from desktop_app.bundle.keyring import OpeningKey, SigningKey
from desktop_app.bundle.lines import ChangeLine, CountLine, CurrentLine
from desktop_app.bundle.parcel import FileSource, OpenParcel, TableSource, open_parcel, seal_parcel
from desktop_app.bundle.receipt import NAME, Receipt, parse_receipt
from desktop_app.core.chain import DELETE, GENESIS, PUT, WITHHELD, next_hash
from desktop_app.core.clock import FixedClock, Millis
from desktop_app.core.ids import Uid
from desktop_app.core.rights import Right
from desktop_app.registers.offices import store as offices
from desktop_app.registers.offices.rules import StationEntry, StationKey, StationState
from desktop_app.storage.session import Desk


@dataclass
class HandStation:
    """One station: `log` are all its changes, `hashes[n]` the chain's hash after change n."""

    code: str
    name: str
    street: str
    recipients: Sequence[str]
    clock: FixedClock
    folder: Path
    lineage: str = "first"
    signing: SigningKey = field(default_factory=SigningKey.fresh)
    opening: OpeningKey = field(default_factory=OpeningKey.fresh)
    log: list[ChangeLine] = field(default_factory=list)
    revisions: dict[Uid, int] = field(default_factory=dict)
    hashes: list[bytes] = field(default_factory=lambda: [GENESIS])
    made: int = 0
    said: int = 0

    # --- its log ----------------------------------------------------------------------------------

    def put(self, kind: str, uid: Uid, fields: Mapping[str, Any], **more: Any) -> ChangeLine:
        """A change of a record; its revision goes up by itself."""
        return self.add(kind, uid, PUT, fields=dict(fields), **more)

    def delete(self, kind: str, uid: Uid) -> ChangeLine:
        return self.add(kind, uid, DELETE)

    def withhold(self, kind: str, uid: Uid) -> ChangeLine:
        return self.add(kind, uid, WITHHELD)

    def unsaid(self) -> ChangeLine:
        """A change of a kind that does not travel."""
        return self._chained(
            ChangeLine(len(self.log) + 1, self._digest(), lines.UNSAID, None, "withheld", 0, 0, 0)
        )

    def add(self, kind: str, uid: Uid, op: str, **more: Any) -> ChangeLine:
        if "revision" not in more:
            more["revision"] = self.revisions.get(uid, 0) + 1
        self.revisions[uid] = max(more["revision"], self.revisions.get(uid, 0))
        values = {
            "version": 1,
            "at": self.clock.now(),
            **more,
        }
        return self._chained(ChangeLine(len(self.log) + 1, self._digest(), kind, uid, op, **values))

    def _digest(self) -> bytes:
        self.said += 1
        return hashlib.sha256(f"{self.code} {self.lineage} {self.said}".encode()).digest()

    def _chained(self, line: ChangeLine) -> ChangeLine:
        self.log.append(line)
        self.hashes.append(next_hash(self.hashes[-1], line.n, line.digest))
        return line

    def back_to(self, n: int, lineage: str) -> None:
        """Restore a backup that was made after change `n`."""
        del self.log[n:], self.hashes[n + 1 :]
        self.revisions = {line.uid: line.revision for line in self.log if line.uid}
        self.lineage = lineage

    # --- up ---------------------------------------------------------------------------------------

    def bundle(
        self,
        first: int = 1,
        last: int | None = None,
        *,
        current: Iterable[CurrentLine] = (),
        counts: Iterable[CountLine] | None = None,
        changes: Iterable[ChangeLine] | None = None,
        more: Iterable[TableSource] = (),
        **header: Any,
    ) -> Path:
        """The changes from `first` on, as a real station sends them: only the last of a record has
        its fields."""
        last = len(self.log) if last is None else last
        told = self.log[first - 1 : last] if changes is None else list(changes)
        final = {line.uid: line.n for line in told}
        bare = [
            line if line.uid is None or final[line.uid] == line.n else replace(line, fields=None)
            for line in told
        ]
        tables = _tables(lines.CHANGES, bare, lines.spell)
        tables += _tables(lines.CURRENT, list(current), lines.spell_current)
        if counts is not None:
            tables.append(TableSource(lines.COUNTS, [lines.spell_count(one) for one in counts]))
        tables += more
        values = {
            "first": first,
            "last": last,
            "hash_before": self.hashes[first - 1],
            "hash_after": self.hashes[last],
            **header,
        }
        return self.seal(ParcelKind.BUNDLE, tables, (), **values)

    def photos(self, contents: Mapping[str, bytes], **header: Any) -> Path:
        """A parcel of photos, by the SHA-256 they go under."""
        from io import BytesIO

        files = [
            FileSource.photo(name, lambda content=content: BytesIO(content))  # type: ignore[misc]
            for name, content in contents.items()
        ]
        last = len(self.log)
        values = {"first": last + 1, "last": last, "hash_before": self.hashes[last]}
        return self.seal(
            ParcelKind.PHOTOS, (), files, **{**values, "hash_after": self.hashes[last], **header}
        )

    def seal(
        self,
        kind: ParcelKind,
        tables: Iterable[TableSource],
        files: Iterable[FileSource],
        *,
        signer: SigningKey | None = None,
        recipients: Sequence[str] | None = None,
        name: str = "",
        **header: Any,
    ) -> Path:
        """Any parcel, as if this station had made it."""
        self.made += 1
        path = self.folder / (name or f"{self.code}-{self.made:04d}.jlb")
        values = {
            "kind": kind,
            "sender": self.code,
            "sender_name": self.name,
            "recipient": self.street,
            "lineage": self.lineage,
            "made_at": self.clock.now(),
            "program": "0.1.0",
            "profile": "work",
            "projection": "work-1",
            **header,
        }

        def head(facts: tuple[TableFacts, ...]) -> Header:
            return Header(**values, tables=facts)

        with path.open("wb") as target:
            seal_parcel(
                target, tables, files, head, signer or self.signing, recipients or self.recipients
            )
        return path

    # --- down -------------------------------------------------------------------------------------

    def opened(self, path: Path) -> OpenParcel:
        """What came down from the street; to be closed."""
        return open_parcel(path, [self.opening], self.folder)

    def receipt(self, path: Path) -> Receipt:
        with self.opened(path) as parcel:
            return parse_receipt(parcel.json(NAME))


def _tables(folder: str, told: Sequence[Any], spell: Callable[[Any], bytes]) -> list[TableSource]:
    """One table a kind of record."""
    return [
        TableSource(f"{folder}{kind}", [spell(line) for line in told if line.kind == kind])
        for kind in dict.fromkeys(line.kind for line in told)
    ]


def hand_station(
    street: Desk, clock: FixedClock, folder: Path, code: str = "HL01", name: str = "华莲站"
) -> HandStation:
    """A station that is known to the street, whose keys it has (made when it has none)."""
    folder.mkdir(exist_ok=True)
    with street.unit_of_work("登记站点", needs=Right.MANAGE_STATION) as unit:
        keys = offices.own_keys(unit.connection)
        if keys is None:
            offices.keep_signing(unit, SigningKey.fresh(), offices.CURRENT)
            offices.keep_opening(unit, OpeningKey.fresh())
            keys = offices.own_keys(unit.connection)
        assert keys is not None
        facts = street.database.station
        station = HandStation(code, name, facts.code, keys.recipients, clock, folder)
        entry = StationEntry(
            uid=unit.new_uid(),
            station=facts.code,
            code=code,
            name=name,
            since=street.today,
            state=StationState.JOINED,
        )
        offices.SHELF.put(unit, entry)
        keep_key(unit, station)
    return station


def keep_key(unit: Any, station: HandStation, signing: SigningKey | None = None) -> StationKey:
    """Have the street believe a key of the station."""
    key = StationKey(
        station=station.code,
        public=(signing or station.signing).public,
        recipient=station.opening.recipient,
        lineage=station.lineage,
        since=Millis(unit.now),
    )
    offices.keep_key(unit, key)
    return key
