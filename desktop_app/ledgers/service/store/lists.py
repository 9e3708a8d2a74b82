"""The queries behind the lists of service records and certificates. Never commits."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import fields
from datetime import date
from enum import Enum
from typing import Any, TypeVar

import sqlalchemy as sa

from desktop_app.core.codec import field_decoders
from desktop_app.ledgers.service.rules.listing import (
    CertificateFilter,
    CertificateLine,
    ServiceFilter,
    ServiceLine,
)
from desktop_app.ledgers.service.tables import (
    CERTIFICATE,
    GIVEN,
    LISTED,
    OPEN,
    SERVICE,
    UNCONFIRMED,
)
from desktop_app.storage.paging import FIRST, PAGE_SIZE, Order, Page, page

L = TypeVar("L")
Query = sa.Select[Any]

NEWEST = Order((SERVICE.c.day, SERVICE.c.uid), descending=True)
NEWEST_CERTIFICATES = Order((CERTIFICATE.c.applied_on, CERTIFICATE.c.uid), descending=True)


def _reader(table: sa.Table, cls: type[L]) -> tuple[Query, Callable[[sa.RowMapping], L]]:
    """The columns of a line, and what makes the line of a row."""
    enums = {
        name: decoder
        for name, decoder in field_decoders(cls).items()
        if isinstance(decoder, type) and issubclass(decoder, Enum)
    }
    names = [one.name for one in fields(cls)]  # type: ignore[arg-type]

    def line(row: sa.RowMapping) -> L:
        return cls(**{n: enums[n](row[n]) if n in enums else row[n] for n in names})

    return sa.select(*(table.c[name] for name in names)), line


_RECORDS, _record_line = _reader(SERVICE, ServiceLine)
_CERTIFICATES, _certificate_line = _reader(CERTIFICATE, CertificateLine)


def narrowed(wanted: ServiceFilter, today: date, found: Sequence[Any] = ()) -> Query:
    """The query of the list. `found` are the volunteers that `wanted.search` may mean."""
    c = SERVICE.c
    group = LISTED
    if wanted.forgotten:
        group = OPEN
    elif wanted.waiting:
        group = UNCONFIRMED
    query = _RECORDS.where(
        # Literal text, because SQLite uses a partial index only where it can prove its condition.
        sa.text(group),
        *(
            column == value
            for column, value in (
                (c.state, wanted.state),
                (c.source, wanted.source),
                (c.team, wanted.team),
                (c.activity, wanted.activity),
                (c.post, wanted.post),
                (c.request, wanted.request),
            )
            if value is not None
        ),
        *_days(c.day, wanted.since, wanted.until),
        *(c[name] == 1 for name in ("late", "good_deed") if getattr(wanted, name)),
    )
    if wanted.forgotten:
        query = query.where(c.day < today)
    if wanted.uploaded is not None:
        query = query.where(_there(c.uploaded_on, wanted.uploaded))
    if wanted.volunteers:
        query = query.where(c.volunteer.in_(wanted.volunteers))
    if wanted.chosen:
        query = query.where(c.uid.in_(wanted.chosen))
    if wanted.stations:
        query = query.where(c.station.in_(wanted.stations))
    if wanted.search:
        said = [c.number == wanted.search.upper(), c.title.contains(wanted.search, autoescape=True)]
        query = query.where(sa.or_(*said, c.volunteer.in_(list(found))))
    return query


def certificates_narrowed(wanted: CertificateFilter) -> Query:
    """The query of the register of certificates."""
    c = CERTIFICATE.c
    query = _CERTIFICATES.where(
        sa.text(GIVEN if wanted.given else LISTED), *_days(c.applied_on, wanted.since, wanted.until)
    )
    if wanted.state is not None:
        query = query.where(c.state == wanted.state)
    if wanted.volunteers:
        query = query.where(c.volunteer.in_(wanted.volunteers))
    if wanted.stations:
        query = query.where(c.station.in_(wanted.stations))
    if wanted.search:
        query = query.where(sa.or_(c.number == wanted.search.upper(), c.name == wanted.search))
    return query


def _days(
    column: sa.Column[Any], since: date | None, until: date | None
) -> list[sa.ColumnElement[bool]]:
    found = [] if since is None else [column >= since]
    return found if until is None else [*found, column <= until]


def _there(column: sa.Column[Any], there: bool) -> sa.ColumnElement[bool]:
    return column.is_not(None) if there else column.is_(None)


def record_lines(
    connection: sa.Connection, query: Query, cursor: str | None = FIRST, *, size: int = PAGE_SIZE
) -> Page[ServiceLine]:
    """One page of the service records, the newest on top."""
    return page(connection, query, NEWEST, cursor, size=size).map(_record_line)


def certificate_lines(
    connection: sa.Connection, query: Query, cursor: str | None = FIRST, *, size: int = PAGE_SIZE
) -> Page[CertificateLine]:
    """One page of the register of certificates, the newest on top."""
    return page(connection, query, NEWEST_CERTIFICATES, cursor, size=size).map(_certificate_line)
