"""Rows of templates as values, and back. Never commits."""

from __future__ import annotations

import sqlalchemy as sa

from desktop_app.core.clock import Millis
from desktop_app.core.ids import Uid
from desktop_app.station.exporting.rules.templates import Template
from desktop_app.station.exporting.tables import SHEET_TEMPLATE

_SHOWN = [column for column in SHEET_TEMPLATE.c if column.name != "content"]


def every(connection: sa.Connection) -> list[Template]:
    """The office's own templates by name, without their files."""
    query = sa.select(*_SHOWN).order_by(SHEET_TEMPLATE.c.name)
    return [_template(row) for row in connection.execute(query)]


def get(connection: sa.Connection, uid: Uid) -> Template | None:
    row = connection.execute(sa.select(*_SHOWN).where(SHEET_TEMPLATE.c.uid == uid)).first()
    return None if row is None else _template(row)


def content(connection: sa.Connection, uid: Uid) -> bytes | None:
    """The workbook itself."""
    query = sa.select(SHEET_TEMPLATE.c.content).where(SHEET_TEMPLATE.c.uid == uid)
    found = connection.execute(query).scalar()
    return None if found is None else bytes(found)


def put(connection: sa.Connection, value: Template, workbook: bytes) -> None:
    """A new template."""
    connection.execute(
        sa.insert(SHEET_TEMPLATE).values(
            uid=Uid(value.key),
            name=value.name,
            kind=value.kind,
            content=workbook,
            added_at=value.added_at,
            added_by_name=value.added_by,
        )
    )


def rename(connection: sa.Connection, uid: Uid, name: str) -> None:
    statement = sa.update(SHEET_TEMPLATE).where(SHEET_TEMPLATE.c.uid == uid)
    connection.execute(statement.values(name=name))


def remove(connection: sa.Connection, uid: Uid) -> None:
    connection.execute(sa.delete(SHEET_TEMPLATE).where(SHEET_TEMPLATE.c.uid == uid))


def _template(row: sa.Row[tuple[object, ...]]) -> Template:
    told = row._mapping
    return Template(
        key=told["uid"].hex,
        name=told["name"],
        kind=told["kind"],
        added_at=Millis(told["added_at"]),
        added_by=told["added_by_name"],
    )
