"""Uses the page of one activity as a clerk does: calls people, types a sheet, adds photos."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from PIL import Image
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import (
    QDragEnterEvent,
    QDropEvent,
    QGuiApplication,
    QKeySequence,
    QShortcut,
)
from PySide6.QtWidgets import QApplication, QPushButton, QTabBar, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.core.changes import Changed
from desktop_app.core.route import Route
from desktop_app.ledgers.activities.ui.paper_sheet import PaperSheet
from desktop_app.ledgers.activities.ui.record import ActivityPage
from desktop_app.ledgers.activities.ui.record_content import COURSE, PEOPLE, PHOTOS, RECORDING
from desktop_app.widgets.dialogs import Sheet
from desktop_app.widgets.form_sheet import FormSheet
from desktop_app.widgets.inputs import LineInput
from desktop_app.widgets.photo_viewer import PhotoViewer
from desktop_app.widgets.table_page import PagedTable
from tests.driver.typing import press, type_text

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
ALT = Qt.KeyboardModifier.AltModifier
ENTER = Qt.Key.Key_Return

S = TypeVar("S", bound=QWidget)

__all__ = ["ALT", "CONTROL", "COURSE", "ENTER", "PEOPLE", "PHOTOS", "RECORDING", "SHIFT"]


class _Window:
    """The page in a window of its own; what it tells comes back to it, as in the shell."""

    def __init__(self, page: ActivityPage, qtbot: QtBot) -> None:
        self.page, self.qtbot = page, qtbot
        self.header, self.content = page.header, page.content
        self.people, self.recording = page.content.people, page.content.recording
        self.photos, self.course = page.content.photos, page.content.course
        self.routes: list[Route] = []
        self.news: list[str] = []
        self.changes: list[Changed[Any]] = []
        self.backs = 0
        page.routed.connect(self.routes.append)
        page.changed.connect(self._take)
        page.back_wanted.connect(self._count_back)

    def come(self, width: int = 1290, height: int = 760) -> None:
        """Bring the page to the front."""
        self.qtbot.addWidget(self.page)
        # The keys the window has for every page.
        for keys, slot in (("F2", self.page.start_new), ("Alt+Left", self._count_back)):
            QShortcut(QKeySequence(keys), self.page).activated.connect(slot)
        self.page.resize(width, height)
        with self.qtbot.waitExposed(self.page):
            self.page.show()
        self.page.activateWindow()
        self.page.arrive()

    def wait(self, condition: Callable[[], bool]) -> None:
        """Until something can be seen."""
        self.qtbot.waitUntil(condition)

    def press(
        self, *keys: Qt.Key, with_: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
    ) -> None:
        press(self.page, *keys, with_=with_)

    def type(self, text: str) -> None:
        """Type where the keyboard is."""
        type_text(self.page, text)

    def undo(self) -> None:
        """Ctrl+Z on the strip: take back the last thing the page told."""
        undo = self.changes[-1].undo
        assert undo is not None
        self.page.take(undo.call(self.page._desk).kinds)

    def has_keyboard(self, widget: QWidget) -> bool:
        at = QApplication.focusWidget()
        return at is not None and (at is widget or widget.isAncestorOf(at))

    def _take(self, told: tuple[Changed[Any], str]) -> None:
        changed, sentence = told
        self.changes.append(changed)
        self.news.append(sentence)
        self.page.take(changed.kinds)

    def _count_back(self) -> None:
        self.backs += 1


class _Read(_Window):
    """What the page shows."""

    def pane(self) -> str:
        """The sentence in the place of the content, or empty."""
        return self.page.pane.sentence if self.page.pane.isVisible() else ""

    def state(self) -> str:
        return self.header.chip.accessibleName()

    def steps(self) -> list[str]:
        """The words on the step buttons, the next one first; empty when there is no next one."""
        buttons = [self.header.next, *self.header.beside]
        shown = [one for one in buttons if one.isVisible()]
        return [one.accessibleName() or one.text() for one in shown]

    def primaries(self) -> list[str]:
        """The accent buttons that can be seen: there is to be one at most."""
        return [
            one.accessibleName() or one.text()
            for one in self.page.findChildren(QPushButton)
            if one.isVisible() and one.property("role") == "primary" and one.window() is self.page
        ]

    def tab(self) -> int:
        return self.content.at

    def nameless(self) -> list[str]:
        """Controls one can reach by Tab that a screen reader could not name by what they show."""
        return [
            f"{type(widget).__name__} {widget.accessibleName()!r}"
            for widget in self.page.findChildren(QWidget)
            if widget.isVisible() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
            if not _is_named(widget)
        ]


class _Sheets(_Read):
    """The sheets over the page."""

    def sheet(self, kind: type[S]) -> S:
        """The sheet of a kind that is open now, with the keyboard."""
        self.wait(lambda: bool(self._open(kind)))
        found = self._open(kind)[-1]
        found.activateWindow()
        self.wait(found.isActiveWindow)
        return found

    def has_sheet(self) -> bool:
        return bool(self._open(Sheet))

    def fill(self, **words: str) -> FormSheet:
        """Type into fields of the open sheet, by their names."""
        sheet = self.sheet(FormSheet)
        for name, text in words.items():
            editor = sheet.fields[name].editor
            assert isinstance(editor, LineInput)
            editor.setFocus()
            editor.selectAll()
            type_text(editor, text)
        return sheet

    def agree(self, **words: str) -> None:
        """Fill the open sheet and press its button."""
        self.fill(**words).button("yes").click()

    def _open(self, kind: type[S]) -> list[S]:
        return [one for one in self.page.findChildren(kind) if one.isVisible()]


class ActivitySeat(_Sheets):
    """What a clerk does on the page."""

    def call(self, text: str) -> None:
        """Type into the box, which has the keyboard, and press Enter."""
        assert self.has_keyboard(self.people.who)
        self.type(text)
        self.press(ENTER)

    def column(self, title: str, table: PagedTable | None = None) -> list[str]:
        """What a column of the list shows, from top to bottom."""
        model = (table or self.people.table).model
        at = [column.title for column in model.columns].index(title)
        return [str(model.index(row, at).data()) for row in range(model.rowCount())]

    def focus(self, name: str) -> None:
        """Put the keyboard on the line of somebody."""
        at = self.column("姓名").index(name)
        table = self.people.table
        uid = table.model.uid_at(at)
        assert uid is not None
        table.focus_row(uid)
        table.view.setFocus()

    def paper(self) -> PaperSeat:
        """Ctrl+B: the paper sheet."""
        self.press(Qt.Key.Key_B, with_=CONTROL)
        return PaperSeat(self)

    # --- record ----------------------------------------------------------------------------------

    def write(self, name: str, text: str) -> None:
        """Replace what stands in a field of the record."""
        editor: Any = self.recording.fields.fields[name].editor
        editor.setFocus()
        editor.selectAll()
        type_text(editor, text)

    def write_row(self, name: str, row: int, *cells: str) -> None:
        """Type into a row of one of the small tables."""
        for one, text in zip(self.recording.fields.tables[name].fields[row], cells, strict=False):
            one.setFocus()
            one.selectAll()
            type_text(one, text)

    def written(self, name: str) -> Any:
        """What stands in a field of the record."""
        return getattr(self.recording.fields.text(), name)

    def save(self) -> None:
        """Ctrl+Enter."""
        self.press(ENTER, with_=CONTROL)

    # --- photos ----------------------------------------------------------------------------------

    def drop(self, *paths: Path) -> bool:
        """Drop files on the page; answers whether it would take them."""
        mime = QMimeData()
        mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
        none, left = Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton
        copy = Qt.DropAction.CopyAction
        entered = QDragEnterEvent(QPoint(99, 99), copy, mime, left, none)
        entered.ignore()
        QApplication.sendEvent(self.page, entered)
        if not entered.isAccepted():
            return False
        QApplication.sendEvent(self.page, QDropEvent(QPointF(99, 99), copy, mime, left, none))
        return True

    def paste(self, mime: QMimeData) -> None:
        """Ctrl+V with this in the clipboard."""
        QGuiApplication.clipboard().setMimeData(mime)
        self.press(Qt.Key.Key_V, with_=CONTROL)

    def captions(self) -> list[str]:
        return [one.caption for one in self.photos.list.photos]

    def viewer(self) -> PhotoViewer:
        """The large photo, once it can be seen."""
        found = self.sheet(PhotoViewer)
        self.wait(lambda: found.is_shown)
        return found


class PaperSeat:
    """The paper sheet, typed by keys."""

    def __init__(self, seat: ActivitySeat) -> None:
        self.seat = seat
        self.sheet = seat.sheet(PaperSheet)

    def line(self, name: str, arrived: str = "", left: str = "") -> None:
        """One line as somebody types it: name, Enter, time or nothing, Enter."""
        assert self.seat.has_keyboard(self.sheet.entry.who)
        type_text(self.sheet, name)
        press(self.sheet, ENTER)
        type_text(self.sheet, arrived)
        press(self.sheet, ENTER)
        if arrived:
            type_text(self.sheet, left)
            press(self.sheet, ENTER)

    def column(self, title: str) -> list[str]:
        return self.seat.column(title, self.sheet.table)

    def save(self) -> None:
        press(self.sheet, ENTER, with_=CONTROL)

    def note(self) -> str:
        return self.sheet.note.text() if self.sheet.note.isVisible() else ""


def photo_file(folder: Path, name: str, colour: int, size: tuple[int, int] = (400, 300)) -> Path:
    """A photo on the disk, of one colour."""
    path = folder / name
    path.write_bytes(jpeg(colour, size))
    return path


def jpeg(colour: int, size: tuple[int, int] = (400, 300)) -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", size, (colour % 256, 90, 160)).save(stream, "JPEG")
    return stream.getvalue()


def _is_named(widget: QWidget) -> bool:
    name, shown = widget.accessibleName(), getattr(widget, "text", None)
    words = shown() if isinstance(widget, QPushButton) and callable(shown) else ""
    if isinstance(widget, QPushButton) and widget.property("role") == "choice":
        # A choice shows its digit before its word.
        return bool(name) and words.endswith(name)
    if isinstance(widget, QTabBar):
        return bool(name)
    return bool(name or words) and (not words or not name or words.startswith(name))
