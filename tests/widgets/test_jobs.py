"""Long work beside the window: results in the window's thread, and an end in good order."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from types import TracebackType

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from desktop_app.core.errors import EnvironmentFault, Fault
from desktop_app.core.job import Job, Progress
from desktop_app.widgets.jobs import JobRunner
from desktop_app.widgets.notify import StatusStrip
from tests.widgets.conftest import Shown


@pytest.fixture
def runner(look: QApplication) -> Iterator[JobRunner]:
    """A runner that is shut down after the test."""
    made = JobRunner()
    yield made
    assert made.shut_down()
    made.deleteLater()


def until_cancelled(job: Job) -> object:
    """Work that goes on until somebody stops it."""
    pause = threading.Event()
    while not pause.wait(0.005):
        job.progress(1, 4, "第 1 个文件")
    return None


def test_work_runs_elsewhere_and_its_result_arrives_here(runner: JobRunner, qtbot: QtBot) -> None:
    where: list[object] = []
    here = threading.current_thread()

    def work(_: Job) -> object:
        where.append(threading.current_thread())
        return 2**40

    def take(result: object) -> None:
        where.extend([threading.current_thread(), result])

    ticket = runner.start("统计", work)
    ticket.done.connect(take)
    qtbot.waitUntil(lambda: len(where) == 3)
    assert where[0] is not here
    assert where[1:] == [here, 2**40]
    assert runner.running == ()


def test_a_known_failure_arrives_as_its_sentence(runner: JobRunner, qtbot: QtBot) -> None:
    def work(_: Job) -> object:
        raise EnvironmentFault("磁盘满了，没有导出。", "请清理后再导出。")

    failed: list[Fault] = []
    ticket = runner.start("导出", work)
    ticket.failed.connect(failed.append)
    qtbot.waitUntil(lambda: bool(failed))
    assert failed[0].sentence == "磁盘满了，没有导出。"


def test_a_bug_reaches_the_one_hook_and_the_person_gets_a_sentence(
    runner: JobRunner, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    caught: list[BaseException] = []

    def hook(_: type[BaseException], error: BaseException, __: TracebackType | None) -> None:
        caught.append(error)

    def work(_: Job) -> object:
        raise ZeroDivisionError

    failed: list[Fault] = []
    with monkeypatch.context() as patched:
        patched.setattr(sys, "excepthook", hook)
        ticket = runner.start("统计", work)
        ticket.failed.connect(failed.append)
        qtbot.waitUntil(lambda: bool(caught))
    assert isinstance(caught[0], ZeroDivisionError)
    assert "统计" in failed[0].sentence


def test_a_job_can_be_stopped_and_then_says_only_that(runner: JobRunner, qtbot: QtBot) -> None:
    said: list[str] = []
    heard: list[Progress] = []
    ticket = runner.start("导入", until_cancelled)
    ticket.progressed.connect(heard.append)
    ticket.cancelled.connect(lambda: said.append("cancelled"))
    ticket.done.connect(lambda _: said.append("done"))
    qtbot.waitUntil(lambda: bool(heard))
    ticket.cancel()
    qtbot.waitUntil(lambda: bool(said))
    assert said == ["cancelled"]
    assert heard[0] == Progress(1, 4, "第 1 个文件")


def test_a_quick_question_does_not_wait_behind_long_work(runner: JobRunner, qtbot: QtBot) -> None:
    long_one = runner.start("导出", until_cancelled)
    answers: list[object] = []
    quick = runner.start("查一页", lambda _: "rows", quick=True)
    quick.done.connect(answers.append)
    qtbot.waitUntil(lambda: answers == ["rows"])
    assert runner.running == (long_one,)


def test_nobody_waits_behind_a_stick_that_does_not_answer(runner: JobRunner, qtbot: QtBot) -> None:
    stick = runner.start("查找 U 盘", until_cancelled, device=True)
    answers: list[object] = []
    for quick in (True, False):
        runner.start("查一页", lambda _: "rows", quick=quick).done.connect(answers.append)
    qtbot.waitUntil(lambda: answers == ["rows", "rows"])
    assert (runner.running, stick.is_quick) == ((stick,), True)


def test_two_long_jobs_never_run_at_once(runner: JobRunner, qtbot: QtBot) -> None:
    running: list[int] = []
    most: list[int] = []

    def work(_: Job) -> object:
        running.append(1)
        most.append(len(running))
        threading.Event().wait(0.02)
        running.pop()
        return None

    over: list[object] = []
    for _ in range(3):
        runner.start("导出", work).done.connect(over.append)
    qtbot.waitUntil(lambda: len(over) == 3)
    assert max(most) == 1


def test_after_the_end_nothing_is_delivered_and_nothing_starts(
    look: QApplication, qtbot: QtBot
) -> None:
    runner = JobRunner()
    told: list[object] = []
    begun = threading.Event()

    def work(job: Job) -> object:
        begun.set()
        return until_cancelled(job)

    ticket = runner.start("导出", work)
    for signal in (ticket.done, ticket.failed, ticket.cancelled, ticket.progressed):
        signal.connect(lambda *_: told.append(1))
    assert begun.wait(5)
    assert runner.shut_down()
    told.clear()
    late = runner.start("再导一次", lambda _: told.append("ran"))
    QApplication.processEvents()
    assert (told, late.is_over) == ([], True)
    runner.deleteLater()


def test_work_that_does_not_stop_is_left_behind_and_hurts_nobody(
    look: QApplication, qtbot: QtBot
) -> None:
    runner = JobRunner()
    begun, release, over = threading.Event(), threading.Event(), threading.Event()

    def stubborn(_: Job) -> object:
        begun.set()
        release.wait(10)
        over.set()
        return "too late"

    runner.start("整理", stubborn)
    assert begun.wait(5)
    assert not runner.shut_down(deadline=0.05)
    runner.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    release.set()
    assert over.wait(5)
    for thread in threading.enumerate():
        if thread.name.startswith("jinlin"):
            thread.join(5)
    QApplication.processEvents()
    assert not isValid(runner)


def test_the_strip_shows_the_running_job_and_can_stop_it(
    runner: JobRunner, show_in: Shown, qtbot: QtBot
) -> None:
    strip = StatusStrip(runner)
    show_in(strip)
    stop = strip.findChild(QPushButton)
    assert isinstance(stop, QPushButton)
    assert not stop.isVisible()
    runner.start("导出 11 月登记", until_cancelled)
    assert stop.isVisible()
    stop.click()
    qtbot.waitUntil(lambda: not stop.isVisible())
    assert runner.running == ()
