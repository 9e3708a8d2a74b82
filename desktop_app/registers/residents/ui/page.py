"""居民: every resident in the order of pinyin, narrowed by the one box; new files are opened here.

One resident in full is the card page. Erasing is done there, too: it cannot be undone, and belongs
where all that goes can be seen.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from desktop_app.core.changes import Changed
from desktop_app.core.ids import Uid
from desktop_app.core.job import Job
from desktop_app.core.rights import Right
from desktop_app.core.route import Open, OpenPage
from desktop_app.registers.places.record import KIND as PLACES
from desktop_app.registers.residents import entry
from desktop_app.registers.residents.entry import PlaceChoices
from desktop_app.registers.residents.record import KIND
from desktop_app.registers.residents.rules import PersonLine, Resident
from desktop_app.registers.residents.ui.form import ResidentForm
from desktop_app.registers.residents.ui.merge import merged_words, open_merge
from desktop_app.registers.residents.ui.resident_list import ResidentList
from desktop_app.registers.residents.ui.table import CHANGE, KEYS, MERGE, REGISTER
from desktop_app.storage.session import Desk
from desktop_app.widgets.forms import KeyHint
from desktop_app.widgets.jobs import JobRunner
from desktop_app.widgets.page import Page
from desktop_app.widgets.tokens import SPACE

FRONT_DESK = "front_desk"
"""The page on which visits are registered, by its key in the window."""

FORM_HINTS = (KeyHint("Ctrl+Enter", "保存档案"), KeyHint("Esc", "离开表单，内容保留"))


STREET_HINTS = (
    KeyHint("Ctrl+F", "查找"),
    KeyHint("Enter", "打开档案"),
    KeyHint("Ctrl+PgDn", "下一页"),
    KeyHint("Ctrl+PgUp", "上一页"),
)
"""What there is to do at a street, where every file belongs to a station."""


class ResidentsPage(Page):
    """The list, and in its place the form while a file is entered or changed."""

    kinds = frozenset({KIND.name, PLACES.name})
    hints: Sequence[KeyHint] = (
        KeyHint("Ctrl+F", "查找"),
        KeyHint("Enter", "打开档案"),
        KeyHint("F2", "新建档案"),
        KeyHint(KEYS[REGISTER], "登记来访"),
        KeyHint(KEYS[CHANGE], "修改"),
        KeyHint(KEYS[MERGE], "合并"),
        KeyHint("Ctrl+PgDn", "下一页"),
        KeyHint("Ctrl+PgUp", "上一页"),
        *FORM_HINTS,
    )

    def __init__(self, desk: Desk, runner: JobRunner, parent: QWidget | None = None) -> None:
        super().__init__(runner, parent)
        self._desk = desk
        if desk.database.station.is_street:
            self.hints = STREET_HINTS
        self.list = ResidentList(desk, self)
        self.form = ResidentForm(desk, self, self)
        framed = framed_form(self.form, self)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self.list)
        self._stack.addWidget(framed)
        self.list.opened.connect(self._open)
        self.list.wanted.connect(self._take)
        self.list.new_wanted.connect(self.start_new)
        self.form.saved.connect(self._saved)
        self.form.left.connect(self._show_list)
        self.form.opened.connect(self._open_uid)

    # --- what the window asks for --------------------------------------------------------------

    def load(self) -> None:
        self.in_background("小区", self._read_places, self._show_places)
        self.list.load()

    def arrive(self) -> None:
        super().arrive()
        if self.form.isVisible():
            self.form.take_keyboard()
        else:
            self.list.take_keyboard()

    def search_for(self, words: str) -> None:
        self._show_list()
        self.list.filters.box.set_value(words)

    def start_new(self) -> None:
        if not self._desk.actor.may(Right.REGISTER) or self.form.isVisible():
            return
        typed = self.list.filters.box.value()
        self._show_form()
        self.form.begin_new("" if typed.isascii() else typed)

    def start_search(self) -> None:
        if self.form.isVisible():
            self.form.leave()
        self._show_list()
        self.list.search()

    def may_leave(self) -> bool:
        self.form.keeper.flush()
        return True

    # --- inside --------------------------------------------------------------------------------

    def _read_places(self, _job: Job) -> PlaceChoices:
        return entry.place_choices(self._desk)

    def _show_places(self, places: PlaceChoices) -> None:
        self.list.filters.set_places(places)
        self.form.body.set_places(places)

    @Slot()
    def _show_list(self) -> None:
        self._stack.setCurrentIndex(0)
        self.list.take_keyboard()

    def _show_form(self) -> None:
        self._stack.setCurrentIndex(1)

    @Slot(object)
    def _open(self, line: PersonLine) -> None:
        self._open_uid(line.uid)

    @Slot(object)
    def _open_uid(self, uid: Uid) -> None:
        self.go(Open(KIND.name, uid))

    @Slot(object)
    def _take(self, wanted: tuple[PersonLine, str]) -> None:
        line, action = wanted
        if action == REGISTER:
            self.go(OpenPage(FRONT_DESK, search=words_to_find(line)))
        elif action == CHANGE:
            self._show_form()
            self.form.begin_change(line.uid)
        elif action == MERGE:
            open_merge(self, self._desk, line.uid).merged.connect(self._merged)

    @Slot(object)
    def _merged(self, changed: Changed[Resident]) -> None:
        self.tell_changed(changed, merged_words(changed.value.number))

    @Slot(object)
    def _saved(self, changed: Changed[Resident]) -> None:
        self._show_list()
        self.tell_changed(changed, saved_words(changed.value))
        if changed.value.revision == 1:
            self._open_uid(changed.value.uid)


def framed_form(form: ResidentForm, parent: QWidget) -> QWidget:
    """The form with the margins of a page around it."""
    frame = QWidget(parent)
    column = QVBoxLayout(frame)
    column.setContentsMargins(SPACE.wide, SPACE.large, SPACE.wide, SPACE.large)
    column.addWidget(form)
    return frame


def words_to_find(line: PersonLine) -> str:
    """What the box of the counter finds this resident by, and hardly anybody else."""
    return " ".join(filter(None, (line.name, line.phone[-4:])))


def saved_words(resident: Resident) -> str:
    """What was done, for the undo strip: by number, never by name."""
    done = "已新建档案" if resident.revision == 1 else "已修改档案"
    return f"{done} {resident.number}"
