"""Honest parcels for tests: two offices with keys, a log with a chain, files that are no photos."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from desktop_app.bundle import lines
from desktop_app.bundle.header import Header, ParcelKind, TableFacts
from desktop_app.bundle.keyring import OpeningKey, SigningKey
from desktop_app.bundle.lines import ChangeLine
from desktop_app.bundle.parcel import Column, FileSource, Sealed, TableSource, seal_parcel
from desktop_app.core.chain import DELETE, GENESIS, PUT, WITHHELD, next_hash
from desktop_app.core.ids import Uid

STATION, STREET = "QR01", "JD00"
MADE_AT = 1_764_000_000_000
STATION_KEY = SigningKey(b"station's key, 32 bytes of ours.")
STREET_KEY = OpeningKey.fresh()
RECOVERY_KEY = OpeningKey.fresh()
VISIT_FIELDS = (Column("name", "string", "姓名"), Column("people", "integer", "人数"))


@dataclass
class Log:
    """A sender's log: changes with digests of nothing in particular, chained."""

    changes: list[ChangeLine] = field(default_factory=list)
    heads: list[bytes] = field(default_factory=lambda: [GENESIS])

    def add(self, kind: str, op: str = PUT, fields: Mapping[str, Any] | None = None) -> None:
        n = len(self.changes) + 1
        digest = hashlib.sha256(b"%d" % n).digest()
        if kind == lines.UNSAID:
            line = ChangeLine(n, digest, kind, None, WITHHELD, 0, 0, 0)
        else:
            uid = Uid(int=n)
            line = ChangeLine(n, digest, kind, uid, op, 1, 1, MADE_AT + n, dict(fields or {}))
            line = line if op == PUT else replace(line, fields=None)
        self.changes.append(line)
        self.heads.append(next_hash(self.heads[-1], n, digest))

    def tables(self) -> list[TableSource]:
        kinds = dict.fromkeys(line.kind for line in self.changes)
        return [
            TableSource(
                lines.CHANGES + kind,
                [lines.spell(line) for line in self.changes if line.kind == kind],
                VISIT_FIELDS if kind == "visit" else (),
            )
            for kind in kinds
        ]


def small_log() -> Log:
    """Five changes of three tables; one deletes, one is of a kind that does not travel."""
    log = Log()
    log.add("visit", fields={"name": "陈*英", "people": 1})
    log.add(lines.UNSAID)
    log.add("resident", fields={"name": "王*", "born": None})
    log.add("visit", op=DELETE)
    log.add("visit", fields={"name": "", "people": 12})
    return log


def header(facts: tuple[TableFacts, ...] = (), log: Log | None = None, **changed: Any) -> Header:
    """The header over a whole log."""
    log = log or Log()
    made = Header(
        kind=ParcelKind.BUNDLE,
        sender=STATION,
        sender_name="钱荣社区",
        recipient=STREET,
        lineage="first",
        made_at=MADE_AT,
        program="0.4.0",
        profile="work",
        projection="p1",
        last=len(log.changes),
        hash_after=log.heads[-1],
        tables=facts,
    )
    return replace(made, **changed)


def header_of(log: Log, **changed: Any) -> Callable[[tuple[TableFacts, ...]], Header]:
    return lambda facts: header(facts, log, **changed)


def photo(number: int, size: int = 1000) -> tuple[str, bytes]:
    """Something with the hash it is named by."""
    data = hashlib.shake_128(b"photo %d" % number).digest(size)
    return hashlib.sha256(data).hexdigest(), data


def photo_source(data: bytes) -> FileSource:
    sha256 = hashlib.sha256(data).hexdigest()
    return FileSource.photo(sha256, lambda: io.BytesIO(data), len(data))


def seal(
    path: Path,
    log: Log,
    files: Sequence[FileSource] = (),
    recipients: Sequence[str] = (STREET_KEY.recipient, RECOVERY_KEY.recipient),
    signer: SigningKey = STATION_KEY,
    **changed: Any,
) -> Sealed:
    """An honest parcel at `path`; `changed` goes into its header."""
    with path.open("wb") as target:
        return seal_parcel(
            target, log.tables(), files, header_of(log, **changed), signer, recipients
        )
