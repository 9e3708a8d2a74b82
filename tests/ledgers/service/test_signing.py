"""Signing in and out at the desk: one service at a time, and nothing forgotten is lost."""

from __future__ import annotations

from datetime import timedelta

import pytest

from desktop_app.core.clock import FixedClock
from desktop_app.core.errors import Conflict, NotAllowed, UserError
from desktop_app.core.ids import Uid
from desktop_app.core.record import altered
from desktop_app.core.rights import Actor, Right
from desktop_app.ledgers.service import service
from desktop_app.ledgers.service.rules.entry import ServiceForm
from desktop_app.ledgers.service.rules.service_record import ServiceState, Source
from desktop_app.ledgers.service.rules.steps import ForgottenSignOut
from desktop_app.registers.volunteers.rules.volunteer import VolunteerState
from desktop_app.registers.volunteers.store import SHELF as VOLUNTEERS
from desktop_app.storage.session import Desk
from tests.ledgers.service.builders import ZONE, form, merge, volunteer


def test_who_signs_in_and_out_has_served_the_minutes_between(desk: Desk, clock: FixedClock) -> None:
    who = volunteer(desk)
    begun = service.sign_in(desk, form(who)).value
    assert begun.number == "QR01-F2026A-00001"
    assert (begun.state, begun.source, begun.minutes) == (ServiceState.OPEN, Source.SIGNED, None)
    assert begun.started_at == clock.now()
    clock.advance(2 * 3600 + 59)

    ended = service.sign_out(desk, begun.uid).value
    assert ended.minutes == 120
    assert ended.state is ServiceState.TO_CONFIRM
    assert service.hours_of(desk, who).minutes == 0


def test_the_next_enter_at_the_desk_ends_what_this_person_began(
    desk: Desk, clock: FixedClock
) -> None:
    who = volunteer(desk)
    begun = service.sign_in(desk, form(who)).value
    clock.advance(1800)
    serving = service.serving_of(desk, who)
    assert serving is not None
    assert serving.uid == begun.uid
    assert service.sign_out_of(desk, who).value.minutes == 30
    assert service.serving_of(desk, who) is None
    with pytest.raises(UserError, match="没有签到，不能签退") as told:
        service.sign_out_of(desk, who)
    assert "补录" in told.value.next_step


def test_nobody_signs_in_twice(desk: Desk) -> None:
    who = volunteer(desk)
    service.sign_in(desk, form(who))
    with pytest.raises(UserError, match="正在服务"):
        service.sign_in(desk, form(who))


def test_one_person_under_two_spellings_has_one_time(desk: Desk, clock: FixedClock) -> None:
    who, same = volunteer(desk), volunteer(desk, "张秀蓝")
    service.sign_in(desk, form(same))
    merge(desk, same, who)
    with pytest.raises(UserError, match="正在服务"):
        service.sign_in(desk, form(who))
    clock.advance(3600)
    service.sign_out_of(desk, who)
    again = service.sign_in(desk, form(same)).value
    assert again.volunteer == who


def test_a_sign_out_forgotten_yesterday_is_made_good_first(desk: Desk, clock: FixedClock) -> None:
    who = volunteer(desk)
    forgotten = service.sign_in(desk, form(who)).value
    clock.advance(26 * 3600)
    with pytest.raises(ForgottenSignOut, match="11月23日 周一 09:00 签到后没有签退") as told:
        service.sign_in(desk, form(who))
    assert told.value.record.uid == forgotten.uid
    assert "补签退" in told.value.next_step
    with pytest.raises(UserError, match="超过24小时，没有签退"):
        service.sign_out(desk, forgotten.uid)

    real = ZONE.at(forgotten.day, 11, 30)
    ended = service.finish_forgotten(desk, forgotten.uid, forgotten.revision, real).value
    assert (ended.minutes, ended.source) == (150, Source.ENTERED)
    assert service.sign_in(desk, form(who)).value.state is ServiceState.OPEN


def test_a_service_may_pass_midnight_and_counts_on_the_day_it_began(
    desk: Desk, clock: FixedClock
) -> None:
    who = volunteer(desk)
    clock.advance(13 * 3600)
    begun = service.sign_in(desk, form(who)).value
    clock.advance(4 * 3600)
    ended = service.sign_out(desk, begun.uid).value
    assert ended.minutes == 240
    assert ended.day == desk.today - timedelta(days=1)


def test_a_clock_that_went_back_is_noticed(desk: Desk, clock: FixedClock) -> None:
    begun = service.sign_in(desk, form(volunteer(desk))).value
    clock.advance(-60)
    with pytest.raises(UserError, match="签退时间不晚于签到时间") as told:
        service.sign_out(desk, begun.uid)
    assert "日期和时间" in told.value.next_step


@pytest.mark.parametrize("state", [VolunteerState.PAUSED, VolunteerState.LEFT])
def test_who_is_not_on_the_books_cannot_begin(desk: Desk, state: VolunteerState) -> None:
    who = volunteer(desk)
    with desk.unit_of_work("暂停", needs=Right.HANDLE) as unit:
        VOLUNTEERS.put(unit, altered(VOLUNTEERS.need(unit.connection, who), state=state))
    with pytest.raises(UserError, match=state.label):
        service.sign_in(desk, form(who))
    assert service.enter(desk, form(who)).value.minutes == 120


def test_a_form_without_anybody_or_a_title_says_both(desk: Desk) -> None:
    with pytest.raises(UserError, match=r"还没有选志愿者.*还没有写活动"):
        service.sign_in(desk, ServiceForm())


def test_what_was_signed_by_mistake_is_taken_back(desk: Desk, clock: FixedClock) -> None:
    who = volunteer(desk)
    signed = service.sign_in(desk, form(who))
    assert signed.undo is not None
    signed.undo.call(desk)
    signed = service.sign_in(desk, form(who))
    clock.advance(600)
    out = service.sign_out_of(desk, who)
    assert out.undo is not None
    assert out.undo.call(desk).value.state is ServiceState.OPEN
    with pytest.raises(Conflict):
        out.undo.call(desk)


def test_a_time_that_is_taken_meanwhile_keeps_an_undo_from_doubling_it(
    desk: Desk, clock: FixedClock
) -> None:
    who = volunteer(desk)
    service.sign_in(desk, form(who))
    clock.advance(600)
    out = service.sign_out_of(desk, who)
    clock.advance(60)
    service.sign_in(desk, form(who))
    assert out.undo is not None
    with pytest.raises(UserError, match="重叠"):
        out.undo.call(desk)


def test_who_may_only_look_signs_nobody_in(desk: Desk) -> None:
    who = volunteer(desk)
    reader = Desk(desk.database, Actor(None, "李看", "安全审计员", frozenset({Right.READ})))
    with pytest.raises(NotAllowed):
        service.sign_in(reader, form(who))


def test_a_volunteer_nobody_knows_is_no_bug(desk: Desk) -> None:
    with pytest.raises(UserError, match="没有找到"):
        service.sign_in(desk, form(Uid(int=5)))
