"""The right side of a resident's page: everything that happened, the newest first, in pages."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QEvent, QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from desktop_app.core.clock import Zone
from desktop_app.core.errors import Fault
from desktop_app.core.wording import Term
from desktop_app.ledgers.visits.rules.listing import VisitLine
from desktop_app.ledgers.visits.ui.parts import matter_words, moment_words, state_chip
from desktop_app.storage.paging import Page
from desktop_app.widgets.forms import Card
from desktop_app.widgets.line_list import LineItem, LineList
from desktop_app.widgets.paging_foot import PagingFoot
from desktop_app.widgets.state_pane import StatePane
from desktop_app.widgets.theme import theme_of

_ROWS_SEEN = 5


class TimeLine(Card):
    """`opened` carries the uid of a visit; `newer`, `older` ask for a page.

    `next_step` is the button of an empty line.
    """

    opened = Signal(object)
    newer = Signal()
    older = Signal()
    next_step = Signal()

    def __init__(self, zone: Zone, parent: QWidget) -> None:
        super().__init__("往来记录", parent)
        self._zone = zone
        self._lines: dict[str, VisitLine] = {}
        self.list = LineList("往来记录", self)
        self.list.setMinimumHeight(_ROWS_SEEN * theme_of().metrics.two_line_row)
        self._state = StatePane(self.list)
        self._foot = PagingFoot(self)
        self.add_list(self.list)
        layout = self.layout()
        assert layout is not None
        layout.addWidget(self._foot)
        self.list.chosen.connect(self._choose)
        self.list.installEventFilter(self)
        self._foot.newer.connect(self.newer)
        self._foot.older.connect(self.older)
        self._state.next_step.connect(self.next_step)
        self._state.show_loading()

    @property
    def sentence(self) -> str:
        """What stands in the place of the entries, or empty."""
        return "" if self._state.isHidden() else self._state.sentence

    def show_page(self, page: Page[VisitLine], today: date, *, may_register: bool) -> None:
        """Show a page; entries that were focused stay so while they are on it."""
        self._lines = {line.uid.hex: line for line in page.rows}
        self.list.set_items([visit_item(line, self._zone, today) for line in page.rows])
        self._foot.set_pages(newer=page.earlier is not None, older=page.later is not None)
        self._foot.set_count(f"共 {page.total_words} 件" if page.rows else "")
        if page.rows:
            self._state.hide()
        else:
            step = "登记来访" if may_register else ""
            self._state.show_empty("还没有往来记录。", "登记来访后，每一件都会列在这里。", step)

    def show_fault(self, fault: Fault) -> None:
        """The entries could not be read."""
        self._state.show_fault(fault, "")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.list and event.type() == QEvent.Type.Resize:
            self._state.setGeometry(self.list.rect())
        return False

    @Slot(object)
    def _choose(self, uid: str) -> None:
        self.opened.emit(self._lines[uid].uid)


def visit_item(line: VisitLine, zone: Zone, today: date) -> LineItem:
    """A visit as an entry of the time line."""
    told = " ".join(line.summary.split())
    matter = matter_words(line)
    late = Term.LATE_ENTRY.value if line.late_entry else ""
    detail = (moment_words(line, zone, today), line.handling.label, line.first_clerk_name, late)
    return LineItem(
        uid=line.uid.hex,
        title=matter,
        beside=told if told != matter else "",
        detail=" · ".join(filter(None, detail)),
        chip=state_chip(line.state),
    )
