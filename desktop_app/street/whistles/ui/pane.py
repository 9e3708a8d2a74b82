"""One 吹哨 in full beside the list, and the form that answers it."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from desktop_app.core.clock import Zone
from desktop_app.street.whistles.rules import Stage, Whistle
from desktop_app.street.whistles.ui.views import (
    chip_of,
    facts_of,
    may_be_answered,
    reason_of,
    step_of,
    title_of,
)
from desktop_app.widgets.chips import Chip, ChipText
from desktop_app.widgets.facts import FactsCard
from desktop_app.widgets.field import LabelledField
from desktop_app.widgets.forms import Card, ScrollPage, primary_button
from desktop_app.widgets.inputs import TextInput
from desktop_app.widgets.theme import set_role
from desktop_app.widgets.tokens import SPACE

NOTHING = "选中一条吹哨，这里显示事由，并写答复。"
SAVE, CHANGE, SAVE_KEY = "答复", "改答复", "Ctrl+Enter"
HINT = "写清楚怎么办、谁来办、什么时候；不写居民的姓名和电话。"


class _Words(TextInput):
    """The answer; `left` is Esc."""

    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and not self.is_composing:
            self.left.emit()
            return
        super().keyPressEvent(event)


class AnswerPane(ScrollPage):
    """`save_wanted` is its button, `typed` comes with every change somebody makes, `left` with Esc
    in the field."""

    save_wanted = Signal()
    typed = Signal()
    left = Signal()

    def __init__(self, parent: QWidget, *, may_answer: bool) -> None:
        super().__init__(parent)
        self._may_answer = may_answer
        self.card = Card("", self)
        self.chip = Chip(ChipText(""), self.card)
        self.title, self.reason, self.step = (QLabel(self.card) for _ in range(3))
        self.title.setProperty("role", "section")
        self.step.setProperty("role", "quiet")
        for label in (self.title, self.reason, self.step):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.reason.setAccessibleName("吹哨事由")
        self.facts = FactsCard("情况", self)
        self.form = Card("", self)
        self.words = _Words(self.form, lines=4, most=10)
        self.field = LabelledField("街道答复", self.words, self.form, key="D", hint=HINT)
        self.save = primary_button(SAVE, self.form, keys=SAVE_KEY)
        self._lay_out()
        self.save.clicked.connect(self.save_wanted)
        self.words.changed.connect(self._typed)
        self.words.left.connect(self.left)
        self.show_nothing()

    def show_nothing(self) -> None:
        """No whistle has the keyboard."""
        self.title.setText(NOTHING)
        set_role(self.title, "quiet")
        for widget in (self.chip, self.reason, self.step, self.facts, self.form):
            widget.hide()

    def show_whistle(self, one: Whistle, words: str, zone: Zone, today: date) -> None:
        """Show this one; `words` stand in the form."""
        self.chip.set_text(chip_of(one))
        self.title.setText(title_of(one))
        set_role(self.title, "section")
        self.reason.setText(reason_of(one))
        self.step.setText(step_of(one))
        for widget in (self.chip, self.reason, self.step, self.form):
            widget.show()
        self.facts.show_facts(facts_of(one, zone, today))
        may = self._may_answer and may_be_answered(one)
        self._put(words)
        self.field.clear_problem()
        self.field.set_hint(HINT if may else "")
        self.words.setReadOnly(not may)
        self.words.setFocusPolicy(Qt.FocusPolicy.StrongFocus if may else Qt.FocusPolicy.ClickFocus)
        self.save.setVisible(may)
        verb = CHANGE if one.stage is Stage.ANSWERED else SAVE
        self.save.setText(f"{verb}  {SAVE_KEY}")
        self.save.setAccessibleName(verb)
        self.form.setVisible(may or bool(words))

    @property
    def is_open(self) -> bool:
        """Whether an answer can be written now."""
        return not self.form.isHidden() and not self.words.isReadOnly()

    def take_keyboard(self) -> None:
        self.field.go()

    @Slot()
    def _typed(self) -> None:
        self.field.clear_problem()
        self.typed.emit()

    def _put(self, words: str) -> None:
        self.words.blockSignals(True)
        self.words.set_value(words)
        self.words.blockSignals(False)

    def _lay_out(self) -> None:
        column = QVBoxLayout()
        column.setSpacing(SPACE.small)
        column.addWidget(self.chip, 0, Qt.AlignmentFlag.AlignLeft)
        for label in (self.title, self.reason, self.step):
            column.addWidget(label)
        self.card.body.addLayout(column)
        self.form.body.addWidget(self.field)
        self.form.body.addWidget(self.save, 0, Qt.AlignmentFlag.AlignLeft)
        for card in (self.card, self.form, self.facts):
            self.body.addWidget(card)
        self.body.addStretch(1)
