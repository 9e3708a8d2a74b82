"""The field that says which folder is looked into by itself, and what is wrong with it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.widgets.field import LabelledField
from desktop_app.widgets.forms import plain_button
from desktop_app.widgets.tokens import SPACE

LABEL = "自动收件"
OFF = "站点把上报包放进一个共享文件夹时，可以让本机自动收件。"
CHOOSE, CHANGE, STOP = "选择文件夹…", "换一个…", "停用"


class WatchLine(QWidget):
    """`choose_wanted` and `stop_wanted` are its buttons, for who may change settings."""

    choose_wanted = Signal()
    stop_wanted = Signal()

    def __init__(self, parent: QWidget, *, may_change: bool) -> None:
        super().__init__(parent)
        self._may_change = may_change
        self._folder = self._trouble = self._said = ""
        buttons = QWidget(self)
        self.choose = plain_button(CHOOSE, buttons, icon_name="folder-open")
        self.stop = plain_button(STOP, buttons)
        line = QHBoxLayout(buttons)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(SPACE.small)
        line.addWidget(self.choose)
        line.addWidget(self.stop)
        line.addStretch(1)
        self._field = LabelledField(LABEL, buttons, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._field)
        self.choose.clicked.connect(self.choose_wanted)
        self.stop.clicked.connect(self.stop_wanted)
        self._show()

    @property
    def words(self) -> str:
        """What it says."""
        return self._field.problem or self._said

    def show_folder(self, folder: str) -> None:
        """This folder is looked into; none when it is empty."""
        self._folder = folder
        self._show()

    def show_trouble(self, words: str) -> None:
        """Why the folder cannot be looked into now; an empty text when it can."""
        self._trouble = words
        self._show()

    def _show(self) -> None:
        folder, trouble = self._folder, self._trouble
        self._said = f"放进 {folder} 的上报包会自动收件。" if folder else OFF
        self._field.set_hint(self._said)
        self._field.set_problem(f"{folder} 现在打不开。{trouble}" if folder and trouble else "")
        self.choose.setText(CHANGE if folder else CHOOSE)
        self.choose.setVisible(self._may_change)
        self.stop.setVisible(self._may_change and bool(folder))
