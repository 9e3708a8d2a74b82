"""A document as a whole: its pages, its foot, its signature, and what it says about itself."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, datetime

import pikepdf
import pytest

from desktop_app.core.resources import resource_path
from desktop_app.printing.blocks import (
    Heading,
    PageBreak,
    Paragraph,
    Signature,
    Spacer,
    written_date,
)
from desktop_app.printing.document import missing_characters, render
from desktop_app.printing.finish import Attachment
from desktop_app.printing.fonts import FontBook, Role, fonts
from desktop_app.printing.key_values import KeyValues, Pair
from desktop_app.printing.page import MM
from desktop_app.printing.paragraph import Span
from desktop_app.printing.table import Table
from desktop_app.printing.table_layout import Cell
from tests.printing.outside import Reading, assert_lines_break_well, assert_sound
from tests.printing.papers import AT, BODY, COLUMNS, SIGNATURE, ledger, official, report, rows


def test_a_report_of_several_pages_passes_every_reader() -> None:
    reading = assert_sound(render(report()))
    assert len(reading.pages) > 3
    assert_lines_break_well(reading)
    assert reading.facts["Title"] == "关于近邻服务站工作情况的报告"
    assert reading.facts["Page size"].endswith("(A4)")
    copied = reading.characters
    assert [copied.count(f"第{number}段完。") for number in range(6)] == [1] * 6


def test_page_numbers_stand_outside_odd_right_and_even_left() -> None:
    for number, page in enumerate(assert_sound(render(report())).pages, 1):
        foot = page.lines[-1]
        assert "".join(word.text for word in foot) == f"—{number}—"
        if number % 2:
            assert foot[-1].right == pytest.approx((28 + 156) * MM - 14, abs=0.5)
        else:
            assert foot[0].left == pytest.approx(28 * MM + 14, abs=0.5)


def test_the_same_document_gives_the_same_bytes() -> None:
    assert render(report()) == render(report())
    with_rows = replace(report(), attachments=(Attachment("数据.csv", b"a,b\n"),))
    assert render(with_rows) == render(with_rows)
    later = replace(report(), made_at=AT.replace(minute=59))
    assert render(later) != render(report())


def test_a_document_says_what_it_is_who_made_it_when_and_in_which_language() -> None:
    document = official(Paragraph("正文。"), author="龙门社区𬭎", subject="<季度> & 报告")
    content = render(document)
    facts = assert_sound(content).facts
    assert (facts["Author"], facts["Subject"]) == ("龙门社区𬭎", "<季度> & 报告")
    assert facts["CreationDate"] == "Mon Nov 23 01:05:00 2026 UTC"
    description = Reading(content).ask("pdfinfo", "-meta")
    assert "龙门社区𬭎" in description
    assert "&lt;季度&gt; &amp; 报告" in description
    assert "2026-11-23T09:05:00+08:00" in description
    assert b"/Lang (zh-CN)" in content


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="zone"):
        render(replace(report(), made_at=datetime(2026, 1, 1)))


def test_headings_stand_in_the_outline() -> None:
    blocks = (
        Heading("报告", 0),
        Heading("一、情况"),
        Heading("（一）详情𬭎", 2),
        Heading("二、其他"),
    )
    content = render(official(*(part for block in blocks for part in (block, Paragraph(BODY)))))
    with pikepdf.open(Reading(content).as_file()) as pdf, pdf.open_outline() as outline:
        (title,) = outline.root
        first, second = title.children
    assert (title.title, first.title, second.title) == ("报告", "一、情况", "二、其他")
    assert [child.title for child in first.children] == ["（一）详情𬭎"]


@pytest.mark.slow
def test_a_signature_never_stands_on_a_page_without_a_line_of_text() -> None:
    for lines in range(14, 26):
        text = "国" * 28 * lines
        reading = assert_sound(render(official(Paragraph(text, flush=True), SIGNATURE)))
        last = reading.pages[-1].texts
        assert "2026年10月9日" in last
        assert sum("国国" in line for line in last) >= 2, lines
        assert reading.characters.count("国") == 28 * lines


def test_a_signature_that_is_sealed_stands_four_characters_in_its_unit_over_the_date() -> None:
    page = assert_sound(render(official(Paragraph("正文。"), SIGNATURE))).pages[0]
    unit, day = page.lines[1], page.lines[2]
    assert day[-1].right == pytest.approx((28 + 156) * MM - 4 * 16, abs=1)
    assert unit[0].left + unit[-1].right == pytest.approx(day[0].left + day[-1].right, abs=1)


def test_a_signature_without_a_seal_stands_two_characters_in() -> None:
    signature = Signature("龙门社区近邻服务站党支部", date(2026, 10, 9), sealed=False)
    page = assert_sound(render(official(Paragraph("正文。"), signature))).pages[0]
    unit, day = page.lines[1], page.lines[2]
    assert unit[-1].right == pytest.approx((28 + 156) * MM - 2 * 16, abs=1)
    assert day[0].left == pytest.approx(unit[0].left + 2 * 16, abs=1)


def test_a_unit_too_long_for_a_line_is_broken_and_stays_on_the_page() -> None:
    signature = replace(SIGNATURE, unit="中共龙门街道龙门社区委员会、" * 4)
    reading = assert_sound(render(official(Paragraph("正文。"), signature)))
    assert reading.characters.count("龙门社区委员会") == 4


def test_dates_are_written_without_leading_noughts() -> None:
    assert written_date(date(2026, 1, 9)) == "2026年1月9日"


def test_a_page_break_begins_a_page_and_leaves_none_blank() -> None:
    blocks = (PageBreak(), Paragraph("甲"), PageBreak(), PageBreak(), Paragraph("乙"), PageBreak())
    reading = assert_sound(render(official(*blocks)))
    assert [page.texts[0] for page in reading.pages] == ["甲", "乙"]


def test_empty_lines_at_the_end_of_a_page_make_no_page() -> None:
    blocks = (Paragraph("国" * 28 * 21, flush=True), Spacer(5), Paragraph("乙"))
    reading = assert_sound(render(official(*blocks)))
    assert [page.texts[-2] for page in reading.pages] == ["国" * 28, "乙"]


def test_a_ledger_says_on_every_page_who_printed_it_when_and_which_page_it_is() -> None:
    document = ledger(*[Paragraph(BODY)] * 40)
    reading = assert_sound(render(document))
    total = len(reading.pages)
    assert total > 1
    for number, page in enumerate(reading.pages, 1):
        text = "".join(page.texts)
        for words in ("来访登记台账", "龙门街道龙门社区近邻服务站", "2026年第三季度"):
            assert words in text
        assert f"第{number}页共{total}页" in text
        assert "打印人：王小燕" in text
        assert "打印时间：2026-11-2309:05" in text
        assert "补打" not in text


def test_a_second_print_is_marked_as_one() -> None:
    reading = assert_sound(render(ledger(Paragraph("正文。"), landscape=False, reprint=2)))
    assert "补打（第3次）" in reading.characters


def test_a_head_too_long_for_its_line_is_set_smaller_and_not_cut() -> None:
    document = replace(ledger(Paragraph("正文。")), title="龙门街道来访登记台账" * 12)
    reading = assert_sound(render(document))
    assert reading.characters.count("龙门街道来访登记台账") == 12


def test_rows_travel_inside_the_document_as_csv() -> None:
    rows = "姓名,事项\n张𬭎,医保缴费\n".encode("utf-8-sig")
    content = render(official(Paragraph("见附件。"), attachments=(Attachment("来访.csv", rows),)))
    assert_sound(content)
    assert "来访.csv" in Reading(content).ask("pdfdetach", "-list")
    with pikepdf.open(Reading(content).as_file()) as pdf:
        (found,) = [spec.get_file().read_bytes() for spec in pdf.attachments.values()]
    assert found == rows


def test_a_password_locks_the_document() -> None:
    document = official(Paragraph("张𬭎的病情。"))
    content = render(replace(document, password="龙门-2026"))
    assert Reading(content).run("pdfinfo").returncode != 0
    # What is said of a document beside its pages stands in it as it is, unless it is locked.
    assert document.title.encode() in render(document)
    assert document.title.encode() not in content
    reading = assert_sound(content, "龙门-2026")
    assert "AES-256" in reading.facts["Encrypted"]
    assert "张𬭎的病情。" in reading.characters


def test_what_cannot_be_printed_is_told_wherever_it_stands() -> None:
    document = official(
        Paragraph((Span("王\U0001f600", Role.KAI),)),
        Table(COLUMNS, [*rows(2), (Cell("\U0001f601"), "\U0001f602", *[""] * 7)]),
        KeyValues((Pair("来访人", "张𬭎\U0001f603"),)),
        replace(SIGNATURE, unit="社区\U0001f604"),
    )
    assert missing_characters(document) == set("\U0001f600\U0001f601\U0001f602\U0001f603\U0001f604")
    assert assert_sound(render(document)).characters.count("〓") == 5
    assert missing_characters(report()) == frozenset()


def test_a_document_in_an_offices_own_face_is_as_sound() -> None:
    own = fonts({Role.FANG: resource_path("fonts", "NotoSansSC-Regular.ttf")})
    reading = assert_sound(render(report(), own))
    assert_lines_break_well(reading)
    assert any("NotoSansSC-Regular" in font["name"] for font in reading.fonts)
    assert "张𬭎、阿卜杜拉·买买提" in reading.characters


def test_threads_printing_at_once_print_what_each_prints_alone() -> None:
    documents = [report(2), ledger(Table(COLUMNS, rows(200))), report(3)] * 2
    alone = [render(document) for document in documents]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(render, documents)) == alone


def test_a_new_book_prints_the_same_bytes() -> None:
    assert render(report(), FontBook()) == render(report())
