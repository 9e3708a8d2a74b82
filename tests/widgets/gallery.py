"""All widgets in their states, to be looked at. Not a test.

`python -m tests.widgets.gallery OUT.png [--part desk|table|states|ask|preview|charts|board|dragged]
[--scale 1.5] [--size 1366x768] [--large] [--dark] [--stay]`; `--stay` keeps the window open for a
real screen.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget

from desktop_app.widgets import dialogs
from desktop_app.widgets.forms import (
    KeyMap,
)
from desktop_app.widgets.jobs import JobRunner
from desktop_app.widgets.theme import Theme, apply_theme
from tests.widgets.gallery_board import board, dragged
from tests.widgets.gallery_paper import charts, preview
from tests.widgets.gallery_parts import desk, questions, states, table

PARTS: dict[str, Callable[[], QWidget]] = {
    "desk": desk, "table": table, "states": states, "ask": questions,
    "preview": preview, "charts": charts, "board": board, "dragged": dragged,
}  # fmt: skip


def finish(window: QWidget, path: str, stay: bool) -> None:
    """Set the focus, take the picture, leave."""
    focus = window.property("start_at")
    if isinstance(focus, QWidget):
        focus.setFocus()
    keys = window.property("keys")
    if isinstance(keys, KeyMap):
        keys.toggle()
        sheet = dialogs.confirm(
            window,
            "删除这条登记？",
            "删除后不能撤销，编号 LY01-2026A-00042 不会再用。",
            "删除",
            danger=True,
        )
        QApplication.processEvents()
        sheet.grab().save(path.replace(".png", "-sheet.png"))
        reason = dialogs.ask_reason(
            window, "导出含姓名的名单", "名单会离开本机，请写明用途。", label="用途", verb="导出"
        )
        QApplication.processEvents()
        reason.grab().save(path.replace(".png", "-reason.png"))
    QApplication.processEvents()
    window.grab().save(path)
    runner = window.property("runner")
    if not stay:
        if isinstance(runner, JobRunner):
            runner.shut_down()
        QApplication.quit()


def main(arguments: Sequence[str]) -> int:
    """Show one part and save a picture of it."""
    parser = argparse.ArgumentParser()
    parser.add_argument("out")
    parser.add_argument("--part", choices=sorted(PARTS), default="desk")
    parser.add_argument("--scale", default="1")
    parser.add_argument("--size", default="1366x768")
    for flag in ("--large", "--dark", "--stay"):
        parser.add_argument(flag, action="store_true")
    chosen = parser.parse_args(arguments)
    os.environ["QT_SCALE_FACTOR"] = chosen.scale
    app = QApplication([])
    apply_theme(app, Theme(dark=chosen.dark, large=chosen.large))
    window = PARTS[chosen.part]()
    window.setWindowTitle("近邻台 部件")
    window.resize(*(int(side) for side in chosen.size.split("x")))
    window.show()
    QTimer.singleShot(400, window, lambda: finish(window, chosen.out, chosen.stay))
    return app.exec()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
