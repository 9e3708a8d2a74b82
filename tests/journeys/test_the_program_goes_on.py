"""Two starts of one home, and faults of our own: somebody is always told, and work goes on."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from desktop_app.registers.matters import service as matters
from desktop_app.registers.matters.rules import Matter
from desktop_app.shell.others import OthersWatch
from desktop_app.shell.rendezvous import Doorbell
from desktop_app.station.front_desk import service
from desktop_app.widgets.jobs import Ticket
from tests.cli.running import start
from tests.driver.program import Counter
from tests.homes import StationHome

KEY = Qt.Key
SECRET = "张淑芬 13800005678 11010519491231002X"


@pytest.fixture
def guarded(counter: Counter) -> Iterator[Counter]:
    """The program with its hook for bugs in place, as `run_window` puts it there."""
    before = sys.excepthook
    counter.program.guard.install()
    yield counter
    sys.excepthook = before


def start_again(counter: Counter, home: StationHome) -> int | None:
    """The exit status of another process that opens the same home."""
    second = start("open", "--home", str(home.path))
    try:
        counter.wait(lambda: second.poll() is not None)
        return second.returncode
    finally:
        second.kill()
        second.communicate()


def test_a_second_start_brings_the_first_window_to_the_front_and_leaves(
    counter: Counter, home: StationHome
) -> None:
    counter.sign_in()
    counter.settle()
    counter.wait(lambda: bool(counter.program.findChildren(Doorbell)))
    counter.window.showMinimized()
    assert start_again(counter, home) == 0
    counter.wait(lambda: not counter.window.isMinimized())
    assert counter.window.isVisible()


def test_a_second_start_finds_the_first_window_also_before_anybody_signed_in(
    counter: Counter, home: StationHome
) -> None:
    counter.wait(lambda: bool(counter.program.findChildren(Doorbell)))
    counter.window.showMinimized()
    assert start_again(counter, home) == 0
    counter.wait(lambda: not counter.window.isMinimized())


def wrong(*_arguments: object, **_options: object) -> Matter:
    raise ValueError(SECRET)


def assert_told_without_a_name(counter: Counter, home: StationHome) -> None:
    """The sheet, its report and the file of it: where it happened, nobody's data."""
    counter.sheet()
    assert "程序出了意外" in counter.words()
    assert "已经保存的记录都在" in counter.words()
    report = counter.report()
    assert "ValueError" in report
    assert "wrong" in report
    kept = [path.read_text("utf-8") for path in (home.path / "crash").glob("report-*.txt")]
    assert kept == [report]
    assert not any(word in report for word in SECRET.split())
    shown = [label.text() for label in counter.sheet().findChildren(QLabel)]
    assert not any(word in "".join(shown) for word in SECRET.split())


def test_a_bug_in_a_slot_is_reported_without_personal_data_and_the_program_goes_on(
    guarded: Counter, home: StationHome, monkeypatch: pytest.MonkeyPatch
) -> None:
    front = guarded.sign_in()
    guarded.settle()
    with monkeypatch.context() as broken:
        broken.setattr(service, "way_asked", wrong)
        front.press(KEY.Key_F9)
        assert_told_without_a_name(guarded, home)
        guarded.answer("知道了")
    front.press(KEY.Key_F9)
    front.wait(lambda: len(front.today) == 1)


def test_a_bug_while_saving_keeps_the_form_and_the_program_goes_on(
    guarded: Counter, home: StationHome, monkeypatch: pytest.MonkeyPatch
) -> None:
    front = guarded.sign_in()
    front.choose("zsf")
    front.letters("1")
    typed = front.text
    with monkeypatch.context() as broken:
        broken.setattr(service, "register", wrong)
        front.save()
        assert_told_without_a_name(guarded, home)
        guarded.answer("知道了")
    assert "“登记来访”没有完成，程序出了意外" in front.form_problem
    assert front.text == typed
    front.save()
    front.wait(lambda: len(front.today) == 1)


def test_what_another_desk_changes_in_the_directory_never_takes_the_keyboard_away(
    counter: Counter, home: StationHome
) -> None:
    front = counter.sign_in()
    offered = front.matters
    front.choose("zsf")
    with home.session() as other:
        first = matters.directory(other.desk)[0]
        matters.retire(other.desk, first.uid)
    counter.wait(lambda: front.matters != offered)
    front.letters("2")
    front.save()
    assert front.wait_saved()[0].matter_name == front.matters[1]


def test_nobody_is_told_of_changes_that_were_there_before(counter: Counter) -> None:
    counter.sign_in()
    counter.settle()
    watch = counter.workplace.findChildren(OthersWatch)[0]
    told: list[str] = []
    watch.wrote.connect(told.append)
    asked: list[str] = []

    def note(ticket: Ticket) -> None:
        asked.append(ticket.title)

    counter.window.runner.finished.connect(note)
    counter.wait(lambda: "看看别处的改动" in asked)
    counter.settle()
    assert told == []
