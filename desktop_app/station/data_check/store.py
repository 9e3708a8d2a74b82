"""The questions of the data check that span all tables."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from desktop_app.storage.shelf import Shelf

_DIFFERING = """
SELECT count(*) FROM (
  SELECT uid, max(revision) AS revision FROM change WHERE kind = :kind GROUP BY uid
) AS logged
FULL OUTER JOIN {table} AS kept ON kept.uid = logged.uid
WHERE (logged.uid IS NULL AND (kept.station = :own OR :own = ''))
  OR kept.revision <> logged.revision
  OR (kept.uid IS NULL AND NOT EXISTS (
    SELECT 1 FROM change WHERE change.uid = logged.uid AND length(change.salt) = 0))
"""
# Without a salt is an entry that came back from the street; it did not have every row itself.


def count_differing(connection: sa.Connection, shelf: Shelf[Any], own: str = "") -> int:
    """How many records are not what the change log says was saved last, or are missing.

    With `own` only the records of that office: a street has its stations' rows beside its own.
    """
    query = sa.text(_DIFFERING.format(table=shelf.table.name))
    return int(connection.execute(query, {"kind": shelf.kind.name, "own": own}).scalar_one())


def broken_reference(connection: sa.Connection) -> str | None:
    """The table of the first row that points at nothing; a server never lets one in."""
    if connection.dialect.name != "sqlite":
        return None
    row = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
    return None if row is None else str(row[0])
