"""Secrets that a station keeps for itself: made once, at first need, and never shown.

A code on a certificate is made with one. It lies in the database, sealed where the database is not
itself encrypted, so that a backup brings it along and a bundle does not.
"""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from desktop_app.core.ids import random_bytes
from desktop_app.storage.session import Unit
from desktop_app.storage.tables import STATION_SECRET

SECRET_BYTES = 32


def secret_for(unit: Unit, purpose: str) -> bytes:
    """The secret for a purpose; the first time it is made, as part of the unit of work."""
    insert = postgresql.insert if unit.connection.dialect.name == "postgresql" else sqlite.insert
    fresh = insert(STATION_SECRET).values(purpose=purpose, value=random_bytes(SECRET_BYTES).hex())
    # Two desks may need it at the same moment: the one that comes second takes the first one's.
    unit.connection.execute(fresh.on_conflict_do_nothing())
    found = known_secret(unit.connection, purpose)
    assert found is not None, "it has just been made"
    return found


def known_secret(connection: sa.Connection, purpose: str) -> bytes | None:
    """The secret for a purpose; None while nothing was ever made with it."""
    query = sa.select(STATION_SECRET.c.value).where(STATION_SECRET.c.purpose == purpose)
    value: str | None = connection.execute(query).scalar()
    return None if value is None else bytes.fromhex(value)
