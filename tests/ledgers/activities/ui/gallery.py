"""The page 活动 with two months of data, to be looked at. Not a test.

`python -m tests.ledgers.activities.ui.gallery OUT.png [--part list|month|week|form|meeting|copy]
[--scale 1.5] [--size 1366x768] [--large] [--dark] [--stay]`.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QDialog, QHBoxLayout, QWidget

from desktop_app import catalog
from desktop_app.core.clock import FixedClock
from desktop_app.ledgers.activities.rules.plan_text import PlanText
from desktop_app.ledgers.activities.ui.page import MONTH, WEEK, ActivitiesPage
from desktop_app.shell.pages import rail_entries
from desktop_app.storage.opening import create_file, open_file
from desktop_app.storage.session import Desk
from desktop_app.widgets.input_method import prepare_input_method
from desktop_app.widgets.jobs import JobRunner
from desktop_app.widgets.rail import Rail
from desktop_app.widgets.theme import Theme, apply_theme
from tests.ledgers.activities.ui.month_data import a_busy_month
from tests.stations import CLERK, FACTS, KEY, MONDAY_MORNING

PARTS = ("list", "month", "week", "form", "meeting", "copy")
MEETING = PlanText(
    name="三方共商停车难", kind="three_sides", day="2026-11-27", begins="22:00", ends="00:30",
    place_words="党群服务站二楼会议室", expected="15", host="林国强",
    agenda="物业通报车位\n表决方案", organiser="青榕社区党委", repeat="week", times="1",
)  # fmt: skip


def station(folder: Path) -> Desk:
    """A database in a folder, with two months in it."""
    catalog.table_modules()
    clock = FixedClock(MONDAY_MORNING)
    create_file(folder / "jinlin.db", KEY, FACTS)
    desk = Desk(open_file(folder / "jinlin.db", KEY, clock), CLERK)
    a_busy_month(desk, clock)
    return desk


def frame(page: ActivitiesPage, desk: Desk) -> QWidget:
    """The page beside the rail, as the window shows it."""
    window = QWidget()
    rail = Rail(rail_entries(desk), window)
    rail.set_active("activities")
    line = QHBoxLayout(window)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(0)
    line.addWidget(rail)
    page.setParent(window)
    line.addWidget(page, 1)
    return window


def show_part(page: ActivitiesPage, part: str) -> None:
    """Bring a part of the page to the front."""
    if part in (MONTH, WEEK):
        page.views.set_value(part)
    elif part in ("form", "meeting"):
        page.start_new()
        if part == "meeting":
            page.form.body.show_text(MEETING, is_new=True)
            page.form.save()
    elif part == "copy":
        page.work.ask_copy_month()


def wanted(arguments: Sequence[str]) -> argparse.Namespace:
    """What the command line asks for."""
    parser = argparse.ArgumentParser()
    parser.add_argument("out")
    parser.add_argument("--part", choices=PARTS, default="list")
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
        desk = station(Path(folder))
        page = ActivitiesPage(replace(desk), runner)
        window = frame(page, desk)
        window.resize(*(int(side) for side in chosen.size.split("x")))
        window.show()
        window.activateWindow()
        page.arrive()
        QTimer.singleShot(600, window, lambda: show_part(page, chosen.part))

        def finish() -> None:
            open_sheets = [one for one in page.findChildren(QDialog) if one.isVisible()]
            (open_sheets[0] if open_sheets else window).grab().save(chosen.out)
            if not chosen.stay:
                app.quit()

        QTimer.singleShot(2200, window, finish)
        status = app.exec()
        runner.shut_down()
        desk.database.close()
    return status


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
