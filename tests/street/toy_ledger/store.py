"""Rows of lost things."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import sqlalchemy as sa

from desktop_app.storage.shelf import Shelf
from tests.street.toy_ledger.record import KIND
from tests.street.toy_ledger.rules import Fate
from tests.street.toy_ledger.tables import LOST_THING

Connection = sa.Connection

SHELF = Shelf(KIND, LOST_THING)


def counted(connection: Connection, first: date, last: date) -> Iterator[tuple[str, str, int]]:
    """Station, name and number of what was found between two days, and of what was claimed."""
    table = LOST_THING.c
    query = (
        sa.select(table.station, table.fate, sa.func.count())
        .where(table.deleted_at.is_(None), table.found_on >= first, table.found_on <= last)
        .group_by(table.station, table.fate)
    )
    for station, fate, number in connection.execute(query):
        yield station, "found", number
        if fate == Fate.CLAIMED:
            yield station, "claimed", number
