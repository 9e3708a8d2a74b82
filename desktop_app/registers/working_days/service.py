"""The station's calendar: change a day, take the change back, count with what is left."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from desktop_app.core.changes import Changed, Undo, changed
from desktop_app.core.errors import UserError
from desktop_app.core.ids import Uid
from desktop_app.core.rights import Right
from desktop_app.core.workdays import WorkCalendar
from desktop_app.registers.working_days import store
from desktop_app.registers.working_days.record import KIND
from desktop_app.registers.working_days.rules import (
    DayOverride,
    MonthDay,
    checked_override,
    days_of_month,
)
from desktop_app.storage.session import Desk, Unit


def calendar(desk: Desk) -> WorkCalendar:
    """The calendar to count limits with, as it stands now.

    It is built once for each state of the changed days, so asking costs one small query; what
    another desk of the hall has changed counts at once.
    """
    with desk.reading(needs=Right.READ) as connection:
        return _calendar_of(store.plain(connection, desk.database.station.code))


def set_day(desk: Desk, day: date, is_workday: bool, reason: str = "") -> Changed[DayOverride]:
    """Say that the station works on a day, or rests, whatever the national calendar says."""
    label = "设为上班日" if is_workday else "设为休息日"
    with desk.unit_of_work(label, needs=Right.MANAGE_STATION) as unit:
        before = store.of_day(unit.connection, unit.station.code, day)
        saved = enter(unit, day, is_workday, reason)
    undo = Undo("撤销设置", _forgetting(saved)) if before is None else _back_to(before, saved)
    return changed(KIND.name, saved.uid, saved, undo=undo)


def enter(unit: Unit, day: date, is_workday: bool, reason: str = "") -> DayOverride:
    """Save what the station says of a day: part of a unit of work."""
    before = store.of_day(unit.connection, unit.station.code, day)
    if before is None:
        draft = DayOverride(
            uid=unit.new_uid(),
            station=unit.station.code,
            day=day,
            is_workday=is_workday,
            reason=reason,
        )
    else:
        draft = replace(before, is_workday=is_workday, reason=reason)
    saved = store.SHELF.put(unit, checked_override(draft))
    unit.about(day.isoformat(), saved.reason)
    return saved


def overrides(desk: Desk, first: date, last: date) -> list[DayOverride]:
    """What the station says of the days from `first` to `last`, both included, in their order."""
    with desk.reading(needs=Right.READ) as connection:
        known = store.between(connection, desk.database.station.code, first, last)
    return [known[day] for day in sorted(known)]


def get(desk: Desk, uid: Uid) -> DayOverride:
    """One changed day; `UserError` when there is none."""
    with desk.reading(needs=Right.READ) as connection:
        return store.SHELF.need(connection, uid)


def clear_day(desk: Desk, day: date) -> Changed[DayOverride]:
    """Let the national calendar count for a day again."""
    with desk.unit_of_work("恢复国家日历", needs=Right.MANAGE_STATION) as unit:
        known = store.of_day(unit.connection, unit.station.code, day)
        if known is None:
            raise UserError("这一天没有单独设置过，没有改动。", "请选择有标记的日期。", field="day")
        gone = store.SHELF.remove(unit, known)
        unit.about(day.isoformat(), known.reason)

    def set_again(desk: Desk) -> Changed[DayOverride]:
        again = set_day(desk, known.day, known.is_workday, known.reason)
        return replace(again, undo=None)

    return changed(KIND.name, gone.uid, gone, undo=Undo("撤销恢复", set_again))


def month(desk: Desk, year: int, number: int) -> tuple[MonthDay, ...]:
    """Every day of a month for the calendar screen."""
    first = date(year, number, 1)
    with desk.reading(needs=Right.READ) as connection:
        overrides = store.between(
            connection, desk.database.station.code, first, first + timedelta(days=30)
        )
    return days_of_month(year, number, overrides)


@lru_cache(maxsize=8)
def _calendar_of(overrides: tuple[tuple[date, bool], ...]) -> WorkCalendar:
    return WorkCalendar(dict(overrides))


def _back_to(before: DayOverride, saved: DayOverride) -> Undo:
    """Undo of a change: the day as it was set before, unless somebody set it again."""

    def restore(desk: Desk) -> Changed[DayOverride]:
        with desk.unit_of_work("撤销日历改动", needs=Right.MANAGE_STATION) as unit:
            again = store.SHELF.put(unit, replace(before, revision=saved.revision))
            unit.about(before.day.isoformat())
        return changed(KIND.name, again.uid, again)

    return Undo("撤销设置", restore)


def _forgetting(saved: DayOverride) -> Any:
    def remove(desk: Desk) -> Changed[DayOverride]:
        with desk.unit_of_work("撤销日历设置", needs=Right.MANAGE_STATION) as unit:
            gone = store.SHELF.remove(unit, saved)
            unit.about(saved.day.isoformat())
        return changed(KIND.name, gone.uid, gone)

    return remove
