"""Numbers for paper: `<station>-<year><desk letter>-<5 digits>`, unique, never used twice."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from desktop_app.storage.session import Unit
from desktop_app.storage.tables import COUNTER


def count_up(connection: sa.Connection, name: str, by: int = 1) -> int:
    """Add to a counter and answer its new value; the row is locked until the transaction ends."""
    insert = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    statement = (
        insert(COUNTER)
        .values(name=name, value=by)
        .on_conflict_do_update(
            index_elements=[COUNTER.c.name], set_={"value": COUNTER.c.value + by}
        )
        .returning(COUNTER.c.value)
    )
    return int(connection.execute(statement).scalar_one())


def paper_number(station: str, year: int, desk: str, value: int, *, series: str = "") -> str:
    """How a counter's value is written: `QR01-2026A-00412`, `QR01-R2026A-00007` for a series."""
    return f"{station}-{series}{year}{desk}-{value:05d}"


def next_number(unit: Unit, year: int, *, series: str = "") -> str:
    """The next number of a series at this desk, taken inside the unit of work."""
    desk = unit.station.desk
    value = count_up(unit.connection, f"{series}{year}{desk}")
    return paper_number(unit.station.code, year, desk, value, series=series)
