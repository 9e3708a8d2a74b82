"""The tables of the activities ledger: columns, checks, and one index per filter and order.

No foreign keys: a bundle may bring a line of attendance before its activity.
"""

from __future__ import annotations

import sqlalchemy as sa

from desktop_app.core.text import NAME_LIMIT as PERSON_LIMIT
from desktop_app.ledgers.activities.rules.activity import (
    KIND_LIMIT,
    LINE_LIMIT,
    MOST_EXPECTED,
    NAME_LIMIT,
    TEXT_LIMIT,
    ActivityState,
    Group,
)
from desktop_app.ledgers.activities.rules.attendance import (
    ABSENT_LIMIT,
    REMARK_LIMIT,
    UNIT_LIMIT,
    Source,
)
from desktop_app.storage.base import (
    Day,
    Flag,
    Int,
    Json,
    Secret,
    Text,
    UidType,
    choice,
    record_table,
    text,
)

LISTED = "deleted_at IS NULL"
HELD = f"{LISTED} AND state IN ('running', 'to_record', 'to_review', 'archived')"
UNREVIEWED = f"{LISTED} AND state IN ('running', 'to_record', 'to_review')"
UNRECORDED = f"{LISTED} AND state IN ('planned', 'open', 'running', 'to_record')"

ACTIVITY = record_table(
    "activity",
    text("number", 40),
    text("kind", KIND_LIMIT),
    sa.Column("meeting", Flag, nullable=False),
    text("name", NAME_LIMIT),
    text("brand", LINE_LIMIT),
    sa.Column("starts_at", Int, nullable=False),
    sa.Column("ends_at", Int, nullable=False),
    sa.Column("day", Day, nullable=False),
    sa.Column("late_entry", Flag, nullable=False),
    sa.Column("place", UidType),
    text("place_words", LINE_LIMIT),
    text("organiser", LINE_LIMIT),
    text("undertaker", LINE_LIMIT),
    text("co_organiser", LINE_LIMIT),
    sa.Column("partners", Json, nullable=False),
    text("host", LINE_LIMIT),
    sa.Column(
        "expected",
        Int,
        sa.CheckConstraint(f"expected BETWEEN 0 AND {MOST_EXPECTED}", name="expected_range"),
    ),
    text("agenda", TEXT_LIMIT),
    choice("state", ActivityState),
    text("summary", TEXT_LIMIT),
    text("outcome", TEXT_LIMIT),
    text("next_steps", TEXT_LIMIT),
    sa.Column("served", Int),
    sa.Column("resolutions", Json, nullable=False),
    sa.Column("solved", Json, nullable=False),
    sa.Column("reviews", Json, nullable=False),
    sa.Column("disclosed_on", Day),
    text("disclosed_at", LINE_LIMIT),
    sa.Column("funds", Json, nullable=False),
    text("media", TEXT_LIMIT),
    sa.Column("photos", Json, nullable=False),
    sa.Column("corrections", Json, nullable=False),
    text("recorder", LINE_LIMIT),
    sa.Column("recorded_by", UidType),
    sa.Column("recorded_on", Day),
    text("reviewer", LINE_LIMIT),
    sa.Column("reviewed_by", UidType),
    sa.Column("reviewed_on", Day),
    sa.Column("series", UidType),
    sa.Column("occurrence", Int, nullable=False),
    sa.Column("repeat", Json),
    sa.Column("copied_from", UidType),
    sa.Column("planned_by", UidType),
    text("planned_by_name", PERSON_LIMIT),
    sa.Column("steps", Json, nullable=False),
    text("remark", TEXT_LIMIT),
    # Derived from the record, for counting in SQL: items solved, photos, numbers put right.
    sa.Column("solved_count", Int, nullable=False),
    sa.Column("photo_count", Int, nullable=False),
    *(sa.Column(f"{group.value}_stated", Int) for group in Group),
)


def _index(name: str, *columns: str, where: str = LISTED) -> None:
    condition = sa.text(where)
    sa.Index(
        f"ix_activity_{name}",
        *(ACTIVITY.c[column] for column in columns),
        sqlite_where=condition,
        postgresql_where=condition,
    )


sa.Index("uq_activity_number", ACTIVITY.c.number, unique=True)
for _filter in ("state", "kind", "name"):
    _index(_filter, _filter, "starts_at", "uid")
_index("listed", "starts_at", "uid")
_index("day", "day", "starts_at", "uid")
_index("held", "starts_at", "uid", where=HELD)
_index("unreviewed", "starts_at", "uid", where=UNREVIEWED)
_index("unrecorded", "starts_at", "uid", where=UNRECORDED)
_index("late_entry", "starts_at", "uid", where=f"{LISTED} AND late_entry = 1")
_index("series", "series", "occurrence", where="series IS NOT NULL")

ATTENDANCE = record_table(
    "attendance",
    sa.Column("activity", UidType, nullable=False),
    sa.Column("resident", UidType),
    text("name", PERSON_LIMIT),
    # By hand, because the name is a word of SQL.
    sa.Column(
        "group",
        Text,
        sa.CheckConstraint(
            f'"group" IN ({", ".join(repr(group.value) for group in Group)})', name="group_known"
        ),
        nullable=False,
    ),
    text("unit", UNIT_LIMIT),
    sa.Column("phone", Secret, nullable=False),
    sa.Column("signed_up_at", Int),
    sa.Column("arrived_at", Int),
    sa.Column("left_at", Int),
    choice("source", Source),
    text("absent_reason", ABSENT_LIMIT),
    text("remark", REMARK_LIMIT),
)


def _attendance_index(name: str, *columns: str, where: str = LISTED) -> None:
    condition = sa.text(where)
    sa.Index(
        f"ix_attendance_{name}",
        *(ATTENDANCE.c[column] for column in columns),
        sqlite_where=condition,
        postgresql_where=condition,
    )


_attendance_index("listed", "uid")
_attendance_index("name", "name", "uid")
_attendance_index("person", "activity", "name")
# Counting walks whole months of sheets: every column it reads stands in the index.
_attendance_index("counted", "activity", "group", "arrived_at")
_attendance_index("resident", "resident", "uid", where=f"{LISTED} AND resident IS NOT NULL")
