"""Labels and what stands beside them, for reading: the fields of a record in groups.

A group leaves out what is empty. What is masked is masked before it comes here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from desktop_app.widgets.forms import Card
from desktop_app.widgets.tokens import SPACE

_BLANK = "—"
_WIDEST = "首问责任人"


@dataclass(frozen=True, slots=True)
class Fact:
    """One label and its words; a fact that is not `kept` is left out while it is empty."""

    label: str
    words: str
    kept: bool = False


class FactsCard(Card):
    """A card of facts. `show_facts` replaces them."""

    def __init__(self, title: str, parent: QWidget) -> None:
        super().__init__(title, parent)
        self._grid: QWidget | None = None
        self._foot: QWidget | None = None

    def set_foot(self, foot: QWidget) -> None:
        """Keep this below the facts."""
        self._foot = foot
        self.body.addWidget(foot)

    def show_facts(self, facts: Sequence[Fact]) -> None:
        """Show these; the card is hidden when nothing is left to show."""
        if self._grid is not None:
            self.body.removeWidget(self._grid)
            self._grid.hide()
            self._grid.deleteLater()
        shown = [fact for fact in facts if fact.words or fact.kept]
        self._grid = _grid(shown, self)
        self.body.insertWidget(self.body.count() - (self._foot is not None), self._grid)
        self.setVisible(bool(shown))

    def words_of(self, label: str) -> str:
        """What stands beside a label now; empty when the label is not shown."""
        values = [] if self._grid is None else self._grid.findChildren(QLabel)
        return next((value.text() for value in values if value.accessibleName() == label), "")


def _grid(facts: Sequence[Fact], parent: QWidget) -> QWidget:
    area = QWidget(parent)
    grid = QGridLayout(area)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(SPACE.large)
    grid.setVerticalSpacing(SPACE.small)
    grid.setColumnStretch(1, 1)
    # The words of all cards of the page begin on one line.
    grid.setColumnMinimumWidth(0, area.fontMetrics().horizontalAdvance(_WIDEST))
    for row, fact in enumerate(facts):
        label, words = QLabel(fact.label, area), QLabel(fact.words or _BLANK, area)
        label.setProperty("role", "quiet")
        words.setAccessibleName(fact.label)
        words.setWordWrap(True)
        words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        for part in (label, words):
            part.setTextFormat(Qt.TextFormat.PlainText)
        grid.addWidget(label, row, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(words, row, 1)
    return area
