"""The shelves of posts, claims and shifts: rows ↔ dataclasses, and who is locked. Never commits."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, TypeVar

import sqlalchemy as sa

from desktop_app.core.clock import Millis
from desktop_app.core.ids import Uid
from desktop_app.core.record import Record, RecordKind
from desktop_app.ledgers.posts.record import CLAIMS, POSTS, SHIFTS
from desktop_app.ledgers.posts.rules.claim import Claim
from desktop_app.ledgers.posts.rules.post import Post
from desktop_app.ledgers.posts.rules.shift import Shift
from desktop_app.ledgers.posts.tables import (
    CLAIM,
    HOLDING_SHIFT,
    LISTED,
    LIVE_CLAIM,
    POST,
    SHIFT,
)
from desktop_app.storage.session import Unit
from desktop_app.storage.shelf import Shelf
from desktop_app.storage.tables import CHANGE

Connection = sa.Connection

R = TypeVar("R", bound=Record)

POST_SHELF: Shelf[Post] = Shelf(POSTS, POST)
CLAIM_SHELF: Shelf[Claim] = Shelf(CLAIMS, CLAIM)
SHIFT_SHELF: Shelf[Shift] = Shelf(SHIFTS, SHIFT)


def to_change(connection: Connection, shelf: Shelf[R], uid: Uid) -> R:
    """One living record, locked until the transaction ends; a `UserError` when there is none.

    Whoever locks several takes the post first, then volunteers in the order of their uids, then
    claims and shifts: two desks of a hall then never wait for each other.
    """
    table = shelf.table
    connection.execute(sa.select(table.c.uid).where(table.c.uid == uid).with_for_update())
    return shelf.need(connection, uid)


def of_number(connection: Connection, number: str) -> Uid | None:
    """The living post of that number."""
    query = sa.select(POST.c.uid).where(sa.text(LISTED), POST.c.number == number)
    found: Uid | None = connection.execute(query).scalar()
    return found


def named(connection: Connection, name: str) -> list[Post]:
    """The living posts that are called exactly so, in the order they were set up."""
    query = sa.select(POST).where(sa.text(LISTED), POST.c.name == name).order_by(POST.c.uid)
    return POST_SHELF.values(connection.execute(query).mappings())


def posts(connection: Connection, stations: Sequence[str] = ()) -> list[Post]:
    """Every living post, by number; a station has some dozens."""
    query = sa.select(POST).where(sa.text(LISTED)).order_by(POST.c.number, POST.c.uid)
    if stations:
        query = query.where(POST.c.station.in_(stations))
    return POST_SHELF.values(connection.execute(query).mappings())


def live_claims(connection: Connection, post: Uid | None = None) -> list[Claim]:
    """The claims of a post, or of all, that are not over, in the order they were made: who waits
    longest stands first."""
    query = sa.select(CLAIM).where(sa.text(LIVE_CLAIM))
    if post is not None:
        query = query.where(CLAIM.c.post == post)
    return CLAIM_SHELF.values(connection.execute(query.order_by(CLAIM.c.uid)).mappings())


def used(connection: Connection, post: Uid) -> bool:
    """Whether any living claim or shift is of this post, over or not."""
    return any(
        connection.execute(
            sa.select(table.c.uid).where(sa.text(LISTED), table.c.post == post).limit(1)
        ).first()
        for table in (CLAIM, SHIFT)
    )


def holding(
    connection: Connection, volunteers: Sequence[Uid], starts_at: Millis, ends_at: Millis
) -> list[Shift]:
    """The shifts that hold these volunteers at some moment of that time, the earliest first."""
    query = sa.select(SHIFT).where(
        sa.text(HOLDING_SHIFT),
        SHIFT.c.volunteer.in_(volunteers),
        SHIFT.c.starts_at < ends_at,
        SHIFT.c.ends_at > starts_at,
    )
    return _shifts(connection, query)


def shift_at(
    connection: Connection, volunteers: Sequence[Uid], at: Millis, *, early: int = 0
) -> Shift | None:
    """The shift that holds one person (all their volunteers) at that moment, or begins within
    `early` milliseconds: what a sign-in serves. None when there is none."""
    found = holding(connection, volunteers, at, Millis(at + early + 1))
    return found[0] if found else None


def holding_at(connection: Connection, at: Millis) -> list[Shift]:
    """Every shift that goes on at that moment."""
    query = sa.select(SHIFT).where(
        sa.text(HOLDING_SHIFT), SHIFT.c.starts_at <= at, SHIFT.c.ends_at > at
    )
    return _shifts(connection, query)


def shifts_between(connection: Connection, first: date, last: date) -> list[Shift]:
    """Every living shift that begins on these days or the day before the first, from which it may
    last into them."""
    query = sa.select(SHIFT).where(
        sa.text(LISTED), SHIFT.c.day >= first - timedelta(days=1), SHIFT.c.day <= last
    )
    return _shifts(connection, query)


def shifts_of(
    connection: Connection, volunteers: Sequence[Uid], first: date, last: date
) -> list[Shift]:
    """Every living shift of these volunteers that begins on these days."""
    query = sa.select(SHIFT).where(
        sa.text(LISTED),
        SHIFT.c.volunteer.in_(volunteers),
        SHIFT.c.day >= first,
        SHIFT.c.day <= last,
    )
    return _shifts(connection, query)


def planned_from(connection: Connection, post: Uid, at: Millis) -> list[Shift]:
    """The shifts of a post that are planned and have not begun."""
    query = sa.select(SHIFT).where(
        sa.text(LISTED), SHIFT.c.post == post, SHIFT.c.state == "planned", SHIFT.c.starts_at > at
    )
    return _shifts(connection, query)


def with_service(connection: Connection, service: Uid) -> list[Shift]:
    """The living shifts whose minutes stand in that service record."""
    query = sa.select(SHIFT).where(
        sa.text(f"{LISTED} AND service IS NOT NULL"), SHIFT.c.service == service
    )
    return _shifts(connection, query)


def _shifts(connection: Connection, query: sa.Select[Any]) -> list[Shift]:
    ordered = query.order_by(SHIFT.c.starts_at, SHIFT.c.uid)
    return SHIFT_SHELF.values(connection.execute(ordered).mappings())


def of_volunteers(
    connection: Connection, volunteers: Sequence[Uid]
) -> tuple[list[Claim], list[Shift]]:
    """Every living claim and shift of these volunteers, in the order they were made."""
    if not volunteers:
        return [], []
    claims = sa.select(CLAIM).where(sa.text(LISTED), CLAIM.c.volunteer.in_(volunteers))
    shifts = sa.select(SHIFT).where(sa.text(LISTED), SHIFT.c.volunteer.in_(volunteers))
    return (
        CLAIM_SHELF.values(connection.execute(claims.order_by(CLAIM.c.uid)).mappings()),
        _shifts(connection, shifts),
    )


def forget_payloads(unit: Unit, kind: RecordKind[Any], uids: Sequence[Uid]) -> None:
    """Take earlier contents out of the change log; its digests and chain stay whole."""
    unit.connection.execute(
        sa.update(CHANGE)
        .where(CHANGE.c.kind == kind.name, CHANGE.c.uid.in_(uids))
        .values(payload=None)
    )
