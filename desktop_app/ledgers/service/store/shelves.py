"""The shelves of service records and certificates: rows ↔ dataclasses. Never commits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, TypeVar

import sqlalchemy as sa

from desktop_app.core.ids import Uid
from desktop_app.core.record import Record, RecordKind
from desktop_app.ledgers.service.record import CERTIFICATES, SERVICE
from desktop_app.ledgers.service.rules.certificate import Certificate
from desktop_app.ledgers.service.rules.service_record import ServiceRecord
from desktop_app.ledgers.service.tables import CERTIFICATE, CONFIRMED, GIVEN, LISTED, OPEN
from desktop_app.ledgers.service.tables import SERVICE as SERVICE_TABLE
from desktop_app.registers.volunteers.store import VOLUNTEER, as_one
from desktop_app.storage.session import Unit
from desktop_app.storage.shelf import Shelf
from desktop_app.storage.tables import CHANGE

Connection = sa.Connection

R = TypeVar("R", bound=Record)


class _ServiceShelf(Shelf[ServiceRecord]):
    def derived(self, value: ServiceRecord) -> Mapping[str, Any]:
        return {"month": month_of(value.day)}


def month_of(day: date) -> str:
    """The month of a day as it is kept: `2026-11`."""
    return day.isoformat()[:7]


SHELF = _ServiceShelf(SERVICE, SERVICE_TABLE)
CERTIFICATE_SHELF = Shelf(CERTIFICATES, CERTIFICATE)

_c = SERVICE_TABLE.c


def to_change(connection: Connection, shelf: Shelf[R], uid: Uid) -> R:
    """One living record, locked until the transaction ends; a `UserError` when there is none.

    Whoever locks a volunteer, too, takes the volunteer first: two desks never wait for each other.
    """
    table = shelf.table
    connection.execute(sa.select(table.c.uid).where(table.c.uid == uid).with_for_update())
    return shelf.need(connection, uid)


def lock_volunteer(connection: Connection, volunteer: Uid) -> tuple[Uid, ...]:
    """Every volunteer who is this person, locked until the transaction ends: their time is given
    away by one desk at a time."""
    everyone = as_one(connection, volunteer)
    query = sa.select(VOLUNTEER.c.uid).where(VOLUNTEER.c.uid.in_(everyone))
    connection.execute(query.order_by(VOLUNTEER.c.uid).with_for_update())
    return everyone


def of_number(connection: Connection, shelf: Shelf[Any], number: str) -> Uid | None:
    """The living record of that number."""
    table = shelf.table
    query = sa.select(table.c.uid).where(sa.text(LISTED), table.c.number == number)
    found: Uid | None = connection.execute(query).scalar()
    return found


_A_DAY_MS = 24 * 60 * 60 * 1000


def beside(
    connection: Connection, volunteers: Sequence[Uid], start: int, end: int | None, day: date
) -> list[ServiceRecord]:
    """The living records of these volunteers that may share time or the business day with a span.

    No record lasts longer than a day, but one that has not ended.
    """
    soon = _c.started_at > start - _A_DAY_MS
    if end is not None:
        soon = sa.and_(soon, _c.started_at < end)
    query = sa.select(SERVICE_TABLE).where(
        sa.text(LISTED),
        _c.volunteer.in_(volunteers),
        sa.or_(soon, _c.day == day, _c.ended_at.is_(None)),
    )
    return SHELF.values(connection.execute(query.order_by(_c.started_at, _c.uid)).mappings())


def open_of(connection: Connection, volunteers: Sequence[Uid]) -> ServiceRecord | None:
    """The record of these volunteers that has not ended; the earliest where there are several."""
    query = sa.select(SERVICE_TABLE).where(sa.text(OPEN), _c.volunteer.in_(volunteers))
    found = connection.execute(query.order_by(_c.started_at, _c.uid).limit(1)).mappings().first()
    return None if found is None else SHELF.value(found)


def confirmed_of(
    connection: Connection, volunteers: Sequence[Uid], first: date, last: date
) -> list[ServiceRecord]:
    """What these volunteers served between two days, both included, as far as it is confirmed."""
    query = sa.select(SERVICE_TABLE).where(
        sa.text(CONFIRMED), _c.volunteer.in_(volunteers), _c.day >= first, _c.day <= last
    )
    return SHELF.values(connection.execute(query.order_by(_c.started_at, _c.uid)).mappings())


def all_of(connection: Connection, volunteers: Sequence[Uid]) -> list[ServiceRecord]:
    """Every living record of these volunteers, the earliest first."""
    query = sa.select(SERVICE_TABLE).where(sa.text(LISTED), _c.volunteer.in_(volunteers))
    return SHELF.values(connection.execute(query.order_by(_c.started_at, _c.uid)).mappings())


def linked(connection: Connection, link: str, uids: Sequence[Uid]) -> list[ServiceRecord]:
    """The living records that were part of these activities, attendances, posts, shifts or requests
    (`LINKS`), the earliest first."""
    if not uids:
        return []
    # Literal text, because SQLite uses a partial index only where it can prove its condition.
    living = sa.text(f"{LISTED} AND {link} IS NOT NULL")
    query = sa.select(SERVICE_TABLE).where(living, _c[link].in_(uids))
    return SHELF.values(connection.execute(query.order_by(_c.started_at, _c.uid)).mappings())


# --- certificates ---------------------------------------------------------------------------------


def certificates_of(connection: Connection, volunteers: Sequence[Uid]) -> list[Certificate]:
    """Every living certificate of these volunteers, void ones included, the earliest first."""
    query = sa.select(CERTIFICATE).where(sa.text(LISTED), CERTIFICATE.c.volunteer.in_(volunteers))
    return CERTIFICATE_SHELF.values(
        connection.execute(query.order_by(CERTIFICATE.c.uid)).mappings()
    )


def written_in(connection: Connection, record: ServiceRecord) -> str:
    """The number of a certificate, given and not void, that counts this record; or nothing."""
    query = sa.select(CERTIFICATE.c.number, CERTIFICATE.c.lines).where(
        sa.text(GIVEN),
        CERTIFICATE.c.volunteer.in_(as_one(connection, record.volunteer)),
        CERTIFICATE.c.first <= record.day,
        CERTIFICATE.c.last >= record.day,
    )
    for row in connection.execute(query.order_by(CERTIFICATE.c.uid)):
        if any(line["service"] == record.uid.hex for line in row.lines):
            return str(row.number)
    return ""


def forget_payloads(unit: Unit, kind: RecordKind[Any], uids: Sequence[Uid]) -> None:
    """Take earlier contents out of the change log; its digests and chain stay whole."""
    unit.connection.execute(
        sa.update(CHANGE)
        .where(CHANGE.c.kind == kind.name, CHANGE.c.uid.in_(uids))
        .values(payload=None)
    )
