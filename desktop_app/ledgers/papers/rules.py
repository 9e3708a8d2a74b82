"""What is kept of a paper, and the sentences in it that an office may word itself. Pure.

A paper is kept once, as the bytes that were printed, and never made anew: printing it again gives
the same pages with 补打 on them. What a report says and how it looks is for the ledgers and for
`printing`; here is only what was made, of what, by whom, and how often it left the house.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from desktop_app.core.clock import Millis
from desktop_app.core.fields import LabelledEnum
from desktop_app.core.ids import Uid
from desktop_app.core.record import Record
from desktop_app.core.sentences import Sentence, check_gaps
from desktop_app.core.text import clean_line, clean_text

REPORT_LIMIT = 40
TITLE_LIMIT = 120
PERIOD_LIMIT = 20
SENTENCE_LIMIT = 4000


class CopyKind(LabelledEnum):
    """How a copy left the program."""

    PRINTED = "printed", "打印"
    SAVED = "saved", "另存"


@dataclass(frozen=True, slots=True)
class Copy:
    """One time a paper left the program, on paper or as a file."""

    kind: CopyKind
    at: Millis
    day: date
    actor: str


@dataclass(frozen=True, slots=True)
class Wording:
    """A sentence as it stands in one paper: its `name` in the report, and its words."""

    name: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Paper(Record):
    """One paper. `report` is its kind (`activity`, `month` …), `about` the record it is of,
    `period` the period as the command line writes it (2026-10); one of the two, or neither.

    `sha256` names the PDF among the attachments; `wording` holds what was worded for this one.
    """

    report: str
    title: str
    day: date
    sha256: str
    size: int
    pages: int
    about: Uid | None = None
    period: str = ""
    wording: tuple[Wording, ...] = ()
    copies: tuple[Copy, ...] = ()
    made_by: Uid | None = None
    made_by_name: str = ""

    @property
    def printings(self) -> int:
        """How often it was printed; the next one after the first is 补打."""
        return sum(copy.kind is CopyKind.PRINTED for copy in self.copies)


@dataclass(frozen=True, kw_only=True)
class Phrase(Record):
    """A sentence of a report as this office words it."""

    report: str
    name: str
    text: str


@dataclass(frozen=True, slots=True)
class PaperDraft:
    """What a paper is to be kept with; see `Paper`."""

    report: str
    title: str
    pages: int
    about: Uid | None = None
    period: str = ""
    wording: tuple[Wording, ...] = ()


def checked_draft(draft: PaperDraft) -> PaperDraft:
    """The draft as it may be kept, cleaned."""
    title = clean_line(draft.title, limit=TITLE_LIMIT, label="标题", field="title")
    return replace(draft, title=title, wording=tuple(map(_checked_wording, draft.wording)))


def _checked_wording(wording: Wording) -> Wording:
    text = clean_text(wording.text, limit=SENTENCE_LIMIT, label="文书用语", field=wording.name)
    return replace(wording, text=text)


def checked_phrase(sentence: Sentence, text: str) -> str:
    """An office's own words for a sentence, cleaned. Raises `UserError` for a gap it has not."""
    cleaned = clean_text(text, limit=SENTENCE_LIMIT, label=sentence.label, field="text")
    check_gaps(sentence, cleaned)
    return cleaned


def with_copy(paper: Paper, copy: Copy) -> Paper:
    """The paper with one more copy noted."""
    return replace(paper, copies=(*paper.copies, copy))


def mark_of(paper: Paper, day: date, actor: str) -> str:
    """What is written on the next printed copy; empty for the first."""
    if not paper.printings:
        return ""
    return f"补打（第{paper.printings + 1}次）　{day.year}年{day.month}月{day.day}日　{actor}"
