"""The tree of places as a list: found by a word or initials, by kind, with ended ones or not."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.core.errors import Fault
from desktop_app.registers.places.outline import CHILD, Line, has_ended
from desktop_app.registers.places.rules import PlaceKind
from desktop_app.registers.places.ui.words import edge
from desktop_app.widgets.chips import ChipText
from desktop_app.widgets.choices import Choice, ChoiceBox
from desktop_app.widgets.forms import Card, focus_order, primary_button
from desktop_app.widgets.row_actions import RowAction
from desktop_app.widgets.search_box import SearchBox
from desktop_app.widgets.table_model import Column
from desktop_app.widgets.table_page import PagedTable
from desktop_app.widgets.theme import theme_of
from desktop_app.widgets.tokens import SPACE

SEARCH = "名称 / 首字母 / 编码"
ALL_KINDS = "全部类别"
WITH_ENDED = "含已撤销"
NONE_AT_ALL = "还没有地点"
START = "新增小区"
CLEAR = "清除筛选"
AGAIN = "再试一次"
START_WORDS = "先新增本站服务的小区，登记居民时就能选；街道、社区、楼栋可以以后再补。"
NONE_FOUND = "没有符合的地点"
INDENT = "\u3000\u2002"
"""A step down the tree: blanks, so that a row is read aloud as its name and nothing else."""
_BOX_EMS = 26


class PlaceList(QWidget):
    """Says what the person wants; the section reads and shows."""

    asked = Signal()
    start_wanted = Signal()
    again_wanted = Signal()

    def __init__(self, today: date, parent: QWidget, *, may_change: bool) -> None:
        super().__init__(parent)
        self._may_change = may_change
        self._step_is = START
        self._asked_anew = False
        self.box = SearchBox(SEARCH, self)
        self.kind = ChoiceBox(_kinds(), self, placeholder=ALL_KINDS)
        self.kind.setAccessibleName("类别")
        self.ended = QCheckBox(WITH_ENDED, self)
        self.add = primary_button("新增地点", self, icon_name="plus")
        self.add.setVisible(may_change)
        self.table = PagedTable(
            _columns(today), uid_of, self, actions=_actions(today, may_change), name="地点"
        )
        self._lay_out()
        self.box.query.connect(self._ask)
        self.box.to_results.connect(self._to_table)
        self.box.chosen_first.connect(self._to_table)
        self.kind.changed.connect(self._ask)
        self.ended.toggled.connect(self._ask)
        self.table.clear_filter.connect(self.clear_filter)
        self.table.next_step.connect(self._step)

    def show_lines(self, lines: Sequence[Line], whole: int) -> None:
        """Show what was found among `whole` places (ended ones counted when asked for)."""
        self.table.foot.set_count(f"共 {len(lines)} 个")
        hidden = whole - len(lines)
        self.table.foot.set_note(f"筛选隐去 {hidden} 个" if hidden > 0 else "")
        if lines:
            self.table.set_rows(lines)
            if self._asked_anew:
                # The best fit comes first; Enter in the box goes there.
                self.table.focus_row("")
        elif whole:
            self._step_is = CLEAR
            self.table.show_empty(NONE_FOUND, "换一个词，或清除筛选。", CLEAR)
        elif self._may_change:
            self._step_is = START
            self.table.show_empty(NONE_AT_ALL, START_WORDS, START)
        else:
            self.table.show_empty(NONE_AT_ALL, "请站长在这里新增小区等地点。")
        self._asked_anew = False

    @Slot(object)
    def show_fault(self, fault: Fault) -> None:
        """The places could not be read."""
        self._step_is = AGAIN
        self.table.show_fault(fault, AGAIN)

    @property
    def chosen_kind(self) -> PlaceKind | None:
        """The kind the list is limited to."""
        kind = self.kind.value()
        return kind if isinstance(kind, PlaceKind) else None

    @Slot()
    def clear_filter(self) -> None:
        """Show everything again."""
        self.kind.set_value(None)
        self.box.empty()

    @Slot(object)
    def _ask(self, *_: object) -> None:
        self._asked_anew = True
        self.asked.emit()

    @Slot()
    def _to_table(self) -> None:
        self.table.setFocus()

    @Slot()
    def _step(self) -> None:
        if self._step_is == CLEAR:
            self.clear_filter()
        else:
            (self.start_wanted if self._step_is == START else self.again_wanted).emit()

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        line.setSpacing(SPACE.medium)
        body = theme_of().metrics.body
        self.box.setMaximumWidth(_BOX_EMS * body)
        self.box.setMinimumWidth(12 * body)
        self.kind.setMinimumWidth(9 * body)
        self.kind.setMaximumWidth(14 * body)
        line.addWidget(self.box, 4)
        line.addWidget(self.kind, 2)
        line.addWidget(self.ended)
        line.addStretch(1)
        line.addWidget(self.add)
        card = Card("", self)
        card.add_list(self.table)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE.medium)
        column.addLayout(line)
        column.addWidget(card, 1)
        focus_order([self.box, self.kind, self.ended, self.table, self.add])


def uid_of(line: object) -> str:
    """By what the table knows a line."""
    assert isinstance(line, Line)
    return line.place.uid.hex


def _kinds() -> list[Choice]:
    return [Choice("", ALL_KINDS), *(Choice(kind, kind.label) for kind in PlaceKind)]


def _columns(today: date) -> tuple[Column, ...]:
    return (
        Column("名称", _name, width=210, style="bold", stretch=True),
        Column("类别", _kind, width=126),
        Column("所属", _within, width=140, style="quiet"),
        Column("编码", _code, width=148, style="quiet"),
        Column("起止", _edge, width=148, style="quiet"),
        Column("状态", partial(_state, today), width=96),
    )


def _name(line: Any) -> str:
    return f"{INDENT * line.depth}{line.name}"


def _kind(line: Any) -> str:
    kind, sort = line.place.kind.label, line.place.compound_type
    return f"{kind}，{sort.label}" if sort is not None else str(kind)


def _within(line: Any) -> str:
    return str(line.within)


def _code(line: Any) -> str:
    return str(line.place.code)


def _edge(line: Any) -> str:
    return edge(line.place.since, line.place.until)


def _state(today: date, line: Any) -> ChipText | str:
    place = line.place
    if has_ended(place, today):
        merged = place.successor is not None
        return (
            ChipText("已并入", "quiet", "forward") if merged else ChipText("已撤销", "quiet", "ban")
        )
    if place.until is not None:
        return ChipText("将撤销", "warn")
    if place.since is not None and place.since > today:
        return ChipText("未启用", "info")
    return ""


def _actions(today: date, may_change: bool) -> tuple[RowAction, ...]:
    if not may_change:
        return (RowAction("edit", "查看", "eye", "V"),)
    return (
        RowAction("edit", "修改", "pencil", "M"),
        RowAction("below", "在下面新增", "plus", "A", partial(_holds_some, today)),
        RowAction("close", "撤销/并入", "ban", "D", _has_no_end),
        RowAction("reopen", "恢复使用", "undo-2", "B", _has_an_end),
        RowAction("rename", "改名", "history", "R", partial(_is_there, today)),
    )


def _holds_some(today: date, line: Any) -> bool:
    return line.place.kind in CHILD and _is_there(today, line)


def _is_there(today: date, line: Any) -> bool:
    return not has_ended(line.place, today)


def _has_no_end(line: Any) -> bool:
    return line.place.until is None


def _has_an_end(line: Any) -> bool:
    return line.place.until is not None
