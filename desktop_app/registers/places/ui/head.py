"""The line over the form: the way back, which place it is, and what can be done with it."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from desktop_app.core.wording import paper_day
from desktop_app.registers.places.outline import Book, has_ended, moment
from desktop_app.registers.places.rules import Place
from desktop_app.widgets.forms import focus_order, plain_button, primary_button
from desktop_app.widgets.tokens import SPACE

ADDING = "新增地点"
NEXT, NEXT_KEYS = "保存并再加一个", "Ctrl+Shift+Enter"


class EditorHead(QWidget):
    """`rename`, `end` and `reopen` stand there when the place can be dealt with so."""

    back_wanted = Signal()

    def __init__(self, parent: QWidget, *, may_change: bool) -> None:
        super().__init__(parent)
        self._may_change = may_change
        self.back = plain_button("返回列表", self, icon_name="chevron-left")
        self.rename = plain_button("改名…", self)
        self.end = plain_button("撤销/并入…", self)
        self.reopen = plain_button("恢复使用", self)
        self.next = plain_button(NEXT, self, keys=NEXT_KEYS)
        self.next.setText(f"{NEXT}  {NEXT_KEYS}")
        self.next.setAccessibleName(NEXT)
        self.save = primary_button("保存", self, keys="Ctrl+Enter")
        self._heading, self._path, self._state = (QLabel(self) for _ in range(3))
        self._lay_out()
        self.back.clicked.connect(self.back_wanted)

    def show_new(self) -> None:
        """A new place is being written."""
        self._say(ADDING, "", "")
        self._offer(self.next)

    def show_place(self, place: Place, book: Book, today: date) -> None:
        """A place is open."""
        when = moment(place, today)
        path = " · ".join(book.known.names_on(place.uid, when)[:-1])
        self._say(f"{place.kind.label}　{place.name_on(when)}", path, ending(place, book, today))
        if place.until is None:
            self._offer(self.rename, self.end)
        else:
            self._offer(self.reopen)

    def _say(self, heading: str, path: str, state: str) -> None:
        for label, words in ((self._heading, heading), (self._path, path), (self._state, state)):
            label.setText(words)
            label.setVisible(bool(words))

    def _offer(self, *buttons: QPushButton) -> None:
        for button in (self.rename, self.end, self.reopen, self.next):
            button.setVisible(self._may_change and button in buttons)
        self.save.setVisible(self._may_change)

    def _lay_out(self) -> None:
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self._state.setWordWrap(True)
        roles = ((self._heading, "section"), (self._path, "quiet"), (self._state, "warn"))
        for label, role in roles:
            label.setProperty("role", role)
            label.setTextFormat(Qt.TextFormat.PlainText)
        self._path.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        top = QHBoxLayout()
        top.setSpacing(SPACE.medium)
        top.addWidget(self.back)
        top.addWidget(self._heading)
        top.addWidget(self._path, 1)
        top.addStretch(0)
        buttons = (self.rename, self.end, self.reopen, self.next, self.save)
        for button in buttons:
            top.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE.small)
        column.addLayout(top)
        column.addWidget(self._state)
        focus_order([self.save, self.next, self.rename, self.end, self.reopen, self.back])


def ending(place: Place, book: Book, today: date) -> str:
    """When the place ended or will, and what took over; empty while no end is known."""
    if place.until is None:
        return ""
    heir = book.name_of(place.successor)
    word = "已" if has_ended(place, today) else "将"
    deed = f"由“{heir}”承接" if heir else "没有承接的地点"
    return f"{word}撤销，最后一天是{paper_day(place.until)}，{deed}。"
