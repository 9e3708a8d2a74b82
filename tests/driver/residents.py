"""Uses the residents' screens as a clerk does: types, presses keys, reads what is shown."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QDialog,
    QLabel,
    QLineEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from desktop_app.core.changes import Changed
from desktop_app.core.clock import FixedClock
from desktop_app.core.ids import Uid
from desktop_app.core.rights import Actor, Right
from desktop_app.core.route import Route
from desktop_app.registers.residents.ui.merge import MergeSheet
from desktop_app.registers.residents.ui.page import ResidentsPage
from desktop_app.station.resident_card.ui.page import ResidentCardPage
from desktop_app.storage.opening import open_file
from desktop_app.storage.session import Desk
from desktop_app.widgets.field import LabelledField
from desktop_app.widgets.line_list import LineItem
from desktop_app.widgets.page import Page
from desktop_app.widgets.state_pane import StatePane
from tests.driver.typing import burst, press, type_text
from tests.stations import KEY

NONE = Qt.KeyboardModifier.NoModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
ENTER = Qt.Key.Key_Return
CLERK = Actor(Uid(int=7), "王小燕", "窗口", frozenset(Right))


@contextmanager
def a_station(template: Path, folder: Path, clock: FixedClock) -> Iterator[Desk]:
    """A clerk's seat; screens are tried on SQLCipher, the services on both."""
    path = folder / "jinlin.db"
    shutil.copyfile(template, path)
    opened = open_file(path, KEY, clock)
    try:
        yield Desk(opened, CLERK)
    finally:
        opened.close()


class Seat:
    """Somebody in front of a page; remembers where it sent them and what it said was done."""

    page: Page

    def __init__(self, page: Page, qtbot: QtBot) -> None:
        self.qtbot = qtbot
        self.routes: list[Route] = []
        self.news: list[str] = []
        self.changes: list[Changed[Any]] = []
        self.backs = 0
        page.routed.connect(self.routes.append)
        page.changed.connect(self._hear)
        page.back_wanted.connect(self._count_back)
        qtbot.addWidget(page)

    def come(self, width: int = 1290, height: int = 760) -> None:
        """Show the page in a window of its own, with the keys the shell would pass on."""
        page = self.page
        for keys, slot in (("F2", page.start_new), ("Ctrl+F", page.start_search)):
            QShortcut(QKeySequence(keys), page).activated.connect(slot)
        page.resize(width, height)
        with self.qtbot.waitExposed(page):
            page.show()
        page.activateWindow()
        page.arrive()

    def wait(self, condition: Callable[[], object]) -> None:
        """Until something can be seen."""
        self.qtbot.waitUntil(lambda: bool(condition()), timeout=8000)

    def press(self, *keys: Qt.Key, with_: Qt.KeyboardModifier = NONE) -> None:
        press(self.page, *keys, with_=with_)

    def write(self, text: str) -> None:
        type_text(self.page, text)

    def read_card(self, text: str) -> None:
        """What a card reader types, wherever the keyboard is."""
        burst(self.page, text)

    def save(self) -> None:
        """Ctrl+Enter."""
        self.press(ENTER, with_=CONTROL)

    def undo(self, desk: Desk) -> None:
        """Take back what was done last, as the strip does."""
        undo = self.changes[-1].undo
        assert undo is not None
        done = undo.call(desk)
        self.page.take(done.kinds)

    @property
    def focused(self) -> str:
        """The accessible name of what has the keyboard."""
        inside = QApplication.focusWidget()
        return inside.accessibleName() if inside is not None else ""

    @property
    def sentences(self) -> list[str]:
        """What stands in the place of something that has nothing to show."""
        return [pane.sentence for pane in seen(self.page, StatePane)]

    def click(self, word: str, inside: QWidget | None = None) -> None:
        """Press the button with this word."""
        self.button(word, inside).click()

    def button(self, word: str, inside: QWidget | None = None) -> QAbstractButton:
        found: list[QAbstractButton] = [
            one for one in seen(inside or self.page, QAbstractButton) if says(one, word)
        ]
        assert found, f"no button {word}"
        return found[0]

    def offers(self, word: str) -> bool:
        """Is there a button with this word to be seen?"""
        return any(says(one, word) for one in seen(self.page, QAbstractButton))

    def sheet(self) -> QDialog:
        """The question that is open, with the keyboard in it."""
        self.wait(lambda: seen(self.page, QDialog))
        sheet: QDialog = seen(self.page, QDialog)[-1]
        sheet.activateWindow()
        self.wait(sheet.isActiveWindow)
        return sheet

    def cancel(self, sheet: QDialog) -> None:
        """Esc: back to the page."""
        sheet.reject()
        self.page.activateWindow()
        self.wait(self.page.isActiveWindow)

    def _hear(self, news: tuple[Changed[Any], str]) -> None:
        changed, sentence = news
        self.changes.append(changed)
        self.news.append(sentence)
        self.page.take(changed.kinds)

    def _count_back(self) -> None:
        self.backs += 1


class FormSeat(Seat):
    """Also fills the form that a page shows."""

    def field(self, label: str) -> LabelledField:
        found: list[LabelledField] = [
            one for one in seen(self.page, LabelledField) if one.label == label
        ]
        assert found, f"no field {label}"
        return found[0]

    def fill(self, label: str, text: str) -> None:
        """Go to a field and write into it; what stood there is replaced."""
        editor = self.field(label).editor
        editor.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if isinstance(editor, QLineEdit):
            editor.selectAll()
        type_text(editor, text)

    def choose(self, label: str, value: object) -> None:
        """Choose in a bar or a box."""
        self.field(label).editor.set_value(value)  # type: ignore[attr-defined]

    def value(self, label: str) -> str:
        """What stands in a field."""
        return str(self.field(label).editor.value() or "")  # type: ignore[attr-defined]

    def problem(self, label: str) -> str:
        return self.field(label).problem

    def asks(self, label: str) -> bool:
        """Is a field of this label to be seen?"""
        return any(one.label == label for one in seen(self.page, LabelledField))

    def says(self, part: str) -> bool:
        """Is there a sentence with these words to be seen?"""
        return any(part in label.text() for label in seen(self.page, QLabel))


class ResidentsSeat(FormSeat):
    """In front of the list of residents."""

    page: ResidentsPage

    def __init__(self, page: ResidentsPage, qtbot: QtBot) -> None:
        self.page = page
        super().__init__(page, qtbot)

    def column(self, title: str) -> list[str]:
        """The words of one column, from top to bottom."""
        model = self.page.list.table.model
        at = [column.title for column in model.columns].index(title)
        return [str(model.index(row, at).data() or "") for row in range(model.rowCount())]

    @property
    def names(self) -> list[str]:
        return self.column("姓名")

    def open_form(self) -> None:
        """F2."""
        self.press(Qt.Key.Key_F2)
        self.wait(lambda: self.focused == "姓名")


class CardSeat(FormSeat):
    """In front of one resident's card."""

    page: ResidentCardPage

    def __init__(self, page: ResidentCardPage, qtbot: QtBot) -> None:
        self.page = page
        super().__init__(page, qtbot)

    def open(self, uid: Uid) -> None:
        """Go to somebody's card and wait until it is there."""
        self.page.open_record(uid)
        if self.page.isVisible():
            self.page.arrive()
        else:
            self.come()
        self.wait(lambda: self.page.view is not None)

    def told(self, word: str) -> str:
        """What the file says beside this word; empty when the line is not shown."""
        rows = self.page.card.file.rows.values()
        return next((row.words for row in rows if row.word == word and row.isVisible()), "")

    @property
    def marks(self) -> tuple[str, ...]:
        return self.page.card.heading.marks

    @property
    def time_line(self) -> list[str]:
        """Each entry in one line."""
        return [_line(item) for item in self.page.card.time_line.list.items]

    def merge_sheet(self) -> MergeSheet:
        sheet = self.sheet()
        assert isinstance(sheet, MergeSheet)
        return sheet


def seen(inside: QWidget, kind: type[Any]) -> list[Any]:
    """The widgets of a kind that are to be seen."""
    return [one for one in inside.findChildren(kind) if one.isVisible()]


def says(button: QAbstractButton, word: str) -> bool:
    """Whether a button is called so; keys beside the word do not count."""
    return word in (button.text(), button.text().split("  ")[0], button.accessibleName())


def unnamed(inside: QWidget) -> list[str]:
    """What can take the keyboard or be pressed and has no name that a screen reader could say."""
    reached = [
        one
        for one in seen(inside, QWidget)
        if one.focusPolicy() != Qt.FocusPolicy.NoFocus and one.focusProxy() is None
    ]
    return [type(one).__name__ for one in reached if not _name(one)]


def _name(widget: QWidget) -> str:
    """A button is named by its words, the line inside a box by the box."""
    if isinstance(widget, QAbstractButton):
        return widget.accessibleName() or widget.text()
    box = widget.parentWidget()
    if isinstance(widget, QLineEdit) and isinstance(box, QComboBox):
        return box.accessibleName()
    return widget.accessibleName()


def _line(item: LineItem) -> str:
    chip = item.chip.word if item.chip else ""
    return " ".join(filter(None, (item.title, item.beside, item.detail, chip)))
