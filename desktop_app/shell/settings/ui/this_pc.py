"""The section 本机显示: how this PC shows the program; kept on this PC, not in the data."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QCheckBox, QLabel, QVBoxLayout, QWidget

from desktop_app.storage.session import Desk
from desktop_app.widgets.choices import Choice, ChoiceBar
from desktop_app.widgets.field import LabelledField
from desktop_app.widgets.forms import Card, focus_order
from desktop_app.widgets.jobs import JobRunner
from desktop_app.widgets.page import Page
from desktop_app.widgets.theme import theme_of
from desktop_app.widgets.tokens import SPACE

SCALES = (("小", 0.9), ("标准", 1.0), ("大", 1.2), ("更大", 1.4))


class ThisPcSection(Page):
    """Takes effect at once; `look_wanted` carries the changed theme."""

    def __init__(self, _desk: Desk, runner: JobRunner, parent: QWidget | None = None) -> None:
        super().__init__(runner, parent)
        self.large = QCheckBox("大字模式", self)
        self.dark = QCheckBox("深色外观", self)
        self.scale = ChoiceBar([Choice(value, word) for word, value in SCALES], self)
        why = QLabel("大字模式把正文放到 18 磅，适合看不清小字的同事。只影响这台电脑。", self)
        why.setProperty("role", "small")
        why.setWordWrap(True)
        card = Card("本机显示", self)
        card.setMaximumWidth(600)
        scale_field = LabelledField("字号微调", self.scale, card, key="S")
        for widget in (self.large, why, scale_field, self.dark):
            card.body.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE.large)
        column.addWidget(card)
        column.addStretch(1)
        focus_order([self.large, scale_field, self.dark])
        self.large.clicked.connect(self._choose)
        self.dark.clicked.connect(self._choose)
        self.scale.changed.connect(self._choose)

    def load(self) -> None:
        theme = theme_of()
        self.large.setChecked(theme.large)
        self.dark.setChecked(theme.dark)
        if self.scale.value() != theme.scale:
            self.scale.set_value(theme.scale)

    @Slot()
    def _choose(self) -> None:
        before = theme_of()
        scale = self.scale.value()
        theme = replace(
            before,
            large=self.large.isChecked(),
            dark=self.dark.isChecked(),
            scale=scale if isinstance(scale, float) else before.scale,
        )
        if theme != before:
            self.look_wanted.emit(theme)
