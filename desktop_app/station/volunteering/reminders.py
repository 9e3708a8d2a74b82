"""What 前台 is reminded of about volunteers: hours left open, places free, papers due. No Qt."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from desktop_app.core.rights import Right
from desktop_app.core.workdays import WorkCalendar
from desktop_app.ledgers.party import service as party
from desktop_app.ledgers.party.rules.member import MemberFilter, MemberState
from desktop_app.ledgers.posts import service as posts
from desktop_app.ledgers.posts.rules.listing import PostFilter
from desktop_app.ledgers.service import service
from desktop_app.ledgers.service.rules.entry import ENTRY_WORKDAYS
from desktop_app.ledgers.service.rules.listing import ServiceFilter
from desktop_app.ledgers.service.rules.service_record import ServiceState
from desktop_app.registers.volunteers import service as volunteers
from desktop_app.registers.volunteers.rules.listing import (
    BIRTHDAY_DAYS,
    INSURANCE_DAYS,
    Soon,
    VolunteerFilter,
)
from desktop_app.registers.working_days.service import calendar
from desktop_app.station.co_building.service import Reminder
from desktop_app.storage.session import Desk


def reminders(desk: Desk) -> tuple[Reminder, ...]:
    """The most pressing first; empty for who may not read. Names nobody: the counter is public."""
    if not desk.actor.may(Right.READ):
        return ()
    return (*_of_service(desk), *_of_people(desk))


def _of_service(desk: Desk) -> Iterator[Reminder]:
    forgotten = ServiceFilter(forgotten=True)
    if total := service.page(desk, forgotten, size=1).total:
        yield Reminder(f"志愿服务忘了签退 {total} 条", "service", forgotten)
    old = ServiceFilter(
        state=ServiceState.TO_CONFIRM, until=last_overdue(calendar(desk), desk.today)
    )
    if total := service.page(desk, old, size=1).total:
        words = f"志愿服务超过{ENTRY_WORKDAYS}个工作日没有确认 {total} 条"
        yield Reminder(words, "service", old)


def _of_people(desk: Desk) -> Iterator[Reminder]:
    today = desk.today
    expiring = volunteers.insurance_expiring(desk, today + timedelta(days=INSURANCE_DAYS))
    if expiring:
        words = f"志愿者保险{INSURANCE_DAYS}天内到期 {len(expiring)} 人"
        if gone := sum(one.until < today for one in expiring):
            words += f"，其中已到期 {gone} 人"
        yield Reminder(words, "volunteers", VolunteerFilter(soon=Soon.INSURANCE))
    if free := posts.vacancies(desk):
        words = f"岗位有空缺，有人候补 {len(free)} 个"
        yield Reminder(words, "posts", PostFilter(vacant=True))
    if total := party.without_feedback(desk, most=1).total:
        quarter = party.last_quarter(desk)
        wanted = MemberFilter(state=MemberState.REPORTED, without_feedback=quarter)
        yield Reminder(f"{_said(quarter)}在职党员反馈表未做 {total} 份", "party", wanted)
    born = volunteers.birthdays(desk, today, today + timedelta(days=BIRTHDAY_DAYS - 1))
    if born:
        words = f"{BIRTHDAY_DAYS}天内过生日的志愿者 {len(born)} 人"
        yield Reminder(words, "volunteers", VolunteerFilter(soon=Soon.BIRTHDAY))


def _said(quarter: str) -> str:
    """2026-Q3 as it is spoken: 第3季度."""
    return f"第{quarter[-1]}季度"


def last_overdue(work: WorkCalendar, today: date) -> date:
    """The latest day that lies more than ten working days back."""
    day = today - timedelta(days=ENTRY_WORKDAYS + 1)
    while work.workdays_between(day, today) <= ENTRY_WORKDAYS:
        day -= timedelta(days=1)
    return day
