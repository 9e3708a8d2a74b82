"""A short walk through the program without anybody at the keyboard, leaving a picture of each step.

`python -m desktop_app.shell.tour --out DIR [--home HOME]`. It presses keys, as a clerk does, in the
very window a clerk uses; for a machine without a display, and to look at screens. Without `--home`
it makes a small station of its own inside DIR. Shipped, but never run by the program itself.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from desktop_app.core.clock import SystemClock
from desktop_app.core.identity import Gender
from desktop_app.core.route import Open
from desktop_app.registers.matters import service as matters
from desktop_app.registers.places import service as places
from desktop_app.registers.places.rules import PlaceKind
from desktop_app.registers.residents import service as residents
from desktop_app.registers.residents.rules import Phone, ResidentDraft
from desktop_app.registers.residents.search import find
from desktop_app.shell.app import Program, make_application
from desktop_app.shell.main_window import MainWindow
from desktop_app.shell.workplace import Workplace
from desktop_app.station.set_up.service import create_home
from desktop_app.station.sign_in.house import open_house
from desktop_app.station.sign_in.service import sign_in
from desktop_app.storage.home import Edition
from desktop_app.storage.session import Desk

NAME, PASSWORD = "王小燕", "Qing-rong-2026"
PATIENCE = 20.0
BREATH_MS = 40
_PEOPLE = (
    ("张淑芬", Gender.FEMALE, "13800005678", "3", "2", "501"),
    ("张淑凤", Gender.FEMALE, "13500000021", "1", "1", "302"),
    ("赖建国", Gender.MALE, "13900001234", "2", "1", "601"),
    ("单志明", Gender.MALE, "", "5", "", "102"),
)
"""Names of the fictional vocabulary (vocabulary of the demo station)."""


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
    tour.write("zsf")
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
    """The list of visits and a resident's card."""
    pages = tour.workplace.pages
    pages.show_page("visits")
    tour.until("the list shown", lambda: pages.current_page is not None)
    settle(tour)
    tour.picture("visits")
    found = find(tour.workplace.desk, "zsf").people
    pages.follow(Open("residents", found[0].uid))
    settle(tour)
    tour.picture("resident")


def settle(tour: Tour) -> None:
    """Until no quick question is being answered any more."""
    tour.until("quiet", lambda: not tour.window.runner.running)


def make_small_home(path: Path) -> None:
    """A station with the directory of matters, one 小区 and a few residents."""
    create_home(
        path, Edition.STATION, "青榕雅苑党群服务站", "qr01", NAME, PASSWORD, clock=SystemClock()
    )
    with open_house(path, SystemClock()) as house:
        session = sign_in(house, NAME, PASSWORD)
        try:
            fill(session.desk)
        finally:
            session.close()


def fill(desk: Desk) -> None:
    """What the walk needs to find."""
    matters.add_starter(desk)
    compound = places.add(desk, kind=PlaceKind.COMPOUND, name="青榕雅苑").value
    for name, gender, phone, building, unit, room in _PEOPLE:
        residents.add(
            desk,
            ResidentDraft(
                name=name,
                gender=gender,
                phones=(Phone(phone),) if phone else (),
                compound=compound.uid,
                building=building,
                unit=unit,
                room=room,
            ),
        )


def main(arguments: Sequence[str] | None = None) -> int:
    """Walk, and print where the pictures are; 1 when a step did not show what it should."""
    parser = argparse.ArgumentParser(prog="desktop_app.shell.tour", description=__doc__)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--home", type=Path)
    parser.add_argument("--password", default=PASSWORD)
    parser.add_argument("--size", default="1366x768")
    given = parser.parse_args(arguments)
    given.out.mkdir(parents=True, exist_ok=True)
    if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    home = given.home or given.out / "home"
    if not home.exists():
        make_small_home(home)
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
