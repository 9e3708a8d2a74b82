"""The 事项目录 in its table: rows ↔ dataclasses. Never commits. It is read whole: some dozens."""

from __future__ import annotations

import sqlalchemy as sa

from desktop_app.registers.matters.record import KIND
from desktop_app.registers.matters.rules import Matter
from desktop_app.registers.matters.tables import MATTER
from desktop_app.storage.shelf import Shelf

SHELF = Shelf(KIND, MATTER)

_IN_ORDER = sa.select(MATTER).order_by(MATTER.c.sort_order, MATTER.c.code, MATTER.c.uid)


def directory(connection: sa.Connection, *, with_retired: bool) -> list[Matter]:
    """The living matters, in the order lists show them."""
    query = _IN_ORDER.where(MATTER.c.deleted_at.is_(None))
    matters = SHELF.values(connection.execute(query).mappings())
    return [matter for matter in matters if matter.active or with_retired]


def all_that_ever_were(connection: sa.Connection, station: str) -> list[Matter]:
    """Every matter of a station, retired and deleted ones included: their codes stay taken."""
    query = _IN_ORDER.where(MATTER.c.station == station)
    return SHELF.values(connection.execute(query).mappings())
