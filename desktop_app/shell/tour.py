"""A short walk through the program without anybody at the keyboard, leaving a picture of each step.

`python -m desktop_app.shell.tour --out DIR [--home HOME]`. It presses keys, as a clerk does, in the
very window a clerk uses; for a machine without a display, and to look at screens. Without `--home`
it makes the small demo station inside DIR. Shipped, but never run by the program itself.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from desktop_app.core.clock import SystemClock, Zone
from desktop_app.core.job import Job
from desktop_app.core.periods import PeriodKind, period_of
from desktop_app.core.pinyin import name_keys
from desktop_app.core.route import Open, OpenPaper
from desktop_app.registers.people.rules import DEMO_PASSWORD
from desktop_app.registers.residents.search import find
from desktop_app.shell.app import Program, make_application
from desktop_app.shell.main_window import MainWindow
from desktop_app.shell.workplace import Workplace
from desktop_app.station.demo.service import make_demo
from desktop_app.storage.session import Desk

NAME_LENGTH = 3
PATIENCE = 60.0
BREATH_MS = 40


class TourFailed(Exception):
    """A step did not show what it should; the message says which."""


class Tour:
    """Presses keys and takes pictures of one window."""

    def __init__(self, program: Program, out: Path) -> None:
        self._program, self._out = program, out
        self.pictures: list[Path] = []

    @property
    def window(self) -> MainWindow:
        if self._program.window is None:
            raise TourFailed("the window did not open")
        return self._program.window

    @property
    def workplace(self) -> Workplace:
        workplace = self.window.workplace
        if workplace is None:
            raise TourFailed("nobody is signed in")
        return workplace

    def until(self, what: str, condition: Callable[[], bool]) -> None:
        """Let the window work until something is so; `TourFailed` when it never is."""
        clock = SystemClock()
        end = clock.ticks() + PATIENCE
        while not condition():
            if clock.ticks() > end:
                raise TourFailed(f"never happened: {what}")
            self._breathe()

    def press(self, *keys: Qt.Key, control: bool = False) -> None:
        """Press keys where the keyboard is."""
        held = Qt.KeyboardModifier.ControlModifier if control else Qt.KeyboardModifier.NoModifier
        for key in keys:
            QTest.keyClick(self._at(), key, held)

    def write(self, text: str) -> None:
        """Type letters by keys and Chinese as an input method brings it."""
        for mark in text:
            if mark.isascii():
                QTest.keyClicks(self._at(), mark)
            else:
                event = QInputMethodEvent()
                event.setCommitString(mark)
                QApplication.sendEvent(self._at(), event)

    def picture(self, name: str) -> None:
        """A picture of the window as it is now."""
        self._breathe()
        path = self._out / f"{len(self.pictures) + 1:02d}-{name}.png"
        if not self.window.grab().save(str(path)):
            raise TourFailed(f"cannot write {path}")
        self.pictures.append(path)

    def _breathe(self) -> None:
        """Let the window finish what the last key began: layouts, queued signals, painting."""
        loop = QEventLoop()
        QTimer.singleShot(BREATH_MS, loop.quit)
        loop.exec()

    def _at(self) -> QWidget:
        return QApplication.focusWidget() or self.window


def walk(tour: Tour, password: str) -> None:
    """Sign in, register three visits, look at the list and at a resident's card."""
    tour.until("a place to type", lambda: QApplication.focusWidget() is not None)
    tour.picture("sign-in")
    tour.write(password)
    tour.press(Qt.Key.Key_Return)
    tour.until("signed in", lambda: tour.window.workplace is not None)
    front_desk(tour)
    other_pages(tour)


def front_desk(tour: Tour) -> None:
    """Three visits by keyboard: a known resident, one counted, one that is handed over."""
    from desktop_app.station.front_desk.ui.page import FrontDeskPage

    page = tour.workplace.pages.current_page
    if not isinstance(page, FrontDeskPage):
        raise TourFailed("the first page is not the front desk")
    screen = page.screen_parts
    listed = screen.today.list
    tour.until("matters to choose from", lambda: bool(screen.form.matter.matters.bar.choices))
    settle(tour)
    before = len(listed.items)
    tour.picture("front-desk")
    tour.write(somebody(tour.workplace.desk))
    tour.until("somebody found", lambda: bool(screen.box.people))
    tour.picture("found")
    tour.press(Qt.Key.Key_Return, Qt.Key.Key_1, Qt.Key.Key_Return)
    tour.write("问今年什么时候交、交多少")
    tour.picture("form")
    tour.press(Qt.Key.Key_Return, control=True)
    tour.until("the first visit listed", lambda: len(listed.items) == before + 1)
    tour.press(Qt.Key.Key_F9)
    tour.until("the counted visit listed", lambda: len(listed.items) == before + 2)
    tour.write("l")
    tour.press(Qt.Key.Key_Return)
    tour.press(Qt.Key.Key_2, Qt.Key.Key_Return, Qt.Key.Key_Return, Qt.Key.Key_4, Qt.Key.Key_Return)
    tour.write("物业服务中心")
    tour.picture("handed-over")
    tour.press(Qt.Key.Key_Return, control=True)
    tour.until("the third visit listed", lambda: len(listed.items) == before + 3)
    tour.press(Qt.Key.Key_F4)
    tour.picture("today")


def other_pages(tour: Tour) -> None:
    """The list of visits, activities, the figures of a month and their paper, a resident's card."""
    pages = tour.workplace.pages
    pages.show_page("visits")
    tour.until("the list shown", lambda: pages.current_page is not None)
    settle(tour)
    tour.picture("visits")
    pages.show_page("activities")
    settle(tour)
    tour.picture("activities")
    pages.show_page("reports")
    tour.until("the figures shown", lambda: getattr(pages.current_page, "report", None) is not None)
    settle(tour)
    tour.picture("reports")
    month = period_of(tour.workplace.desk.today, PeriodKind.MONTH).previous
    pages.follow(OpenPaper("month", period=month))
    tour.until("the paper made", lambda: getattr(pages.current_page, "shown", None) is not None)
    settle(tour)
    tour.picture("paper")
    found = find(tour.workplace.desk, somebody(tour.workplace.desk)).people
    pages.follow(Open("residents", found[0].uid))
    settle(tour)
    tour.picture("resident")


def settle(tour: Tour) -> None:
    """Until no quick question is being answered any more; a backup may go on behind."""
    running = tour.window.runner
    tour.until("quiet", lambda: not any(ticket.is_quick for ticket in running.running))


def initials(name: str) -> str:
    """The letters by which the box finds this name."""
    letters = [key for key in name_keys(name) if key.isascii() and len(key) == len(name)]
    if not letters:
        raise TourFailed("a name without initials")
    return min(letters)


def somebody(desk: Desk) -> str:
    """Initials of a resident who was here lately and has a name of three characters."""
    for letter in "zlwchxyj":
        for person in find(desk, letter).people:
            if len(person.name) == NAME_LENGTH and not person.name.isascii():
                return initials(person.name)
    raise TourFailed("nobody to register")


def main(arguments: Sequence[str] | None = None) -> int:
    """Walk, and print where the pictures are; 1 when a step did not show what it should."""
    parser = argparse.ArgumentParser(prog="desktop_app.shell.tour", description=__doc__)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--home", type=Path)
    parser.add_argument("--password", default=DEMO_PASSWORD)
    parser.add_argument("--size", default="1366x768")
    given = parser.parse_args(arguments)
    given.out.mkdir(parents=True, exist_ok=True)
    if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    home = given.home
    if home is None:
        home = given.out / "home"
        # Always a new one: yesterday's demo has no visits of today, and a broken one has no end.
        shutil.rmtree(home, ignore_errors=True)
        clock = SystemClock()
        today = Zone().day(clock.now())
        make_demo(home, scale="small", seed=1, today=today, job=Job("演示数据"), clock=clock)
    width, height = (int(part) for part in given.size.split("x"))
    app = make_application(["tour"])
    program = Program(app, home, given.out / "local.json", SystemClock())
    tour = Tour(program, given.out)
    try:
        program.start()
        tour.window.resize(width, height)
        tour.window.activateWindow()
        walk(tour, given.password)
    except TourFailed as failure:
        tour.picture("failed")
        sys.stderr.write(f"{failure}\n")
        return 1
    finally:
        if program.window is not None:
            program.window.close()
    sys.stdout.write("".join(f"{path}\n" for path in tour.pictures))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
