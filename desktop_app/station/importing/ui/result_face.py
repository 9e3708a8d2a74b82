"""The last step: what was taken in, what was not, and what may be done about it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop_app.station.importing.service import Outcome
from desktop_app.station.importing.ui.preview_step import LEFT_FILE
from desktop_app.station.importing.ui.words import headline, outcome_words, taken_in
from desktop_app.widgets.enter_key import EnterKey
from desktop_app.widgets.flow import FlowLayout
from desktop_app.widgets.forms import Card, focus_order, plain_button
from desktop_app.widgets.icons import pixmap, put_icon
from desktop_app.widgets.page import Page
from desktop_app.widgets.save_as import SaveAs
from desktop_app.widgets.theme import set_role, theme_of
from desktop_app.widgets.tokens import SPACE

SAVE_LEFT = "没有导入的行另存为…"
_ICONS = ("download", "list", "plus", "undo-2")
TAKE_BACK, LOOK, ANOTHER = "撤回整次导入…", "看这些记录", "再导入一份"


class ResultFace(QWidget):
    """`take_back_wanted`, `look_wanted` and `another_wanted` are its buttons."""

    take_back_wanted = Signal()
    look_wanted = Signal()
    another_wanted = Signal()

    def __init__(self, page: Page, parent: QWidget) -> None:
        super().__init__(parent)
        self._picture = QLabel(self)
        self.headline, self.sentences = QLabel(self), QLabel(self)
        self.headline.setProperty("role", "headline")
        for label in (self.headline, self.sentences):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
        # Numbers are read out on the telephone, or copied.
        self.sentences.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.save = SaveAs(SAVE_LEFT, LEFT_FILE, "xlsx", page)
        self.look = plain_button(LOOK, self, icon_name="list")
        self.another = plain_button(ANOTHER, self, icon_name="plus")
        self.take_back = plain_button(TAKE_BACK, self, icon_name="undo-2")
        self._lay_out()
        self.look.clicked.connect(self.look_wanted)
        self.another.clicked.connect(self.another_wanted)
        self.take_back.clicked.connect(self.take_back_wanted)

    @property
    def words(self) -> str:
        """All of it, as it is read out."""
        return f"{self.headline.text()}\n{self.sentences.text()}"

    def show_outcome(self, outcome: Outcome, ledger: str) -> None:
        """Show what came of it. What was not taken in comes first: there is work left with it."""
        self._show(headline(outcome))
        self.sentences.setText("\n".join(outcome_words(outcome, ledger)))
        self.take_back.setVisible(taken_in(outcome.made) > 0)
        self.look.setVisible(True)
        self._stress(self.save if outcome.left else self.look)
        self.setAccessibleName(self.words)

    def show_taken_back(self, words: str, more: str) -> None:
        """The import was taken back."""
        self._show(words)
        self.sentences.setText(more)
        self._stress(self.another)
        self.save.offer("", None)
        self.take_back.hide()
        self.look.hide()
        self.setAccessibleName(self.words)

    def take_keyboard(self) -> None:
        shown = [one for one in self._buttons if one.isVisibleTo(self)]
        shown[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self, words: str) -> None:
        side = 2 * theme_of().metrics.icon
        self._picture.setPixmap(pixmap("circle-check", "ok", side, self.devicePixelRatioF()))
        self.headline.setText(words)

    def _stress(self, main: QPushButton) -> None:
        """One button of a screen stands out."""
        for button, name in zip(self._buttons, _ICONS, strict=True):
            set_role(button, "primary" if button is main else "")
            put_icon(button, name, "on_accent" if button is main else "ink")

    def _lay_out(self) -> None:
        self._buttons = (self.save, self.look, self.another, self.take_back)
        EnterKey(self, *self._buttons)
        flow = FlowLayout(gap=SPACE.small)
        for button in self._buttons:
            flow.addWidget(button)
        focus_order(self._buttons)
        words = QVBoxLayout()
        words.setSpacing(SPACE.small)
        words.addWidget(self.headline)
        words.addWidget(self.sentences)
        words.addSpacing(SPACE.small)
        words.addLayout(flow)
        across = QHBoxLayout()
        across.setSpacing(SPACE.large)
        across.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignTop)
        across.addLayout(words, 1)
        card = Card(parent=self)
        card.body.addLayout(across)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(card)
        column.addStretch(1)
