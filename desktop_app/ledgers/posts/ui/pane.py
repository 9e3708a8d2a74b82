"""岗位值班: the tab with the posts and their claims at the left, the duty roster at the right."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.core.ids import parse_uid
from desktop_app.core.job import Job
from desktop_app.core.paper_kinds import may_make
from desktop_app.core.route import Open, OpenPaper
from desktop_app.ledgers.posts import service
from desktop_app.ledgers.posts.record import CLAIMS, SHIFTS
from desktop_app.ledgers.posts.record import POSTS as KIND
from desktop_app.ledgers.posts.rules.listing import PostFilter
from desktop_app.ledgers.posts.rules.post import PostAction
from desktop_app.ledgers.posts.ui import deeds
from desktop_app.ledgers.posts.ui.claims_card import ClaimsCard
from desktop_app.ledgers.posts.ui.claims_desk import ClaimsDesk
from desktop_app.ledgers.posts.ui.listing import PostFilters, PostTable, post_offers
from desktop_app.ledgers.posts.ui.looks import (
    CLAIM,
    CLAIM_DEEDS,
    DUTY_DEEDS,
    POST_DEEDS,
    PostRow,
    may_change,
    may_handle,
)
from desktop_app.ledgers.posts.ui.roster_card import RosterCard
from desktop_app.ledgers.posts.ui.roster_desk import RosterDesk
from desktop_app.registers.offices.names import StationNames, station_names
from desktop_app.registers.volunteers.record import VOLUNTEERS
from desktop_app.storage.paging import Page
from desktop_app.storage.session import Desk
from desktop_app.widgets.export_door import Reading, offer_export_of_rows
from desktop_app.widgets.forms import Card, KeyHint, focus_order, plain_button
from desktop_app.widgets.import_door import offer_import
from desktop_app.widgets.jobs import JobRunner
from desktop_app.widgets.list_pane import ListPane, Nothing, RowsOfPage
from desktop_app.widgets.tokens import SPACE

_SHARES = 5, 12
_TO_ROSTER = "V"
_PAPER = "duty"

LOOKING = (
    KeyHint("Ctrl+F", "找岗位"),
    KeyHint("Enter", "打开岗位；在认领上打开志愿者"),
    KeyHint("Tab", "到认领，再到值班表"),
    KeyHint(_TO_ROSTER, "到值班表"),
    KeyHint("Esc", "从值班表回到岗位"),
    KeyHint("PageUp / PageDown", "值班表往前、往后"),
    KeyHint("T", "值班表回到今天"),
    KeyHint("W / M", "看一周、看一个月"),
    KeyHint("O", "值班表只看这个岗位，再按看全部"),
)


@dataclass(frozen=True, slots=True)
class _Answer:
    page: Page[PostRow]
    stations: StationNames


class PostsPane(ListPane):
    """The posts, the claims of the focused one, and who is on duty when."""

    title = "岗位"
    kinds = frozenset({KIND.name, CLAIMS.name, SHIFTS.name, VOLUNTEERS.name})

    def __init__(self, desk: Desk, runner: JobRunner, parent: QWidget | None = None) -> None:
        super().__init__(runner, parent)
        self._desk = desk
        at_street = desk.database.station.is_street
        handles = may_handle(desk.actor) and not at_street
        self._changes = may_change(desk.actor) and not at_street
        self.new_word = "新增岗位" if handles else ""
        self.hints = _hints() if handles else LOOKING
        if may_make(desk.actor, _PAPER, desk.database.station.edition):
            paper = plain_button("打印值班表", self, icon_name="printer", keys="Ctrl+P")
            paper.clicked.connect(self._print)
            self.tools.append(paper)
            self.hints = (*self.hints, KeyHint("Ctrl+P", "打印值班表（照看的周或月）"))
        offered = self._offered(handles=handles)
        card = Card(parent=self)
        table = PostTable(card, actions=post_offers(offered), at_street=at_street)
        self.narrowing = PostFilters(self, at_street=at_street)
        self.frame(self.narrowing, table, card, self)
        self.offer_export(KIND.name, desk.actor)
        offer_import(self, self.table, KIND.name, desk.actor)
        self.claims = ClaimsCard(self, may_handle=handles, offered=offered)
        self.roster = RosterCard(desk.today, self, may_plan=handles)
        offer_export_of_rows(self, self.claims.table, CLAIMS.name, desk.actor, keys="")
        self.claiming = ClaimsDesk(self, desk, self.claims)
        self.duty = RosterDesk(self, desk, self.roster, may_plan=handles)
        self._beside(card)
        table.focused.connect(self._post_focused)
        self.claims.wanted.connect(self._wanted)
        self._walk()

    # --- what the window asks for --------------------------------------------------------------

    @Slot()
    def load(self) -> None:
        super().load()
        self.duty.load()

    def narrow_to(self, wanted: object) -> None:
        if isinstance(wanted, PostFilter):
            self.narrowing.set_wanted(wanted)

    @Slot()
    def start_new(self) -> None:
        if self.new_word:
            deeds.open_new(self, self._desk, self.tell_changed)

    # --- the posts -----------------------------------------------------------------------------

    def reading(self) -> Reading:
        return partial(self._read, self.narrowing.wanted())

    def shown(self, answer: _Answer) -> RowsOfPage:
        self.narrowing.offer_stations(answer.stations)
        return answer.page

    def nothing(self) -> Nothing:
        if self._desk.database.station.is_street:
            more = "站点的上报包在“收件”中收入后，岗位会列在这里。"
            return Nothing("还没有站点上报的岗位。", more)
        more = "写上要几个人、哪几天、几点到几点，再登记谁来认领。"
        return Nothing("还没有岗位。", more, self.new_word)

    def _read(self, wanted: PostFilter, cursor: str | None, _job: Job) -> _Answer:
        """In the worker's thread."""
        stations = station_names(self._desk)
        found = service.posts_page(self._desk, wanted, cursor)
        return _Answer(
            found.map(lambda line: PostRow(line, stations.owner(line.station))), stations
        )

    @Slot(object)
    def opened(self, uid: str) -> None:
        found = parse_uid(uid)
        if found is not None:
            self.go(Open(KIND.name, found))

    def commanded(self, action: str, row: Any) -> None:
        line, desk, done = row.line, self._desk, self.tell_changed
        seen = (line.uid, line.revision)
        if action == CLAIM:
            told = deeds.places_words(line.taken, line.quota, line.waiting)
            deeds.claim(self, desk, (line.uid, line.name), told, done)
        elif action == PostAction.CHANGE and self._changes:
            deeds.open_change(self, desk, line.uid, done)
        elif action == PostAction.CLOSE:
            deeds.close(self, desk, seen, line.name, done)
        elif action == PostAction.REOPEN:
            deeds.reopen(self, desk, seen, line.name, done)

    def _focused_post(self) -> PostRow | None:
        uid = self.table.focused_uid()
        row = None if uid is None else self.row(uid)
        assert row is None or isinstance(row, PostRow)
        return row

    @Slot(object)
    def _post_focused(self, _uid: object) -> None:
        post = self._focused_post()
        self.claiming.look_at(post)
        if self._desk.database.station.is_street:
            # The posts of all stations would be a list without end.
            self.duty.narrow(None if post is None else post.line.uid)
        elif post is not None and self.table.view.hasFocus():
            # Whoever works in the roster stays where they are when the list is read anew.
            self.roster.grid.go_to_post(post.line.uid)

    @Slot(object)
    def _wanted(self, deed: str) -> None:
        post = self._focused_post()
        if post is not None:
            self.commanded(deed, post)

    @Slot()
    def _print(self) -> None:
        """The week or month that is looked at, of one post where the roster shows one only."""
        span = self.duty.span
        self.go(OpenPaper(_PAPER, about=self.duty.only, since=span.first, until=span.last))

    # --- inside --------------------------------------------------------------------------------

    def _offered(self, *, handles: bool) -> tuple[str, ...]:
        if not handles:
            return ()
        return tuple(name for name in POST_DEEDS if self._changes or name != PostAction.CHANGE)

    def _walk(self) -> None:
        """From the posts to their claims to the roster by Tab, to the roster by a letter, and back
        by Esc."""
        lists = (self.table.view, self.claims.table.view)
        focus_order([*lists, self.roster.grid])
        for view in lists:
            shortcut = QShortcut(QKeySequence(_TO_ROSTER), view)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(self.roster.grid.setFocus)
        self.duty.left.connect(self.table.view.setFocus)

    def _beside(self, card: Card) -> None:
        """Posts above their claims at the left, the roster at the right."""
        column = self.layout()
        assert isinstance(column, QVBoxLayout)
        column.removeWidget(card)
        left = QVBoxLayout()
        left.setSpacing(SPACE.medium)
        left.addWidget(card, 1)
        left.addWidget(self.claims, 1)
        row = QHBoxLayout()
        row.setSpacing(SPACE.large)
        row.addLayout(left, _SHARES[0])
        row.addWidget(self.roster, _SHARES[1])
        column.addLayout(row, 1)


def _hints() -> tuple[KeyHint, ...]:
    named = (*POST_DEEDS.values(), *CLAIM_DEEDS.values(), *DUTY_DEEDS.values())
    return (
        KeyHint("F2", "新增岗位"),
        *LOOKING,
        *(KeyHint(deed.key, deed.verb) for deed in named),
        KeyHint("拖动名字", "值班表：调到同一岗位的另一天"),
    )
