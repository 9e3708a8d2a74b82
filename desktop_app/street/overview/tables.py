"""What is kept counted: one row for a count of a station in a month, and which of them are stale.

Nothing here is a record: all of it can be counted again from the ledgers' own rows.
"""

from __future__ import annotations

import sqlalchemy as sa

from desktop_app.storage.base import Int, Text, table

ROLLUP = table(
    "rollup",
    sa.Column("cut", Text, primary_key=True),
    sa.Column("month", Text, primary_key=True),
    sa.Column("station", Text, primary_key=True),
    sa.Column("name", Text, primary_key=True),
    sa.Column("part", Text, primary_key=True),
    sa.Column("value", Int, nullable=False),
    sqlite_with_rowid=False,
)
"""`name` is kind and count (`visits.registered`). `cut` is what the count is split by (nothing,
`category`, `place`) and `part` which of it; `month` as 2026-11. A count of 0 has no row."""

ROLLUP_TOTAL = table(
    "rollup_total",
    sa.Column("cut", Text, primary_key=True),
    sa.Column("month", Text, primary_key=True),
    sa.Column("name", Text, primary_key=True),
    sa.Column("part", Text, primary_key=True),
    sa.Column("value", Int, nullable=False),
    sqlite_with_rowid=False,
)
"""`rollup` of all stations together: a year of a street is read in some hundred rows."""

ROLLUP_MONTH = table(
    "rollup_month",
    sa.Column("station", Text, primary_key=True),
    sa.Column("month", Text, primary_key=True),
    sa.Column("marked", Int, nullable=False),
    sa.Column("counted", Int, nullable=False),
    sa.Column("version", Text, nullable=False),
)
"""Every month of every station of which there ever was a row. It is stale while `marked` is ahead
of `counted`, or when it was counted by other rules (`version`)."""

ROLLUP_WITHHELD = table(
    "rollup_withheld",
    sa.Column("station", Text, primary_key=True),
    sa.Column("month", Text, primary_key=True),
    sa.Column("name", Text, primary_key=True),
    sa.Column("value", Int, nullable=False),
)
"""What a station counted of rows that never leave it (信访渠道告知), by the same names."""
