"""One file in full beside the list: what came, what became of it, what is to be done now."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from desktop_app.core.clock import Zone
from desktop_app.street.inbox.ui.views import FileView, count_facts, facts_of
from desktop_app.widgets.chips import Chip, ChipText
from desktop_app.widgets.facts import FactsCard
from desktop_app.widgets.flow import FlowLayout
from desktop_app.widgets.forms import Card, ScrollPage, plain_button
from desktop_app.widgets.theme import set_role
from desktop_app.widgets.tokens import SPACE

NOTHING = "选中一个文件，这里显示它的内容和下一步。"
SEND_BACK, RECONCILE = "退回…", "生成“重新对账”文件…"
BACK_KEY, RECONCILE_KEY = "B", "R"


class Details(ScrollPage):
    """`send_back_wanted` and `reconcile_wanted` are its buttons."""

    send_back_wanted = Signal()
    reconcile_wanted = Signal()

    def __init__(self, parent: QWidget, *, may_take: bool, may_manage: bool) -> None:
        super().__init__(parent)
        self._may_take, self._may_manage = may_take, may_manage
        self._labels: Mapping[str, str] = {}
        self.card = Card("", self)
        self.chip = Chip(ChipText(""), self.card)
        self.sentence, self.step = QLabel(self.card), QLabel(self.card)
        self.step.setProperty("role", "bold")
        for label in (self.sentence, self.step):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.send_back = plain_button(SEND_BACK, self.card, icon_name="corner-up-right")
        self.send_back.setToolTip(f"退回（{BACK_KEY}）")
        self.reconcile = plain_button(RECONCILE, self.card, icon_name="refresh-cw")
        self.reconcile.setToolTip(f"重新对账（{RECONCILE_KEY}）")
        self.facts = FactsCard("文件", self)
        self.counts = FactsCard("收到的记录", self)
        self._lay_out()
        self.send_back.clicked.connect(self.send_back_wanted)
        self.reconcile.clicked.connect(self.reconcile_wanted)
        self.show_nothing()

    @property
    def words(self) -> str:
        """What it says in sentences."""
        return f"{self.sentence.text()}\n{self.step.text()}".strip()

    def show_nothing(self) -> None:
        """No file has the keyboard."""
        self.sentence.setText(NOTHING)
        set_role(self.sentence, "quiet")
        for widget in (self.chip, self.step, self.send_back, self.reconcile):
            widget.hide()
        self.facts.hide()
        self.counts.hide()

    def set_labels(self, labels: Mapping[str, str]) -> None:
        """What the kinds of record are called."""
        self._labels = labels

    def show_file(self, view: FileView, zone: Zone, today: date) -> None:
        """Show this file."""
        self.chip.set_text(view.chip)
        self.chip.show()
        self.sentence.setText(view.sentence or view.name)
        set_role(self.sentence, "")
        self.step.setText(view.next_step)
        self.step.setVisible(bool(view.next_step))
        self.send_back.setVisible(self._may_take and view.may_be_sent_back)
        self.reconcile.setVisible(self._may_manage and view.needs_reconciling)
        self.facts.show_facts(facts_of(view, zone, today))
        self.counts.show_facts(count_facts(view, self._labels))

    def _lay_out(self) -> None:
        buttons = FlowLayout(gap=SPACE.small)
        for button in (self.reconcile, self.send_back):
            buttons.addWidget(button)
        column = QVBoxLayout()
        column.setSpacing(SPACE.small)
        column.addWidget(self.chip, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.sentence)
        column.addWidget(self.step)
        column.addLayout(buttons)
        self.card.body.addLayout(column)
        for card in (self.card, self.facts, self.counts):
            self.body.addWidget(card)
        self.body.addStretch(1)
