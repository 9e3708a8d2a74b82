"""A filled paper sheet taken over afterwards: all of it, or nothing and every problem by line."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from desktop_app.core.changes import Changed, Undo
from desktop_app.core.errors import Conflict
from desktop_app.core.ids import Uid
from desktop_app.core.record import altered
from desktop_app.core.rights import Right
from desktop_app.ledgers.activities import store
from desktop_app.ledgers.activities.record import ATTENDANCE, KIND
from desktop_app.ledgers.activities.rules.activity import Action, Activity, ActivityState
from desktop_app.ledgers.activities.rules.attendance import Attendance
from desktop_app.ledgers.activities.rules.sheet import Filled, SheetLine, filled_in
from desktop_app.ledgers.activities.rules.steps import (
    refuse_before_start,
    refuse_unless_editable,
    started,
    with_step,
)
from desktop_app.ledgers.activities.service.half_filled import SHEET, forget_in
from desktop_app.ledgers.activities.service.parts import count, moment, put_back
from desktop_app.ledgers.activities.service.people import known, under_kept_files
from desktop_app.storage.session import Desk, Unit


@dataclass(frozen=True, slots=True)
class SheetDone:
    """What became of a sheet.

    `added` are new lines, `changed` known ones of which the paper told more (who had signed up has
    now arrived, who had arrived now left); `known` are the numbers of lines that told nothing new,
    because their person had signed in at the desk.
    """

    activity: Activity
    added: tuple[Attendance, ...]
    changed: tuple[Attendance, ...]
    known: tuple[int, ...]

    @property
    def words(self) -> str:
        """What is said to whoever typed it."""
        said = f"补录 {len(self.added)} 人"
        if self.changed:
            said += f"，补全 {len(self.changed)} 人"
        if self.known:
            lines = "、".join(str(number) for number in self.known)
            said += f"；第 {lines} 行的人已在窗口签到，没有重复计"
        return said


def fill_in_sheet(desk: Desk, activity: Uid, lines: Sequence[SheetLine]) -> Changed[SheetDone]:
    """Take over a paper sheet; everything on it is marked 补录.

    The same person twice on the sheet is refused with the numbers of both lines; who stands in the
    ledger already is not doubled. Raises `InvalidInput` with every problem, and then keeps nothing.
    """
    with desk.unit_of_work("补录签到表", needs=Right.REGISTER) as unit:
        before = store.to_change(unit.connection, activity)
        after, filled, saved = enter_lines(unit, before, lines)
        forget_in(unit, activity, SHEET)
        unit.about(after.number, f"{len(lines)} 行")
    new = saved[: len(filled.added)]
    done = SheetDone(after, new, saved[len(filled.added) :], tuple(filled.known))
    undo = Undo("撤销补录", _taking_back(filled, saved, before, after))
    uids = (activity, *(row.uid for row in saved))
    return Changed(frozenset({ATTENDANCE.name, KIND.name}), uids, done, undo)


def enter_lines(
    unit: Unit, activity: Activity, lines: Sequence[SheetLine], *, single: bool = False
) -> tuple[Activity, Filled, tuple[Attendance, ...]]:
    """Take over lines as part of a unit of work; answers the activity and the rows as saved, the
    new ones first. `single` is one line that belongs to no sheet."""
    refuse_unless_editable(activity)
    refuse_before_start(activity, Action.FINISH, moment(unit))
    people = [known(unit, line.person) for line in lines]
    told = [replace(line, person=who.person) for line, who in zip(lines, people, strict=True)]
    rows = under_kept_files(store.sheet(unit.connection, activity.uid), people)
    filled = filled_in(activity, rows, told, unit.zone, unit.now, unit.new_uid, single=single)
    put = store.ATTENDANCE_SHELF.put
    saved = tuple(put(unit, row) for row in (*filled.added, *(new for _, new in filled.changed)))
    after = _over(unit, activity, any(row.present for row in saved))
    return after, filled, saved


def _over(unit: Unit, activity: Activity, somebody: bool) -> Activity:
    """Somebody was seen, so it took place; when its time is over it waits for its record."""
    after = started(activity, moment(unit)) if somebody else activity
    if after.state is ActivityState.RUNNING and after.ends_at <= unit.now:
        after = with_step(after, Action.FINISH, moment(unit))
    return after if after is activity else store.SHELF.put(unit, after)


def _taking_back(
    filled: Filled, saved: Sequence[Attendance], before: Activity, after: Activity
) -> Callable[[Desk], Changed[Activity]]:
    """Undo of a sheet: new lines go, the others are as they were.

    An activity that began with the sheet has not begun, unless somebody has done more to it since.
    """

    def undo(desk: Desk) -> Changed[Activity]:
        with desk.unit_of_work("撤销补录签到表", needs=Right.REGISTER) as unit:
            current = store.to_change(unit.connection, before.uid)
            refuse_unless_editable(current)
            _put_back(unit, filled, saved)
            untouched = after is not before and current.revision == after.revision
            if untouched and not sum(count(unit, current).rows.values()):
                current = put_back(unit, before, after)
            unit.about(current.number, f"{len(saved)} 行")
        uids = (before.uid, *(row.uid for row in saved))
        return Changed(frozenset({ATTENDANCE.name, KIND.name}), uids, current)

    return undo


def _put_back(unit: Unit, filled: Filled, saved: Sequence[Attendance]) -> None:
    shelf = store.ATTENDANCE_SHELF
    current = shelf.many(unit.connection, [row.uid for row in saved])
    if any(current[row.uid].revision != row.revision for row in saved):
        raise Conflict(ATTENDANCE.label)
    new = len(filled.added)
    for row in saved[:new]:
        shelf.remove(unit, row)
    for (before, _), row in zip(filled.changed, saved[new:], strict=True):
        shelf.put(unit, altered(before, revision=row.revision))
