"""At the door: nobody is counted twice, nobody is counted who was not there."""

from __future__ import annotations

from datetime import date
from time import perf_counter

import pytest

from desktop_app.core.clock import FixedClock
from desktop_app.core.errors import Conflict, InvalidInput, UserError
from desktop_app.core.rights import Right
from desktop_app.ledgers.activities import service
from desktop_app.ledgers.activities.rules.activity import ActivityState, Group
from desktop_app.ledgers.activities.rules.attendance import Person, Source
from desktop_app.registers.places import service as places
from desktop_app.registers.places.rules import PlaceKind
from desktop_app.registers.residents import service as residents
from desktop_app.registers.residents.rules import PartyKind
from desktop_app.storage.audit import entries
from desktop_app.storage.session import Desk
from tests.ledgers.activities.builders import (
    HOUR,
    fresh,
    meeting,
    people,
    person,
    plan,
    resident,
    seat,
    sign_in,
    stored_line,
)


def test_the_first_to_sign_in_begins_the_activity(desk: Desk, clock: FixedClock) -> None:
    made = plan(desk)

    done = service.sign_in(desk, made.uid, person())
    second = service.sign_in(desk, made.uid, person("李国强"))

    assert done.kinds == {"attendance", "activities"}
    assert second.kinds == {"attendance"}
    assert fresh(desk, made).state is ActivityState.RUNNING
    row = done.value
    assert (row.arrived_at, row.left_at, row.source) == (clock.now(), None, Source.SIGNED_IN)
    assert sum(people(desk, made).values()) == 2


def test_signing_in_takes_name_unit_phone_and_group_from_the_file(desk: Desk) -> None:
    compound = places.add(desk, kind=PlaceKind.COMPOUND, name="青榕雅苑").value
    file = resident(desk, "张淑芬", compound=compound.uid, party=PartyKind.RETIRED)
    made = plan(desk)

    row = service.sign_in(desk, made.uid, Person(resident=file.uid)).value

    assert (row.name, row.unit, row.group) == ("张淑芬", "青榕雅苑", Group.PARTY)
    assert stored_line(desk, row.uid).phone == "13800005678"
    assert service.attendance_of(desk, made.uid).rows[0].phone == "138****5678"


def test_what_somebody_takes_part_as_is_said_at_the_desk(desk: Desk) -> None:
    file = resident(desk, party=PartyKind.RETIRED)
    made = plan(desk)

    service.sign_in(desk, made.uid, Person(resident=file.uid, group=Group.VOLUNTEER))

    assert people(desk, made)[Group.VOLUNTEER] == 1


def test_nobody_signs_in_twice(desk: Desk) -> None:
    file = resident(desk)
    made = plan(desk)
    service.sign_in(desk, made.uid, Person(resident=file.uid))

    for again in (Person(resident=file.uid), person("陈桂英"), person(phone="13800005678")):
        with pytest.raises(UserError, match="已经签到") as told:
            service.sign_in(desk, made.uid, again)
        assert "陈桂英" not in told.value.words
    assert sum(people(desk, made).values()) == 1


def test_two_of_one_name_are_told_apart_by_unit_or_phone(desk: Desk) -> None:
    made = plan(desk)
    sign_in(desk, made, "张伟", unit="青榕雅苑")
    sign_in(desk, made, "张伟", unit="栖溪里")
    sign_in(desk, made, "李强", phone="13800001111")
    sign_in(desk, made, "李强", phone="13800002222")

    with pytest.raises(UserError, match="不止一位同名"):
        sign_in(desk, made, "张伟")
    assert sum(people(desk, made).values()) == 4


def test_a_merged_file_is_the_same_person(desk: Desk) -> None:
    one, two = resident(desk, "张淑芬"), resident(desk, "张淑芳")
    made = plan(desk)
    service.sign_in(desk, made.uid, Person(resident=two.uid))
    residents.merge(desk, one.uid, two.uid)

    for file in (one, two):
        with pytest.raises(UserError, match="已经签到"):
            service.sign_in(desk, made.uid, Person(resident=file.uid))
    (line,) = service.attended_by(desk, (one.uid, two.uid)).rows
    assert line.number == made.number


def test_who_signed_up_is_found_on_the_sheet(desk: Desk, clock: FixedClock) -> None:
    made = plan(desk)
    opened = service.open_sign_up(desk, made.uid, made.revision).value
    up = service.sign_up(desk, made.uid, person("陈桂英", group=Group.VOLUNTEER)).value
    assert opened.state is ActivityState.OPEN
    with pytest.raises(UserError, match="已经报过名"):
        service.sign_up(desk, made.uid, person("陈桂英"))
    file = resident(desk, "陈桂英")

    row = service.sign_in(desk, made.uid, Person(resident=file.uid)).value

    assert (row.uid, row.resident, row.group) == (up.uid, file.uid, Group.VOLUNTEER)
    assert row.signed_up_at is not None
    assert len(service.attendance_of(desk, made.uid).rows) == 1
    assert service.attendance_of(desk, made.uid).expected == 1


def test_signing_up_is_for_open_activities_and_never_for_meetings(desk: Desk) -> None:
    made, talk = plan(desk), plan(desk, meeting())

    with pytest.raises(UserError, match="不能报名"):
        service.sign_up(desk, made.uid, person())
    with pytest.raises(UserError, match="会议不需要报名"):
        service.open_sign_up(desk, talk.uid, talk.revision)
    with pytest.raises(UserError, match="会议不需要报名"):
        service.sign_up(desk, talk.uid, person())


def test_signing_in_is_for_the_day_of_the_activity(desk: Desk, clock: FixedClock) -> None:
    made = plan(desk)
    later = plan(desk, day=date(2026, 11, 24))
    with pytest.raises(UserError, match="11月24日，今天还不能签到"):
        sign_in(desk, later)
    clock.advance(24 * HOUR)

    with pytest.raises(UserError, match="已经过了") as told:
        sign_in(desk, made)
    assert "补录签到表" in told.value.next_step
    sign_in(desk, later)


def test_over_midnight_it_is_still_the_day_of_the_activity(desk: Desk, clock: FixedClock) -> None:
    made = plan(desk, begins=(22, 0), ends=(0, 30), ends_on=date(2026, 11, 24))
    clock.set(desk.database.zone.at(date(2026, 11, 24), 0, 10))

    row = sign_in(desk, made)
    clock.advance(600)
    out = service.sign_out(desk, row.uid).value

    assert out.minutes == 10


def test_leaving_comes_after_arriving_and_only_once(desk: Desk, clock: FixedClock) -> None:
    made = plan(desk)
    opened = service.open_sign_up(desk, made.uid, made.revision)
    up = service.sign_up(desk, opened.value.uid, person("李国强")).value
    row = sign_in(desk, made)
    with pytest.raises(UserError, match="还没有签到"):
        service.sign_out(desk, up.uid)
    clock.advance(-HOUR)
    with pytest.raises(UserError, match="签退时间早于签到时间"):
        service.sign_out(desk, row.uid)
    clock.advance(2 * HOUR)

    assert service.sign_out(desk, row.uid).value.minutes == 60
    with pytest.raises(UserError, match="已经签退"):
        service.sign_out(desk, row.uid)


def test_who_was_expected_and_did_not_come_has_a_reason(desk: Desk) -> None:
    made = plan(desk)
    service.open_sign_up(desk, made.uid, made.revision)
    away = service.sign_up(desk, made.uid, person("李国强")).value
    with pytest.raises(UserError, match="缺席原因"):
        service.mark_absent(desk, away.uid, " ")

    service.mark_absent(desk, away.uid, "出差")
    here = sign_in(desk, made)

    with pytest.raises(UserError, match="不能记为缺席"):
        service.mark_absent(desk, here.uid, "出差")
    sheet = service.attendance_of(desk, made.uid)
    assert (sheet.expected, sheet.counts.present, sheet.counts.absent) == (2, 1, 1)
    # Who comes after all is no longer absent.
    assert service.sign_in_line(desk, away.uid).value.absent_reason == ""


def test_a_sign_in_is_taken_back_and_with_the_last_one_the_beginning(
    desk: Desk, clock: FixedClock
) -> None:
    made = plan(desk)
    first = service.sign_in(desk, made.uid, person())
    second = service.sign_in(desk, made.uid, person("李国强"))
    assert first.undo is not None
    assert second.undo is not None

    first.undo.call(desk)
    assert fresh(desk, made).state is ActivityState.RUNNING
    second.undo.call(desk)

    assert sum(people(desk, made).values()) == 0
    assert service.sign_in(desk, made.uid, person()).value.present


def test_taking_back_the_only_sign_in_leaves_a_plan(desk: Desk) -> None:
    made = plan(desk)
    only = service.sign_in(desk, made.uid, person())
    assert only.undo is not None

    only.undo.call(desk)

    assert fresh(desk, made).state is ActivityState.PLANNED


def test_a_line_is_put_right_but_never_into_somebody_else(desk: Desk, clock: FixedClock) -> None:
    made = plan(desk)
    clock.advance(HOUR)
    one, other = sign_in(desk, made, "陈桂英"), sign_in(desk, made, "陈桂瑛", unit="栖溪里")
    changed = {"group": Group.PARTY, "left_at": one.arrived_at}

    done = service.change_line(desk, one.uid, one.revision, changed)

    assert (done.value.group, done.value.minutes, done.value.source) == (
        Group.PARTY, 0, Source.LATE,
    )  # fmt: skip
    with pytest.raises(UserError, match="同一个人"):
        service.change_line(desk, other.uid, other.revision, {"name": "陈桂英"})
    with pytest.raises(InvalidInput, match="签退早于签到"):
        service.change_line(desk, other.uid, other.revision, {"left_at": made.starts_at - 1})
    with pytest.raises(UserError, match="不能更正"):
        service.change_line(desk, other.uid, other.revision, {"source": Source.IMPORTED})
    with pytest.raises(Conflict):
        service.change_line(desk, one.uid, one.revision, {"group": Group.PUBLIC})


def test_a_line_that_does_not_belong_there_is_removed_and_comes_back(desk: Desk) -> None:
    made = plan(desk)
    row = sign_in(desk, made)

    done = service.remove_line(desk, row.uid, row.revision)

    assert sum(people(desk, made).values()) == 0
    assert done.undo is not None
    done.undo.call(desk)
    assert sum(people(desk, made).values()) == 1


def test_a_volunteer_at_the_desk_signs_people_in(desk: Desk) -> None:
    made = plan(desk)
    only_registers = frozenset(Right) - {Right.SIGN_IN, Right.READ, Right.REGISTER}
    volunteer = seat(desk, "志愿者小林", without=only_registers)

    assert sign_in(volunteer, made).present


def test_no_name_stands_in_the_audit(desk: Desk) -> None:
    made = plan(desk)
    row = sign_in(desk, made)
    service.sign_out(desk, row.uid)
    service.remove_line(desk, row.uid, row.revision + 1)

    with desk.reading(needs=Right.READ_AUDIT) as connection:
        told = "".join(f"{one.subject}{one.detail}" for one in entries(connection))
    assert "陈桂英" not in told
    assert told.count(made.number) == 4


@pytest.mark.slow
def test_several_people_sign_in_every_second(desk: Desk) -> None:
    made = plan(desk)
    sign_in(desk, made, "热身")
    times = []
    for number in range(60):
        begun = perf_counter()
        sign_in(desk, made, f"居民{number}号人")
        times.append(perf_counter() - begun)

    times.sort()
    assert times[len(times) // 2] < 0.02
