"""Uses the screens of the three lists as a clerk does: reads, presses keys, fills sheets, drops."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from desktop_app.ledgers.three_lists.ui.board_pane import BoardPane
from desktop_app.ledgers.three_lists.ui.entry_form import EntryForm
from desktop_app.ledgers.three_lists.ui.list_pane import ListPane
from desktop_app.ledgers.three_lists.ui.record_page import RecordPage
from desktop_app.widgets.choices import ChoiceBar, ChoiceBox
from desktop_app.widgets.dialogs import Sheet
from desktop_app.widgets.facts import FactsCard
from tests.driver.typing import press, type_text
from tests.driver.visits import CONTROL, Seat, choose

ENTER = Qt.Key.Key_Return


class ListsSeat(Seat):
    """Any screen of the three lists: questions beside the sheets that save."""

    def question(self) -> Sheet:
        """The message or question that is open now."""
        found: list[Sheet] = []

        def there() -> bool:
            found[:] = [one for one in self.page.findChildren(Sheet) if one.isVisible()]
            return bool(found)

        self.wait(there)
        return found[-1]

    def said(self) -> str:
        """What the open message says, which is then put away."""
        sheet = self.question()
        words = sheet.accessibleDescription()
        sheet.reject()
        self.page.activateWindow()
        return words

    def answer(self, words: str) -> None:
        """Press the button of the open question that says this."""
        sheet = self.question()
        next(one for one in sheet.findChildren(QPushButton) if one.text() == words).click()
        self.page.activateWindow()

    def save(self) -> None:
        """Ctrl+Enter on the open sheet; a window manager then gives the keyboard back."""
        super().save()
        if not self.has_sheet:
            self.come_back()

    def come_back(self) -> None:
        """Have the keyboard in the page's window again; offscreen there is no window manager."""
        self.page.activateWindow()
        self.wait(self.page.isActiveWindow)

    def settle(self) -> None:
        """Until nothing is read or saved any more."""
        runner = self.page._runner
        self.wait(lambda: not runner.running)


class BoardSeat(ListsSeat):
    """看板."""

    page: BoardPane

    def __init__(self, page: BoardPane, qtbot: QtBot) -> None:
        super().__init__(page, qtbot)
        self.board = page.board

    def titles(self) -> dict[str, list[str]]:
        """The titles of the cards by the title of their column; empty columns are left out."""
        columns = self.board.columns
        return {one.title: [card.title for card in one.cards] for one in columns if one.cards}

    def focus(self, title: str) -> str:
        """Put the keyboard on the card with this title; answers its key."""
        cards = [card for column in self.board.columns for card in column.cards]
        key = next(card.key for card in cards if card.title == title)
        assert self.board.focus_card(key)
        self.board.setFocus()
        return key

    def focused(self) -> str:
        """The title of the focused card."""
        key = self.board.focused_key()
        cards = [card for column in self.board.columns for card in column.cards]
        return next((card.title for card in cards if card.key == key), "")


class TableSeat(ListsSeat):
    """One of the three lists."""

    page: ListPane

    def __init__(self, page: ListPane, qtbot: QtBot) -> None:
        super().__init__(page, qtbot)
        self.table = page.table

    def column(self, title: str) -> list[str]:
        """What a column shows, from top to bottom."""
        model = self.table.model
        at = [column.title for column in model.columns].index(title)
        return [str(model.index(row, at).data()) for row in range(model.rowCount())]


class PageSeat(ListsSeat):
    """The page of one record."""

    page: RecordPage

    def fact(self, label: str) -> str:
        """What stands beside a label on the page."""
        cards = [card for card in self.page.findChildren(FactsCard) if card.isVisible()]
        return next((words for card in cards if (words := card.words_of(label))), "")

    def steps(self) -> list[str]:
        """The step buttons on the page, the first one first."""
        return [one.accessibleName() for one in self.page.header.steps if one.isVisible()]

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


def fill_form(form: EntryForm, **words: str) -> None:
    """Type into fields of a form, by their names."""
    for name, text in words.items():
        editor: Any = form.fields[name].editor
        form.fields[name].go()
        if isinstance(editor, ChoiceBox):
            choose(editor, text)
        elif isinstance(editor, ChoiceBar):
            editor.set_value(next(one.value for one in editor.choices if one.label == text))
        else:
            editor.selectAll()
            type_text(editor, text)


def save_form(form: EntryForm) -> None:
    """Ctrl+Enter in a form."""
    press(form, ENTER, with_=CONTROL)
