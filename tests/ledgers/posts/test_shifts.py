"""Shifts and the roster: nobody at two places at once, holes, proposals, another week."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from desktop_app.core.clock import FixedClock
from desktop_app.core.errors import Conflict, InvalidInput, UserError
from desktop_app.core.record import altered
from desktop_app.core.rights import Right
from desktop_app.ledgers.posts import service, store
from desktop_app.ledgers.posts.rules.claim import ClaimAction
from desktop_app.ledgers.posts.rules.listing import ShiftFilter
from desktop_app.ledgers.posts.rules.shift import ShiftAction, ShiftState
from desktop_app.ledgers.posts.rules.shift_entry import Clash, ShiftForm
from desktop_app.registers.volunteers import store as volunteers
from desktop_app.storage.session import Desk
from desktop_app.storage.tables import CHANGE
from tests.ledgers.posts.builders import (
    NIGHT,
    TODAY,
    TUESDAY,
    on_post,
    plan,
    post,
    shift_form,
    stored,
    volunteer,
)

A, S = ShiftAction, ShiftState
SUNDAY = date(2026, 11, 29)


def test_a_shift_takes_the_hours_of_its_post(desk: Desk) -> None:
    at, who = post(desk), volunteer(desk)
    done = service.plan(desk, shift_form(at, who))
    made, zone = done.value, desk.database.zone
    assert (made.day, made.state, made.override_reason) == (TUESDAY, S.PLANNED, "")
    assert (made.starts_at, made.ends_at) == (zone.at(TUESDAY, 19), zone.at(TUESDAY, 21))
    assert stored(desk, made) == made
    assert done.undo is not None
    done.undo.call(desk)
    assert service.shifts_page(desk).rows == ()


def test_a_night_ends_on_the_next_day_and_counts_for_the_first(desk: Desk) -> None:
    at, who = post(desk, pattern=NIGHT), volunteer(desk)
    made = plan(desk, at, who, date(2026, 11, 27))
    assert desk.database.zone.day(made.ends_at) == date(2026, 11, 28)
    other = post(desk, name="文明劝导")
    with pytest.raises(Clash, match="11月27日 22:00–次日02:00"):
        plan(desk, other, who, date(2026, 11, 28), starts=(1, 0), ends=(3, 0))


def test_what_is_left_open_is_told_whole(desk: Desk) -> None:
    with pytest.raises(InvalidInput) as wrong:
        service.plan(desk, ShiftForm(starts=(25, 0)))
    assert {one.field for one in wrong.value.problems} == {"post", "volunteer", "day", "starts"}
    free = post(desk, pattern=None)
    with pytest.raises(UserError, match="没有固定时间"):
        plan(desk, free, volunteer(desk))
    with pytest.raises(UserError, match="太远"):
        plan(desk, free, volunteer(desk), date(2062, 11, 24))


def test_nobody_is_at_two_places_at_once_unless_somebody_says_why(desk: Desk) -> None:
    patrol, guiding, who = post(desk), post(desk, name="文明劝导"), volunteer(desk)
    first = plan(desk, patrol, who)
    hours: dict[str, Any] = {"starts": (20, 30), "ends": (22, 0)}
    with pytest.raises(Clash, match=r"“夜间巡逻”（11月24日 19:00–21:00）.*内容都在") as clash:
        plan(desk, guiding, who, **hours)
    assert clash.value.other == first.uid
    assert len(service.shifts_page(desk).rows) == 1
    second = plan(desk, guiding, who, **hours, override="两处相邻，分头照看")
    assert second.override_reason == "两处相邻，分头照看"
    assert "两处相邻" in second.steps[-1].words
    (shown,) = service.roster(desk, TODAY, SUNDAY).clashes
    assert (shown.first, shown.second, shown.reason) == (
        first.uid,
        second.uid,
        "两处相邻，分头照看",
    )
    # What follows directly is no clash, and a reason nobody needs is not kept.
    third = plan(desk, patrol, who, starts=(22, 0), ends=(23, 0), override="以防万一")
    assert third.override_reason == ""


def test_no_reason_helps_to_be_twice_at_one_post(desk: Desk) -> None:
    at, who = post(desk), volunteer(desk)
    plan(desk, at, who)
    with pytest.raises(UserError, match="已经排在这个岗位上"):
        plan(desk, at, who, override="再排一次")


def test_two_spellings_of_one_person_are_one(desk: Desk) -> None:
    patrol, guiding = post(desk), post(desk, name="文明劝导")
    one, other = volunteer(desk, "陈志明"), volunteer(desk, "陈志民")
    early = plan(desk, patrol, other)
    with desk.unit_of_work("合并志愿者", needs=Right.HANDLE) as unit:
        volunteers.SHELF.put(unit, altered(other, merged_into=one.uid))
    with pytest.raises(Clash):
        plan(desk, guiding, one)
    late = plan(desk, guiding, other, date(2026, 11, 25))
    assert late.volunteer == one.uid
    found = service.shifts_of(desk, one.uid, TODAY, SUNDAY)
    assert [line.uid for line in found] == [early.uid, late.uid]


def test_a_shift_is_moved_and_looked_at_anew(desk: Desk) -> None:
    patrol, guiding, who = post(desk), post(desk, name="文明劝导"), volunteer(desk)
    plan(desk, patrol, who)
    made = plan(desk, guiding, who, override="两处相邻")
    away = service.move(desk, made.uid, made.revision, ShiftForm(starts=(21, 0), ends=(22, 0)))
    assert away.value.override_reason == ""
    with pytest.raises(Clash):
        service.move(desk, made.uid, away.value.revision, ShiftForm(starts=(20, 0)))
    assert away.undo is not None
    back = away.undo.call(desk).value
    assert (back.starts_at, back.override_reason) == (made.starts_at, "两处相邻")
    other = volunteer(desk, "李慧敏")
    moved = service.move(desk, made.uid, back.revision, ShiftForm(volunteer=other.uid), "临时有事")
    assert (moved.value.volunteer, moved.value.starts_at) == (other.uid, made.starts_at)
    assert (moved.value.override_reason, moved.value.steps[-1].words) == ("", "临时有事")
    with pytest.raises(UserError, match="没有任何改动"):
        service.move(desk, made.uid, moved.value.revision, ShiftForm())


def test_who_came_who_did_not_and_who_was_noted_wrongly(desk: Desk, clock: FixedClock) -> None:
    patrol, guiding, who = post(desk), post(desk, name="文明劝导"), volunteer(desk)
    made = plan(desk, patrol, who)
    with pytest.raises(UserError, match="还没有到"):
        service.act_on_shift(desk, made.uid, A.DONE, made.revision)
    with pytest.raises(UserError, match="取消的原因"):
        service.act_on_shift(desk, made.uid, A.CANCEL, made.revision)
    clock.advance(86_400)
    absent = service.act_on_shift(desk, made.uid, A.ABSENT, made.revision, "请假").value
    assert absent.state is S.ABSENT
    # Free for another post then; and where that is so, coming back needs a reason.
    plan(desk, guiding, who)
    with pytest.raises(Clash, match="文明劝导"):
        service.act_on_shift(desk, made.uid, A.DONE, absent.revision)
    done = service.act_on_shift(desk, made.uid, A.DONE, absent.revision, override="先后到两处")
    assert (done.value.state, done.value.override_reason) == (S.DONE, "先后到两处")
    with pytest.raises(UserError, match=r"已到岗.*不能“取消排班”"):
        service.act_on_shift(desk, made.uid, A.CANCEL, done.value.revision, "误排")
    with pytest.raises(Conflict):
        service.act_on_shift(desk, made.uid, A.ABSENT, absent.revision)


def test_a_whole_evening_is_noted_at_once_or_not_at_all(desk: Desk, clock: FixedClock) -> None:
    at = post(desk)
    shifts = [plan(desk, at, volunteer(desk, name)) for name in ("陈志明", "李慧敏")]
    uids = [one.uid for one in shifts]
    with pytest.raises(UserError, match="还没有到"):
        service.act_on_shifts(desk, uids, A.DONE)
    clock.advance(86_400)
    assert {one.state for one in service.act_on_shifts(desk, uids, A.DONE).value} == {S.DONE}
    with pytest.raises(UserError):
        service.act_on_shifts(desk, [*uids, desk.database.new_uid()], A.ABSENT)
    assert len(service.shifts_page(desk, ShiftFilter(state=S.DONE)).rows) == 2


def test_a_cancelled_shift_comes_back_only_where_the_person_is_still_free(desk: Desk) -> None:
    patrol, guiding, who = post(desk), post(desk, name="文明劝导"), volunteer(desk)
    made = plan(desk, patrol, who)
    off = service.act_on_shift(desk, made.uid, A.CANCEL, made.revision, "下雨")
    elsewhere = service.plan(desk, shift_form(guiding, who))
    assert off.undo is not None
    with pytest.raises(Clash):
        off.undo.call(desk)
    assert elsewhere.undo is not None
    elsewhere.undo.call(desk)
    assert off.undo.call(desk).value.state is S.PLANNED


def test_a_shift_is_kept_within_the_days_of_its_post(desk: Desk) -> None:
    at, who = post(desk, until_on=date(2026, 11, 30)), volunteer(desk)
    for day in (date(2026, 11, 20), date(2026, 12, 1)):
        with pytest.raises(UserError, match="2026-11-23至2026-11-30"):
            plan(desk, at, who, day)
    assert plan(desk, at, who, date(2026, 11, 30)).day == date(2026, 11, 30)


def test_minutes_are_linked_and_an_absence_then_refused(desk: Desk) -> None:
    at, who, minutes = post(desk), volunteer(desk), desk.database.new_uid()
    made = plan(desk, at, who, TODAY)
    with desk.unit_of_work("签退", needs=Right.HANDLE) as unit:
        near = store.shift_at(unit.connection, [who.uid], made.starts_at)
        assert near is not None
        linked = service.link_service_in(unit, near.uid, minutes, "QR01-F2026A-00001")
        assert store.with_service(unit.connection, minutes) == [linked]
    assert (linked.state, linked.service) == (S.DONE, minutes)
    with pytest.raises(UserError, match="已有服务记录"):
        service.act_on_shift(desk, made.uid, A.ABSENT, linked.revision)
    with desk.unit_of_work("作废服务记录", needs=Right.HANDLE) as unit:
        assert service.unlink_service_in(unit, made.uid, "作废").service is None


def test_the_roster_tells_who_is_there_and_how_many_lack(desk: Desk, clock: FixedClock) -> None:
    patrol, who = post(desk), volunteer(desk)
    post(desk, name="还没开始", from_on=date(2027, 1, 1))
    made = plan(desk, patrol, who)
    found = service.roster(desk, TODAY, SUNDAY)
    (row,) = found.rows
    assert (len(found.days), row.name, row.pattern_words) == (
        7,
        "夜间巡逻",
        "周一至周五 19:00–21:00",
    )
    assert [cell.holes for cell in row.cells] == [2, 1, 2, 2, 2, 0, 0]
    (person,) = row.cells[1].slots[0].people
    assert (person.shift, person.name, person.number) == (made.uid, "陈志明", who.number)
    assert found.holes == 9
    assert service.on_duty(desk) == ()
    clock.set(made.starts_at)
    assert [one.name for one in service.on_duty(desk)] == ["陈志明"]
    clock.set(made.ends_at)
    assert service.on_duty(desk) == ()
    with pytest.raises(UserError, match="100天"):
        service.roster(desk, TODAY, date(2027, 11, 23))


def test_a_proposal_fills_in_turns_and_only_with_who_is_on_duty_and_fit(desk: Desk) -> None:
    patrol, guiding = post(desk, needs_insurance=True), post(desk, name="文明劝导", quota=1)
    insured = [
        volunteer(desk, name, insured_until=date(2026, 11, day))
        for name, day in (("陈志明", 30), ("李慧敏", 25))
    ]
    for who in insured:
        on_post(desk, patrol, who)
    on_post(desk, guiding, insured[0])
    service.claim(desk, guiding.uid, volunteer(desk, "黄国栋").uid, waiting=True)
    plan(desk, guiding, insured[0])
    found = service.fill(desk, TODAY, SUNDAY, [patrol.uid])
    by_day = {
        day: [one.volunteer for one in found if one.slot.day == day]
        for day in (TODAY, TUESDAY, date(2026, 11, 26))
    }
    assert set(by_day[TODAY]) == {who.uid for who in insured}
    assert by_day[TUESDAY] == [insured[1].uid]
    assert by_day[date(2026, 11, 26)] == [insured[0].uid]
    saved = service.accept(desk, found)
    assert service.roster(desk, TODAY, SUNDAY).clashes == ()
    assert service.fill(desk, TODAY, SUNDAY, [patrol.uid]) == ()
    assert saved.undo is not None
    saved.undo.call(desk)
    assert service.fill(desk, TODAY, SUNDAY, [patrol.uid]) == found
    with pytest.raises(UserError, match="没有可以排的班"):
        service.accept(desk, ())


def test_an_old_proposal_is_refused_whole(desk: Desk) -> None:
    patrol, guiding, who = post(desk, quota=1), post(desk, name="文明劝导"), volunteer(desk)
    on_post(desk, patrol, who)
    found = service.fill(desk, TODAY, SUNDAY)
    plan(desk, guiding, who, date(2026, 11, 26))
    with pytest.raises(Clash):
        service.accept(desk, found)
    assert len(service.shifts_page(desk).rows) == 1


def test_a_week_is_carried_over_but_for_what_cannot_be(desk: Desk) -> None:
    patrol, guiding = post(desk), post(desk, name="文明劝导")
    one, other = volunteer(desk, "陈志明"), volunteer(desk, "李慧敏")
    plan(desk, patrol, one)
    left_out = plan(desk, patrol, other)
    plan(desk, patrol, one, date(2026, 11, 27), starts=(22, 0), ends=(1, 0))
    plan(desk, guiding, other, date(2026, 12, 1))
    done = service.copy_week(desk, TUESDAY, date(2026, 12, 2), [patrol.uid])
    assert sorted(one.day for one in done.value.shifts) == [
        date(2026, 12, 1),
        date(2026, 12, 4),
    ]
    late = max(done.value.shifts, key=lambda one: one.day)
    assert late.ends_at - late.starts_at == 3 * 3_600_000
    assert [(one.shift, "文明劝导" in one.sentence) for one in done.value.left_out] == [
        (left_out.uid, True)
    ]
    again = service.copy_week(desk, TODAY, date(2026, 12, 2), [patrol.uid]).value
    assert (again.shifts, len(again.left_out)) == ((), 3)
    assert done.undo is not None
    done.undo.call(desk)
    with pytest.raises(UserError, match="同一周"):
        service.copy_week(desk, TODAY, SUNDAY)


def test_who_is_forgotten_leaves_days_and_states_and_that_a_clash_was_allowed(desk: Desk) -> None:
    patrol, guiding, who = post(desk), post(desk, name="文明劝导"), volunteer(desk)
    claim = service.claim(desk, patrol.uid, who.uid).value
    service.act_on_claim(desk, claim.uid, ClaimAction.REFUSE, claim.revision, "家中有病人")
    plan(desk, patrol, who)
    made = plan(desk, guiding, who, override="陪同家人")
    assert service.forget_words(desk, [who.uid]).value == 3
    after = stored(desk, made)
    assert (after.override_reason, after.day, after.state) == (
        service.FORGOTTEN,
        TUESDAY,
        S.PLANNED,
    )
    with desk.reading(needs=Right.READ) as connection:
        texts = [str(row) for row in connection.execute(CHANGE.select()).mappings()]
        texts += [str(stored(desk, claim)), str(after)]
    assert not any(word in text for text in texts for word in ("陪同家人", "家中有病人"))
