"""A paged list: what it shows, what it says the person wants, and that Qt finds its model sound."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from desktop_app.core.errors import EnvironmentFault
from desktop_app.widgets.chips import ChipText
from desktop_app.widgets.line_list import LineItem, LineList
from desktop_app.widgets.row_actions import RowAction, RowCommand
from desktop_app.widgets.state_pane import StatePane
from desktop_app.widgets.table_model import CHIP_ROLE, Column, PageModel
from desktop_app.widgets.table_page import PagedTable
from desktop_app.widgets.theme import Theme, apply_theme
from tests.driver.typing import press
from tests.widgets.conftest import Shown


@dataclass(frozen=True)
class Visit:
    """A row such as a page hands in."""

    uid: str
    name: str
    done: bool = False
    count: int = 1


def of(row: object) -> Visit:
    assert isinstance(row, Visit)
    return row


def uid(row: object) -> str:
    return of(row).uid


def name(row: object) -> str:
    return of(row).name


def state(row: object) -> ChipText:
    return ChipText("办结", "ok") if of(row).done else ChipText("办理中", "info")


def count(row: object) -> str:
    return str(of(row).count)


def is_open(row: object) -> bool:
    return not of(row).done


COLUMNS = (
    Column("居民", name, 160, style="bold", stretch=True, key="name"),
    Column("状态", state, 120, key="state"),
    Column("人数", count, 72, style="number"),
)
ACTIONS = (
    RowAction("finish", "办结", key="B", offered=is_open),
    RowAction("print", "打印", key="Ctrl+P"),
)
ROWS = (Visit("a", "张淑芬"), Visit("b", "赖建国", done=True), Visit("c", "林阿妹"))


@pytest.fixture
def table(show_in: Shown) -> PagedTable:
    """A table of three visits, shown and with the keyboard."""
    made = PagedTable(COLUMNS, uid, actions=ACTIONS, name="来访")
    made.set_rows(ROWS, older=True)
    show_in(made)
    made.setFocus()
    return made


def test_qt_finds_the_model_sound(qtmodeltester: ModelTester, look: QApplication) -> None:
    model = PageModel(COLUMNS, uid)
    qtmodeltester.check(model)  # type: ignore[no-untyped-call]
    model.set_rows(ROWS)
    qtmodeltester.check(model)  # type: ignore[no-untyped-call]
    assert model.rowCount(model.index(0, 0)) == 0
    model.deleteLater()


def test_a_cell_is_its_word_and_a_chip_besides(look: QApplication) -> None:
    model = PageModel(COLUMNS, uid)
    model.set_rows(ROWS)
    cell = model.index(1, 1)
    assert model.data(cell) == "办结"
    assert model.data(cell, CHIP_ROLE) == ChipText("办结", "ok")
    number = model.data(model.index(0, 2), Qt.ItemDataRole.TextAlignmentRole)
    assert isinstance(number, Qt.AlignmentFlag)
    assert number & Qt.AlignmentFlag.AlignRight


def test_enter_opens_the_focused_row(table: PagedTable) -> None:
    opened: list[str] = []
    table.opened.connect(opened.append)
    press(table, Qt.Key.Key_Down, Qt.Key.Key_Return)
    assert opened == ["b"]


def test_a_key_does_an_action_on_the_focused_row_only_where_it_is_offered(
    table: PagedTable,
) -> None:
    wanted: list[RowCommand] = []
    table.command.connect(wanted.append)
    press(table, Qt.Key.Key_B)
    press(table, Qt.Key.Key_Down, Qt.Key.Key_B)
    press(table, Qt.Key.Key_P, with_=Qt.KeyboardModifier.ControlModifier)
    assert wanted == [RowCommand("finish", "a"), RowCommand("print", "b")]


def test_the_focused_row_stays_focused_on_another_page_of_the_same_rows(
    table: PagedTable,
) -> None:
    table.focus_row("c")
    table.set_rows((ROWS[2], ROWS[0]))
    assert table.focused_uid() == "c"
    table.set_rows((ROWS[1],))
    assert table.focused_uid() == "b"


def test_one_changed_row_is_shown_anew_and_its_actions_with_it(table: PagedTable) -> None:
    wanted: list[RowCommand] = []
    table.command.connect(wanted.append)
    assert table.replace_row(replace(ROWS[0], done=True))
    assert not table.replace_row(Visit("z", "不在这一页"))
    press(table, Qt.Key.Key_B)
    assert wanted == []
    assert table.model.data(table.model.index(0, 1)) == "办结"


def test_the_next_page_is_asked_for_by_button_and_by_key(table: PagedTable) -> None:
    asked: list[str] = []
    table.older.connect(lambda: asked.append("older"))
    table.newer.connect(lambda: asked.append("newer"))
    control = Qt.KeyboardModifier.ControlModifier
    press(table, Qt.Key.Key_PageDown, with_=control)
    press(table, Qt.Key.Key_PageUp, with_=control)
    next(b for b in table.findChildren(QPushButton) if b.text() == "更早").click()
    assert asked == ["older", "newer", "older"]


def test_an_empty_list_says_the_next_step(table: PagedTable) -> None:
    pressed: list[int] = []
    table.next_step.connect(lambda: pressed.append(1))
    table.show_empty("今天还没有人来访。", step="登记来访")
    pane = table.findChild(StatePane)
    assert isinstance(pane, StatePane)
    assert pane.isVisible()
    assert pane.sentence == "今天还没有人来访。"
    next(b for b in pane.findChildren(QPushButton) if b.text() == "登记来访").click()
    assert pressed == [1]
    table.set_rows(ROWS)
    assert not pane.isVisible()


def test_a_list_that_could_not_be_read_says_so_and_keeps_its_rows(table: PagedTable) -> None:
    table.show_fault(EnvironmentFault("读不到数据盘，已保存的没有丢。", "请检查磁盘。"))
    pane = table.findChild(StatePane)
    assert isinstance(pane, StatePane)
    assert pane.sentence == "读不到数据盘，已保存的没有丢。"
    assert table.model.rows == ROWS


def test_a_filter_that_hides_rows_says_so_and_offers_to_clear(table: PagedTable) -> None:
    cleared: list[int] = []
    table.clear_filter.connect(lambda: cleared.append(1))
    button = next(b for b in table.findChildren(QPushButton) if b.text() == "清除筛选")
    assert not button.isVisible()
    table.foot.set_note("另有 37 条未显示。")
    button.click()
    assert cleared == [1]


def test_rows_are_as_high_as_the_theme_says_even_when_it_changes(
    table: PagedTable, look: QApplication
) -> None:
    assert table.view.rowHeight(0) == 36
    apply_theme(look, Theme(large=True))
    assert table.view.rowHeight(0) == 52
    apply_theme(look, Theme())


def test_the_wide_column_takes_the_rest_but_keeps_its_own_width(table: PagedTable) -> None:
    wide = table.view.columnWidth(0)
    assert wide == table.view.viewport().width() - 120 - 72
    table.window().resize(300, 400)
    assert table.view.columnWidth(0) == 160


def test_kept_widths_come_back(table: PagedTable) -> None:
    kept: list[dict[str, int]] = []
    table.widths_changed.connect(kept.append)
    table.set_widths({"state": 222, "gone": 5})
    assert table.widths()["state"] == 222
    assert kept[-1] == {"state": 222}
    assert table.view.columnWidth(0) == table.view.viewport().width() - 222 - 72


def test_a_list_of_lines_is_walked_by_keys_and_left_at_the_top(
    show_in: Shown, qtbot: QtBot, qtmodeltester: ModelTester
) -> None:
    lines = LineList("居民")
    show_in(lines)
    qtmodeltester.check(lines.model())  # type: ignore[no-untyped-call]
    lines.set_items([LineItem("1", "张淑芬", chip=ChipText("办结", "ok")), LineItem("2", "张淑凤")])
    chosen: list[str] = []
    left: list[int] = []
    lines.chosen.connect(chosen.append)
    lines.left_upwards.connect(lambda: left.append(1))
    lines.enter()
    press(lines, Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Up, Qt.Key.Key_Return)
    press(lines, Qt.Key.Key_Up)
    assert (chosen, left) == (["2", "1"], [1])
    words = lines.model().index(0, 0).data()
    assert words == "张淑芬 办结"


def test_lines_that_are_read_again_keep_the_focused_one(show_in: Shown) -> None:
    lines = LineList("居民")
    show_in(lines)
    lines.set_items([LineItem("1", "张"), LineItem("2", "林")], select_first=True)
    press(lines, Qt.Key.Key_Down)
    lines.set_items([LineItem("2", "林"), LineItem("3", "赖")], select_first=True)
    assert lines.focused_uid() == "2"
