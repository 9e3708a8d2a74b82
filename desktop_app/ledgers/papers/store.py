"""Kept papers and phrases in their tables: rows ↔ dataclasses, queries. Never commits."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa

from desktop_app.core.ids import Uid
from desktop_app.ledgers.papers.record import KIND
from desktop_app.ledgers.papers.record import PHRASE as PHRASE_KIND
from desktop_app.ledgers.papers.rules import Paper, Phrase
from desktop_app.ledgers.papers.tables import PAPER, PHRASE
from desktop_app.storage.paging import FIRST, PAGE_SIZE, Order, Page, page
from desktop_app.storage.session import Unit
from desktop_app.storage.shelf import Shelf
from desktop_app.storage.tables import CHANGE

SHELF = Shelf(KIND, PAPER)
PHRASES = Shelf(PHRASE_KIND, PHRASE)

_NEWEST_FIRST = Order((PAPER.c.created_at, PAPER.c.uid), descending=True)


def papers(
    connection: sa.Connection,
    *,
    report: str = "",
    cursor: str | None = FIRST,
    size: int = PAGE_SIZE,
) -> Page[Paper]:
    """One page of what was kept, the latest first; of one kind of report, if asked for."""
    query = sa.select(PAPER).where(PAPER.c.deleted_at.is_(None))
    if report:
        query = query.where(PAPER.c.report == report)
    return page(connection, query, _NEWEST_FIRST, cursor, size=size).map(SHELF.value)


def papers_of(
    connection: sa.Connection, report: str, about: Uid | None, period: str
) -> list[Paper]:
    """The papers of one kind about one record or one period, the latest first."""
    narrowed: Any = PAPER.c.about == about if about is not None else PAPER.c.period == period
    query = (
        sa.select(PAPER)
        .where(PAPER.c.report == report, narrowed, PAPER.c.deleted_at.is_(None))
        .order_by(PAPER.c.created_at.desc(), PAPER.c.uid.desc())
    )
    return SHELF.values(connection.execute(query).mappings())


def about(connection: sa.Connection, uids: Sequence[Uid], piles: Sequence[str] = ()) -> list[Paper]:
    """Every living paper about one of these records, the earliest first; of the kinds `piles` those
    of several records as well."""
    of_several = sa.and_(PAPER.c.report.in_(piles), PAPER.c.about.is_(None))
    which = sa.or_(PAPER.c.about.in_(uids), of_several) if piles else PAPER.c.about.in_(uids)
    query = sa.select(PAPER).where(which, PAPER.c.deleted_at.is_(None))
    return SHELF.values(connection.execute(query.order_by(PAPER.c.uid)).mappings())


def forget_payloads(unit: Unit, uids: Sequence[Uid]) -> None:
    """Take earlier contents out of the change log; its digests and chain stay whole."""
    unit.connection.execute(
        sa.update(CHANGE)
        .where(CHANGE.c.kind == KIND.name, CHANGE.c.uid.in_(uids))
        .values(payload=None)
    )


def issued(connection: sa.Connection, report: str, year: int) -> list[Uid]:
    """The records whose papers of one kind were kept in a year, in the order of their first."""
    query = (
        sa.select(PAPER.c.about)
        .where(
            PAPER.c.report == report,
            PAPER.c.about.is_not(None),
            PAPER.c.day >= date(year, 1, 1),
            PAPER.c.day <= date(year, 12, 31),
            PAPER.c.deleted_at.is_(None),
        )
        .group_by(PAPER.c.about)
        .order_by(sa.func.min(PAPER.c.created_at), PAPER.c.about)
    )
    return list(connection.execute(query).scalars())


def attached(connection: sa.Connection) -> set[str]:
    """The PDFs that kept papers point at, by their SHA-256 in hexadecimal."""
    query = sa.select(PAPER.c.sha256).where(PAPER.c.deleted_at.is_(None))
    return set(connection.execute(query).scalars())


def phrases(connection: sa.Connection, report: str) -> list[Phrase]:
    """The office's own sentences of one kind of report."""
    query = sa.select(PHRASE).where(PHRASE.c.report == report, PHRASE.c.deleted_at.is_(None))
    return PHRASES.values(connection.execute(query.order_by(PHRASE.c.name)).mappings())
