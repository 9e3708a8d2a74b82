"""A secret that is shown once, in groups to copy by hand."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QWidget

from desktop_app.widgets.tokens import SPACE


class CodeGroups(QFrame):
    """The groups, so many in a line; with `numbered` each has its number above it, by which a
    mistyped one is named. `lead` stands over all of them on a line of its own."""

    def __init__(
        self,
        groups: Sequence[str],
        name: str,
        parent: QWidget,
        *,
        in_a_line: int,
        lead: str = "",
        numbered: bool = True,
    ) -> None:
        super().__init__(parent)
        self.setProperty("role", "envelope")
        self.setAccessibleName(name)
        self.setAccessibleDescription(" ".join(filter(None, (lead, *groups))))
        # A stop of the Tab key, so that a screen reader can read it out as well.
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        grid = QGridLayout(self)
        grid.setContentsMargins(SPACE.large, SPACE.medium, SPACE.large, SPACE.medium)
        grid.setHorizontalSpacing(SPACE.large)
        grid.setVerticalSpacing(0 if numbered else SPACE.small)
        centre = Qt.AlignmentFlag.AlignHCenter
        if lead:
            grid.addWidget(self._label(lead, "code"), 0, 0, 1, in_a_line, centre)
        for place, group in enumerate(groups):
            row, column = 1 + 2 * (place // in_a_line), place % in_a_line
            if numbered:
                grid.addWidget(self._label(str(place + 1), "small"), row, column, centre)
            grid.addWidget(self._label(group, "code"), row + 1, column, centre)

    def _label(self, text: str, role: str) -> QLabel:
        label = QLabel(text, self)
        label.setProperty("role", role)
        label.setTextFormat(Qt.TextFormat.PlainText)
        return label
