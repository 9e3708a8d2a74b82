"""One station in full beside the list, and what can be done with it."""

from __future__ import annotations

from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from desktop_app.core.clock import Zone
from desktop_app.street.stations.ui.table import ICONS, KEYS, VERBS, offers
from desktop_app.street.stations.ui.views import (
    StationRow,
    entry_facts,
    key_facts,
    report_facts,
)
from desktop_app.widgets.chips import Chip, ChipText
from desktop_app.widgets.facts import FactsCard
from desktop_app.widgets.flow import FlowLayout
from desktop_app.widgets.forms import Card, ScrollPage, plain_button
from desktop_app.widgets.theme import set_role
from desktop_app.widgets.tokens import SPACE

NOTHING = "选中一个站点，这里显示它报送到哪里、能做什么。"


class StationDetails(ScrollPage):
    """`wanted` carries a (row, action) pair."""

    wanted = Signal(object)

    def __init__(self, parent: QWidget, *, may_manage: bool) -> None:
        super().__init__(parent)
        self._may_manage = may_manage
        self._row: StationRow | None = None
        self.card = Card("", self)
        self.title = QLabel(NOTHING, self.card)
        self.title.setProperty("role", "section")
        self.title.setTextFormat(Qt.TextFormat.PlainText)
        self.title.setWordWrap(True)
        self.chip = Chip(ChipText(""), self.card)
        self._buttons: dict[str, QPushButton] = {}
        for name, verb in VERBS.items():
            button = plain_button(f"{verb}…", self.card, icon_name=ICONS[name])
            button.setToolTip(f"{verb}（{KEYS[name]}）")
            button.clicked.connect(partial(self._press, name))
            self._buttons[name] = button
        self.reports = FactsCard("报送", self)
        self.entry = FactsCard("站点", self)
        self.keys = FactsCard("密钥", self)
        self._lay_out()
        self.show_nothing()

    def show_nothing(self) -> None:
        """No station has the keyboard."""
        self._row = None
        self.title.setText(NOTHING)
        set_role(self.title, "quiet")
        for widget in (self.chip, self.reports, self.entry, self.keys, *self._buttons.values()):
            widget.hide()

    def show_row(self, row: StationRow, zone: Zone, today: date) -> None:
        """Show this station."""
        self._row = row
        self.title.setText(row.name)
        set_role(self.title, "section")
        self.chip.set_text(row.state)
        self.chip.show()
        for name, button in self._buttons.items():
            button.setVisible(offers(self._may_manage, name, row))
        self.reports.show_facts(report_facts(row.stand, zone, today))
        self.entry.show_facts(entry_facts(row.stand, today))
        self.keys.show_facts(key_facts(row.stand, zone, today))

    def _press(self, name: str) -> None:
        if self._row is not None:
            self.wanted.emit((self._row, name))

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(SPACE.medium)
        head.addWidget(self.title, 1)
        head.addWidget(self.chip, 0, Qt.AlignmentFlag.AlignTop)
        buttons = FlowLayout(gap=SPACE.small)
        for button in self._buttons.values():
            buttons.addWidget(button)
        self.card.body.addLayout(head)
        self.card.body.addLayout(buttons)
        for card in (self.card, self.reports, self.entry, self.keys):
            self.body.addWidget(card)
        self.body.addStretch(1)
