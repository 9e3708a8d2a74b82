"""服务记录: the list with what is done from it, and beside it the desk where people sign in.

Rows are ticked by Space; C confirms, U marks and Ctrl+P prints all that are ticked. F8 goes to the
box of the desk, and back to the list.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import QTimer, Slot
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop_app.core.changes import Changed
from desktop_app.core.ids import parse_uid
from desktop_app.core.job import Job
from desktop_app.core.paper_kinds import may_make
from desktop_app.core.route import Open, OpenPaper
from desktop_app.ledgers.service import service
from desktop_app.ledgers.service.record import SERVICE
from desktop_app.ledgers.service.rules.listing import ServiceFilter, ServiceLine
from desktop_app.ledgers.service.ui import deeds
from desktop_app.ledgers.service.ui.deeds import Which
from desktop_app.ledgers.service.ui.desk_panel import DeskPanel
from desktop_app.ledgers.service.ui.listing import (
    BATCH,
    ON_ROW,
    ServiceFilters,
    ServiceTable,
    fits,
)
from desktop_app.ledgers.service.ui.looks import (
    SERVICE_DEEDS,
    Around,
    ServiceRow,
    may_handle,
    may_sign,
    service_row,
)
from desktop_app.ledgers.service.ui.serving import read_serving
from desktop_app.registers.offices.names import station_names
from desktop_app.registers.residents.record import KIND as RESIDENTS
from desktop_app.registers.volunteers.record import MEMBERSHIPS, TEAMS, VOLUNTEERS
from desktop_app.registers.volunteers.rules.listing import TeamLine
from desktop_app.storage.paging import FIRST, Page
from desktop_app.storage.session import Desk
from desktop_app.widgets.dialogs import tell
from desktop_app.widgets.export_door import Reading
from desktop_app.widgets.forms import Card, KeyHint, plain_button
from desktop_app.widgets.import_door import offer_import
from desktop_app.widgets.jobs import JobRunner
from desktop_app.widgets.list_pane import ListPane, Nothing, RowsOfPage
from desktop_app.widgets.marked_list import MarkStrip
from desktop_app.widgets.tokens import SPACE

DESK_KEY = "F8"
_PAPER = "service-record"
_NEW = "补录"
_PRINT_HINT = KeyHint("Ctrl+P", "打印已选的服务记录；没有选的，照现在的筛选")
_LATELY = 40
_SOON_MS = 150
LOOKING = (
    KeyHint("Ctrl+F", "查找"),
    KeyHint("Enter", "打开"),
    KeyHint("Ctrl+PgDn / PgUp", "下一页 / 上一页"),
)


@dataclass(frozen=True, slots=True)
class _Answer:
    page: Page[ServiceRow]
    serving: list[ServiceLine]
    titles: list[str]
    teams: tuple[TeamLine, ...]
    around: Around


class ServicePane(ListPane):
    """The list at the left, the desk at the right where somebody may sign people in."""

    title = "服务记录"
    kinds = frozenset({SERVICE.name, VOLUNTEERS.name, TEAMS.name, MEMBERSHIPS.name, RESIDENTS.name})

    def __init__(self, desk: Desk, runner: JobRunner, parent: QWidget | None = None) -> None:
        super().__init__(runner, parent)
        self._desk = desk
        at_street = desk.database.station.is_street
        self._may_enter = may_handle(desk.actor) and not at_street
        signs = may_sign(desk.actor) and not at_street
        self.new_word = _NEW if self._may_enter else ""
        self._prints = may_make(desk.actor, _PAPER, desk.database.station.edition)
        self.hints = _hints(signs=signs, handles=self._may_enter, prints=self._prints)
        if self._prints:
            paper = plain_button("打印服务记录", self, icon_name="printer", keys="Ctrl+P")
            paper.clicked.connect(self._print)
            self.tools.append(paper)
            self.hints = (*self.hints, _PRINT_HINT)
        browser = QWidget(self)
        card = Card(parent=browser)
        self.records = ServiceTable(desk.actor, card, at_street=at_street, prints=self._prints)
        self.narrowing = ServiceFilters(desk, browser)
        self.frame(self.narrowing, self.records, card, browser)
        self.offer_export(SERVICE.name, desk.actor)
        offer_import(self, self.table, SERVICE.name, desk.actor)
        self.desk_panel = DeskPanel(desk, self, self) if signs else None
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(SPACE.large)
        line.addWidget(browser, 1)
        self._to_desk = self.desk_panel is not None
        if self.desk_panel is not None:
            line.addWidget(self.desk_panel)
            self.desk_panel.done.connect(self.tell_changed)
            shortcut = QShortcut(QKeySequence(DESK_KEY), self)
            shortcut.activated.connect(self.change_sides)
        self.soon = QTimer(self)
        self.soon.setSingleShot(True)
        self.soon.setInterval(_SOON_MS)
        self.soon.timeout.connect(self.load)
        self._make_batch(browser)
        self.records.marked.connect(self._say_marked)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.desk_panel is not None:
            self.desk_panel.fit_beside(self.width())

    # --- what the window asks for --------------------------------------------------------------

    def narrow_to(self, wanted: object) -> None:
        if isinstance(wanted, ServiceFilter):
            self._to_desk = False
            self.narrowing.set_wanted(wanted)

    @Slot()
    def start_new(self) -> None:
        if self._may_enter:
            deeds.open_entry(self, self._desk, self.tell_changed)

    def take_keyboard(self) -> None:
        """To the box at the desk first; later to where the work was."""
        if self.desk_panel is not None and self._to_desk:
            self.desk_panel.take_keyboard()
        else:
            super().take_keyboard()

    @Slot()
    def change_sides(self) -> None:
        """From the list to the desk, and back."""
        panel = self.desk_panel
        if panel is not None:
            self._to_desk = not panel.has_keyboard
            self.take_keyboard()

    def take(self, kinds: frozenset[str]) -> None:
        """What changes at the desk is shown there at once; the list is read when nobody waits for
        the screen any more, once for several who come together."""
        if kinds & self.kinds and self.isVisible() and self.desk_panel is not None:
            self.soon.start()
        else:
            super().take(kinds)

    @Slot()
    def load(self) -> None:
        self.soon.stop()
        # While a date is none there is nothing to read; its field says so.
        if self.narrowing.wanted() is not None:
            super().load()

    # --- reading -------------------------------------------------------------------------------

    def reading(self) -> Reading:
        return partial(self._read, self.narrowing.wanted() or ServiceFilter())

    def shown(self, answer: _Answer) -> RowsOfPage:
        self.narrowing.offer(answer.around.stations, answer.teams)
        if self.desk_panel is not None:
            living = [team for team in answer.teams if team.disbanded_on is None]
            self.desk_panel.show_serving(answer.serving, answer.around, living)
            self.desk_panel.offer_titles(answer.titles)
        return answer.page

    def nothing(self) -> Nothing:
        if self._desk.database.station.is_street:
            more = "站点的上报包在“收件”中收入后，服务记录会列在这里。"
            return Nothing("还没有站点上报的服务记录。", more)
        more = "志愿者到了在右边签到，做完再签退；纸上签到的事后补录。"
        return Nothing("还没有服务记录。", more, _NEW if self._may_enter else "")

    def _read(self, wanted: ServiceFilter, cursor: str | None, _job: Job) -> _Answer:
        """In the worker's thread: everything the list and the desk show, in words."""
        desk = self._desk
        found: Page[ServiceLine] = service.page(desk, wanted, cursor)
        serving: list[ServiceLine] = []
        titles: list[str] = []
        if self.desk_panel is not None:
            serving = read_serving(desk)
            lately = service.page(desk, ServiceFilter(), FIRST, size=_LATELY).rows
            titles = list(dict.fromkeys(line.title for line in lately))
        teams = deeds.read_teams(desk, disbanded=None)
        people = service.names(desk, {line.volunteer for line in (*found.rows, *serving)})
        around = Around(
            desk.today,
            desk.database.zone,
            people,
            {team.uid: team.name for team in teams},
            station_names(desk),
        )
        worded = partial(service_row, around=around)
        return _Answer(found.map(worded), serving, titles, teams, around)

    # --- what the person does ------------------------------------------------------------------

    @Slot(object)
    def opened(self, uid: str) -> None:
        found = parse_uid(uid)
        if found is not None:
            self._to_desk = False
            self.go(Open(SERVICE.name, found))

    def commanded(self, action: str, row: Any) -> None:
        self._to_desk = False
        if action in BATCH and self.records.marks:
            self._take_marked(action)
        else:
            deeds.take_up(self, self._desk, action, which_of(row), self.tell_changed)

    @Slot()
    def _print(self) -> None:
        """Those that are ticked; else the list as it is narrowed now, of one team the paper says
        which."""
        chosen = tuple(which_of(row).uid for row in self.records.marks.values())
        if chosen:
            self.go(OpenPaper(_PAPER, chosen=chosen))
            return
        wanted = self.narrowing.wanted()
        if wanted is not None:
            self.go(OpenPaper(_PAPER, about=wanted.team, listed=wanted))

    # --- with several at once ------------------------------------------------------------------

    def _take_marked(self, deed: str) -> None:
        """All that are ticked and stand so that it can be done."""
        rows = list(self.records.marks.values())
        fit = [which_of(row) for row in rows if fits(self._desk.actor, deed, row)]
        if fit:
            deeds.take_many(self, self._desk, deed, fit, self._many_done)
        else:
            verb = BATCH[deed]
            tell(self, f"没有{verb}", f"已选的 {len(rows)} 条里，没有现在可以{verb}的。请另选。")

    def _many_done(self, changed: Changed[Any], sentence: str) -> None:
        self.records.clear_marks()
        self.tell_changed(changed, sentence)

    def _make_batch(self, browser: QWidget) -> None:
        """The strip above the rows while some are ticked: how many, and what to do with them."""
        self.batch_buttons = {}
        for name in BATCH:
            button = plain_button(BATCH[name], browser, icon_name=SERVICE_DEEDS[name].icon)
            button.setAccessibleName(f"{BATCH[name]}已选的")
            button.clicked.connect(partial(self._take_marked, name))
            button.setVisible(self._may_enter)
            self.batch_buttons[name] = button
        self.print_marked = plain_button("", browser, icon_name="printer")
        self.print_marked.setAccessibleName("打印已选的")
        self.print_marked.setVisible(self._prints)
        self.print_marked.clicked.connect(self._print)
        buttons = [*self.batch_buttons.values(), self.print_marked]
        self.batch = MarkStrip(self.records, buttons, browser)
        column = browser.layout()
        assert column is not None
        column.insertWidget(1, self.batch)  # type: ignore[attr-defined]

    @Slot()
    def _say_marked(self) -> None:
        rows = list(self.records.marks.values())
        for name, button in self.batch_buttons.items():
            fit = sum(fits(self._desk.actor, name, row) for row in rows)
            button.setText(f"{BATCH[name]} {fit} 条  {SERVICE_DEEDS[name].key}")
            button.setEnabled(bool(fit))
        self.print_marked.setText(f"打印 {len(rows)} 条  Ctrl+P")
        self.batch.say(f"已选 {len(rows)} 条")


def which_of(row: object) -> Which:
    """The record of a row, as it was seen."""
    assert isinstance(row, ServiceRow)
    line = row.line
    return Which(line.uid, line.revision, line.volunteer, line.number, row.name)


def _hints(*, signs: bool, handles: bool, prints: bool) -> tuple[KeyHint, ...]:
    desk = (
        KeyHint(DESK_KEY, "签到台 / 清单"),
        KeyHint("Enter", "签到台：签到，再输入一次签退"),
    )
    ticks = (KeyHint("空格", "选中这一行，接着下一行"), KeyHint("Ctrl+A", "选中本页全部"))
    letters = tuple(KeyHint(SERVICE_DEEDS[name].key, SERVICE_DEEDS[name].verb) for name in ON_ROW)
    return (
        *((KeyHint("F2", _NEW),) if handles else ()),
        *(desk if signs else ()),
        *LOOKING,
        *(ticks if handles or prints else ()),
        *(letters if signs or handles else ()),
    )
