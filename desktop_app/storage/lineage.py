"""What a database says of itself, changed: a restored copy goes on under another desk letter, a
renamed station under another name."""

from __future__ import annotations

from collections.abc import Mapping

import sqlalchemy as sa

from desktop_app.storage.session import Unit
from desktop_app.storage.tables import META


def start_lineage(unit: Unit, desk: str) -> None:
    """From the next opening on this database numbers with `desk` and has a lineage of its own."""
    _change(unit, {"desk": desk, "lineage": unit.new_uid().hex})


def rename_station(unit: Unit, name: str) -> None:
    """From the next opening on this database is the station's of that name; its code stays."""
    _change(unit, {"name": name})


def _change(unit: Unit, facts: Mapping[str, str]) -> None:
    for name, value in facts.items():
        unit.connection.execute(sa.update(META).where(META.c.name == name).values(value=value))
