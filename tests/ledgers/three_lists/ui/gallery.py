"""The page 三单 and the pages of its records with data, to be looked at. Not a test.

`python -m tests.ledgers.three_lists.ui.gallery OUT.png [--part board|problems|offers|duties|form|
offer_form|dispatch|problem|offer|duty|doing|review] [--scale 1.5] [--size 1366x768] [--large]
[--dark]`.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QDialog, QHBoxLayout, QWidget

from desktop_app import catalog
from desktop_app.core.clock import FixedClock
from desktop_app.ledgers.three_lists import service
from desktop_app.ledgers.three_lists.rules.duty import Duty
from desktop_app.ledgers.three_lists.ui.duty_page import DutyPage
from desktop_app.ledgers.three_lists.ui.offer_page import OfferPage
from desktop_app.ledgers.three_lists.ui.problem_page import ProblemPage
from desktop_app.shell.pages import rail_entries
from desktop_app.station.co_building.ui.page import CoBuildingPage
from desktop_app.storage.attachments import FolderBlobs
from desktop_app.storage.keys import DataKey
from desktop_app.storage.opening import create_file, open_file
from desktop_app.storage.session import Desk
from desktop_app.widgets.input_method import prepare_input_method
from desktop_app.widgets.jobs import JobRunner
from desktop_app.widgets.page import Page
from desktop_app.widgets.rail import Rail
from desktop_app.widgets.theme import Theme, apply_theme
from tests.ledgers.three_lists.ui.lists_data import a_busy_list
from tests.stations import CLERK, FACTS, KEY, MONDAY_MORNING

PARTS = (
    "board", "problems", "offers", "duties", "form", "offer_form", "dispatch", "problem", "offer",
    "duty", "doing", "review",
)  # fmt: skip


def station(folder: Path) -> tuple[Desk, list[Duty]]:
    """A database in a folder, with lines in every state."""
    catalog.table_modules()
    clock = FixedClock(MONDAY_MORNING)
    create_file(folder / "jinlin.db", KEY, FACTS)
    desk = Desk(open_file(folder / "jinlin.db", KEY, clock), CLERK)
    desk.database.keep_attachments_in(FolderBlobs(folder / "attachments", DataKey(b"k" * 32)))
    return desk, a_busy_list(desk)


def colleague(desk: Desk) -> Desk:
    """The seat of somebody else, who may look over what the clerk handed in."""
    return Desk(desk.database, replace(CLERK, uid=desk.database.new_uid(), name="李建国"))


def frame(page: Page, desk: Desk) -> QWidget:
    """The page beside the rail, as the window shows it."""
    window = QWidget()
    rail = Rail(rail_entries(desk), window)
    rail.set_active("co_building")
    line = QHBoxLayout(window)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(0)
    line.addWidget(rail)
    page.setParent(window)
    line.addWidget(page, 1)
    return window


def made(part: str, desk: Desk, duties: list[Duty], runner: JobRunner) -> Page:
    """The page that has this part."""
    if part in ("problem", "dispatch"):
        page: Page = ProblemPage(desk, runner)
        waiting = service.board(desk).columns[1].cards[-1]
        page.open_record(waiting.uid if part == "dispatch" else duties[0].problem)
    elif part == "offer":
        page = OfferPage(desk, runner)
        page.open_record(duties[0].offer)
    elif part in ("duty", "doing", "review"):
        page = DutyPage(desk, runner)
        page.open_record(duties[1 if part == "doing" else 2].uid)
    else:
        page = CoBuildingPage(desk, runner)
    return page


def bring(page: Page, part: str) -> None:
    """Bring a part of the page to the front."""
    there: Any = page
    if part in ("problems", "offers", "duties"):
        there.turn_to(part)
    elif part == "form":
        page.start_new()
    elif part == "offer_form":
        there.turn_to("offers")
        page.start_new()
    elif part == "dispatch":
        there.take_step("dispatch")
    elif part == "review":
        there.take_step("review_ok")


def main(arguments: Sequence[str]) -> int:
    """Show one part and save a picture of it."""
    parser = argparse.ArgumentParser()
    parser.add_argument("out")
    parser.add_argument("--part", choices=PARTS, default="board")
    parser.add_argument("--scale", default="1")
    parser.add_argument("--size", default="1366x768")
    for flag in ("--large", "--dark"):
        parser.add_argument(flag, action="store_true")
    chosen = parser.parse_args(arguments)
    os.environ["QT_SCALE_FACTOR"] = chosen.scale
    prepare_input_method()
    app = QApplication([])
    apply_theme(app, Theme(dark=chosen.dark, large=chosen.large))
    runner = JobRunner(app)
    with tempfile.TemporaryDirectory() as folder:
        desk, duties = station(Path(folder))
        seat = colleague(desk) if chosen.part == "review" else desk
        page = made(chosen.part, seat, duties, runner)
        window = frame(page, desk)
        window.resize(*(int(side) for side in chosen.size.split("x")))
        window.show()
        window.activateWindow()
        page.arrive()
        QTimer.singleShot(900, window, lambda: bring(page, chosen.part))

        def finish() -> None:
            sheets = [one for one in page.findChildren(QDialog) if one.isVisible()]
            window.grab().save(chosen.out)
            if sheets:
                sheets[0].grab().save(chosen.out.replace(".png", "-sheet.png"))
            app.quit()

        QTimer.singleShot(2600, window, finish)
        status = app.exec()
        runner.shut_down()
        desk.database.close()
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
