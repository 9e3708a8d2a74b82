"""The matters already added to this visit, beside the one in hand: 一次来访，几件事."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from desktop_app.station.front_desk.rules.text import MatterText
from desktop_app.widgets.flow import FlowLayout
from desktop_app.widgets.icons import put_icon
from desktop_app.widgets.theme import theme_of


class EarlierMatters(QWidget):
    """`wanted` carries the place of a matter that is to come back into the form."""

    wanted = Signal(object)

    def __init__(self, name_of: Callable[[str], str], parent: QWidget) -> None:
        super().__init__(parent)
        self._name_of = name_of
        self._chips: list[QPushButton] = []
        self._flow = FlowLayout(self)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.hide()

    def show_matters(self, matters: Sequence[MatterText]) -> None:
        """One chip for each, in the order of the form."""
        for chip in self._chips:
            self._flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self._chips = [self._chip(number, text) for number, text in enumerate(matters)]
        self.setVisible(bool(self._chips))

    def _chip(self, number: int, text: MatterText) -> QPushButton:
        words = self._name_of(text.matter) or text.summary.strip()[:12] or "未填事项"
        chip = QPushButton(f"第{number + 1}件  {words}", self)
        chip.setToolTip("改这一件")
        put_icon(chip, "pencil", "quiet", theme_of().metrics.small_icon)
        chip.clicked.connect(partial(self._want, number))
        self._flow.addWidget(chip)
        chip.show()
        return chip

    @Slot()
    def _want(self, number: int) -> None:
        self.wanted.emit(number)
