"""A small importer for tests: rows of a station come, change and go, and months are marked."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa

from desktop_app import catalog
from desktop_app.core.ids import Uid
from desktop_app.core.record import Record
from desktop_app.storage.prepared import Prepared
from desktop_app.storage.shelf import Shelf
from desktop_app.street.overview.store import mark_dirty
from tests.street.street_data import row_of


def take_in(
    connection: sa.Connection, station: str, records: Iterable[tuple[Shelf[Any], Any]]
) -> None:
    """Write these rows over what is there of them, in one transaction with the marks."""
    for shelf, record in records:
        kind, uid = shelf.kind.name, record.uid
        months = months_of(connection, kind, uid)
        connection.execute(sa.delete(shelf.table).where(shelf.table.c.uid == uid))
        Prepared(sa.insert(shelf.table)).run(connection, row_of(shelf, record))
        mark_dirty(connection, station, months | months_of(connection, kind, uid))


def drop(connection: sa.Connection, station: str, shelf: Shelf[Any], uid: Uid) -> None:
    """A row leaves, as when a record is withheld that came before."""
    mark_dirty(connection, station, months_of(connection, shelf.kind.name, uid))
    connection.execute(sa.delete(shelf.table).where(shelf.table.c.uid == uid))


def months_of(connection: sa.Connection, kind: str, uid: Uid) -> set[str]:
    """The months in which a record is counted as it stands."""
    dated = {name: how for book in catalog.books() for name, how in book.dated.items()}
    record = _record(connection, kind, uid)
    months = None if record is None else dated[kind].months(vars(record))
    if record is not None and months is None:
        other = getattr(record, dated[kind].through)
        return months_of(connection, dated[kind].of, other)
    return months or set()


def _record(connection: sa.Connection, kind: str, uid: Uid) -> Record | None:
    return catalog.shelves()[kind].get(connection, uid)
