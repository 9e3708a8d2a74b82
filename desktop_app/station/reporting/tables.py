"""What a station remembers of its reporting. None of it is a record, and none of it travels."""

from __future__ import annotations

import sqlalchemy as sa

from desktop_app.storage.base import Blob, Flag, Int, Json, SecretJson, Text, UidType, table, text

EXPORT = table(
    "report_export",
    sa.Column("uid", UidType, primary_key=True),
    sa.Column("made_at", Int, nullable=False),
    sa.Column("made_by", UidType),
    text("made_by_name", 60),
    text("profile", 20),
    text("reason", 200),
    sa.Column("second", UidType),
    text("second_name", 60),
    text("lineage", 40),
    sa.Column("first", Int, nullable=False),
    sa.Column("last", Int, nullable=False),
    sa.Column("hash", Blob, nullable=False),
    sa.Column("projection", Json, nullable=False),
    sa.Column("counts", Json, nullable=False),
    sa.Column("photos", Int, nullable=False),
    sa.Column("files", Json, nullable=False),
    sa.Column("size", Int, nullable=False),
    text("sha256", 64),
    sa.Column("delivered_at", Int),
    text("delivered_to", 500),
    sa.Column("confirmed_at", Int),
    sa.Index("ix_report_export_made_at", "made_at"),
)
"""One 上报 each, kept three years. `first` to `last` are change numbers, `hash` is the chain's at
`last`; only a receipt fills `confirmed_at`."""

STANDING = table(
    "report_standing",
    sa.Column("one", Int, sa.CheckConstraint("one = 1", name="single"), primary_key=True),
    sa.Column("confirmed", Int, nullable=False),
    sa.Column("hash", Blob, nullable=False),
    sa.Column("confirmed_at", Int),
    sa.Column("projection", Json, nullable=False),
    sa.Column("tallied", Int, nullable=False),
    sa.Column("tidied", Int, nullable=False),
    sa.Column("ahead", Int),
    sa.Column("receipt_at", Int),
    sa.Column("receipt", Json, nullable=False),
)
"""How this home stands with the street, one row: the change it holds last (`confirmed`, with the
chain's hash there) and the projection it knows them by; how far the tallies and the dropping of
payloads have come; the number the street has instead when its log is another one (`ahead`); and
what the last receipt said."""

TALLY = table(
    "report_tally",
    sa.Column("kind", Text, primary_key=True),
    sa.Column("rows", Int, nullable=False),
    sa.Column("changes", Int, nullable=False),
    sa.Column("head", Blob, nullable=False),
)
"""What the change log comes to up to `tallied`, kind by kind (`core.tally`)."""

PHOTO = table(
    "report_photo",
    sa.Column("sha256", Blob, primary_key=True),
    sa.Column("confirmed_at", Int, nullable=False),
    sa.Column("only_there", Flag, nullable=False),
)
"""The photos a receipt has confirmed, and those that a record given back by the street points at
and that are not here (`only_there`)."""

PENDING = table(
    "report_pending",
    sa.Column("kind", Text, primary_key=True),
    sa.Column("uid", UidType, primary_key=True),
    sa.Column("revision", Int, nullable=False),
    sa.Column("marked_at", Int, nullable=False),
    sa.Column("fields", SecretJson, nullable=False),
)
"""待补: the fields of a record that the street could not give back whole, each with the masked
value it had. `revision` is the record's then."""

CARRIED = table(
    "report_carried",
    sa.Column("kind", Text, primary_key=True),
    sa.Column("month", Text, primary_key=True),
    sa.Column("name", Text, primary_key=True),
    sa.Column("value", Int, nullable=False),
)
"""Counts of records that never left and are lost here: added to what is counted, so that the
street's figures stay."""

ADOPTED = table(
    "report_adopted",
    sa.Column("n", Int, primary_key=True, autoincrement=False),
    sa.Column("kind", Text, nullable=False),
    sa.Column("uid", UidType, nullable=False),
    sa.Column("op", Text, nullable=False),
    sa.Column("revision", Int, nullable=False),
    sa.Column("version", Int, nullable=False),
    sa.Column("at", Int, nullable=False),
    sa.Column("digest", Blob, nullable=False),
    sa.Column("hash", Blob, nullable=False),
    sa.Index("ix_report_adopted_uid", "uid", "n"),
    sa.Index("ix_report_adopted_digest", "digest"),
)
"""The street's log while 重新对账 is under way; empty at all other times."""
