"""The tables of the visits ledger: columns, checks, and one index per filter and order.

No foreign keys: a bundle may bring a visit before the resident it points at.
"""

from __future__ import annotations

import sqlalchemy as sa

from desktop_app.core.handling import Handling
from desktop_app.core.satisfaction import Satisfaction
from desktop_app.core.text import NAME_LIMIT
from desktop_app.ledgers.visits.rules.visit import (
    LINE_LIMIT,
    MOST_PEOPLE,
    REMARK_LIMIT,
    RESULT_LIMIT,
    SUMMARY_LIMIT,
    EnteredFrom,
    VisitKind,
    VisitSource,
    VisitState,
)
from desktop_app.registers.matters.rules import CATEGORY_LIMIT
from desktop_app.registers.matters.rules import NAME_LIMIT as MATTER_NAME_LIMIT
from desktop_app.registers.residents.rules import DOOR_LIMIT, ResidentKind
from desktop_app.storage.base import (
    Day,
    Flag,
    Int,
    Json,
    Secret,
    SecretJson,
    UidType,
    choice,
    record_table,
    text,
)

LISTED = "deleted_at IS NULL AND petition = 0"
"""What a list may show. 信访渠道告知 is only ever counted (信访工作条例; domain 4d)."""

OPEN = f"{LISTED} AND closed_day IS NULL"

VISIT = record_table(
    "visit",
    text("number", 40),
    sa.Column("batch", UidType, nullable=False),
    sa.Column("leads", Flag, nullable=False),
    choice("kind", VisitKind),
    sa.Column("at", Int, nullable=False),
    sa.Column("day", Day, nullable=False),
    sa.Column("late_entry", Flag, nullable=False),
    choice("source", VisitSource),
    sa.Column("resident", UidType),
    text("name", NAME_LIMIT),
    sa.Column(
        "gender",
        Int,
        # GB/T 2261.1-2003.
        sa.CheckConstraint("gender IN (0, 1, 2, 9)", name="gender_known"),
        nullable=False,
    ),
    sa.Column("birth_year", Int),
    sa.Column(
        "people",
        Int,
        sa.CheckConstraint(f"people BETWEEN 1 AND {MOST_PEOPLE}", name="people_range"),
        nullable=False,
    ),
    sa.Column("phone", Secret, nullable=False),
    sa.Column("compound", UidType),
    text("building", DOOR_LIMIT),
    text("unit", DOOR_LIMIT),
    text("room", DOOR_LIMIT),
    choice("person_kind", ResidentKind, nullable=True),
    sa.Column("agent", SecretJson),
    sa.Column("representatives", SecretJson, nullable=False),
    sa.Column("matter", UidType),
    text("category", CATEGORY_LIMIT),
    text("matter_name", MATTER_NAME_LIMIT),
    text("summary", SUMMARY_LIMIT),
    choice("handling", Handling),
    sa.Column("limit_days", Int),
    sa.Column("limit_from", Day, nullable=False),
    sa.Column("due", Day),
    sa.Column("pauses", Json, nullable=False),
    sa.Column("notice_given", Flag, nullable=False),
    choice("state", VisitState),
    text("handed_to", LINE_LIMIT),
    sa.Column("handed_on", Day),
    text("external_number", LINE_LIMIT),
    text("result", RESULT_LIMIT),
    sa.Column("closed_at", Int),
    sa.Column("closed_day", Day),
    text("follow_up", RESULT_LIMIT),
    sa.Column("petition", Flag, nullable=False),
    sa.Column("urgent", SecretJson),
    sa.Column("first_clerk", UidType),
    text("first_clerk_name", NAME_LIMIT),
    sa.Column("registered_by", UidType),
    text("registered_by_name", NAME_LIMIT),
    sa.Column("merged_into", UidType),
    sa.Column("steps", Json, nullable=False),
    text("remark", REMARK_LIMIT),
)


def _index(name: str, *columns: str, where: str = LISTED) -> None:
    condition = sa.text(where)
    sa.Index(
        f"ix_visit_{name}",
        *(VISIT.c[column] for column in columns),
        sqlite_where=condition,
        postgresql_where=condition,
    )


sa.Index("uq_visit_number", VISIT.c.number, unique=True)
sa.Index("ix_visit_batch", VISIT.c.batch)
for _filter in ("state", "category", "handling", "source", "resident", "first_clerk", "name"):
    _index(_filter, _filter, "at", "uid")
_index("listed", "at", "uid")
# A street holds the visits of all its stations and looks at one of them.
_index("station", "station", "at", "uid")
_index("open", "at", "uid", where=OPEN)
_index("due", "due", "uid", where=OPEN)
# Figures count petitions too, and walk whole months: every column they read stands in the index.
_index(
    "counted",
    *("day", "leads", "people", "state", "handling", "late_entry", "petition", "closed_day"),
    *("matter", "deleted_at"),
    where="deleted_at IS NULL",
)
_index("late_entry", "at", "uid", where=f"{LISTED} AND late_entry = 1")
_index("closed", "closed_day", "due", where="deleted_at IS NULL AND state = 'closed'")

EVALUATION = record_table(
    "evaluation",
    sa.Column("visit", UidType, nullable=False),
    choice("level", Satisfaction),
    choice("entered_from", EnteredFrom),
    sa.Column("at", Int, nullable=False),
    sa.Column("day", Day, nullable=False),
)
sa.Index("uq_evaluation_visit", EVALUATION.c.visit, unique=True)
sa.Index("ix_evaluation_day", EVALUATION.c.day, EVALUATION.c.level)
