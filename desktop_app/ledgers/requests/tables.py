"""The tables of the requests ledger: columns, checks, and one index per filter and order.

No foreign keys: a bundle may bring a request before the visit or resident it points at.
"""

from __future__ import annotations

import sqlalchemy as sa

from desktop_app.core.origin import Source, Urgency
from desktop_app.core.satisfaction import Satisfaction
from desktop_app.core.text import NAME_LIMIT
from desktop_app.ledgers.requests.rules.request import (
    LINE_LIMIT,
    REMARK_LIMIT,
    RESULT_LIMIT,
    SUMMARY_LIMIT,
    TITLE_LIMIT,
    DisputeStage,
    EnteredFrom,
    RequestKind,
    RequestState,
)
from desktop_app.registers.matters.rules import CATEGORY_LIMIT
from desktop_app.registers.residents.rules import DOOR_LIMIT
from desktop_app.storage.base import (
    Day,
    Flag,
    Int,
    Json,
    Secret,
    UidType,
    choice,
    record_table,
    text,
)

LISTED = "deleted_at IS NULL AND petition = 0"
"""What a list may show. 信访渠道告知 is only ever counted (信访工作条例; domain 4d)."""

OPEN = f"{LISTED} AND closed_day IS NULL"
WAITING = f"{OPEN} AND done_on IS NULL"
"""Not done yet: only then a limit can run out."""

ENDED = "deleted_at IS NULL AND state = 'closed'"
ESCALATED = f"{LISTED} AND escalated_on IS NOT NULL"
DISPUTES = f"{LISTED} AND dispute_stage IS NOT NULL"
LATE = f"{LISTED} AND late_entry = 1"

REQUEST = record_table(
    "request",
    text("number", 40),
    choice("kind", RequestKind),
    choice("source", Source),
    sa.Column("at", Int, nullable=False),
    sa.Column("day", Day, nullable=False),
    sa.Column("late_entry", Flag, nullable=False),
    text("platform", LINE_LIMIT),
    text("external_number", LINE_LIMIT),
    sa.Column("visit", UidType),
    sa.Column("activity", UidType),
    sa.Column("resolution", UidType),
    sa.Column("resident", UidType),
    text("name", NAME_LIMIT),
    sa.Column("phone", Secret, nullable=False),
    sa.Column("compound", UidType),
    text("building", DOOR_LIMIT),
    text("unit", DOOR_LIMIT),
    text("room", DOOR_LIMIT),
    sa.Column("consented", Flag, nullable=False),
    text("category", CATEGORY_LIMIT),
    text("title", TITLE_LIMIT),
    text("summary", SUMMARY_LIMIT),
    choice("urgency", Urgency),
    choice("dispute_stage", DisputeStage, nullable=True),
    choice("state", RequestState),
    sa.Column("assignee", Json),
    # Derived from it: who is asked for what was given to him.
    sa.Column("assignee_uid", UidType),
    sa.Column("limit_days", Int),
    sa.Column("limit_from", Day, nullable=False),
    sa.Column("due", Day),
    sa.Column("pauses", Json, nullable=False),
    sa.Column("dispatched_on", Day),
    text("taken_by", LINE_LIMIT),
    sa.Column("taken_at", Int),
    sa.Column("hand_backs", Int, nullable=False),
    text("result", RESULT_LIMIT),
    sa.Column("done_on", Day),
    sa.Column("called_back_on", Day),
    text("call_back", RESULT_LIMIT),
    text("forwarded_to", LINE_LIMIT),
    text("forwarded_number", LINE_LIMIT),
    sa.Column("merged_into", UidType),
    sa.Column("escalated_on", Day),
    sa.Column("escalated", Json),
    sa.Column("answer", Json),
    sa.Column("closed_at", Int),
    sa.Column("closed_day", Day),
    sa.Column("petition", Flag, nullable=False),
    sa.Column("photos", Json, nullable=False),
    sa.Column("photo_count", Int, nullable=False),
    sa.Column("registered_by", UidType),
    text("registered_by_name", NAME_LIMIT),
    sa.Column("steps", Json, nullable=False),
    text("remark", REMARK_LIMIT),
)


def _index(name: str, *columns: str, where: str = LISTED) -> None:
    condition = sa.text(where)
    sa.Index(
        f"ix_request_{name}",
        *(REQUEST.c[column] for column in columns),
        sqlite_where=condition,
        postgresql_where=condition,
    )


sa.Index("uq_request_number", REQUEST.c.number, unique=True)
for _filter in ("state", "kind", "category", "source", "compound", "resident", "name"):
    _index(_filter, _filter, "at", "uid")
_index("listed", "at", "uid")
# A street holds the requests of all its stations and looks at one of them.
_index("station", "station", "at", "uid")
_index("assignee", "assignee_uid", "at", "uid", where=f"{LISTED} AND assignee_uid IS NOT NULL")
_index("external", "external_number", "at", "uid", where=f"{LISTED} AND external_number <> ''")
_index("open", "at", "uid", "state", "due", "done_on", where=OPEN)
_index("due", "due", "uid", where=WAITING)
_index("late_entry", "at", "uid", where=LATE)
_index("escalated", "at", "uid", where=ESCALATED)
_index("dispute", "at", "uid", where=DISPUTES)
_index("closed", "closed_day", "done_on", "due", where=ENDED)
# Figures count petitions too, and walk whole months: every column they read stands in the index.
_index(
    "counted",
    *("day", "kind", "state", "late_entry", "petition", "closed_day", "escalated_on"),
    "deleted_at",
    where="deleted_at IS NULL",
)
for _link in ("visit", "activity", "resolution", "merged_into"):
    _index(f"of_{_link}", _link, where=f"deleted_at IS NULL AND {_link} IS NOT NULL")

REQUEST_EVALUATION = record_table(
    "request_evaluation",
    sa.Column("request", UidType, nullable=False),
    choice("level", Satisfaction),
    choice("entered_from", EnteredFrom),
    sa.Column("at", Int, nullable=False),
    sa.Column("day", Day, nullable=False),
)
sa.Index("uq_request_evaluation_request", REQUEST_EVALUATION.c.request, unique=True)
sa.Index("ix_request_evaluation_day", REQUEST_EVALUATION.c.day, REQUEST_EVALUATION.c.level)
