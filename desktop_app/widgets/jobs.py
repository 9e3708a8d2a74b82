"""Long work off the window's thread: the one owner of worker threads.

`JobRunner.start()` answers a `Ticket` whose signals arrive on the window's thread. Quick questions
(a page of a list) never wait behind long work (an export), and two long jobs never run at once, as
there is one writer anyway. What asks a device that may not answer (a bad stick, a share that is
away) has a lane of its own, so that nobody waits behind it. After `shut_down()` nothing is
delivered any more.
"""

from __future__ import annotations

import logging
import queue
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Qt, Signal, Slot

from desktop_app.core.errors import Fault
from desktop_app.core.job import Cancelled, Job, Progress

log = logging.getLogger(__name__)

Work = Callable[[Job], object]


class Ticket(QObject):
    """One job as the window sees it. Exactly one of `done`, `failed`, `cancelled` comes, once.

    `done` carries what the work returned, `failed` a `Fault` with a sentence, `progressed` a
    `Progress`.
    """

    done = Signal(object)
    failed = Signal(object)
    cancelled = Signal()
    progressed = Signal(object)

    def __init__(self, title: str, parent: QObject, *, quick: bool) -> None:
        super().__init__(parent)
        self.title = title
        self.is_quick = quick
        self.is_over = False
        self.job = Job(title)

    @Slot()
    def cancel(self) -> None:
        """Ask the work to stop; it ends as cancelled, or as done if it was just finishing."""
        self.job.cancel()


@dataclass(frozen=True, slots=True)
class _News:
    """What a worker tells: `kind` is progress, done, failed, cancelled or bug."""

    ticket: Ticket
    kind: str
    payload: object = None


class _Mailbox(QObject):
    posted = Signal(object)


_LEAVE = None


class JobRunner(QObject):
    """Runs `work(job)` in a worker thread. `started` and `finished` carry the `Ticket`."""

    started = Signal(object)
    finished = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._closed = False
        self._lock = threading.Lock()
        self._running: list[Ticket] = []
        self._mailbox = _Mailbox(self)
        self._mailbox.posted.connect(self._take, Qt.ConnectionType.QueuedConnection)
        self._lanes: dict[str, queue.SimpleQueue[tuple[Ticket, Work] | None]] = {}
        self._threads: list[threading.Thread] = []

    def start(self, title: str, work: Work, *, quick: bool = False, device: bool = False) -> Ticket:
        """Begin; connect to the ticket's signals at once, nothing is delivered before you return.

        `title` names the job in the status strip. `device` is a quick question to a stick or a
        share. After `shut_down()` the ticket stays silent.
        """
        quick = quick or device
        ticket = Ticket(title, self, quick=quick)
        if self._closed:
            ticket.is_over = True
            return ticket
        self._running.append(ticket)
        self._lane("device" if device else "quick" if quick else "work").put((ticket, work))
        self.started.emit(ticket)
        return ticket

    @property
    def running(self) -> tuple[Ticket, ...]:
        """What has been started and is not over, oldest first."""
        return tuple(self._running)

    def shut_down(self, deadline: float = 10.0) -> bool:
        """Cancel everything and wait up to `deadline` seconds; were all threads gone by then?

        Work that does not look at its job is left behind in a daemon thread and its result dropped:
        its transaction is rolled back by the next start, never half done.
        """
        with self._lock:
            self._closed = True
        for ticket in self._running:
            ticket.cancel()
            ticket.is_over = True
        self._running.clear()
        for lane in self._lanes.values():
            lane.put(_LEAVE)
        for thread in self._threads:
            thread.join(deadline / len(self._threads))
        left = [thread.name for thread in self._threads if thread.is_alive()]
        if left:
            log.warning("work still going on at the end: %d", len(left))
        return not left

    def _lane(self, name: str) -> queue.SimpleQueue[tuple[Ticket, Work] | None]:
        lane = self._lanes.get(name)
        if lane is None:
            lane = self._lanes[name] = queue.SimpleQueue()
            thread = threading.Thread(
                target=self._serve, args=(lane,), name=f"jinlin-{name}", daemon=True
            )
            self._threads.append(thread)
            thread.start()
        return lane

    # --- in the worker thread ---------------------------------------------------------------

    def _serve(self, lane: queue.SimpleQueue[tuple[Ticket, Work] | None]) -> None:
        while True:
            entry = lane.get()
            if entry is _LEAVE:
                return
            ticket, work = entry
            self._post(self._outcome(ticket, work))

    def _outcome(self, ticket: Ticket, work: Work) -> _News:
        def tell(progress: Progress) -> None:
            self._post(_News(ticket, "progress", progress))

        job = ticket.job
        job.listen(tell)
        try:
            job.check()
            return _News(ticket, "done", work(job))
        except Cancelled:
            return _News(ticket, "cancelled")
        except Fault as fault:
            return _News(ticket, "failed", fault)
        except Exception as error:  # noqa: BLE001 - handed to the one hook for bugs, see _take
            return _News(ticket, "bug", error)

    def _post(self, news: _News) -> None:
        with self._lock:
            # Under the lock, so that nothing is emitted to a mailbox that is being taken down.
            if not self._closed:
                self._mailbox.posted.emit(news)

    # --- in the window's thread -------------------------------------------------------------

    @Slot(object)
    def _take(self, news: _News) -> None:
        ticket = news.ticket
        if self._closed or ticket.is_over:
            return
        if news.kind == "progress":
            ticket.progressed.emit(news.payload)
            return
        ticket.is_over = True
        self._running.remove(ticket)
        self.finished.emit(ticket)
        if news.kind == "done":
            ticket.done.emit(news.payload)
        elif news.kind == "cancelled":
            ticket.cancelled.emit()
        elif news.kind == "failed":
            ticket.failed.emit(news.payload)
        elif isinstance(news.payload, Exception):
            ticket.failed.emit(_unexpected(ticket.title))
            error = news.payload
            sys.excepthook(type(error), error, error.__traceback__)
        ticket.deleteLater()


def _unexpected(title: str) -> Fault:
    return Fault(
        f"“{title}”没有完成，程序出了意外，已保存的数据没有受影响。",
        "请再试一次；若仍不行，请把出错报告交给维护人员。",
    )
