"""Files dragged over a page: the veil says what would happen, and only what is taken arrives."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget

from desktop_app.widgets.file_drop import DropAnswer, FileDrop
from tests.driver.dropping import drag_in, drag_out, drop
from tests.widgets.conftest import Shown

LETTER, SHEET = Path("回执-QR01-000340.jlb"), Path("名册.xlsx")


def judge(paths: tuple[Path, ...]) -> DropAnswer:
    taken = tuple(path for path in paths if path.suffix == ".jlb")
    return DropAnswer(taken, "松开，导入回执" if taken else "不收表格")


@pytest.fixture
def page(show_in: Shown) -> QWidget:
    made = QWidget()
    show_in(made)
    return made


def test_the_veil_says_what_letting_go_would_do_and_the_files_arrive(page: QWidget) -> None:
    veil = FileDrop(page, judge)
    arrived: list[tuple[Path, ...]] = []
    veil.dropped.connect(arrived.append)
    drag_in(page, LETTER, SHEET)
    assert (veil.words, veil.geometry()) == ("松开，导入回执", page.rect())
    drop(page, LETTER, SHEET)
    assert (arrived, veil.words) == ([(LETTER,)], "")


def test_what_is_not_taken_is_refused_in_words_while_dragged_and_when_dropped(
    page: QWidget,
) -> None:
    veil = FileDrop(page, judge)
    refused: list[str] = []
    veil.refused.connect(refused.append)
    drag_in(page, SHEET)
    assert veil.words == "不收表格"
    drop(page, SHEET)
    assert (refused, veil.words) == (["不收表格"], "")


def test_the_veil_goes_with_the_files_that_are_taken_away_again(page: QWidget) -> None:
    veil = FileDrop(page, judge)
    drag_in(page, LETTER)
    drag_out(page)
    assert veil.words == ""


def test_text_dragged_from_elsewhere_is_none_of_its_business(page: QWidget) -> None:
    veil = FileDrop(page, judge)
    assert not drag_in(page)
    assert veil.words == ""


def test_what_is_not_the_pages_comes_to_what_lies_below_it(page: QWidget) -> None:
    inner = QWidget(page)
    inner.resize(page.size())
    inner.show()
    near, far = FileDrop(inner, lambda _paths: None), FileDrop(page, judge)
    arrived: list[tuple[Path, ...]] = []
    far.dropped.connect(arrived.append)
    assert drag_in(inner, LETTER)
    assert (near.words, far.words) == ("", "松开，导入回执")
    drop(inner, LETTER)
    assert arrived == [(LETTER,)]
