"""The whole file of a resident and its visits, for the copy a person may ask for. Never commits.

The services would make an entry in the audit for each part; handing over a copy is one deed.
"""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa

from desktop_app.core.ids import Uid
from desktop_app.ledgers.visits import store as visits
from desktop_app.ledgers.visits.rules.visit import Visit
from desktop_app.registers.residents import store as residents
from desktop_app.registers.residents.rules import Resident


def file(connection: sa.Connection, uid: Uid) -> Resident:
    """The whole file; `UserError` when there is none."""
    return residents.SHELF.need(connection, residents.kept_uid(connection, uid))


def files(connection: sa.Connection, uid: Uid) -> tuple[Uid, ...]:
    """The file and every one that was merged into it."""
    kept = residents.kept_uid(connection, uid)
    return (kept, *residents.merged_uids(connection, kept))


def visits_of(connection: sa.Connection, people: Sequence[Uid]) -> list[Visit]:
    """Every living visit of these files, the oldest first."""
    return sorted(visits.naming(connection, people), key=lambda visit: (visit.at, visit.number))
