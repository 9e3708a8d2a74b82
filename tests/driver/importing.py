"""Uses the page 导入表格 in the real window: drops a file on it, goes on by keys, looks at rows."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QPushButton

from desktop_app.station.importing.ui.page import ImportingPage
from desktop_app.station.importing.ui.wizard import Wizard
from desktop_app.station.importing.ui.words import Step
from tests.driver.dropping import drag_in, drop
from tests.driver.program import Counter
from tests.driver.settings import cells

K = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
NONE = Qt.KeyboardModifier.NoModifier


class ImportingSight:
    """What can be seen of the page by somebody who signed in."""

    def __init__(self, counter: Counter) -> None:
        self.counter = counter

    @property
    def page(self) -> ImportingPage:
        page = self.counter.workplace.pages.current_page
        assert isinstance(page, ImportingPage)
        return page

    @property
    def wizard(self) -> Wizard:
        return self.page.wizard

    def step(self) -> Step:
        """The step that is marked."""
        return self.page.faces.row.step

    @property
    def said(self) -> str:
        """What stands above the step, or empty."""
        banner = self.page.faces.banner
        return banner.sentence if banner.isVisible() else ""

    @property
    def words(self) -> str:
        """Everything that can be read on the page."""
        shown: Sequence[QLabel | QPushButton] = [
            *self.page.findChildren(QLabel),
            *self.page.findChildren(QPushButton),
        ]
        return "\n".join(one.text() for one in shown if one.isVisible())

    @property
    def deed(self) -> str:
        """The main deed of the step, without its keys; empty when there is none."""
        button = self.page.title.action
        return button.accessibleName() if button.isVisible() else ""

    @property
    def mapping(self) -> dict[str, str]:
        """What each column of the sheet becomes, by its heading."""
        return {row[0]: row[2] for row in cells(self.page.faces.mapping.table)}

    @property
    def preview(self) -> list[list[str]]:
        """The rows of the preview that are listed."""
        return cells(self.page.faces.preview.table)

    @property
    def filters(self) -> list[str]:
        """What the preview can be narrowed to, with its counts."""
        return [choice.label for choice in self.page.faces.preview.filters.choices]

    @property
    def detail(self) -> list[list[str]]:
        """The row beside the list, cell by cell."""
        found = self.page.faces.preview.detail
        shown = next(t for t in (found.cells, found.changes, found.beside) if t.isVisible())
        return cells(shown)

    @property
    def result(self) -> str:
        """What came of the import."""
        face = self.page.faces.result
        return face.words if face.isVisible() else ""

    @property
    def history(self) -> list[list[str]]:
        """The list of imports, cell by cell."""
        return cells(self.page.history.table)


class ImportingSeat(ImportingSight):
    """And what that person does there."""

    def settle(self) -> None:
        """Until everything that was asked for has been answered."""
        self.counter.settle()

    def press(self, *keys: Qt.Key, with_: Qt.KeyboardModifier = NONE) -> None:
        # A window manager gives the keyboard back after a sheet; the offscreen platform has none.
        self.counter.window.activateWindow()
        self.counter.wait(self.counter.window.isActiveWindow)
        self.counter.press(*keys, with_=with_)

    def drop(self, *paths: Path) -> str:
        """Drop files on the window; answers what the veil said while they were dragged."""
        workplace = self.counter.workplace
        drag_in(workplace, *paths)
        veil = workplace.sheets.drop
        said = "" if veil is None else veil.words
        drop(workplace, *paths)
        self.settle()
        return said

    def go_on(self) -> None:
        """Ctrl+Enter: the main deed of the step."""
        self.press(K.Key_Return, with_=CONTROL)
        self.settle()

    def go_to(self, step: Step) -> None:
        """Go on until this step is in front."""
        for _ in Step:
            if self.step() is step:
                return
            self.go_on()
        assert self.step() is step, self.words

    def back(self) -> None:
        self.press(K.Key_Escape)
        self.settle()

    def map(self, heading: str, label: str) -> None:
        """Go to a column by the arrows, open its box, and say what it becomes."""
        table = self.page.faces.mapping.table
        table.view.setFocus()
        self.press(K.Key_Home, with_=CONTROL)
        for row in cells(table):
            if row[0] == heading:
                break
            self.press(K.Key_Down)
        self.press(K.Key_Return)
        popup = QApplication.activePopupWidget()
        assert popup is not None, "Enter on a column opens its box"
        self.press(K.Key_Escape)
        line = table.box.lineEdit()
        assert line is not None
        line.selectAll()
        self.counter.type(label)
        self.press(K.Key_Return)
        self.settle()

    def choose(self, path: Path) -> None:
        """Choose in the dialog of the system that is open now."""
        self.counter.wait(lambda: bool(self._choosers()))
        chooser = self._choosers()[-1]
        chooser.fileSelected.emit(str(path))
        chooser.close()
        self.counter.window.activateWindow()
        self.settle()

    def push(self, verb: str, key: Qt.Key = K.Key_Return) -> None:
        """Go to the button that says this, and Enter."""
        button = next(
            one
            for one in self.page.findChildren(QPushButton)
            if one.isVisible() and one.text() == verb
        )
        button.setFocus()
        self.press(key)

    def _choosers(self) -> list[QFileDialog]:
        return [
            widget
            for widget in QApplication.topLevelWidgets()
            if isinstance(widget, QFileDialog) and widget.isVisible()
        ]
