"""The course of a visit: its registration and every step, with who, when and what was said."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from desktop_app.core.clock import Zone
from desktop_app.core.wording import list_moment
from desktop_app.ledgers.visits.rules.visit import Action, Step
from desktop_app.ledgers.visits.ui.parts import ICONS
from desktop_app.widgets.forms import Card
from desktop_app.widgets.icons import icon
from desktop_app.widgets.theme import theme_of
from desktop_app.widgets.tokens import SPACE

_TONES = {Action.CLOSE: "ok", Action.UNDO: "warn", Action.REPORT_URGENT: "late"}


class CourseCard(Card):
    """办理过程, the latest step on top."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__("办理过程", parent)
        self._rows: QWidget | None = None
        self._steps: tuple[str, ...] = ()

    @property
    def steps(self) -> tuple[str, ...]:
        """Each step as it is read out, the latest first."""
        return self._steps

    def show_steps(self, steps: Sequence[Step], zone: Zone) -> None:
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
            _add_step(grid, 3 * number, step, zone, self._rows)
        self._steps = tuple(_read_out(step, zone) for step in latest_first)
        self._rows.setAccessibleName("；".join(self._steps))
        self.body.addWidget(self._rows)


def _add_step(grid: QGridLayout, row: int, step: Step, zone: Zone, parent: QWidget) -> None:
    side = theme_of().metrics.small_icon + 2
    picture = QLabel(parent)
    picture.setPixmap(icon(ICONS[step.action], _TONES.get(step.action, "quiet")).pixmap(side, side))
    done = _label(step.action.label, "bold", parent)
    when = _label(f"{list_moment(step.at, zone)}　{step.actor}", "small", parent)
    grid.addWidget(picture, row, 0)
    grid.addWidget(done, row, 1)
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


def _read_out(step: Step, zone: Zone) -> str:
    parts = (list_moment(step.at, zone), step.action.label, step.actor, step.words)
    return " ".join(part for part in parts if part)
