"""A field that says whose file it is: found by name, initials, door or 尾号, or made now."""

from __future__ import annotations

from datetime import date

import shiboken6
from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop_app.core.changes import Changed
from desktop_app.core.errors import Fault
from desktop_app.core.ids import Uid, parse_uid
from desktop_app.core.job import Job
from desktop_app.registers.residents import entry
from desktop_app.registers.residents import service as residents
from desktop_app.registers.residents.entry import PlaceChoices
from desktop_app.registers.residents.rules import PersonLine, Resident
from desktop_app.registers.residents.search import Found, find
from desktop_app.registers.residents.service import Card
from desktop_app.registers.residents.ui.box import ResidentBox, about, where
from desktop_app.registers.residents.ui.form import ResidentForm
from desktop_app.registers.residents.ui.page import saved_words
from desktop_app.storage.session import Desk
from desktop_app.widgets.forms import bind_keys, plain_button
from desktop_app.widgets.page import Page
from desktop_app.widgets.theme import theme_of
from desktop_app.widgets.tokens import SPACE

NEW_KEY = "F2"
_WIDTH, _HEIGHT = 1040, 720
NOBODY = f"没有找到。请换个字、拼音首字母或门牌再试，或按 {NEW_KEY} 新建档案。"


class ResidentInput(QWidget):
    """`value()` is the uid of the file in hexadecimal, empty while nobody is chosen.

    `chosen` carries the `Card` of the person, None when the choice was taken back.
    """

    changed = Signal()
    submitted = Signal()
    chosen = Signal(object)

    def __init__(self, desk: Desk, page: Page, over: QWidget) -> None:
        super().__init__(over)
        self._desk, self._page, self._over = desk, page, over
        self._card: Card | None = None
        self.box = ResidentBox(self._find, self._today, over, self, nobody=NOBODY)
        self._who = QLabel(self)
        self._who.setProperty("role", "bold")
        self._who.setTextFormat(Qt.TextFormat.PlainText)
        self._where = QLabel(self)
        self._where.setProperty("role", "quiet")
        self._where.setTextFormat(Qt.TextFormat.PlainText)
        self.new = plain_button(f"新建档案  {NEW_KEY}", self, icon_name="user-plus")
        self.new.setAccessibleName("新建居民档案")
        bind_keys(self.new, NEW_KEY)
        self.other = plain_button("换一位", self)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(SPACE.small)
        for widget, share in (
            (self.box, 1),
            (self._who, 0),
            (self._where, 1),
            (self.other, 0),
            (self.new, 0),
        ):
            line.addWidget(widget, share)
        self.box.chosen.connect(self._choose)
        self.other.clicked.connect(self.take_back)
        self.new.clicked.connect(self._make_new)
        # Esc first takes the list of those found away, then leaves the sheet.
        self.box.box.installEventFilter(self)
        self.box.drop.list.installEventFilter(self)
        self._show()

    @property
    def card(self) -> Card | None:
        """The person chosen, as the card shows them."""
        return self._card

    def value(self) -> str:
        return "" if self._card is None else self._card.resident.uid.hex

    def set_value(self, value: str) -> None:
        """Choose by uid; a file that is gone meanwhile is nobody's."""
        uid = parse_uid(value) if value else None
        if uid is None:
            self._take(None)
            return
        try:
            self._take(residents.card(self._desk, uid))
        except Fault:
            self._take(None)

    @Slot()
    def take_back(self) -> None:
        """Nobody is chosen any more, and the keyboard is in the box."""
        self._take(None)
        self.box.take_keyboard()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and _is_escape(event):
            return self.box.step_back()
        return False

    @Slot(object)
    def _choose(self, line: PersonLine) -> None:
        self.set_value(line.uid.hex)
        self.submitted.emit()

    def _take(self, card: Card | None) -> None:
        self._card = card
        self._show()
        self.chosen.emit(card)
        self.changed.emit()

    def _show(self) -> None:
        card = self._card
        there = card is not None
        self.box.setVisible(not there)
        self.new.setVisible(not there)
        for widget in (self._who, self._where, self.other):
            widget.setVisible(there)
        self.setFocusProxy(self.other if there else self.box.box)
        if card is not None:
            today = self._desk.today
            self._who.setText(f"{card.line.name}　{about(card.line, today)}")
            self._where.setText(" · ".join(filter(None, (where(card.line), card.line.number))))

    def _find(self, text: str) -> Found:
        return find(self._desk, text)

    def _today(self) -> date:
        return self._desk.today

    @Slot()
    def _make_new(self) -> None:
        typed = self.box.text
        sheet = NewFileSheet(self._desk, self._page, self._over, "" if typed.isascii() else typed)
        sheet.made.connect(self._made)
        sheet.other.connect(self._chosen_other)
        sheet.open()

    @Slot(object)
    def _made(self, changed: Changed[Resident]) -> None:
        self._page.tell_changed(changed, saved_words(changed.value))
        self._chosen_other(changed.value.uid)

    @Slot(object)
    def _chosen_other(self, uid: Uid) -> None:
        self.box.clear()
        self.set_value(uid.hex)
        self.submitted.emit()


class NewFileSheet(QDialog):
    """The form of a resident's file over a sheet. `made` carries the `Changed`; `other` the uid of
    a file that was there already."""

    made = Signal(object)
    other = Signal(object)

    def __init__(self, desk: Desk, page: Page, parent: QWidget, name: str) -> None:
        super().__init__(parent)
        self.setWindowTitle("新建居民档案")
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._desk = desk
        self.form = ResidentForm(desk, page, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE.wide, SPACE.wide, SPACE.wide, SPACE.large)
        column.addWidget(self.form)
        room, share = page.window().size(), theme_of().metrics.body / 14
        wide, high = round(_WIDTH * share), round(_HEIGHT * share)
        self.resize(
            min(wide, room.width() - 2 * SPACE.wide), min(high, room.height() - 2 * SPACE.wide)
        )
        self.form.saved.connect(self._saved)
        self.form.left.connect(self.reject)
        self.form.opened.connect(self._opened)
        page.in_background("小区", self._read_places, self._show_places)
        self.form.begin_new(name)

    def reject(self) -> None:
        self.form.keeper.flush()
        super().reject()

    def _read_places(self, _job: Job) -> PlaceChoices:
        return entry.place_choices(self._desk)

    def _show_places(self, places: PlaceChoices) -> None:
        if shiboken6.isValid(self):
            self.form.body.set_places(places)

    @Slot(object)
    def _saved(self, changed: Changed[Resident]) -> None:
        self.accept()
        self.made.emit(changed)

    @Slot(object)
    def _opened(self, uid: Uid) -> None:
        self.accept()
        self.other.emit(uid)


def _is_escape(event: QEvent) -> bool:
    key = getattr(event, "key", None)
    return key is not None and key() == Qt.Key.Key_Escape
