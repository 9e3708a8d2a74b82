"""The one box, ready for a screen: typing finds people, Enter or a click chooses one.

How people are found is `registers/residents/search`; it comes in by argument, so that a screen may
narrow it. What choosing somebody means is for the screen.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from desktop_app.core.errors import Fault
from desktop_app.core.identity import Gender
from desktop_app.core.masking import mask_address, mask_name
from desktop_app.core.wording import days_ago
from desktop_app.registers.residents.rules import PersonLine, age_on
from desktop_app.registers.residents.search import Found
from desktop_app.widgets.drop_list import DropList
from desktop_app.widgets.line_list import LineItem
from desktop_app.widgets.search_box import SearchBox

PLACEHOLDER = "姓名 / 拼音首字母 / 门牌 / 尾号"
MORE = "还有更多，请再输入一个字。"
REBUILDING = "姓名索引正在更新，可能有人暂时找不到，请稍后再试。"


def about(line: PersonLine, today: date) -> str:
    """`女 71岁`, as far as it is known."""
    gender = line.gender.label if line.gender in (Gender.MALE, Gender.FEMALE) else ""
    age = f"{age_on(line.birth, today)}岁" if line.birth else ""
    return " ".join(filter(None, (gender, age)))


def where(line: PersonLine) -> str:
    """`金色家园 3-2-501 · …5678`: address and the end of the telephone number."""
    ending = f"…{line.phone[-4:]}" if line.phone else ""
    return " · ".join(filter(None, (line.address, ending)))


def person_item(line: PersonLine, today: date, *, covered: bool = False) -> LineItem:
    """A person as a list entry: enough to tell two apart, or masked while the screen is covered."""
    seen = f"上次 {days_ago(line.last_seen, today)}" if line.last_seen else "还没来过"
    return LineItem(
        uid=line.uid.hex,
        title=mask_name(line.name) if covered else line.name,
        beside=about(line, today),
        detail=mask_address(line.address) if covered else where(line),
        end=seen,
    )


class ResidentBox(QWidget):
    """`chosen` carries a `PersonLine`; `over` is the widget over which the results may hang.

    `submitted_empty` is Enter in the empty box. Esc is the screen's: it may ask `step_back()`.
    """

    chosen = Signal(object)
    submitted_empty = Signal()

    def __init__(
        self,
        find: Callable[[str], Found],
        today: Callable[[], date],
        over: QWidget,
        parent: QWidget,
        *,
        nobody: str = "没有找到。请换个字、拼音首字母或门牌再试。",
    ) -> None:
        super().__init__(parent)
        self._find, self._today, self._nobody = find, today, nobody
        self._people: Sequence[PersonLine] = ()
        self._covered = False
        self.box = SearchBox(PLACEHOLDER, self)
        self.box.setAccessibleName(PLACEHOLDER)
        self.drop = DropList("找到的居民", self.box, over)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.box)
        self.setFocusProxy(self.box)
        self.box.query.connect(self._look_up)
        self.box.to_results.connect(self._enter_results)
        self.box.chosen_first.connect(self._choose_first)
        self.box.refused.connect(self._refuse)
        self.drop.chosen.connect(self._choose)

    @property
    def text(self) -> str:
        """What stands in the box."""
        return self.box.value()

    @property
    def people(self) -> Sequence[PersonLine]:
        """Who was found, the likeliest first."""
        return self._people

    def clear(self) -> None:
        """Empty the box without moving the keyboard."""
        self.box.set_value("")
        self.box.set_chinese(False)
        self.drop.hide()

    def take_keyboard(self) -> None:
        """Put the keyboard into the box, its text selected, so that typing begins anew."""
        self.box.setFocus(Qt.FocusReason.OtherFocusReason)
        self.box.selectAll()

    def search_for(self, words: str) -> None:
        """Look for these words, as if somebody had typed them."""
        self.take_keyboard()
        self.box.set_value(words)

    def step_back(self) -> bool:
        """Close the results and keep the text; False when there was nothing to close."""
        if not self.drop.isVisible():
            return False
        self.drop.dismiss()
        return True

    def set_covered(self, on: bool) -> None:
        """Hide or show what could be read from the other side of the counter."""
        self._covered = on
        mode = QLineEdit.EchoMode.Password if on else QLineEdit.EchoMode.Normal
        self.box.setEchoMode(mode)
        if self.drop.isVisible():
            self._show()

    @Slot(object)
    def _look_up(self, text: str) -> None:
        if not text:
            self._people = ()
            self.drop.hide()
            return
        try:
            found = self._find(text)
        except Fault as fault:
            self._people = ()
            self.drop.show_found((), fault.words)
            return
        self._people = found.people
        self._show(self._foot(found))

    def _foot(self, found: Found) -> str:
        if found.searching_rebuild:
            return REBUILDING
        if not found.people:
            return self._nobody
        return "" if found.complete else MORE

    def _show(self, foot: str | None = None) -> None:
        today = self._today()
        items = [person_item(line, today, covered=self._covered) for line in self._people]
        self.drop.show_found(items, self.drop.words if foot is None else foot)

    @Slot(object)
    def _refuse(self, sentence: str) -> None:
        """A paste that no name can be: said where the results would stand."""
        self._people = ()
        self.drop.show_found((), sentence)

    @Slot()
    def _enter_results(self) -> None:
        if not self.drop.isVisible() and self.text:
            self._look_up(self.text)
        self.drop.enter()

    @Slot()
    def _choose_first(self) -> None:
        if not self.text:
            self.submitted_empty.emit()
            return
        if not self.drop.isVisible():
            self._look_up(self.text)
        if self._people:
            self._take(self._people[0])

    @Slot(object)
    def _choose(self, uid: str) -> None:
        for line in self._people:
            if line.uid.hex == uid:
                self._take(line)
                return

    def _take(self, line: PersonLine) -> None:
        self.drop.hide()
        self.chosen.emit(line)
