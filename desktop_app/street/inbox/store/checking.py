"""The questions of the data check about what stations sent. Never commits."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa

from desktop_app.storage.shelf import Shelf
from desktop_app.street.inbox.tables import RECEIVED

Connection = sa.Connection

_CHUNK = 5000

_DIFFERING = """
SELECT count(*) FROM (
  SELECT told.uid, told.station, told.op, told.revision FROM received AS told
  JOIN (
    SELECT station, max(n) AS n FROM received
    WHERE kind = :kind AND uid IS NOT NULL GROUP BY station, uid
  ) AS newest ON newest.station = told.station AND newest.n = told.n
) AS logged
FULL OUTER JOIN {table} AS kept ON kept.uid = logged.uid
WHERE (logged.uid IS NOT NULL OR kept.station <> :own) AND NOT EXISTS (
  SELECT 1 FROM parked WHERE parked.kind = :kind
  AND parked.uid = coalesce(logged.uid, kept.uid)
) AND (
  logged.uid IS NULL
  OR (kept.uid IS NOT NULL AND kept.station <> logged.station)
  OR (logged.op = 'put' AND (
    kept.uid IS NULL OR kept.revision <> logged.revision OR kept.deleted_at IS NOT NULL))
  OR (logged.op = 'delete' AND kept.uid IS NOT NULL AND kept.deleted_at IS NULL)
  OR (logged.op = 'withheld' AND kept.uid IS NOT NULL)
)
"""


def count_differing(connection: Connection, shelf: Shelf[Any], own: str) -> int:
    """How many rows of stations are not what their logs say came last, or are missing; what is
    parked may be anything. `own` is the street, whose own rows are no station's."""
    query = sa.text(_DIFFERING.format(table=shelf.table.name))
    return int(connection.execute(query, {"kind": shelf.kind.name, "own": own}).scalar_one())


_IN_ORDER = (
    sa.select(RECEIVED.c.n, RECEIVED.c.digest, RECEIVED.c.hash)
    .where(RECEIVED.c.station == sa.bindparam("station"), RECEIVED.c.n > sa.bindparam("last"))
    .order_by(RECEIVED.c.n)
    .limit(_CHUNK)
)


def in_order(connection: Connection, station: str) -> Iterator[tuple[int, bytes, bytes]]:
    """A station's changes: number, digest and the chain's hash after it."""
    last = 0
    while rows := connection.execute(_IN_ORDER, {"station": station, "last": last}).all():
        for row in rows:
            yield row.n, bytes(row.digest), bytes(row.hash)
        last = rows[-1].n
