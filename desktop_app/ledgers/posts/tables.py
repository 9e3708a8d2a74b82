"""The tables of posts, claims and shifts: columns, checks, and one index per filter and order.

No foreign keys and nothing unique but numbers: a bundle brings a shift before its post. That nobody
is at two places at once, and no post has more people than places, is for the service to see to.
"""

from __future__ import annotations

import sqlalchemy as sa

from desktop_app.ledgers.posts.rules.claim import ClaimState
from desktop_app.ledgers.posts.rules.course import (
    LINE_LIMIT,
    NAME_LIMIT,
    REASON_LIMIT,
    TEXT_LIMIT,
)
from desktop_app.ledgers.posts.rules.post import PostState
from desktop_app.ledgers.posts.rules.shift import ShiftState
from desktop_app.registers.volunteers.rules.words import Direction
from desktop_app.storage.base import Day, Flag, Int, Json, UidType, choice, record_table, text

LISTED = "deleted_at IS NULL"
LIVE_CLAIM = f"{LISTED} AND state IN ('claimed', 'waiting', 'on')"
HOLDING_SHIFT = f"{LISTED} AND state IN ('planned', 'done')"

POST = record_table(
    "post",
    text("number", 40),
    text("name", NAME_LIMIT),
    choice("direction", Direction),
    text("place_words", LINE_LIMIT),
    sa.Column("compound", UidType),
    sa.Column("quota", Int, nullable=False),
    sa.Column("pattern", Json),
    sa.Column("from_on", Day, nullable=False),
    sa.Column("until_on", Day),
    sa.Column("team", UidType),
    sa.Column("needs_insurance", Flag, nullable=False),
    sa.Column("min_age", Int),
    text("duties", TEXT_LIMIT),
    choice("state", PostState),
    sa.Column("steps", Json, nullable=False),
    text("remark", TEXT_LIMIT),
)

CLAIM = record_table(
    "claim",
    sa.Column("post", UidType, nullable=False),
    sa.Column("volunteer", UidType, nullable=False),
    choice("state", ClaimState),
    sa.Column("claimed_on", Day, nullable=False),
    sa.Column("approved_on", Day),
    sa.Column("ended_on", Day),
    text("reason", REASON_LIMIT),
    sa.Column("steps", Json, nullable=False),
)

SHIFT = record_table(
    "shift",
    sa.Column("post", UidType, nullable=False),
    sa.Column("volunteer", UidType, nullable=False),
    sa.Column("day", Day, nullable=False),
    sa.Column("starts_at", Int, nullable=False),
    sa.Column("ends_at", Int, nullable=False),
    text("override_reason", REASON_LIMIT),
    choice("state", ShiftState),
    sa.Column("service", UidType),
    sa.Column("steps", Json, nullable=False),
    sa.CheckConstraint("starts_at < ends_at", name="shift_goes_on"),
)


def _index(of: sa.Table, name: str, *columns: str, where: str = LISTED) -> None:
    condition = sa.text(where)
    sa.Index(
        f"ix_{of.name}_{name}",
        *(of.c[column] for column in columns),
        sqlite_where=condition,
        postgresql_where=condition,
    )


sa.Index("uq_post_number", POST.c.number, unique=True)
_index(POST, "listed", "number", "uid")
_index(POST, "name", "name")

_index(CLAIM, "listed", "claimed_on", "uid")
_index(CLAIM, "state", "state", "claimed_on", "uid")
_index(CLAIM, "post", "post", "claimed_on", "uid")
_index(CLAIM, "volunteer", "volunteer", "claimed_on", "uid")
_index(CLAIM, "live", "post", "state", "uid", where=LIVE_CLAIM)

_index(SHIFT, "listed", "day", "uid")
_index(SHIFT, "post", "post", "day", "uid")
_index(SHIFT, "volunteer", "volunteer", "day", "uid")
# Who is where at a moment; a shift lasts a day at most, so both ends narrow the search.
_index(SHIFT, "holding", "volunteer", "starts_at", "ends_at", where=HOLDING_SHIFT)
_index(SHIFT, "now", "starts_at", "ends_at", where=HOLDING_SHIFT)
_index(SHIFT, "service", "service", where=f"{LISTED} AND service IS NOT NULL")
