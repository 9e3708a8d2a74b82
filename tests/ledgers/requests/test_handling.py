"""Requests at the desk: registering, steps, merging, correcting, evaluating, undoing."""

from __future__ import annotations

from datetime import date

import pytest

from desktop_app.core.clock import FixedClock
from desktop_app.core.errors import Conflict, InvalidInput, NotAllowed, UserError
from desktop_app.core.origin import Source, Urgency
from desktop_app.core.rights import Right
from desktop_app.core.satisfaction import Satisfaction
from desktop_app.ledgers.requests import service, store
from desktop_app.ledgers.requests.rules.request import (
    Action,
    EnteredFrom,
    Request,
    RequestKind,
    RequestState,
)
from desktop_app.ledgers.requests.rules.steps import StepDetails
from desktop_app.storage.audit import entries
from desktop_app.storage.session import Desk
from tests.ledgers.requests.builders import CLOSING, act, closed, form, register, seat, stored

S = RequestState
MINUTE = 60


def said(request: Request, action: Action) -> list[str]:
    return [step.words for step in request.steps if step.action is action]


# --- registering ---------------------------------------------------------------------------------


def test_a_request_gets_a_number_of_its_own_series(desk: Desk) -> None:
    first, second = register(desk), register(desk)

    assert (first.number, second.number) == ("QR01-S2026A-00001", "QR01-S2026A-00002")
    assert (first.state, first.registered_by_name) == (S.REGISTERED, desk.actor.name)
    assert said(first, Action.REGISTER) == [""]


def test_a_limit_begins_on_the_day_it_was_raised(desk: Desk) -> None:
    made = register(desk, limit_days=3, day=date(2026, 11, 20))

    assert made.late_entry
    assert made.due == date(2026, 11, 25)
    assert register(desk, limit_days=0).due is None


def test_a_registration_is_taken_back_whole_within_ten_minutes(
    desk: Desk, clock: FixedClock
) -> None:
    soon, late = (service.register(desk, form()) for _ in range(2))
    assert soon.undo is not None
    assert late.undo is not None
    soon.undo.call(desk)
    clock.advance(11 * MINUTE)

    with pytest.raises(UserError, match="不能再整条撤销"):
        late.undo.call(desk)

    assert [line.uid for line in service.page(desk).rows] == [late.value.uid]


def test_a_petition_is_counted_and_stands_nowhere(desk: Desk) -> None:
    made = register(desk, petition=True, title="", summary="")

    assert (made.state, made.title, made.name) == (S.CLOSED, "信访渠道告知", "")
    assert service.page(desk).total == 0
    assert service.history(desk, made.uid).allowed == ()
    assert service.figures_between(desk, date(2026, 11, 1), date(2026, 11, 30))["petitions"] == 1


def test_part_of_another_deed_it_is_written_with_it_or_not_at_all(desk: Desk) -> None:
    def both(second: Action) -> None:
        with desk.unit_of_work("转为诉求", needs=Right.REGISTER) as unit:
            made = service.register_in(unit, desk, form())
            service.act_in(unit, desk, made.uid, second)

    with pytest.raises(UserError, match="没有改动"):
        both(Action.TAKE)
    assert service.page(desk).total == 0

    both(Action.ACCEPT)
    assert service.page(desk).rows[0].state is S.ACCEPTED


# --- steps ---------------------------------------------------------------------------------------


def test_the_whole_course_of_an_order(desk: Desk) -> None:
    made = register(desk, kind=RequestKind.ORDER, title="上门量血压")

    done = act(desk, made, Action.ACCEPT, Action.DISPATCH, Action.TAKE, Action.DONE, Action.CLOSE)

    assert (done.state, done.state_words) == (S.CLOSED, "完成")
    assert done.taken_by == "金色家园义诊队"
    assert (done.result, done.call_back) == ("已修好并试亮", "已电话回访，居民认可")
    assert [step.to for step in done.steps] == [
        S.REGISTERED,
        S.ACCEPTED,
        S.DISPATCHED,
        S.DOING,
        S.TO_CALL_BACK,
        S.CLOSED,
    ]


def test_whoever_saw_an_older_one_is_told_and_changes_nothing(desk: Desk) -> None:
    made = register(desk)
    act(desk, made, Action.ACCEPT)

    with pytest.raises(Conflict, match="刚刚被别人改过"):
        service.act(desk, made.uid, Action.ACCEPT, made.revision)

    assert stored(desk, made.uid).revision == 2


def test_a_step_is_undone_and_both_stay_in_the_course(desk: Desk) -> None:
    made = register(desk)
    done = service.act(desk, made.uid, Action.ACCEPT, made.revision)
    assert done.undo is not None

    back = done.undo.call(desk).value

    assert back.state is S.REGISTERED
    assert [step.action for step in back.steps] == [Action.REGISTER, Action.ACCEPT, Action.UNDO]


def test_an_undo_of_what_somebody_went_on_with_is_refused(desk: Desk) -> None:
    made = register(desk)
    done = service.act(desk, made.uid, Action.ACCEPT, made.revision)
    act(desk, made, Action.DISPATCH)
    assert done.undo is not None

    with pytest.raises(Conflict):
        done.undo.call(desk)

    assert stored(desk, made.uid).state is S.DISPATCHED


def test_the_audit_names_the_number_and_never_the_resident(desk: Desk) -> None:
    made = closed(desk)

    with desk.reading(needs=Right.READ) as connection:
        lines = entries(connection, subject=made.number)

    assert [line.action for line in reversed(lines)] == [
        "登记诉求",
        *(f"诉求：{action.label}" for action in CLOSING),
    ]
    assert not any("陈桂英" in line.detail or "楼道灯" in line.detail for line in lines)


def test_who_may_only_register_takes_no_step(desk: Desk) -> None:
    made = register(desk)
    volunteer = seat(desk, "值班志愿者", without=frozenset({Right.HANDLE}))

    with pytest.raises(NotAllowed):
        service.act(volunteer, made.uid, Action.ACCEPT, made.revision)


# --- merging -------------------------------------------------------------------------------------


def merged(desk: Desk, one: Request, into: Request) -> Request:
    now = stored(desk, one.uid)
    return service.merge(desk, now.uid, now.revision, into.uid).value


def test_a_merged_request_keeps_its_residents_thread(desk: Desk) -> None:
    kept = register(desk, name="赖建国")
    gone = register(desk, name="陈桂英", summary="五楼也不亮")

    after = merged(desk, gone, kept)

    assert (after.state, after.merged_into, after.due) == (S.MERGED, kept.uid, None)
    assert (after.name, after.summary) == ("陈桂英", "五楼也不亮")
    shown = service.history(desk, kept.uid)
    assert [one.number for one in shown.merged] == [gone.number]
    assert said(shown.request, Action.JOIN) == [gone.number]
    other = service.history(desk, gone.uid)
    assert other.kept is not None
    assert other.kept.uid == kept.uid
    assert other.allowed == ()


def test_who_was_merged_by_way_of_another_is_found_from_the_last_one(desk: Desk) -> None:
    first, second, third = (register(desk) for _ in range(3))
    merged(desk, first, second)
    merged(desk, second, third)

    found = {one.uid for one in service.history(desk, third.uid).merged}

    assert found == {first.uid, second.uid}


@pytest.mark.parametrize("action", [Action.WITHDRAW, Action.FORWARD])
def test_nobody_is_merged_into_what_has_ended(desk: Desk, action: Action) -> None:
    ended = act(desk, register(desk), action)
    made = register(desk)

    with pytest.raises(UserError, match="已经结束"):
        merged(desk, made, ended)

    assert stored(desk, made.uid) == made


def test_nobody_is_merged_into_himself_or_round_in_a_ring(desk: Desk) -> None:
    one, two = register(desk), register(desk)
    with pytest.raises(InvalidInput, match="合并到哪一条"):
        merged(desk, one, one)
    merged(desk, one, two)
    with pytest.raises(UserError, match="没有改动"):
        merged(desk, two, one)


def test_what_was_merged_by_mistake_goes_on_by_itself(desk: Desk) -> None:
    kept, gone = register(desk), register(desk)
    joined = service.merge(desk, gone.uid, gone.revision, kept.uid)
    act(desk, kept, Action.ACCEPT)
    assert joined.undo is not None

    joined.undo.call(desk)

    assert stored(desk, gone.uid).state is S.REGISTERED
    assert stored(desk, gone.uid).merged_into is None
    assert service.history(desk, kept.uid).merged == ()
    assert said(stored(desk, kept.uid), Action.UNDO) == [f"{gone.number} 不再并入"]
    assert stored(desk, kept.uid).state is S.ACCEPTED


# --- correcting and evaluating -------------------------------------------------------------------


def test_a_correction_names_what_it_changed_and_counts_the_limit_anew(desk: Desk) -> None:
    made = register(desk, limit_days=3)

    done = service.correct(
        desk, made.uid, made.revision, {"limit_days": 5, "urgency": Urgency.URGENT}, "说得更急"
    ).value

    assert done.due == date(2026, 11, 30)
    assert said(done, Action.CORRECT) == ["紧急度、本站时限（工作日）（说得更急）"]


def test_states_and_days_are_not_corrected_but_follow_from_steps(desk: Desk) -> None:
    made = register(desk)
    for field in ("state", "day", "result_of_nobody", "assignee", "dispute_stage"):
        with pytest.raises(UserError, match="不能直接更正"):
            service.correct(desk, made.uid, made.revision, {field: "closed"})


def test_a_correction_goes_through_the_checks_of_the_form(desk: Desk) -> None:
    made = register(desk)
    with pytest.raises(InvalidInput):
        service.correct(desk, made.uid, made.revision, {"title": "打13800005678"})
    with pytest.raises(InvalidInput):
        service.correct(desk, made.uid, made.revision, {"source": Source.ONLINE})
    with pytest.raises(UserError, match="没有改动任何一项"):
        service.correct(desk, made.uid, made.revision, {"title": made.title})


def test_a_resident_evaluates_once_and_only_what_was_done(desk: Desk) -> None:
    made = register(desk)
    screen = EnteredFrom.SECOND_SCREEN
    with pytest.raises(UserError, match="不能评价"):
        service.evaluate(desk, made.uid, Satisfaction.SATISFIED, screen)
    act(desk, made, *CLOSING)

    assert service.evaluate(desk, made.uid, Satisfaction.DISSATISFIED, screen).value is None

    with pytest.raises(UserError, match="已经评价过"):
        service.evaluate(desk, made.uid, Satisfaction.SATISFIED, screen)
    assert service.history(desk, made.uid).evaluated
    with desk.reading(needs=Right.READ) as connection:
        lines = entries(connection, subject=made.number)
    assert not any("满意" in f"{line.action}{line.detail}" for line in lines)


def test_an_external_number_is_found_with_its_platform(desk: Desk) -> None:
    made = register(desk, source=Source.ONLINE, platform="百姓管家", external_number="BX-7")
    register(desk, source=Source.ONLINE, platform="e龙岩", external_number="BX-7")

    with desk.reading(needs=Right.READ) as connection:
        found = store.of_external_number(connection, "百姓管家", "BX-7")

    assert [one.uid for one in found] == [made.uid]


def test_it_is_seen_from_the_visit_it_came_of(desk: Desk) -> None:
    visit = desk.database.new_uid()
    made = register(desk, visit=visit, source=Source.VISIT)
    register(desk)

    (found,) = service.came_of(desk, "visit", [visit])

    assert (found.uid, found.phone, found.room) == (made.uid, "138****5678", "***")
    assert service.came_of(desk, "activity", [visit]) == ()


def test_what_is_hidden_is_revealed_and_logged(desk: Desk) -> None:
    made = register(desk)

    assert service.reveal(desk, made.uid, "phone") == "13800005678"
    assert service.reveal(desk, made.uid, "room") == "2-501"
    assert service.read_out(desk, made.uid, "summary") == "三楼到五楼的灯坏了半个月"
    with pytest.raises(UserError):
        service.reveal(desk, made.uid, "title")
    with desk.reading(needs=Right.READ) as connection:
        lines = entries(connection, subject=made.number)
    assert [line.detail for line in lines if line.action == "查看完整内容"][-1] == "联系电话"


def test_a_slip_to_others_names_the_resident_only_with_consent(desk: Desk) -> None:
    silent = act(desk, register(desk), Action.ACCEPT, words="陈桂英来过")
    open_hearted = register(desk, consented=True)

    told = service.for_handing_over(desk, silent.uid)

    for name in ("name", "phone", "building", "unit", "room", "summary"):
        assert getattr(told, name) == ""
    assert not any(step.words for step in told.steps)
    assert service.for_handing_over(desk, open_hearted.uid).phone == "13800005678"
    clerk = seat(desk, "窗口", without=frozenset({Right.REVEAL}))
    with pytest.raises(NotAllowed):
        service.for_handing_over(clerk, open_hearted.uid)


def test_details_that_are_too_long_are_refused_and_nothing_is_cut(desk: Desk) -> None:
    made = register(desk)

    with pytest.raises(InvalidInput, match="最多可写"):
        service.act(desk, made.uid, Action.WITHDRAW, made.revision, StepDetails(words="长" * 2001))
