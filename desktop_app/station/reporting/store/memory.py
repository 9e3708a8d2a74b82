"""What the station remembers of its reporting: exports, the last receipt, photos, 待补."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import Any

import sqlalchemy as sa

from desktop_app.core.chain import GENESIS
from desktop_app.core.clock import Millis
from desktop_app.core.figures import MonthCount
from desktop_app.core.ids import Uid
from desktop_app.core.tally import Tally
from desktop_app.core.travel import Profile
from desktop_app.station.reporting.rules.reports import Export, PendingMark, SentFile
from desktop_app.station.reporting.tables import (
    CARRIED,
    EXPORT,
    PENDING,
    PHOTO,
    STANDING,
    TALLY,
)
from desktop_app.storage.shelf import Shelf

_PROFILES = {one.value: one for one in Profile}


@dataclass(frozen=True, slots=True)
class Standing:
    """How this home stands with the street (see `tables.STANDING`)."""

    confirmed: int = 0
    hash: bytes = GENESIS
    confirmed_at: Millis | None = None
    projection: Mapping[str, Any] = field(default_factory=dict)
    tallied: int = 0
    tidied: int = 0
    ahead: int | None = None
    receipt_at: Millis | None = None
    receipt: Mapping[str, Any] = field(default_factory=dict)


def standing(connection: sa.Connection) -> Standing:
    """How this home stands; that of a home that never heard of a street when nothing is known."""
    row = connection.execute(sa.select(STANDING)).mappings().first()
    if row is None:
        return Standing()
    values = {one.name: row[one.name] for one in fields(Standing)}
    return Standing(**{**values, "hash": bytes(row["hash"])})


def set_standing(connection: sa.Connection, value: Standing) -> None:
    """Remember how this home stands from now on."""
    row = {one.name: getattr(value, one.name) for one in fields(Standing)}
    if connection.execute(sa.update(STANDING).values(row)).rowcount == 0:
        connection.execute(sa.insert(STANDING).values(one=1, **row))


def tallies(connection: sa.Connection) -> dict[str, Tally]:
    """The tallies at `Standing.tallied`, by kind."""
    found = connection.execute(sa.select(TALLY))
    return {row.kind: Tally(row.rows, row.changes, bytes(row.head)) for row in found}


def set_tallies(connection: sa.Connection, values: Mapping[str, Tally]) -> None:
    """Replace the tallies; `Standing.tallied` must be set beside them."""
    connection.execute(sa.delete(TALLY))
    rows = [
        {"kind": kind, "rows": one.rows, "changes": one.changes, "head": one.head}
        for kind, one in values.items()
    ]
    if rows:
        connection.execute(sa.insert(TALLY), rows)


# --- exports -------------------------------------------------------------------------------------


def add_export(connection: sa.Connection, made: Export) -> None:
    """Put an export on record."""
    row = {one.name: getattr(made, one.name) for one in fields(Export)}
    files = [{"name": one.name, "size": one.size, "sha256": one.sha256} for one in made.files]
    profile = made.profile.value
    connection.execute(sa.insert(EXPORT).values({**row, "files": files, "profile": profile}))


def exports(connection: sa.Connection, *, limit: int | None = None) -> list[Export]:
    """The exports on record, the latest first."""
    query = sa.select(EXPORT).order_by(EXPORT.c.made_at.desc(), EXPORT.c.uid.desc()).limit(limit)
    return [_export(row) for row in connection.execute(query).mappings()]


def export_of(connection: sa.Connection, uid: Uid) -> Export | None:
    """One export by its uid."""
    row = connection.execute(sa.select(EXPORT).where(EXPORT.c.uid == uid)).mappings().first()
    return None if row is None else _export(row)


def latest_named(connection: sa.Connection, name: str) -> Uid | None:
    """The latest export whose bundle has this name: whose file the outbox holds under it."""
    found = (made.uid for made in exports(connection) if made.files[0].name == name)
    return next(found, None)


def mark_delivered(connection: sa.Connection, uid: Uid, at: Millis, where: str) -> None:
    """An export lies, read back, in a folder that goes to the street."""
    values = {"delivered_at": at, "delivered_to": where}
    connection.execute(sa.update(EXPORT).where(EXPORT.c.uid == uid).values(values))


def unconfirmed(connection: sa.Connection, upto: int) -> list[Export]:
    """The exports that end at or before a change and are not confirmed yet."""
    query = sa.select(EXPORT).where(EXPORT.c.last <= upto, EXPORT.c.confirmed_at.is_(None))
    return [_export(row) for row in connection.execute(query).mappings()]


def mark_confirmed(connection: sa.Connection, uids: Collection[Uid], at: Millis) -> None:
    """The street holds what these exports carried."""
    statement = sa.update(EXPORT).where(EXPORT.c.uid.in_(uids)).values(confirmed_at=at)
    connection.execute(statement)


def confirmed_since(connection: sa.Connection, after: int) -> Millis | None:
    """When the first export beyond a change was confirmed; None when none was."""
    query = sa.select(sa.func.min(EXPORT.c.confirmed_at)).where(EXPORT.c.last > after)
    found = connection.execute(query).scalar()
    return None if found is None else Millis(found)


def mark_unconfirmed(connection: sa.Connection, after: int) -> None:
    """The street lost what came after a number: those exports are to be confirmed again."""
    statement = sa.update(EXPORT).where(EXPORT.c.last > after).values(confirmed_at=None)
    connection.execute(statement)


def drop_exports(connection: sa.Connection, before: Millis) -> int:
    """Forget confirmed exports that were made before a moment."""
    statement = sa.delete(EXPORT).where(
        EXPORT.c.made_at < before, EXPORT.c.confirmed_at.is_not(None)
    )
    return connection.execute(statement).rowcount


def _export(row: sa.RowMapping) -> Export:
    values = {one.name: row[one.name] for one in fields(Export)}
    files = tuple(SentFile(**one) for one in row["files"])
    known = {"files": files, "hash": bytes(row["hash"]), "profile": _PROFILES[row["profile"]]}
    return Export(**{**values, **known})


# --- photos --------------------------------------------------------------------------------------


def confirmed_photos(connection: sa.Connection) -> set[bytes]:
    """The photos the street is known to hold, by SHA-256."""
    return {bytes(one) for one in connection.execute(sa.select(PHOTO.c.sha256)).scalars()}


def confirm_photos(connection: sa.Connection, found: Iterable[bytes], at: Millis) -> int:
    """Remember that the street holds these; answers how many of them are news."""
    news = sorted(set(found) - confirmed_photos(connection))
    if news:
        rows = [{"sha256": one, "confirmed_at": at, "only_there": False} for one in news]
        connection.execute(sa.insert(PHOTO), rows)
    return len(news)


def note_only_there(connection: sa.Connection, found: Iterable[bytes], at: Millis) -> None:
    """Remember that these photos are the street's to keep: they are not here any more."""
    several = sorted(set(found))
    if several:
        connection.execute(sa.delete(PHOTO).where(PHOTO.c.sha256.in_(several)))
        rows = [{"sha256": one, "confirmed_at": at, "only_there": True} for one in several]
        connection.execute(sa.insert(PHOTO), rows)


def only_there(connection: sa.Connection) -> set[bytes]:
    """The photos that only the street has."""
    query = sa.select(PHOTO.c.sha256).where(PHOTO.c.only_there == 1)
    return {bytes(one) for one in connection.execute(query).scalars()}


def forget_photos(connection: sa.Connection, since: Millis | None) -> None:
    """Nobody knows whether the street still has what was confirmed since a moment (None: ever)."""
    statement = sa.delete(PHOTO).where(PHOTO.c.only_there == 0)
    if since is not None:
        statement = statement.where(PHOTO.c.confirmed_at >= since)
    connection.execute(statement)


# --- 待补 ----------------------------------------------------------------------------------------


def mark_pending(connection: sa.Connection, found: Sequence[PendingMark]) -> None:
    """Mark records as 待补; older marks of them give way, also where nothing is left to fill in."""
    drop_pending(connection, found)
    rows = [
        {one.name: getattr(mark, one.name) for one in fields(PendingMark)}
        for mark in found
        if mark.fields
    ]
    if rows:
        connection.execute(sa.insert(PENDING), rows)


def drop_pending(connection: sa.Connection, marks: Iterable[PendingMark]) -> None:
    """Forget the marks of these records."""
    by_kind: dict[str, list[Uid]] = {}
    for mark in marks:
        by_kind.setdefault(mark.kind, []).append(mark.uid)
    for kind, uids in by_kind.items():
        connection.execute(
            sa.delete(PENDING).where(PENDING.c.kind == kind, PENDING.c.uid.in_(uids))
        )


def pending_of(connection: sa.Connection, kind: str, uid: Uid) -> PendingMark | None:
    """The mark of one record, settled or not."""
    query = sa.select(PENDING).where(PENDING.c.kind == kind, PENDING.c.uid == uid)
    row = connection.execute(query).mappings().first()
    return None if row is None else _mark(row)


def pending_kinds(connection: sa.Connection) -> list[str]:
    """The kinds of which any record is marked."""
    return list(connection.execute(sa.select(PENDING.c.kind).distinct()).scalars())


def count_untouched(connection: sa.Connection, shelf: Shelf[Any]) -> int:
    """How many marked records nobody has saved since."""
    query = sa.select(sa.func.count()).select_from(_marked(shelf)).where(_untouched(shelf))
    return int(connection.execute(query).scalar_one())


def untouched(connection: sa.Connection, shelf: Shelf[Any], most: int) -> list[PendingMark]:
    """Marked records that nobody has saved since, the earliest first."""
    query = sa.select(PENDING).select_from(_marked(shelf)).where(_untouched(shelf))
    query = query.order_by(PENDING.c.uid).limit(most)
    return [_mark(row) for row in connection.execute(query).mappings()]


def touched(connection: sa.Connection, shelf: Shelf[Any]) -> list[PendingMark]:
    """Marked records that somebody has saved since: they may still miss something."""
    query = (
        sa.select(PENDING)
        .select_from(_marked(shelf))
        .where(shelf.table.c.revision != PENDING.c.revision, shelf.table.c.deleted_at.is_(None))
    )
    query = query.order_by(PENDING.c.uid)
    return [_mark(row) for row in connection.execute(query).mappings()]


def _marked(shelf: Shelf[Any]) -> sa.FromClause:
    table = shelf.table
    return PENDING.join(table, (table.c.uid == PENDING.c.uid) & (PENDING.c.kind == shelf.kind.name))


def _untouched(shelf: Shelf[Any]) -> sa.ColumnElement[bool]:
    return (shelf.table.c.revision == PENDING.c.revision) & shelf.table.c.deleted_at.is_(None)


def _mark(row: sa.RowMapping) -> PendingMark:
    return PendingMark(**{one.name: row[one.name] for one in fields(PendingMark)})


# --- counts of what is lost ----------------------------------------------------------------------


def carried(connection: sa.Connection) -> dict[str, list[MonthCount]]:
    """Counts of records that never left and are no longer here, by kind."""
    found: dict[str, list[MonthCount]] = {}
    for row in connection.execute(sa.select(CARRIED).order_by(*CARRIED.primary_key.columns)):
        found.setdefault(row.kind, []).append(MonthCount(row.month, row.name, row.value))
    return found


def set_carried(connection: sa.Connection, counts: Mapping[str, Iterable[MonthCount]]) -> None:
    """Replace those counts."""
    connection.execute(sa.delete(CARRIED))
    rows = [
        {"kind": kind, "month": one.month, "name": one.name, "value": one.value}
        for kind, several in counts.items()
        for one in several
    ]
    if rows:
        connection.execute(sa.insert(CARRIED), rows)
