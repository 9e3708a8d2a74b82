"""A database's line of descent: a restored copy goes on under another desk letter."""

from __future__ import annotations

import sqlalchemy as sa

from desktop_app.storage.session import Unit
from desktop_app.storage.tables import META


def start_lineage(unit: Unit, desk: str) -> None:
    """From the next opening on this database numbers with `desk` and has a lineage of its own."""
    facts = {"desk": desk, "lineage": unit.new_uid().hex}
    for name, value in facts.items():
        unit.connection.execute(sa.update(META).where(META.c.name == name).values(value=value))
