"""The work at the duty roster: reading it, and what is done in its cells.

Holds what is looked at (a week or a month, a proposal that nobody has taken yet); the card shows.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial

from PySide6.QtCore import QObject, Signal, Slot

from desktop_app.core.changes import Changed
from desktop_app.core.errors import Fault
from desktop_app.core.ids import Uid
from desktop_app.core.job import Job
from desktop_app.ledgers.posts import service
from desktop_app.ledgers.posts.rules.filling import Proposed
from desktop_app.ledgers.posts.rules.roster import Person, Roster
from desktop_app.ledgers.posts.service import Copied
from desktop_app.ledgers.posts.ui import looks
from desktop_app.ledgers.posts.ui.cell_deeds import CellDeeds
from desktop_app.ledgers.posts.ui.copied import not_carried_over, told
from desktop_app.ledgers.posts.ui.roster_card import RosterCard, Shown
from desktop_app.ledgers.posts.ui.roster_grid import (
    ACCEPT,
    BACK,
    ESCAPE,
    HOME,
    MONTH,
    ON,
    ONLY,
    WEEK,
)
from desktop_app.ledgers.posts.ui.roster_rows import DAYS, GridCell, GridRow, Span, grid_rows
from desktop_app.storage.session import Desk
from desktop_app.widgets.dialogs import tell, tell_fault
from desktop_app.widgets.page import Page


@dataclass(frozen=True, slots=True)
class _Found:
    span: Span
    roster: Roster


@dataclass(frozen=True, slots=True)
class _Proposal:
    """Who could fill the holes of these days; nothing of it is planned."""

    first: date
    last: date
    proposed: tuple[Proposed, ...]
    names: Mapping[Uid, Person]


class RosterDesk(QObject):
    """Between the card with the roster and the service; `page` is where sheets open. `left` tells
    that the keyboard goes back to the list; `only` is the one post that is looked at, None: all."""

    left = Signal()

    def __init__(self, page: Page, desk: Desk, card: RosterCard, *, may_plan: bool) -> None:
        super().__init__(page)
        self._page, self._desk, self._card = page, desk, card
        self._may_plan = may_plan
        self._span = Span(desk.today, by_week=True)
        self._roster: Roster | None = None
        self._proposal: _Proposal | None = None
        self.only: Uid | None = None
        self.cells = CellDeeds(page, desk, lambda who: _turns(self._roster, self._span, who))
        card.wanted.connect(self.do)
        card.length_changed.connect(self._set_length)
        if card.drag is not None:
            card.drag.dropped.connect(self.cells.carry)

    @property
    def span(self) -> Span:
        """What is looked at."""
        return self._span

    def load(self) -> None:
        """Read what is looked at anew."""
        work = partial(self._read, self._span, self.only)
        self._page.in_background("值班表", work, self._show, self._card.show_fault)

    @Slot(object)
    def do(self, wanted: str) -> None:
        """Somebody wants a deed of `looks.DUTY_DEEDS`, or to look at other days."""
        turns = {BACK: -1, ON: 1}
        if wanted in turns:
            self._look_at(self._about().turned(turns[wanted]))
        elif wanted in (WEEK, MONTH):
            self._set_length(wanted == WEEK)
        elif wanted == ONLY:
            focused = self._card.grid.focused()
            self.narrow(focused[0].post if focused and self.only is None else None)
        elif wanted == HOME:
            self._look_at(replace(self._span, about=self._desk.today))
        elif wanted == ESCAPE:
            self._leave()
        elif wanted == ACCEPT:
            self._accept()
        elif self._may_plan and wanted == looks.FILL:
            self._fill()
        elif self._may_plan and wanted == looks.COPY:
            self._copy()
        elif self._may_plan:
            self._in_cell(wanted)

    def narrow(self, post: Uid | None) -> None:
        """Look at one post only, or at all."""
        if post != self.only:
            self._span = self._about()
            self.only, self._proposal, self._roster = post, None, None
            self.load()

    # --- what is looked at ---------------------------------------------------------------------

    def _read(self, span: Span, only: Uid | None, _job: Job) -> _Found:
        """In the worker's thread."""
        return _Found(span, service.roster(self._desk, span.first, span.last, only))

    def _show(self, found: _Found) -> None:
        focused = self._card.grid.focused()
        same = self._roster is not None and self._roster.days == found.roster.days
        about = focused[1].day if same and focused is not None else found.span.about
        self._span = replace(found.span, about=about)
        self._roster = found.roster
        self._paint()

    def _paint(self) -> None:
        """Show what was read, with what is proposed on top of it."""
        if self._roster is None:
            return
        known = self._proposal
        proposed = known.proposed if known is not None else ()
        names = known.names if known is not None else {}
        database = self._desk.database
        now = database.clock.now()
        rows = tuple(grid_rows(self._roster, database.zone, now, proposed, names))
        left = sum(cell.holes for row in rows for cell in row.cells if not cell.over)
        only = self.only is not None
        shown = Shown(self._span, self._roster, rows, len(proposed), left, only)
        self._card.show_roster(shown, self._desk.today)

    def _about(self) -> Span:
        """The span with the day the keyboard is on; one that is still being read counts, for who
        presses twice."""
        focused = None if self._roster is None else self._card.grid.focused()
        return self._span if focused is None else replace(self._span, about=focused[1].day)

    def _look_at(self, span: Span) -> None:
        if (span.first, span.last) != (self._span.first, self._span.last):
            self._proposal = None
            self._roster = None
        self._span = span
        self._card.put_length(by_week=span.by_week)
        if self._roster is None:
            self.load()
        else:
            self._paint()

    @Slot(bool)
    def _set_length(self, by_week: bool) -> None:
        self._look_at(replace(self._about(), by_week=by_week))

    # --- a proposal ----------------------------------------------------------------------------

    def _fill(self) -> None:
        span = self._span
        self._page.in_background(
            "自动排班", partial(self._propose, span, self._posts), self._proposed
        )

    @property
    def _posts(self) -> tuple[Uid, ...]:
        """Those that are looked at; empty means all."""
        return () if self.only is None else (self.only,)

    def _propose(self, span: Span, posts: Sequence[Uid], _job: Job) -> _Proposal:
        """In the worker's thread: who could fill the holes, with their names."""
        found = service.fill(self._desk, span.first, span.last, posts)
        names = service.named(self._desk, {one.volunteer for one in found})
        return _Proposal(span.first, span.last, found, names)

    def _proposed(self, found: _Proposal) -> None:
        if (found.first, found.last) != (self._span.first, self._span.last):
            return
        if not found.proposed:
            told = (
                "从现在起的空缺里，没有一个找得到合适的人。"
                "请先在左边登记认领、同意上岗，或在格子里按 Enter 直接排人。"
            )
            tell(self._page, "没有可以建议的班", told)
            return
        self._span = self._about()
        self._proposal = found
        self._paint()
        self._card.grid.setFocus()

    def _leave(self) -> None:
        """Esc: away with what is proposed; where nothing is, back to the list."""
        if self._proposal is None:
            self.left.emit()
            return
        self._span = self._about()
        self._proposal = None
        self._paint()
        self._card.grid.setFocus()

    def _accept(self) -> None:
        if self._proposal is None:
            return
        try:
            changed = service.accept(self._desk, self._proposal.proposed)
        except Fault as fault:
            tell_fault(self._page, "没有排班", fault)
            return
        self._proposal = None
        self._span = self._about()
        self._page.tell_changed(changed, f"已按建议排 {len(changed.value)} 班")
        self._card.grid.setFocus()

    def _drop(self, row: GridRow, cell: GridCell) -> None:
        """Take the proposals of a cell out of what is proposed."""
        known = self._proposal
        assert known is not None, "somebody is proposed"
        left = [one for one in known.proposed if (one.post, one.slot) != (row.post, cell.slot)]
        self._proposal = replace(known, proposed=tuple(left)) if left else None
        self._span = self._about()
        self._paint()

    # --- a week, a cell ------------------------------------------------------------------------

    def _copy(self) -> None:
        """The week before that of the focused day is planned once more."""
        target = self._about().about
        source = target - timedelta(days=DAYS)
        try:
            changed = service.copy_week(self._desk, source, target, self._posts)
        except Fault as fault:
            tell_fault(self._page, "没有复制", fault)
            return
        self._span = self._about()
        _tell_copied(self._page, self._desk, changed, target)

    def _in_cell(self, wanted: str) -> None:
        focused = self._card.grid.focused()
        if focused is None:
            return
        row, cell = focused
        if wanted == looks.TAKE_AWAY and cell.proposed:
            self._drop(row, cell)
            return
        deeds: Mapping[str, Callable[[GridRow, GridCell], None]] = {
            looks.ASSIGN: self.cells.assign,
            looks.TAKE_AWAY: self.cells.take_away,
            looks.DONE: self.cells.note_done,
            looks.ABSENT: self.cells.note_absent,
            looks.MOVE: self.cells.move,
        }
        if wanted in deeds:
            deeds[wanted](row, cell)


def _tell_copied(page: Page, desk: Desk, changed: Changed[Copied], target: date) -> None:
    """What was planned as last week, and what could not be."""
    copied = changed.value
    if copied.shifts:
        page.tell_changed(changed, f"已照上周排 {len(copied.shifts)} 班")
    if not copied.left_out:
        if not copied.shifts:
            tell(page, "没有可以照排的班", "上一周没有排过班。")
        return

    def work(_job: Job) -> list[str]:
        return not_carried_over(desk, copied, target)

    def known(lines: list[str]) -> None:
        if lines:
            tell(page, f"有 {len(lines)} 班没有照排", told(lines))
        elif not copied.shifts:
            tell(page, "没有可以照排的班", "上一周的班，这一周都已经排好了。")

    page.in_background("照上周排班", work, known)


def _turns(roster: Roster | None, span: Span, person: Uid) -> str:
    """How often somebody is on duty in what is shown: 这一周 2 班."""
    found = sum(
        one.person == person and one.holding
        for row in (roster.rows if roster is not None else ())
        for cell in row.cells
        for duty in cell.slots
        for one in duty.people
    )
    return f"{'这一周' if span.by_week else '这个月'} {found} 班"
