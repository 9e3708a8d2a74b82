"""An old ledger is dropped on the window, looked through, taken in and taken back, by keys."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter
from PySide6.QtCore import QElapsedTimer, Qt, QTimer, Slot
from PySide6.QtWidgets import QWidget

from desktop_app.core.route import import_for
from desktop_app.ledgers.visits import service as visits
from desktop_app.ledgers.visits.rules.listing import VisitFilter
from desktop_app.sheets.reader import open_book
from desktop_app.station.importing.ui.file_step import MACROS
from desktop_app.station.importing.ui.words import Step
from desktop_app.storage.paging import FIRST
from desktop_app.storage.session import Desk
from tests.driver.importing import CONTROL, ImportingSeat
from tests.driver.program import Counter
from tests.driver.settings import nameless
from tests.sheets.gallery import with_part, workbook
from tests.station.importing.ui.sheets import BAD, GOOD, HEADINGS, many_visits, old_visits

pytestmark = pytest.mark.sqlite_only
K = Qt.Key
MOST_MS = 1_000
"""What the window may be away for, on a machine that is busy with other tests."""


class Heartbeat(QTimer):
    """Ticks while the window answers; tells the longest time in which it did not."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._since = QElapsedTimer()
        self._longest = 0
        self._since.start()
        self.timeout.connect(self._tick)
        self.start(10)

    def longest_ms(self) -> int:
        self._tick()
        self.stop()
        return self._longest

    @Slot()
    def _tick(self) -> None:
        self._longest = max(self._longest, self._since.restart())


def count(desk: Desk) -> int:
    """How many visits the station has, on the first page of its list."""
    return len(visits.page(desk, VisitFilter(), FIRST).rows)


def test_a_ledger_that_is_dropped_comes_in_step_by_step(
    seat: ImportingSeat, tmp_path: Path
) -> None:
    desk = seat.counter.workplace.desk
    assert seat.drop(old_visits(tmp_path, BAD)) == "松开，导入表格 2023年来访登记.xlsx"
    assert (seat.step(), seat.deed) == (Step.FILE, "下一步")
    seat.go_on()
    assert seat.step() is Step.HEADING
    assert "标题：2023年来访登记表。表头在第 2 行。" in seat.words
    assert seat.page.faces.heading.year.number() == 2023
    seat.go_on()
    assert seat.step() is Step.MAPPING
    assert seat.mapping == {
        "序号": "不导入", "日期": "来访时间", "来访人": "来访人姓名", "联系方式": "联系电话",
        "住址": "住址", "来访事项": "事由", "办理结果": "办理结果",
    }  # fmt: skip
    seat.go_on()
    assert seat.step() is Step.PREVIEW
    assert seat.filters == ["全部 4", "有错 1", "新增 3"]
    assert [row[:2] for row in seat.preview] == [
        ["6", "有错"], ["3", "新增"], ["4", "新增"], ["5", "新增"],
    ]  # fmt: skip
    assert "合计1行" in seat.words
    assert ["联系电话", "138", "有错"] in seat.detail
    assert "手机号码应为11位" in seat.words
    seat.press(K.Key_3)
    assert [row[0] for row in seat.preview] == ["3", "4", "5"]
    assert count(desk) == 0, "a preview keeps nothing"
    assert seat.deed == "导入 3 条"
    seat.go_on()
    assert seat.step() is Step.RESULT
    assert seat.result.startswith(
        "已导入 3 条\n编号 QR01-D2026A-00001，来访：新增 3 条，有错 1 条。"
    )
    assert count(desk) == 3


def test_what_was_not_taken_in_is_saved_and_the_whole_is_taken_back(
    seat: ImportingSeat, tmp_path: Path
) -> None:
    seat.drop(old_visits(tmp_path, BAD))
    seat.go_to(Step.RESULT)
    seat.push("没有导入的行另存为…")
    seat.choose(tmp_path / "改好再来.xlsx")
    rows = open_book(tmp_path / "改好再来.xlsx").rows(0)
    assert rows[0][:2] == ["序号", "日期"]
    assert rows[0][-1] == "原因"
    assert rows[1][2] == "孙大勇"
    seat.push("撤回整次导入…")
    assert "导入了 3 条来访，之后都没有改过" in seat.counter.sheet().accessibleDescription()
    seat.counter.answer("撤回整次导入")
    seat.settle()
    assert seat.result.startswith("已撤回整次导入\n没有留下任何内容。")
    assert count(seat.counter.workplace.desk) == 0
    seat.push("再导入一份")
    assert (seat.step(), seat.deed) == (Step.FILE, "")


def test_a_wrong_mapping_is_put_right_by_keys_and_what_is_missing_is_said(
    seat: ImportingSeat, tmp_path: Path
) -> None:
    seat.drop(old_visits(tmp_path))
    seat.go_to(Step.MAPPING)
    seat.map("日期", "不导入")
    assert seat.mapping["日期"] == "不导入"
    assert "还缺“来访时间”：请在下面选出是哪一列。" in seat.words
    seat.go_on()
    assert seat.step() is Step.MAPPING, "nothing is tried without it"
    seat.map("日期", "来访时间")
    assert "还缺" not in seat.words
    seat.map("序号", "备注")
    seat.press(K.Key_Escape)
    assert seat.step() is Step.HEADING
    seat.go_to(Step.RESULT)
    assert seat.result.startswith("已导入 3 条")
    seat.drop(old_visits(tmp_path, name="再来一份.xlsx"))
    seat.go_to(Step.MAPPING)
    assert seat.mapping["序号"] == "备注"
    assert seat.page.faces.mapping.learned.isVisible(), "和上次相同"


def test_escape_leaves_the_box_of_a_column_and_not_the_step(
    seat: ImportingSeat, tmp_path: Path
) -> None:
    seat.drop(old_visits(tmp_path))
    seat.go_to(Step.MAPPING)
    table = seat.page.faces.mapping.table
    seat.press(K.Key_Return)
    seat.press(K.Key_Escape)
    assert table.box.hasFocus() or table.view.hasFocus()
    table.box.setFocus()
    seat.counter.type("备")
    seat.press(K.Key_Escape)
    assert seat.step() is Step.MAPPING
    assert table.view.hasFocus()
    assert seat.mapping["序号"] == "不导入", "what was typed is not taken"


def test_the_row_of_headings_is_moved_by_the_arrows(seat: ImportingSeat, tmp_path: Path) -> None:
    seat.drop(old_visits(tmp_path))
    seat.go_to(Step.HEADING)
    seat.press(K.Key_Down)
    seat.go_on()
    assert seat.step() is Step.MAPPING
    assert "周桂兰" in seat.mapping, "the first row is taken for the headings"
    seat.back()
    assert "表头在第 3 行。" in seat.words
    seat.press(K.Key_Up)
    seat.go_on()
    assert seat.mapping["来访人"] == "来访人姓名"


def test_a_file_that_is_no_table_is_told_by_what_it_is(seat: ImportingSeat, tmp_path: Path) -> None:
    fake = tmp_path / "花名册.xlsx"
    fake.write_bytes(b"%PDF-1.7\n" + bytes(range(256)) * 20)
    seat.drop(fake)
    assert "PDF" in seat.said
    assert (seat.step(), seat.deed) == (Step.FILE, "")
    seat.drop(old_visits(tmp_path))
    assert seat.said == "", "the next one is welcome"
    assert seat.deed == "下一步"
    assert seat.drop(tmp_path / "一.xlsx", tmp_path / "二.csv") == (
        "一次只导入一份表格，请一份一份拖过来。"
    )
    seat.counter.answer("知道了")


def test_macros_are_told_and_another_sheet_can_be_taken(
    seat: ImportingSeat, tmp_path: Path
) -> None:
    path = tmp_path / "两张表.xlsx"
    book = xlsxwriter.Workbook(str(path))
    for name, count in (("说明", 1), ("来访", 3), ("旧的", 2)):
        sheet = book.add_worksheet(name)
        sheet.write_row(0, 0, HEADINGS)
        for row in range(count):
            sheet.write_row(1 + row, 0, GOOD[row])
        if name == "旧的":
            sheet.hide()
    book.close()
    with_part(path, "xl/vbaProject.bin", lambda _empty: b"\xd0\xcf\x11\xe0macros")
    seat.drop(path)
    assert MACROS in seat.words
    listed = seat.page.faces.file.sheets
    assert [item.title for item in listed.items] == ["说明", "来访", "旧的"]
    assert [item.chip is not None for item in listed.items] == [False, False, True]
    assert listed.focused_uid() == "1", "the one with most rows"
    seat.press(K.Key_Down)
    seat.settle()
    seat.go_to(Step.PREVIEW)
    assert seat.filters == ["全部 2", "有错 1", "新增 1"], "3月6日 of no year"


def test_rows_that_may_be_there_already_are_decided_one_by_one_or_all_at_once(
    seat: ImportingSeat, tmp_path: Path
) -> None:
    path = old_visits(tmp_path)
    seat.drop(path)
    seat.go_to(Step.RESULT)
    seat.drop(path)
    assert "已经导入过（QR01-D2026A-00001，3 条）" in seat.words
    seat.go_to(Step.PREVIEW)
    assert seat.filters == ["全部 3", "可能重复 3"]
    assert not seat.page.title.action.isEnabled(), "what is in doubt stays out"
    seat.counter.wait(lambda: ["来访人姓名", "周桂兰", "相同"] in seat.detail)
    seat.press(K.Key_N)
    assert seat.preview[0][1] == "另一条"
    assert seat.deed == "导入 1 条"
    seat.press(K.Key_S)
    assert seat.preview[1][1] == "同一条"
    seat.press(K.Key_Return)
    seat.press(K.Key_End)
    assert seat.preview[2][1] == "另一条"
    seat.push("可能重复的 3 行都这样")
    assert [row[1] for row in seat.preview] == ["另一条"] * 3
    seat.go_on()
    assert seat.result.startswith("已导入 3 条")
    assert count(seat.counter.workplace.desk) == 6


def test_an_import_that_is_cancelled_half_way_leaves_nothing(
    seat: ImportingSeat, tmp_path: Path
) -> None:
    seat.drop(many_visits(tmp_path, 3000))
    seat.go_to(Step.PREVIEW)
    desk = seat.counter.workplace.desk
    seat.press(K.Key_Return, with_=CONTROL)
    seat.counter.wait(lambda: count(desk) > 0)
    assert "正在导入 3000 条来访" in seat.words
    seat.press(K.Key_Return)
    seat.settle()
    assert seat.said == "导入已取消，已写入的都撤回了，没有留下任何内容。"
    assert seat.step() is Step.PREVIEW
    assert count(desk) == 0


def test_the_window_stays_usable_while_a_sheet_comes_in(
    seat: ImportingSeat, tmp_path: Path
) -> None:
    seat.drop(many_visits(tmp_path, 400))
    beats = Heartbeat(seat.counter.window)
    seat.go_to(Step.PREVIEW)
    seat.press(K.Key_Return, with_=CONTROL)
    seat.counter.workplace.pages.show_page("front_desk")
    seat.counter.front_desk()
    seat.settle()
    assert beats.longest_ms() < MOST_MS
    seat.counter.workplace.pages.follow(import_for())
    assert seat.result.startswith("已导入 400 条")


def test_an_import_that_was_left_is_taken_up_where_it_was(
    opened: Callable[[], Counter], tmp_path: Path
) -> None:
    seat = ImportingSeat(opened())
    path = old_visits(tmp_path)
    seat.drop(path)
    seat.go_to(Step.MAPPING)
    seat.map("序号", "备注")
    seat.go_on()
    assert seat.step() is Step.PREVIEW
    seat.counter.workplace.pages.show_page("front_desk")
    again = ImportingSeat(opened())
    again.counter.workplace.pages.follow(import_for())
    again.settle()
    kept = "上次的导入没有做完：2023年来访登记.xlsx，导入为来访，停在“预览”。"
    assert kept in again.words
    again.press(K.Key_Return)
    again.settle()
    assert again.step() is Step.PREVIEW
    assert again.deed == "导入 3 条"
    again.back()
    assert again.mapping["序号"] == "备注"
    again.go_to(Step.RESULT)
    again.push("再导入一份")
    again.settle()
    assert kept not in again.words, "what was taken in is not offered again"


def test_a_file_that_changed_since_is_looked_through_anew(
    opened: Callable[[], Counter], tmp_path: Path
) -> None:
    seat = ImportingSeat(opened())
    path = old_visits(tmp_path)
    seat.drop(path)
    seat.go_to(Step.PREVIEW)
    seat.page.may_leave()
    workbook(path, [("2023年来访登记表",), HEADINGS, *GOOD[:1]])
    again = ImportingSeat(opened())
    again.counter.workplace.pages.follow(import_for())
    again.settle()
    again.press(K.Key_Return)
    again.settle()
    assert again.step() is Step.HEADING
    assert again.said == "这份文件在上次以后改过，请从“表头”起再看一遍。还没有导入任何内容。"
    again.go_to(Step.PREVIEW)
    assert again.deed == "导入 1 条"


def test_every_control_of_every_step_has_a_name_that_can_be_read(
    seat: ImportingSeat, tmp_path: Path
) -> None:
    seat.drop(old_visits(tmp_path, BAD, GOOD[0]))
    for step in Step:
        seat.go_to(step)
        assert nameless(seat.page) == [], step


def test_escape_stops_a_check_and_another_file_may_take_its_place(
    seat: ImportingSeat, tmp_path: Path
) -> None:
    seat.drop(many_visits(tmp_path, 3000))
    seat.go_to(Step.MAPPING)
    seat.press(K.Key_Return, with_=CONTROL)
    assert "正在逐行检查" in seat.words
    seat.press(K.Key_Escape)
    seat.settle()
    assert seat.said == "检查已取消。还没有导入任何内容。"
    assert seat.step() is Step.MAPPING
    seat.press(K.Key_Return, with_=CONTROL)
    seat.drop(old_visits(tmp_path))
    seat.counter.answer("换成这份")
    seat.settle()
    assert seat.step() is Step.FILE
    assert seat.said == ""
    seat.go_to(Step.PREVIEW)
    assert seat.deed == "导入 3 条"
