"""The parts of documents: numbered sections, annexes, photos, forms, briefs, data files."""

from __future__ import annotations

import csv
import io
from datetime import date
from itertools import pairwise

import pytest

from desktop_app.printing.blocks import Block, Heading, PageBreak, Paragraph, Signature
from desktop_app.printing.data_file import data_file
from desktop_app.printing.document import Document, render
from desktop_app.printing.form_frame import FormFrame
from desktop_app.printing.key_values import KeyValues, Pair
from desktop_app.printing.masthead import Distribution, Masthead
from desktop_app.printing.page import MM
from desktop_app.printing.pictures import Photos
from desktop_app.printing.sections import Section, numbered, numeral
from desktop_app.printing.table import Table
from desktop_app.printing.table_layout import Column
from tests.ledgers.activities.papers import photos
from tests.printing.outside import assert_sound
from tests.printing.papers import AT, official

SIGNED = Signature("中共龙门街道龙门社区委员会", date(2026, 10, 9))


def lines(count: int) -> Paragraph:
    """A paragraph of so many lines."""
    return Paragraph("国" * 28 * count, flush=True)


def table(rows: int) -> Table:
    return Table((Column("来源"), Column("金额")), [("经费", str(n)) for n in range(rows)])


def form(*blocks: Block, **more: object) -> Document:
    return Document("活动签到表", blocks, AT, FormFrame("龙门社区", AT, **more))  # type: ignore[arg-type]


def test_sections_without_content_are_left_out_and_the_others_count_on() -> None:
    blocks = list(
        numbered([Section("甲", (lines(1),)), Section("乙", ()), Section("丙", (lines(1),))])
    )
    assert [block.text for block in blocks if isinstance(block, Heading)] == ["一、甲", "二、丙"]


@pytest.mark.parametrize(
    ("number", "words"),
    [(1, "一"), (9, "九"), (10, "十"), (12, "十二"), (20, "二十"), (99, "九十九")],
)
def test_numbers_of_headings_are_written_as_one_says_them(number: int, words: str) -> None:
    assert numeral(number) == words


def test_a_heading_stays_with_the_table_that_goes_over_the_page_with_the_signature() -> None:
    """Wherever the page ends, no heading is its last line."""
    for above in range(8, 20):
        blocks = (lines(above), Heading("五、经费使用"), table(2), SIGNED)
        for page in assert_sound(render(official(*blocks))).pages:
            texts = [text for text in page.texts if not text.startswith("—")]
            assert texts[-1] != "五、经费使用", above


def test_a_heading_stays_with_a_table_too_short_to_divide() -> None:
    facts = tuple(Pair(f"办理{n}", "澄岭街道", wide=True) for n in range(3))
    for above in range(14, 22):
        blocks = (lines(above), Heading("七、办理地点"), KeyValues(facts))
        first, *rest = assert_sound(render(official(*blocks))).pages
        holds_heading = "七、办理地点" in first.texts
        assert holds_heading == any("办理0" in text for text in first.texts), above
        assert len(rest) <= 1


def test_annexes_are_named_between_text_and_signature_and_never_without_text() -> None:
    several = Signature("龙门社区", date(2026, 10, 9), annexes=("签到表", "现场照片"))
    for above in range(14, 22):
        page = assert_sound(render(official(lines(above), several))).pages[-1]
        places = {
            word: number
            for number, text in enumerate(page.texts)
            for word in ("国国", "附件：1.签到表", "2.现场照片", "龙门社区", "2026年10月9日")
            if word in text
        }
        assert list(places) == ["国国", "附件：1.签到表", "2.现场照片", "龙门社区", "2026年10月9日"]


def test_annexes_stand_below_an_empty_line_and_leave_the_signature_its_room() -> None:
    signed = Signature("龙门社区", date(2026, 10, 9), annexes=("签到表", "现场照片"))
    (page,) = assert_sound(render(official(lines(3), signed))).pages
    tops = [line[0].top for line in page.lines][2:7]
    line = 225 * MM / 22
    steps = [(low - high) / line for high, low in pairwise(tops)]
    assert steps == pytest.approx([2, 1, 3, 1], abs=0.1)


def test_photos_begin_below_the_heading_they_belong_to() -> None:
    blocks = (lines(3), PageBreak(), Paragraph("附件", flush=True), Heading("现场照片", 0))
    reading = assert_sound(render(official(*blocks, Photos(photos(6)))))
    assert len(reading.pages) == 3
    assert "现场照片" in reading.pages[1].texts
    assert "医生为老人量血压" in reading.pages[1].texts


def test_sets_of_photos_are_alike_in_size() -> None:
    reading = assert_sound(render(official(lines(1), PageBreak(), Photos(photos(5)))))
    shown = [sum(len(line) for line in page.lines) for page in reading.pages[1:]]
    assert len(shown) == 2
    listed = reading.ask("pdfimages", "-list").splitlines()[2:]
    assert [int(row.split()[0]) for row in listed] == [2, 2, 2, 3, 3]


def test_a_mark_stands_on_every_page_of_every_frame() -> None:
    marked = form(table(60), mark="补打")
    pages = assert_sound(render(marked)).pages
    assert len(pages) == 2
    assert all("补打" in "".join(page.texts) for page in pages)


def test_so_many_rows_fill_a_page_also_when_some_have_several_lines() -> None:
    long = "阿卜杜拉·买买提·吐尔逊" * 2
    columns = (Column("序号", width=30), Column("姓名", width=70), Column("签名"))
    rows = [(str(n), long if n in (3, 9) else "", "") for n in range(1, 51)]
    pages = assert_sound(render(form(Table(columns, rows, rows_a_page=25)))).pages
    assert [sum(text.isdecimal() for text in page.texts) for page in pages] == [25, 25]


def test_facts_of_a_form_are_all_there_however_long() -> None:
    name = "邻里" * 50
    reading = assert_sound(render(form(table(1), facts=(f"活动名称：{name}", "地点：广场"))))
    assert reading.characters.count("邻里") == 50
    right = (210 - 15) * MM
    assert all(word.right <= right + 1 for line in reading.pages[0].lines for word in line)


def test_a_brief_ends_with_whom_it_goes_to_at_the_foot_of_its_last_page() -> None:
    head = Masthead("近邻简报", "第3期", "龙门社区", date(2026, 10, 9))
    whom = Distribution(("报：街道党工委", "发：各党支部"))
    for above in (1, *range(13, 20), 30):
        reading = assert_sound(render(official(head, lines(above), whom)))
        last = reading.pages[-1]
        (word,) = [w for line in last.lines for w in line if w.text.startswith("发：")]
        assert word.bottom == pytest.approx((297 - 35) * MM, abs=26)
        assert any("国国" in text for text in last.texts), above


def test_a_brief_without_readers_named_has_no_empty_box() -> None:
    with_none = render(official(lines(3), Distribution(())))
    assert assert_sound(with_none).pages[0].texts[:-1] == ["国" * 28] * 3


def test_a_data_file_opens_in_a_spreadsheet_and_holds_no_formula() -> None:
    made = data_file("数据", [("项目", "数值"), ("=1+1", -3), ("党员𬭎", 5)])
    assert made.name == "数据.csv"
    assert made.content.startswith("\ufeff".encode())
    rows = list(csv.reader(io.StringIO(made.content.decode("utf-8-sig"))))
    assert rows == [["项目", "数值"], ["'=1+1", "-3"], ["党员𬭎", "5"]]
