"""One out of a few: a bar of choices for the keyboard, and a box that is typed into.

A choice carries any value; the words are what the clerk sees. Knows no catalogue of matters.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QCompleter,
    QListView,
    QPushButton,
    QSizePolicy,
    QWidget,
)

from desktop_app.core.text import half_width
from desktop_app.widgets.flow import FlowLayout
from desktop_app.widgets.icons import icon, put_icon
from desktop_app.widgets.inputs import LineInput


@dataclass(frozen=True, slots=True)
class Choice:
    """One choice: its `value`, the `label`, a `key` (a digit or letter) and words to find it by.

    `search` holds what a person may type instead of the label: pinyin, initials, a code.
    """

    value: object
    label: str
    key: str = ""
    search: str = ""
    icon: str = ""


class ChoiceBar(QWidget):
    """Exclusive choices side by side: one stop of the Tab key, arrows move, a key chooses.

    Nothing is chosen until somebody chooses or `set_value()` did. `submitted` is Enter on the bar.
    """

    changed = Signal()
    submitted = Signal()

    def __init__(
        self, choices: Sequence[Choice] = (), parent: QWidget | None = None, *, value: object = None
    ) -> None:
        super().__init__(parent)
        self._choices: tuple[Choice, ...] = ()
        self._buttons: list[QPushButton] = []
        self._group = QButtonGroup(self)
        self._flow = FlowLayout(self)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.set_choices(choices)
        self.set_value(value)

    @property
    def choices(self) -> tuple[Choice, ...]:
        return self._choices

    def set_choices(self, choices: Sequence[Choice]) -> None:
        """Replace the choices; a chosen value that is still there stays chosen."""
        if tuple(choices) == self._choices:
            return
        kept, had_keyboard = self.value(), any(button.hasFocus() for button in self._buttons)
        for button in self._buttons:
            self._group.removeButton(button)
            self._flow.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._choices = tuple(choices)
        self._buttons = [self._button(number) for number in range(len(self._choices))]
        self._keep_together()
        self.set_value(kept)
        self._one_tab_stop()
        if had_keyboard:
            # What somebody is about to press belongs here, not to wherever the focus fell.
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def value(self) -> object:
        """The value chosen, or None."""
        at = self._checked()
        return None if at is None else self._choices[at].value

    def set_value(self, value: object) -> None:
        """Choose by value; a value that is not offered (None, say) takes the choice back."""
        for number, choice in enumerate(self._choices):
            if value is not None and choice.value == value:
                self._choose(number)
                return
        if self._checked() is not None:
            self._group.setExclusive(False)
            for button in self._buttons:
                button.setChecked(False)
            self._group.setExclusive(True)
            self._one_tab_stop()
            self.changed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if not isinstance(watched, QPushButton) or watched not in self._buttons:
            return False
        return self._on_key(self._buttons.index(watched), event)

    def _on_key(self, at: int, event: QKeyEvent) -> bool:
        plain = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if plain not in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier):
            return False
        last = len(self._buttons) - 1
        steps = {
            Qt.Key.Key_Right: min(at + 1, last), Qt.Key.Key_Down: min(at + 1, last),
            Qt.Key.Key_Left: max(at - 1, 0), Qt.Key.Key_Up: max(at - 1, 0),
            Qt.Key.Key_Home: 0, Qt.Key.Key_End: last, Qt.Key.Key_Space: at,
        }  # fmt: skip
        target = steps.get(Qt.Key(event.key()), self._by_key(event.text()))
        if target is not None:
            self._choose(target)
            self._buttons[target].setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.submitted.emit()
            return True
        return False

    def _by_key(self, typed: str) -> int | None:
        wanted = half_width(typed).casefold()
        if not wanted:
            return None
        for number, choice in enumerate(self._choices):
            if choice.key.casefold() == wanted:
                return number
        return None

    def _choose(self, number: int) -> None:
        self._buttons[number].setChecked(True)

    @Slot(bool)
    def _toggled(self, on: bool) -> None:
        # Not `clicked`: what a screen reader does to a button that can be checked is to toggle it.
        if on:
            self._one_tab_stop()
            self.changed.emit()

    def _checked(self) -> int | None:
        for number, button in enumerate(self._buttons):
            if button.isChecked():
                return number
        return None

    def _keep_together(self) -> None:
        """New buttons come last in the order of Tab; they belong to the place of the bar."""
        self.setFocusProxy(None)  # type: ignore[arg-type]
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        for before, after in pairwise((self, *self._buttons)):
            QWidget.setTabOrder(before, after)

    def _one_tab_stop(self) -> None:
        stop = self._checked() or 0
        for number, button in enumerate(self._buttons):
            policy = Qt.FocusPolicy.StrongFocus if number == stop else Qt.FocusPolicy.ClickFocus
            button.setFocusPolicy(policy)
        if self._buttons:
            self.setFocusProxy(self._buttons[stop])

    def _button(self, number: int) -> QPushButton:
        choice = self._choices[number]
        label = f"{choice.key.upper()}  {choice.label}" if choice.key else choice.label
        button = QPushButton(label, self)
        button.setCheckable(True)
        button.setProperty("role", "choice")
        button.setAutoDefault(False)
        if choice.icon:
            put_icon(button, choice.icon)
        button.installEventFilter(self)
        button.toggled.connect(self._toggled)
        button.setAccessibleName(choice.label)
        self._group.addButton(button)
        self._flow.addWidget(button)
        # At once: a layout shows it a moment later, and what is hidden cannot take the keyboard.
        button.show()
        return button


_SEARCH_ROLE = Qt.ItemDataRole.UserRole + 1


class _Completer(QCompleter):
    """Finds by the search words, but puts the label into the field."""

    def pathFromIndex(self, index: QModelIndex) -> str:  # type: ignore[override]
        return str(index.data(Qt.ItemDataRole.DisplayRole))


class ChoiceBox(QComboBox):
    """One out of many, by typing any part of the label or of its search words.

    Leaving the box with text that is no choice puts the last choice back and says so (`refused`).
    For a few hundred choices; longer lists belong in a search box.
    """

    changed = Signal()
    refused = Signal(object)

    def __init__(
        self,
        choices: Sequence[Choice] = (),
        parent: QWidget | None = None,
        *,
        placeholder: str = "",
        value: object = None,
    ) -> None:
        super().__init__(parent)
        self.setEditable(True)
        line = LineInput(self, placeholder=placeholder)
        self.setLineEdit(line)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setMaxVisibleItems(10)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(8)
        self._chosen: object = None
        self._values: tuple[object, ...] = ()
        self._finder = _Completer(self)
        self._finder.setFilterMode(Qt.MatchFlag.MatchContains)
        self._finder.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._finder.setCompletionRole(_SEARCH_ROLE)
        self.set_choices(choices)
        self.setCompleter(self._finder)
        popup = QListView()
        popup.setObjectName("completion")
        self._finder.setPopup(popup)
        self.activated.connect(self._activated)
        line.refused.connect(self.refused)
        line.submitted.connect(self.settle)
        self.set_value(value)

    def setAccessibleName(self, name: str) -> None:
        super().setAccessibleName(name)
        # A combo box is read out by what is chosen in it; the line inside says what it is for.
        line = self.lineEdit()
        if line is not None:
            line.setAccessibleName(name)

    def set_choices(self, choices: Sequence[Choice]) -> None:
        """Replace the choices; the value chosen before is kept only if it is still offered."""
        kept = self._chosen
        # Not in the model: Qt gives a member of a text enumeration back as bare text.
        self._values = tuple(choice.value for choice in choices)
        model = QStandardItemModel(self)
        for choice in choices:
            item = QStandardItem(choice.label)
            item.setData(f"{choice.label} {choice.key} {choice.search}", _SEARCH_ROLE)
            if choice.icon:
                item.setIcon(icon(choice.icon))
            model.appendRow(item)
        self.setModel(model)
        self._finder.setModel(model)
        self._chosen = None
        self._select(kept)

    def value(self) -> object:
        """The value chosen, or None."""
        return self._chosen

    def set_value(self, value: object) -> None:
        """Choose by value; one that is not offered empties the box."""
        before = self._chosen
        self._select(value)
        if self._chosen != before:
            self.changed.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.settle()
            self._show_beginning()

    @Slot()
    def settle(self) -> None:
        """Take what was typed as a choice, or put the last one back and say so."""
        typed = half_width(self.currentText()).strip()
        if not typed:
            self.set_value(None)
            return
        found = self._matching(typed)
        if len(found) == 1:
            self.set_value(found[0])
            return
        self._select(self._chosen)
        many = "不止一项符合" if found else "没有这一项"
        self.refused.emit(f"“{typed}”{many}，没有选用。请再选一次。")

    def _matching(self, typed: str) -> list[object]:
        exact: list[object] = []
        partly: list[object] = []
        for row in range(self.count()):
            value = self._values[row]
            if half_width(self.itemText(row)) == typed:
                exact.append(value)
            elif typed.casefold() in half_width(str(self.itemData(row, _SEARCH_ROLE))).casefold():
                partly.append(value)
        return exact or partly

    def _select(self, value: object) -> None:
        for row in range(self.count()):
            if value is not None and self._values[row] == value:
                self._chosen = value
                self.setCurrentIndex(row)
                self.setEditText(self.itemText(row))
                self._show_beginning()
                return
        self._chosen = None
        self.setCurrentIndex(-1)
        self.setEditText("")

    def _show_beginning(self) -> None:
        """A long choice is told by how it begins, not by how it ends."""
        line = self.lineEdit()
        if line is not None and not line.hasFocus():
            line.setCursorPosition(0)

    @Slot(int)
    def _activated(self, row: int) -> None:
        self.set_value(self._values[row])
