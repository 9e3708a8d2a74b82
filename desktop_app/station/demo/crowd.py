"""Many station lives at once, dealt out to some processes, since one can use one core only.

The street hears and tells one station after the other in an order of its own; what the others say
meanwhile waits. A process lives on with whoever was answered last, and begins new lives otherwise.
Processes are spawned, as everywhere they can be: nothing is shared but two pipes.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections import defaultdict, deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnContext

from desktop_app.core.errors import EnvironmentFault, Fault
from desktop_app.core.job import Job, Progress
from desktop_app.station.demo.lives import Answer, Order, Said, StationLife, station_life

_MOST_PROCESSES = 8
_BROKEN_OFF = 1
_GONE = (EOFError, BrokenPipeError, ConnectionResetError)

OnDay = Callable[[str, int], None]
"""Hears how many days of which station have passed."""


@dataclass(frozen=True, slots=True)
class _Lived:
    days: int


@dataclass(frozen=True, slots=True)
class _Failed:
    """Why a life ended early, in words."""

    sentence: str
    next_step: str


def processes_here() -> int:
    """How many processes this PC has a core for."""
    return min(os.cpu_count() or 1, _MOST_PROCESSES)


class Crowd:
    """The lives of some stations. `processes` 0 lives them here, each when it is heard."""

    def __init__(self, orders: Sequence[Order], processes: int, on_day: OnDay) -> None:
        self._on_day = on_day
        self._heard: dict[str, deque[Said]] = defaultdict(deque)
        self._here: dict[str, _Here] = {}
        self._workers: list[_Worker] = []
        self._of: dict[str, _Worker] = {}
        if processes == 0:
            self._here = {order.code: _Here(order, on_day) for order in orders}
        else:
            self._deal(orders, processes)

    def hear(self, code: str) -> Said:
        """What this station says next; waits for it. Raises `EnvironmentFault` when its life came
        to an end that was foreseen (a full disk), `RuntimeError` when it was not."""
        if code in self._here:
            return self._here[code].next()
        while not self._heard[code]:
            self._listen()
        return self._heard[code].popleft()

    def tell(self, code: str, answer: Answer) -> None:
        """Answer what was heard of it last."""
        if code in self._here:
            self._here[code].answer = answer
        else:
            self._of[code].send(code, answer)

    def close(self) -> None:
        """End every process; a life that has not ended stays half-made."""
        for worker in self._workers:
            worker.close()
        self._workers.clear()

    def _deal(self, orders: Sequence[Order], processes: int) -> None:
        """Give each order to the process that has least to do, the first to be heard first."""
        dealt: list[list[Order]] = [[] for _ in range(min(processes, len(orders)))]
        for order in orders:
            min(dealt, key=_load).append(order)
        context = multiprocessing.get_context("spawn")
        for several in dealt:
            worker = _Worker(context, several)
            self._workers.append(worker)
            self._of |= {order.code: worker for order in several}

    def _listen(self) -> None:
        """Take in what somebody has said."""
        pipes = {worker.pipe: worker for worker in self._workers}
        for pipe in wait(list(pipes)):
            assert isinstance(pipe, Connection)
            try:
                self._take(*pipe.recv())
            except _GONE:
                raise pipes[pipe].ended() from None

    def _take(self, code: str, said: Said | _Lived | _Failed) -> None:
        if isinstance(said, _Lived):
            self._on_day(code, said.days)
        elif isinstance(said, _Failed):
            raise EnvironmentFault(said.sentence, said.next_step)
        else:
            self._heard[code].append(said)


def _load(orders: Sequence[Order]) -> int:
    return sum(order.scale.visits + _A_HOME for order in orders)


_A_HOME = 800
"""What a home costs before its first visitor, in visits."""


class _Here:
    """A life in this process."""

    def __init__(self, order: Order, on_day: OnDay) -> None:
        self._life = station_life(order, _job(lambda days: on_day(order.code, days)))
        self._begun = False
        self.answer: Answer = None

    def next(self) -> Said:
        said = self._life.send(self.answer if self._begun else None)
        self._begun = True
        return said


class _Worker:
    """A process as its parent sees it."""

    def __init__(self, context: SpawnContext, orders: Sequence[Order]) -> None:
        self.pipe, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs, list(orders)), daemon=True)
        self._process.start()
        theirs.close()

    def send(self, code: str, answer: Answer) -> None:
        """Let it live on; raises what `ended` says when it is gone."""
        try:
            self.pipe.send((code, answer))
        except _GONE:
            raise self.ended() from None

    def ended(self) -> Exception:
        """What to raise when it is gone by itself; a bug has told its trace on standard error."""
        self._process.join()
        if self._process.exitcode == _BROKEN_OFF:
            return RuntimeError("a process that makes demo stations broke off")
        return EnvironmentFault(
            "一个生成演示数据的进程被系统结束了，演示没有做完。",
            "多半是内存不够：请关掉别的大程序再试一次。",
        )

    def close(self) -> None:
        self._process.terminate()
        self._process.join()
        self.pipe.close()


def _serve(pipe: Connection, orders: Sequence[Order]) -> None:
    """What a process does until it is ended: live on with who was answered, else begin a life."""
    # Ctrl+C is the parent's matter; it ends its children.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    waiting = deque(orders)
    lives: dict[str, StationLife] = {}
    try:
        while True:
            code, answer = pipe.recv() if pipe.poll() or not waiting else ("", None)
            if not code:
                order = waiting.popleft()
                code = order.code
                lives[code] = station_life(order, _telling(pipe, code))
            try:
                said: Said | _Failed = lives[code].send(answer)
            except Fault as fault:
                said = _Failed(fault.sentence, fault.next_step)
            pipe.send((code, said))
    except _GONE:
        return  # The parent is gone.


def _telling(pipe: Connection, code: str) -> Job:
    return _job(lambda days: pipe.send((code, _Lived(days))))


def _job(on_day: Callable[[int], None]) -> Job:
    """Tells the days that have passed, once a month."""
    last = ""

    def on_progress(progress: Progress) -> None:
        nonlocal last
        if progress.words != last:
            last = progress.words
            on_day(progress.done)

    return Job("演示站点", on_progress)
