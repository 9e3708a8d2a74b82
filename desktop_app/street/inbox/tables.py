"""What the street keeps of what its stations sent, beside the rows in the ledgers' own tables."""

from __future__ import annotations

import sqlalchemy as sa

from desktop_app.storage.base import Blob, Int, Json, Packed, Text, UidType, table, text
from desktop_app.street.inbox.rules.verdicts import (
    NAME_LIMIT,
    SENTENCE_LIMIT,
    Outcome,
)

CODE_LIMIT = 64
WORDS_LIMIT = 200


def _one_of(name: str, values: list[str], *, nullable: bool = False) -> sa.Column[str]:
    words = ", ".join(f"'{value}'" for value in values)
    check = sa.CheckConstraint(f"{name} IN ({words})", name=f"{name}_known")
    return sa.Column(name, Text, check, nullable=nullable)


RECEIVED_STATION = table(
    "received_station",
    sa.Column("station", Text, primary_key=True),
    text("name", WORDS_LIMIT),
    sa.Column("applied", Int, nullable=False),
    sa.Column("hash", Blob, nullable=False),
    text("lineage", WORDS_LIMIT),
    sa.Column("earlier_lineages", Json, nullable=False),
    text("profile", WORDS_LIMIT),
    text("projection", WORDS_LIMIT),
    sa.Column("made_at", Int, nullable=False),
    sa.Column("taken_at", Int, nullable=False),
    text("program", WORDS_LIMIT),
    sa.Column("missing_until", Int, nullable=False),
    sa.Column("photos_missing", Int, nullable=False),
)
"""How far each station is: the number and hash of the last change applied, and who wrote it.

`made_at` is the station's clock when it made its last bundle, `taken_at` ours when we took it in.
Changes after `applied` and up to `missing_until` are known to lie in a bundle that has not come (0:
none is known to be missing). `photos_missing` rows point at a photo that has not come.
"""

RECEIVED = table(
    "received",
    sa.Column("station", Text, primary_key=True),
    sa.Column("n", Int, primary_key=True, autoincrement=False),
    sa.Column("kind", Text, nullable=False),
    sa.Column("uid", UidType),
    _one_of("op", ["put", "delete", "withheld"]),
    sa.Column("revision", Int, nullable=False),
    sa.Column("version", Int, nullable=False),
    sa.Column("at", Int, nullable=False),
    sa.Column("digest", Blob, nullable=False),
    sa.Column("hash", Blob, nullable=False),
    sa.Column("form", Int),
    sqlite_with_rowid=False,
)
"""Each station's change log as far as it came, without contents. Of a change of a kind that does
not travel only number and digest are known; `form` says what was let through of the others."""

sa.Index("ix_received_uid", RECEIVED.c.uid, RECEIVED.c.n)
sa.Index(
    "ix_received_gone",
    RECEIVED.c.station,
    RECEIVED.c.kind,
    RECEIVED.c.uid,
    sqlite_where=sa.text("op = 'delete'"),
    postgresql_where=sa.text("op = 'delete'"),
)

RECEIVED_FORM = table(
    "received_form",
    sa.Column("id", Int, primary_key=True, autoincrement=False),
    sa.Column("kind", Text, nullable=False),
    text("profile", WORDS_LIMIT),
    sa.Column("fields", Json, nullable=False),
)
"""Which fields of a row came, and which of these masked (field → `clear` or `masked`): some dozen
forms serve all rows."""

RECEIVED_TALLY = table(
    "received_tally",
    sa.Column("station", Text, primary_key=True),
    sa.Column("kind", Text, primary_key=True),
    sa.Column("rows", Int, nullable=False),
    sa.Column("changes", Int, nullable=False),
    sa.Column("head", Blob, nullable=False),
)
"""`core.tally` of every station's changes, kind by kind: what its receipts say."""

RECEIVED_EXTRA = table(
    "received_extra",
    sa.Column("kind", Text, primary_key=True),
    sa.Column("uid", UidType, primary_key=True),
    sa.Column("station", Text, nullable=False),
    sa.Column("content", Packed, nullable=False),
)
"""What a row brought that this program does not know; it goes back down as it came."""

PARKED = table(
    "parked",
    sa.Column("station", Text, primary_key=True),
    sa.Column("kind", Text, primary_key=True),
    sa.Column("uid", UidType, primary_key=True),
    sa.Column("n", Int, nullable=False),
    sa.Column("revision", Int, nullable=False),
    sa.Column("version", Int, nullable=False),
    sa.Column("at", Int, nullable=False),
    sa.Column("born", Int, nullable=False),
    text("profile", WORDS_LIMIT),
    text("reason", CODE_LIMIT),
    text("field", CODE_LIMIT),
    sa.Column("since", Int, nullable=False),
    sa.Column("content", Packed, nullable=False),
)
"""A record that could not be applied, with all that came of it (暂存); the newest of its uid."""

RECEIVED_PHOTO = table(
    "received_photo",
    sa.Column("station", Text, primary_key=True),
    sa.Column("sha256", Blob, primary_key=True),
    sa.Column("at", Int, nullable=False),
)
"""Photos that came and are kept as attachments."""

INBOX_FILE = table(
    "inbox_file",
    sa.Column("uid", UidType, primary_key=True),
    sa.Column("at", Int, nullable=False),
    text("actor", WORDS_LIMIT),
    text("name", NAME_LIMIT),
    sa.Column("size", Int, nullable=False),
    text("parcel", CODE_LIMIT),
    text("station", CODE_LIMIT),
    text("station_name", WORDS_LIMIT),
    text("lineage", WORDS_LIMIT),
    sa.Column("first", Int, nullable=False),
    sa.Column("last", Int, nullable=False),
    text("profile", WORDS_LIMIT),
    sa.Column("made_at", Int, nullable=False),
    text("program", WORDS_LIMIT),
    sa.Column("hash", Blob),
    _one_of("outcome", [outcome.value for outcome in Outcome]),
    text("sentence", SENTENCE_LIMIT),
    text("sha256", CODE_LIMIT),
    sa.Column("counts", Json, nullable=False),
    sa.Column("parked", Int, nullable=False),
    text("returned", SENTENCE_LIMIT),
    sa.Column("returned_at", Int),
)
"""Every file that was taken in hand, and what became of it (收件). `returned` is why it was sent
back (退回)."""

sa.Index("ix_inbox_file_at", INBOX_FILE.c.at, INBOX_FILE.c.uid)
sa.Index("ix_inbox_file_station", INBOX_FILE.c.station, INBOX_FILE.c.at, INBOX_FILE.c.uid)
