"""The parts pages are put together from: titles, cards, the order of fields, the list of keys."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import QEvent, QObject, Qt, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence, QPalette, QShortcut
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from desktop_app.widgets.field import LabelledField
from desktop_app.widgets.icons import put_icon
from desktop_app.widgets.theme import colour
from desktop_app.widgets.tokens import SPACE


def focus_order(widgets: Sequence[QWidget]) -> None:
    """Let Tab go through these in this order: that of the conversation at the counter."""
    for before, after in pairwise(_stop(widget) for widget in widgets):
        QWidget.setTabOrder(before, after)


def _stop(widget: QWidget) -> QWidget:
    """What Qt can put in order: the editor of a field, and whole what passes the keyboard on.

    Qt steps into a widget that passes the keyboard on at that widget's own place, but moves only
    what takes the keyboard itself; so such a widget takes it, and is moved with all it holds.
    """
    while isinstance(widget, LabelledField):
        widget = widget.editor
    inside = widget.focusProxy()
    if inside is not None and widget.focusPolicy() == Qt.FocusPolicy.NoFocus:
        widget.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        if not widget.accessibleName():
            widget.setAccessibleName(inside.accessibleName())
    return widget


def field_row(fields: Sequence[QWidget], shares: Sequence[int] = ()) -> QHBoxLayout:
    """Fields side by side, their labels on one line whatever stands below them.

    `shares` says how the width is divided; equally when there are none.
    """
    row = QHBoxLayout()
    row.setSpacing(SPACE.large)
    for number, field in enumerate(fields):
        share = shares[number] if number < len(shares) else 1
        # A field keeps itself at the top; told to by Qt, it would not grow for a wrapped sentence.
        top = Qt.AlignmentFlag(0) if isinstance(field, LabelledField) else Qt.AlignmentFlag.AlignTop
        row.addWidget(field, share, top)
    return row


class Figure(QWidget):
    """A number one looks at from afar, with its word below; `tone` is a colour token."""

    def __init__(
        self, words: str, parent: QWidget | None = None, *, number: str = "", tone: str = "ink"
    ) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Maximum)
        self._words = words
        self._number = QLabel(self)
        self._number.setProperty("role", "figure")
        below = QLabel(words, self)
        below.setProperty("role", "small")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._number)
        column.addWidget(below)
        self.set_number(number, tone)

    def set_number(self, number: str, tone: str = "ink") -> None:
        """Show another number, in another tone if need be."""
        self._number.setText(number)
        shades = self._number.palette()
        shades.setColor(QPalette.ColorRole.WindowText, colour(tone))
        self._number.setPalette(shades)
        self.setAccessibleName(f"{self._words} {number}")


class Card(QFrame):
    """A surface that holds what belongs together. Add to `body`; lists go in by `add_list`."""

    def __init__(self, title: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self._whole = QVBoxLayout(self)
        self._whole.setContentsMargins(1, SPACE.large, 1, SPACE.large)
        self._whole.setSpacing(SPACE.small)
        self.body = QVBoxLayout()
        self.body.setContentsMargins(SPACE.large, 0, SPACE.large, 0)
        self.body.setSpacing(SPACE.medium)
        self._whole.addLayout(self.body)
        if title:
            heading = QLabel(title, self)
            heading.setProperty("role", "section")
            heading.setTextFormat(Qt.TextFormat.PlainText)
            self.heading = heading
            self._top = QHBoxLayout()
            self._top.addWidget(heading, 1)
            self.body.addLayout(self._top)

    def put_beside_title(self, widget: QWidget) -> None:
        """Put something at the right of the title; the card has one."""
        self._top.addWidget(widget)

    def add_list(self, listing: QWidget) -> None:
        """Add a list or table below the body, from edge to edge, so that its rows align."""
        top = SPACE.large if self.body.count() else 1
        self._whole.setContentsMargins(1, top, 1, 1)
        self._whole.addWidget(listing, 1)


class ScrollPage(QScrollArea):
    """A page that may be higher than the window, as every page is in 大字模式. Add to `body`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        content = QWidget(self)
        content.setProperty("role", "page")
        self.body = QVBoxLayout(content)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(SPACE.large)
        self.setWidget(content)
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._follow)

    @Slot(object, object)
    def _follow(self, _before: object, now: object) -> None:
        # Qt scrolls along with Tab only, not with a key that goes to a field or with a problem; and
        # of a field of several lines it shows the cursor's.
        if isinstance(now, QWidget) and self.isVisible() and self.widget().isAncestorOf(now):
            self.ensureWidgetVisible(now, 0, SPACE.wide + max(SPACE.large, now.height() // 2))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        handled = super().eventFilter(watched, event)
        if event.type() == QEvent.Type.Resize and watched is self.widget():
            # A sentence has come or gone: the field with the keyboard stays in sight.
            self._follow(None, QApplication.focusWidget())
        return handled


class PageTitle(QWidget):
    """The page's name at the left, quiet words beside it, its one primary action at the right."""

    def __init__(
        self,
        title: str,
        parent: QWidget | None = None,
        *,
        action: str = "",
        keys: str = "",
        icon_name: str = "",
    ) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self._title = QLabel(title, self)
        self._title.setProperty("role", "title")
        self._beside = QLabel(self)
        self._beside.setProperty("role", "quiet")
        for label in (self._title, self._beside):
            label.setTextFormat(Qt.TextFormat.PlainText)
        self.action = primary_button(action, self, keys=keys, icon_name=icon_name)
        self.action.setVisible(bool(action))
        line = self._line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(SPACE.medium)
        line.addWidget(self._title)
        line.addWidget(self._beside)
        line.addStretch(1)
        line.addWidget(self.action)

    def set_title(self, title: str, beside: str = "") -> None:
        """Change the name and the quiet words beside it."""
        self._title.setText(title)
        self._beside.setText(beside)

    def show_title(self, *, on: bool) -> None:
        """Whether the page's name is there, or only what may be done."""
        self._title.setVisible(on)

    def add_secondary(self, button: QWidget) -> None:
        """Put a plain button before the primary one."""
        self._line.insertWidget(self._line.count() - 1, button)


def primary_button(
    verb: str, parent: QWidget, *, keys: str = "", icon_name: str = ""
) -> QPushButton:
    """The one accent button of a screen; `keys` are shown beside the verb and press it."""
    button = QPushButton(f"{verb}  {keys}" if keys else verb, parent)
    button.setProperty("role", "primary")
    button.setAccessibleName(verb)
    if icon_name:
        put_icon(button, icon_name, "on_accent")
    bind_keys(button, keys)
    return button


def plain_button(verb: str, parent: QWidget, *, icon_name: str = "", keys: str = "") -> QPushButton:
    """A button that is not the screen's main one."""
    button = QPushButton(verb, parent)
    if icon_name:
        put_icon(button, icon_name)
    if keys:
        bind_keys(button, keys)
        button.setToolTip(f"{verb}（{keys}）")
    return button


def bind_keys(button: QAbstractButton, keys: str) -> None:
    """Let these keys press the button, at once; a button's own shortcut waits for an animation."""
    # Qt tells the two Enter keys apart; nobody at a counter does.
    for each in {keys, keys.replace("Enter", "Return")} - {""}:
        shortcut = QShortcut(QKeySequence(each), button)
        shortcut.activated.connect(button.click)


def rule(parent: QWidget) -> QFrame:
    """A hairline, where white space alone does not do."""
    line = QFrame(parent)
    line.setProperty("role", "rule")
    return line


@dataclass(frozen=True, slots=True)
class KeyHint:
    """One line of the list of keys: the keys as written on a keyboard, and what they do."""

    keys: str
    words: str


class KeyMap(QFrame):
    """The list of this screen's keys, over the screen: `?` brings it, any key takes it away."""

    def __init__(self, screen: QWidget, hints: Sequence[KeyHint]) -> None:
        super().__init__(screen)
        self.setProperty("role", "sheet")
        self._screen = screen
        self._before: QWidget | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("本页按键")
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(SPACE.wide, SPACE.wide, SPACE.wide, SPACE.wide)
        self._grid.setHorizontalSpacing(SPACE.large)
        self._grid.setVerticalSpacing(SPACE.small)
        self._grid.setColumnMinimumWidth(2, SPACE.large)
        heading = QLabel("本页按键", self)
        heading.setProperty("role", "section")
        self._grid.addWidget(heading, 0, 0, 1, 5)
        self._lines: list[QLabel] = []
        self.set_hints(hints)
        shortcut = QShortcut(QKeySequence("?"), screen)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self.toggle)
        screen.installEventFilter(self)
        self.hide()

    def set_hints(self, hints: Sequence[KeyHint]) -> None:
        """List other keys: the screen has another part in front."""
        for label in self._lines:
            self._grid.removeWidget(label)
            label.hide()
            label.deleteLater()
        self._lines = []
        half = (len(hints) + 1) // 2
        for number, hint in enumerate(hints):
            keys, words = QLabel(hint.keys, self), QLabel(hint.words, self)
            keys.setProperty("role", "key")
            row, column = 1 + number % half, 3 * (number // half)
            self._grid.addWidget(keys, row, column, Qt.AlignmentFlag.AlignLeft)
            self._grid.addWidget(words, row, column + 1)
            self._lines += [keys, words]

    @Slot()
    def toggle(self) -> None:
        """Show the list over the middle of the screen, or take it away."""
        if self.isVisible():
            self.dismiss()
            return
        self._before = self.window().focusWidget()
        self._centre()
        self.show()
        self.raise_()
        self.setFocus(Qt.FocusReason.PopupFocusReason)

    @Slot()
    def dismiss(self) -> None:
        """Take the list away and give the keyboard back to where it was."""
        self.hide()
        if self._before is not None:
            self._before.setFocus(Qt.FocusReason.PopupFocusReason)
            self._before = None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_Meta):
            return
        self.dismiss()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._centre()
        return False

    def _centre(self) -> None:
        self.adjustSize()
        area = self._screen.rect()
        self.move((area.width() - self.width()) // 2, max(0, (area.height() - self.height()) // 3))
