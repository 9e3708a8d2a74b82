"""挂起: half-filled forms that wait while somebody else is served, as small chips."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QLabel, QPushButton, QSizePolicy, QWidget

from desktop_app.core.masking import mask_name
from desktop_app.core.wording import Term
from desktop_app.station.front_desk.rules.text import Came, FormText
from desktop_app.widgets.flow import FlowLayout
from desktop_app.widgets.theme import theme_of


class ParkedBar(QWidget):
    """`wanted` carries the place of the form whose chip was pressed. Hidden while none waits."""

    wanted = Signal(object)

    def __init__(self, matter_name: Callable[[str], str], parent: QWidget) -> None:
        super().__init__(parent)
        self._matter_name = matter_name
        self._forms: tuple[FormText, ...] = ()
        self._chips: list[QPushButton] = []
        self._flow = FlowLayout(self)
        self._heading = QLabel(f"{Term.PARK.value}  F6", self)
        self._heading.setProperty("role", "small")
        self._heading.setMinimumHeight(theme_of().metrics.control)
        self._flow.addWidget(self._heading)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.hide()

    @property
    def forms(self) -> tuple[FormText, ...]:
        """What waits, in the order it was parked."""
        return self._forms

    def show_forms(self, forms: Sequence[FormText]) -> None:
        """One chip for each."""
        self._forms = tuple(forms)
        for chip in self._chips:
            self._flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self._chips = [self._chip(number, form) for number, form in enumerate(forms)]
        self.setVisible(bool(self._chips))

    def _chip(self, number: int, form: FormText) -> QPushButton:
        chip = QPushButton(f"{self._who(form)} {self._what(form)}".strip(), self)
        chip.setToolTip("接着填这一份")
        chip.clicked.connect(partial(self._want, number))
        self._flow.addWidget(chip)
        chip.show()
        return chip

    def _who(self, form: FormText) -> str:
        """Masked: whoever stands at the counter now is somebody else."""
        if form.came == Came.ANONYMOUS:
            return Term.ANONYMOUS.value
        return mask_name(form.name.strip()) if form.name.strip() else "未填姓名"

    def _what(self, form: FormText) -> str:
        last = form.matters[-1]
        return self._matter_name(last.matter) or last.summary.strip()[:8]

    @Slot()
    def _want(self, number: int) -> None:
        self.wanted.emit(number)
