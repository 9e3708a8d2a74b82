"""The tables that belong to no ledger: audit, change log, counters, settings, drafts."""

from __future__ import annotations

import sqlalchemy as sa

from desktop_app.storage.base import Blob, Int, Packed, Secret, Text, UidType, table, text

META = table(
    "meta",
    sa.Column("name", Text, primary_key=True),
    sa.Column("value", Text, nullable=False),
)
"""Facts of this database: schema version, home id, station, desk letter, lineage."""

CHAIN_HEAD = table(
    "chain_head",
    sa.Column("name", Text, primary_key=True),
    sa.Column("n", Int, nullable=False),
    sa.Column("hash", Blob, nullable=False),
)
"""The last number and hash of each chain, in the same transaction as what they count."""

COUNTER = table(
    "counter",
    sa.Column("name", Text, primary_key=True),
    sa.Column("value", Int, nullable=False),
)

AUDIT = table(
    "audit",
    sa.Column("n", Int, primary_key=True, autoincrement=False),
    sa.Column("at", Int, nullable=False),
    sa.Column("actor", UidType),
    text("actor_name", 60),
    text("action", 60),
    text("subject", 200),
    text("detail", 2000),
    sa.Column("hash", Blob, nullable=False),
    sa.Index("ix_audit_at", "at"),
    sa.Index("ix_audit_subject", "subject", "n"),
)

CHANGE = table(
    "change",
    sa.Column("n", Int, primary_key=True, autoincrement=False),
    sa.Column("kind", Text, nullable=False),
    sa.Column("uid", UidType, nullable=False),
    sa.Column(
        "op", Text, sa.CheckConstraint("op IN ('put', 'delete')", name="op_known"), nullable=False
    ),
    sa.Column("revision", Int, nullable=False),
    sa.Column("version", Int, nullable=False),
    sa.Column("at", Int, nullable=False),
    sa.Column("salt", Blob, nullable=False),
    sa.Column("digest", Blob, nullable=False),
    sa.Column("hash", Blob, nullable=False),
    sa.Column("payload", Packed),
    sa.Index("ix_change_uid", "uid", "n"),
)
"""The raw material of bundles. A confirmed payload may be dropped; digest and hash stay."""

SETTING = table(
    "setting",
    sa.Column("key", Text, primary_key=True),
    text("value", 4000),
)

DRAFT = table(
    "draft",
    sa.Column("owner", UidType, primary_key=True),
    sa.Column("form", Text, primary_key=True),
    sa.Column("at", Int, nullable=False),
    sa.Column("content", Secret, nullable=False),
)
"""Half-filled forms, one per operator and form: not audited, not part of any bundle."""

BLOB = table(
    "blob",
    sa.Column("name", Blob, primary_key=True),
    sa.Column("kept_at", Int, nullable=False),
    sa.Column("content", Blob, nullable=False),
)
"""Sealed attachments of a home on a server; a home with its own file keeps them in a folder."""

STATION_SECRET = table(
    "station_secret",
    sa.Column("purpose", Text, primary_key=True),
    sa.Column("value", Secret, nullable=False),
)
"""Random secrets of this database, one a purpose. No part of any bundle; a backup has them, so that
what was sealed or coded before a restore can still be checked after it."""
