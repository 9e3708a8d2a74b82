"""The tables of own keys, of the street, of its stations and their keys; nothing else.

Only the stations are records. Keys go into no log: the audit says in words what was done to them.
"""

from __future__ import annotations

import sqlalchemy as sa

from desktop_app.registers.offices.rules import NAME_LIMIT, NOTE_LIMIT, REASON_LIMIT, StationState
from desktop_app.storage.base import (
    Blob,
    Day,
    Int,
    Json,
    Secret,
    Text,
    choice,
    record_table,
    table,
    text,
)

CODE_LIMIT = 8

OWN_KEY = table(
    "own_key",
    sa.Column("public", Text, primary_key=True),
    sa.Column(
        "role",
        Text,
        sa.CheckConstraint("role IN ('signing', 'opening', 'paper')", name="role_known"),
        nullable=False,
    ),
    sa.Column(
        "state",
        Text,
        sa.CheckConstraint(
            "state IN ('current', 'requested', 'announced', 'retired')", name="state_known"
        ),
        nullable=False,
    ),
    sa.Column("secret", Secret),
    sa.Column("since", Int, nullable=False),
    sa.Column("until", Int),
    sa.Index(
        "uq_own_key_current",
        "role",
        unique=True,
        sqlite_where=sa.text("state = 'current'"),
        postgresql_where=sa.text("state = 'current'"),
    ),
)
"""What this office signs and opens with. `paper` has no secret here: that lies in a safe."""

OWN_STREET = table(
    "own_street",
    sa.Column("signing", Blob, primary_key=True),
    text("code", CODE_LIMIT),
    text("name", NAME_LIMIT),
    sa.Column("recipients", Json, nullable=False),
    sa.Column("joined_at", Int, nullable=False),
    sa.Column("left_at", Int),
)
"""At a station: the street it belongs to, and those it belonged to."""

JOIN_REQUEST = table(
    "join_request",
    sa.Column("id", Text, primary_key=True),
    sa.Column("digest", Text, nullable=False),
    sa.Column("signer", Text, nullable=False),
    sa.Column("fingerprint", Text, nullable=False),
    text("street_code", CODE_LIMIT),
    text("street_name", NAME_LIMIT),
    sa.Column("street_signing", Blob, nullable=False),
    sa.Column("street_recipients", Json, nullable=False),
    sa.Column("made_at", Int, nullable=False),
    sa.Column("closed_at", Int),
)
"""At a station: what it asked of which street. Only the last one may be answered."""

INVITATION = table(
    "invitation",
    sa.Column("id", Text, primary_key=True),
    sa.Column("made_at", Int, nullable=False),
    sa.Column("expires_at", Int, nullable=False),
)
"""At the street: the invitations it made. One may be answered by many stations."""

STATION_ENTRY = record_table(
    "station_entry",
    text("code", CODE_LIMIT),
    text("name", NAME_LIMIT),
    sa.Column("since", Day, nullable=False),
    sa.Column("until", Day),
    choice("state", StationState),
    text("successor", CODE_LIMIT),
    text("origin", CODE_LIMIT),
    text("moved_to", NAME_LIMIT),
    sa.Column("earlier_names", Json, nullable=False),
    text("note", NOTE_LIMIT),
    sa.Index("uq_station_entry_code", "code", unique=True),
)

STATION_KEY = table(
    "station_key",
    sa.Column("public", Blob, primary_key=True),
    sa.Column("n", Int, nullable=False),
    text("station", CODE_LIMIT),
    sa.Column("recipient", Text, nullable=False),
    sa.Column("lineage", Text, nullable=False),
    sa.Column("since", Int, nullable=False),
    sa.Column("until", Int),
    sa.Column("revoked_at", Int),
    text("reason", REASON_LIMIT),
    sa.Column("used_at", Int),
    sa.Column("request", Text, nullable=False),
    sa.Index("ix_station_key_station", "station", "n"),
)
"""At the street: what its stations sign with, now and before. A public key belongs to one alone."""
