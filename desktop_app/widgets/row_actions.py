"""What can be done with the focused row: shown on the row, in the context menu, and by key.

One list of actions serves all three, so that they cannot differ. Knows no ledger.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QPoint, Qt, Signal, Slot
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QToolButton, QWidget

from desktop_app.widgets.icons import icon, put_icon
from desktop_app.widgets.theme import theme_of

_ON_ROW = 3
"""How many of the actions offered for a row stand on it; the menu and the keys have them all."""

_MOST_OF_ROW = 3
"""They never take more than a third of the row: what they are about must be read as well."""


def _always(_: object) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class RowAction:
    """Something to do with one row: an id, the verb, an icon, a key such as D or Ctrl+P, and when.

    An action that is not `offered` for a row is neither shown nor done by its key.
    """

    name: str
    verb: str
    icon: str = ""
    key: str = ""
    offered: Callable[[object], bool] = _always


@dataclass(frozen=True, slots=True)
class RowCommand:
    """The person asked for action `name` on the row `uid`."""

    name: str
    uid: str


class RowActions(QFrame):
    """The strip at the right end of the focused row, and the actions behind it.

    `view` is the list whose keys the actions answer to; `wanted` carries a `RowCommand`. With
    `on_row` 0 there is no strip: a row of figures is read to its end. `inside`: `view` is made of
    several lists, one of which has the keyboard.
    """

    wanted = Signal(object)

    def __init__(
        self,
        actions: Sequence[RowAction],
        view: QWidget,
        parent: QWidget,
        *,
        on_row: int = _ON_ROW,
        inside: bool = False,
    ) -> None:
        super().__init__(parent)
        self._on_row = on_row
        self.setProperty("role", "actions")
        self._uid: str | None = None
        self._ground = parent
        self._offers = tuple(actions)
        self._actions: list[QAction] = []
        self._buttons: list[QToolButton] = []
        line = self._line = QHBoxLayout(self)
        line.setContentsMargins(2, 2, 2, 2)
        line.setSpacing(2)
        context = Qt.ShortcutContext.WidgetShortcut
        if inside:
            context = Qt.ShortcutContext.WidgetWithChildrenShortcut
        for offer in self._offers:
            action = QAction(offer.verb, self)
            if offer.icon:
                action.setIcon(icon(offer.icon))
            if offer.key:
                action.setShortcut(QKeySequence(offer.key))
            action.setShortcutContext(context)
            action.triggered.connect(partial(self._want, offer.name))
            view.addAction(action)
            self._actions.append(action)
            self._buttons.append(self._button(action, offer))
            line.addWidget(self._buttons[-1])
        self.hide()

    def set_row(self, uid: str | None, row: object | None) -> None:
        """The focused row is another one, or none."""
        self._uid = uid
        for action, offer in zip(self._actions, self._offers, strict=True):
            action.setEnabled(uid is not None and offer.offered(row))
        self._show_first(self._on_row)

    def stand_at(self, right: int, top: int, height: int) -> None:
        """Stand with the right end there, in the middle of a row of this height."""
        if not self._on_row or not any(action.isEnabled() for action in self._actions):
            self.hide()
            return
        for room in range(self._on_row, 0, -1):
            self._show_first(room)
            self._line.activate()
            if self.sizeHint().width() * _MOST_OF_ROW <= self._ground.width():
                break
        high = min(self.sizeHint().height(), height - 4)
        self.resize(self.sizeHint().width(), high)
        self.move(right - self.width(), top + (height - high) // 2)
        self.show()
        self.raise_()

    def _show_first(self, room: int) -> None:
        for button, action in zip(self._buttons, self._actions, strict=True):
            button.setVisible(action.isEnabled() and room > 0)
            room -= action.isEnabled()

    def show_menu(self, at: QPoint) -> None:
        """The context menu of the focused row, at a point of the screen."""
        offered = [action for action in self._actions if action.isEnabled()]
        if not offered:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addActions(offered)
        menu.popup(at)

    @Slot()
    def _want(self, name: str) -> None:
        if self._uid is not None:
            self.wanted.emit(RowCommand(name, self._uid))

    def _button(self, action: QAction, offer: RowAction) -> QToolButton:
        button = QToolButton(self)
        button.setText(offer.verb)
        if offer.icon:
            put_icon(button, offer.icon, size=theme_of().metrics.small_icon)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        # The keyboard has the keys and the menu; a stop here would tear it out of the list.
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.setToolTip(f"{offer.verb}（{offer.key}）" if offer.key else offer.verb)
        button.clicked.connect(action.trigger)
        return button
