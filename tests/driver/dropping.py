"""Drags files over a widget and lets go of them, as a person does from a file window."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QWidget

_COPY = Qt.DropAction.CopyAction
_LEFT = Qt.MouseButton.LeftButton
_NONE = Qt.KeyboardModifier.NoModifier


def drag_in(widget: QWidget, *paths: Path) -> bool:
    """Drag files over a widget (text, when there are none); would it take them?"""
    event = QDragEnterEvent(QPoint(20, 20), _COPY, _mime(paths), _LEFT, _NONE)
    event.ignore()
    QApplication.sendEvent(widget, event)
    return event.isAccepted()


def drag_out(widget: QWidget) -> None:
    """Take them away again."""
    QApplication.sendEvent(widget, QDragLeaveEvent())


def drop(widget: QWidget, *paths: Path) -> None:
    """Let go of them."""
    QApplication.sendEvent(widget, QDropEvent(QPointF(20, 20), _COPY, _mime(paths), _LEFT, _NONE))


_KEPT: list[QMimeData] = []


def _mime(paths: tuple[Path, ...]) -> QMimeData:
    made = QMimeData()
    if paths:
        made.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    else:
        made.setText("张淑芬")
    # An event does not own what is dragged; in a real one the window system does.
    _KEPT[:] = [made]
    return made
