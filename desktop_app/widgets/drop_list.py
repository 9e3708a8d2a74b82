"""What a box finds, hanging below it: over the form, so that nothing below moves while one types.

No window of its own: the keyboard stays in the box. What is found and what choosing means is for
the owner of the box.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal, Slot
from PySide6.QtWidgets import QApplication, QFrame, QLabel, QVBoxLayout, QWidget

from desktop_app.widgets.line_list import LineItem, LineList
from desktop_app.widgets.theme import theme_of
from desktop_app.widgets.tokens import SPACE

_MOST_ROWS = 6


class DropList(QFrame):
    """Hangs below `box` inside `over`; `chosen` carries the uid of an entry.

    It goes away when the keyboard leaves both the box and the list.
    """

    chosen = Signal(object)

    def __init__(self, name: str, box: QWidget, over: QWidget) -> None:
        super().__init__(over)
        self.setProperty("role", "sheet")
        self._box, self._over = box, over
        self.list = LineList(name, self)
        self.list.chosen.connect(self.chosen)
        self.list.left_upwards.connect(self.give_back)
        self._foot = QLabel(self)
        self._foot.setProperty("role", "small")
        self._foot.setTextFormat(Qt.TextFormat.PlainText)
        self._foot.setWordWrap(True)
        self._foot.setContentsMargins(SPACE.large, SPACE.small, SPACE.large, SPACE.small)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, SPACE.hair, 1, SPACE.hair)
        column.setSpacing(0)
        column.addWidget(self.list)
        column.addWidget(self._foot)
        over.installEventFilter(self)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._follow)
        self.hide()

    @property
    def words(self) -> str:
        """The sentence below the entries, or empty."""
        return self._foot.text()

    def show_found(self, items: Sequence[LineItem], foot: str = "") -> None:
        """Show these entries and a sentence below them."""
        self.list.set_items(items)
        self.list.clearSelection()
        self.list.setCurrentIndex(self.list.model().index(-1, 0))
        self.list.setVisible(bool(items))
        self._foot.setText(foot)
        self._foot.setVisible(bool(foot))
        self.show()
        self._place()
        self.raise_()

    def enter(self) -> bool:
        """Give the keyboard to the entries; False when there are none to go to."""
        if not self.isVisible() or not self.list.items:
            return False
        self.list.enter()
        return True

    @Slot()
    def give_back(self) -> None:
        """Up from the first entry: back into the box."""
        self._box.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def dismiss(self) -> None:
        """Take the list away; the box keeps its text."""
        if self.list.hasFocus():
            self.give_back()
        self.hide()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.Resize, QEvent.Type.LayoutRequest) and self.isVisible():
            self._place()
        return False

    @Slot(object, object)
    def _follow(self, _old: object, new: object) -> None:
        if isinstance(new, QWidget) and new is not self._box and new is not self.list:
            self.hide()

    def _place(self) -> None:
        """Below the box; above it where there is more room."""
        width = self._box.width()
        foot = self._foot.heightForWidth(width - 2) if self._foot.text() else 0
        around = foot + 2 * SPACE.hair
        rows = min(_MOST_ROWS, len(self.list.items)) * theme_of().metrics.two_line_row
        top = self._box.mapTo(self._over, QPoint(0, 0))
        under = top.y() + self._box.height() + SPACE.hair
        room_under, room_over = self._over.height() - under - SPACE.small, top.y() - SPACE.small
        upwards = rows + around > room_under and room_over > room_under
        height = min(rows + around, room_over if upwards else room_under)
        self.list.setFixedHeight(max(0, height - around))
        place = top.y() - SPACE.hair - height if upwards else under
        self.setGeometry(top.x(), place, width, height)
