"""Planning: one activity, a copy of an earlier one, last month's once more, a whole series."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from desktop_app.core.changes import Changed, Undo, changed
from desktop_app.core.errors import Conflict, UserError
from desktop_app.core.ids import Uid
from desktop_app.core.periods import Period, PeriodKind
from desktop_app.core.record import altered
from desktop_app.core.rights import Right
from desktop_app.core.workdays import WorkCalendar
from desktop_app.ledgers.activities import store
from desktop_app.ledgers.activities.record import KIND
from desktop_app.ledgers.activities.rules.activity import (
    NUMBER_SERIES,
    Activity,
    ActivityState,
    Every,
    Repeat,
)
from desktop_app.ledgers.activities.rules.entry import (
    ActivityForm,
    Register,
    checked,
    form_of,
    planned,
    refuse_other_day,
)
from desktop_app.ledgers.activities.rules.entry import changed as changed_plan
from desktop_app.ledgers.activities.rules.listing import MonthCopy
from desktop_app.ledgers.activities.rules.series import (
    checked_repeat,
    day_of,
    month_after,
    moved_to,
    same_weekday,
)
from desktop_app.ledgers.activities.rules.steps import refuse_unless_editable
from desktop_app.ledgers.activities.service.parts import back, count, moment, seen
from desktop_app.registers.working_days.service import calendar
from desktop_app.storage.numbering import next_number
from desktop_app.storage.session import Desk, Unit

_LABELS = {field.name: field.label for field in KIND.fields}

Made = tuple[Activity, ...]


Beside = Callable[[Unit], None]
"""What else is written in the same unit of work, such as a half-filled form that goes."""


def plan(desk: Desk, form: ActivityForm, *, beside: Beside | None = None) -> Changed[Activity]:
    """Write an activity down; one of an earlier day is marked 补录.

    Raises `InvalidInput` with every problem of the form.
    """
    with desk.unit_of_work("登记活动", needs=Right.HANDLE) as unit:
        made = plan_in(unit, form)
        if beside is not None:
            beside(unit)
        unit.about(made.number, "补录" if made.late_entry else "")
    undo = Undo("撤销登记", _taking_back((made,)))
    return changed(KIND.name, made.uid, made, undo=undo)


def plan_in(unit: Unit, form: ActivityForm, **more: Any) -> Activity:
    """Write an activity down as part of a unit of work; `more` are further fields."""
    now = moment(unit)
    tidy = checked(form, now.today)
    assert tidy.day is not None, "checked"
    register = Register(
        unit.new_uid(),
        unit.station.code,
        next_number(unit, tidy.day.year, series=NUMBER_SERIES),
    )
    return store.SHELF.put(unit, planned(tidy, register, now, unit.zone, **more))


def change(
    desk: Desk, uid: Uid, revision: int, form: ActivityForm, *, beside: Beside | None = None
) -> Changed[Activity]:
    """Change the plan; `revision` is that of the activity the clerk saw.

    Raises `UserError` when it may not be changed any more, or when people have signed in and the
    date is another.
    """
    with desk.unit_of_work("修改活动", needs=Right.HANDLE) as unit:
        before = seen(unit, uid, revision)
        refuse_unless_editable(before)
        now = moment(unit)
        tidy = checked(form, now.today)
        refuse_other_day(before, tidy, sum(count(unit, before).rows.values()))
        saved = store.SHELF.put(unit, changed_plan(before, tidy, now, unit.zone, _LABELS))
        if beside is not None:
            beside(unit)
        unit.about(saved.number, saved.steps[-1].words)
    return changed(KIND.name, uid, saved, undo=Undo("撤销修改", back(before, saved, Right.HANDLE)))


# --- copies --------------------------------------------------------------------------------------


def copy(desk: Desk, uid: Uid, day: date | None = None) -> Changed[Activity]:
    """Plan the same activity once more, on `day` or on the same weekday of the next month.

    What, where and by whom is copied; who came and what came of it is not.
    """
    with desk.unit_of_work("复制活动", needs=Right.HANDLE) as unit:
        source = store.SHELF.need(unit.connection, uid)
        made = _copied(unit, source, day or _a_month_on(source.day))
        unit.about(made.number, f"复制自 {source.number}")
    undo = Undo("撤销复制", _taking_back((made,)))
    return changed(KIND.name, made.uid, made, undo=undo)


def copies_for(desk: Desk, month: Period) -> tuple[MonthCopy, ...]:
    """What `copy_month` would copy into a month, each with the day it falls on, in that order."""
    with desk.reading(needs=Right.READ) as connection:
        found = _to_copy(connection, _month_before(month), month)
    copies = [MonthCopy(one, same_weekday(one.day, month.year, month.index)) for one in found]
    return tuple(sorted(copies, key=lambda copy: (copy.day, copy.source.starts_at)))


def copy_month(desk: Desk, month: Period, only: Container[Uid] | None = None) -> Changed[Made]:
    """Plan in a month everything that the month before it had, cancelled ones left out.

    `only` are those of them that are wanted. The second Saturday goes to the second Saturday. What
    has been copied there already is not copied again, so that it may be done twice. Raises
    `UserError` when nothing is left to copy.
    """
    earlier = _month_before(month)
    with desk.unit_of_work("复制上月活动", needs=Right.HANDLE) as unit:
        sources = [
            one
            for one in _to_copy(unit.connection, earlier, month)
            if only is None or one.uid in only
        ]
        if not sources:
            raise UserError(
                f"{earlier.label}没有可以复制的活动，没有改动。",
                "取消的和已经复制过的不再复制；请另行登记。",
                field="month",
            )
        made = tuple(
            _copied(unit, one, same_weekday(one.day, month.year, month.index)) for one in sources
        )
        unit.about(made[0].number, f"{earlier.label}的 {len(made)} 场")
    undo = Undo("撤销复制", _taking_back(made))
    return Changed(frozenset({KIND.name}), tuple(one.uid for one in made), made, undo)


def _month_before(month: Period) -> Period:
    if month.kind is not PeriodKind.MONTH:
        raise UserError("只能按月复制，没有复制。", "请选一个月份。", field="month")
    return month.previous


def _to_copy(connection: store.Connection, earlier: Period, month: Period) -> list[Activity]:
    found = [
        one
        for one in store.whole_between(connection, earlier.first, earlier.last)
        if one.state is not ActivityState.CANCELLED and one.series is None
    ]
    uids = [one.uid for one in found]
    done = store.copies_of(connection, uids, month.first, month.last)
    return [one for one in found if one.uid not in done]


def _copied(unit: Unit, source: Activity, day: date) -> Activity:
    form = moved_to(form_of(source, unit.zone), day)
    return plan_in(unit, replace(form, remark=""), copied_from=source.uid)


def _a_month_on(day: date) -> date:
    return same_weekday(day, *month_after(day.year, day.month, 1))


# --- series --------------------------------------------------------------------------------------


def repeat(
    desk: Desk,
    uid: Uid,
    times: int,
    *,
    every: Every | None = None,
    step: int = 1,
    workdays: bool = False,
) -> Changed[Made]:
    """Plan the next `times` activities of a series, after the last one there is.

    An activity that belongs to no series begins one: `every` and `step` say how it comes back, and
    `workdays` moves days of rest to the next working day. Of a series its own rule counts. Each is
    a copy of this activity; what is cancelled leaves its place empty.
    """
    days = calendar(desk)
    with desk.unit_of_work("生成系列活动", needs=Right.HANDLE) as unit:
        before = store.to_change(unit.connection, uid)
        source = _begun(unit, before, every, step, workdays)
        assert source.repeat is not None, "begun"
        assert source.series is not None, "begun"
        rule = checked_repeat(source.repeat, times)
        last = store.last_of_series(unit.connection, source.series)
        made = _occurrences(unit, source, rule, range(last + 1, last + times + 1), days)
        unit.about(source.number, f"{len(made)} 场，到 {made[-1].day.isoformat()}")
    begun = ((before, source),) if before.revision != source.revision else ()
    undo = Undo("撤销生成", _taking_back(made, begun))
    uids = (uid, *(one.uid for one in made))
    return Changed(frozenset({KIND.name}), uids, made, undo)


def plan_series(
    desk: Desk,
    form: ActivityForm,
    times: int,
    *,
    every: Every,
    step: int = 1,
    workdays: bool = False,
    beside: Beside | None = None,
) -> Changed[Made]:
    """Write an activity down together with the next `times` of the series that it begins."""
    days = calendar(desk)
    with desk.unit_of_work("登记系列活动", needs=Right.HANDLE) as unit:
        first = _begun(unit, plan_in(unit, form), every, step, workdays)
        assert first.repeat is not None, "begun"
        rule = checked_repeat(first.repeat, times)
        made = (first, *_occurrences(unit, first, rule, range(1, times + 1), days))
        if beside is not None:
            beside(unit)
        unit.about(first.number, f"{len(made)} 场，到 {made[-1].day.isoformat()}")
    undo = Undo("撤销登记", _taking_back(made))
    return Changed(frozenset({KIND.name}), tuple(one.uid for one in made), made, undo)


def _occurrences(
    unit: Unit, source: Activity, rule: Repeat, numbers: Iterable[int], works: WorkCalendar
) -> Made:
    form = replace(form_of(source, unit.zone), remark="")
    return tuple(
        plan_in(
            unit,
            moved_to(form, day_of(rule, occurrence, works)),
            series=source.series,
            repeat=rule,
            occurrence=occurrence,
        )
        for occurrence in numbers
    )


def _begun(
    unit: Unit, activity: Activity, every: Every | None, step: int, workdays: bool
) -> Activity:
    """The activity as part of a series, which it may be the first of."""
    if activity.repeat is not None and activity.series is not None:
        return activity
    if every is None:
        raise UserError(
            "还没有选怎么重复，没有生成。",
            "请选每隔几周、每月同一日或每月第几个星期几。",
            field="every",
        )
    rule = Repeat(every, activity.day, step, workdays)
    return store.SHELF.put(
        unit, altered(activity, series=activity.uid, occurrence=0, repeat=checked_repeat(rule, 1))
    )


# --- undo ----------------------------------------------------------------------------------------


def _taking_back(
    made: Sequence[Activity], begun: Sequence[tuple[Activity, Activity]] = ()
) -> Callable[[Desk], Changed[Made]]:
    """Undo of planning: what nobody has touched since goes; otherwise nothing does."""

    def undo(desk: Desk) -> Changed[Made]:
        with desk.unit_of_work("撤销登记活动", needs=Right.HANDLE) as unit:
            gone = tuple(_removed(unit, one) for one in made)
            for before, after in begun:
                store.SHELF.put(unit, altered(before, revision=after.revision))
            unit.about(made[0].number, f"共 {len(made)} 场" if len(made) > 1 else "")
        uids = tuple(one.uid for one in (*made, *(before for before, _ in begun)))
        return Changed(frozenset({KIND.name}), uids, gone)

    return undo


def _removed(unit: Unit, activity: Activity) -> Activity:
    current = store.to_change(unit.connection, activity.uid)
    if current.revision != activity.revision or count(unit, current).listed:
        raise Conflict(KIND.label)
    return store.SHELF.remove(unit, current)
