"""The course of a request: which step may follow which, what each changes and what it must say."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from desktop_app.core.clock import Millis
from desktop_app.core.errors import InvalidInput, UserError
from desktop_app.core.ids import Uid
from desktop_app.core.origin import Level
from desktop_app.core.workdays import WorkCalendar
from desktop_app.ledgers.requests.rules.course import due_of, take_step
from desktop_app.ledgers.requests.rules.request import (
    FINAL,
    Action,
    Assignee,
    AssigneeKind,
    DisputeStage,
    Request,
    RequestKind,
    RequestState,
    Step,
    action_words,
    is_overdue,
    state_words,
)
from desktop_app.ledgers.requests.rules.steps import RULES, Moment, StepDetails, allowed, said
from tests.ledgers.requests.builders import SAID, STATION, TEAM

S = RequestState
MONDAY = date(2026, 11, 23)
TUESDAY = date(2026, 11, 24)
WEDNESDAY = date(2026, 11, 25)
OTHER = Uid(int=99)


def request(state: RequestState = S.REGISTERED, **more: object) -> Request:
    values: dict[str, object] = {
        "uid": Uid(int=1),
        "station": "QR01",
        "number": "QR01-S2026A-00001",
        "at": Millis(0),
        "day": MONDAY,
        "limit_from": MONDAY,
        "title": "楼道灯不亮",
        "state": state,
    }
    return Request(**{**values, **more})  # type: ignore[arg-type]


def on(day: date) -> Moment:
    return Moment(Millis(1), day, "林晓芳", WorkCalendar())


def details(action: Action) -> StepDetails:
    found = SAID.get(action, StepDetails())
    if action is Action.MERGE:
        return replace(found, merged_into=OTHER)
    if action is Action.SET_STAGE:
        return replace(found, stage=DisputeStage.MEDIATION)
    return found


def step(now: Request, action: Action, today: date = MONDAY, **more: object) -> Request:
    return take_step(now, action, replace(details(action), **more), on(today))  # type: ignore[arg-type]


@pytest.mark.parametrize("state", S)
@pytest.mark.parametrize("action", RULES)
def test_only_the_table_says_which_step_may_follow(state: RequestState, action: Action) -> None:
    now = request(state)
    if state not in RULES[action].sources:
        with pytest.raises(UserError, match="没有改动"):
            step(now, action)
        return

    after = step(now, action)

    assert RULES[action].may_lead(state, after.state)
    assert after.steps[-1].action is action
    assert after.steps[-1].to is after.state


def test_from_every_open_state_the_end_can_be_reached() -> None:
    leads = {
        state: {rule.to or state for rule in RULES.values() if state in rule.sources} for state in S
    }
    for start in frozenset(S) - FINAL:
        reached, waiting = {start}, [start]
        while waiting:
            for state in leads[waiting.pop()] - reached:
                reached.add(state)
                waiting.append(state)
        assert S.CLOSED in reached, start


@pytest.mark.parametrize(
    ("action", "field"),
    [
        (Action.HAND_BACK, "words"),
        (Action.ESCALATE, "words"),
        (Action.ANSWERED, "whom"),
        (Action.DONE, "result"),
        (Action.CLOSE, "words"),
        (Action.DISPATCH, "assignee"),
        (Action.FORWARD, "whom"),
        (Action.MERGE, "merged_into"),
        (Action.REOPEN, "words"),
    ],
)
def test_a_step_that_says_nothing_is_refused_at_its_field(action: Action, field: str) -> None:
    state = min(RULES[action].sources)

    with pytest.raises(InvalidInput) as refused:
        take_step(request(state), action, StepDetails(), on(MONDAY))

    assert field in {problem.field for problem in refused.value.problems}


def test_what_the_station_keeps_is_under_way_at_once() -> None:
    given = step(request(), Action.DISPATCH, assignee=STATION)

    assert (given.state, given.taken_by) == (S.DOING, "林晓芳")
    assert given.assignee == Assignee(AssigneeKind.STATION, "本站")


def test_what_is_given_to_a_team_waits_until_it_is_taken() -> None:
    given = step(request(), Action.DISPATCH)
    assert (given.state, given.assignee, given.taken_by) == (S.DISPATCHED, TEAM, "")

    taken = step(given, Action.TAKE, whom="张医生")

    assert (taken.state, taken.taken_by) == (S.DOING, "张医生")
    assert given.dispatched_on == MONDAY


def test_what_was_given_back_waits_for_somebody_else_and_is_counted() -> None:
    back = step(step(request(), Action.DISPATCH), Action.HAND_BACK)
    again = step(step(back, Action.DISPATCH), Action.HAND_BACK)

    assert (back.state, back.assignee, back.hand_backs) == (S.ACCEPTED, None, 1)
    assert again.hand_backs == 2
    assert [one.words for one in again.steps if one.action is Action.HAND_BACK] == ["人手不够"] * 2


def test_nobody_took_it_and_it_is_dispatched_anew() -> None:
    left = step(step(request(), Action.DISPATCH), Action.NOBODY_TOOK)

    assert (left.state, left.assignee) == (S.UNTAKEN, None)
    assert step(left, Action.DISPATCH).state is S.DISPATCHED


def test_the_limit_stands_still_while_material_is_missing() -> None:
    now = step(request(S.ACCEPTED, limit_days=3), Action.ASK_MATERIALS)
    assert now.due is None

    complete = step(now, Action.MATERIALS_COMPLETE, WEDNESDAY)

    assert complete.due == date(2026, 11, 30)


def test_the_limit_goes_on_while_the_street_is_asked() -> None:
    now = step(request(S.ACCEPTED, limit_days=3), Action.ESCALATE)

    assert now.due == date(2026, 11, 26)


def test_who_is_escalated_while_material_is_missing_waits_for_it_no_longer() -> None:
    now = step(request(S.ACCEPTED, limit_days=3), Action.ASK_MATERIALS)

    up = step(now, Action.ESCALATE, TUESDAY)

    assert up.pauses[-1].until == TUESDAY
    assert up.due is not None


def test_a_whistle_and_its_answer_are_kept_and_a_second_one_waits_anew() -> None:
    up = step(request(S.ACCEPTED), Action.ESCALATE)
    assert up.escalated is not None
    assert (up.escalated.level, up.escalated_on) == (Level.STREET, MONDAY)

    answered = step(up, Action.ANSWERED, TUESDAY)
    assert answered.answer is not None
    assert (answered.answer.office, answered.answer.words) == ("街道城建办", "已安排下周上门")

    again = step(answered, Action.ESCALATE, WEDNESDAY, level=Level.DISTRICT)
    assert again.answer is None
    assert again.escalated is not None
    assert again.escalated.level is Level.DISTRICT
    assert [one.words for one in again.steps if one.action is Action.ANSWERED] == [
        "街道城建办，已安排下周上门"
    ]


def test_what_was_done_in_time_stays_in_time_however_late_the_call() -> None:
    now = step(request(S.ACCEPTED, limit_days=1), Action.ESCALATE)
    done = step(now, Action.DONE, TUESDAY)
    assert (done.done_on, done.due) == (TUESDAY, TUESDAY)
    assert not is_overdue(done, date(2026, 12, 30))

    closed = step(done, Action.CLOSE, date(2026, 12, 7))

    assert closed.on_time is True
    assert closed.called_back_on == closed.closed_day == date(2026, 12, 7)


def test_what_goes_on_after_a_call_runs_against_the_old_limit() -> None:
    done = step(request(S.DOING, limit_days=1), Action.DONE)

    again = step(done, Action.REDO, WEDNESDAY)

    assert (again.state, again.done_on, again.due) == (S.DOING, None, TUESDAY)
    assert is_overdue(again, WEDNESDAY)
    assert step(again, Action.DONE, WEDNESDAY, result="换了新灯").result == "换了新灯"


def test_closing_and_reopening_keep_both_histories() -> None:
    closed = step(step(request(S.ACCEPTED, limit_days=2), Action.DONE), Action.CLOSE)

    opened = step(closed, Action.REOPEN, WEDNESDAY)
    again = step(step(opened, Action.DONE, WEDNESDAY, result="换了线"), Action.CLOSE, WEDNESDAY)

    assert (opened.state, opened.closed_day, opened.done_on) == (S.ACCEPTED, None, None)
    assert opened.limit_from == WEDNESDAY
    assert again.steps[: len(closed.steps)] == closed.steps
    assert [one.words for one in again.steps if one.action is Action.DONE] == [
        "已修好并试亮",
        "换了线",
    ]


def test_an_end_that_is_no_closing_has_no_limit_any_more() -> None:
    for action in (Action.NOT_OURS, Action.FORWARD, Action.WITHDRAW, Action.MERGE):
        ended = step(request(S.ACCEPTED, limit_days=2), action)
        assert (ended.due, ended.closed_day, ended.on_time) == (None, MONDAY, None), action


def test_where_it_was_forwarded_to_is_no_word_of_where_it_came_from() -> None:
    now = request(S.ACCEPTED, platform="百姓管家", external_number="BX-7")

    gone = step(now, Action.FORWARD)

    assert (gone.platform, gone.external_number) == ("百姓管家", "BX-7")
    assert (gone.forwarded_to, gone.forwarded_number) == ("12345", "RX-1")


def test_a_dispute_is_marked_and_the_mark_can_be_taken_away() -> None:
    marked = step(request(S.ACCEPTED), Action.SET_STAGE)
    assert marked.dispute_stage is DisputeStage.MEDIATION
    with pytest.raises(InvalidInput, match="没有变"):
        step(marked, Action.SET_STAGE)

    assert step(marked, Action.SET_STAGE, stage=None).dispute_stage is None


def test_a_petition_takes_no_step() -> None:
    assert allowed(request(S.CLOSED, petition=True)) == ()
    with pytest.raises(UserError, match="没有改动"):
        step(request(S.CLOSED, petition=True), Action.REOPEN)


@pytest.mark.parametrize(
    ("day", "words"), [(TUESDAY, "比今天还晚"), (date(2026, 11, 20), "早于上一步")]
)
def test_a_step_lies_between_the_last_one_and_today(day: date, words: str) -> None:
    with pytest.raises(InvalidInput, match=words):
        step(request(S.ACCEPTED), Action.DONE, day=day)


def test_an_order_is_called_by_its_own_words() -> None:
    assert [state_words(state, RequestKind.ORDER) for state in S][:5] == [
        "待下单",
        "待交办",
        "待补材料",
        "待接单",
        "服务中",
    ]
    assert action_words(Action.DISPATCH, RequestKind.ORDER) == "下单"
    assert state_words(S.TO_CALL_BACK, RequestKind.APPEAL) == "待回访"


def test_a_closed_request_keeps_the_day_it_had_when_the_calendar_changes() -> None:
    doing = request(S.DOING, limit_days=1, due=TUESDAY)
    closed = step(step(doing, Action.DONE), Action.CLOSE)
    holiday = WorkCalendar({TUESDAY: False})

    assert due_of(closed, holiday) == closed.due == TUESDAY
    assert due_of(request(S.DOING, limit_days=1), holiday) == WEDNESDAY


def test_a_step_says_in_its_words_what_it_was() -> None:
    given = StepDetails(assignee=TEAM, words="周三前")

    assert said(Action.DISPATCH, given) == "队伍：金色家园义诊队，周三前"
    assert isinstance(step(request(), Action.DISPATCH).steps[-1], Step)
