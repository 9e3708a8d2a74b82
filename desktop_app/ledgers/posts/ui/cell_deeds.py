"""What is done in one cell of the roster: somebody is planned, taken off, moved, noted as there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Slot

from desktop_app.core.changes import Changed
from desktop_app.core.errors import Fault
from desktop_app.core.ids import Uid
from desktop_app.core.job import Job
from desktop_app.core.wording import list_day
from desktop_app.ledgers.posts import service
from desktop_app.ledgers.posts.rules.claim import ClaimState
from desktop_app.ledgers.posts.rules.listing import ClaimFilter
from desktop_app.ledgers.posts.rules.shift import ShiftAction, ShiftState
from desktop_app.ledgers.posts.rules.shift_entry import Clash, ShiftForm
from desktop_app.ledgers.posts.ui.looks import ABSENT, DONE, DUTY_DEEDS, MOVE, TAKE_AWAY
from desktop_app.ledgers.posts.ui.roster_drag import Held
from desktop_app.ledgers.posts.ui.roster_rows import GridCell, GridRow, Someone
from desktop_app.ledgers.posts.ui.sheets import AssignSheet, MoveSheet, Place, WhySheet
from desktop_app.storage.session import Desk
from desktop_app.widgets.dialogs import choose, tell, tell_fault
from desktop_app.widgets.line_list import LineItem
from desktop_app.widgets.page import Page
from desktop_app.widgets.saving_sheet import SavingSheet

_MOST_CLAIMS = 500
_NOTHING = {
    TAKE_AWAY: "没有可以取消的班",
    DONE: "没有要记到岗的班",
    ABSENT: "没有要记缺勤的班",
    MOVE: "没有可以调的班",
}


class CellDeeds(QObject):
    """`page` is where sheets open and what is told of a change; `turns` says how often somebody is
    on duty in what is shown."""

    def __init__(self, page: Page, desk: Desk, turns: Callable[[Uid], str]) -> None:
        super().__init__(page)
        self._page, self._desk, self._turns = page, desk, turns

    def assign(self, row: GridRow, cell: GridCell) -> None:
        """Enter: who is on duty here; those on the post are offered first."""
        there = [one.person for one in cell.planned]
        place = self._place(row, cell)

        def opened(on_post: Sequence[LineItem]) -> None:
            free = [one for one in on_post if one.uid not in {who.hex for who in there}]
            sheet = AssignSheet(self._page, self._desk, place, free, there)
            self._open(sheet, f"已排班：{row.name} {list_day(cell.day)}")

        self._with_people(row.post, opened)

    def take_away(self, row: GridRow, cell: GridCell) -> None:
        """Delete: a shift that is planned is called off, and why."""

        def picked(one: Someone) -> None:
            call = partial(self._step, one, ShiftAction.CANCEL)
            asked = ("为什么取消", "如：本人有事，已请假")
            self._ask(TAKE_AWAY, row, cell, one, asked, call)

        self._pick(TAKE_AWAY, row, cell, _planned(cell), picked)

    def note_absent(self, row: GridRow, cell: GridCell) -> None:
        """Somebody did not come."""

        def picked(one: Someone) -> None:
            call = partial(self._step, one, ShiftAction.ABSENT)
            asked = ("说明", "如：临时生病，没有来")
            self._ask(ABSENT, row, cell, one, asked, call)

        fits = [one for one in cell.planned if one.state is not ShiftState.ABSENT]
        self._pick(ABSENT, row, cell, fits, picked)

    def note_done(self, row: GridRow, cell: GridCell) -> None:
        """Everybody of the cell who was not noted yet was there."""
        fits = _planned(cell)
        uids = [one.shift for one in fits if one.shift is not None]
        if not uids:
            self._nothing(DONE, row, cell)
            return
        try:
            changed: Changed[Any]
            if len(fits) == 1:
                changed = self._step(fits[0], ShiftAction.DONE, "")
            else:
                changed = service.act_on_shifts(self._desk, uids, ShiftAction.DONE)
        except Fault as fault:
            tell_fault(self._page, "没有记到岗", fault)
            return
        self._page.tell_changed(changed, f"已记到岗 {len(uids)} 人：{row.name}")

    def move(self, row: GridRow, cell: GridCell) -> None:
        """Another day, other hours, another person."""

        def picked(one: Someone) -> None:
            shift = one.shift
            assert shift is not None, "planned"
            place = self._place(row, cell, f"{one.name}　")

            def opened(on_post: Sequence[LineItem]) -> None:
                seen = (shift, one.revision)
                sheet = MoveSheet(self._page, self._desk, seen, place, on_post)
                self._open(sheet, f"已调班：{row.name}")

            self._with_people(row.post, opened)

        self._pick(MOVE, row, cell, _planned(cell), picked)

    @Slot(object, object, object)
    def carry(self, held: Held, row: GridRow, cell: GridCell) -> None:
        """A name was dragged to another cell of its post: 调班, with the reason where the person is
        elsewhere then. Hours that nobody changed stay the shift's own."""
        one = held.who
        assert one.shift is not None, "movable"
        kept = row.hours == held.row.hours
        starts, ends = (None, None) if kept else (row.starts, row.ends)
        days = f"{list_day(held.cell.day)} → {list_day(cell.day)}"
        if held.cell.day == cell.day:
            days = f"{list_day(cell.day)} {row.hours}"
        sentence = f"已调班：{row.name} {one.name} {days}"
        form = ShiftForm(day=cell.day, starts=starts, ends=ends)
        try:
            changed = service.move(self._desk, one.shift, one.revision, form)
        except Clash:
            self._ask_why(held, row, cell, sentence)
        except Fault as fault:
            tell_fault(self._page, "没有调班", fault)
        else:
            self._page.tell_changed(changed, sentence)

    # --- inside --------------------------------------------------------------------------------

    def _ask_why(self, held: Held, row: GridRow, cell: GridCell, sentence: str) -> None:
        """The sheet of 调班 with what was let go, tried once, so that it says what is asked."""
        one = held.who
        assert one.shift is not None, "movable"
        seen, place = (one.shift, one.revision), self._place(row, cell, f"{one.name}　")
        if one.hours is not None and row.hours == held.row.hours:
            place = replace(place, starts=one.hours[0], ends=one.hours[1])

        def opened(on_post: Sequence[LineItem]) -> None:
            sheet = MoveSheet(self._page, self._desk, seen, place, on_post)
            if self._open(sheet, sentence):
                sheet.button("yes").click()

        self._with_people(row.post, opened)

    def _place(self, row: GridRow, cell: GridCell, who: str = "") -> Place:
        told = f"{who}{_where(row, cell)}"
        if cell.holes:
            told += f"　还缺 {cell.holes} 人"
        there = "、".join(one.name for one in cell.planned)
        if there and not who:
            told += f"\n已排：{there}"
        return Place(row.post, row.name, cell.day, row.starts, row.ends, told)

    def _with_people(self, post: Uid, opened: Callable[[Sequence[LineItem]], None]) -> None:
        """Read who is on the post, then open the sheet."""

        def work(_job: Job) -> list[LineItem]:
            wanted = ClaimFilter(post=post, state=ClaimState.ON)
            return [
                LineItem(
                    line.volunteer.hex,
                    line.name or line.volunteer_number,
                    beside=line.volunteer_number,
                    detail=line.phone,
                )
                for line in service.claims_page(self._desk, wanted, size=_MOST_CLAIMS).rows
            ]

        def counted(found: Sequence[LineItem]) -> None:
            opened([replace(one, detail=self._told(one)) for one in reversed(found)])

        self._page.in_background("打开排班", work, counted)

    def _told(self, one: LineItem) -> str:
        return " · ".join(filter(None, ("在岗", self._turns(Uid(one.uid)), one.detail)))

    def _pick(
        self,
        deed: str,
        row: GridRow,
        cell: GridCell,
        people: Sequence[Someone],
        picked: Callable[[Someone], None],
    ) -> None:
        """One of the cell: chosen where there are several."""
        if not people:
            self._nothing(deed, row, cell)
        elif len(people) == 1:
            picked(people[0])
        else:
            by_uid = {one.shift.hex: one for one in people if one.shift is not None}
            items = [LineItem(uid, one.name, detail=one.about) for uid, one in by_uid.items()]
            verb = DUTY_DEEDS[deed].verb
            sheet = choose(self._page, verb, _where(row, cell), items, verb="下一步")
            sheet.picked.connect(lambda uid: picked(by_uid[uid]))

    def _ask(
        self,
        deed: str,
        row: GridRow,
        cell: GridCell,
        one: Someone,
        asked: tuple[str, str],
        call: Callable[[str], Changed[Any]],
    ) -> None:
        verb = DUTY_DEEDS[deed].verb
        told = f"{one.name}　{_where(row, cell)}"
        sheet = WhySheet(self._page, self._desk, verb, told, asked, call)
        self._open(sheet, f"已{verb}：{row.name} {list_day(cell.day)}")

    def _step(self, one: Someone, action: ShiftAction, words: str) -> Changed[Any]:
        assert one.shift is not None, "planned"
        return service.act_on_shift(self._desk, one.shift, action, one.revision, words)

    def _nothing(self, deed: str, row: GridRow, cell: GridCell) -> None:
        there = any(one.state is ShiftState.DONE for one in cell.planned)
        more = "这一格的班已经记过到岗。" if there else "这一格没有已排的班。"
        tell(self._page, _NOTHING[deed], f"{_where(row, cell)}\n{more}")

    def _open(self, sheet: SavingSheet, sentence: str) -> bool:
        if not self._page.isVisible():
            sheet.deleteLater()
            return False
        sheet.taken.connect(lambda changed: self._page.tell_changed(changed, sentence))
        sheet.open()
        return True


def _planned(cell: GridCell) -> list[Someone]:
    return [one for one in cell.planned if one.state is ShiftState.PLANNED]


def _where(row: GridRow, cell: GridCell) -> str:
    return f"{row.name}　{list_day(cell.day)} {row.hours}"
