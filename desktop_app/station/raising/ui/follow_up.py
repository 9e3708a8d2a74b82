"""后续: what a meeting decided with the problem that each became, and whatever else came of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout

from desktop_app.core.changes import Changed
from desktop_app.core.ids import Uid
from desktop_app.core.job import Job
from desktop_app.core.links import Linked
from desktop_app.core.route import Open
from desktop_app.core.wording import list_day
from desktop_app.ledgers.activities.rules.activity import ActivityState, Resolution
from desktop_app.ledgers.activities.ui.more_pane import MorePane
from desktop_app.ledgers.activities.ui.record_looks import WholeActivity
from desktop_app.ledgers.three_lists.record import PROBLEMS
from desktop_app.ledgers.three_lists.rules.problem import Problem
from desktop_app.ledgers.three_lists.ui.linked import ElsewhereCard
from desktop_app.ledgers.three_lists.ui.looks import may_handle, short
from desktop_app.station.raising.ui.resolution_sheet import (
    VERB,
    Proposal,
    RaiseResolutionSheet,
    read_proposal,
)
from desktop_app.storage.session import Desk
from desktop_app.widgets.chips import ChipText
from desktop_app.widgets.columns import Columns
from desktop_app.widgets.forms import Card, KeyHint, ScrollPage, plain_button
from desktop_app.widgets.line_list import LineItem, LineList
from desktop_app.widgets.page import Page
from desktop_app.widgets.theme import theme_of

RAISE_KEY = "I"
NOTHING_DECIDED = "还没有议定事项。请先在“记录”里写下议定了什么，再到这里转入问题清单。"
NOT_YET, GONE = "未转入", "已转入问题清单"


class FollowUpPane(MorePane):
    """The keyboard stands on the resolutions: `I` lists one, Enter opens the problem it became."""

    key = "follow_up"
    word = "后续"

    def __init__(self, desk: Desk, page: Page) -> None:
        super().__init__(page)
        self._desk, self._page = desk, page
        self._whole: WholeActivity | None = None
        self.decided = Card("议定事项", self)
        self.nothing = QLabel(NOTHING_DECIDED, self.decided)
        self.nothing.setProperty("role", "quiet")
        self.nothing.setWordWrap(True)
        self.raise_button = plain_button(f"{VERB}  {RAISE_KEY}", self.decided, icon_name="list")
        self.raise_button.setAccessibleName(VERB)
        self.raise_button.clicked.connect(self._raise)
        self.list = LineList("议定事项", self.decided)
        self.elsewhere = ElsewhereCard(self)
        self.elsewhere.wanted.connect(page.go)
        self.list.chosen.connect(self._chosen)
        self.list.focused.connect(self._show_button)
        self._lay_out()
        shortcut = QShortcut(QKeySequence(RAISE_KEY), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self._raise)
        can = (KeyHint(RAISE_KEY, VERB),) if may_handle(desk) else ()
        self.hints = (*can, KeyHint("Enter", "打开转成的问题、相关记录"))

    # --- what the page says --------------------------------------------------------------------

    def is_of_use(self, whole: WholeActivity) -> bool:
        return whole.activity.meeting or bool(_links(whole))

    def show_whole(self, whole: WholeActivity) -> None:
        self._whole = whole
        links, decided = _links(whole), whole.activity.resolutions
        problems = {one.uid: one for one in links if one.kind == PROBLEMS.name}
        self.list.set_items([_item(one, problems) for one in decided], select_first=True)
        self.list.setFixedHeight(len(decided) * theme_of().metrics.two_line_row)
        self.list.setVisible(bool(decided))
        self.nothing.setVisible(not decided)
        self.decided.setVisible(whole.activity.meeting or bool(decided))
        shown = {one.link for one in decided}
        self.elsewhere.show_links([one for one in links if one.uid not in shown])
        self._show_button()

    def take_keyboard(self) -> None:
        if self._whole is not None and self._whole.activity.resolutions:
            self.list.enter()
        elif not self.elsewhere.isHidden():
            self.elsewhere.list.enter()
        else:
            self._page.setFocus()

    # --- what the person does ------------------------------------------------------------------

    def _focused(self) -> Resolution | None:
        decided = () if self._whole is None else self._whole.activity.resolutions
        uid = self.list.focused_uid()
        return next((one for one in decided if str(one.uid) == uid), None)

    def _may_raise(self) -> bool:
        one, whole = self._focused(), self._whole
        held = whole is not None and whole.activity.state is not ActivityState.CANCELLED
        return held and one is not None and one.link is None and may_handle(self._desk)

    @Slot()
    def _show_button(self, _uid: object = None) -> None:
        self.raise_button.setVisible(self._may_raise())

    @Slot(object)
    def _chosen(self, _uid: object) -> None:
        """Enter goes on: to the problem where there is one, else there is one made."""
        one = self._focused()
        if one is not None and one.link is not None:
            self._page.go(Open(PROBLEMS.name, one.link))
        else:
            self._raise()

    @Slot()
    def _raise(self) -> None:
        one, whole = self._focused(), self._whole
        if one is None or whole is None or not self._may_raise():
            return
        desk, uid = self._desk, whole.activity.uid

        def work(_job: Job) -> Proposal:
            return read_proposal(desk, uid, one.uid)

        self._page.in_background(f"打开{VERB}", work, self._ask)

    def _ask(self, proposal: Proposal) -> None:
        if self.isVisible():
            sheet = RaiseResolutionSheet(self._page, self._desk, proposal)
            sheet.taken.connect(self._raised)
            sheet.open()

    def _raised(self, changed: Changed[Problem]) -> None:
        problem = changed.value
        said = f"已{VERB}：{short(problem.description)} {problem.number}"
        self._page.tell_changed(changed, said)

    def _lay_out(self) -> None:
        self.decided.body.addWidget(self.nothing)
        line = QHBoxLayout()
        line.addWidget(self.raise_button)
        line.addStretch(1)
        self.decided.body.addLayout(line)
        self.decided.add_list(self.list)
        area = ScrollPage(self)
        columns = ([self.decided], [self.elsewhere])
        area.body.addWidget(Columns(columns, area, shares=(3, 2)))
        area.body.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(area)


def _links(whole: WholeActivity) -> Sequence[Linked]:
    return whole.beyond if isinstance(whole.beyond, tuple) else ()


def _item(one: Resolution, problems: Mapping[Uid, Linked]) -> LineItem:
    problem = problems.get(one.link) if one.link is not None else None
    due = f"{list_day(one.due)} 前" if one.due is not None else ""
    if problem is not None:
        chip = ChipText(problem.state)
        became = f"转成的问题 {problem.number}"
    else:
        chip, became = ChipText(NOT_YET if one.link is None else GONE), ""
    detail = "　".join(filter(None, (became, one.owner, due)))
    return LineItem(str(one.uid), short(one.words, 60), detail=detail, chip=chip)
