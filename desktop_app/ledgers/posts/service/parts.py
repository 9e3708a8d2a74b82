"""What several use cases share: records as seen, the moment, one person's volunteers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from desktop_app.core.errors import Conflict
from desktop_app.core.ids import Uid
from desktop_app.core.record import Record
from desktop_app.core.steps import Moment
from desktop_app.ledgers.posts import store
from desktop_app.ledgers.posts.record import CLAIMS, POSTS, SHIFTS
from desktop_app.ledgers.posts.rules.roster import Person
from desktop_app.registers.volunteers import store as volunteers
from desktop_app.storage.session import Unit
from desktop_app.storage.shelf import Shelf

R = TypeVar("R", bound=Record)

ALL_KINDS = frozenset({POSTS.name, CLAIMS.name, SHIFTS.name})


def moment(unit: Unit) -> Moment:
    """Now, at this seat."""
    return Moment(unit.now, unit.zone.day(unit.now), unit.actor.name, unit.actor.uid)


def seen(unit: Unit, shelf: Shelf[R], uid: Uid, revision: int | None) -> R:
    """The record as the clerk saw it, locked until the unit ends; `Conflict` when it has changed
    since. Without a revision: as it is now."""
    record = store.to_change(unit.connection, shelf, uid)
    if revision not in (None, record.revision):
        raise Conflict(shelf.kind.label)
    return record


def locked_people(unit: Unit, uids: Iterable[Uid]) -> Mapping[Uid, tuple[Uid, ...]]:
    """Everybody's volunteers (the one that is kept first, then those merged into it), and the kept
    ones locked, so that no other desk plans the same person at this moment.

    A volunteer who has not come to this database is one alone.
    """
    connection = unit.connection
    found = {uid: volunteers.as_one(connection, uid) for uid in set(uids)}
    for kept in sorted({same[0] for same in found.values()}):
        if volunteers.SHELF.get(connection, kept) is not None:
            volunteers.to_change(connection, volunteers.SHELF, kept)
    return found


def people(connection: Any, uids: Iterable[Uid]) -> dict[Uid, Person]:
    """Whom these uids mean, as a roster names them."""
    return {
        uid: Person(name.uid, name.number, name.name)
        for uid, name in volunteers.names(connection, uids).items()
    }
