"""来访: every visit in pages, narrowed by the row above, with its next steps on the focused line.

Petitions never stand here. One visit in full is `record.VisitPage`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.core.changes import Changed
from desktop_app.core.errors import Fault
from desktop_app.core.job import Job
from desktop_app.core.rights import Right
from desktop_app.core.route import Open, OpenPage, OpenPaper
from desktop_app.ledgers.visits import service
from desktop_app.ledgers.visits.record import KIND
from desktop_app.ledgers.visits.rules.listing import VisitFilter
from desktop_app.ledgers.visits.rules.visit import Action, Visit
from desktop_app.ledgers.visits.ui.filters import VisitFilters
from desktop_app.ledgers.visits.ui.listing import ROW_STEPS, VisitTable
from desktop_app.ledgers.visits.ui.parts import KEYS, RAISE, RAISE_KEY, REQUEST_FORM
from desktop_app.ledgers.visits.ui.rows import VisitRow, row_of
from desktop_app.ledgers.visits.ui.steps import open_step, step_sentence
from desktop_app.storage.paging import FIRST, LAST, Page
from desktop_app.storage.session import Desk
from desktop_app.widgets.export_door import Reading, offer_export
from desktop_app.widgets.forms import Card, KeyHint, PageTitle, plain_button
from desktop_app.widgets.jobs import JobRunner
from desktop_app.widgets.page import Page as ScreenPage
from desktop_app.widgets.patience import Patience
from desktop_app.widgets.tokens import SPACE

FRONT_DESK = "front_desk"
"""The page on which visits are registered, by its key in the window."""

STREET_HINTS = (
    KeyHint("Ctrl+F", "查找"),
    KeyHint("Enter", "打开来访"),
    KeyHint("Ctrl+PgDn", "更早一页"),
    KeyHint("Ctrl+PgUp", "更新一页"),
    KeyHint("Ctrl+Home", "最新一页"),
    KeyHint("Ctrl+End", "最早一页"),
)
"""What there is to do at a street, where every visit belongs to a station."""

_NONE = ("还没有来访登记。", "在前台登记后，来访会列在这里。", "登记")
_NONE_AT_STREET = ("还没有站点上报的来访。", "站点的上报包在“收件”中收入后，来访会列在这里。", "")


@dataclass(frozen=True, slots=True)
class _Answer:
    page: Page[VisitRow]
    frame: service.ListFrame


class VisitsPage(ScreenPage):
    """The list. Filter, page and focused line stay as they are while one looks at a visit."""

    kinds = frozenset({KIND.name})
    hints: Sequence[KeyHint] = (
        KeyHint("Ctrl+F", "查找"),
        KeyHint("Enter", "打开来访"),
        KeyHint("F2", "登记"),
        KeyHint("Ctrl+P", "打印台账（照现在的筛选）"),
        KeyHint("Ctrl+PgDn", "更早一页"),
        KeyHint("Ctrl+PgUp", "更新一页"),
        KeyHint("Ctrl+Home", "最新一页"),
        KeyHint("Ctrl+End", "最早一页"),
        *(KeyHint(KEYS[step], step.label) for step in ROW_STEPS),
        KeyHint(RAISE_KEY, RAISE),
    )

    def __init__(self, desk: Desk, runner: JobRunner, parent: QWidget | None = None) -> None:
        super().__init__(runner, parent)
        self._desk = desk
        self._cursor: str | None = FIRST
        self._newer: str | None = None
        self._older: str | None = None
        self._wants_focus = False
        self._next: Callable[[], None] = self.load
        self._at_street = desk.database.station.is_street
        if self._at_street:
            self.hints = STREET_HINTS
        self.title = PageTitle("来访", self, action="登记", icon_name="plus")
        # F2 is the window's: it reaches every page through `start_new`.
        self.title.action.setText("登记  F2")
        self.title.action.setVisible(not self._at_street)
        self.title.action.clicked.connect(self.start_new)
        self.paper = plain_button("打印台账", self, icon_name="printer", keys="Ctrl+P")
        self.paper.setVisible(desk.actor.may(Right.EXPORT) and not self._at_street)
        self.paper.clicked.connect(partial(_to_paper, self))
        self.title.add_secondary(self.paper)
        self.filters = VisitFilters(desk, self)
        card = Card(parent=self)
        self.table = VisitTable(desk.actor, card, at_street=self._at_street)
        card.add_list(self.table)
        self._patience = Patience(self.table.show_loading, self)
        column = QVBoxLayout(self)
        column.setContentsMargins(SPACE.wide, SPACE.large, SPACE.wide, SPACE.large)
        column.setSpacing(SPACE.large)
        column.addWidget(self.title)
        column.addWidget(self.filters)
        column.addWidget(card, 1)
        self._connect()
        reading = partial(_reading, self)
        offer_export(self, self.table, KIND.name, desk.actor, reading, self.filters.words)

    # --- what the window asks for --------------------------------------------------------------

    def load(self) -> None:
        wanted = self.filters.wanted()
        if wanted is None:
            return
        self._patience.start()
        work = partial(self._read, wanted, self._cursor)
        self.in_background("来访列表", work, self._show, self._show_fault)

    def arrive(self) -> None:
        self._wants_focus = True
        super().arrive()
        if self.table.model.rowCount():
            self._focus_list()

    def search_for(self, words: str) -> None:
        self.filters.box.set_value(words)

    def narrow_to(self, wanted: object) -> None:
        if isinstance(wanted, VisitFilter):
            self.filters.set_wanted(wanted)

    def start_new(self) -> None:
        if not self._at_street:
            self.go(OpenPage(FRONT_DESK))

    def start_search(self) -> None:
        self.filters.box.setFocus()
        self.filters.box.selectAll()

    # --- reading and showing -------------------------------------------------------------------

    def _read(self, wanted: VisitFilter, cursor: str | None, _job: Job) -> _Answer:
        """In the worker's thread: everything the list shows, in words."""
        desk = self._desk
        frame = service.list_frame(desk)
        worded = partial(
            row_of,
            zone=desk.database.zone,
            today=desk.today,
            calendar=frame.calendar,
            mask=frame.mask_names,
            stations=frame.stations,
        )
        found = service.page(desk, wanted, cursor).map(worded)
        return _Answer(found, frame)

    def _show(self, answer: _Answer) -> None:
        self._patience.stop()
        page = answer.page
        self._newer, self._older = page.earlier, page.later
        self.filters.set_categories(answer.frame.categories)
        self.filters.set_stations(answer.frame.stations)
        words = self.filters.words()
        if page.rows:
            self.table.show_page(page, words, mask=answer.frame.mask_names)
        elif words:
            self._next = self._clear
            more = f"现在只显示：{words}"
            self.table.show_nothing("没有符合条件的来访。", more, "清除筛选", words)
        else:
            self._next = self.start_new
            self.table.show_nothing(*(_NONE_AT_STREET if self._at_street else _NONE), words)
        if self._wants_focus:
            self._focus_list()

    def _show_fault(self, fault: Fault) -> None:
        self._patience.stop()
        self._next = self.load
        self.table.show_fault(fault)

    def _focus_list(self) -> None:
        self._wants_focus = False
        place = self.table.view if self.table.model.rowCount() else self.filters.box
        place.setFocus()

    # --- what the person does ------------------------------------------------------------------

    def _connect(self) -> None:
        self.filters.changed.connect(partial(self._to, FIRST))
        self.filters.to_list.connect(self.table.view.setFocus)
        table = self.table
        table.opened.connect(self._open)
        table.step_wanted.connect(self._take_step)
        table.raise_wanted.connect(partial(_to_request, self))
        table.newer.connect(self._to_newer)
        table.older.connect(self._to_older)
        table.newest.connect(partial(self._to, FIRST))
        table.oldest.connect(partial(self._to, LAST))
        table.clear_filter.connect(self._clear)
        table.next_step.connect(self._take_next)

    def _to(self, cursor: str | None) -> None:
        self._cursor = cursor
        self.load()

    @Slot()
    def _to_newer(self) -> None:
        if self._newer is not None:
            self._to(self._newer)

    @Slot()
    def _to_older(self) -> None:
        if self._older is not None:
            self._to(self._older)

    @Slot()
    def _clear(self) -> None:
        self._wants_focus = True
        self.filters.clear()

    @Slot()
    def _take_next(self) -> None:
        self._next()

    @Slot(object)
    def _open(self, uid: str) -> None:
        row = self.table.row(uid)
        if row is not None:
            self.go(Open(KIND.name, row.line.uid))

    @Slot(object)
    def _take_step(self, wanted: tuple[VisitRow, Action]) -> None:
        row, action = wanted
        open_step(self, self._desk, row.line, action, self._stepped)

    def _stepped(self, changed: Changed[Visit]) -> None:
        visit = changed.value
        self.tell_changed(changed, step_sentence(visit.steps[-1].action, visit))


def _to_request(page: VisitsPage, row: VisitRow) -> None:
    """转诉求: the form of the request that this visit becomes."""
    page.go(OpenPage(REQUEST_FORM, wanted=Open(KIND.name, row.line.uid)))


def _reading(page: VisitsPage) -> Reading | None:
    """What reads the rows that are wanted now; nothing while the days make no sense."""
    wanted = page.filters.wanted()
    return None if wanted is None else partial(page._read, wanted)


def _to_paper(page: VisitsPage) -> None:
    """The list as it is narrowed now, as 台账."""
    wanted = page.filters.wanted()
    if wanted is not None:
        page.go(OpenPaper("visits-ledger", listed=wanted))
