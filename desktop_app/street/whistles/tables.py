"""The street's answers to what stations escalated. No kind of record: they travel in receipts."""

from __future__ import annotations

import sqlalchemy as sa

from desktop_app.core.text import NAME_LIMIT
from desktop_app.storage.base import Int, Text, UidType, choice, table, text
from desktop_app.street.whistles.rules import WORDS_LIMIT, Way

WHISTLE_ANSWER = table(
    "whistle_answer",
    sa.Column("station", Text, primary_key=True),
    sa.Column("request", UidType, primary_key=True),
    sa.Column("asked", Int, primary_key=True, autoincrement=False),
    sa.Column("uid", UidType, nullable=False),
    sa.Column("at", Int, nullable=False),
    text("given_by", NAME_LIMIT),
    text("words", WORDS_LIMIT),
    choice("way", Way),
    sa.Column("seen", Int, nullable=False),
)
"""One answer to one 吹哨: `asked` is its moment (`Escalation.at`). `uid` is new whenever the words
are. `way` is how far it had come by the request's revision `seen`; `words` are purged when the
record at the station was: nobody can tell whether they name somebody."""

_OPEN = sa.text("way = 'sent'")
sa.Index(
    "ix_whistle_answer_open",
    WHISTLE_ANSWER.c.station,
    WHISTLE_ANSWER.c.at,
    sqlite_where=_OPEN,
    postgresql_where=_OPEN,
)
