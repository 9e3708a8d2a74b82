"""The section 事项目录: the list of matters, and the form of the one that is being written."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget

from desktop_app.core.changes import Changed
from desktop_app.core.errors import Fault
from desktop_app.core.job import Job
from desktop_app.core.rights import Right
from desktop_app.core.route import OpenPaper
from desktop_app.registers.matters import service
from desktop_app.registers.matters.record import KIND
from desktop_app.registers.matters.rules import Matter
from desktop_app.registers.matters.ui.form import MatterForm
from desktop_app.registers.matters.ui.list import MatterList
from desktop_app.storage.session import Desk
from desktop_app.widgets.dialogs import Answer, ask
from desktop_app.widgets.export_door import offer_export_of_rows
from desktop_app.widgets.forms import KeyHint, focus_order, plain_button, primary_button
from desktop_app.widgets.import_door import offer_import
from desktop_app.widgets.jobs import JobRunner
from desktop_app.widgets.page import Page
from desktop_app.widgets.row_actions import RowCommand
from desktop_app.widgets.tokens import SPACE

ADDING = "新增事项"
SLIP = "slip"
STAY = Answer("stay", "继续填写", role="primary", is_escape=True)
LEAVE = Answer("leave", "不保存，返回")


@dataclass(frozen=True, slots=True)
class _Found:
    matters: list[Matter]
    whole: int
    categories: list[str]


class MattersSection(Page):
    """Retiring and changing can be undone; what is typed in the form is never lost by Esc."""

    kinds = frozenset({KIND.name})
    hints = (
        KeyHint("F2", "新增事项"),
        KeyHint("Ctrl+F", "找事项"),
        KeyHint("Enter", "打开所在行"),
        KeyHint("P", "打印一次性告知单"),
        KeyHint("K", "今天核对过"),
        KeyHint("D / B", "停用 / 恢复使用"),
        KeyHint("Ctrl+Enter", "保存"),
        KeyHint("Esc", "返回列表"),
    )

    def __init__(self, desk: Desk, runner: JobRunner, parent: QWidget | None = None) -> None:
        super().__init__(runner, parent)
        self._desk = desk
        self._may_change = desk.actor.may(Right.MANAGE_DIRECTORY)
        self._matters: dict[str, Matter] = {}
        self._categories: list[str] = []
        self._open: Matter | None = None
        self.list = MatterList(desk.today, self, may_change=self._may_change)
        self.form = MatterForm(desk.today, self)
        self.form.setEnabled(self._may_change)
        self.save = primary_button("保存", self, keys="Ctrl+Enter")
        self.save.setVisible(self._may_change)
        self.back = plain_button("返回列表", self, icon_name="chevron-left")
        self._heading = QLabel(self)
        self._stack = QStackedWidget(self)
        self._lay_out()
        self._connect()
        offer_export_of_rows(self, self.list.table, KIND.name, desk.actor)
        offer_import(self, self.list.table, KIND.name, desk.actor)

    def load(self) -> None:
        self.in_background("查找事项", self._query(), self._show, self.list.table.show_fault)

    def start_new(self) -> None:
        if self._may_change and not self._is_writing:
            self._write(None)

    def start_search(self) -> None:
        if not self._is_writing:
            self.list.box.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def may_leave(self) -> bool:
        if self._is_writing and self.form.is_touched:
            self.leave_form()
            return False
        return True

    @Slot()
    def leave_form(self) -> None:
        """Back to the list; asks first when something typed would be lost."""
        if not self._is_writing:
            return
        if not self.form.is_touched:
            self._to_list()
            return
        words = "这一项还有没保存的改动。"
        sheet = ask(self, "不保存就返回？", words, (LEAVE, STAY), tone="warn")
        sheet.answered.connect(self._answered)

    @Slot()
    def save_form(self) -> None:
        """Save what the form holds, or say beside the fields why not."""
        if not self._is_writing or not self._may_change or self.form.problems():
            return
        values = self.form.values()
        try:
            if self._open is None:
                changed = service.add(self._desk, **values)
            else:
                changed = service.save(self._desk, replace(self._open, **values))
        except Fault as fault:
            if not self.form.show_fault(fault):
                self.say_fault(fault)
            return
        verb = "新增" if self._open is None else "保存"
        self._to_list()
        self.tell_changed(changed, f"已{verb}“{changed.value.name}”")

    @property
    def _is_writing(self) -> bool:
        return self._stack.currentIndex() == 1

    def _query(self) -> Any:
        desk, words = self._desk, self.list.box.value()
        category, with_retired = self.list.chosen_category, self.list.retired.isChecked()

        def work(_job: Job) -> _Found:
            everything = service.directory(desk, with_retired=True)
            whole = [matter for matter in everything if with_retired or matter.active]
            found = service.search(desk, words, with_retired=with_retired) if words else whole
            if category:
                found = [matter for matter in found if matter.category == category]
            categories = list(dict.fromkeys(matter.category for matter in everything))
            return _Found(found, len(whole), categories)

        return work

    def _show(self, found: _Found) -> None:
        self._matters = {matter.uid.hex: matter for matter in found.matters}
        self._categories = found.categories
        self.list.show_categories(found.categories)
        self.list.show_matters(found.matters, found.whole)

    @Slot(object)
    def _edit(self, uid: str) -> None:
        self._write(self._matters[uid])

    def _write(self, matter: Matter | None) -> None:
        self._open = matter
        self._heading.setText(ADDING if matter is None else f"{matter.code}　{matter.name}")
        self._stack.setCurrentIndex(1)
        self.form.show_matter(matter, self._categories)

    @Slot(object)
    def _command(self, command: RowCommand) -> None:
        if command.name == "edit":
            self._edit(command.uid)
            return
        if command.name == SLIP:
            self.go(OpenPaper(SLIP, about=self._matters[command.uid].uid))
            return
        does, sentence = {
            "checked": (service.mark_checked, "“{}”今天核对过"),
            "retire": (service.retire, "已停用“{}”"),
            "bring_back": (service.bring_back, "已恢复使用“{}”"),
        }[command.name]
        try:
            changed = does(self._desk, self._matters[command.uid].uid)
        except Fault as fault:
            self.say_fault(fault)
            return
        self.list.table.replace_row(changed.value)
        self.tell_changed(changed, sentence.format(changed.value.name))

    @Slot()
    def _load_starter(self) -> None:
        self.list.table.show_loading("正在载入通用目录…")
        self.in_background("载入通用目录", self._add_starter, self._started)

    def _add_starter(self, _job: Job) -> object:
        return service.add_starter(self._desk)

    def _started(self, changed: Changed[tuple[Matter, ...]]) -> None:
        self.tell_changed(changed, f"已载入 {len(changed.value)} 项，请逐条核对")

    @Slot(object)
    def _answered(self, answer: object) -> None:
        if answer == LEAVE.name:
            self._to_list()

    def _to_list(self) -> None:
        self._stack.setCurrentIndex(0)
        self.list.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _connect(self) -> None:
        self.list.asked.connect(self.load)
        self.list.start_wanted.connect(self._load_starter)
        self.list.add.clicked.connect(self.start_new)
        self.list.table.opened.connect(self._edit)
        self.list.table.command.connect(self._command)
        self.save.clicked.connect(self.save_form)
        self.back.clicked.connect(self.leave_form)
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self._stack.widget(1))
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        escape.activated.connect(self.leave_form)

    def _lay_out(self) -> None:
        self._heading.setProperty("role", "section")
        self._heading.setTextFormat(Qt.TextFormat.PlainText)
        top = QHBoxLayout()
        top.setSpacing(SPACE.medium)
        top.addWidget(self.back)
        top.addWidget(self._heading, 1)
        top.addWidget(self.save)
        writing = QWidget(self._stack)
        column = QVBoxLayout(writing)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE.medium)
        column.addLayout(top)
        column.addWidget(self.form, 1)
        self._stack.addWidget(self.list)
        self._stack.addWidget(writing)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._stack)
        focus_order([self.form.fields["outside_reason"], self.save, self.back])
