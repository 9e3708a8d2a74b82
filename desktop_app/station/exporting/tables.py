"""Workbooks an office has sheets filled in. None of it is a record, and none travels."""

from __future__ import annotations

import sqlalchemy as sa

from desktop_app.core.text import NAME_LIMIT
from desktop_app.station.exporting.rules.templates import TEMPLATE_NAME_LIMIT
from desktop_app.storage.base import Blob, Int, UidType, table, text

SHEET_TEMPLATE = table(
    "sheet_template",
    sa.Column("uid", UidType, primary_key=True),
    text("name", TEMPLATE_NAME_LIMIT),
    text("kind", 40),
    sa.Column("content", Blob, nullable=False),
    sa.Column("added_at", Int, nullable=False),
    text("added_by_name", NAME_LIMIT),
    sa.Index("uq_sheet_template_name", "name", unique=True),
)
"""`kind` is the name of the kind of record whose rows it takes, or that of a period's figures."""
