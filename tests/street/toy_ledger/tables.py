"""The table of lost things; of no schema but its own, since only tests make it."""

from __future__ import annotations

import sqlalchemy as sa

from desktop_app.storage.base import Day, Int, Json, Text, UidType

LOST_THING = sa.Table(
    "lost_thing",
    sa.MetaData(),
    sa.Column("uid", UidType, primary_key=True),
    sa.Column("station", Text, nullable=False),
    sa.Column("revision", Int, nullable=False),
    sa.Column("created_at", Int, nullable=False),
    sa.Column("changed_at", Int, nullable=False),
    sa.Column("deleted_at", Int),
    sa.Column("number", Text, nullable=False),
    sa.Column("what", Text, nullable=False),
    sa.Column("found_on", Day, nullable=False),
    sa.Column("fate", Text, nullable=False),
    sa.Column("phone", Text, nullable=False),
    sa.Column("finder_file", UidType),
    sa.Column("marks", Json, nullable=False),
    sa.Column("note", Text, nullable=False),
    sqlite_strict=True,
)
sa.Index("uq_lost_thing_number", LOST_THING.c.number, unique=True)
