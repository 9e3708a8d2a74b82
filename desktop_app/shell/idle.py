"""Notices that nobody is at the desk, so that the screen can lock itself."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer, Signal, Slot

from desktop_app.core.clock import Clock

_LOOK_EVERY_MS = 1000
_ACTIVITY = frozenset(
    {
        QEvent.Type.KeyPress,
        # A key that is a shortcut is never pressed for Qt; it is asked about, though.
        QEvent.Type.ShortcutOverride,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.InputMethod,
    }
)


class IdleWatch(QObject):
    """`idle` comes when nobody has touched keyboard or mouse for so many minutes.

    It looks at the clock once a second instead of setting one long timer, so that a PC that slept
    meanwhile locks when it wakes.
    """

    idle = Signal()

    def __init__(self, clock: Clock, parent: QObject) -> None:
        super().__init__(parent)
        self._clock = clock
        self._limit_ms = 0
        self._touched_at = clock.now()
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_EVERY_MS)
        self._timer.timeout.connect(self.look)
        app = QCoreApplication.instance()
        assert app is not None
        app.installEventFilter(self)

    def watch(self, minutes: int) -> None:
        """Begin, or go on with another limit."""
        self._limit_ms = minutes * 60_000
        self._touched_at = self._clock.now()
        self._timer.start()

    def rest(self) -> None:
        """Nobody has to be locked out now."""
        self._timer.stop()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() in _ACTIVITY:
            self._touched_at = self._clock.now()
        return False

    @Slot()
    def look(self) -> None:
        """See whether the time is over; comes by itself once a second."""
        now = self._clock.now()
        if now < self._touched_at:
            # The clock was set back.
            self._touched_at = now
        elif now - self._touched_at >= self._limit_ms:
            self.rest()
            self.idle.emit()
