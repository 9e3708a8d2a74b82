"""What stands across the top while it is so: a clock that cannot be believed, a disk nearly full,
a day without its backup, a street that has not heard from us for a week.

All of it can begin, and end, in the middle of a day's work. It warns only; work goes on.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from desktop_app.core.errors import Fault
from desktop_app.station.reporting.ui.standing_word import StandingWord
from desktop_app.station.sign_in.service import clock_warning
from desktop_app.station.sign_in.session import Session

LOOK_EVERY_MS = 3000
REPORTING = "reporting"
"""The page 上报."""
LOW_SPACE = "磁盘剩余空间不到 64 MB，请尽快清理，否则新的登记可能存不进去；已有记录都在。"
_JUMP_MS = 60_000
"""How far wall clock and ticks may drift apart before the clock was set, or the PC slept."""


@dataclass(frozen=True, slots=True)
class Warned:
    """What the banner says; `is_reminder` when it leads to the page 上报. Empty: nothing."""

    sentence: str = ""
    is_reminder: bool = False


class StandingWarnings(QObject):
    """`told` carries a `Warned`, an empty one when its reason is gone.

    The reminder to report comes last, and is gone for the day once somebody has been on the page.
    """

    told = Signal(object)

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._home = session.desk, session.house.home
        self._ahead = self._wall_ahead()
        self._clock_words = self._backup_words = self._reminder = ""
        self._reminded_on: date | None = None
        self._said = Warned()
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_EVERY_MS)
        self._timer.timeout.connect(self._look)

    def start(self) -> None:
        """Look now, and from now on."""
        self._clock_words = clock_warning(self._desk) or ""
        self._timer.start()
        self._look()

    @Slot(object)
    def miss_backup(self, fault: Fault) -> None:
        """The day's backup could not be made; closing the window tries again."""
        self._backup_words = f"今天的自动备份没有做成。{fault.words}"
        self._look()

    @Slot(object)
    def take_word(self, word: StandingWord) -> None:
        """How the reporting stands now."""
        self._reminder = word.reminder
        self._look()

    @Slot(object)
    def note_page(self, key: str) -> None:
        """Somebody went to a page: who has been on 上报 today needs no reminder."""
        if key == REPORTING:
            self._reminded_on = self._desk.today
            self._look()

    @Slot()
    def _look(self) -> None:
        try:
            full = LOW_SPACE if self._home.low_space else ""
            sentence = self._clock() or full or self._backup_words
        except Fault:
            # A disk that cannot even be asked is told by the next thing that needs it.
            return
        warned = Warned(sentence)
        if not sentence and self._reminder and self._reminded_on != self._desk.today:
            warned = Warned(self._reminder, is_reminder=True)
        if warned != self._said:
            self._said = warned
            self.told.emit(warned)

    def _clock(self) -> str:
        """The audit is read only after a jump: this runs on the window's thread."""
        ahead = self._wall_ahead()
        if abs(ahead - self._ahead) > _JUMP_MS:
            self._clock_words = clock_warning(self._desk) or ""
            self._ahead = ahead
        return self._clock_words

    def _wall_ahead(self) -> float:
        clock = self._desk.database.clock
        return clock.now() - clock.ticks() * 1000
