"""Any other matter than the usual ones: typed by name, pinyin or initials, in place."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.core.picking import pick
from desktop_app.registers.matters.rules import Matter
from desktop_app.widgets.drop_list import DropList
from desktop_app.widgets.line_list import LineItem
from desktop_app.widgets.search_box import SearchBox

PLACEHOLDER = "事项名称 / 首字母 / 类别"
NOTHING = "没有这个事项。可以清空后直接写事由，或请站长加进事项目录。"
_SHOWN = 30


class MatterFinder(QWidget):
    """`chosen` carries a `Matter`. Hidden until it is opened."""

    chosen = Signal(object)

    def __init__(self, over: QWidget, parent: QWidget) -> None:
        super().__init__(parent)
        self._matters: Sequence[Matter] = ()
        self._found: Sequence[Matter] = ()
        self.box = SearchBox(PLACEHOLDER, self)
        self.box.setAccessibleName(PLACEHOLDER)
        self.drop = DropList("找到的事项", self.box, over)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.box)
        self.box.query.connect(self._look_up)
        self.box.to_results.connect(self.drop.enter)
        self.box.chosen_first.connect(self._choose_first)
        self.drop.chosen.connect(self._choose)
        self.hide()

    @property
    def is_open(self) -> bool:
        return not self.isHidden()

    def set_matters(self, matters: Sequence[Matter]) -> None:
        """What there is to find."""
        self._matters = matters

    def open_with(self, text: str) -> None:
        """Show the box, with the letter that opened it."""
        self.show()
        self.box.setFocus(Qt.FocusReason.OtherFocusReason)
        self.box.set_value(text)
        self._look_up(text)

    def close_up(self) -> None:
        """Put the box and what it found away."""
        # Hidden first: emptying the box would otherwise look everything up again.
        self.hide()
        self.drop.hide()
        self.box.set_value("")

    @Slot(object)
    def _look_up(self, text: str) -> None:
        if self.isHidden():
            return
        self._found = pick(self._matters, text, _names)[:_SHOWN]
        self.drop.show_found(
            [
                LineItem(matter.uid.hex, matter.name, matter.category, end=matter.handling.label)
                for matter in self._found
            ],
            "" if self._found else NOTHING,
        )

    @Slot()
    def _choose_first(self) -> None:
        if self._found:
            self.chosen.emit(self._found[0])

    @Slot(object)
    def _choose(self, uid: str) -> None:
        for matter in self._found:
            if matter.uid.hex == uid:
                self.chosen.emit(matter)
                return


def _names(matter: Matter) -> Iterable[str]:
    return matter.name, matter.category
