"""A copy is marked on every page, and what was there is still there."""

from __future__ import annotations

from datetime import UTC, datetime

from desktop_app.printing.blocks import Heading, PageBreak, Paragraph
from desktop_app.printing.document import Document, render
from desktop_app.printing.page import LedgerFrame, OfficialFrame, PageFrame
from desktop_app.printing.stamp import page_count, stamped
from tests.printing.outside import assert_sound

MADE = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
MARK = "补打（第2次）　2026年11月23日　李文强"


def paper(frame: PageFrame) -> bytes:
    blocks = (Heading("会议纪要", 0), Paragraph("张𬭎到会。"), PageBreak(), Paragraph("第二页。"))
    return render(Document("会议纪要", blocks, MADE, frame=frame))


def test_pages_are_counted() -> None:
    assert page_count(paper(OfficialFrame())) == 2


def test_every_page_of_a_copy_says_so_and_keeps_its_words() -> None:
    for frame in (OfficialFrame(), LedgerFrame("青榕站", "2026年10月", "李文强", MADE)):
        reading = assert_sound(stamped(paper(frame), MARK))
        assert len(reading.pages) == 2
        for page in reading.pages:
            assert set(MARK.split()) <= set(page.texts)
        assert "张𬭎到会。" in "".join(reading.pages[0].texts)


def test_the_mark_covers_nothing_of_the_page() -> None:
    pdf = paper(OfficialFrame())
    before, after = assert_sound(pdf), assert_sound(stamped(pdf, MARK))
    for old, new in zip(before.pages, after.pages, strict=True):
        assert set(old.lines) <= set(new.lines)
        mark = [word for line in set(new.lines) - set(old.lines) for word in line]
        assert mark
        assert max(word.bottom for word in mark) < min(line[0].top for line in old.lines)
