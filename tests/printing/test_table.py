"""Tables on paper: every row once, none cut, a head on every page and sums that are right."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.printing.blocks import Heading, Paragraph
from desktop_app.printing.cell_text import CellText
from desktop_app.printing.document import render
from desktop_app.printing.fonts import Role, fonts
from desktop_app.printing.line_ends import NEVER_FIRST
from desktop_app.printing.paragraph import Align
from desktop_app.printing.table import Table
from desktop_app.printing.table_layout import (
    Cell,
    Column,
    Group,
    Row,
    Texts,
    column_widths,
)
from tests.printing.outside import Page, Reading, assert_sound
from tests.printing.papers import COLUMNS, SIGNATURE, ledger, official, rows

PAIR = (Column("项目"), Column("数量", Align.RIGHT))


def _numbers(reading: Reading) -> list[str]:
    """The numbers of the rows that are there, in the order of the pages."""
    return re.findall(r"2026A-(\d{5})", reading.drawn)


def _sums(page: Page, label: str) -> list[str]:
    """What stands beside a label in bold at the foot of a page."""
    words = [word for line in page.lines for word in line]
    (place,) = [word for word in words if word.text == label]
    return [
        word.text
        for word in words
        if word.left > place.right and abs(word.bottom - place.bottom) < 2
    ]


def test_every_row_is_there_once_and_in_order() -> None:
    reading = assert_sound(render(ledger(Table(COLUMNS, rows(300)))))
    assert _numbers(reading) == [f"{number:05d}" for number in range(1, 301)]
    for row in rows(300)[::37]:
        for cell in row:
            assert cell.replace(" ", "") in reading.characters


def test_every_page_has_the_head() -> None:
    reading = assert_sound(render(ledger(Table(COLUMNS, rows(120)))))
    assert len(reading.pages) > 3
    for page in reading.pages:
        text = "".join(page.texts)
        assert all(column.title in text for column in COLUMNS)


@pytest.mark.parametrize("landscape", [True, False])
def test_a_page_is_filled_and_no_row_is_cut(landscape: bool) -> None:
    reading = assert_sound(render(ledger(Table(COLUMNS, rows(90)), landscape=landscape)))
    for page in reading.pages[:-1]:
        lowest = sorted(word.bottom for line in page.lines for word in line)
        foot = lowest[-1]
        body = [bottom for bottom in lowest if bottom < foot - 5]
        assert foot - body[-1] < 70, "room for another row is left"
    numbers = _numbers(reading)
    assert len(numbers) == 90
    address = [row[4] for row in rows(90)]
    for page in reading.pages:
        text = "".join(page.texts)
        here = re.findall(r"2026A-(\d{5})", text)
        for number in here:
            # What is broken in a cell is whole on its page.
            letters = sorted(address[int(number) - 1])
            assert all(text.count(letter) for letter in letters)


def test_sums_of_pages_add_up_to_the_sum_of_all() -> None:
    data = rows(130)
    reading = assert_sound(render(ledger(Table(COLUMNS, data, sums=(7,)))))
    pages = [int(_sums(page, "本页小计")[0]) for page in reading.pages]
    assert sum(pages) == sum(int(row[7]) for row in data)
    assert _sums(reading.pages[-1], "合计") == [str(sum(pages))]
    first = re.findall(r"2026A-(\d{5})", "".join(reading.pages[0].texts))
    assert pages[0] == sum(int(row[7]) for row in data[: len(first)])


def test_a_table_of_one_page_has_one_sum() -> None:
    reading = assert_sound(render(ledger(Table(COLUMNS, rows(5), sums=(7,)))))
    assert "本页小计" not in reading.characters
    assert reading.characters.count("合计") == 1


def test_sums_keep_decimals_and_thousands_and_pass_over_words() -> None:
    data = [("甲", "1,234.50"), ("乙", "—"), ("丙", "-4.5"), ("丁", "NaN"), ("戊", "85.8%")]
    page = assert_sound(render(official(Table(PAIR, data, sums=(1,))))).pages[0]
    assert _sums(page, "合计") == ["1,230.00"]


def test_no_rows_are_said_in_words() -> None:
    reading = assert_sound(render(ledger(Table(COLUMNS, (), sums=(7,)))))
    assert "本期没有记录" in reading.characters
    assert "合计" not in reading.characters


def test_a_row_higher_than_a_page_is_divided_and_nothing_of_it_is_lost() -> None:
    long = "".join(f"第{number}次反映。" for number in range(1, 900))
    data = [("甲", "1"), (long, "2"), ("丙", "3")]
    columns = (Column("事由", width=120.0), Column("人次", Align.RIGHT))
    reading = assert_sound(render(official(Table(columns, data, sums=(1,)))))
    assert len(reading.pages) > 2
    drawn = re.sub(r"\s", "", reading.drawn)
    parts = re.sub(r"事由|人次|本页小计\d+|—\d+—", "", drawn)
    numbers = re.findall(r"第(\d+)次", parts)
    assert numbers == [str(number) for number in range(1, 900)]
    assert _sums(reading.pages[-1], "合计") == ["6"]


def test_a_group_is_a_heading_across_the_table_and_never_ends_a_page() -> None:
    data: list[Row] = []
    for number in range(40):
        data += [Group(f"第{number}组"), *rows(2)]
    reading = assert_sound(render(ledger(Table(COLUMNS, data))))
    assert reading.characters.count("组") == 40
    for page in reading.pages:
        lines = [line for line in page.texts if not line.startswith(("打印", "第1页", "第2页"))]
        titles = [at for at, line in enumerate(lines) if re.fullmatch(r"第\d+组", line)]
        assert titles
        assert max(titles) < len(lines) - 1


def test_a_long_group_title_is_broken_and_not_cut() -> None:
    title = "物业纠纷（“两委”会议研究）" * 20
    reading = assert_sound(render(official(Table(PAIR, [Group(title), ("甲", "1")]))))
    assert reading.characters.count("两委") == 20


def test_a_cell_may_be_set_apart() -> None:
    data: list[Row] = [(Cell("重点", Role.HEI, Align.RIGHT), "1"), ("平常", "2")]
    page = assert_sound(render(official(Table(PAIR, data)))).pages[0]
    words = {word.text: word for line in page.lines for word in line}
    assert words["重点"].right > words["平常"].right


def test_columns_of_figures_stand_at_the_right() -> None:
    data = [("甲", "7"), ("乙", "12,345")]
    page = assert_sound(render(official(Table(PAIR, data)))).pages[0]
    words = {word.text: word for line in page.lines for word in line}
    assert words["7"].right == pytest.approx(words["12,345"].right, abs=0.1)


@pytest.mark.slow
def test_a_table_that_is_signed_leaves_rows_for_the_page_of_the_signature() -> None:
    for count in range(24, 44):
        table = Table(PAIR, [(f"第{number}项", "1") for number in range(count)])
        reading = assert_sound(render(official(table, SIGNATURE)))
        assert "项" in "".join(reading.pages[-1].texts).replace("项目", "")
        assert reading.characters.replace("项目", "").count("项") == count


@pytest.mark.slow
def test_a_table_does_not_begin_with_one_row_at_the_foot_of_a_page() -> None:
    for lines in range(12, 22):
        blocks = (
            Paragraph("国" * 28 * lines, flush=True), Heading("一、明细"),
            Table(PAIR, [(f"第{number}项", "1") for number in range(30)]),
        )  # fmt: skip
        for page in assert_sound(render(official(*blocks))).pages:
            text = "".join(page.texts).replace("项目", "")
            assert text.count("项") != 1
            assert ("明细" in text) <= (text.count("项") > 1)


def test_characters_no_cell_can_break_are_drawn_in_lines() -> None:
    data = [("x" * 500, "1"), ("，" * 300, "2")]
    reading = assert_sound(render(official(Table(PAIR, data))))
    assert reading.characters.count("x") == 500
    assert reading.characters.count("，") == 300


def test_columns_fill_the_table_and_those_that_need_little_take_little() -> None:
    texts = Texts(fonts(), 9)
    widths = column_widths(COLUMNS, rows(50), texts, 700)
    assert sum(widths) == pytest.approx(700)
    assert widths[0] < widths[3] < widths[6]
    with_fixed = (Column("甲", width=100.0), Column("乙"), Column("丙", weight=2))
    data = [("", "长" * 200, "长" * 200)]
    fixed, one, two = column_widths(with_fixed, data, texts, 700)
    assert fixed == pytest.approx(100)
    assert two / one == pytest.approx(2)


@pytest.mark.slow
def test_ten_thousand_rows_are_all_on_the_paper() -> None:
    reading = Reading(render(ledger(Table(COLUMNS, rows(10_000)))))
    assert len(_numbers(reading)) == 10_000
    assert reading.run("qpdf", "--check").returncode == 0
    pages = reading.text.split("\f")
    counts = [len(re.findall(r"2026A-\d{5}", page)) for page in pages if page]
    assert min(counts[:-1]) >= 15


SONG = CellText(fonts(), Role.SONG, 9)
CELL = st.text(st.sampled_from("国张𬭎，。“”（）《》！？…—abc1.%- \n"), max_size=80)


@given(CELL, st.floats(20, 200))
def test_lines_of_a_cell_fit_and_lose_nothing(text: str, room: float) -> None:
    lines = SONG.lines(text, room)
    assert re.sub(r"\s", "", "".join(lines)) == re.sub(r"\s", "", text)
    for line in lines:
        assert SONG.width(line) <= room + 4.5 + 1e-6 or len(line) == 1


@given(CELL, st.floats(60, 200))
def test_no_line_of_a_cell_begins_with_a_closing_sign(text: str, room: float) -> None:
    for before, after in pairwise(SONG.lines(text.replace("\n", ""), room)):
        if after[:1] in NEVER_FIRST:
            assert not re.search(r"[国张𬭎][国张𬭎（“《]", before), (before, after)
