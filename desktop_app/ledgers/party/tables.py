"""The table of 报到: columns, checks, and one index per filter."""

from __future__ import annotations

import sqlalchemy as sa

from desktop_app.ledgers.party.rules.member import LINE_LIMIT, TEXT_LIMIT, MemberState
from desktop_app.storage.base import Day, Int, Json, Secret, UidType, choice, record_table, text

LIVING = "deleted_at IS NULL"

PARTY_MEMBER = record_table(
    "party_member",
    text("number", 40),
    sa.Column("resident", UidType, nullable=False),
    text("unit", LINE_LIMIT),
    text("unit_liaison", LINE_LIMIT),
    sa.Column("unit_phone", Secret, nullable=False),
    text("branch", LINE_LIMIT),
    sa.Column("reported_on", Day, nullable=False),
    sa.Column("shown_on", Day),
    text("shown_how", LINE_LIMIT),
    text("specialities", TEXT_LIMIT),
    text("wishes", TEXT_LIMIT),
    sa.Column("pledges", Json, nullable=False),
    sa.Column("feedbacks", Json, nullable=False),
    sa.Column("left_on", Day),
    text("left_reason", LINE_LIMIT),
    choice("state", MemberState),
    sa.Column("steps", Json, nullable=False),
    text("remark", TEXT_LIMIT),
    sa.Column("pledged", Int, nullable=False),
    sa.Column("kept", Int, nullable=False),
    # Derived from the feedbacks: what reminders ask for.
    text("quarters", TEXT_LIMIT),
)
"""`quarters` are those that a sheet was made for, with spaces between and around."""


def _index(name: str, *columns: str) -> None:
    condition = sa.text(LIVING)
    sa.Index(
        f"ix_party_member_{name}",
        *(PARTY_MEMBER.c[column] for column in columns),
        sqlite_where=condition,
        postgresql_where=condition,
    )


sa.Index("uq_party_member_number", PARTY_MEMBER.c.number, unique=True)
_index("listed", "number", "uid")
_index("state", "state", "number", "uid")
_index("resident", "resident")
