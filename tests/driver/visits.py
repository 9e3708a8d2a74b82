"""Uses the screens of visits as a clerk does: reads what they show, presses keys, fills sheets."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.core.changes import Changed
from desktop_app.core.route import Route
from desktop_app.ledgers.visits.ui.page import VisitsPage
from desktop_app.ledgers.visits.ui.record import VisitPage
from desktop_app.widgets.choices import ChoiceBox
from desktop_app.widgets.page import Page
from desktop_app.widgets.saving_sheet import SavingSheet
from desktop_app.widgets.state_pane import StatePane
from tests.driver.typing import press, type_text

CONTROL = Qt.KeyboardModifier.ControlModifier


def choose(box: ChoiceBox, word: str) -> None:
    """Choose in a box by typing the word and Enter."""
    box.setFocus()
    box.setEditText("")
    type_text(box, word)
    finder = box.completer()
    if finder is not None:
        finder.popup().hide()
    press(box, Qt.Key.Key_Return)


class Seat:
    """A page in a window, with what it told the window; changes come back to it as in the shell."""

    def __init__(self, page: Page, qtbot: QtBot) -> None:
        self.page, self.qtbot = page, qtbot
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

    def sheet(self) -> SavingSheet:
        """The sheet that is open now."""
        self.wait(lambda: bool(self._sheets()))
        found = self._sheets()[-1]
        found.activateWindow()
        self.wait(found.isActiveWindow)
        return found

    @property
    def has_sheet(self) -> bool:
        return bool(self._sheets())

    def fill(self, **words: str) -> None:
        """Type into fields of the open sheet, by their names."""
        fields = self.sheet().fields
        for name, text in words.items():
            editor: Any = fields[name].editor
            editor.setFocus()
            if isinstance(editor, ChoiceBox):
                choose(editor, text)
            else:
                editor.selectAll()
                type_text(editor, text)

    def save(self) -> None:
        """Ctrl+Enter on the open sheet."""
        press(self.sheet(), Qt.Key.Key_Return, with_=CONTROL)

    def problem(self, name: str) -> str:
        """What stands beside a field of the open sheet."""
        return self.sheet().fields[name].problem

    def pane(self) -> str:
        """The sentence in the place of the content, or empty."""
        panes = [one for one in self.page.findChildren(StatePane) if one.isVisible()]
        return panes[0].sentence if panes else ""

    def nameless(self) -> list[str]:
        """Controls one can reach by Tab that a screen reader could not name by what they show."""
        return [
            f"{type(widget).__name__} {name!r}"
            for widget in self.page.findChildren(QWidget)
            if widget.isVisible() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
            for name in [widget.accessibleName()]
            if not _is_named(widget, name)
        ]

    def _take(self, told: tuple[Changed[Any], str]) -> None:
        changed, sentence = told
        self.changes.append(changed)
        self.news.append(sentence)
        self.page.take(changed.kinds)

    def _count_back(self) -> None:
        self.backs += 1

    def _sheets(self) -> list[SavingSheet]:
        return [one for one in self.page.findChildren(SavingSheet) if one.isVisible()]


class ListSeat(Seat):
    """The page 来访."""

    page: VisitsPage

    def __init__(self, page: VisitsPage, qtbot: QtBot) -> None:
        super().__init__(page, qtbot)
        self.table, self.filters = page.table, page.filters

    def column(self, title: str) -> list[str]:
        """What a column shows, from top to bottom."""
        model = self.table.model
        at = [column.title for column in model.columns].index(title)
        return [str(model.index(row, at).data()) for row in range(model.rowCount())]

    def wait_for(self, title: str, words: list[str]) -> None:
        """Until a column shows exactly this."""
        self.wait(lambda: self.column(title) == words)

    def focus(self, number: str) -> None:
        """Put the keyboard on the row with this number."""
        rows = [row for row in self.table.model.rows if row.line.number == number]  # type: ignore[attr-defined]
        self.table.focus_row(rows[0].uid)  # type: ignore[attr-defined]
        self.table.view.setFocus()

    def foot(self) -> str:
        """All that the foot of the list says."""
        labels = self.table.foot.findChildren(QLabel)
        return "　".join(label.text() for label in labels if label.isVisible())

    def button(self, word: str) -> QPushButton:
        """A button of the page by its word."""
        found = [one for one in self.page.findChildren(QPushButton) if one.text() == word]
        return found[0]


class RecordSeat(Seat):
    """The page of one visit."""

    page: VisitPage

    def __init__(self, page: VisitPage, qtbot: QtBot) -> None:
        super().__init__(page, qtbot)
        self.header, self.content = page.header, page.content

    def steps(self) -> list[str]:
        """The step buttons on the page, the first one first."""
        return [one.accessibleName() for one in self.header.steps if one.isVisible()]

    def fact(self, label: str) -> str:
        """What stands beside a label on the page."""
        cards = (self.content.person, self.content.matter, self.content.register)
        return next((words for card in cards if (words := card.words_of(label))), "")


def _is_named(widget: QWidget, name: str) -> bool:
    shown = getattr(widget, "text", None)
    words = shown() if isinstance(widget, QPushButton) and callable(shown) else ""
    # A key may stand beside the word: 登记  F2, 1  月.
    return bool(name or words) and (
        not words or not name or words.startswith(name) or words.endswith(f" {name}")
    )
