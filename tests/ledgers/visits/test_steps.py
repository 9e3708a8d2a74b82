"""The course of a matter: no forbidden step, every step on record, due days that hold."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from desktop_app.core.clock import Zone
from desktop_app.core.errors import InvalidInput, UserError
from desktop_app.core.handling import Handling
from desktop_app.core.ids import Uid
from desktop_app.core.workdays import WorkCalendar
from desktop_app.ledgers.visits.rules.steps import (
    RULES,
    Moment,
    StepDetails,
    allowed,
    take_step,
)
from desktop_app.ledgers.visits.rules.visit import (
    FINAL,
    Action,
    Pause,
    Step,
    Visit,
    VisitKind,
    VisitState,
    is_due_today,
    is_overdue,
)

ZONE = Zone()
CALENDAR = WorkCalendar()
MONDAY = date(2026, 11, 23)
ENOUGH = StepDetails(
    words="说明", result="已办好", handed_to="青榕物业", whom="社区", merged_into=Uid(int=9)
)


def moment(day: date = MONDAY, calendar: WorkCalendar = CALENDAR) -> Moment:
    return Moment(ZONE.at(day, 9), day, "王小燕", calendar)


def visit(state: VisitState = VisitState.REGISTERED, **more: object) -> Visit:
    values: dict[str, object] = {
        "uid": Uid(int=1),
        "station": "QR01",
        "number": "QR01-2026A-00001",
        "batch": Uid(int=1),
        "at": ZONE.at(MONDAY, 9),
        "day": MONDAY,
        "name": "陈桂英",
        "handling": Handling.TIMED,
        "limit_days": 5,
        "limit_from": MONDAY,
        "due": date(2026, 11, 30),
        "state": state,
        "pauses": (Pause(MONDAY),) if state is VisitState.AWAITING else (),
        "closed_day": MONDAY if state in FINAL else None,
        "closed_at": ZONE.at(MONDAY, 9) if state in FINAL else None,
    }
    return Visit(**{**values, **more})  # type: ignore[arg-type]


def after(start: Visit, *steps: tuple[Action, date]) -> Visit:
    for action, day in steps:
        start = take_step(start, action, ENOUGH, moment(day))
    return start


def test_the_long_way_from_registration_to_closing() -> None:
    ended = after(
        visit(),
        (Action.TAKE_UP, MONDAY),
        (Action.ASK_FOR_MATERIALS, MONDAY),
        (Action.MATERIALS_COMPLETE, MONDAY),
        (Action.HAND_OVER, MONDAY),
        (Action.WORK, MONDAY),
        (Action.ANSWER, MONDAY),
        (Action.FOLLOW_UP, MONDAY),
        (Action.CLOSE, MONDAY),
    )

    assert [step.to.label for step in ended.steps] == [
        "接办", "待补材料", "接办", "交办", "办理中", "待回访", "待回访", "办结",
    ]  # fmt: skip
    assert (ended.result, ended.handed_to, ended.follow_up) == ("已办好", "青榕物业", "说明")


@pytest.mark.parametrize("state", list(VisitState))
@pytest.mark.parametrize("action", list(RULES))
def test_a_step_outside_the_table_is_refused_and_says_what_can_be_done(
    state: VisitState, action: Action
) -> None:
    start = visit(state)
    if state in RULES[action].sources:
        assert take_step(start, action, ENOUGH, moment()).state is (RULES[action].to or state)
        return

    with pytest.raises(UserError) as refusal:
        take_step(start, action, ENOUGH, moment())

    assert state.label in refusal.value.sentence
    assert refusal.value.next_step


def test_nothing_is_done_with_what_was_only_counted() -> None:
    assert allowed(visit(kind=VisitKind.COUNTED)) == ()
    assert allowed(visit(VisitState.CLOSED, petition=True)) == ()


@pytest.mark.parametrize(
    ("action", "state", "field"),
    [
        (Action.CLOSE, VisitState.TAKEN_UP, "result"),
        (Action.HAND_OVER, VisitState.TAKEN_UP, "handed_to"),
        (Action.ASK_FOR_MATERIALS, VisitState.TAKEN_UP, "words"),
        (Action.NOT_OURS, VisitState.REGISTERED, "words"),
        (Action.WITHDRAW, VisitState.REGISTERED, "words"),
        (Action.REOPEN, VisitState.CLOSED, "words"),
        (Action.FOLLOW_UP, VisitState.CLOSED, "words"),
        (Action.MERGE, VisitState.REGISTERED, "merged_into"),
        (Action.REPORT_URGENT, VisitState.REGISTERED, "whom"),
    ],
)
def test_a_step_that_says_too_little_names_its_field(
    action: Action, state: VisitState, field: str
) -> None:
    with pytest.raises(InvalidInput) as refusal:
        take_step(visit(state), action, StepDetails(), moment())

    assert refusal.value.field == field


def test_a_visit_cannot_be_merged_into_itself() -> None:
    with pytest.raises(InvalidInput):
        take_step(visit(), Action.MERGE, StepDetails(merged_into=Uid(int=1)), moment())


@pytest.mark.parametrize("day", [MONDAY - timedelta(days=1), MONDAY + timedelta(days=1)])
def test_a_step_lies_between_the_visit_and_today(day: date) -> None:
    with pytest.raises(InvalidInput) as refusal:
        take_step(visit(), Action.CLOSE, StepDetails(result="好", day=day), moment())

    assert refusal.value.field == "day"


# --- limits --------------------------------------------------------------------------------------


def test_the_clock_stands_still_while_material_is_missing() -> None:
    # Five working days from Monday 23; paused from Wednesday 25 to Monday 30: two were used, three
    # are left: Tuesday, Wednesday, Thursday 3 December.
    asked = after(visit(), (Action.ASK_FOR_MATERIALS, date(2026, 11, 25)))
    complete = after(asked, (Action.MATERIALS_COMPLETE, date(2026, 11, 30)))

    assert asked.due is None
    assert not is_overdue(asked, date(2027, 1, 1))
    assert complete.due == date(2026, 12, 3)


def test_a_reopened_matter_begins_its_limit_anew() -> None:
    closed = after(visit(), (Action.CLOSE, date(2026, 11, 24)))
    reopened = after(closed, (Action.REOPEN, date(2026, 12, 7)))

    assert closed.on_time is True
    assert (reopened.closed_day, reopened.limit_from) == (None, date(2026, 12, 7))
    assert reopened.due == date(2026, 12, 14)
    assert [step.action for step in reopened.steps] == [Action.CLOSE, Action.REOPEN]


def test_a_pause_before_the_reopening_does_not_lengthen_the_new_limit() -> None:
    reopened = after(
        visit(),
        (Action.ASK_FOR_MATERIALS, date(2026, 11, 25)),
        (Action.MATERIALS_COMPLETE, date(2026, 11, 30)),
        (Action.CLOSE, date(2026, 11, 30)),
        (Action.REOPEN, date(2026, 11, 30)),
    )

    assert reopened.pauses == (Pause(date(2026, 11, 25), date(2026, 11, 30)),)
    assert reopened.due == date(2026, 12, 7)


def test_the_last_day_is_due_and_the_next_one_overdue() -> None:
    due = date(2026, 11, 30)

    assert [is_due_today(visit(), due + timedelta(days=n)) for n in (-1, 0, 1)] == [
        False, True, False,
    ]  # fmt: skip
    assert [is_overdue(visit(), due + timedelta(days=n)) for n in (0, 1)] == [False, True]
    assert not is_overdue(visit(VisitState.CLOSED), due + timedelta(days=9))


def test_a_matter_closed_after_its_due_day_is_late() -> None:
    assert after(visit(), (Action.CLOSE, date(2026, 12, 1))).on_time is False
    assert after(visit(), (Action.CLOSE, date(2026, 11, 30))).on_time is True
    assert after(visit(limit_days=None, due=None), (Action.CLOSE, MONDAY)).on_time is None


def test_what_ended_otherwise_has_no_due_day() -> None:
    for action in (Action.NOT_OURS, Action.WITHDRAW, Action.MERGE):
        assert after(visit(), (action, MONDAY)).due is None


def test_what_was_to_be_done_at_once_becomes_handed_over_when_it_is() -> None:
    instant = visit(handling=Handling.INSTANT)

    assert after(instant, (Action.HAND_OVER, MONDAY)).handling is Handling.FORWARDED
    assert after(visit(), (Action.HAND_OVER, MONDAY)).handling is Handling.TIMED


def test_a_clock_set_back_moves_no_step_before_the_visit() -> None:
    closed = after(visit(), (Action.CLOSE, date(2026, 1, 5)))

    assert closed.closed_day == MONDAY


# --- any order at all ----------------------------------------------------------------------------


class Course(RuleBasedStateMachine):
    """Steps in any order, days that go on and sometimes back, details that say enough or not."""

    @initialize(limit=st.none() | st.integers(min_value=1, max_value=8))
    def register(self, limit: int | None) -> None:
        self.today = MONDAY
        self.visit = replace(
            visit(), limit_days=limit, due=CALENDAR.due_day(MONDAY, limit) if limit else None
        )
        self.taken = 0

    @rule(days=st.integers(min_value=-2, max_value=6))
    def time_passes(self, days: int) -> None:
        self.today = max(MONDAY, self.today + timedelta(days=days))

    @rule(
        action=st.sampled_from(list(RULES)),
        enough=st.booleans(),
        back=st.none() | st.integers(min_value=-1, max_value=9),
    )
    def step(self, action: Action, enough: bool, back: int | None) -> None:
        before = self.visit
        day = None if back is None else self.today - timedelta(days=back)
        details = replace(ENOUGH if enough else StepDetails(), day=day)
        try:
            self.visit = take_step(before, action, details, moment(self.today))
        except InvalidInput:
            assert before.state in RULES[action].sources
        except UserError:
            assert action not in allowed(before)
        else:
            self.taken += 1
            assert before.state in RULES[action].sources
            assert self.visit.steps[:-1] == before.steps
            last = self.visit.steps[-1]
            assert last == Step(last.at, "王小燕", action, self.visit.state, last.words)

    @precondition(lambda self: hasattr(self, "visit"))
    @invariant()
    def the_record_agrees_with_itself(self) -> None:
        now = self.visit
        assert len(now.steps) == self.taken
        assert (now.closed_day is not None) == (now.closed_at is not None) == (not now.open)
        assert (now.merged_into is not None) == (now.state is VisitState.MERGED)
        waiting = [pause for pause in now.pauses if pause.until is None]
        assert len(waiting) == (now.state is VisitState.AWAITING)
        days = [day for pause in now.pauses for day in (pause.since, pause.until) if day]
        assert days == sorted(days)

    @precondition(lambda self: hasattr(self, "visit"))
    @invariant()
    def the_due_day_is_the_one_the_calendar_gives(self) -> None:
        now = self.visit
        if now.limit_days is None:
            assert now.due is None
        elif now.open:
            # A pause that begins when the limit has run out does not bring it back.
            pauses = [(pause.since, pause.until) for pause in now.pauses]
            assert now.due == CALENDAR.due_day(now.limit_from, now.limit_days, pauses)


TestCourse = Course.TestCase
TestCourse.settings = settings(max_examples=40, stateful_step_count=25, deadline=None)
