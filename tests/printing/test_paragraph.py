"""Paragraphs on paper: nothing is lost, lines keep the rules, pages break where one may."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.printing.blocks import Heading, Paragraph
from desktop_app.printing.document import render
from desktop_app.printing.fonts import Role, fonts
from desktop_app.printing.page import MM, OfficialFrame
from desktop_app.printing.paragraph import Align, Span, TextFlow, TextStyle
from tests.printing.outside import Page, assert_lines_break_well, assert_sound
from tests.printing.papers import BODY, official

PLAIN = TextStyle(Role.FANG, 16, 29, indent=2)


def _squeezed(text: str) -> str:
    return "".join(text.split())


def _body_lines(page: Page) -> list[str]:
    return page.texts[:-1]  # the last line is the page number


def test_what_is_copied_out_is_what_was_put_in() -> None:
    reading = assert_sound(render(official(*[Paragraph(BODY)] * 8)))
    copied = "".join("".join(_body_lines(page)) for page in reading.pages)
    assert copied == _squeezed(BODY) * 8
    assert_lines_break_well(reading)


def test_a_full_line_has_28_characters_and_a_full_page_22_lines() -> None:
    reading = assert_sound(render(official(Paragraph("国" * 28 * 50, flush=True))))
    lines = _body_lines(reading.pages[0])
    assert {len(line) for line in lines} == {28}
    assert len(lines) == 22
    (word,) = reading.pages[0].lines[0]
    assert word.left == pytest.approx(28 * MM, abs=0.1)
    # The last character's own distance to the next is not there.
    assert word.right == pytest.approx((28 + 156) * MM, abs=0.5)


def test_lines_are_set_to_both_margins_and_the_last_is_not() -> None:
    page = assert_sound(render(official(Paragraph(BODY)))).pages[0]
    rights = [line[-1].right for line in page.lines[:-1]]
    margin = (28 + 156) * MM
    for line, right in zip(page.texts, rights[:-1], strict=False):
        # A closing sign's white half may stand out.
        assert right == pytest.approx(margin, abs=9 if line[-1] in "，。、；）》”" else 1), line
    assert rights[-1] < margin - 20


def test_a_paragraph_begins_two_characters_in() -> None:
    page = assert_sound(render(official(Paragraph(BODY)))).pages[0]
    assert page.lines[0][0].left == pytest.approx(28 * MM + 2 * 156 * MM / 28, abs=0.1)
    assert page.lines[1][0].left == pytest.approx(28 * MM, abs=0.1)


def test_five_thousand_characters_without_a_space_stay_on_the_page() -> None:
    text = "网址" + "https://example.invalid/" + "x7" * 2500
    reading = assert_sound(render(official(Paragraph(text))))
    assert reading.characters.count("x7") + reading.characters.count("7x") >= 2500
    assert "".join("".join(_body_lines(page)) for page in reading.pages) == text


def test_a_run_of_closing_signs_as_long_as_a_page_is_printed_whole() -> None:
    reading = assert_sound(render(official(Paragraph("，" * 900))))
    assert reading.characters.count("，") == 900


def test_words_in_another_role_stand_in_the_same_line() -> None:
    text = (Span("（一）典型做法。", Role.KAI), Span("坚持党建引领。", Role.FANG))
    reading = assert_sound(render(official(Paragraph(text))))
    assert reading.pages[0].texts[0] == "（一）典型做法。坚持党建引领。"
    assert {"JinlinKai", "FandolFang"} <= {
        font["name"].partition("+")[2].partition("-")[0] for font in reading.fonts
    }


@pytest.mark.parametrize("role", [Role.FANG, Role.SONG, Role.KAI, Role.TITLE])
def test_signs_that_meet_share_their_gap_and_are_copied_as_they_are(role: Role) -> None:
    text = "《甲》《乙》：“丙（丁）。”"
    page = assert_sound(render(official(Paragraph((Span(text, role),))))).pages[0]
    (word,) = page.lines[0]
    assert word.text == text
    # Five gaps are shared: 》《 》： ：“ ）。 。”
    em = 156 * MM / 28
    assert word.right - word.left == pytest.approx((len(text) - 5 / 2) * em, abs=1)


def test_a_line_break_in_the_text_begins_a_paragraph_of_its_own() -> None:
    page = assert_sound(render(official(Paragraph("第一。\n第二。\r\n\n第三。")))).pages[0]
    assert page.texts[:3] == ["第一。", "第二。", "第三。"]
    lefts = {round(line[0].left) for line in page.lines[:3]}
    assert len(lefts) == 1


def test_centred_and_right_lines_stand_there() -> None:
    blocks = (Paragraph("中", Align.CENTER), Paragraph("右", Align.RIGHT))
    middle, right = assert_sound(render(official(*blocks))).pages[0].lines[:2]
    assert (middle[0].left + middle[0].right) / 2 == pytest.approx((28 + 78) * MM, abs=0.5)
    assert right[0].right == pytest.approx((28 + 156) * MM, abs=0.5)


def test_no_line_of_a_paragraph_stands_alone_at_the_end_of_a_page() -> None:
    flow = TextFlow("国" * 28 * 5, PLAIN, fonts())
    width = OfficialFrame().area.width
    assert flow.wrap(width, 1000)[1] == 6 * 29
    heights = {
        lines: [part.wrap(width, 0)[1] / 29 for part in flow.split(width, lines * 29)]
        for lines in range(1, 7)
    }
    assert heights == {1: [], 2: [2, 4], 3: [3, 3], 4: [4, 2], 5: [4, 2], 6: [6]}


@pytest.mark.slow
def test_a_heading_goes_over_the_page_with_the_text_it_heads() -> None:
    for filled in range(15, 23):
        blocks = (
            Paragraph("国" * 28 * filled, flush=True), Heading("一、情况"),
            Heading("（一）详情", 2), Paragraph(BODY),
        )  # fmt: skip
        for page in assert_sound(render(official(*blocks))).pages:
            lines = _body_lines(page)
            assert lines[-1] not in {"一、情况", "（一）详情"}, filled
            if "一、情况" in lines:
                assert lines.index("一、情况") + 3 < len(lines), filled


def test_a_long_title_is_set_in_lines_of_about_one_length() -> None:
    title = "关于龙门社区近邻服务站居民来访登记办理情况和共建项目推进情况的报告"
    page = assert_sound(render(official(Heading(title, 0)))).pages[0]
    lengths = [len(line) for line in page.texts[:-1]]
    assert "".join(page.texts[:-1]) == title
    assert max(lengths) - min(lengths) <= 3


@pytest.mark.slow
@settings(max_examples=25)
@given(
    st.lists(
        st.text(
            alphabet=st.sampled_from("国张𬭎，。“”（）《》！？：；、…—·aB1,.%- "),
            min_size=1,
            max_size=90,
        ),
        min_size=1,
        max_size=12,
    )
)
def test_whatever_is_typed_comes_back_whole(texts: list[str]) -> None:
    blocks = [Paragraph(text) for text in texts if text.strip()] or [Paragraph("空")]
    pages = assert_sound(render(official(*blocks))).pages
    # Readers sort marks that stand close by their boxes, so only what is there is compared.
    found = sorted("".join("".join(_body_lines(page)) for page in pages))
    assert found == sorted(_squeezed("".join(texts)) or "空")
