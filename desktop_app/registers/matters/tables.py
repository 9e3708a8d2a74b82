"""The table of the 事项目录, nothing else."""

from __future__ import annotations

import sqlalchemy as sa

from desktop_app.core.handling import Handling
from desktop_app.registers.matters.rules import (
    CATEGORY_LIMIT,
    CODE_LIMIT,
    COUNTER_LIMIT,
    LINE_LIMIT,
    MOST_STATION_DAYS,
    NAME_LIMIT,
    PARAGRAPH_LIMIT,
)
from desktop_app.storage.base import Day, Flag, Int, Json, choice, record_table, text

MATTER = record_table(
    "matter",
    text("code", CODE_LIMIT),
    text("category", CATEGORY_LIMIT),
    text("name", NAME_LIMIT),
    choice("handling", Handling),
    sa.Column(
        "station_days",
        Int,
        sa.CheckConstraint(
            f"station_days BETWEEN 0 AND {MOST_STATION_DAYS}", name="station_days_range"
        ),
        nullable=False,
    ),
    text("department_days", LINE_LIMIT),
    text("office", LINE_LIMIT),
    text("address", LINE_LIMIT),
    text("phone", LINE_LIMIT),
    text("hours", LINE_LIMIT),
    text("conditions", PARAGRAPH_LIMIT),
    sa.Column("materials", Json, nullable=False),
    text("materials_note", PARAGRAPH_LIMIT),
    text("steps", PARAGRAPH_LIMIT),
    text("fee", LINE_LIMIT),
    text("basis", PARAGRAPH_LIMIT),
    text("help_note", PARAGRAPH_LIMIT),
    text("outside_reason", PARAGRAPH_LIMIT),
    sa.Column("checked_on", Day),
    sa.Column("active", Flag, nullable=False),
    text("counter", COUNTER_LIMIT),
    sa.Column("petition", Flag, nullable=False),
    sa.Column("urgent", Flag, nullable=False),
    sa.Column("sort_order", Int, nullable=False),
    sa.Index("ix_matter_order", "sort_order", "code"),
    sa.Index("ix_matter_code", "code"),
)
