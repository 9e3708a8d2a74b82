"""活动简报: one activity told in a few hundred characters, with its best photos."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from desktop_app.core.letterhead import Letterhead
from desktop_app.ledgers.activities.report.data import ActivityData, paragraphs
from desktop_app.ledgers.activities.report.wording import opening
from desktop_app.printing.blocks import Block, Heading, Paragraph
from desktop_app.printing.document import Document
from desktop_app.printing.masthead import Distribution, Masthead
from desktop_app.printing.page import MM, OfficialFrame
from desktop_app.printing.pictures import Photos

BRIEF_LENGTH = (300, 600)
"""Characters a brief is usually long (活动简报: 正文 300–600 字)."""

MOST_PHOTOS = 4
_ROW = 72 * MM
"""How high a row of two photos may be."""
_BETWEEN = 6 * MM


def brief(data: ActivityData, words: Mapping[str, str], head: Letterhead) -> Document:
    """活动简报 第 n 期. `words` are `BRIEF_SENTENCES` as worded for this paper."""
    title = words["title_meeting" if data.activity.meeting else "title"]
    return Document(
        "".join(title.splitlines()),
        tuple(_blocks(title, data, words, head)),
        head.made_at,
        OfficialFrame(mark=head.mark),
        author=head.signed_by,
        subject=f"{words['masthead']} {words['issue']}".strip(),
    )


def told_of_length(data: ActivityData, words: Mapping[str, str]) -> str:
    """A sentence when the text is shorter or longer than briefs are; empty when it is not."""
    least, most = BRIEF_LENGTH
    length = sum(len("".join(part.split())) for part in _parts(data, words))
    if least <= length <= most:
        return ""
    return f"简报正文现在有{length}字，一般{least}到{most}字。"


def _blocks(
    title: str, data: ActivityData, words: Mapping[str, str], head: Letterhead
) -> Iterator[Block]:
    yield Masthead(words["masthead"], words["issue"], head.signed_by, head.day)
    yield Heading(title, 0)
    yield from map(Paragraph, _parts(data, words))
    shown = data.photos[:MOST_PHOTOS]
    rows = (len(shown) + 1) // 2
    whom = Distribution(tuple(_distribution(words)))
    yield Photos(shown, highest=rows * _ROW, below=whom.height + _BETWEEN)
    yield whom


def _parts(data: ActivityData, words: Mapping[str, str]) -> list[str]:
    return [*paragraphs(opening(data, words)), *paragraphs(words["text"])]


def _distribution(words: Mapping[str, str]) -> Iterator[str]:
    for name, label in (("to_report", "报"), ("to_send", "送"), ("to_issue", "发")):
        whom = " ".join(words[name].split())
        if whom:
            yield f"{label}：{whom}"
