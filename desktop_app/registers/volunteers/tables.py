"""The tables of volunteers, teams and memberships: columns, checks, and one index per filter.

No foreign keys and nothing unique but numbers: a bundle brings records in any order, and a street
holds what its stations hold once for each of them. That one person is one volunteer is for the
service to see to.
"""

from __future__ import annotations

import sqlalchemy as sa

from desktop_app.core.text import NAME_LIMIT as PERSON_LIMIT
from desktop_app.registers.volunteers.rules.volunteer import VolunteerState
from desktop_app.registers.volunteers.rules.words import (
    CODE_LIMIT,
    LINE_LIMIT,
    NAME_LIMIT,
    REASON_LIMIT,
    TEXT_LIMIT,
    MemberRole,
    Political,
    TeamKind,
)
from desktop_app.storage.base import (
    Day,
    Flag,
    Int,
    Json,
    Secret,
    SecretJson,
    Text,
    UidType,
    choice,
    record_table,
    text,
)

LIVING = "deleted_at IS NULL"
LISTED = f"{LIVING} AND merged_into IS NULL"

VOLUNTEER = record_table(
    "volunteer",
    text("number", CODE_LIMIT),
    sa.Column("resident", UidType, nullable=False),
    text("national_number", CODE_LIMIT),
    text("ethnicity", LINE_LIMIT),
    choice("political", Political),
    text("education", LINE_LIMIT),
    sa.Column("skills", Json, nullable=False),
    sa.Column("directions", Json, nullable=False),
    text("times_words", TEXT_LIMIT),
    sa.Column("health_note", Secret, nullable=False),
    text("emergency_name", PERSON_LIMIT),
    sa.Column("emergency_phone", Secret, nullable=False),
    sa.Column("guardian_consent", SecretJson),
    sa.Column("insurance", SecretJson),
    sa.Column("registered_on", Day, nullable=False),
    sa.Column("disclose", Flag, nullable=False),
    sa.Column("trainings", Json, nullable=False),
    sa.Column("honours", Json, nullable=False),
    choice("state", VolunteerState),
    sa.Column("left_on", Day),
    text("left_reason", REASON_LIMIT),
    sa.Column("merged_into", UidType),
    sa.Column("steps", Json, nullable=False),
    text("remark", TEXT_LIMIT),
    # Derived: the insurance's last day, which reminders ask for, and whether there is a signed
    # paper, which the sweep of attachments asks for.
    sa.Column("insured_until", Day),
    sa.Column("photo_count", Int, nullable=False),
)

TEAM = record_table(
    "team",
    text("number", CODE_LIMIT),
    text("name", NAME_LIMIT),
    choice("team_kind", TeamKind),
    text("organisation", NAME_LIMIT),
    sa.Column("leader", UidType),
    sa.Column("deputy", UidType),
    sa.Column("founded_on", Day, nullable=False),
    sa.Column("direction", Json, nullable=False),
    text("direction_words", TEXT_LIMIT),
    sa.Column("compound", UidType),
    sa.Column("disbanded_on", Day),
    text("disband_reason", REASON_LIMIT),
    sa.Column("steps", Json, nullable=False),
    text("remark", TEXT_LIMIT),
    # Derived from the name: the place in a list that is read like a paper register.
    sa.Column("sort", Text, nullable=False),
)

MEMBERSHIP = record_table(
    "membership",
    sa.Column("team", UidType, nullable=False),
    sa.Column("volunteer", UidType, nullable=False),
    sa.Column("joined_on", Day, nullable=False),
    sa.Column("left_on", Day),
    text("left_reason", REASON_LIMIT),
    choice("role", MemberRole),
)


def _index(table: sa.Table, name: str, *columns: str, where: str = LIVING) -> None:
    condition = sa.text(where)
    sa.Index(
        f"ix_{table.name}_{name}",
        *(table.c[column] for column in columns),
        sqlite_where=condition,
        postgresql_where=condition,
    )


sa.Index("uq_volunteer_number", VOLUNTEER.c.number, unique=True)
_index(VOLUNTEER, "listed", "number", "uid", where=LISTED)
_index(VOLUNTEER, "state", "state", "number", "uid", where=LISTED)
_index(VOLUNTEER, "resident", "resident")
_index(VOLUNTEER, "national_number", "national_number", where=f"{LISTED} AND national_number <> ''")
_index(VOLUNTEER, "insured_until", "insured_until", where=f"{LISTED} AND insured_until IS NOT NULL")
_index(VOLUNTEER, "merged_into", "merged_into", where="merged_into IS NOT NULL")

sa.Index("uq_team_number", TEAM.c.number, unique=True)
_index(TEAM, "listed", "sort", "uid")
_index(TEAM, "name", "name")

_index(MEMBERSHIP, "team", "team", "joined_on", "volunteer")
_index(MEMBERSHIP, "volunteer", "volunteer", "joined_on", "team")
