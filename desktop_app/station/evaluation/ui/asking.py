"""请居民评价 on the page of one record: the key that turns the resident's screen to it.

All it ever shows is that an evaluation came: the page is read again and says 已评价.
"""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QPushButton, QWidget

from desktop_app.core.rights import Right
from desktop_app.station.evaluation import service
from desktop_app.station.evaluation.subjects import Evaluable
from desktop_app.station.evaluation.ui.turn import turn_of
from desktop_app.storage.session import Desk
from desktop_app.widgets.forms import KeyHint, bind_keys, plain_button
from desktop_app.widgets.page import Page

ASK = "请居民评价"
KEY = "L"
ASK_HINT = KeyHint(KEY, ASK)
_SCREEN_KEY = "F11"


class Head(Protocol):
    """The head of a record's page, as far as it takes a deed of others in."""

    def offer(self, button: QPushButton, *, on: bool) -> None: ...


class Asking(QObject):
    """Stands in the head of a page while its record waits for the resident's word."""

    def __init__(self, desk: Desk, page: Page, head: Head) -> None:
        super().__init__(page)
        self._desk, self._page, self._head = desk, page, head
        self._told: Evaluable | None = None
        self.turn = turn_of(desk, page)
        assert isinstance(head, QWidget)
        self.button = plain_button(f"{ASK}  {KEY}", head, icon_name="monitor")
        self.button.setAccessibleName(ASK)
        self.button.setToolTip(f"在居民的评价屏上问这一件（{KEY}）；开或关评价屏按 {_SCREEN_KEY}")
        bind_keys(self.button, KEY)
        head.offer(self.button, on=False)
        self.button.clicked.connect(self._ask)
        self.turn.told.connect(self._hear)
        screen_key = QShortcut(QKeySequence(_SCREEN_KEY), page)
        screen_key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        screen_key.activated.connect(self._toggle)

    def offer(self, told: Evaluable, *, evaluated: bool) -> None:
        """The page shows this record now."""
        self._told = told
        here = not self._desk.database.station.is_street
        may = here and self._desk.actor.may(Right.REGISTER)
        self._head.offer(self.button, on=may and not evaluated and bool(service.asked_of([told])))

    @Slot()
    def _ask(self) -> None:
        if self._told is not None:
            self.turn.invite(self._told)

    @Slot()
    def _toggle(self) -> None:
        # A street has no counter, and who may not register asks nobody.
        if self._desk.actor.may(Right.REGISTER) and not self._desk.database.station.is_street:
            self.turn.toggle()

    @Slot(str)
    def _hear(self, words: str) -> None:
        if words == service.RECEIVED and self._page.isVisible():
            self._page.load()
