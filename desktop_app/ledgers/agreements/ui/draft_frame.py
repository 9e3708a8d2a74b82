"""What stands around the fields of a draft: its title, what is said of it, the way out, saving."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop_app.ledgers.agreements.ui.body import AgreementBody
from desktop_app.widgets.forms import ScrollPage, focus_order, plain_button, primary_button
from desktop_app.widgets.tokens import SPACE


class DraftFrame(QFrame):
    """`save_wanted` is Ctrl+Enter, `leave_wanted` Esc, `begin_again` drops what was restored."""

    save_wanted = Signal()
    leave_wanted = Signal()
    begin_again = Signal()

    def __init__(self, today: Callable[[], date], parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.body = AgreementBody(today, self)
        self.title = QLabel(self)
        self.title.setProperty("role", "section")
        self.note, self.problem = QLabel(self), QLabel(self)
        self.note.setProperty("role", "quiet")
        self.problem.setProperty("role", "problem")
        self.drop = plain_button("重新填写", self, icon_name="undo-2")
        self.leave_button = plain_button("返回  Esc", self)
        self.leave_button.setAccessibleName("返回")
        self.save_button = primary_button("保存草稿", self, keys="Ctrl+Enter", icon_name="save")
        self._lay_out()
        self.body.ended.connect(self.save_button.setFocus)
        self.drop.clicked.connect(self.begin_again)
        self.leave_button.clicked.connect(self.leave_wanted)
        self.save_button.clicked.connect(self.save_wanted)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.leave_wanted.emit()
        else:
            super().keyPressEvent(event)

    def blame(self, sentences: Sequence[str]) -> None:
        """What is wrong and belongs to no field."""
        self.problem.setText("\n".join(sentences))
        self.problem.setVisible(bool(sentences))

    def say(self, words: str) -> None:
        """A quiet sentence above the fields, with the way to begin anew; empty takes it away."""
        self.note.setText(words)
        self.note.setVisible(bool(words))
        self.drop.setVisible(bool(words))

    def _lay_out(self) -> None:
        scroll = ScrollPage(self)
        scroll.body.setContentsMargins(SPACE.wide, 0, SPACE.wide, SPACE.large)
        above, foot = QHBoxLayout(), QHBoxLayout()
        above.setContentsMargins(SPACE.wide, 0, SPACE.wide, 0)
        above.setSpacing(SPACE.medium)
        above.addWidget(self.title)
        above.addWidget(self.note, 1)
        above.addWidget(self.drop)
        scroll.body.addWidget(self.body)
        scroll.body.addStretch(1)
        foot.setContentsMargins(SPACE.wide, 0, SPACE.wide, 0)
        foot.setSpacing(SPACE.small)
        foot.addWidget(self.problem, 1)
        foot.addStretch(0)
        foot.addWidget(self.leave_button)
        foot.addWidget(self.save_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, SPACE.medium, 1, SPACE.medium)
        column.setSpacing(SPACE.medium)
        column.addLayout(above)
        column.addWidget(scroll, 1)
        column.addLayout(foot)
        for label in (self.title, self.note, self.problem):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(label is not self.title)
        focus_order([*self.body.editors(), self.save_button, self.leave_button])
