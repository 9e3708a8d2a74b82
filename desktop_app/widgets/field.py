"""A field of a form: its label above it, 选填 when it may stay empty, and what is wrong in words.

Knows no ledger and no rule: the form that owns it says what the problem is.
"""

from __future__ import annotations

import shiboken6
from PySide6.QtCore import QEvent, QObject, Qt, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from desktop_app.widgets.theme import set_role
from desktop_app.widgets.tokens import SPACE

OPTIONAL = "选填"


class LabelledField(QWidget):
    """`label` above `editor`; Alt+`key` goes there; a problem stands below it in words.

    The editor's accessible name is the label, word for word. A sentence the editor refuses
    something with (a paste too long) shows in the same place as a problem.
    """

    def __init__(
        self,
        label: str,
        editor: QWidget,
        parent: QWidget | None = None,
        *,
        key: str = "",
        optional: bool = False,
        hint: str = "",
    ) -> None:
        super().__init__(parent)
        self.label, self.editor, self.optional = label, editor, optional
        self._hint, self._problem = hint, ""
        self._mark = QLabel(OPTIONAL, self)
        self._mark.setProperty("role", "small")
        self._mark.setVisible(optional)
        self._label = QLabel(label, self)
        self._label.setProperty("role", "label")
        self._label.setTextFormat(Qt.TextFormat.PlainText)
        self._label.setBuddy(editor)
        self._badge = QLabel(key.upper(), self)
        self._badge.setProperty("role", "key")
        self._badge.setAccessibleName("")
        self._message = QLabel(hint, self)
        self._message.setTextFormat(Qt.TextFormat.PlainText)
        self._message.setProperty("role", "small")
        self._message.setWordWrap(True)
        self._message.setVisible(bool(hint))
        self._lay_out()
        self._connect(key)

    @property
    def problem(self) -> str:
        """What is wrong with the field, or empty."""
        return self._problem

    @Slot(object)
    def set_problem(self, text: str) -> None:
        """Say what is wrong, beside the field; an empty text takes it back."""
        self._problem = text
        self._message.setText(text or self._hint)
        self._message.setVisible(bool(text or self._hint))
        set_role(self._message, "problem" if text else "small")
        self.editor.setAccessibleDescription(text)
        if bool(self.editor.property("wrong")) != bool(text):
            self.editor.setProperty("wrong", bool(text))
            self.editor.style().unpolish(self.editor)
            self.editor.style().polish(self.editor)

    @Slot()
    def clear_problem(self) -> None:
        self.set_problem("")

    def set_label(self, label: str) -> None:
        """Call the field something else; the accessible name follows."""
        self.label = label
        self._label.setText(label)
        self.editor.setAccessibleName(label)

    def set_optional(self, on: bool) -> None:
        """Say that the field may stay empty, or no longer: another answer has made it needed."""
        self.optional = on
        self._mark.setVisible(on)

    def set_hint(self, hint: str) -> None:
        """Change the quiet words below the field; a problem stays in front of them."""
        self._hint = hint
        self.set_problem(self._problem)

    def show_key(self, on: bool) -> None:
        """Show or hide the letter that goes with Alt."""
        self._badge.setVisible(on and bool(self._badge.text()))

    @Slot()
    def go(self) -> None:
        """Put the keyboard into the editor."""
        self.editor.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(SPACE.small)
        line.addWidget(self._label)
        line.addWidget(self._mark)
        line.addWidget(self._badge)
        line.addStretch(1)
        keep = self._badge.sizePolicy()
        keep.setRetainSizeWhenHidden(True)
        self._badge.setSizePolicy(keep)
        self._badge.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE.hair)
        column.addLayout(line)
        policy = self.editor.sizePolicy()
        fills = policy.verticalPolicy() == QSizePolicy.Policy.Expanding
        column.addWidget(self.editor, int(fills))
        column.addWidget(self._message)
        if not fills:
            # A choice bar that wraps makes the field higher than its size hint; what is given
            # beyond that goes below the field, never between its parts.
            column.addStretch(1)
        self.setSizePolicy(
            policy.horizontalPolicy(),
            QSizePolicy.Policy.Expanding if fills else QSizePolicy.Policy.Minimum,
        )

    def _connect(self, key: str) -> None:
        self.editor.setAccessibleName(self.label)
        if key:
            shortcut = QShortcut(QKeySequence(f"Alt+{key.upper()}"), self)
            shortcut.activated.connect(self.go)
        changed = getattr(self.editor, "changed", None)
        if changed is not None:
            changed.connect(self.clear_problem)
        refused = getattr(self.editor, "refused", None)
        if refused is not None:
            refused.connect(self.set_problem)


class AltHints(QObject):
    """Shows the Alt letters of all labels of the active window while Alt is held down."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._watched: QWidget | None = None
        app.focusChanged.connect(self._follow)

    @Slot(object, object)
    def _follow(self, _old: object, new: object) -> None:
        # Only the widget with the focus sees keys, so only its events pass through Python.
        if self._watched is not None and shiboken6.isValid(self._watched):
            self._watched.removeEventFilter(self)
            self._show(False)
        self._watched = new if isinstance(new, QWidget) else None
        if self._watched is not None:
            self._watched.installEventFilter(self)
            self._watched.destroyed.connect(self._forget)

    @Slot()
    def _forget(self) -> None:
        self._watched = None

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if (
            event.type() in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease)
            and isinstance(event, QKeyEvent)
            and event.key() == Qt.Key.Key_Alt
        ):
            self._show(event.type() == QEvent.Type.KeyPress)
        return False

    def _show(self, on: bool) -> None:
        if self._watched is None:
            return
        for field in self._watched.window().findChildren(LabelledField):
            field.show_key(on)
