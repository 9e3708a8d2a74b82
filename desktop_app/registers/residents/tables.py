"""The tables of the register of residents. Nothing but columns, checks and indexes."""

from __future__ import annotations

import sqlalchemy as sa

from desktop_app.core.identity import IdKind
from desktop_app.core.text import NAME_LIMIT
from desktop_app.registers.residents.rules import (
    ADDRESS_LIMIT,
    DOOR_LIMIT,
    LINE_LIMIT,
    REMARK_LIMIT,
    PartyKind,
    ResidentKind,
)
from desktop_app.storage.base import (
    Day,
    Int,
    Json,
    Secret,
    SecretJson,
    Text,
    UidType,
    choice,
    record_table,
    table,
    text,
)

_LISTED = "deleted_at IS NULL AND merged_into IS NULL"

RESIDENT = record_table(
    "resident",
    text("number", 40),
    text("name", NAME_LIMIT),
    sa.Column(
        "gender",
        Int,
        # GB/T 2261.1-2003.
        sa.CheckConstraint("gender IN (0, 1, 2, 9)", name="gender_known"),
        nullable=False,
    ),
    sa.Column("birth", Day),
    choice("kind", ResidentKind),
    sa.Column("phones", SecretJson, nullable=False),
    choice("id_kind", IdKind, nullable=True),
    sa.Column("id_number", Secret, nullable=False),
    sa.Column("compound", UidType),
    text("building", DOOR_LIMIT),
    text("unit", DOOR_LIMIT),
    text("room", DOOR_LIMIT),
    text("address_note", ADDRESS_LIMIT),
    choice("party", PartyKind),
    sa.Column("party_branch", UidType),
    text("workplace", LINE_LIMIT),
    text("flow_from", LINE_LIMIT),
    text("flow_to", LINE_LIMIT),
    sa.Column("special_groups", SecretJson, nullable=False),
    sa.Column("guardian", SecretJson),
    sa.Column("consent", Json),
    text("remark", REMARK_LIMIT),
    sa.Column("merged_into", UidType),
    sa.Column("sort_key", Text, nullable=False),
    sa.Column("derived_version", Int, nullable=False),
)
"""`sort_key` and `derived_version` are derived and no fields of the record (see `store.py`)."""

sa.Index("uq_resident_number", RESIDENT.c.number, unique=True)
sa.Index(
    "ix_resident_listed",
    RESIDENT.c.sort_key,
    RESIDENT.c.uid,
    sqlite_where=sa.text(_LISTED),
    postgresql_where=sa.text(_LISTED),
)
for _narrowed_by in ("compound", "party"):
    sa.Index(
        f"ix_resident_{_narrowed_by}",
        RESIDENT.c[_narrowed_by],
        RESIDENT.c.sort_key,
        RESIDENT.c.uid,
        sqlite_where=sa.text(_LISTED),
        postgresql_where=sa.text(_LISTED),
    )
# The box reads the sort keys of some hundred people at each keystroke and nothing else of them:
# from this index, a tenth of the table, in a third of the time.
sa.Index("ix_resident_uid_sort_key", RESIDENT.c.uid, RESIDENT.c.sort_key)
sa.Index("ix_resident_derived_version", RESIDENT.c.derived_version, RESIDENT.c.uid)
sa.Index(
    "ix_resident_merged_into",
    RESIDENT.c.merged_into,
    sqlite_where=sa.text("merged_into IS NOT NULL"),
    postgresql_where=sa.text("merged_into IS NOT NULL"),
)

PERSON_KEY = table(
    "person_key",
    sa.Column("key", Text, primary_key=True),
    sa.Column("person", UidType, primary_key=True),
    sa.Index("ix_person_key_person", "person", "key"),
    sqlite_with_rowid=False,
)
"""What a listed resident is found by: suffixes, pinyin and initials of the name, the phone's and
the 证件's ends, the door. Derived; erased and merged residents have none."""

SEEN = table(
    "seen",
    sa.Column("resident", UidType, primary_key=True),
    sa.Column("last_at", Int, nullable=False),
    sa.Column("times", Int, nullable=False),
    sa.Index("ix_seen_last_at", "last_at"),
    sqlite_with_rowid=False,
)
"""When each resident was last at the counter and how often: what the search ranks by."""
