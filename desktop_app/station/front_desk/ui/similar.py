"""Says beside a new person's fields that there may be a file already, and takes 就是这位."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop_app.core.masking import mask_address, mask_name
from desktop_app.registers.residents.rules import PersonLine
from desktop_app.registers.residents.ui.box import about, where
from desktop_app.station.front_desk.service import Similar
from desktop_app.widgets.tokens import SPACE

HEADING = "可能已有档案，请核对："
THIS_ONE = "就是这位"


class SimilarPane(QFrame):
    """`identified` carries the `PersonLine` of the one taken. Hidden while there is nobody."""

    identified = Signal(object)

    def __init__(self, today: Callable[[], date], parent: QWidget) -> None:
        super().__init__(parent)
        self._today = today
        self._covered = False
        self._people: tuple[Similar, ...] = ()
        self._rows: list[QWidget] = []
        self.setProperty("tone", "warn")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(SPACE.medium, SPACE.small, SPACE.medium, SPACE.small)
        self._column.setSpacing(SPACE.hair)
        heading = QLabel(HEADING, self)
        heading.setProperty("role", "warn")
        self._column.addWidget(heading)
        self.hide()

    @property
    def people(self) -> tuple[Similar, ...]:
        """Who is shown."""
        return self._people

    def show_similar(self, people: Sequence[Similar]) -> None:
        """Show these, or nothing."""
        if tuple(people) == self._people:
            return
        self._people = tuple(people)
        self._fill()

    def set_covered(self, on: bool) -> None:
        """Mask the names, or show them."""
        self._covered = on
        self._fill()

    def _fill(self) -> None:
        for row in self._rows:
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows = [self._row(one) for one in self._people]
        self.setVisible(bool(self._rows))

    def _row(self, one: Similar) -> QWidget:
        row = QWidget(self)
        words = QLabel(self._words(one), row)
        button = QPushButton(THIS_ONE, row)
        button.setProperty("role", "plain")
        button.clicked.connect(partial(self._take, one.line))
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(SPACE.small)
        line.addWidget(words, 1)
        line.addWidget(button)
        self._column.addWidget(row)
        return row

    def _words(self, one: Similar) -> str:
        line, today = one.line, self._today()
        if self._covered:
            parts = (mask_name(line.name), about(line, today), mask_address(line.address))
        else:
            parts = (line.name, about(line, today), where(line))
        return f"{' · '.join(part for part in parts if part)}（{one.reason}）"

    @Slot()
    def _take(self, line: PersonLine) -> None:
        self.identified.emit(line)
