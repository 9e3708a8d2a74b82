"""The visits' screens with some weeks of data, to be looked at. Not a test.

`python -m tests.ledgers.visits.ui.gallery OUT.png [--part list|record|step|correct] [--scale 1.5]
[--size 1366x768] [--large] [--dark] [--stay]`.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget

from desktop_app import catalog
from desktop_app.core.clock import FixedClock
from desktop_app.ledgers.visits.rules.visit import Action, Visit
from desktop_app.ledgers.visits.service import for_editing
from desktop_app.ledgers.visits.ui.correction import CorrectionSheet
from desktop_app.ledgers.visits.ui.page import VisitsPage
from desktop_app.ledgers.visits.ui.record import VisitPage
from desktop_app.ledgers.visits.ui.steps import open_step
from desktop_app.storage.opening import create_file, open_file
from desktop_app.storage.session import Desk
from desktop_app.widgets.input_method import prepare_input_method
from desktop_app.widgets.jobs import JobRunner
from desktop_app.widgets.page import Page
from desktop_app.widgets.rail import Rail, RailEntry
from desktop_app.widgets.theme import Theme, apply_theme
from tests.ledgers.visits.ui.ledger_data import Ledger
from tests.stations import CLERK, FACTS, KEY, MONDAY_MORNING

RAIL = (
    RailEntry("front_desk", "前台", "concierge-bell"),
    RailEntry("visits", "来访", "clipboard-list"),
    RailEntry("residents", "居民", "users"),
    RailEntry("settings", "设置", "settings", at_foot=True),
)


def ledger(folder: Path) -> tuple[Desk, list[Visit]]:
    """A database in a folder, with some weeks in it."""
    catalog.table_modules()
    clock = FixedClock(MONDAY_MORNING)
    create_file(folder / "jinlin.db", KEY, FACTS)
    desk = Desk(open_file(folder / "jinlin.db", KEY, clock), CLERK)
    return desk, Ledger(desk, clock).some_weeks()


def frame(page: Page) -> QWidget:
    """The page beside a rail, as the window shows it."""
    window = QWidget()
    rail = Rail(RAIL, window)
    rail.set_active("visits")
    line = QHBoxLayout(window)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(0)
    line.addWidget(rail)
    page.setParent(window)
    line.addWidget(page, 1)
    return window


def shown(part: str, desk: Desk, visits: list[Visit], runner: JobRunner) -> tuple[QWidget, Page]:
    """The screen of a part."""
    page: Page
    if part in ("record", "correct"):
        page = VisitPage(desk, runner)
        page.open_record(visits[1].uid)
    else:
        page = VisitsPage(desk, runner)
    return frame(page), page


def asked(
    chosen: argparse.Namespace, page: Page, desk: Desk, visits: list[Visit]
) -> QWidget | None:
    """The sheet that is wanted instead of the page, opened over it."""
    sheet: QWidget | None = None
    if chosen.part == "step":
        action = {one.value: one for one in Action}[chosen.action]
        sheet = open_step(page, desk, visits[-2], action, print)
    elif chosen.part == "correct":
        sheet = CorrectionSheet(page, desk, for_editing(desk, visits[4].uid))
        sheet.open()
    QApplication.processEvents()
    return sheet


def wanted(arguments: Sequence[str]) -> argparse.Namespace:
    """What the command line asks for."""
    parser = argparse.ArgumentParser()
    parser.add_argument("out")
    parser.add_argument("--part", choices=("list", "record", "step", "correct"), default="list")
    parser.add_argument("--action", default="hand_over")
    parser.add_argument("--scale", default="1")
    parser.add_argument("--size", default="1366x768")
    for flag in ("--large", "--dark", "--stay"):
        parser.add_argument(flag, action="store_true")
    return parser.parse_args(arguments)


def main(arguments: Sequence[str]) -> int:
    """Show one part and save a picture of it."""
    chosen = wanted(arguments)
    os.environ["QT_SCALE_FACTOR"] = chosen.scale
    prepare_input_method()
    app = QApplication([])
    apply_theme(app, Theme(dark=chosen.dark, large=chosen.large))
    runner = JobRunner(app)
    with tempfile.TemporaryDirectory() as folder:
        desk, visits = ledger(Path(folder))
        window, page = shown(chosen.part, desk, visits, runner)
        window.resize(*(int(side) for side in chosen.size.split("x")))
        window.show()
        page.arrive()

        def finish() -> None:
            (asked(chosen, page, desk, visits) or window).grab().save(chosen.out)
            if not chosen.stay:
                app.quit()

        QTimer.singleShot(900, window, finish)
        status = app.exec()
        runner.shut_down()
        desk.database.close()
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
