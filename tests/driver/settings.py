"""Uses a section of 设置 as a person does: keys, sheets, what stands beside fields and in rows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QCheckBox,
    QDialog,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from desktop_app.core.changes import Changed
from desktop_app.storage.session import Desk
from desktop_app.widgets.field import LabelledField
from desktop_app.widgets.line_list import LineList
from desktop_app.widgets.page import Page
from desktop_app.widgets.table_page import PagedTable
from tests.driver.typing import press, type_text

CONTROL = Qt.KeyboardModifier.ControlModifier
ENTER = Qt.Key.Key_Return
NONE = Qt.KeyboardModifier.NoModifier
_PATIENCE = 10_000


class Section:
    """A section in a window of its own, with the keys the shell would pass on."""

    def __init__(self, page: Page, qtbot: QtBot) -> None:
        self.page, self.qtbot = page, qtbot
        self.news: list[str] = []
        self.changes: list[Changed[Any]] = []
        page.changed.connect(self._hear)

    def come(self, width: int = 1200, height: int = 700) -> None:
        """Open the window and arrive at the section."""
        self.qtbot.addWidget(self.page)
        for keys, slot in (("F2", self.page.start_new), ("Ctrl+F", self.page.start_search)):
            QShortcut(QKeySequence(keys), self.page).activated.connect(slot)
        self.page.resize(width, height)
        with self.qtbot.waitExposed(self.page):
            self.page.show()
        self.page.activateWindow()
        self.page.arrive()

    def wait(self, condition: Callable[[], Any]) -> None:
        """Until something can be seen."""
        self.qtbot.waitUntil(lambda: bool(condition()), timeout=_PATIENCE)

    # --- the keyboard ---------------------------------------------------------------------------

    def press(self, *keys: Qt.Key, with_: Qt.KeyboardModifier = NONE) -> None:
        for key in keys:
            press(self._with_keyboard, key, with_=with_)

    def type(self, text: str) -> None:
        type_text(self._with_keyboard, text)

    def fill(self, **texts: str) -> None:
        """Type into the fields of these labels; in a sheet when one is open."""
        for label, text in texts.items():
            self.field(label).go()
            self.type(text)

    def focus(self, name: str) -> None:
        """Go to the widget of this accessible name, as Tab would."""
        widget = next(
            one
            for one in self._in_front.findChildren(QWidget)
            if one.isVisible() and name in _names(one)
        )
        self.page.activateWindow()
        widget.setFocus(Qt.FocusReason.TabFocusReason)
        self.wait(lambda: QApplication.focusWidget() is not None)

    def to_row(self, word: str) -> None:
        """Walk to the row of the table in which a cell says this."""
        table = self.page.findChildren(PagedTable)[0]
        self.focus(table.view.accessibleName())
        self.press(Qt.Key.Key_Home, with_=CONTROL)
        at = next(number for number, row in enumerate(self.rows) if word in row)
        self.press(*[Qt.Key.Key_Down] * at)

    def row(self, word: str) -> list[str]:
        """The row of the table in which a cell says this."""
        return next((row for row in self.rows if word in row), [])

    def push(self, verb: str) -> None:
        """Press a button by its words."""
        self.button(verb).click()

    def undo(self, desk: Desk) -> None:
        """Take back what was done last, as the strip does."""
        undo = self.changes[-1].undo
        assert undo is not None
        self._hear((undo.call(desk), "已撤销"))

    # --- what is shown --------------------------------------------------------------------------

    @property
    def sheet(self) -> QDialog:
        """The question that is open now."""
        self.wait(lambda: open_dialogs())
        return open_dialogs()[-1]

    @property
    def words(self) -> str:
        """Everything that can be read in front."""
        front = self._in_front
        shown: list[QLabel | QAbstractButton] = [
            *front.findChildren(QLabel),
            *front.findChildren(QAbstractButton),
        ]
        return "\n".join(one.text() for one in shown if one.isVisible())

    @property
    def rows(self) -> list[list[str]]:
        """The table, cell by cell."""
        return cells(self.page.findChildren(PagedTable)[0])

    def field(self, label: str) -> LabelledField:
        """The visible field of that label."""
        return next(
            field
            for field in self._in_front.findChildren(LabelledField)
            if field.label == label and field.isVisible()
        )

    def text(self, label: str) -> str:
        """What stands in the line of that label."""
        editor = self.field(label).editor
        assert isinstance(editor, QLineEdit)
        return editor.text()

    def button(self, verb: str) -> QAbstractButton:
        """The visible button whose words begin so."""
        return next(
            button
            for button in self._in_front.findChildren(QAbstractButton)
            if button.isVisible() and button.text().startswith(verb)
        )

    @property
    def _with_keyboard(self) -> QWidget:
        """What is in front, once it has the keyboard: a window that opens gets it later."""
        front = self._in_front
        self.wait(lambda: _has_keyboard(front))
        return front

    @property
    def _in_front(self) -> QWidget:
        sheets = open_dialogs()
        return sheets[-1] if sheets else self.page

    def _hear(self, news: tuple[Changed[Any], str]) -> None:
        changed, sentence = news
        self.changes.append(changed)
        self.news.append(sentence)
        self.page.take(changed.kinds)


def cells(table: PagedTable) -> list[list[str]]:
    """What a table shows, row by row."""
    model = table.model
    return [
        [str(model.index(row, column).data() or "") for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def _names(widget: QWidget) -> tuple[str, ...]:
    if isinstance(widget, QAbstractButton):
        return (widget.text(), widget.accessibleName())
    return (widget.accessibleName(),)


def _has_keyboard(window: QWidget) -> bool:
    if not window.isVisible():
        return True
    window.activateWindow()
    inside = QApplication.focusWidget()
    return inside is not None and (inside is window or window.isAncestorOf(inside))


def focused() -> str:
    """The accessible name of what has the keyboard."""
    inside = QApplication.focusWidget()
    return inside.accessibleName() if inside is not None else ""


def open_dialogs() -> list[QDialog]:
    """Every sheet that can be seen."""
    return [
        widget
        for widget in QApplication.topLevelWidgets()
        if isinstance(widget, QDialog) and widget.isVisible()
    ]


def nameless(window: QWidget) -> list[str]:
    """What takes the keyboard but has no name, or another one than can be read on it."""
    wrong = []
    for widget in window.findChildren(QWidget):
        kinds = (QLineEdit, QPlainTextEdit, QPushButton, QCheckBox, LineList)
        if not isinstance(widget, kinds) or not widget.isVisible():
            continue
        name = widget.accessibleName()
        if isinstance(widget, QPushButton | QCheckBox):
            if name and not _says(widget.text(), name):
                wrong.append(f"{widget.text()} ≠ {name}")
        elif not name and not _is_part_of_a_named_one(widget):
            wrong.append(type(widget).__name__)
    return wrong


def _is_part_of_a_named_one(widget: QWidget) -> bool:
    above = widget.parentWidget()
    return above is not None and bool(above.accessibleName())


def _says(text: str, name: str) -> bool:
    # A choice is called by its bar, too; keys stand after a verb, digits before a choice.
    return text.startswith(name) or name.endswith(text.split("  ")[-1])
