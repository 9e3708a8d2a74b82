"""Papers and phrases as kinds of record: their names in the change log, their plain form."""

from __future__ import annotations

from desktop_app.core.record import RecordKind
from desktop_app.ledgers.papers.fields import PAPER_FIELDS, PHRASE_FIELDS
from desktop_app.ledgers.papers.rules import Paper, Phrase

KIND = RecordKind("papers", "文书存档", Paper, PAPER_FIELDS)
PHRASE = RecordKind("phrases", "文书用语", Phrase, PHRASE_FIELDS)

KINDS = (KIND, PHRASE)
