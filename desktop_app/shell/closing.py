"""The backups nobody has to think of: the day's first, and the one before the window closes."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from desktop_app.core.errors import Fault
from desktop_app.core.job import Job
from desktop_app.station.backups import service
from desktop_app.station.sign_in.session import Session
from desktop_app.storage.faults import DAMAGED
from desktop_app.widgets.dialogs import Answer, ask
from desktop_app.widgets.jobs import JobRunner, Ticket

TITLE = "自动备份"
KEPT = "记录都已保存在本机，只是少了这一份备份。"


def back_up_if_due(session: Session, runner: JobRunner) -> Ticket:
    """Begin the day's backup behind the work, if it has not been made yet."""

    def work(_job: Job) -> object:
        desk, home = session.desk, session.house.home
        return service.roll(desk, home) if service.is_due(desk, home) else None

    return runner.start(TITLE, work)


class ClosingBackup(QObject):
    """Backs up what is new, then lets the window go. `over` comes when it may close.

    `stayed` comes instead when the backup failed and the clerk went back to the window.
    """

    over = Signal()
    stayed = Signal()

    def __init__(self, session: Session, runner: JobRunner, window: QWidget) -> None:
        super().__init__(window)
        self._session, self._runner, self._window = session, runner, window

    def start(self) -> None:
        """Ask about work that is still going on, else back up at once."""
        running = self._long_jobs()
        if not running:
            self._back_up()
            return
        sheet = ask(
            self._window,
            f"“{running[0].title}”还没有做完",
            "退出会停下它：没做完的部分不会留下，已经保存的记录都在。",
            (
                Answer("stay", "返回等它做完", role="primary", is_escape=True),
                Answer("stop", "停下并退出"),
            ),
            tone="warn",
        )
        sheet.answered.connect(self._stop_or_stay)

    @Slot(object)
    def _stop_or_stay(self, answer: str) -> None:
        if answer != "stop":
            self.stayed.emit()
            return
        for ticket in self._long_jobs():
            ticket.cancel()
        self._back_up()

    def _long_jobs(self) -> list[Ticket]:
        """What a person began; the day's own backup is simply waited for."""
        return [one for one in self._runner.running if not one.is_quick and one.title != TITLE]

    def _back_up(self) -> None:
        window = self._window
        window.setEnabled(False)
        window.setWindowTitle(f"{window.windowTitle()} · 正在备份，稍等片刻…")
        ticket = self._runner.start(TITLE, self._work)
        ticket.done.connect(self._done)
        ticket.cancelled.connect(self.over)
        ticket.failed.connect(self._failed)

    def _work(self, _job: Job) -> object:
        desk, home = self._session.desk, self._session.house.home
        return service.roll(desk, home) if service.has_news(desk, home) else None

    @Slot(object)
    def _done(self, _rolled: object) -> None:
        self.over.emit()

    @Slot(object)
    def _failed(self, fault: Fault) -> None:
        self._window.setEnabled(True)
        self._window.setWindowTitle(self._window.windowTitle().partition(" · 正在备份")[0])
        # Of a damaged file nobody can promise that the records are in it.
        kept = "" if fault.sentence == DAMAGED[0] else KEPT
        sheet = ask(
            self._window,
            "备份没有完成",
            f"{fault.words}{kept}",
            (
                Answer("stay", "返回处理", role="primary", is_escape=True),
                Answer("leave", "不备份，退出"),
            ),
            tone="warn",
        )
        sheet.answered.connect(self._answered)

    @Slot(object)
    def _answered(self, answer: str) -> None:
        if answer == "leave":
            self.over.emit()
        else:
            self.stayed.emit()
