"""Says below the name of a form that the person may have a file already, and opens that one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop_app.core.ids import Uid
from desktop_app.registers.residents.service import Duplicate
from desktop_app.registers.residents.ui.box import about, where
from desktop_app.widgets.forms import plain_button
from desktop_app.widgets.tokens import SPACE

HEADING = "可能已有档案，请核对："
OPEN_IT = "打开那一份"


class SimilarPeople(QFrame):
    """`opened` carries the uid of the file wanted. Hidden while there is nobody."""

    opened = Signal(object)

    def __init__(self, today: Callable[[], date], parent: QWidget) -> None:
        super().__init__(parent)
        self._today = today
        self._people: tuple[Duplicate, ...] = ()
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
    def people(self) -> tuple[Duplicate, ...]:
        """Who is shown."""
        return self._people

    def show_people(self, people: Sequence[Duplicate]) -> None:
        """Show these, or nothing."""
        if tuple(people) == self._people:
            return
        self._people = tuple(people)
        for row in self._rows:
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        self._rows = [self._row(one) for one in self._people]
        self.setVisible(bool(self._rows))

    def _row(self, one: Duplicate) -> QWidget:
        line = one.line
        row = QWidget(self)
        told = (line.name, about(line, self._today()), where(line))
        words = QLabel(f"{' · '.join(filter(None, told))}（{'、'.join(one.reasons)}）", row)
        words.setWordWrap(True)
        button = plain_button(OPEN_IT, row, icon_name="folder-open")
        button.setProperty("role", "plain")
        button.clicked.connect(partial(self._open, line.uid))
        across = QHBoxLayout(row)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(SPACE.small)
        across.addWidget(words, 1)
        across.addWidget(button)
        self._column.addWidget(row)
        return row

    @Slot()
    def _open(self, uid: Uid) -> None:
        self.opened.emit(uid)
