"""The way to a file that was just written."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QStandardPaths, QUrl
from PySide6.QtGui import QDesktopServices

OPEN_FOLDER = "打开所在文件夹"


def open_folder(path: Path) -> None:
    """Show the folder a file lies in."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent)))


def documents() -> Path:
    """Where a file is offered to be put first."""
    where = QStandardPaths.StandardLocation.DocumentsLocation
    return Path(QStandardPaths.writableLocation(where))
