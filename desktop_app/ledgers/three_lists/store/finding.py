"""Problems and duties by what they point at and by whom they name. Never commits."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa

from desktop_app.core.ids import Uid
from desktop_app.ledgers.three_lists.record import DUTIES, PROBLEMS
from desktop_app.ledgers.three_lists.rules.duty import Duty
from desktop_app.ledgers.three_lists.rules.problem import Problem
from desktop_app.ledgers.three_lists.store.shelves import DUTY_SHELF, PROBLEM_SHELF
from desktop_app.ledgers.three_lists.tables import DUTY, LISTED, PROBLEM
from desktop_app.storage.session import Unit
from desktop_app.storage.tables import CHANGE

LINKS = ("request", "visit", "activity", "resolution")
"""What a problem may have come of."""


def linked(connection: sa.Connection, link: str, uids: Sequence[Uid]) -> list[Problem]:
    """The living problems that came of these requests, visits, activities or resolutions
    (`LINKS`), in the order they were raised."""
    if not uids:
        return []
    # Literal text, because SQLite uses a partial index only where it can prove its condition.
    living = sa.text(f"{LISTED} AND {link} IS NOT NULL")
    query = sa.select(PROBLEM).where(living, PROBLEM.c[link].in_(uids)).order_by(PROBLEM.c.uid)
    return PROBLEM_SHELF.values(connection.execute(query).mappings())


def served_by(connection: sa.Connection, activity: Uid) -> list[Duty]:
    """The living duties that this activity served, in the order they were made."""
    # The only thing ever looked for inside the list; a station has some thousand duties at most.
    named = sa.cast(DUTY.c.activities, sa.Text).like(f"%{activity.hex}%")
    query = sa.select(DUTY).where(sa.text(LISTED), named).order_by(DUTY.c.uid)
    return DUTY_SHELF.values(connection.execute(query).mappings())


def raised_by(connection: sa.Connection, name: str, phones: Sequence[str]) -> list[Problem]:
    """The living problems that somebody of this name raised who gave one of these numbers."""
    query = sa.select(PROBLEM).where(sa.text(LISTED), PROBLEM.c.raiser == name)
    found = PROBLEM_SHELF.values(connection.execute(query).mappings())
    return [one for one in found if one.raiser_phone and one.raiser_phone in phones]


def forget_payloads(unit: Unit, problems: Sequence[Uid], duties: Sequence[Uid]) -> None:
    """Take earlier contents out of the change log; its digests and chain stay whole."""
    for kind, uids in ((PROBLEMS, problems), (DUTIES, duties)):
        unit.connection.execute(
            sa.update(CHANGE)
            .where(CHANGE.c.kind == kind.name, CHANGE.c.uid.in_(uids))
            .values(payload=None)
        )
