"""What stands in a street's database, as tests compare it."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import sqlalchemy as sa

from desktop_app import catalog
from desktop_app.core.ids import Uid
from desktop_app.core.rights import Right
from desktop_app.storage.base import METADATA
from desktop_app.storage.session import Desk
from desktop_app.street.inbox.rules.verdicts import Standing
from desktop_app.street.inbox.store import log

DIARY = frozenset({"audit", "chain_head", "inbox_file", "counter", "rollup_month"})
"""What tells that something was done, and not what is there."""


def dump(desk: Desk, *, without: Collection[str] = DIARY) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table, in an order of its own."""
    with desk.reading(needs=Right.READ) as connection:
        return {
            name: sorted((tuple(row) for row in connection.execute(sa.select(table))), key=repr)
            for name, table in METADATA.tables.items()
            if name not in without
        }


def standing(desk: Desk, station: str) -> Standing:
    """How far the street is with a station."""
    with desk.reading(needs=Right.READ) as connection:
        return log.standing(connection, station)


def record(desk: Desk, kind: str, uid: Uid) -> Any:
    """A record as it stands in its ledger, tombstones included; None when there is none."""
    with desk.reading(needs=Right.READ) as connection:
        return catalog.shelves()[kind].get(connection, uid)


def rows(desk: Desk, table: str) -> list[dict[str, Any]]:
    """All rows of a table."""
    with desk.reading(needs=Right.READ) as connection:
        found = connection.execute(sa.select(METADATA.tables[table])).mappings()
        return [dict(row) for row in found]


def dirty_months(desk: Desk, station: str) -> set[str]:
    """The months in which something of a station has to be counted anew."""
    return {row["month"] for row in rows(desk, "rollup_month") if row["station"] == station}
