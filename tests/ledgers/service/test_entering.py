"""What is over is written down with both times, waits to be confirmed, and is put right before."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from desktop_app.core.clock import Millis
from desktop_app.core.errors import InvalidInput, UserError
from desktop_app.core.ids import Uid
from desktop_app.core.rights import Actor, Right
from desktop_app.core.satisfaction import Satisfaction
from desktop_app.ledgers.service import service
from desktop_app.ledgers.service.rules.entry import (
    ServiceForm,
    checked,
    late_note,
    refuse_hours_of,
)
from desktop_app.ledgers.service.rules.service_record import (
    ServiceRecord,
    ServiceState,
    Source,
)
from desktop_app.ledgers.service.rules.spans import Overlap
from desktop_app.storage.session import Desk
from tests.ledgers.service.builders import DAY, ZONE, at, form, volunteer
from tests.stations import CLERK, MONDAY_MORNING

NEXT = DAY + timedelta(days=1)


def entered(desk: Desk, who: Uid, start: Millis | None = None, end: Millis | None = None) -> Uid:
    return service.enter(desk, form(who, start, end)).value.uid


def test_what_is_over_is_entered_as_such_and_waits(desk: Desk) -> None:
    saved = service.enter(desk, replace(form(volunteer(desk)), excluded_minutes=15)).value
    assert (saved.minutes, saved.day, saved.late) == (105, DAY, False)
    assert (saved.source, saved.state) == (Source.ENTERED, ServiceState.TO_CONFIRM)


def test_a_service_of_more_than_ten_working_days_ago_is_kept_marked_and_told(desk: Desk) -> None:
    who, long_ago = volunteer(desk), DAY - timedelta(days=60)
    late = service.enter(desk, form(who, at(9, day=long_ago), at(10, day=long_ago))).value
    assert late.late
    assert "超期" in late_note(late.late)
    assert "10个工作日" in late.steps[0].words
    assert late_note(False) == ""
    # Monday 23 November is the tenth working day after Monday the 9th, and not the eleventh.
    monday = DAY - timedelta(days=11)
    assert not service.enter(desk, form(who, at(9, day=monday), at(10, day=monday))).value.late


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"ended_at": at(18)}, "不晚于开始时间"),
        ({"ended_at": at(20, day=NEXT)}, "25小时，超过24小时"),
        ({"ended_at": None}, "还没有写结束时间"),
        ({"started_at": None}, "还没有写开始时间"),
        ({"title": "  "}, "还没有写活动"),
        ({"volunteer": None}, "还没有选志愿者"),
        ({"excluded_minutes": 120}, "扣除"),
        ({"ended_at": Millis(MONDAY_MORNING + 1)}, "结束时间还没有到"),
        ({"started_at": at(19, day=DAY.replace(year=1999))}, "开始时间太早"),
        ({"served": -3}, "服务人次不对"),
    ],
)
def test_a_form_that_cannot_be_says_what_is_wrong(change: dict[str, object], said: str) -> None:
    wrong = replace(form(Uid(int=1)), **change)  # type: ignore[arg-type]
    with pytest.raises(InvalidInput, match=said) as told:
        checked(wrong, MONDAY_MORNING, ZONE)
    assert all(problem.next_step for problem in told.value.problems)


def test_the_same_time_twice_needs_a_reason(desk: Desk) -> None:
    who = volunteer(desk)
    first = service.enter(desk, form(who)).value
    again = form(who, at(20), at(22))
    with pytest.raises(Overlap, match=f"{first.number}（11月20日 周五 19:00—21:00）"):
        service.enter(desk, again)
    saved = service.enter(desk, replace(again, overlap_reason="巡逻时顺路走访")).value
    assert saved.overlap_reason == "巡逻时顺路走访"
    assert service.enter(desk, form(volunteer(desk, "李慧敏"), at(20), at(22))).value.minutes == 120


def test_a_day_holds_24_hours_of_one_volunteer(desk: Desk) -> None:
    who = volunteer(desk)
    entered(desk, who, at(12), at(11, day=NEXT))
    with pytest.raises(UserError, match="已记23小时，加上这一条超过24小时"):
        service.enter(desk, form(who, at(9), at(11)))
    entered(desk, who, at(9), at(10))


def test_what_was_written_wrong_is_put_right_until_it_is_confirmed(desk: Desk) -> None:
    uid = entered(desk, volunteer(desk))
    wrong = service.for_editing(desk, uid)
    right = replace(wrong, ended_at=at(20), content="沿河步道巡逻")
    done = service.correct(desk, uid, None, right, "多记了一小时")
    assert done.value.minutes == 60
    assert done.value.steps[-1].words == "结束时间、服务内容：多记了一小时"
    with pytest.raises(UserError, match="没有任何改动"):
        service.correct(desk, uid, None, right)
    assert done.undo is not None
    assert done.undo.call(desk).value.minutes == 120

    service.confirm(desk, uid, None)
    with pytest.raises(UserError, match="已确认，不能“更正”") as told:
        service.correct(desk, uid, None, right)
    assert "退回重核" in told.value.next_step


def test_a_correction_moves_the_day_and_takes_no_time_that_is_taken(desk: Desk) -> None:
    who = volunteer(desk)
    uid = entered(desk, who)
    entered(desk, who, at(8), at(10))
    moved = replace(service.for_editing(desk, uid), started_at=at(9), ended_at=at(11))
    with pytest.raises(Overlap):
        service.correct(desk, uid, None, moved)
    moved = replace(moved, started_at=at(9, day=NEXT), ended_at=at(11, day=NEXT))
    assert service.correct(desk, uid, None, moved).value.day == NEXT


def test_who_still_serves_has_a_start_to_correct_and_no_end(desk: Desk) -> None:
    begun = service.sign_in(desk, form(volunteer(desk))).value
    told = service.for_editing(desk, begun.uid)
    with pytest.raises(UserError, match="还没有签退"):
        service.correct(desk, begun.uid, None, replace(told, ended_at=MONDAY_MORNING))
    late = Millis(MONDAY_MORNING + 1)
    with pytest.raises(UserError, match="开始时间不对"):
        service.correct(desk, begun.uid, None, replace(told, started_at=late))
    earlier = Millis(MONDAY_MORNING - 600_000)
    after = service.correct(desk, begun.uid, None, replace(told, started_at=earlier)).value
    # A time put in by hand is no time of a clock.
    assert (after.started_at, after.source) == (earlier, Source.ENTERED)


# --- confirming -----------------------------------------------------------------------------------


def confirmed(desk: Desk, who: Uid) -> ServiceRecord:
    return service.confirm(desk, entered(desk, who), None).value


def test_minutes_are_hours_of_service_once_they_are_confirmed(desk: Desk) -> None:
    who = volunteer(desk)
    uid = entered(desk, who)
    assert service.hours_of(desk, who).waiting == 1
    done = service.confirm(desk, uid, None)
    saved = done.value
    assert (saved.confirmed_by_name, saved.confirmed_on) == ("王小燕", desk.today)
    hours = service.hours_of(desk, who)
    assert (hours.minutes, hours.times, hours.waiting) == (120, 1, 0)
    assert hours.by_source == {Source.ENTERED: 120}
    assert done.undo is not None
    done.undo.call(desk)
    assert service.hours_of(desk, who).minutes == 0


def test_nobody_confirms_a_service_of_his_own(desk: Desk) -> None:
    uid = entered(desk, volunteer(desk, CLERK.name))
    with pytest.raises(UserError, match="不能由自己确认"):
        service.confirm(desk, uid, None)
    other = Desk(desk.database, Actor(None, "林志强", "站长", frozenset(Right)))
    assert service.confirm(other, uid, None).value.counts


def test_what_still_runs_cannot_be_confirmed(desk: Desk) -> None:
    begun = service.sign_in(desk, form(volunteer(desk))).value
    with pytest.raises(UserError, match="还没有签退，不能确认"):
        service.confirm(desk, begun.uid, None)


def test_a_selection_is_confirmed_as_far_as_it_can_be_and_the_rest_is_told(desk: Desk) -> None:
    people = [volunteer(desk, name) for name in ("张秀兰", "李慧敏", CLERK.name)]
    records = [service.enter(desk, form(who)).value for who in people]
    gone = service.void(desk, entered(desk, people[0], at(9), at(10)), None, "记错了").value
    chosen = [(one.uid, one.revision) for one in (*records, gone)]
    done = service.confirm_many(desk, chosen)
    assert {one.uid for one in done.value.done} == {records[0].uid, records[1].uid}
    told = {one.number: one.words for one in done.value.refused}
    assert "自己" in told[records[2].number]
    assert "作废" in told[gone.number]
    assert done.undo is not None
    done.undo.call(desk)
    assert service.hours_of(desk, people[0]).minutes == 0
    with pytest.raises(UserError, match="一次最多"):
        service.confirm_many(desk, chosen * 100)


def test_a_confirmed_record_goes_back_only_with_a_reason(desk: Desk) -> None:
    who = volunteer(desk)
    uid = confirmed(desk, who).uid
    service.mark_uploaded(desk, uid, None)
    with pytest.raises(UserError, match="还没有写退回的原因"):
        service.return_to_check(desk, uid, None, " ")
    back = service.return_to_check(desk, uid, None, "签退时间有误").value
    assert (back.state, back.uploaded_on) == (ServiceState.TO_CONFIRM, None)
    assert "须同步更正" in back.steps[-1].words
    assert service.hours_of(desk, who).minutes == 0


def test_void_is_for_what_is_not_confirmed_and_keeps_its_number(desk: Desk) -> None:
    who = volunteer(desk)
    uid = confirmed(desk, who).uid
    with pytest.raises(UserError, match="已确认，不能“作废”"):
        service.void(desk, uid, None, "重复")
    service.return_to_check(desk, uid, None, "重复")
    gone = service.void(desk, uid, None, "重复").value
    assert (gone.state, gone.void_reason) == (ServiceState.VOID, "重复")
    assert entered(desk, who) != uid
    with pytest.raises(UserError, match="现在是“作废”"):
        service.confirm(desk, uid, None)


def test_a_void_record_comes_back_only_into_time_that_is_free(desk: Desk) -> None:
    who = volunteer(desk)
    gone = service.void(desk, entered(desk, who), None, "重复")
    entered(desk, who)
    assert gone.undo is not None
    with pytest.raises(Overlap):
        gone.undo.call(desk)


def test_what_people_say_of_it_and_that_the_nation_knows_of_it(desk: Desk) -> None:
    uid = confirmed(desk, volunteer(desk)).uid
    rated = service.rate(desk, uid, None, Satisfaction.SATISFIED, "很耐心").value
    assert (rated.rating, rated.steps[-1].words) == (Satisfaction.SATISFIED, "满意：很耐心")
    with pytest.raises(UserError, match="录入全国系统的日期不对"):
        service.mark_uploaded(desk, uid, None, DAY - timedelta(days=1))
    one = service.mark_many_uploaded(desk, [(uid, rated.revision)]).value
    assert [record.uploaded_on for record in one.done] == [desk.today]


def test_meetings_and_party_days_give_no_hours() -> None:
    with pytest.raises(UserError, match="不计志愿服务时长"):
        refuse_hours_of(True)
    refuse_hours_of(False)


def test_what_names_whom_it_was_for_is_shown_only_on_demand(desk: Desk) -> None:
    told: ServiceForm = replace(form(volunteer(desk)), recipients="陈阿婆", remark="家属不在")
    uid = service.enter(desk, told).value.uid
    shown = service.get(desk, uid)
    assert (shown.recipients, shown.remark) == ("***", "***")
    assert service.read_out(desk, uid, "recipients") == "陈阿婆"
    with pytest.raises(UserError, match="没有遮挡的内容"):
        service.read_out(desk, uid, "title")
