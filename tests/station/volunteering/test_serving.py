"""Orders, activities and shifts become hours; each points at the other, whatever follows."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from desktop_app.core.clock import FixedClock, Millis, Zone
from desktop_app.core.errors import UserError
from desktop_app.core.ids import Uid
from desktop_app.core.rights import Right
from desktop_app.ledgers.activities import service as activities
from desktop_app.ledgers.activities.rules.activity import Group
from desktop_app.ledgers.activities.rules.attendance import Person
from desktop_app.ledgers.posts import service as posts
from desktop_app.ledgers.posts.rules.shift import Shift, ShiftAction, ShiftState
from desktop_app.ledgers.requests.rules.request import Action, Assignee, AssigneeKind
from desktop_app.ledgers.service import service as ledger
from desktop_app.ledgers.service import store as service_store
from desktop_app.ledgers.service.rules.service_record import (
    ServiceRecord,
    ServiceState,
    Source,
)
from desktop_app.ledgers.service.rules.spans import Overlap
from desktop_app.registers.places import service as places
from desktop_app.registers.places.rules import PlaceKind
from desktop_app.registers.residents import service as residents
from desktop_app.station.volunteering import service
from desktop_app.station.volunteering.assignees import with_uid
from desktop_app.storage.session import Desk
from tests.filling import Filled
from tests.ledgers.activities.builders import held, plan
from tests.ledgers.activities.builders import meeting as meeting_form
from tests.ledgers.posts.builders import plan as plan_shift
from tests.ledgers.posts.builders import post, stored
from tests.ledgers.requests.builders import act, closed, petition, register
from tests.registers.volunteers.helpers import joined, team, volunteer

ZONE = Zone()
TUESDAY = date(2026, 11, 24)


def at(hour: int, minute: int = 0, day: date = date(2026, 11, 23)) -> Millis:
    return ZONE.at(day, hour, minute)


def after(moment: Millis, minutes: int = 1) -> Millis:
    return Millis(moment + minutes * 60_000)


def whole(desk: Desk, uid: Uid) -> ServiceRecord:
    with desk.reading(needs=Right.READ) as connection:
        return service_store.SHELF.need(connection, uid)


# --- an order ------------------------------------------------------------------------------------


def test_an_order_that_is_done_is_a_service_of_who_did_it(desk: Desk, clock: FixedClock) -> None:
    who = volunteer(desk)
    there = team(desk)
    joined(desk, there, who)
    order = closed(desk)
    clock.set(at(18))

    done = service.serve_from_request(desk, order.uid, who.uid, at(14), at(15, 30))

    kept = whole(desk, done.value.uid)
    assert (kept.request, kept.volunteer, kept.minutes) == (order.uid, who.uid, 90)
    assert (kept.title, kept.team, kept.state) == (
        order.title, there.uid, ServiceState.TO_CONFIRM,
    )  # fmt: skip
    assert [one.uid for one in ledger.linked(desk, "request", [order.uid])] == [kept.uid]


def test_two_serve_for_one_order_but_nobody_twice(desk: Desk, clock: FixedClock) -> None:
    one, two = volunteer(desk), volunteer(desk, "林志强", "13800001111")
    order = closed(desk)
    clock.set(at(18))
    service.serve_from_request(desk, order.uid, one.uid, at(14), at(15))
    service.serve_from_request(desk, order.uid, two.uid, at(14), at(15))
    with pytest.raises(UserError, match="已经记过这一次服务"):
        service.serve_from_request(desk, order.uid, one.uid, at(16), at(17))


def test_an_order_that_is_not_done_gives_no_hours(desk: Desk, clock: FixedClock) -> None:
    who, order = volunteer(desk), register(desk)
    clock.set(at(18))
    with pytest.raises(UserError, match="还没有办完"):
        service.serve_from_request(desk, order.uid, who.uid, at(14), at(15))
    with pytest.raises(UserError, match="不是居民的点单"):
        service.serve_from_request(desk, petition(desk).uid, who.uid, at(14), at(15))


# --- an activity ---------------------------------------------------------------------------------


def test_everybody_who_came_as_volunteer_or_member_served(desk: Desk, clock: FixedClock) -> None:
    one, two, three = (
        volunteer(desk, name, f"1380000{number}")
        for name, number in (("李慧敏", 1111), ("林志强", 2222), ("赖建国", 3333))
    )
    made = plan(desk, kind="志愿服务")
    clock.set(made.starts_at)
    for person, group in ((one, Group.VOLUNTEER), (two, Group.PARTY), (three, Group.PUBLIC)):
        activities.sign_in(desk, made.uid, Person(resident=person.resident, group=group))
    activities.sign_in(desk, made.uid, Person(name="过路的人", group=Group.VOLUNTEER))
    clock.set(after(made.ends_at))

    done = service.serve_from_activity(desk, made.uid)

    assert {one_.volunteer for one_ in done.value.records} == {one.uid, two.uid}
    assert [(line.name, line.sentence[:10]) for line in done.value.left_out] == [
        ("过路的人", "不是登记在册的志愿者")
    ]
    kept = [whole(desk, record.uid) for record in done.value.records]
    assert {(record.activity, record.minutes, record.source) for record in kept} == {
        (made.uid, 90, Source.ENTERED)
    }
    assert len({record.attendance for record in kept}) == 2

    with pytest.raises(UserError, match="都没有记成"):
        service.serve_from_activity(desk, made.uid)
    assert done.undo is not None
    done.undo.call(desk)
    assert ledger.linked(desk, "activity", [made.uid]) == []
    assert len(service.serve_from_activity(desk, made.uid).value.records) == 2


@pytest.mark.parametrize("kind", ["主题党日", "三方联席会", "党群议事会"])
def test_meetings_and_party_days_give_no_hours(desk: Desk, clock: FixedClock, kind: str) -> None:
    who = volunteer(desk)
    made = plan(desk, meeting_form(kind=kind))
    clock.set(made.starts_at)
    activities.sign_in(desk, made.uid, Person(resident=who.resident, group=Group.PARTY))
    clock.set(after(made.ends_at))
    for asked in (service.proposed_of_activity, service.serve_from_activity):
        with pytest.raises(UserError, match="不计志愿服务时长"):
            asked(desk, made.uid)


def test_who_serves_elsewhere_at_that_time_is_left_out_and_leaves_no_gap_in_the_numbers(
    desk: Desk, clock: FixedClock
) -> None:
    one, two = volunteer(desk), volunteer(desk, "林志强", "13800001111")
    order = closed(desk)
    made = plan(desk, kind="志愿服务")
    clock.set(made.starts_at)
    for person in (one, two):
        who = Person(resident=person.resident, group=Group.VOLUNTEER)
        activities.sign_in(desk, made.uid, who)
    clock.set(after(made.ends_at))
    first = service.serve_from_request(desk, order.uid, one.uid, made.starts_at, made.ends_at)
    done = service.serve_from_activity(desk, made.uid)
    assert [record.volunteer for record in done.value.records] == [two.uid]
    assert [line.sentence for line in done.value.left_out] == [
        line.sentence for line in done.value.left_out if first.value.number in line.sentence
    ]
    numbers = [int(one_.number[-5:]) for one_ in (first.value, *done.value.records)]
    assert numbers[1] == numbers[0] + 1


def test_the_place_of_the_register_stands_in_the_record(desk: Desk, clock: FixedClock) -> None:
    square = places.add(desk, kind=PlaceKind.COMPOUND, name="青榕雅苑").value
    who = volunteer(desk)
    made = plan(desk, kind="志愿服务", place=square.uid, place_words="")
    clock.set(made.starts_at)
    activities.sign_in(desk, made.uid, Person(resident=who.resident, group=Group.VOLUNTEER))
    clock.set(after(made.ends_at))
    (line,) = service.proposed_of_activity(desk, made.uid)
    assert line.form.place_words == "青榕雅苑"


def test_the_volunteer_of_a_merged_file_is_found(desk: Desk, clock: FixedClock) -> None:
    who = volunteer(desk)
    other = volunteer(desk, "李慧明", "13800001111")
    made = plan(desk, kind="志愿服务")
    clock.set(made.starts_at)
    activities.sign_in(desk, made.uid, Person(resident=who.resident, group=Group.VOLUNTEER))
    clock.set(after(made.ends_at))
    residents.merge(desk, who.resident, other.resident)
    (line,) = service.proposed_of_activity(desk, made.uid)
    assert line.volunteer in (who.uid, other.uid)


# --- a shift -------------------------------------------------------------------------------------


def an_evening(desk: Desk, clock: FixedClock) -> Shift:
    """One evening that is over."""
    planned = plan_shift(desk, post(desk, duties="巡查楼道"), volunteer(desk))
    clock.set(after(planned.ends_at))
    return planned


@pytest.fixture
def shift(filled: Filled) -> Shift:
    """One evening that is over."""
    return filled(an_evening)


def test_a_shift_that_is_over_is_a_service_and_each_names_the_other(
    desk: Desk, shift: Shift
) -> None:
    done = service.serve_from_shift(desk, shift.uid, shift.revision)
    kept, held_shift = whole(desk, done.value.uid), stored(desk, shift)
    assert (kept.shift, kept.post, kept.minutes) == (shift.uid, shift.post, 120)
    assert (kept.title, kept.content) == ("夜间巡逻", "巡查楼道")
    assert (held_shift.service, held_shift.state) == (kept.uid, ShiftState.DONE)
    with pytest.raises(UserError, match="已有服务记录"):
        service.serve_from_shift(desk, shift.uid)


def test_a_void_record_lets_its_shift_go_and_taking_that_back_takes_it_again(
    desk: Desk, shift: Shift
) -> None:
    record = service.serve_from_shift(desk, shift.uid).value
    gone = ledger.void(desk, record.uid, record.revision, "记错了人")
    assert stored(desk, shift).service is None
    assert gone.undo is not None
    gone.undo.call(desk)
    assert stored(desk, shift).service == record.uid


def test_undoing_a_service_lets_its_shift_go(desk: Desk, shift: Shift) -> None:
    done = service.serve_from_shift(desk, shift.uid)
    assert done.undo is not None
    done.undo.call(desk)
    assert stored(desk, shift).service is None
    service.serve_from_shift(desk, shift.uid)


def test_a_record_that_is_corrected_away_from_its_shift_lets_it_go(
    desk: Desk, shift: Shift
) -> None:
    record = service.serve_from_shift(desk, shift.uid).value
    form = ledger.for_editing(desk, record.uid)
    ledger.correct(desk, record.uid, record.revision, replace(form, shift=None))
    assert stored(desk, shift).service is None


def test_two_records_never_stand_for_one_shift(desk: Desk, shift: Shift) -> None:
    service.serve_from_shift(desk, shift.uid)
    form = replace(
        service.proposed_of_shift(desk, shift.uid),
        started_at=after(shift.starts_at, -120),
        ended_at=shift.starts_at,
    )
    with pytest.raises(UserError, match="另一条服务记录"):
        ledger.enter(desk, form)


def test_a_shift_that_is_cancelled_or_not_begun_gives_no_hours(
    desk: Desk, clock: FixedClock
) -> None:
    planned = plan_shift(desk, post(desk), volunteer(desk))
    with pytest.raises(UserError, match="还没有开始"):
        service.serve_from_shift(desk, planned.uid)
    posts.act_on_shift(desk, planned.uid, ShiftAction.CANCEL, planned.revision, "下雨")
    clock.set(after(planned.ends_at))
    with pytest.raises(UserError, match="已经取消"):
        service.serve_from_shift(desk, planned.uid)


def test_the_clerk_may_say_other_times_and_nothing_is_written_when_they_are_taken(
    desk: Desk, shift: Shift
) -> None:
    form = service.proposed_of_shift(desk, shift.uid)
    order = closed(desk)
    service.serve_from_request(
        desk, order.uid, shift.volunteer, shift.starts_at, after(shift.starts_at, 30)
    )
    with pytest.raises(Overlap):
        service.serve_from_shift(desk, shift.uid, None, form)
    assert stored(desk, shift).service is None
    late = replace(form, started_at=after(shift.starts_at, 30))
    assert service.serve_from_shift(desk, shift.uid, None, late).value.minutes == 90


def test_an_activity_names_nobody_else_as_served(desk: Desk, clock: FixedClock) -> None:
    made = held(desk, clock, "陈桂英")
    clock.set(after(made.ends_at))
    with pytest.raises(UserError, match="没有以志愿者或党员身份"):
        service.serve_from_activity(desk, made.uid)


def test_an_order_in_the_hands_of_a_team_is_served_for_that_team(
    desk: Desk, clock: FixedClock
) -> None:
    who, squad = volunteer(desk), team(desk)
    given = with_uid(desk, Assignee(AssigneeKind.TEAM, squad.name))
    assert given.uid == squad.uid
    order = act(desk, register(desk), Action.ACCEPT)
    order = act(desk, order, Action.DISPATCH, assignee=given)
    order = act(desk, order, Action.TAKE, Action.DONE, result="陪同就医")
    clock.set(at(18))
    done = service.serve_from_request(desk, order.uid, who.uid, at(14), at(15))
    assert whole(desk, done.value.uid).team == squad.uid
