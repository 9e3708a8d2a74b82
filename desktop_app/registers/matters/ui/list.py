"""The list of matters: found by a word or initials, by category, with the retired ones or not."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.core.wording import days_ago
from desktop_app.registers.matters.rules import Matter
from desktop_app.widgets.chips import ChipText
from desktop_app.widgets.choices import Choice, ChoiceBox
from desktop_app.widgets.forms import Card, focus_order, primary_button
from desktop_app.widgets.row_actions import RowAction
from desktop_app.widgets.search_box import SearchBox
from desktop_app.widgets.table_model import Column
from desktop_app.widgets.table_page import PagedTable
from desktop_app.widgets.theme import theme_of
from desktop_app.widgets.tokens import SPACE

SEARCH = "事项 / 首字母 / 编号"
ALL_CATEGORIES = "全部类别"
WITH_RETIRED = "含已停用"
NONE_AT_ALL = "事项目录还是空的"
START = "载入通用目录"
START_WORDS = "先载入程序自带的通用目录，再照本地规定逐条核对、修改。"
NONE_FOUND = "没有符合的事项"
_BOX_EMS = 26


class MatterList(QWidget):
    """Says what the person wants; the section reads and shows."""

    asked = Signal()
    start_wanted = Signal()

    def __init__(self, today: date, parent: QWidget, *, may_change: bool) -> None:
        super().__init__(parent)
        self._may_change = may_change
        self._found_nothing = False
        self.box = SearchBox(SEARCH, self)
        self.category = ChoiceBox((), self, placeholder=ALL_CATEGORIES)
        self.category.setAccessibleName("业务类别")
        self.retired = QCheckBox(WITH_RETIRED, self)
        self.add = primary_button("新增事项", self, icon_name="plus")
        self.add.setVisible(may_change)
        self.table = PagedTable(
            _columns(today), _uid_of, self, actions=_actions(may_change), name="事项目录"
        )
        self._lay_out()
        self.box.query.connect(self._ask)
        self.box.to_results.connect(self._to_table)
        self.box.chosen_first.connect(self._to_table)
        self.category.changed.connect(self._ask)
        self.retired.toggled.connect(self._ask)
        self.table.clear_filter.connect(self.clear_filter)
        self.table.next_step.connect(self._step)

    def show_categories(self, categories: Sequence[str]) -> None:
        """Offer these categories."""
        offered = tuple(self.category.itemText(at) for at in range(self.category.count()))
        if offered != (ALL_CATEGORIES, *categories):
            everything = Choice("", ALL_CATEGORIES)
            self.category.set_choices([everything, *(Choice(one, one) for one in categories)])

    def show_matters(self, matters: Sequence[Matter], whole: int) -> None:
        """Show what was found among `whole` matters in use (and retired, when asked for)."""
        self._found_nothing = not matters and whole > 0
        self.table.foot.set_count(f"共 {len(matters)} 项")
        hidden = whole - len(matters)
        self.table.foot.set_note(f"筛选隐去 {hidden} 项" if hidden > 0 else "")
        if matters:
            self.table.set_rows(matters)
        elif whole:
            self.table.show_empty(NONE_FOUND, "换一个词，或清除筛选。", "清除筛选")
        elif self._may_change:
            self.table.show_empty(NONE_AT_ALL, START_WORDS, START)
        else:
            self.table.show_empty(NONE_AT_ALL, "请站长在这里建立事项目录。")

    @property
    def chosen_category(self) -> str:
        """The category the list is limited to, or empty."""
        return str(self.category.value() or "")

    @Slot()
    def clear_filter(self) -> None:
        """Show everything again."""
        self.category.set_value("")
        self.box.empty()

    @Slot(object)
    def _ask(self, *_: object) -> None:
        self.asked.emit()

    @Slot()
    def _to_table(self) -> None:
        self.table.setFocus()

    @Slot()
    def _step(self) -> None:
        if self._found_nothing:
            self.clear_filter()
        else:
            self.start_wanted.emit()

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        line.setSpacing(SPACE.medium)
        body = theme_of().metrics.body
        self.box.setMaximumWidth(_BOX_EMS * body)
        self.category.setMinimumWidth(9 * body)
        self.category.setMaximumWidth(14 * body)
        self.box.setMinimumWidth(12 * body)
        line.addWidget(self.box, 4)
        line.addWidget(self.category, 2)
        line.addWidget(self.retired)
        line.addStretch(1)
        line.addWidget(self.add)
        card = Card("", self)
        card.add_list(self.table)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE.medium)
        column.addLayout(line)
        column.addWidget(card, 1)
        focus_order([self.box, self.category, self.retired, self.table, self.add])


def _uid_of(matter: object) -> str:
    assert isinstance(matter, Matter)
    return matter.uid.hex


def _columns(today: date) -> tuple[Column, ...]:
    return (
        Column("编号", _code, width=76, style="quiet"),
        Column("事项名称", _name, width=220, style="bold", stretch=True),
        Column("业务类别", _category, width=116),
        Column("办理方式", _handling, width=96),
        Column("本站时限", _limit, width=100),
        Column("标记", _mark, width=136),
        Column("最后核对", partial(_checked, today), width=100),
    )


def _code(matter: Any) -> str:
    return str(matter.code)


def _name(matter: Any) -> str:
    return str(matter.name)


def _category(matter: Any) -> str:
    return str(matter.category)


def _handling(matter: Any) -> str:
    return str(matter.handling.label)


def _limit(matter: Any) -> str:
    return f"{matter.station_days} 个工作日" if matter.station_days else "当场"


def _mark(matter: Any) -> ChipText | str:
    if not matter.active:
        return ChipText("已停用", "quiet", "ban")
    if matter.urgent:
        return ChipText("紧急", "late", "siren")
    if matter.petition:
        return ChipText("信访渠道告知", "info", "megaphone")
    return ""


def _checked(today: date, matter: Any) -> ChipText | str:
    if matter.checked_on is None:
        return ChipText("未核对", "warn")
    return days_ago(matter.checked_on, today)


_PAPER = RowAction("slip", "打印告知单", "printer", "P")


def _actions(may_change: bool) -> tuple[RowAction, ...]:
    if not may_change:
        return (RowAction("edit", "查看", "eye", "V"), _PAPER)
    return (
        RowAction("edit", "修改", "pencil", "M"),
        _PAPER,
        RowAction("checked", "今天核对过", "calendar-check", "K", _is_active),
        RowAction("retire", "停用", "ban", "D", _is_active),
        RowAction("bring_back", "恢复使用", "undo-2", "B", _is_retired),
    )


def _is_active(matter: Any) -> bool:
    return bool(matter.active)


def _is_retired(matter: Any) -> bool:
    return not matter.active
