"""The box that finds a volunteer by name, initials, number or the end of a telephone.

Enter takes whoever is certainly meant: the only one found, or the only one of exactly this name or
number. When there are several, Enter goes into the list, so that nobody is signed in for another.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop_app.core.errors import Fault
from desktop_app.core.ids import Uid, parse_uid
from desktop_app.registers.volunteers import service as volunteers
from desktop_app.registers.volunteers.rules.listing import VolunteerLine
from desktop_app.registers.volunteers.rules.volunteer import VolunteerState
from desktop_app.registers.volunteers.ui.finders import volunteer_item
from desktop_app.storage.session import Desk
from desktop_app.widgets.chips import ChipText
from desktop_app.widgets.drop_list import DropList
from desktop_app.widgets.forms import plain_button
from desktop_app.widgets.line_list import LineItem
from desktop_app.widgets.search_box import SearchBox
from desktop_app.widgets.tokens import SPACE

PLACEHOLDER = "姓名 / 拼音首字母 / 编号 / 尾号"
NOBODY = "没有找到这位志愿者。请换个字再试；还不是志愿者的，请先到“志愿者”登记。"
SEVERAL = "有几位，请用上下键选一位，按 Enter。"
_FOUND = 12
_DIGITS = 5

Chips = Callable[[], Mapping[Uid, ChipText]]
"""What is said of somebody beside the name, e.g. that he is serving now."""


def _no_chips() -> Mapping[Uid, ChipText]:
    return {}


class VolunteerBox(QWidget):
    """`chosen` carries a `VolunteerLine`; `typed` says that another one is being typed; `over` is
    the widget over which the results hang."""

    chosen = Signal(object)
    typed = Signal()

    def __init__(
        self, desk: Desk, over: QWidget, parent: QWidget, chips: Chips = _no_chips
    ) -> None:
        super().__init__(parent)
        self._desk, self._chips = desk, chips
        self._found: Sequence[VolunteerLine] = ()
        self.box = SearchBox(PLACEHOLDER, self)
        self.drop = DropList("找到的志愿者", self.box, over)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.box)
        self.setFocusProxy(self.box)
        self.box.query.connect(self._another)
        self.box.to_results.connect(self._enter_results)
        self.box.chosen_first.connect(self._enter)
        self.drop.chosen.connect(self._choose)

    @property
    def text(self) -> str:
        return self.box.value()

    def begin_anew(self) -> None:
        """The box is empty and has the keyboard: the next one is typed."""
        self.drop.dismiss()
        self.box.empty()

    def take_keyboard(self) -> None:
        self.box.setFocus(Qt.FocusReason.OtherFocusReason)
        self.box.selectAll()

    @Slot(object)
    def _another(self, text: str) -> None:
        if text:
            self.typed.emit()
        self._look_up(text)

    def _look_up(self, text: str) -> None:
        if not text:
            self._found = ()
            self.drop.hide()
            return
        try:
            self._found = volunteers.search(self._desk, text, _FOUND)
        except Fault as fault:
            self._found = ()
            self.drop.show_found((), fault.words)
            return
        foot = "" if self._found else NOBODY
        self.drop.show_found([self._item(line) for line in self._found], foot)

    def _item(self, line: VolunteerLine) -> LineItem:
        """Enough to tell two apart in a narrow box: only the end of the number, and that somebody
        is 在册 is nothing to be said."""
        item = volunteer_item(line)
        chip = self._chips().get(line.uid)
        if chip is None and line.state is not VolunteerState.ACTIVE:
            chip = item.chip
        known = item.beside.removesuffix(line.number).strip()
        return replace(item, beside=f"{known} {line.number[-_DIGITS:]}".strip(), chip=chip)

    def _certain(self) -> VolunteerLine | None:
        """Who is meant beyond doubt."""
        if len(self._found) == 1:
            return self._found[0]
        text = self.text.strip()
        same = [one for one in self._found if text in (one.name, one.number)]
        return same[0] if len(same) == 1 else None

    @Slot()
    def _enter(self) -> None:
        if not self.text:
            return
        if not self.drop.isVisible():
            self._look_up(self.text)
        certain = self._certain()
        if certain is not None:
            self._take(certain)
        elif self._found:
            self.drop.show_found([self._item(line) for line in self._found], SEVERAL)
            self.drop.enter()

    @Slot()
    def _enter_results(self) -> None:
        if not self.drop.isVisible() and self.text:
            self._look_up(self.text)
        self.drop.enter()

    @Slot(object)
    def _choose(self, uid: str) -> None:
        for line in self._found:
            if line.uid.hex == uid:
                self.box.setFocus(Qt.FocusReason.OtherFocusReason)
                self._take(line)
                return

    def _take(self, line: VolunteerLine) -> None:
        self.drop.hide()
        self.chosen.emit(line)


class VolunteerInput(QWidget):
    """A field that says who served; `value()` is the volunteer's uid in hexadecimal, empty while
    nobody is chosen."""

    changed = Signal()
    submitted = Signal()

    def __init__(self, desk: Desk, over: QWidget) -> None:
        super().__init__(over)
        self._desk = desk
        self._uid = ""
        self.who = VolunteerBox(desk, over, self)
        self._name, self._more = QLabel(self), QLabel(self)
        self._name.setProperty("role", "bold")
        self._more.setProperty("role", "quiet")
        for label in (self._name, self._more):
            label.setTextFormat(Qt.TextFormat.PlainText)
        self.other = plain_button("换一位", self)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(SPACE.medium)
        for widget, share in ((self.who, 1), (self._name, 0), (self._more, 1), (self.other, 0)):
            line.addWidget(widget, share)
        self.who.chosen.connect(self._chosen)
        self.other.clicked.connect(self.take_back)
        self._show(None)

    def setAccessibleName(self, name: str) -> None:
        super().setAccessibleName(name)
        self.who.box.setAccessibleName(name)

    def value(self) -> str:
        return self._uid

    @property
    def uid(self) -> Uid | None:
        return parse_uid(self._uid) if self._uid else None

    def set_value(self, value: object) -> None:
        """Show this volunteer; of one that is gone nothing is shown."""
        uid = parse_uid(str(value)) if value else None
        found = () if uid is None else volunteers.search(self._desk, self._number(uid), 1)
        self._show(found[0] if found else None)

    @Slot()
    def take_back(self) -> None:
        """Somebody else is meant."""
        self._show(None)
        self.who.begin_anew()
        self.changed.emit()

    def _number(self, uid: Uid) -> str:
        try:
            return volunteers.get(self._desk, uid).number
        except Fault:
            return ""

    @Slot(object)
    def _chosen(self, line: VolunteerLine) -> None:
        self._show(line)
        self.changed.emit()
        self.submitted.emit()

    def _show(self, line: VolunteerLine | None) -> None:
        self._uid = "" if line is None else line.uid.hex
        self._name.setText("" if line is None else line.name or line.number)
        self._more.setText("" if line is None else line.number)
        self._more.setToolTip("" if line is None else line.teams)
        self.who.setVisible(line is None)
        for widget in (self._name, self._more, self.other):
            widget.setVisible(line is not None)
        self.setFocusProxy(self.who.box if line is None else self.other)
