"""Whatever is done with requests, in any order: the table allows it, the course says it, counters
open exactly their rows, and nobody's thread is lost.

A model that knows nothing of the ledger keeps what was done; after each deed both must agree.
"""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from desktop_app.core.changes import Undo
from desktop_app.core.clock import FixedClock
from desktop_app.core.errors import Conflict, UserError
from desktop_app.core.figures import Span
from desktop_app.core.ids import Uid
from desktop_app.ledgers.requests import service
from desktop_app.ledgers.requests.figures import FIGURES, NOW_FIGURES
from desktop_app.ledgers.requests.rules.listing import RequestFilter
from desktop_app.ledgers.requests.rules.request import (
    FINAL,
    Action,
    DisputeStage,
    Request,
    RequestKind,
    RequestState,
    Step,
    is_overdue,
)
from desktop_app.ledgers.requests.rules.steps import RULES, StepDetails, allowed
from desktop_app.registers.residents.rules import Resident
from desktop_app.storage.opening import open_file
from desktop_app.storage.session import Database, Desk
from tests.ledgers.requests.builders import SAID, STATION, TEAM, register, resident, stored
from tests.stations import CLERK, KEY, MONDAY_MORNING

S = RequestState
STEPS = [action for action in RULES if action is not Action.MERGE]
NOT_MOVING = {Action.JOIN, Action.CORRECT}
EXITS = {Action.NOT_OURS, Action.FORWARD, Action.WITHDRAW}
UNASSIGNED = {S.REGISTERED, S.ACCEPTED, S.UNTAKEN, S.LISTED}
DAY = 86_400


@dataclass
class Known:
    """What the model knows of one request: whose it is and every step that was taken with it."""

    owner: Resident
    state: RequestState = S.REGISTERED
    course: list[tuple[Action, RequestState]] = field(
        default_factory=lambda: [(Action.REGISTER, S.REGISTERED)]
    )
    merged_into: Uid | None = None
    ends: int = 0
    """How often it was closed."""

    def moved(self, action: Action, to: RequestState) -> None:
        assert RULES[action].may_lead(self.state, to)
        self.state = to
        self.course.append((action, to))


def said_with(data: st.DataObject, action: Action, now: Request) -> StepDetails:
    """What a clerk says with a step, drawn where there is a choice."""
    details = SAID.get(action, StepDetails())
    if action is Action.DISPATCH:
        assignee = data.draw(st.sampled_from([STATION, TEAM]))
        return replace(details, assignee=assignee)
    if action is Action.SET_STAGE:
        others = [stage for stage in (None, *DisputeStage) if stage is not now.dispute_stage]
        return replace(details, stage=data.draw(st.sampled_from(others)))
    return details


def follows_the_table(steps: tuple[Step, ...]) -> None:
    """Every step of a course was allowed where it was taken."""
    state = S.REGISTERED
    for step in steps[1:]:
        if step.action in NOT_MOVING:
            assert step.to is state
        elif step.action is not Action.UNDO:
            assert RULES[step.action].may_lead(state, step.to)
        state = step.to


def means_what_it_says(now: Request) -> None:
    """The dates and people of a request are those of its state."""
    assert (now.closed_day is None) == (now.state not in FINAL)
    assert (now.merged_into is not None) == (now.state is S.MERGED)
    assert (now.done_on is not None) == (now.state in (S.TO_CALL_BACK, S.CLOSED))
    pausing = [pause for pause in now.pauses if pause.until is None]
    assert len(pausing) == (now.state is S.AWAITING)
    counts = now.limit_days and now.state not in FINAL - {S.CLOSED} and not pausing
    assert (now.due is not None) == bool(counts)
    if now.state in UNASSIGNED:
        assert now.assignee is None
    if now.state is S.DISPATCHED:
        assert now.assignee is not None
    if now.state is S.ESCALATED:
        assert now.escalated is not None
        assert now.answer is None


class Desks(RuleBasedStateMachine):
    """A station with three residents; the clock goes on by days."""

    fresh: Callable[[FixedClock], Database]
    """An empty station's database for each run."""
    met: Counter[str]
    """What has come about in all runs together: a test that never met it shows nothing."""

    def __init__(self) -> None:
        super().__init__()
        self.clock = FixedClock(MONDAY_MORNING)
        self.desk = Desk(type(self).fresh(self.clock), CLERK)
        self.model: dict[Uid, Known] = {}
        self.petitions = 0
        self.last: tuple[Uid, Uid | None, Undo, Known, int] | None = None

    @initialize()
    def residents_have_files(self) -> None:
        self.people = [resident(self.desk, name) for name in ("陈桂英", "赖建国", "张淑芬")]

    def teardown(self) -> None:
        self.desk.database.close()

    def _pick(self, data: st.DataObject) -> Uid:
        return data.draw(st.sampled_from(list(self.model)))

    @rule(days=st.integers(min_value=1, max_value=4))
    def days_go_by(self, days: int) -> None:
        self.clock.advance(days * DAY)

    @rule(
        who=st.integers(min_value=0, max_value=2),
        kind=st.sampled_from(RequestKind),
        limit=st.sampled_from([None, 1, 3]),
    )
    def somebody_asks(self, who: int, kind: RequestKind, limit: int | None) -> None:
        owner = self.people[who]
        made = register(self.desk, resident=owner.uid, name=owner.name, kind=kind, limit_days=limit)
        self.model[made.uid] = Known(owner)

    @rule()
    def somebody_is_told_where_petitions_go(self) -> None:
        register(self.desk, petition=True, title="", summary="")
        self.petitions += 1

    @precondition(lambda self: self.model)
    @rule(data=st.data(), action=st.sampled_from(STEPS))
    def any_step_is_tried(self, data: st.DataObject, action: Action) -> None:
        self._try(data, self._pick(data), action)

    @precondition(lambda self: self.model)
    @rule(data=st.data())
    def it_goes_on(self, data: st.DataObject) -> None:
        """A step that may be taken, and rather one that leads on than one that ends it."""
        uid = self._pick(data)
        may = [action for action in STEPS if self.model[uid].state in RULES[action].sources]
        on = [action for action in may if action not in EXITS]
        if may:
            self._try(data, uid, data.draw(st.sampled_from([*on, *on, *may])))

    @precondition(lambda self: self.model)
    @rule(data=st.data())
    def it_goes_to_its_end(self, data: st.DataObject) -> None:
        uid = self._pick(data)
        for action in (Action.ACCEPT, Action.DONE, Action.CLOSE):
            if self.model[uid].state in RULES[action].sources:
                self._try(data, uid, action)

    def _try(self, data: st.DataObject, uid: Uid, action: Action) -> None:
        known, now = self.model[uid], stored(self.desk, uid)
        details = said_with(data, action, now)
        try:
            done = service.act(self.desk, uid, action, now.revision, details)
        except UserError:
            assert known.state not in RULES[action].sources, action
            assert stored(self.desk, uid) == now
            self.met["refused"] += 1
            return
        assert known.state in RULES[action].sources
        self._remember(uid, None, done.undo, known, done.value.revision)
        known.moved(action, done.value.state)
        known.ends += action is Action.CLOSE
        self.met[action.value] += 1

    @precondition(lambda self: len(self.model) > 1)
    @rule(data=st.data())
    def one_is_merged_into_another(self, data: st.DataObject) -> None:
        one, into = self._pick(data), self._pick(data)
        known, kept = self.model[one], self.model[into]
        may = one != into and known.state not in FINAL and kept.state not in FINAL
        now = stored(self.desk, one)
        try:
            done = service.merge(self.desk, one, now.revision, into)
        except UserError:
            assert not may
            return
        assert may
        self._remember(one, into, done.undo, known, done.value.revision)
        known.moved(Action.MERGE, S.MERGED)
        known.merged_into = into
        kept.course.append((Action.JOIN, kept.state))
        self.met["merged"] += 1

    @precondition(lambda self: self.model)
    @rule(data=st.data(), limit=st.sampled_from([None, 2, 5]))
    def it_is_corrected(self, data: st.DataObject, limit: int | None) -> None:
        uid = self._pick(data)
        known, now = self.model[uid], stored(self.desk, uid)
        try:
            service.correct(self.desk, uid, now.revision, {"limit_days": limit})
        except UserError:
            assert known.state is S.MERGED or limit == now.limit_days
            return
        known.course.append((Action.CORRECT, known.state))
        self.met["corrected"] += 1

    @precondition(lambda self: self.last)
    @rule()
    def the_last_step_is_undone(self) -> None:
        assert self.last is not None
        uid, into, undo, before, revision = self.last
        known = self.model[uid]
        fresh = stored(self.desk, uid).revision == revision
        self.last = None
        try:
            undo.call(self.desk)
        except Conflict:
            assert not fresh
            return
        assert fresh
        known.course.append((Action.UNDO, before.state))
        known.state, known.merged_into, known.ends = before.state, before.merged_into, before.ends
        if into is not None:
            kept = self.model[into]
            kept.course.append((Action.UNDO, kept.state))
        self.met["undone"] += 1

    def _remember(
        self, uid: Uid, into: Uid | None, undo: Undo | None, known: Known, revision: int
    ) -> None:
        assert undo is not None
        self.last = (uid, into, undo, replace(known, course=list(known.course)), revision)

    # --- what must hold ---------------------------------------------------------------------------

    @invariant()
    def every_step_is_recorded_and_allowed(self) -> None:
        for uid, known in self.model.items():
            now = stored(self.desk, uid)
            assert now.state is known.state
            assert [(step.action, step.to) for step in now.steps] == known.course
            follows_the_table(now.steps)
            assert sum(step.action is Action.CLOSE for step in now.steps) >= known.ends
            means_what_it_says(now)

    @invariant()
    def a_residents_thread_is_whole(self) -> None:
        for owner in getattr(self, "people", ()):
            wanted = RequestFilter(residents=(owner.uid,))
            lines = service.page(self.desk, wanted, size=500).rows
            mine = {uid for uid, known in self.model.items() if known.owner is owner}
            assert {line.uid for line in lines} == mine
        for uid, known in self.model.items():
            if known.merged_into is not None:
                kept = service.history(self.desk, known.merged_into)
                assert uid in {one.uid for one in kept.merged}
                assert service.history(self.desk, uid).kept is not None

    @invariant()
    def counters_open_exactly_their_rows(self) -> None:
        today = self.desk.today
        span = Span(today.replace(day=1), today, today)
        counts = service.figures_between(self.desk, span.first, span.last)
        for figure in (*FIGURES, *NOW_FIGURES):
            if figure.rows is None:
                continue
            total = service.page(self.desk, figure.rows(span), size=1).total
            if total <= 1000:
                assert total + counts.get(figure.unlisted, 0) == figure.value(counts), figure.name

    @invariant()
    def what_may_be_done_next_is_what_the_table_says(self) -> None:
        for line in service.page(self.desk, RequestFilter(open=True), size=500).rows:
            if line.uid in self.model:
                now = stored(self.desk, line.uid)
                assert set(allowed(now)) == {
                    action for action, rule in RULES.items() if now.state in rule.sources
                }
                assert line.is_overdue(self.desk.today) == is_overdue(now, self.desk.today)


@pytest.mark.slow
@pytest.mark.sqlite_only
def test_nothing_is_lost_in_whatever_order_it_is_done(template_file: Path, tmp_path: Path) -> None:
    runs = count()

    def fresh(clock: FixedClock) -> Database:
        path = tmp_path / f"{next(runs)}.db"
        shutil.copyfile(template_file, path)
        return open_file(path, KEY, clock)

    met = Counter[str]()
    machine = type("TheDesks", (Desks,), {"fresh": staticmethod(fresh), "met": met})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=15,
            # What must be met is met every time.
            derandomize=True,
            stateful_step_count=40,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
    wanted = {"refused", "merged", "corrected", "undone", "dispatch", "close", "reopen", "escalate"}
    assert wanted <= set(met), met
