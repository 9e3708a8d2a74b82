"""Uses the second screen as the resident does who stands before it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton

from desktop_app.station.evaluation.ui.screen import ResidentScreen
from desktop_app.station.evaluation.ui.turn import ResidentsTurn
from tests.driver.typing import press


class Resident:
    """Who stands on the other side of the counter."""

    def __init__(self, turn: ResidentsTurn, wait: Callable[[Callable[[], bool]], None]) -> None:
        self._turn, self._wait = turn, wait

    @property
    def screen(self) -> ResidentScreen:
        found = self._turn.screen
        assert found is not None
        return found

    def sees_question(self) -> str:
        """Waits for a question; everything it says of the matter."""
        screen = self.screen
        self._wait(lambda: screen.face is screen.question)
        return screen.question.shown

    def is_welcomed(self) -> bool:
        return self.screen.face is self.screen.welcome

    def sees_thanks(self) -> str:
        screen = self.screen
        self._wait(lambda: screen.face is screen.thanks)
        return screen.thanks.sentence

    def takes_keyboard(self) -> None:
        """On a single monitor the whole keyboard is turned to the resident."""
        screen = self.screen
        screen.activateWindow()
        self._wait(screen.isActiveWindow)

    def press(self, key: Qt.Key) -> None:
        press(self.screen, key)

    def touch(self, label: str) -> None:
        """Tap the answer of that name."""
        found = [one for one in self.screen.findChildren(QPushButton) if one.text() == label]
        assert len(found) == 1
        found[0].click()

    def words(self) -> str:
        """Every word of the whole window."""
        labels = [label.text() for label in self.screen.findChildren(QLabel)]
        return " ".join([*labels, self.screen.windowTitle()])
