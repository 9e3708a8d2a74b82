"""What a station that has joined a street sees: the card, and below it the lists, one at a time."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import date

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QStackedWidget, QTabBar, QWidget

from desktop_app.core.clock import Zone
from desktop_app.core.ids import Uid
from desktop_app.core.wording import number
from desktop_app.station.reporting.ui import history, met, pending
from desktop_app.station.reporting.ui.hero import Hero
from desktop_app.station.reporting.ui.history import HistoryTable
from desktop_app.station.reporting.ui.looks import history_row, standing_of
from desktop_app.station.reporting.ui.met import MetRow, MetTable
from desktop_app.station.reporting.ui.pending import PendingTable, pending_rows
from desktop_app.station.reporting.ui.words import is_late
from desktop_app.station.reporting.ui.work import Seen
from desktop_app.widgets.forms import Card, ScrollPage, focus_order
from desktop_app.widgets.notify import Banner
from desktop_app.widgets.theme import theme_of
from desktop_app.widgets.tokens import SPACE

ROWS_SEEN = 4
"""So many rows are seen at least, however small the window; above that the page scrolls."""


class DeskPane(ScrollPage):
    """The banner on top belongs to whoever has something to offer."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.banner = Banner(self)
        self.hero = Hero(self)
        self.tabs = QTabBar(self)
        self.tabs.setAccessibleName("列表")
        self.tabs.setExpanding(False)
        self.tabs.setDrawBase(False)
        self.history = HistoryTable(self)
        self.pending = PendingTable(self)
        self.met: MetTable | None = None
        self._lists = QStackedWidget(self)
        for name, table in ((history.NAME, self.history), (pending.NAME, self.pending)):
            self.tabs.addTab(name)
            self._lists.addWidget(table)
        self._lay_out()
        self.tabs.currentChanged.connect(self._turn)
        self.hero.turned.connect(self._show_hero)

    def show_seen(self, seen: Seen, zone: Zone, today: date, places: Collection[str]) -> None:
        """Show everything anew; an outcome that nobody has put away stays."""
        joined = zone.day(seen.street.joined_at)
        late = is_late(seen.state, joined, zone, today, seen.remind_days)
        standing = standing_of(
            seen.state,
            seen.history,
            zone,
            today,
            lineage=seen.lineage,
            pending=seen.state.pending,
            late=late,
        )
        self.hero.standing.show_standing(standing)
        self.history.show_history(
            [history_row(one, zone, today, seen.in_outbox) for one in seen.history]
        )
        rows = pending_rows(seen.pending, places)
        self.pending.show_pending(rows)
        count = seen.state.pending
        self.tabs.setTabText(1, f"{pending.NAME} {number(count)}" if count else pending.NAME)

    def show_met(self, rows: Sequence[MetRow], opened: Callable[[tuple[str, Uid]], None]) -> None:
        """Show what 重新对账 came to, while the page is there; `opened` takes what is opened."""
        if not rows:
            return
        if self.met is None:
            self.met = MetTable(self)
            self.met.open_wanted.connect(opened)
            self._lists.addWidget(self.met)
            self.tabs.addTab(met.NAME)
        self.met.show_met(rows)

    def show_list(self, number: int) -> None:
        """Bring one of the lists to the front."""
        self.tabs.setCurrentIndex(number)

    def take_keyboard(self) -> None:
        """To the next thing to do: the outcome, the big button, or the list."""
        if self.hero.is_told:
            self.hero.outcome.take_keyboard()
        elif self.hero.standing.button.isEnabled():
            self.hero.standing.take_keyboard()
        else:
            self.history.view.setFocus()

    @Slot(int)
    def _turn(self, number: int) -> None:
        self._lists.setCurrentIndex(number)

    @Slot()
    def _show_hero(self) -> None:
        """What is under way or done begins at the top, in 大字模式 and a low window, too."""
        self.widget().adjustSize()
        self.verticalScrollBar().setValue(0)

    def _lay_out(self) -> None:
        card = Card(parent=self)
        card.body.setContentsMargins(SPACE.small, 0, SPACE.small, 0)
        card.body.addWidget(self.tabs)
        card.add_list(self._lists)
        sizes = theme_of().metrics
        card.setMinimumHeight(sizes.control + sizes.header + (ROWS_SEEN + 1) * sizes.row)
        self.body.addWidget(self.banner)
        self.body.addWidget(self.hero)
        self.body.addWidget(card, 1)
        standing = self.hero.standing
        focus_order(
            [standing.button, standing.targets, standing.profile_field, self.tabs,
             self.history.view, self.pending.view]
        )  # fmt: skip
