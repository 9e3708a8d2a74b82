"""Uses the page 活动 as a clerk does: presses keys, types, reads list, calendar and form."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
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
from desktop_app.core.route import Route
from desktop_app.ledgers.activities.ui.calendar_grid import CalendarGrid
from desktop_app.ledgers.activities.ui.calendar_paint import Place, shown_rows
from desktop_app.ledgers.activities.ui.copy_month import CopyMonthSheet
from desktop_app.ledgers.activities.ui.form import PlanForm
from desktop_app.ledgers.activities.ui.page import ActivitiesPage
from desktop_app.storage.session import Desk
from desktop_app.widgets.choices import ChoiceBox
from desktop_app.widgets.field import LabelledField
from desktop_app.widgets.state_pane import StatePane
from tests.driver.typing import press, type_text

NONE = Qt.KeyboardModifier.NoModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
ENTER = Qt.Key.Key_Return


class Seat:
    """Somebody in front of the page; remembers where it sent them and what it said was done."""

    def __init__(self, page: ActivitiesPage, qtbot: QtBot) -> None:
        self.page, self.qtbot = page, qtbot
        self.routes: list[Route] = []
        self.news: list[str] = []
        self.changes: list[Changed[Any]] = []
        page.routed.connect(self.routes.append)
        page.changed.connect(self._hear)
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
        rows = page.list.table.model
        self.wait(lambda: rows.rowCount() or self.sentence not in ("", "正在读取…"))

    def wait(self, condition: Callable[[], object]) -> None:
        """Until something can be seen."""
        self.qtbot.waitUntil(lambda: bool(condition()), timeout=8000)

    def press(self, *keys: Qt.Key, with_: Qt.KeyboardModifier = NONE) -> None:
        press(self.page, *keys, with_=with_)

    def write(self, text: str) -> None:
        """Type into whatever has the keyboard."""
        type_text(self.page, text)

    def undo(self, desk: Desk) -> None:
        """Take back what was done last, as the strip does."""
        undo = self.changes[-1].undo
        assert undo is not None
        self.page.take(undo.call(desk).kinds)

    @property
    def focused(self) -> str:
        """The accessible name of what has the keyboard."""
        inside = QApplication.focusWidget()
        return inside.accessibleName() if inside is not None else ""

    @property
    def sentence(self) -> str:
        """What stands in the place of a list that has nothing to show."""
        return next((pane.sentence for pane in seen(self.page, StatePane)), "")

    def sheet(self) -> QDialog:
        """The question that is open, with the keyboard in it."""
        self.wait(lambda: seen(self.page, QDialog))
        sheet: QDialog = seen(self.page, QDialog)[-1]
        sheet.activateWindow()
        self.wait(sheet.isActiveWindow)
        return sheet

    def month_sheet(self) -> CopyMonthSheet:
        """复制上月活动, opened by its button and read."""
        self.button("复制上月活动…").click()
        sheet = self.sheet()
        assert isinstance(sheet, CopyMonthSheet)
        self.wait(lambda: sheet.note)
        return sheet

    def button(self, word: str, inside: QWidget | None = None) -> QAbstractButton:
        """A button that is to be seen, by its word."""
        found: list[QAbstractButton] = [
            one
            for one in seen(inside or self.page, QAbstractButton)
            if word in (one.text(), one.accessibleName(), one.text().split("  ")[0])
        ]
        assert found, f"no button {word}"
        return found[0]

    def _hear(self, news: tuple[Changed[Any], str]) -> None:
        changed, sentence = news
        self.changes.append(changed)
        self.news.append(sentence)
        self.page.take(changed.kinds)


class FormSeat(Seat):
    """Also fills the form of a plan, and the questions asked over the page."""

    def open_form(self) -> None:
        """F2."""
        self.press(Qt.Key.Key_F2)
        self.wait(lambda: self.focused == "活动名称")

    def field(self, label: str, inside: QWidget | None = None) -> LabelledField:
        found: list[LabelledField] = [
            one for one in seen(inside or self.page, LabelledField) if one.label == label
        ]
        assert found, f"no field {label}"
        return found[0]

    def fill(self, label: str, text: str, inside: QWidget | None = None) -> None:
        """Go to a field and write into it; what stood there is replaced."""
        editor = self.field(label, inside).editor
        editor.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if isinstance(editor, QLineEdit):
            editor.selectAll()
        for number, line in enumerate(text.split("\n")):
            if number:
                press(editor, ENTER)
            type_text(editor, line)

    def value(self, label: str) -> str:
        """What stands in a field."""
        return str(self.field(label).editor.value() or "")  # type: ignore[attr-defined]

    def asks(self, label: str) -> bool:
        """Is a field of this label to be seen?"""
        return any(one.label == label for one in seen(self.page, LabelledField))

    @property
    def has_form(self) -> bool:
        return bool(seen(self.page, PlanForm))

    def save(self) -> None:
        """Ctrl+Enter."""
        self.press(ENTER, with_=CONTROL)


class ActivitiesSeat(FormSeat):
    """Also reads the list and the calendar."""

    def column(self, title: str) -> list[str]:
        """The words of one column, from top to bottom."""
        model = self.page.list.table.model
        at = [column.title for column in model.columns].index(title)
        return [str(model.index(row, at).data() or "") for row in range(model.rowCount())]

    @property
    def names(self) -> list[str]:
        return self.column("活动名称")

    @property
    def foot(self) -> str:
        """All that the foot of the list says."""
        return "　".join(label.text() for label in seen(self.page.list.table.foot, QLabel))

    @property
    def on_row(self) -> list[str]:
        """What the focused row offers."""
        viewport = self.page.list.table.view.viewport()
        return [button.text() for button in seen(viewport, QAbstractButton)]

    def focus(self, name: str) -> None:
        """Put the keyboard on the row with this name."""
        row = next(row for row in self.page.list.table.rows if row.line.name == name)
        self.page.list.table.focus_row(row.uid)
        self.page.list.table.view.setFocus()

    def narrow(self, name: str, word: str) -> None:
        """Choose in a filter by typing the word and Enter."""
        box = next(one for one in seen(self.page, ChoiceBox) if one.accessibleName() == name)
        box.setFocus()
        box.setEditText("")
        type_text(box, word)
        finder = box.completer()
        if finder is not None:
            finder.popup().hide()
        press(box, ENTER)

    @property
    def grid(self) -> CalendarGrid:
        return self.page.calendar.grid

    def turn_to(self, view: Qt.Key, title: str) -> None:
        """Alt with 1, 2 or 3, and wait until the calendar says what it shows."""
        self.press(view, with_=ALT)
        self.wait(lambda: self.page.calendar.title == title)

    def on_day(self, day: date) -> list[str]:
        """The names that stand on a day."""
        place = self.place(day)
        return [row.line.name for _area, row in shown_rows(place)]

    def place(self, day: date) -> Place:
        """A day of the calendar as it is painted."""
        return next(place for place in self.grid.places() if place.entry.day == day)

    @property
    def told(self) -> str:
        """What a screen reader says of the day the keyboard is on."""
        return self.grid.accessibleDescription()


def seen(inside: QWidget, kind: type[Any]) -> list[Any]:
    """The widgets of a kind that are to be seen."""
    return [one for one in inside.findChildren(kind) if one.isVisible()]


def nameless(inside: QWidget) -> list[str]:
    """What can take the keyboard and has no name that a screen reader could say."""
    reached = [
        one
        for one in seen(inside, QWidget)
        if one.focusPolicy() & Qt.FocusPolicy.TabFocus and one.focusProxy() is None
    ]
    return [type(one).__name__ for one in reached if not _name(one)]


def _name(widget: QWidget) -> str:
    if isinstance(widget, QAbstractButton):
        return widget.accessibleName() or widget.text()
    box = widget.parentWidget()
    if isinstance(widget, QLineEdit) and isinstance(box, QComboBox):
        return box.accessibleName()
    return widget.accessibleName()
