"""Every file that was taken in hand, and what became of it. Never commits."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

import sqlalchemy as sa

from desktop_app.core.clock import Millis
from desktop_app.core.ids import Uid
from desktop_app.core.record import NEVER
from desktop_app.storage.paging import FIRST, PAGE_SIZE, Order, Page, page
from desktop_app.street.inbox.rules.verdicts import Outcome
from desktop_app.street.inbox.tables import INBOX_FILE

Connection = sa.Connection

_OUTCOMES = {outcome.value: outcome for outcome in Outcome}
_NEWEST_FIRST = Order((INBOX_FILE.c.at, INBOX_FILE.c.uid), descending=True)


@dataclass(frozen=True, kw_only=True)
class TakenFile:
    """A line of the history; see `INBOX_FILE`."""

    uid: Uid
    at: Millis
    actor: str
    name: str
    size: int
    sha256: str
    parcel: str = ""
    station: str = ""
    station_name: str = ""
    lineage: str = ""
    first: int = 0
    last: int = 0
    profile: str = ""
    made_at: Millis = NEVER
    program: str = ""
    hash: bytes | None = None
    outcome: Outcome
    sentence: str
    counts: Mapping[str, Mapping[str, int]]
    parked: int = 0
    returned: str = ""
    returned_at: Millis | None = None


_NAMES = tuple(one.name for one in fields(TakenFile))


def add(connection: Connection, file: TakenFile) -> None:
    """Put down a file and its verdict."""
    values = {**asdict(file), "outcome": file.outcome.value}
    connection.execute(sa.insert(INBOX_FILE), values)


def send_back(connection: Connection, uid: Uid, reason: str, at: Millis) -> None:
    """Put down that a file was sent back, and why."""
    connection.execute(
        sa.update(INBOX_FILE).where(INBOX_FILE.c.uid == uid).values(returned=reason, returned_at=at)
    )


def named(connection: Connection, uid: Uid) -> TakenFile | None:
    """One file by its uid."""
    query = sa.select(INBOX_FILE).where(INBOX_FILE.c.uid == uid)
    row = connection.execute(query).mappings().first()
    return None if row is None else _file(row)


def listed(
    connection: Connection,
    station: str = "",
    outcomes: Iterable[Outcome] = (),
    cursor: str | None = FIRST,
    *,
    size: int = PAGE_SIZE,
) -> Page[TakenFile]:
    """One page of the history, the newest first: of all, of a station, with some outcomes."""
    query = sa.select(INBOX_FILE)
    if station:
        query = query.where(INBOX_FILE.c.station == station)
    if wanted := [outcome.value for outcome in outcomes]:
        query = query.where(INBOX_FILE.c.outcome.in_(wanted))
    return page(connection, query, _NEWEST_FIRST, cursor, size=size).map(_file)


_LAST = sa.select(INBOX_FILE).where(
    INBOX_FILE.c.station == sa.bindparam("station"), INBOX_FILE.c.parcel == "bundle"
).order_by(INBOX_FILE.c.at.desc(), INBOX_FILE.c.uid.desc()).limit(1)  # fmt: skip


def last_of(connection: Connection, station: str) -> TakenFile | None:
    """The last bundle that came from a station, whatever became of it."""
    row = connection.execute(_LAST, {"station": station}).mappings().first()
    return None if row is None else _file(row)


def settled(connection: Connection) -> set[str]:
    """The SHA-256 of every file that need not be looked at again; one that came too early may
    fit the next time, and one that could not be read has none."""
    query = sa.select(INBOX_FILE.c.sha256).where(INBOX_FILE.c.outcome != Outcome.GAP.value)
    return set(connection.execute(query.distinct()).scalars()) - {""}


def settled_of(connection: Connection, names: Iterable[str]) -> set[tuple[str, int]]:
    """The names and sizes of those of these files that need not be looked at again."""
    query = sa.select(INBOX_FILE.c.name, INBOX_FILE.c.size).where(
        INBOX_FILE.c.outcome != Outcome.GAP.value,
        INBOX_FILE.c.sha256 != "",
        INBOX_FILE.c.name.in_(list(names)),
    )
    return {(name, size) for name, size in connection.execute(query.distinct())}


def _file(row: sa.RowMapping) -> TakenFile:
    values: dict[str, Any] = {name: row[name] for name in _NAMES}
    values["outcome"] = _OUTCOMES[values["outcome"]]
    values["hash"] = None if values["hash"] is None else bytes(values["hash"])
    return TakenFile(**values)
