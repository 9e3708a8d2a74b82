"""Whatever is done at either side, in any order: links hold both ways and counters equal rows."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from desktop_app import catalog
from desktop_app.core.changes import Undo
from desktop_app.core.clock import FixedClock
from desktop_app.core.errors import UserError
from desktop_app.core.rights import Right
from desktop_app.ledgers.activities import service as activities
from desktop_app.ledgers.activities import store as activity_store
from desktop_app.ledgers.activities.rules.activity import Activity
from desktop_app.ledgers.activities.rules.recording import ResolutionLine
from desktop_app.ledgers.requests import service as requests
from desktop_app.ledgers.requests import store as request_store
from desktop_app.ledgers.requests.rules.request import Action, RequestState
from desktop_app.ledgers.requests.rules.steps import StepDetails
from desktop_app.ledgers.three_lists import service as lists
from desktop_app.ledgers.three_lists import store as list_store
from desktop_app.ledgers.three_lists.rules.duty import Duty, DutyAction, DutyState
from desktop_app.ledgers.three_lists.rules.duty_steps import DutyDetails
from desktop_app.ledgers.three_lists.rules.problem import Problem, ProblemState
from desktop_app.station.raising.listing import list_request, raise_from_resolution
from desktop_app.storage.attachments import FolderBlobs
from desktop_app.storage.keys import DataKey
from desktop_app.storage.opening import open_file
from desktop_app.storage.session import Database, Desk
from desktop_app.storage.tables import CHANGE
from tests.ledgers.activities.builders import held, recorded
from tests.ledgers.requests.builders import SAID, STATION, form
from tests.ledgers.three_lists.builders import duty_form, picture, problem_form, seat
from tests.station.raising.joins import assert_agree, everything
from tests.stations import CLERK, KEY, MONDAY_MORNING

_CHANGES = sa.select(sa.func.count()).select_from(CHANGE)
WHICH = st.integers(min_value=0, max_value=5)
A, D, P = DutyAction, DutyState, ProblemState
REQUEST_STEPS = sorted(set(Action) - {Action.REGISTER, Action.MERGE, Action.SET_STAGE})
NEXT = {D.PROPOSED: A.ACCEPT, D.DOING: A.SUBMIT, D.TO_REVIEW: A.REVIEW_OK, D.CLOSED: A.REOPEN}


class Joins(RuleBasedStateMachine):
    """One clerk and a second one who looks over; a meeting with two resolutions."""

    database: Database
    clock: FixedClock
    blobs: FolderBlobs
    met: Counter[str]

    def __init__(self) -> None:
        super().__init__()
        self.clock.set(MONDAY_MORNING)
        with self.database.unrecorded() as connection:
            for shelf in (
                request_store.SHELF, list_store.PROBLEM_SHELF, list_store.DUTY_SHELF,
                activity_store.SHELF, activity_store.ATTENDANCE_SHELF,
            ):  # fmt: skip
                connection.execute(sa.delete(shelf.table))
        self.desk = Desk(self.database, CLERK)
        self.second = seat(self.desk, "林志强")
        lines = (ResolutionLine(words="增设充电棚"), ResolutionLine(words="公示账目"))
        recorded(self.desk, held(self.desk, self.clock, kind="三方联席会"), resolutions=lines)
        self.undo: Undo | None = None
        for _ in range(2):
            requests.register(self.desk, form())
        self.a_request_becomes_a_problem(0)
        self.a_unit_takes_a_problem(0)

    def _tried(self, name: str, call: Callable[[], Any]) -> Any:
        before = self._written()
        try:
            done = call()
        except UserError:
            self.met[f"{name} refused"] += 1
            assert self._written() == before, "something of a refused step was kept"
            return None
        self.met[name] += 1
        self.undo = done.undo
        return done.value

    def _written(self) -> int:
        """How many changes there are."""
        with self.desk.reading(needs=Right.READ) as connection:
            return int(connection.execute(_CHANGES).scalar_one())

    def _pick(self, place: int, which: int) -> Any:
        rows = sorted(everything(self.desk)[place].values(), key=lambda one: one.number)
        return rows[which % len(rows)] if rows else None

    # --- requests ---------------------------------------------------------------------------------

    @rule()
    def somebody_asks(self) -> None:
        if len(everything(self.desk)[0]) < 3:
            requests.register(self.desk, form())

    @rule(which=WHICH)
    def a_request_becomes_a_problem(self, which: int) -> None:
        one = self._pick(0, which)
        if len(everything(self.desk)[1]) < 5:
            self._tried("listed", lambda: list_request(self.desk, one.uid, one.revision))

    @rule(which=WHICH, action=st.sampled_from(REQUEST_STEPS))
    def a_request_takes_any_step(self, which: int, action: Action) -> None:
        one = self._pick(0, which)
        details = SAID.get(action, StepDetails())
        if action is Action.DISPATCH:
            details = StepDetails(assignee=STATION)
        self._tried(
            f"request {action.value}",
            lambda: requests.act(self.desk, one.uid, action, one.revision, details),
        )

    @rule(which=WHICH, action=st.sampled_from([Action.LIST, Action.UNLIST, Action.CLOSE]))
    def a_request_comes_or_goes(self, which: int, action: Action) -> None:
        self.a_request_takes_any_step(which, action)

    # --- problems ---------------------------------------------------------------------------------

    @rule(which=WHICH, of_request=st.booleans())
    def a_problem_is_entered(self, which: int, of_request: bool) -> None:
        if len(everything(self.desk)[1]) >= 5:
            return
        request = self._pick(0, which).uid if of_request else None
        self._tried(
            "entered", lambda: lists.raise_problem(self.desk, problem_form(request=request))
        )

    @rule(which=WHICH, step=st.sampled_from(["list", "withdraw", "reopen"]))
    def a_problem_takes_a_step(self, which: int, step: str) -> None:
        one: Problem | None = self._pick(1, which)
        if one is None:
            return
        found = one
        calls: dict[str, Callable[[], Any]] = {
            "list": lambda: lists.list_problem(self.desk, found.uid, found.revision),
            "withdraw": lambda: lists.withdraw_problem(
                self.desk, found.uid, found.revision, "不是本社区的事"
            ),
            "reopen": lambda: lists.reopen_problem(self.desk, found.uid, found.revision, "又坏了"),
        }
        self._tried(f"problem {step}", calls[step])

    @rule(which=WHICH, into=WHICH)
    def a_problem_is_merged(self, which: int, into: int) -> None:
        one, other = self._pick(1, which), self._pick(1, into)
        if one is not None:
            self._tried(
                "merged",
                lambda: lists.merge_problem(self.desk, one.uid, one.revision, other.uid),
            )

    @rule(which=WHICH, request=st.one_of(st.none(), WHICH))
    def a_problem_points_elsewhere(self, which: int, request: int | None) -> None:
        one = self._pick(1, which)
        if one is None:
            return
        wanted = None if request is None else self._pick(0, request).uid
        values = {name: getattr(one, name) for name in CHANGED}
        told = problem_form(**{**values, "request": wanted, "listed": False})
        self._tried(
            "points elsewhere",
            lambda: lists.change_problem(self.desk, one.uid, one.revision, told),
        )

    @rule(place=st.integers(min_value=0, max_value=1))
    def a_resolution_becomes_a_problem(self, place: int) -> None:
        meeting: Activity = self._pick(3, 0)
        one = meeting.resolutions[place].uid
        if len(everything(self.desk)[1]) < 5:
            self._tried(
                "resolved",
                lambda: raise_from_resolution(self.desk, meeting.uid, one, meeting.revision),
            )

    # --- duties -----------------------------------------------------------------------------------

    @rule(which=WHICH)
    def a_unit_takes_a_problem(self, which: int) -> None:
        one = self._pick(1, which)
        if one is not None and len(everything(self.desk)[2]) < 5:
            self._tried("proposed", lambda: lists.propose(self.desk, duty_form(one)))

    @rule(which=WHICH, steps=st.integers(min_value=1, max_value=4))
    def a_duty_goes_on(self, which: int, steps: int) -> None:
        for _ in range(steps):
            one: Duty | None = self._pick(2, which)
            if one is None or one.state not in NEXT:
                return
            if one.state is D.DOING and not one.evidence:
                lists.add_evidence(self.desk, self.blobs, one.uid, one.revision, [picture()])
                one = self._pick(2, which)
                assert one is not None
            found, action = one, NEXT[one.state]
            desk = self.second if action is A.REVIEW_OK else self.desk
            details = DutyDetails(words="原因", result="办好了")
            call = partial(lists.act, desk, found.uid, action, found.revision, details)
            self._tried(action.value, call)
            if action is A.REOPEN:
                return

    @rule(which=WHICH)
    def a_duty_is_cancelled(self, which: int) -> None:
        one = self._pick(2, which)
        if one is not None:
            details = DutyDetails(words="原因")
            self._tried(
                "cancelled",
                lambda: lists.act(self.desk, one.uid, A.CANCEL, one.revision, details),
            )

    @rule(which=WHICH)
    def the_meeting_served_a_duty(self, which: int) -> None:
        one, meeting = self._pick(2, which), self._pick(3, 0)
        if one is not None:
            self._tried(
                "served",
                lambda: lists.link_activity(
                    self.desk, one.uid, one.revision, meeting.uid, meeting.number
                ),
            )

    @precondition(lambda self: self.undo)
    @rule()
    def the_last_step_is_taken_back(self) -> None:
        undo, self.undo = self.undo, None
        assert undo is not None
        self._tried("undo", lambda: undo.call(self.desk))
        self.undo = None

    # --- what holds -------------------------------------------------------------------------------

    @invariant()
    def both_sides_say_the_same_and_counters_equal_rows(self) -> None:
        found = asked, problems, _, gatherings = everything(self.desk)
        assert_agree(self.desk, found)
        day = self.desk.today
        told = requests.figures_between(self.desk, day, day)
        listed = sum(one.state is RequestState.LISTED for one in asked.values())
        assert told["listed"] == listed
        solved = activities.figures_between(self.desk, day, day)["solved"]
        assert solved == sum(len(one.solved) for one in gatherings.values())
        closed = sum(one.state is P.CLOSED for one in problems.values())
        assert lists.problem_figures(self.desk, day, day)["closed"] == closed


CHANGED = (
    "raised_on", "source", "category", "description", "request", "activity", "resolution",
)  # fmt: skip


@pytest.mark.slow
@pytest.mark.sqlite_only
def test_links_hold_whatever_is_done(
    template_file: Path, tmp_path: Path, clock: FixedClock
) -> None:
    path = tmp_path / "any.db"
    shutil.copyfile(template_file, path)
    database = open_file(path, KEY, clock)
    database.have_follow(catalog.follow_ups("station"))
    met: Counter[str] = Counter()
    blobs = FolderBlobs(tmp_path / "attachments", DataKey(b"k" * 32))
    made = type("Tried", (Joins,), {
        "database": database, "clock": clock, "blobs": blobs, "met": met,
    })  # fmt: skip
    try:
        run_state_machine_as_test(
            made,
            settings=settings(
                max_examples=25,
                # What must be met is met every time.
                derandomize=True,
                stateful_step_count=35,
                deadline=None,
                # A failing run tells its steps; making it shorter takes longer than reading it.
                phases=(Phase.explicit, Phase.generate),
                suppress_health_check=list(HealthCheck),
            ),
        )
    finally:
        database.close()
    for name in ("listed", "resolved", "review_ok", "merged", "undo", "request unlist", "served"):
        assert met[name], f"no run ever met: {name} ({dict(met)})"
