"""The table of days on which the station works otherwise than the country, nothing else."""

from __future__ import annotations

import sqlalchemy as sa

from desktop_app.registers.working_days.rules import REASON_LIMIT
from desktop_app.storage.base import Day, Flag, record_table, text

DAY_OVERRIDE = record_table(
    "day_override",
    sa.Column("day", Day, nullable=False),
    sa.Column("is_workday", Flag, nullable=False),
    text("reason", REASON_LIMIT),
    sa.Index("ix_day_override_day", "day"),
)
