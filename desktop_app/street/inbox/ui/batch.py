"""Takes files in, one drop after the other, and keeps what became of each of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal, Slot

from desktop_app.core.errors import Fault
from desktop_app.core.wording import number
from desktop_app.storage.session import Desk
from desktop_app.street.inbox.rules.verdicts import Outcome, Verdict
from desktop_app.street.inbox.ui import work
from desktop_app.street.inbox.ui.strip import Told
from desktop_app.street.inbox.ui.views import IN_HAND, LEFT_OUT, FileView, of_verdict, waiting
from desktop_app.street.inbox.ui.work import TakenIn
from desktop_app.widgets.jobs import JobRunner, Ticket

TITLE = "收件"
_SAID = (
    (Outcome.APPLIED, "已收下"),
    (Outcome.PARKED, "已收下但有暂存"),
    (Outcome.DUPLICATE, "重复"),
    (Outcome.GAP, "断档"),
    (Outcome.FORKED, "分叉"),
    (Outcome.REFUSED, "拒收"),
)
_WRONG = (Outcome.GAP, Outcome.FORKED, Outcome.REFUSED)


class Batch(QObject):
    """`moved` comes whenever a file stands otherwise, `begun` carries the ticket of the work.

    `over` carries a `Told` when a drop is through, and whether the ledgers have changed.
    """

    moved = Signal()
    begun = Signal(object)
    over = Signal(object, bool)
    _heard = Signal(object)

    def __init__(self, desk: Desk, runner: JobRunner, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._runner = desk, runner
        self._views: dict[str, FileView] = {}
        self._waiting: list[tuple[tuple[Path, ...], Path | None]] = []
        self._now: tuple[Path, ...] = ()
        # Said in the worker's thread, heard in the window's.
        self._heard.connect(self._take, Qt.ConnectionType.QueuedConnection)

    @property
    def views(self) -> tuple[FileView, ...]:
        """The files of this seat's drops, as they were dropped."""
        return tuple(self._views.values())

    @property
    def is_busy(self) -> bool:
        return bool(self._now)

    def add(self, paths: Sequence[Path], receipts: Path | None) -> None:
        """Take these in as soon as those before them are through.

        `receipts` is the folder for their receipts; None: beside them.
        """
        if not paths:
            return
        for path in paths:
            # One that is dropped again goes to the end, as what happens to it comes last.
            self._views.pop(str(path), None)
            self._views[str(path)] = waiting(path)
        self._waiting.append((tuple(paths), receipts))
        self.moved.emit()
        if not self.is_busy:
            self._begin()

    def replace(self, view: FileView) -> None:
        """A file stands otherwise: it was sent back."""
        if view.key in self._views:
            self._views[view.key] = view
            self.moved.emit()

    def _begin(self) -> None:
        paths, receipts = self._waiting.pop(0)
        self._now = paths
        for path in paths:
            self._views[str(path)] = replace(self._views[str(path)], chip=IN_HAND)
        count = f"{number(len(paths))} 个文件"
        job = partial(work.take_in, self._desk, paths, receipts, self._hear)
        ticket: Ticket = self._runner.start(f"{TITLE} {count}", job)
        ticket.done.connect(self._done)
        ticket.failed.connect(self._failed)
        ticket.cancelled.connect(self._stopped)
        self.moved.emit()
        self.begun.emit(ticket)

    def _hear(self, verdict: object) -> None:
        """In the worker's thread. Whoever sat here may have left; the files are taken in anyway."""
        with suppress(RuntimeError):
            self._heard.emit(verdict)

    @Slot(object)
    def _take(self, verdict: Verdict) -> None:
        if str(verdict.path) in self._views:
            self._views[str(verdict.path)] = of_verdict(verdict)
            self.moved.emit()

    @Slot(object)
    def _done(self, taken: TakenIn) -> None:
        for verdict in taken.verdicts:
            self._views[str(verdict.path)] = of_verdict(verdict)
        self._end(told_of(taken))

    @Slot(object)
    def _failed(self, fault: Fault) -> None:
        self._end(Told("warn", "没有收完", (fault.sentence, fault.next_step)))

    @Slot()
    def _stopped(self) -> None:
        words = "已收下的都在；没有处理的文件没有动过，可以再拖进来。"
        self._end(Told("info", "已停止", (words,)))

    def _end(self, told: Told) -> None:
        changed = False
        for path in self._now:
            view = self._views[str(path)]
            if view.outcome is None:
                self._views[str(path)] = replace(view, chip=LEFT_OUT)
            changed |= view.outcome in (Outcome.APPLIED, Outcome.PARKED)
        self._now = ()
        self.moved.emit()
        self.over.emit(told, changed)
        if self._waiting:
            self._begin()


def told_of(taken: TakenIn) -> Told:
    """What came of a drop, for the strip."""
    count = Counter(verdict.outcome for verdict in taken.verdicts)
    said = [f"{word} {number(count[outcome])}" for outcome, word in _SAID if count[outcome]]
    wrong = any(count[outcome] for outcome in _WRONG)
    written = taken.written
    sentences = []
    if written.files:
        sentences.append(f"已写回执 {number(len(written.files))} 份。{written.words}")
    if written.fault:
        sentences.append(f"回执可能没有写全：{written.fault}")
    tone = "warn" if wrong or written.fault or count[Outcome.PARKED] else "ok"
    return Told(tone, "，".join(said), tuple(sentences))
