"""诉求: every request in pages, narrowed by the row above, with its next steps on the focused line.

Petitions never stand here. One request in full is `record.RequestPage`, a new one `form`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.core.changes import Changed
from desktop_app.core.errors import Fault
from desktop_app.core.ids import Uid
from desktop_app.core.job import Job
from desktop_app.core.rights import Right
from desktop_app.core.route import Open, OpenPage, OpenPaper
from desktop_app.ledgers.requests import service
from desktop_app.ledgers.requests.record import KIND
from desktop_app.ledgers.requests.rules.listing import RequestFilter
from desktop_app.ledgers.requests.rules.request import Action, Request, RequestKind
from desktop_app.ledgers.requests.ui.filters import RequestFilters
from desktop_app.ledgers.requests.ui.listing import RequestTable
from desktop_app.ledgers.requests.ui.parts import KEYS, verb
from desktop_app.ledgers.requests.ui.rows import RequestRow, row_of
from desktop_app.ledgers.requests.ui.steps import open_step, step_sentence
from desktop_app.registers.places import service as places
from desktop_app.storage.paging import FIRST, LAST, Page
from desktop_app.storage.session import Desk
from desktop_app.widgets.export_door import Reading, offer_export
from desktop_app.widgets.forms import Card, KeyHint, PageTitle, plain_button
from desktop_app.widgets.jobs import JobRunner
from desktop_app.widgets.page import Page as ScreenPage
from desktop_app.widgets.patience import Patience
from desktop_app.widgets.tokens import SPACE

FORM, NEW = "request_form", "new"
"""The page on which requests are written down, by its key, and what it is to begin."""

STREET_HINTS = (
    KeyHint("Ctrl+F", "查找"),
    KeyHint("Enter", "打开诉求"),
    KeyHint("Ctrl+PgDn", "更早一页"),
    KeyHint("Ctrl+PgUp", "更新一页"),
    KeyHint("Ctrl+Home", "最新一页"),
    KeyHint("Ctrl+End", "最早一页"),
)
"""What there is to do at a street, where every request belongs to a station."""

_NONE = (
    "还没有诉求、点单或微心愿。",
    "按 F2 登记一件；当场办不了的来访，在来访里按 S 转成诉求。",
    "登记",
)
_NONE_AT_STREET = ("还没有站点上报的诉求。", "站点的上报包在“收件”中收入后，诉求会列在这里。", "")


@dataclass(frozen=True, slots=True)
class _Answer:
    page: Page[RequestRow]
    frame: service.ListFrame
    compounds: Mapping[Uid, str]


class RequestsPage(ScreenPage):
    """The list. Filter, page and focused line stay as they are while one looks at a request."""

    kinds = frozenset({KIND.name, "places"})
    hints: Sequence[KeyHint] = (
        KeyHint("Ctrl+F", "查找"),
        KeyHint("Enter", "打开诉求"),
        KeyHint("F2", "登记"),
        KeyHint("Ctrl+P", "打印台账（照现在的筛选）"),
        KeyHint("Ctrl+PgDn", "更早一页"),
        KeyHint("Ctrl+PgUp", "更新一页"),
        KeyHint("Ctrl+Home", "最新一页"),
        KeyHint("Ctrl+End", "最早一页"),
        *(KeyHint(key, verb(step, RequestKind.APPEAL)) for step, key in KEYS.items()),
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
        self.title = PageTitle("诉求", self, action="登记", icon_name="plus")
        # F2 is the window's: it reaches every page through `start_new`.
        self.title.action.setText("登记  F2")
        self._may_register = desk.actor.may(Right.REGISTER) and not self._at_street
        self.title.action.setVisible(self._may_register)
        self.title.action.clicked.connect(self.start_new)
        self.paper = plain_button("打印台账", self, icon_name="printer", keys="Ctrl+P")
        self.paper.setVisible(desk.actor.may(Right.EXPORT) and not self._at_street)
        self.paper.clicked.connect(partial(_to_paper, self))
        self.title.add_secondary(self.paper)
        self.filters = RequestFilters(desk, self)
        card = Card(parent=self)
        self.table = RequestTable(desk.actor, card, at_street=self._at_street)
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
        self.in_background("诉求列表", work, self._show, self._show_fault)

    def arrive(self) -> None:
        self._wants_focus = True
        super().arrive()
        if self.table.model.rowCount():
            self._focus_list()

    def search_for(self, words: str) -> None:
        self.filters.box.set_value(words)

    def narrow_to(self, wanted: object) -> None:
        if isinstance(wanted, RequestFilter):
            self.filters.set_wanted(wanted)

    def start_new(self) -> None:
        if self._may_register:
            # With something wanted, Esc leads back to this list and not to the rail's first page.
            self.go(OpenPage(FORM, wanted=NEW))

    def start_search(self) -> None:
        self.filters.box.setFocus()
        self.filters.box.selectAll()

    # --- reading and showing -------------------------------------------------------------------

    def _read(self, wanted: RequestFilter, cursor: str | None, _job: Job) -> _Answer:
        """In the worker's thread: everything the list shows, in words."""
        desk = self._desk
        frame = service.list_frame(desk)
        compounds = {one.uid: one.name for one in places.compounds(desk)}
        worded = partial(
            row_of,
            zone=desk.database.zone,
            today=desk.today,
            calendar=frame.calendar,
            mask=frame.mask_names,
            stations=frame.stations,
            compounds=compounds,
        )
        found = service.page(desk, wanted, cursor).map(worded)
        return _Answer(found, frame, compounds)

    def _show(self, answer: _Answer) -> None:
        self._patience.stop()
        page = answer.page
        self._newer, self._older = page.earlier, page.later
        self.filters.set_compounds(answer.compounds)
        self.filters.set_stations(answer.frame.stations)
        words = self.filters.words()
        if page.rows:
            self.table.show_page(page, words, mask=answer.frame.mask_names)
        elif words:
            self._next = self._clear
            more = f"现在只显示：{words}"
            self.table.show_nothing("没有符合条件的诉求。", more, "清除筛选", words)
        else:
            self._next = self.start_new
            self.table.show_nothing(*_none(self._desk), words)
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
    def _take_step(self, wanted: tuple[RequestRow, Action]) -> None:
        row, action = wanted
        open_step(self, self._desk, row.line, action, self._stepped)

    def _stepped(self, changed: Changed[Request]) -> None:
        request = changed.value
        self.tell_changed(changed, step_sentence(request.steps[-1].action, request))


def _none(desk: Desk) -> tuple[str, str, str]:
    """That there is nothing yet, and the next step of whoever may take it."""
    if desk.database.station.is_street:
        return _NONE_AT_STREET
    return _NONE if desk.actor.may(Right.REGISTER) else (*_NONE[:2], "")


def _reading(page: RequestsPage) -> Reading | None:
    """What reads the rows that are wanted now; nothing while the days make no sense."""
    wanted = page.filters.wanted()
    return None if wanted is None else partial(page._read, wanted)


def _to_paper(page: RequestsPage) -> None:
    """The list as it is narrowed now, as 台账."""
    wanted = page.filters.wanted()
    if wanted is not None:
        page.go(OpenPaper("requests-ledger", listed=wanted))
