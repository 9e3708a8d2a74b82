"""What a station remembers of the sheets it took in. None of it is a record, and none travels."""

from __future__ import annotations

import sqlalchemy as sa

from desktop_app.station.importing.rules.history import ImportState
from desktop_app.storage.base import Int, Json, Secret, Text, UidType, choice, table, text

SHEET_IMPORT = table(
    "sheet_import",
    sa.Column("uid", UidType, primary_key=True),
    text("number", 40),
    text("kind", 40),
    sa.Column("file", Secret, nullable=False),
    text("digest", 64),
    sa.Column("begun_at", Int, nullable=False),
    sa.Column("touched_at", Int, nullable=False),
    sa.Column("ended_at", Int),
    sa.Column("actor", UidType),
    text("actor_name", 60),
    choice("state", ImportState),
    sa.Column("counts", Json, nullable=False),
    sa.Index("ix_sheet_import_begun_at", "begun_at"),
)
"""One sheet each. `file` is its name and that of the sheet, `digest` the file's SHA-256, by which
the same file is known when it comes again; `touched_at` is moved on with every step, so that one
that nobody works at any more is told from one that is under way."""

SHEET_IMPORT_ROW = table(
    "sheet_import_row",
    sa.Column("import", UidType, sa.ForeignKey("sheet_import.uid"), nullable=False),
    sa.Column("n", Int, nullable=False),
    sa.Column("row", Int, nullable=False),
    text("kind", 40),
    sa.Column("uid", UidType, nullable=False),
    sa.Column("before", Int, nullable=False),
    sa.Column("after", Int, nullable=False),
    sa.PrimaryKeyConstraint("import", "n", name="pk_sheet_import_row"),
    sa.Index("ix_sheet_import_row_uid", "uid"),
)
"""What a sheet wrote, in the order it was written: a record that is new (`before` 0) or was changed
from revision `before` to `after`. What it was before stands in the change log, and only there, so
that erasing a person erases it here, too."""

SHEET_MAPPING = table(
    "sheet_mapping",
    sa.Column("pattern", Text, primary_key=True),
    text("kind", 40),
    sa.Column("columns", Json, nullable=False),
    sa.Column("changed_at", Int, nullable=False),
)
"""What the headings of a sheet were said to mean, by the pattern of its headings."""
