"""Rows on the clipboard keep their columns, and are as masked as they are shown."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from desktop_app.widgets.chips import ChipText
from desktop_app.widgets.table_model import Column
from desktop_app.widgets.table_page import PagedTable
from tests.driver.typing import press
from tests.widgets.conftest import Shown

Row = tuple[str, str, str]
CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
ROWS: tuple[Row, ...] = (
    ("001", "张*芬", "楼道灯\n不亮\t了"),
    ("002", "赖*国", "=1+1"),
    ("003", "林*妹", "<b>&"),
)


def _cell(place: int, row: object) -> str:
    assert isinstance(row, tuple)
    return str(row[place])


@pytest.fixture
def table(show_in: Shown) -> PagedTable:
    """A table of three rows, shown and with the keyboard."""
    made = PagedTable(
        (
            Column("", lambda _row: "1", style="tick"),
            Column("编号", lambda row: _cell(0, row)),
            Column("姓名", lambda row: _cell(1, row)),
            Column("状态", lambda _row: ChipText("办结", "ok")),
            Column("事由", lambda row: _cell(2, row), stretch=True),
        ),
        lambda row: _cell(0, row),
        name="来访",
    )
    made.set_rows(ROWS)
    show_in(made)
    made.setFocus()
    return made


def _text() -> str:
    return QGuiApplication.clipboard().text()


def test_the_focused_row_goes_with_all_its_columns(table: PagedTable) -> None:
    table.view.setColumnHidden(4, True)
    press(table.view, Qt.Key.Key_C, with_=CONTROL)
    assert _text() == "001\t张*芬\t办结\t楼道灯 不亮 了"


def test_shift_and_arrows_take_more_rows(table: PagedTable) -> None:
    press(table.view, Qt.Key.Key_Down, with_=SHIFT)
    press(table.view, Qt.Key.Key_C, with_=CONTROL)
    assert [line.split("\t")[0] for line in _text().split("\n")] == ["001", "002"]


def test_with_shift_all_of_the_page_goes_below_its_titles(table: PagedTable) -> None:
    press(table.view, Qt.Key.Key_C, with_=CONTROL | SHIFT)
    lines = _text().split("\n")
    assert lines[0] == "编号\t姓名\t状态\t事由"
    assert len(lines) == 4


def test_what_begins_like_a_formula_is_none(table: PagedTable) -> None:
    table.focus_row("002")
    press(table.view, Qt.Key.Key_C, with_=CONTROL)
    assert _text().endswith("\t'=1+1")
    html = QGuiApplication.clipboard().mimeData().html()
    assert "mso-number-format:'\\@'" in html
    assert "<td" in html


def test_what_looks_like_markup_stays_a_text(table: PagedTable) -> None:
    table.focus_row("003")
    press(table.view, Qt.Key.Key_C, with_=CONTROL)
    assert "&lt;b&gt;&amp;" in QGuiApplication.clipboard().mimeData().html()


def test_nothing_is_copied_of_an_empty_list(table: PagedTable) -> None:
    QGuiApplication.clipboard().setText("before")
    table.show_empty("还没有来访。")
    press(table.view, Qt.Key.Key_C, with_=CONTROL)
    assert _text() == "before"
