"""Numbers for paper: `<station>-<year><desk letter>-<5 digits>`, unique, never used twice."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from desktop_app.storage.prepared import Prepared
from desktop_app.storage.session import Unit
from desktop_app.storage.tables import COUNTER


def _upsert(insert: Any) -> Prepared:
    added = insert(COUNTER)
    return Prepared(
        added.on_conflict_do_update(
            index_elements=[COUNTER.c.name],
            set_={"value": COUNTER.c.value + added.excluded.value},
        ).returning(COUNTER.c.value)
    )


_COUNT_UP = {
    "sqlite": _upsert(sqlite.insert),
    "postgresql": _upsert(postgresql.insert),
}


def count_up(connection: sa.Connection, name: str, by: int = 1) -> int:
    """Add to a counter and answer its new value; the row is locked until the transaction ends."""
    statement = _COUNT_UP[connection.dialect.name]
    return int(statement.run(connection, {"name": name, "value": by}).scalar_one())


def paper_number(station: str, year: int, desk: str, value: int, *, series: str = "") -> str:
    """How a counter's value is written: `QR01-2026A-00412`, `QR01-R2026A-00007` for a series."""
    return f"{station}-{series}{year}{desk}-{value:05d}"


def next_number(unit: Unit, year: int, *, series: str = "") -> str:
    """The next number of a series at this desk, taken inside the unit of work."""
    desk = unit.station.desk
    value = count_up(unit.connection, f"{series}{year}{desk}")
    return paper_number(unit.station.code, year, desk, value, series=series)
