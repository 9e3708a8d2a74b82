"""Uses the counter's screen as a clerk does: types, presses keys, reads what is shown."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.core.changes import Changed
from desktop_app.ledgers.visits.rules.visit import Visit
from desktop_app.station.front_desk.rules.text import FormText
from desktop_app.station.front_desk.ui.page import FrontDeskPage
from desktop_app.widgets.choices import ChoiceBox
from desktop_app.widgets.field import LabelledField
from desktop_app.widgets.line_list import LineItem
from desktop_app.widgets.saving_sheet import SavingSheet
from tests.driver.typing import burst, press, type_text

NONE = Qt.KeyboardModifier.NoModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier
ENTER = Qt.Key.Key_Return


class Keyboard:
    """Sends keys to a window; `keys` counts them.

    Letters of text that a person dictates are not counted: those are typed by `write`.
    """

    def __init__(self, window: QWidget, qtbot: QtBot) -> None:
        self.window, self.qtbot = window, qtbot
        self.keys = 0

    def wait(self, condition: Callable[[], bool]) -> None:
        """Until something can be seen."""
        self.qtbot.waitUntil(condition, timeout=8000)

    def press(self, *keys: Qt.Key, with_: Qt.KeyboardModifier = NONE) -> None:
        """Press keys one after the other."""
        self.keys += len(keys)
        press(self.window, *keys, with_=with_)

    def letters(self, text: str) -> None:
        """Type letters that count as key strokes."""
        self.keys += len(text)
        type_text(self.window, text)

    def write(self, text: str) -> None:
        """Type what somebody says: a name, a number, a reason."""
        type_text(self.window, text)

    def alt(self, letter: str) -> None:
        """Alt and a letter, as the labels show."""
        self.press(Qt.Key(ord(letter)), with_=ALT)

    def save(self) -> None:
        """Ctrl+Enter."""
        self.press(ENTER, with_=CONTROL)

    def read_card(self, text: str) -> None:
        """What a card reader types, wherever the keyboard is."""
        burst(self.window, text)

    def choose(self, initials: str) -> None:
        """Type initials into the box and take the first one."""
        self.letters(initials)
        self.press(ENTER)


class FormSeen(Keyboard):
    """What the form of the screen shows."""

    def __init__(self, page: FrontDeskPage, qtbot: QtBot, window: QWidget | None = None) -> None:
        super().__init__(window or page, qtbot)
        self.page = page
        self._screen = page.screen_parts

    @property
    def who(self) -> str:
        return self._screen.form.person.who.words

    @property
    def text(self) -> FormText:
        """Everything that stands in the form."""
        return self._screen.form.text()

    @property
    def matters(self) -> list[str]:
        return [choice.label for choice in self._screen.form.matter.matters.bar.choices]

    @property
    def matter(self) -> str:
        matter = self._screen.form.matter.matters.matter
        return matter.name if matter else ""

    @property
    def similar(self) -> list[str]:
        """What is said about files that may already be the new person's."""
        return [label.text() for label in _visible(self._screen.form.person.similar, QLabel)]

    def shows(self, label: str) -> bool:
        """Is a field of this label to be seen?"""
        return any(field.isVisible() for field in self._fields(label))

    def problem(self, label: str) -> str:
        """What stands beside a field, or empty."""
        return next((field.problem for field in self._fields(label) if field.problem), "")

    @property
    def form_problem(self) -> str:
        """What is wrong and belongs to no field."""
        return self._screen.form.problem

    def is_secret(self, label: str) -> bool:
        """Is what was typed into a field hidden?"""
        editor = self._fields(label)[0].editor
        assert isinstance(editor, QLineEdit)
        return editor.echoMode() is QLineEdit.EchoMode.Password

    def go_to(self, label: str) -> None:
        """Put the keyboard into a field, as a click would."""
        self._fields(label)[0].go()

    def _fields(self, label: str) -> list[LabelledField]:
        found = [one for one in self.page.findChildren(LabelledField) if one.label == label]
        assert found, f"there is no field {label}"
        return found


class FrontDesk(FormSeen):
    """The screen in a window of its own or inside the program's; `window` is what gets the keys."""

    def __init__(self, page: FrontDeskPage, qtbot: QtBot, window: QWidget | None = None) -> None:
        super().__init__(page, qtbot, window)
        self.news: list[str] = []
        self.changes: list[Changed[Any]] = []
        page.changed.connect(self._hear)

    def open_alone(self, width: int = 1290, height: int = 760) -> None:
        """Show the page in a window of its own, with the keys the shell would pass on."""
        self.qtbot.addWidget(self.page)
        for keys, slot in (("F2", self.page.start_new), ("Ctrl+F", self.page.start_search)):
            QShortcut(QKeySequence(keys), self.page).activated.connect(slot)
        self.page.changed.connect(self._pass_on)
        self.page.resize(width, height)
        with self.qtbot.waitExposed(self.page):
            self.page.show()
        self.page.activateWindow()
        self.page.arrive()
        self.wait_ready()

    def wait_ready(self) -> None:
        """Until there is something to choose from and the keyboard is in the box."""
        self.wait(lambda: bool(self.matters) and self.focused == self.box_name)
        self.wait(lambda: self._screen.today.sentence != "正在读取…")

    @property
    def box_name(self) -> str:
        return self._screen.box.box.accessibleName()

    @property
    def box_text(self) -> str:
        return self._screen.box.box.text()

    @property
    def focused(self) -> str:
        """The accessible name of what has the keyboard."""
        inside = QApplication.focusWidget()
        return inside.accessibleName() if inside is not None else ""

    @property
    def found(self) -> list[str]:
        """Each person found, in one line."""
        return [_line(item) for item in self._screen.box.drop.list.items]

    @property
    def found_words(self) -> str:
        """The sentence below the people found."""
        return self._screen.box.drop.words

    @property
    def results_open(self) -> bool:
        return self._screen.box.drop.isVisible()

    @property
    def today(self) -> list[str]:
        """Each line of today's list."""
        return [_line(item) for item in self._screen.today.list.items]

    @property
    def parked(self) -> list[str]:
        """The chips of parked forms."""
        return [chip.text() for chip in _visible(self._screen.parked, QPushButton)]

    def press_button(self, words: str) -> None:
        """Click a button by what it says."""
        button = next(one for one in _visible(self.page, QPushButton) if words in one.text())
        button.click()

    def sheet(self) -> SavingSheet:
        """The sheet that is open now, with the keyboard in it."""
        self.wait(lambda: bool(_visible(self.page, SavingSheet)))
        sheet: SavingSheet = _visible(self.page, SavingSheet)[-1]
        sheet.activateWindow()
        self.wait(sheet.isActiveWindow)
        return sheet

    def nameless(self) -> list[str]:
        """Controls one can reach by Tab that a screen reader could not name."""
        return [
            f"{type(widget).__name__} {widget.accessibleName()!r}"
            for widget in self.page.findChildren(QWidget)
            if widget.isVisible()
            and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
            and not isinstance(widget.parent(), ChoiceBox)
            and not _is_named(widget)
        ]

    def registered(self) -> tuple[Visit, ...]:
        """What the last saving wrote down."""
        made: tuple[Visit, ...] = self.changes[-1].value
        return made

    def wait_saved(self, count: int = 1) -> tuple[Visit, ...]:
        """Until so many things were saved since the beginning; the visits of the last one."""
        self.wait(lambda: len(self.changes) == count)
        return self.registered()

    def _hear(self, news: tuple[Changed[Any], str]) -> None:
        changed, sentence = news
        self.changes.append(changed)
        self.news.append(sentence)

    def _pass_on(self, news: tuple[Changed[Any], str]) -> None:
        self.page.take(news[0].kinds)


def _line(item: LineItem) -> str:
    chip = str(item.chip) if item.chip else ""
    words = (item.title, item.beside, item.detail, item.end, chip)
    return " ".join(word for word in words if word)


def _is_named(widget: QWidget) -> bool:
    """A button is named by its words, or by their main part; everything else by its label."""
    name = widget.accessibleName()
    if isinstance(widget, QPushButton):
        shown = widget.text()
        return bool(shown) and (not name or name.split()[-1] in shown)
    return bool(name)


def _visible(parent: QWidget, kind: type[Any]) -> list[Any]:
    return [one for one in parent.findChildren(kind) if one.isVisible()]
