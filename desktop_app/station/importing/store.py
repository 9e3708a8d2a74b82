"""Rows of imports as values, and back; what a record was before one. Never commits."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from desktop_app.core.clock import Millis
from desktop_app.core.codec import Plain
from desktop_app.core.ids import Uid
from desktop_app.station.importing.rules.history import Import, ImportState, Written
from desktop_app.station.importing.tables import SHEET_IMPORT, SHEET_IMPORT_ROW, SHEET_MAPPING
from desktop_app.storage.prepared import Prepared
from desktop_app.storage.row_writer import RowWriter
from desktop_app.storage.session import Unit
from desktop_app.storage.tables import CHANGE

Connection = sa.Connection

_ROWS = RowWriter(SHEET_IMPORT_ROW)
_NEWEST_FIRST = (SHEET_IMPORT.c.begun_at.desc(), SHEET_IMPORT.c.uid.desc())


def add(connection: Connection, value: Import) -> None:
    """Remember an import that begins."""
    connection.execute(sa.insert(SHEET_IMPORT).values(**asdict(value)))


def move(
    connection: Connection,
    uid: Uid,
    now: Millis,
    *,
    expected: ImportState,
    state: ImportState | None = None,
    counts: Mapping[str, int] | None = None,
) -> bool:
    """Move an import on, if it is still in the state its worker left it in; answers whether."""
    values: dict[str, Any] = {"touched_at": now}
    if state is not None:
        values["state"] = state
        if state not in (ImportState.RUNNING, ImportState.TAKING_BACK):
            values["ended_at"] = now
    if counts is not None:
        values["counts"] = dict(counts)
    done = connection.execute(
        sa.update(SHEET_IMPORT)
        .where(SHEET_IMPORT.c.uid == uid, SHEET_IMPORT.c.state == expected)
        .values(values)
    )
    return done.rowcount == 1


_TOUCH = Prepared(
    sa.update(SHEET_IMPORT)
    .where(
        SHEET_IMPORT.c.uid == sa.bindparam("one", type_=SHEET_IMPORT.c.uid.type),
        SHEET_IMPORT.c.state == sa.bindparam("expected", type_=SHEET_IMPORT.c.state.type),
    )
    .values(touched_at=sa.bindparam("now", type_=SHEET_IMPORT.c.touched_at.type))
)


def touch(connection: Connection, uid: Uid, now: Millis) -> bool:
    """Say that somebody works at an import that is running; answers whether it still is."""
    values = {"one": uid, "expected": ImportState.RUNNING.value, "now": now}
    return _TOUCH.run(connection, values).rowcount == 1


def get(connection: Connection, uid: Uid) -> Import | None:
    row = connection.execute(sa.select(SHEET_IMPORT).where(SHEET_IMPORT.c.uid == uid)).first()
    return None if row is None else _import(row)


def listed(connection: Connection, most: int) -> list[Import]:
    """The latest imports, the newest first."""
    query = sa.select(SHEET_IMPORT).order_by(*_NEWEST_FIRST).limit(most)
    return [_import(row) for row in connection.execute(query)]


def of_file(connection: Connection, digest: str, kind: str) -> list[Import]:
    """Imports of the very same file into the same ledger, the newest first."""
    query = (
        sa.select(SHEET_IMPORT)
        .where(SHEET_IMPORT.c.digest == digest, SHEET_IMPORT.c.kind == kind)
        .order_by(*_NEWEST_FIRST)
    )
    return [_import(row) for row in connection.execute(query)]


def unended(connection: Connection) -> list[Import]:
    """Imports that were begun and have not come to an end."""
    states = (ImportState.RUNNING, ImportState.TAKING_BACK)
    query = sa.select(SHEET_IMPORT).where(SHEET_IMPORT.c.state.in_(states))
    return [_import(row) for row in connection.execute(query)]


def _import(row: Any) -> Import:
    values = dict(row._mapping)
    (state,) = [state for state in ImportState if state.value == values["state"]]
    return Import(**{**values, "state": state})


def add_written(connection: Connection, uid: Uid, written: Iterable[Written]) -> None:
    """Remember what an import wrote, in the transaction that writes it."""
    # Both uids are bound alike. By hand, because they come by the ten thousand.
    bind = _ROWS.converts(connection.dialect)[0]
    whose = bind(uid)
    _ROWS.write_bound(
        connection,
        [
            (whose, one.n, one.row, one.kind, bind(one.uid), one.before, one.after)
            for one in written
        ],
    )


def written(
    connection: Connection, uid: Uid, *, before: int | None = None, most: int | None = None
) -> list[Written]:
    """What an import wrote, the last first; before a place of that order, and only so many."""
    table = SHEET_IMPORT_ROW
    query = (
        sa.select(table.c.n, table.c.row, table.c.kind, table.c.uid, table.c.before, table.c.after)
        .where(table.c["import"] == uid)
        .order_by(table.c.n.desc())
    )
    if before is not None:
        query = query.where(table.c.n < before)
    if most is not None:
        query = query.limit(most)
    return [Written(*row) for row in connection.execute(query)]


def count_written(connection: Connection, uid: Uid) -> int:
    query = sa.select(sa.func.count()).where(SHEET_IMPORT_ROW.c["import"] == uid)
    return int(connection.execute(query).scalar_one())


def first_before(connection: Connection, uid: Uid, records: Sequence[Uid]) -> dict[Uid, int]:
    """The revision each record had before an import first wrote it; 0 for one that was not."""
    table = SHEET_IMPORT_ROW
    query = (
        sa.select(table.c.uid, sa.func.min(table.c.before))
        .where(table.c["import"] == uid, table.c.uid.in_(records))
        .group_by(table.c.uid)
    )
    return {record: int(first) for record, first in connection.execute(query)}


def forget_written(connection: Connection, uid: Uid, records: Sequence[Uid]) -> None:
    """What was written to these has been taken back."""
    table = SHEET_IMPORT_ROW
    if records:
        connection.execute(
            sa.delete(table).where(table.c["import"] == uid, table.c.uid.in_(list(records)))
        )


def payload(connection: Connection, uid: Uid, revision: int) -> tuple[dict[str, Plain], int] | None:
    """A record's own fields as they were at a revision, and the version of that form; None when
    they were erased, or the log no longer has them."""
    query = sa.select(CHANGE.c.payload, CHANGE.c.version).where(
        CHANGE.c.uid == uid, CHANGE.c.revision == revision
    )
    row = connection.execute(query).first()
    if row is None or not row.payload:
        return None
    return json.loads(row.payload), int(row.version)


def mapping(connection: Connection, pattern: str) -> tuple[str, dict[str, str]] | None:
    """What headings of this pattern were last said to mean: the kind, and columns by heading."""
    query = sa.select(SHEET_MAPPING).where(SHEET_MAPPING.c.pattern == pattern)
    row = connection.execute(query).first()
    return None if row is None else (row.kind, dict(row.columns))


def keep_mapping(unit: Unit, pattern: str, kind: str, columns: Mapping[str, str]) -> None:
    """Remember what headings of this pattern mean."""
    insert = postgresql.insert if unit.connection.dialect.name == "postgresql" else sqlite.insert
    statement = insert(SHEET_MAPPING).values(
        pattern=pattern, kind=kind, columns=dict(columns), changed_at=unit.now
    )
    added = statement.excluded
    unit.connection.execute(
        statement.on_conflict_do_update(
            index_elements=["pattern"],
            set_={"kind": added.kind, "columns": added.columns, "changed_at": added.changed_at},
        )
    )
