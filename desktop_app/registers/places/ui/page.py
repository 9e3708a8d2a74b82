"""The section 地点: the tree of places, and the form of the one that is being written."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from desktop_app.core.ids import Uid, parse_uid
from desktop_app.core.job import Job
from desktop_app.core.rights import Right
from desktop_app.registers.places import service
from desktop_app.registers.places.directory import Directory
from desktop_app.registers.places.outline import CHILD, Book, Line, narrowed, outline
from desktop_app.registers.places.record import KIND, LINK
from desktop_app.registers.places.rules import Place, PlaceKind
from desktop_app.registers.places.ui.deeds import Deeds
from desktop_app.registers.places.ui.editor import PlaceEditor
from desktop_app.registers.places.ui.list import PlaceList
from desktop_app.storage.session import Desk
from desktop_app.widgets.dialogs import Answer, ask
from desktop_app.widgets.export_door import offer_export_of_rows
from desktop_app.widgets.forms import KeyHint
from desktop_app.widgets.jobs import JobRunner
from desktop_app.widgets.page import Page
from desktop_app.widgets.row_actions import RowCommand

STAY = Answer("stay", "继续填写", role="primary", is_escape=True)
LEAVE = Answer("leave", "不保存，返回")
_Found = tuple[list[Line], int]


class PlacesSection(Page):
    """All of it shows one `Book`, read anew after every change, whoever made it."""

    kinds = frozenset({KIND.name, LINK.name})
    hints = (
        KeyHint("F2", "新增地点"),
        KeyHint("A", "在所在行下面新增"),
        KeyHint("Ctrl+F", "找地点"),
        KeyHint("Enter", "打开所在行"),
        KeyHint("R", "改名"),
        KeyHint("D / B", "撤销或并入 / 恢复使用"),
        KeyHint("Ctrl+Enter", "保存"),
        KeyHint("Ctrl+Shift+Enter", "保存并再加一个"),
        KeyHint("Esc", "返回列表"),
    )

    def __init__(self, desk: Desk, runner: JobRunner, parent: QWidget | None = None) -> None:
        super().__init__(runner, parent)
        self._desk = desk
        self._may_change = desk.actor.may(Right.MANAGE_STATION)
        self._book = Book(Directory(()))
        self._last_kind = PlaceKind.COMPOUND
        self._wanted_row = ""
        self._deeds = Deeds(self, desk, runner)
        self.list = PlaceList(desk.today, self, may_change=self._may_change)
        self.editor = PlaceEditor(desk, runner, self, may_change=self._may_change)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self.list)
        self._stack.addWidget(self.editor)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._stack)
        self._connect()
        offer_export_of_rows(self, self.list.table, KIND.name, desk.actor)
        self.list.table.show_loading("正在读取地点…")

    def load(self) -> None:
        desk = self._desk

        def work(_job: Job) -> Book:
            return service.book(desk)

        self.in_background("读取地点", work, self._show_book, self.list.show_fault)

    def start_new(self) -> None:
        if self._may_change and not self._is_writing:
            seen_from = parse_uid(self.list.table.focused_uid() or "")
            self._begin(self.list.chosen_kind or self._last_kind, seen_from)

    def start_search(self) -> None:
        if not self._is_writing:
            self.list.box.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def may_leave(self) -> bool:
        if self._is_writing and self.editor.is_touched:
            self.leave_form()
            return False
        return True

    @Slot()
    def leave_form(self) -> None:
        """Back to the list; asks first when something typed would be lost."""
        self._leave_for(self._to_list)

    @property
    def _is_writing(self) -> bool:
        return self._stack.currentWidget() is self.editor

    def _leave_for(self, where: Callable[[], None]) -> None:
        if not self._is_writing or not self.editor.is_touched:
            where()
            return
        words = "这个地点还有没保存的改动。"
        sheet = ask(self, "不保存就返回？", words, (LEAVE, STAY), tone="warn")
        sheet.answered.connect(partial(self._answered, where))

    @Slot(object)
    def _answered(self, where: Callable[[], None], answer: object) -> None:
        if answer == LEAVE.name:
            where()

    def _show_book(self, book: Book) -> None:
        self._book = book
        self.editor.set_book(book)
        self._find()

    @Slot()
    def _find(self) -> None:
        book, today = self._book, self._desk.today
        words, kind = self.list.box.value(), self.list.chosen_kind
        with_ended = self.list.ended.isChecked()

        def work(_job: Job) -> _Found:
            lines = outline(book.known, today, with_ended=with_ended)
            return narrowed(lines, words, kind), len(lines)

        self.in_background("查找地点", work, self._show_found, self.list.show_fault)

    def _show_found(self, found: _Found) -> None:
        self.list.show_lines(*found)
        if self._wanted_row:
            self.list.table.focus_row(self._wanted_row)
            self._wanted_row = ""

    @Slot(object)
    def _open(self, uid: Uid | str) -> None:
        found = self._place(uid)
        if found is not None:
            self._leave_for(partial(self._show_place, found))

    def _show_place(self, place: Place) -> None:
        self._stack.setCurrentWidget(self.editor)
        self.editor.show_place(place)

    def _begin(self, kind: PlaceKind, seen_from: Uid | None) -> None:
        self._stack.setCurrentWidget(self.editor)
        self.editor.start(kind, seen_from)

    @Slot(object)
    def _command(self, command: RowCommand) -> None:
        place = self._place(command.uid)
        if place is None:
            return
        if command.name == "edit":
            self._show_place(place)
        elif command.name == "below":
            self._begin(CHILD[place.kind], place.uid)
        elif command.name == "rename":
            self._deeds.rename(place)
        elif command.name == "close":
            self._deeds.close(place, self._book)
        else:
            self._deeds.reopen(place)

    @Slot(object)
    def _saved(self, uid: Uid) -> None:
        self._wanted_row = uid.hex
        self._last_kind = self.editor.form.chosen_kind
        self._to_list()

    def _to_list(self) -> None:
        self._stack.setCurrentWidget(self.list)
        self.list.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _place(self, uid: Uid | str) -> Place | None:
        found = parse_uid(uid) if isinstance(uid, str) else uid
        return None if found is None else self._book.known.get(found)

    def _connect(self) -> None:
        self.list.asked.connect(self._find)
        self.list.again_wanted.connect(self.load)
        self.list.start_wanted.connect(self.start_new)
        self.list.add.clicked.connect(self.start_new)
        self.list.table.opened.connect(self._open)
        self.list.table.command.connect(self._command)
        self.editor.changed.connect(self.changed)
        self.editor.saved.connect(self._saved)
        self.editor.back_wanted.connect(self.leave_form)
        self.editor.open_wanted.connect(self._open)
