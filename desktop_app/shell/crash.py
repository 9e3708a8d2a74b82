"""When the program itself is wrong: a report a person can copy, without residents in it.

An exception in a slot only prints and lets the loop go on, so there is one hook for all of them.
The report holds where it happened, never values: messages of unknown exceptions may quote data.
"""

from __future__ import annotations

import logging
import sys
import traceback
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot, qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QWidget

from desktop_app import __version__
from desktop_app.core.clock import Clock
from desktop_app.core.errors import Fault
from desktop_app.storage.files import write_atomic

if TYPE_CHECKING:
    from desktop_app.widgets.dialogs import Sheet

log = logging.getLogger(__name__)

KEPT_REPORTS = 20


def report_of(kind: type[BaseException], trace: TracebackType | None) -> str:
    """The report: versions and the places of the code, no values and no messages."""
    import platform

    lines = [
        f"近邻台 {__version__} · Qt {qVersion()} · Python {platform.python_version()}",
        f"{platform.system()} {platform.release()} {platform.machine()}",
        kind.__name__,
    ]
    for frame in traceback.extract_tb(trace):
        place = Path(frame.filename)
        lines.append(f"  {'/'.join(place.parts[-3:])}:{frame.lineno} {frame.name}")
    return "\n".join(lines)


class CrashGuard(QObject):
    """The one exception hook. Faults that nobody caught are told; bugs get a copyable report."""

    _happened = Signal(object)

    def __init__(self, app: QApplication, clock: Clock) -> None:
        super().__init__(app)
        self._clock = clock
        self._open: Sheet | None = None
        self.folder: Path | None = None
        self._happened.connect(self._show)

    def install(self) -> None:
        """Become the hook of this process."""
        sys.excepthook = self._hook

    def _hook(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        report = report_of(kind, trace)
        log.error("%s", report)
        self._happened.emit(error if isinstance(error, Fault) else report)

    @Slot(object)
    def _show(self, what: object) -> None:
        from desktop_app.widgets.dialogs import tell_fault

        window = _front_window()
        if window is None:
            return
        if isinstance(what, Fault):
            tell_fault(window, "没有完成", what)
            return
        report = str(what)
        self._keep(report)
        if self._open is None:
            self._open = _crash_sheet(window, report)
            self._open.destroyed.connect(self._closed)

    @Slot()
    def _closed(self) -> None:
        self._open = None

    def _keep(self, report: str) -> None:
        if self.folder is None:
            return
        try:
            name = f"report-{self._clock.now()}.txt"
            write_atomic(self.folder / name, report.encode(), what="保存出错报告")
            for old in sorted(self.folder.glob("report-*.txt"))[:-KEPT_REPORTS]:
                old.unlink()
        except (Fault, OSError):
            log.warning("the report could not be kept")


def _front_window() -> QWidget | None:
    return QApplication.activeWindow() or next(
        (window for window in QApplication.topLevelWidgets() if window.isVisible()), None
    )


def _crash_sheet(window: QWidget, report: str) -> Sheet:
    from desktop_app.widgets.dialogs import UNDERSTOOD, Answer, Sheet

    sheet = Sheet(
        window,
        "程序出了意外",
        "已经保存的记录都在，正在填写的内容会留作草稿。可以继续使用；如果反复出现，"
        "请把下面的报告复制给维护人员。报告里没有居民信息。",
        (Answer("copy", "复制报告"), UNDERSTOOD),
        tone="warn",
    )
    text = QPlainTextEdit(report, sheet)
    text.setReadOnly(True)
    text.setAccessibleName("出错报告")
    sheet.body.addWidget(text)
    sheet.answered.connect(_Copier(report, sheet).copy)
    sheet.open()
    return sheet


class _Copier(QObject):
    def __init__(self, report: str, parent: QObject) -> None:
        super().__init__(parent)
        self._report = report

    @Slot(object)
    def copy(self, answer: str) -> None:
        if answer == "copy":
            QGuiApplication.clipboard().setText(self._report)
