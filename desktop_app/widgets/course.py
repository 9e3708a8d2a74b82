"""The course of a record: every step with who, when and what was said, the latest on top."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from desktop_app.widgets.forms import Card
from desktop_app.widgets.icons import icon
from desktop_app.widgets.theme import theme_of
from desktop_app.widgets.tokens import SPACE


@dataclass(frozen=True, slots=True)
class CourseStep:
    """One step in words: what was done, when, by whom, what was said; `tone` colours its icon."""

    done: str
    when: str
    who: str
    words: str = ""
    icon: str = "circle"
    tone: str = "quiet"

    @property
    def read_out(self) -> str:
        """The step as one sentence."""
        return " ".join(part for part in (self.when, self.done, self.who, self.words) if part)


class CourseCard(Card):
    """The steps of one record. `show_course` replaces them; without any the card goes out of sight,
    as at a street, where they never came."""

    def __init__(self, title: str, parent: QWidget) -> None:
        super().__init__(title, parent)
        self._rows: QWidget | None = None
        self._steps: tuple[str, ...] = ()

    @property
    def steps(self) -> tuple[str, ...]:
        """Each step as it is read out, the latest first."""
        return self._steps

    def show_course(self, steps: Sequence[CourseStep]) -> None:
        """Show these steps; they come in the order in which they were taken."""
        if self._rows is not None:
            self.body.removeWidget(self._rows)
            self._rows.hide()
            self._rows.deleteLater()
        self._rows = QWidget(self)
        grid = QGridLayout(self._rows)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(SPACE.medium)
        grid.setVerticalSpacing(SPACE.hair)
        grid.setColumnStretch(1, 1)
        latest_first = list(reversed(steps))
        for number, step in enumerate(latest_first):
            _add_step(grid, 3 * number, step, self._rows)
        self._steps = tuple(step.read_out for step in latest_first)
        self._rows.setAccessibleName("；".join(self._steps))
        self.body.addWidget(self._rows)
        self.setVisible(bool(steps))


def _add_step(grid: QGridLayout, row: int, step: CourseStep, parent: QWidget) -> None:
    side = theme_of().metrics.small_icon + 2
    picture = QLabel(parent)
    picture.setPixmap(icon(step.icon, step.tone).pixmap(side, side))
    grid.addWidget(picture, row, 0)
    grid.addWidget(_label(step.done, "bold", parent), row, 1)
    when = _label(f"{step.when}　{step.who}", "small", parent)
    grid.addWidget(when, row, 2, Qt.AlignmentFlag.AlignRight)
    if step.words:
        grid.addWidget(_label(step.words, "", parent), row + 1, 1, 1, 2)
    grid.setRowMinimumHeight(row + 2, SPACE.small)


def _label(words: str, role: str, parent: QWidget) -> QLabel:
    label = QLabel(words, parent)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(role == "")
    label.setProperty("role", role)
    return label
