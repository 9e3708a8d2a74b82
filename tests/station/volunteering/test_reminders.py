"""What the counter is told about volunteers: how many, where it is seen to, and no name."""

from __future__ import annotations

from datetime import date, timedelta

from desktop_app.core.clock import FixedClock
from desktop_app.core.workdays import WorkCalendar
from desktop_app.ledgers.posts import service as posts
from desktop_app.ledgers.posts.rules.claim import ClaimAction
from desktop_app.ledgers.service import service as ledger
from desktop_app.ledgers.service.rules.entry import is_late
from desktop_app.registers.volunteers import service as register
from desktop_app.registers.volunteers.rules.listing import VolunteerFilter
from desktop_app.registers.volunteers.rules.volunteer import Insurance
from desktop_app.station.co_building.service import Reminder
from desktop_app.station.front_desk.ui.reminders import most_pressing
from desktop_app.station.volunteering.reminders import last_overdue, reminders
from desktop_app.storage.session import Desk
from tests.ledgers.party.test_party import reported
from tests.ledgers.posts.builders import on_post, post
from tests.ledgers.service.builders import ZONE, form
from tests.registers.volunteers.helpers import form as volunteer_form
from tests.registers.volunteers.helpers import person, volunteer

TODAY = date(2026, 11, 23)


def said(desk: Desk) -> dict[str, str]:
    return {one.words: one.page for one in reminders(desk)}


def test_nothing_to_remember_is_nothing_said(desk: Desk) -> None:
    assert reminders(desk) == ()


def test_what_is_most_pressing_of_each_kind_comes_before_the_second_of_any() -> None:
    lists = [Reminder(word, "problems", None) for word in ("责任逾期", "协议到期", "协议快到期")]
    helping = [Reminder("忘了签退", "service", None)]
    found = [one.words for one in most_pressing(lists, helping)]
    assert found == ["责任逾期", "忘了签退", "协议到期", "协议快到期"]
    assert most_pressing([], helping) == tuple(helping)


def test_birthdays_and_insurance_are_counted_and_nobody_is_named(desk: Desk) -> None:
    soon = Insurance("志愿者意外险", "", TODAY + timedelta(days=30))
    gone = Insurance("志愿者意外险", "", TODAY - timedelta(days=1))
    one = person(desk, "李慧敏", "13800001111", birth=date(1985, 11, 29))
    two = person(desk, "林志强", "13800002222", birth=date(1985, 11, 30))
    register.add(desk, volunteer_form(one, insurance=soon))
    register.add(desk, volunteer_form(two, insurance=gone))
    assert said(desk) == {
        "志愿者保险30天内到期 2 人，其中已到期 1 人": "volunteers",
        "7天内过生日的志愿者 1 人": "volunteers",
    }


def test_a_reminder_of_people_leads_to_just_those_whom_it_counts(desk: Desk) -> None:
    soon = Insurance("志愿者意外险", "", TODAY + timedelta(days=30))
    later = Insurance("志愿者意外险", "", TODAY + timedelta(days=31))
    born = {"李慧敏": date(1985, 11, 29), "林志强": date(1985, 11, 30), "赖桂英": date(1985, 5, 1)}
    for place, (name, birth) in enumerate(born.items()):
        file = person(desk, name, f"1380000{place:04d}", birth=birth)
        insurance = {"林志强": soon, "赖桂英": later}.get(name)
        register.add(desk, volunteer_form(file, insurance=insurance))
    led = {
        one.words: register.page(desk, one.wanted).rows
        for one in reminders(desk)
        if isinstance(one.wanted, VolunteerFilter)
    }
    assert {words: [line.name for line in rows] for words, rows in led.items()} == {
        "志愿者保险30天内到期 1 人": ["林志强"],
        "7天内过生日的志愿者 1 人": ["李慧敏"],
    }


def test_who_waits_for_a_place_that_is_free_is_remembered(desk: Desk) -> None:
    there = post(desk, quota=1)
    one, two = volunteer(desk, "李慧敏", "13800001111"), volunteer(desk, "林志强", "13800002222")
    held = on_post(desk, there, one)
    posts.claim(desk, there.uid, two.uid, waiting=True)
    assert reminders(desk) == ()

    posts.act_on_claim(desk, held.uid, ClaimAction.END, held.revision, "搬家")
    assert said(desk) == {"岗位有空缺，有人候补 1 个": "posts"}


def test_hours_that_wait_are_remembered_the_most_pressing_first(
    desk: Desk, clock: FixedClock
) -> None:
    who = volunteer(desk)
    ledger.enter(desk, form(who.uid))
    open_one = ledger.sign_in(desk, form(who.uid)).value
    assert open_one.ended_at is None
    assert reminders(desk) == ()
    clock.set(ZONE.at(date(2026, 12, 8), 9))
    words = list(said(desk))
    assert words == ["志愿服务忘了签退 1 条", "志愿服务超过10个工作日没有确认 1 条"]


def test_the_last_overdue_day_is_the_one_before_the_first_in_time() -> None:
    work = WorkCalendar()
    for days in range(40):
        today = TODAY + timedelta(days=days)
        day = last_overdue(work, today)
        assert is_late(day, today, work)
        assert not is_late(day + timedelta(days=1), today, work)


def test_sheets_for_the_units_are_due(desk: Desk) -> None:
    reported(desk)
    assert said(desk) == {"第3季度在职党员反馈表未做 1 份": "party"}
