"""What does not stand in a ledger's own table: unknown fields, parked records, photos that came.

Never commits.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

import sqlalchemy as sa

from desktop_app.core.clock import Millis
from desktop_app.core.codec import canonical
from desktop_app.core.ids import Uid
from desktop_app.storage.row_writer import RowWriter
from desktop_app.street.inbox.rules.parking import ParkedRecord, Reason
from desktop_app.street.inbox.tables import PARKED, RECEIVED_EXTRA, RECEIVED_PHOTO
from desktop_app.street.overview.tables import ROLLUP_WITHHELD

Connection = sa.Connection

_REASONS = {reason.value: reason for reason in Reason}

_EXTRAS = RowWriter(RECEIVED_EXTRA, key=("kind", "uid"))
_PARKED = RowWriter(PARKED, key=("station", "kind", "uid"))
_PHOTOS = RowWriter(RECEIVED_PHOTO, key=("station", "sha256"))


# --- unknown fields -------------------------------------------------------------------------------


def has_extras(connection: Connection, station: str) -> bool:
    """Whether any record of a station brought what this program does not know."""
    query = sa.select(sa.literal(1)).where(RECEIVED_EXTRA.c.station == station).limit(1)
    return connection.execute(query).first() is not None


def extras(connection: Connection, kind: str, uids: Collection[Uid]) -> dict[Uid, dict[str, Any]]:
    """What records brought that this program does not know."""
    query = sa.select(RECEIVED_EXTRA.c.uid, RECEIVED_EXTRA.c.content).where(
        RECEIVED_EXTRA.c.kind == kind, RECEIVED_EXTRA.c.uid.in_(uids)
    )
    return {uid: json.loads(content) for uid, content in connection.execute(query)}


def set_extras(
    connection: Connection, station: str, kind: str, found: Mapping[Uid, Mapping[str, Any]]
) -> None:
    """Keep what these records brought; an empty one is forgotten."""
    empty = [uid for uid, content in found.items() if not content]
    drop_extras(connection, station, kind, empty)
    rows = [
        {"kind": kind, "uid": uid, "station": station, "content": canonical(content)}
        for uid, content in found.items()
        if content
    ]
    _EXTRAS.write(connection, rows)


def drop_extras(connection: Connection, station: str, kind: str, uids: Collection[Uid]) -> None:
    """Forget what these records of a station brought besides."""
    if uids:
        connection.execute(
            sa.delete(RECEIVED_EXTRA).where(
                RECEIVED_EXTRA.c.kind == kind,
                RECEIVED_EXTRA.c.uid.in_(uids),
                RECEIVED_EXTRA.c.station == station,
            )
        )


# --- parked records -------------------------------------------------------------------------------


def parked(connection: Connection, station: str = "") -> list[ParkedRecord]:
    """Everything that is parked, of one station or of all, the oldest first."""
    query = sa.select(PARKED).order_by(PARKED.c.since, PARKED.c.station, PARKED.c.n)
    if station:
        query = query.where(PARKED.c.station == station)
    return [_parked(row) for row in connection.execute(query).mappings()]


def parked_since(connection: Connection, station: str) -> dict[tuple[str, Uid], tuple[int, Millis]]:
    """Which records of a station are parked, by kind and uid: the change they came with, and since
    when. Without contents, for there may be many."""
    query = sa.select(PARKED.c.kind, PARKED.c.uid, PARKED.c.n, PARKED.c.since).where(
        PARKED.c.station == station
    )
    return {(kind, uid): (n, Millis(since)) for kind, uid, n, since in connection.execute(query)}


def parked_of(
    connection: Connection, station: str, kind: str, uids: Collection[Uid]
) -> list[ParkedRecord]:
    """Those of these records that are parked."""
    query = sa.select(PARKED).where(
        PARKED.c.station == station, PARKED.c.kind == kind, PARKED.c.uid.in_(uids)
    )
    return [_parked(row) for row in connection.execute(query).mappings()]


def park(connection: Connection, records: Iterable[ParkedRecord]) -> None:
    """Keep records until they can be applied; a newer one takes the place of an older."""
    newest = {(one.station, one.kind, one.uid): one for one in records}
    rows = [
        {**asdict(one), "reason": one.reason.value, "content": canonical(dict(one.fields))}
        for one in newest.values()
    ]
    _PARKED.write(connection, rows)


def unpark(connection: Connection, station: str, kind: str, uids: Collection[Uid]) -> None:
    """Forget parked records: they were applied, superseded, or erased."""
    if uids:
        connection.execute(
            sa.delete(PARKED).where(
                PARKED.c.station == station, PARKED.c.kind == kind, PARKED.c.uid.in_(uids)
            )
        )


def _parked(row: sa.RowMapping) -> ParkedRecord:
    values = dict(row)
    fields = json.loads(values.pop("content"))
    return ParkedRecord(**{**values, "reason": _REASONS[values["reason"]]}, fields=fields)


# --- counts of what never leaves a station -------------------------------------------------------


def withheld_counts(connection: Connection, station: str) -> list[tuple[str, str, str, int]]:
    """What a station counted of such rows: kind, month, name, value."""
    query = (
        sa.select(ROLLUP_WITHHELD)
        .where(ROLLUP_WITHHELD.c.station == station)
        .order_by(ROLLUP_WITHHELD.c.name, ROLLUP_WITHHELD.c.month)
    )
    found = []
    for row in connection.execute(query):
        kind, _, name = row.name.partition(".")
        found.append((kind, row.month, name, row.value))
    return found


# --- photos ---------------------------------------------------------------------------------------


def photos(connection: Connection, station: str) -> set[bytes]:
    """The SHA-256 of every photo that came from a station and is kept."""
    query = sa.select(RECEIVED_PHOTO.c.sha256).where(RECEIVED_PHOTO.c.station == station)
    return {bytes(sha256) for sha256 in connection.execute(query).scalars()}


def latest_photos(connection: Connection, station: str, most: int) -> list[bytes]:
    """The newest of them."""
    query = (
        sa.select(RECEIVED_PHOTO.c.sha256)
        .where(RECEIVED_PHOTO.c.station == station)
        .order_by(RECEIVED_PHOTO.c.at.desc(), RECEIVED_PHOTO.c.sha256)
        .limit(most)
    )
    return [bytes(sha256) for sha256 in connection.execute(query).scalars()]


def note_photos(connection: Connection, station: str, hashes: Sequence[bytes], at: Millis) -> None:
    """Photos of a station came and are kept."""
    rows = [{"station": station, "sha256": sha256, "at": at} for sha256 in hashes]
    _PHOTOS.write(connection, rows)
