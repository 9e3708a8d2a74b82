"""The system's own windows in which files and folders are chosen; opened, never executed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget

FILTER = "近邻台上报包 (*.jlb);;所有文件 (*)"


def ask_for_files(parent: QWidget, done: Callable[[list[str]], None]) -> QFileDialog:
    """One bundle or many."""
    chooser = QFileDialog(parent, "选择上报包", _documents())
    chooser.setFileMode(QFileDialog.FileMode.ExistingFiles)
    chooser.setNameFilter(FILTER)
    chooser.filesSelected.connect(done)
    chooser.open()
    return chooser


def ask_for_folder(
    parent: QWidget, title: str, done: Callable[[str], None], start: Path | None = None
) -> QFileDialog:
    """A folder to write to, or to look into."""
    chooser = QFileDialog(parent, title, _documents() if start is None else str(start))
    chooser.setFileMode(QFileDialog.FileMode.Directory)
    chooser.setOption(QFileDialog.Option.ShowDirsOnly)
    chooser.fileSelected.connect(done)
    chooser.open()
    return chooser


def _documents() -> str:
    return QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
