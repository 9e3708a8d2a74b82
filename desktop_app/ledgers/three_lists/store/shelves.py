"""The shelves of the three lists: rows ↔ dataclasses. Never commits."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any, TypeVar

import sqlalchemy as sa

from desktop_app.core.ids import Uid
from desktop_app.core.record import Record
from desktop_app.ledgers.three_lists.record import DUTIES, OFFERS, PROBLEMS
from desktop_app.ledgers.three_lists.rules.duty import Duty
from desktop_app.ledgers.three_lists.rules.offer import Offer, free_of
from desktop_app.ledgers.three_lists.rules.problem import Problem
from desktop_app.ledgers.three_lists.tables import DUTY, LISTED, OFFER, PROBLEM
from desktop_app.storage.shelf import Shelf

Connection = sa.Connection

R = TypeVar("R", bound=Record)


class _ProblemShelf(Shelf[Problem]):
    def derived(self, value: Problem) -> Mapping[str, Any]:
        return {"photo_count": len(value.photos)}


class _OfferShelf(Shelf[Offer]):
    def derived(self, value: Offer) -> Mapping[str, Any]:
        return {
            "areas": " ".join(sorted(uid.hex for uid in value.compounds)),
            "free": free_of(value.amount, value.promised),
        }


class _DutyShelf(Shelf[Duty]):
    def derived(self, value: Duty) -> Mapping[str, Any]:
        pictures = len(value.evidence) + (value.confirmation is not None)
        return {"extended": len(value.extensions), "photo_count": pictures}


PROBLEM_SHELF = _ProblemShelf(PROBLEMS, PROBLEM)
OFFER_SHELF = _OfferShelf(OFFERS, OFFER)
DUTY_SHELF = _DutyShelf(DUTIES, DUTY)


def to_change(connection: Connection, shelf: Shelf[R], uid: Uid) -> R:
    """One living record, locked until the transaction ends; a `UserError` when there is none.

    Whoever locks several takes the problem first, then the offer, then its duties: two desks of a
    hall then never wait for each other.
    """
    table = shelf.table
    connection.execute(sa.select(table.c.uid).where(table.c.uid == uid).with_for_update())
    return shelf.need(connection, uid)


def of_number(connection: Connection, shelf: Shelf[Any], number: str) -> Uid | None:
    """The living record of that number."""
    table = shelf.table
    query = sa.select(table.c.uid).where(sa.text(LISTED), table.c.number == number)
    found: Uid | None = connection.execute(query).scalar()
    return found


def duties_of(connection: Connection, problem: Uid) -> list[Duty]:
    """Every duty of a problem, in the order they were made."""
    query = sa.select(DUTY).where(sa.text(LISTED), DUTY.c.problem == problem).order_by(DUTY.c.uid)
    return DUTY_SHELF.values(connection.execute(query).mappings())


def duties_on(connection: Connection, offer: Uid) -> list[Duty]:
    """Every duty that takes or took something of an offer, in the order they were made."""
    query = sa.select(DUTY).where(sa.text(LISTED), DUTY.c.offer == offer).order_by(DUTY.c.uid)
    return DUTY_SHELF.values(connection.execute(query).mappings())


def merged_into(connection: Connection, problem: Uid) -> list[Problem]:
    """The problems that were merged into this one, in the order they were raised."""
    query = (
        sa.select(PROBLEM)
        .where(sa.text(LISTED), PROBLEM.c.merged_into == problem)
        .order_by(PROBLEM.c.raised_on, PROBLEM.c.uid)
    )
    return PROBLEM_SHELF.values(connection.execute(query).mappings())


_PICTURED = ("photos", "evidence", "confirmation")


def attached(
    connection: Connection, station: str = "", fields: Collection[str] = _PICTURED
) -> set[str]:
    """The attachments that living problems and duties point at, of one station or of all, by their
    SHA-256 in hexadecimal; only what stands in one of these fields."""
    found: set[str] = set()
    for table in (PROBLEM, DUTY):
        columns = [table.c[name] for name in _PICTURED if name in fields and name in table.c]
        if not columns:
            continue
        query = sa.select(*columns)
        query = query.where(sa.text(LISTED), table.c.photo_count > 0)
        if station:
            query = query.where(table.c.station == station)
        for row in connection.execute(query):
            found |= {photo["sha256"] for value in row for photo in _photos(value)}
    return found


def _photos(value: Any) -> Sequence[Any]:
    if value is None:
        return ()
    return value if isinstance(value, list) else (value,)
