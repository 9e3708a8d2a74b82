"""The sheets: who stands on them, one activity's or all. Never commits."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa

from desktop_app.core.codec import field_decoders
from desktop_app.core.ids import Uid
from desktop_app.ledgers.activities.record import ATTENDANCE as ATTENDANCE_KIND
from desktop_app.ledgers.activities.rules.activity import Group
from desktop_app.ledgers.activities.rules.attendance import Attendance, Source
from desktop_app.ledgers.activities.rules.listing import AttendanceFilter, AttendanceLine
from desktop_app.ledgers.activities.store.shelves import ATTENDANCE_SHELF
from desktop_app.ledgers.activities.tables import ACTIVITY, ATTENDANCE, LISTED
from desktop_app.storage.paging import FIRST, PAGE_SIZE, Order, Page, page
from desktop_app.storage.session import Unit
from desktop_app.storage.tables import CHANGE

SHEETS_NEWEST_FIRST = Order((ATTENDANCE.c.uid,), descending=True)

_GROUPS = {group.value: group for group in Group}
_SOURCES = {source.value: source for source in Source}

_SHEET_LISTED = sa.text(f"attendance.{LISTED}")

_OF_ACTIVITY = (
    sa.select(ATTENDANCE)
    .where(
        _SHEET_LISTED,
        ATTENDANCE.c.activity == sa.bindparam("of", type_=ATTENDANCE.c.activity.type),
    )
    .order_by(ATTENDANCE.c.uid)
)
_NAMESAKES = _OF_ACTIVITY.where(ATTENDANCE.c.name == sa.bindparam("name"))
_FILES = _OF_ACTIVITY.where(
    ATTENDANCE.c.resident.in_(
        sa.bindparam("files", type_=ATTENDANCE.c.resident.type, expanding=True)
    )
)


def sheet(connection: sa.Connection, activity: Uid) -> list[Attendance]:
    """Everybody on the sheet of an activity, in the order they came onto it."""
    return ATTENDANCE_SHELF.values(connection.execute(_OF_ACTIVITY, {"of": activity}).mappings())


def namesakes(
    connection: sa.Connection, activity: Uid, name: str, files: Sequence[Uid]
) -> list[Attendance]:
    """The rows of an activity that have this name or one of these files."""
    found = ATTENDANCE_SHELF.values(
        connection.execute(_NAMESAKES, {"of": activity, "name": name}).mappings()
    )
    if files:
        more = connection.execute(_FILES, {"of": activity, "files": list(files)}).mappings()
        known = {row.uid for row in found}
        found += [row for row in ATTENDANCE_SHELF.values(more) if row.uid not in known]
    return found


_NAMING = sa.select(ATTENDANCE).where(
    sa.text(f"attendance.{LISTED} AND attendance.resident IS NOT NULL"),
    ATTENDANCE.c.resident.in_(
        sa.bindparam("residents", type_=ATTENDANCE.c.resident.type, expanding=True)
    ),
)


def naming(connection: sa.Connection, residents: Sequence[Uid]) -> list[Attendance]:
    """Every living line that points at one of these files."""
    if not residents:
        return []
    found = connection.execute(_NAMING, {"residents": list(residents)})
    return ATTENDANCE_SHELF.values(found.mappings())


def forget_payloads(unit: Unit, rows: Sequence[Uid]) -> None:
    """Take earlier contents out of the change log; its digests and chain stay whole."""
    unit.connection.execute(
        sa.update(CHANGE)
        .where(CHANGE.c.kind == ATTENDANCE_KIND.name, CHANGE.c.uid.in_(rows))
        .values(payload=None)
    )


_JOINED = sa.select(
    *(
        ATTENDANCE.c[name]
        for name in field_decoders(AttendanceLine)
        if name not in ("number", "activity_name", "activity_kind", "day")
    ),
    ACTIVITY.c.number,
    ACTIVITY.c.name.label("activity_name"),
    ACTIVITY.c.kind.label("activity_kind"),
    ACTIVITY.c.day,
).join_from(ATTENDANCE, ACTIVITY, ACTIVITY.c.uid == ATTENDANCE.c.activity)


def attendance_lines(
    connection: sa.Connection,
    wanted: AttendanceFilter,
    cursor: str | None = FIRST,
    *,
    size: int = PAGE_SIZE,
) -> Page[AttendanceLine]:
    """One page over all sheets, who came onto one last on top."""
    query = _JOINED.where(_SHEET_LISTED)
    if wanted.residents:
        query = query.where(
            sa.text("attendance.resident IS NOT NULL"),
            ATTENDANCE.c.resident.in_(wanted.residents),
        )
    for column, value in (
        (ATTENDANCE.c.activity, wanted.activity),
        (ATTENDANCE.c.group, wanted.group),
    ):
        if value is not None:
            query = query.where(column == value)
    if wanted.present is not None:
        arrived = ATTENDANCE.c.arrived_at
        query = query.where(arrived.is_not(None) if wanted.present else arrived.is_(None))
    if wanted.since is not None:
        query = query.where(ACTIVITY.c.day >= wanted.since)
    if wanted.until is not None:
        query = query.where(ACTIVITY.c.day <= wanted.until)
    if wanted.search:
        query = query.where(
            sa.or_(ATTENDANCE.c.name == wanted.search, ACTIVITY.c.number == wanted.search.upper())
        )
    return page(connection, query, SHEETS_NEWEST_FIRST, cursor, size=size).map(_attendance_line)


def _attendance_line(row: sa.RowMapping) -> AttendanceLine:
    values = dict(row)
    values |= {"group": _GROUPS[row["group"]], "source": _SOURCES[row["source"]]}
    return AttendanceLine(**values)
