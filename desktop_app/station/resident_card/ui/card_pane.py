"""The card itself: head, file and time line; what is masked is shown from here, page by page.

What is done with the resident is for the page that owns it.
"""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.core.ids import Uid
from desktop_app.core.job import Job
from desktop_app.core.rights import Right
from desktop_app.ledgers.visits.rules.listing import VisitLine
from desktop_app.registers.residents import service as residents
from desktop_app.registers.residents.ui.table import REGISTER
from desktop_app.station.resident_card import service
from desktop_app.station.resident_card.service import ResidentView
from desktop_app.station.resident_card.ui.file_card import FileCard
from desktop_app.station.resident_card.ui.heading import ALL_KEYS, Heading
from desktop_app.station.resident_card.ui.side_by_side import SideBySide
from desktop_app.station.resident_card.ui.time_line import TimeLine
from desktop_app.storage.paging import Page as ListPage
from desktop_app.storage.session import Desk
from desktop_app.widgets.page import Page
from desktop_app.widgets.tokens import SPACE


class CardPane(QWidget):
    """`wanted` carries what is to be done (see `Heading`), `opened` the uid of a visit."""

    wanted = Signal(object)
    opened = Signal(object)

    def __init__(self, desk: Desk, page: Page) -> None:
        super().__init__(page)
        self._desk, self._page = desk, page
        self._view: ResidentView | None = None
        self._visits: ListPage[VisitLine] | None = None
        self.heading = Heading(desk.actor, self, at_street=desk.database.station.is_street)
        self.file = FileCard(self, may_reveal=desk.actor.may(Right.REVEAL))
        self.time_line = TimeLine(desk.database.zone, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE.wide, SPACE.large, SPACE.wide, SPACE.large)
        column.setSpacing(SPACE.large)
        column.addWidget(self.heading)
        self._both = SideBySide(self.file, self.time_line, self)
        column.addWidget(self._both, 1)
        self._connect()

    def show_view(self, view: ResidentView) -> None:
        """Show a resident; what was revealed of the one before is covered."""
        self._view = view
        self.heading.show_view(view, self._desk.today)
        self.file.show_view(view, self._desk.today)
        self._show_visits(view.visits)

    def take_keyboard(self) -> None:
        """Into the time line, or where nothing scrolls when that stands below the file.

        The keys of the card work from both.
        """
        first = self.time_line.list if self._both.is_beside else self.heading.title.action
        first.setFocus()

    def _show_visits(self, visits: ListPage[VisitLine]) -> None:
        self._visits = visits
        may = self._desk.actor.may(Right.REGISTER)
        self.time_line.show_page(visits, self._desk.today, may_register=may)

    @Slot()
    def _turn(self, step: int) -> None:
        if self._view is None or self._visits is None:
            return
        cursor = self._visits.earlier if step < 0 else self._visits.later
        files = self._view.files

        def work(_job: Job) -> ListPage[VisitLine]:
            return service.time_line(self._desk, files, cursor)

        if cursor is not None:
            self._page.in_background("往来记录", work, self._show_visits, self.time_line.show_fault)

    @Slot(object)
    def _reveal(self, name: str) -> None:
        if self._view is None:
            return
        uid = self._view.card.resident.uid

        def work(_job: Job) -> str:
            return residents.reveal(self._desk, uid, name)

        self._page.in_background(f"显示 {name}", work, partial(self._revealed, uid, name))

    def _revealed(self, uid: Uid, name: str, words: str) -> None:
        # The answer may come when somebody else is on show, or nobody.
        same = self._view is not None and self._view.card.resident.uid == uid
        if same and self.isVisible():
            self.file.reveal(name, words)

    def _connect(self) -> None:
        self.heading.wanted.connect(self.wanted)
        self.file.reveal_wanted.connect(self._reveal)
        self.time_line.opened.connect(self.opened)
        self.time_line.newer.connect(partial(self._turn, -1))
        self.time_line.older.connect(partial(self._turn, 1))
        self.time_line.next_step.connect(partial(self.wanted.emit, REGISTER))
        keys = {
            **{ALL_KEYS[name]: button for name, button in self.heading.buttons.items()},
            ALL_KEYS[REGISTER]: self.heading.title.action,
        }
        for key, button in keys.items():
            # A hidden button can still be clicked by a key: what is not offered has none.
            if not button.isHidden():
                self._shortcut(key).activated.connect(button.click)
        self._shortcut("R").activated.connect(self.file.reveal_focused)

    def _shortcut(self, key: str) -> QShortcut:
        """A key of the card; in the form letters are text."""
        shortcut = QShortcut(QKeySequence(key), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        return shortcut
