"""The tables of kept papers and of the office's own phrases."""

from __future__ import annotations

import sqlalchemy as sa

from desktop_app.core.text import NAME_LIMIT
from desktop_app.ledgers.papers.rules import (
    PERIOD_LIMIT,
    REPORT_LIMIT,
    SENTENCE_LIMIT,
    TITLE_LIMIT,
)
from desktop_app.storage.base import Day, Int, SecretJson, UidType, record_table, text

_LISTED = sa.text("deleted_at IS NULL")

PAPER = record_table(
    "paper",
    text("report", REPORT_LIMIT),
    text("title", TITLE_LIMIT),
    sa.Column("day", Day, nullable=False),
    text("sha256", 64),
    sa.Column("size", Int, nullable=False),
    sa.Column("pages", Int, nullable=False),
    sa.Column("about", UidType),
    text("period", PERIOD_LIMIT),
    sa.Column("wording", SecretJson, nullable=False),
    sa.Column("copies", SecretJson, nullable=False),
    sa.Column("made_by", UidType),
    text("made_by_name", NAME_LIMIT),
)
sa.Index(
    "ix_paper_listed",
    PAPER.c.created_at,
    PAPER.c.uid,
    sqlite_where=_LISTED,
    postgresql_where=_LISTED,
)
sa.Index("ix_paper_about", PAPER.c.about, PAPER.c.created_at)
sa.Index("ix_paper_period", PAPER.c.report, PAPER.c.period, PAPER.c.created_at)

PHRASE = record_table(
    "phrase",
    text("report", REPORT_LIMIT),
    text("name", REPORT_LIMIT),
    text("text", SENTENCE_LIMIT),
)
sa.Index(
    "uq_phrase_name",
    PHRASE.c.report,
    PHRASE.c.name,
    unique=True,
    sqlite_where=_LISTED,
    postgresql_where=_LISTED,
)
