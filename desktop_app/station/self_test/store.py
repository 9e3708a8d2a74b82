"""The question of the self-test that only the database can answer."""

from __future__ import annotations

import sqlalchemy as sa


def cipher_version(connection: sa.Connection) -> str:
    """Which SQLCipher keeps the file; empty when the library does not encrypt at all."""
    row = connection.exec_driver_sql("PRAGMA cipher_version").first()
    return "" if row is None else str(row[0])
