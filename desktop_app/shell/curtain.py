"""While the screen is locked no sheet of the work stands before the lock, nor takes its keyboard.

A sheet is a window of its own: a person's data could be read from it, and nobody could unlock.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer, Slot
from PySide6.QtWidgets import QDialog, QWidget

_BEHIND = "behind_the_lock"


class Curtain(QObject):
    """Hides the sheets of one workplace, also those that open while it is drawn."""

    def __init__(self, work: QWidget) -> None:
        super().__init__(work)
        self._work = work

    @Slot()
    def draw(self) -> None:
        """Hide what is open, without answering any question."""
        for sheet in self._work.findChildren(QDialog):
            if sheet.isVisible():
                sheet.setProperty(_BEHIND, True)
                sheet.hide()
                # Else nobody has the keyboard: it was the sheet's.
                self._work.window().activateWindow()
        _application().installEventFilter(self)

    def lift(self) -> None:
        """The same operator is back: show everything as it was."""
        _application().removeEventFilter(self)
        for sheet in self._work.findChildren(QDialog):
            if sheet.property(_BEHIND):
                sheet.setProperty(_BEHIND, None)
                sheet.show()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            event.type() == QEvent.Type.Show
            and isinstance(watched, QDialog)
            and self._is_of_the_work(watched)
        ):
            # Not at once: Qt is in the middle of showing it.
            QTimer.singleShot(0, self, self.draw)
        return False

    def _is_of_the_work(self, sheet: QWidget) -> bool:
        above = sheet.parentWidget()
        while above is not None and above is not self._work:
            above = above.parentWidget()
        return above is self._work


def _application() -> QCoreApplication:
    app = QCoreApplication.instance()
    assert app is not None
    return app
