"""Whatever several operators do with the three lists, in any order, what they promise stays true.

Nothing is promised beyond its amount; nothing is closed without evidence and a second person; a
problem stands as its duties make it stand; no history is lost; figures count the rows they open.
"""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    precondition,
    rule,
    run_state_machine_as_test,
)

from desktop_app.core.clock import FixedClock
from desktop_app.core.errors import Conflict
from desktop_app.ledgers.three_lists import service, store
from desktop_app.ledgers.three_lists.rules.duty import DutyAction, DutyState
from desktop_app.ledgers.three_lists.rules.duty_steps import DutyDetails
from desktop_app.ledgers.three_lists.rules.offer import Offer, OfferState
from desktop_app.ledgers.three_lists.rules.problem import ProblemState
from desktop_app.storage.attachments import FolderBlobs
from desktop_app.storage.keys import DataKey
from desktop_app.storage.opening import open_file
from tests.ledgers.three_lists.builders import (
    duty_form,
    offer_form,
    picture,
    problem_form,
)
from tests.ledgers.three_lists.promises import Promises
from tests.stations import KEY, MONDAY_MORNING

SEATS = st.integers(min_value=0, max_value=2)
WHICH = st.integers(min_value=0, max_value=7)
AMOUNTS = st.integers(min_value=1, max_value=4)
ENDS = (
    "closed", "declined", "cancelled", "raised a level", "put off", "sent back", "evidence out",
    "opened again", "its problem opened again",
)  # fmt: skip
A, D, P = DutyAction, DutyState, ProblemState

DUTY_WAYS: dict[DutyAction, tuple[set[DutyState], DutyState | None]] = {
    A.ACCEPT: ({D.PROPOSED}, D.DOING),
    A.DECLINE: ({D.PROPOSED}, D.DECLINED),
    A.PROGRESS: ({D.DOING}, None),
    A.SUBMIT: ({D.DOING}, D.TO_REVIEW),
    A.REVIEW_OK: ({D.TO_REVIEW}, D.CLOSED),
    A.REVIEW_BACK: ({D.TO_REVIEW}, D.DOING),
    A.EXTEND: ({D.PROPOSED, D.DOING}, None),
    A.ESCALATE: ({D.PROPOSED, D.DOING, D.TO_REVIEW}, None),
    A.CANCEL: ({D.PROPOSED, D.DOING, D.TO_REVIEW}, D.CANCELLED),
    A.REOPEN: ({D.CLOSED}, D.DOING),
}
"""Said once more, by hand: the table under test must not be its own judge."""

USUAL_STEPS = {D.PROPOSED: A.ACCEPT, D.DOING: A.SUBMIT, D.TO_REVIEW: A.REVIEW_OK}
LAST_STEPS = {
    (D.PROPOSED, "declined"): A.DECLINE,
    (D.PROPOSED, "cancelled"): A.CANCEL,
    (D.PROPOSED, "raised a level"): A.ESCALATE,
    (D.DOING, "put off"): A.EXTEND,
    (D.TO_REVIEW, "sent back"): A.REVIEW_BACK,
    (D.CLOSED, "opened again"): A.REOPEN,
}


class Lists(Promises):
    """What they do: anything that the screens offer, in any order."""

    def __init__(self) -> None:
        super().__init__()
        for n in range(2):
            self.somebody_raises_a_problem(n, True, 5 * n)
            self.a_unit_offers_something(n, 3 if n else None)
            self.somebody_dispatches(n, n, 0, 2)

    # --- problems -------------------------------------------------------------------------------

    @rule(seat=SEATS, listed=st.booleans(), wanted=st.integers(min_value=0, max_value=20))
    def somebody_raises_a_problem(self, seat: int, listed: bool, wanted: int) -> None:
        if len(self.problems) >= 4:
            return
        desk = self.seats[seat]
        day = desk.today + timedelta(days=wanted) if wanted else None
        form = problem_form(listed=listed, wanted_by=day)
        self.problems.append(service.raise_problem(desk, form).value.uid)

    @precondition(lambda self: self.problems)
    @rule(seat=SEATS, which=WHICH, action=st.sampled_from(["list", "withdraw", "reopen"]))
    def a_problem_takes_a_step(self, seat: int, which: int, action: str) -> None:
        desk, now = self.seats[seat], self._one(store.PROBLEM_SHELF, self.problems, which)
        may = {
            "list": {P.RAISED},
            "withdraw": {P.RAISED, P.LISTED},
            "reopen": {P.CLOSED, P.WITHDRAWN},
        }[action]
        calls: dict[str, Callable[[], Any]] = {
            "list": lambda: service.list_problem(desk, now.uid, now.revision),
            "withdraw": lambda: service.withdraw_problem(desk, now.uid, now.revision, "已自行解决"),
            "reopen": lambda: service.reopen_problem(desk, now.uid, now.revision, "又出现了"),
        }
        done = self._tried(f"problem {action}", calls[action])
        assert (done is not None) == (now.state in may)

    @precondition(lambda self: len(self.problems) > 1)
    @rule(seat=SEATS, which=WHICH, into=WHICH)
    def a_problem_is_merged(self, seat: int, which: int, into: int) -> None:
        one = self._one(store.PROBLEM_SHELF, self.problems, which)
        other = self._one(store.PROBLEM_SHELF, self.problems, into)
        desk = self.seats[seat]
        done = self._tried(
            "merge", lambda: service.merge_problem(desk, one.uid, one.revision, other.uid)
        )
        may = one.uid != other.uid and one.state in (P.RAISED, P.LISTED)
        assert (done is not None) == (may and other.state in (P.RAISED, P.LISTED, P.CLAIMED))
        if done is not None:
            kept = self._one(store.PROBLEM_SHELF, self.problems, into)
            assert kept.repeated == other.repeated + 1 + one.repeated

    # --- offers ---------------------------------------------------------------------------------

    @rule(seat=SEATS, amount=st.one_of(st.none(), AMOUNTS))
    def a_unit_offers_something(self, seat: int, amount: int | None) -> None:
        if len(self.offers) >= 3:
            return
        desk = self.seats[seat]
        self.offers.append(service.offer(desk, offer_form(desk, amount=amount)).value.uid)

    @precondition(lambda self: self.offers)
    @rule(seat=SEATS, which=WHICH, amount=st.one_of(st.none(), AMOUNTS))
    def an_offer_is_put_right(self, seat: int, which: int, amount: int | None) -> None:
        desk, now = self.seats[seat], self._one(store.OFFER_SHELF, self.offers, which)
        form = replace(service.offer_for_editing(desk, now.uid), amount=amount)
        done = self._tried(
            "offer changed", lambda: service.change_offer(desk, now.uid, now.revision, form)
        )
        enough = amount is None or amount >= now.promised
        assert (done is not None) == (
            now.state is OfferState.OPEN and enough and amount != now.amount
        )

    @precondition(lambda self: self.offers)
    @rule(seat=SEATS, which=WHICH)
    def an_offer_is_withdrawn_or_comes_back(self, seat: int, which: int) -> None:
        desk, now = self.seats[seat], self._one(store.OFFER_SHELF, self.offers, which)
        if now.state is OfferState.WITHDRAWN:
            self._tried("restored", lambda: service.restore_offer(desk, now.uid, now.revision))
        else:
            self._tried(
                "withdrawn",
                lambda: service.withdraw_offer(desk, now.uid, now.revision, "人手不够"),
            )
        assert self._one(store.OFFER_SHELF, self.offers, which).promised == now.promised

    # --- duties ---------------------------------------------------------------------------------

    @precondition(lambda self: self.problems)
    @rule(seat=SEATS, which=WHICH, given=st.one_of(st.none(), WHICH), amount=AMOUNTS)
    def somebody_dispatches(self, seat: int, which: int, given: int | None, amount: int) -> None:
        if len(self.duties) >= 12:
            return
        desk, problem = self.seats[seat], self._one(store.PROBLEM_SHELF, self.problems, which)
        taken: Offer | None = None
        if given is not None and self.offers:
            taken = self._one(store.OFFER_SHELF, self.offers, given)
        due = desk.today + timedelta(days=2)
        form = duty_form(problem, taken, due=due, amount=amount if taken else None)
        done = self._tried("dispatched", lambda: service.propose(desk, form))
        fits = taken is None or (
            taken.state is OfferState.OPEN
            and (taken.amount is None or taken.promised + amount <= taken.amount)
        )
        on_list = problem.state in (P.LISTED, P.CLAIMED)
        assert (done is not None) == (fits and on_list)
        if done is not None:
            self.duties.append(done.uid)

    @precondition(lambda self: self.duties)
    @rule(seat=SEATS, which=WHICH)
    def evidence_is_added(self, seat: int, which: int) -> None:
        desk, now = self.seats[seat], self._one(store.DUTY_SHELF, self.duties, which)
        if len(now.evidence) >= 2:
            return
        pictures = [picture(40 + len(now.evidence))]
        done = self._tried(
            "evidence",
            lambda: service.add_evidence(desk, self.blobs, now.uid, now.revision, pictures),
        )
        assert (done is not None) == (now.state in (D.DOING, D.TO_REVIEW))

    @precondition(lambda self: self.duties)
    @rule(seat=SEATS, which=WHICH)
    def evidence_is_taken_out(self, seat: int, which: int) -> None:
        desk, now = self.seats[seat], self._one(store.DUTY_SHELF, self.duties, which)
        if not now.evidence:
            return
        sha256 = now.evidence[-1].sha256
        done = self._tried(
            "evidence out",
            lambda: service.remove_evidence(desk, now.uid, now.revision, sha256),
        )
        assert (done is not None) == (now.state is D.DOING)

    @precondition(lambda self: self.duties)
    @rule(seat=SEATS, which=WHICH, action=st.sampled_from(sorted(DUTY_WAYS)), given=st.booleans())
    def anything_is_tried(self, seat: int, which: int, action: DutyAction, given: bool) -> None:
        self.a_duty_takes_a_step(seat, which, action, given)

    @precondition(lambda self: self.duties)
    @rule(seat=SEATS, which=WHICH, choice=WHICH)
    def something_that_may_be_done_is_done(self, seat: int, which: int, choice: int) -> None:
        now = self._one(store.DUTY_SHELF, self.duties, which)
        fitting = sorted(
            action
            for action, (states, _) in DUTY_WAYS.items()
            if now.state in states and action not in (A.DECLINE, A.CANCEL)
        )
        if fitting:
            self.a_duty_takes_a_step(seat, which, fitting[choice % len(fitting)], given=True)

    def a_duty_takes_a_step(self, seat: int, which: int, action: DutyAction, given: bool) -> None:
        desk, now = self.seats[seat], self._one(store.DUTY_SHELF, self.duties, which)
        (problem,) = self._read(store.PROBLEM_SHELF, [now.problem])
        later = max(now.due, desk.today) + timedelta(days=3)
        details = DutyDetails(
            words="原因",
            result="办好了" if given else "",
            due=later,
        )
        done = self._tried(
            action.value, lambda: service.act(desk, now.uid, action, now.revision, details)
        )
        sources, to = DUTY_WAYS[action]
        may = now.state in sources
        if action is A.SUBMIT:
            may = may and bool(now.evidence) and given
        if action is A.REVIEW_OK:
            may = may and now.submitted_by != desk.actor.uid
        if action is A.REOPEN:
            may = may and problem.state in (P.LISTED, P.CLAIMED, P.CLOSED)
        if action is A.ESCALATE:
            may = may and now.level.next_up is not None
        assert (done is not None) == may, (action, now.state)
        if done is not None:
            assert done.state is (to or now.state)

    @precondition(lambda self: self.duties)
    @rule(seat=SEATS, which=WHICH, end=st.sampled_from(ENDS))
    def a_duty_comes_to_its_end(self, seat: int, which: int, end: str) -> None:
        """The usual way, so that many come so far; what always holds is looked at in between."""
        for _ in range(6):
            now = self._one(store.DUTY_SHELF, self.duties, which)
            if (last := LAST_STEPS.get((now.state, end))) is not None:
                self.a_duty_takes_a_step((seat + 1) % 3, which, last, given=True)
                return
            if now.state is D.CLOSED and end == "its problem opened again":
                self.a_problem_takes_a_step(seat, self.problems.index(now.problem), "reopen")
                return
            if now.state is D.DOING and not now.evidence:
                self.evidence_is_added(seat, which)
            elif now.state is D.DOING and end == "evidence out":
                self.evidence_is_taken_out(seat, which)
                return
            elif (usual := USUAL_STEPS.get(now.state)) is not None:
                at = seat
                if now.state is D.TO_REVIEW:
                    self.a_duty_takes_a_step(at, which, usual, given=True)
                    at += 1
                if self._one(store.DUTY_SHELF, self.duties, which).state is D.CLOSED:
                    continue
                self.a_duty_takes_a_step(at % 3, which, usual, given=True)
            self.nothing_is_promised_beyond_its_amount()
            self.a_problem_stands_as_its_duties_make_it_stand()

    @precondition(lambda self: self.duties)
    @rule(seat=SEATS, which=WHICH)
    def who_looks_at_an_old_page_is_told(self, seat: int, which: int) -> None:
        desk, now = self.seats[seat], self._one(store.DUTY_SHELF, self.duties, which)
        with pytest.raises(Conflict):
            service.act(
                desk, now.uid, A.CANCEL, now.revision - 1, DutyDetails(words="看的是旧页面")
            )

    @precondition(lambda self: self.undo)
    @rule(seat=SEATS)
    def the_last_step_is_taken_back(self, seat: int) -> None:
        undo, self.undo = self.undo, None
        assert undo is not None
        self._tried("undo", lambda: undo.call(self.seats[seat]))
        self.undo = None

    @rule(days=st.integers(min_value=1, max_value=3))
    def time_passes(self, days: int) -> None:
        if self.clock.now() - MONDAY_MORNING < 40 * 86_400_000:
            self.clock.advance(days * 86_400)

    def teardown(self) -> None:
        """Every history has an end of its own, so that all together have had each of them."""
        end = ENDS[self.met["histories"] % len(ENDS)]
        self.met["histories"] += 1
        problem = service.raise_problem(self.seats[0], problem_form()).value
        due = self.seats[0].today + timedelta(days=2)
        self.problems.append(problem.uid)
        self.duties.append(service.propose(self.seats[0], duty_form(problem, due=due)).value.uid)
        for _ in range(2):
            self.a_duty_comes_to_its_end(1, len(self.duties) - 1, end)
        gone = service.raise_problem(self.seats[0], problem_form()).value
        self.problems.append(gone.uid)
        for action in ("withdraw", "withdraw", "reopen"):
            self.a_problem_takes_a_step(2, len(self.problems) - 1, action)
        self.the_last_step_is_taken_back(0)
        form = duty_form(gone, due=due)
        assert self._tried("dispatched", lambda: service.propose(self.seats[0], form)) is None
        super().teardown()


@pytest.mark.slow
@pytest.mark.sqlite_only
def test_what_the_lists_promise_holds_in_any_order(template_file: Path, tmp_path: Path) -> None:
    path = tmp_path / "jinlin.db"
    shutil.copyfile(template_file, path)
    clock, met = FixedClock(MONDAY_MORNING), Counter[str]()
    database = open_file(path, KEY, clock)
    blobs = FolderBlobs(tmp_path / "attachments", DataKey(b"k" * 32))
    values = {"database": database, "clock": clock, "met": met, "blobs": blobs}
    machine = type("TheLists", (Lists,), values)
    try:
        run_state_machine_as_test(
            machine,
            settings=settings(
                max_examples=30,
                # What must be met is met every time.
                derandomize=True,
                stateful_step_count=30,
                deadline=None,
                suppress_health_check=list(HealthCheck),
            ),
        )
    finally:
        database.close()
    assert met.keys() >= {
        "problem withdraw", "problem reopen", "problem withdraw refused", "dispatched",
        "dispatched refused", "evidence", "evidence out", "accept", "decline", "submit",
        "review_ok", "review_ok refused", "review_back", "cancel", "reopen", "extend", "escalate",
        "undo", "is closed",
    }  # fmt: skip
