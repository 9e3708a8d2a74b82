"""Whatever two operators do with posts, in any order, what the roster promises stays true.

Nobody is at two places at once without a reason that is kept; no post has more people than places;
one claim at a time; no history is lost. All of it is read from the rows, not from the rules.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import timedelta
from itertools import combinations
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    rule,
    run_state_machine_as_test,
)

from desktop_app.core.changes import Undo
from desktop_app.core.clock import FixedClock
from desktop_app.core.errors import UserError
from desktop_app.core.ids import Uid
from desktop_app.core.record import altered
from desktop_app.core.rights import Right
from desktop_app.ledgers.posts import service, store
from desktop_app.ledgers.posts.rules.claim import ClaimAction, ClaimState
from desktop_app.ledgers.posts.rules.shift import ShiftAction, ShiftState
from desktop_app.ledgers.posts.rules.shift_entry import ShiftForm
from desktop_app.registers.volunteers import store as volunteers
from desktop_app.storage.session import Database, Desk
from tests.ledgers.posts.builders import NIGHT, TODAY, post, volunteer
from tests.ledgers.three_lists.builders import seat
from tests.stations import CLERK, MONDAY_MORNING

DEEDS = (
    *("plans",) * 6, *("notes",) * 4, *("claims",) * 3, *("decides",) * 3, *("moves",) * 3,
    *("takes back",) * 3, *("fills",) * 2, "copies", "closes", "waits",
)  # fmt: skip
"""What happens, as often as it stands here: a roster is mostly planned and noted."""

HOURS = st.integers(18, 21)
WHICH = st.integers(0, 9)
WHY = st.sampled_from(["", "两处相邻"])
SHELVES: Any = (store.POST_SHELF, store.CLAIM_SHELF, store.SHIFT_SHELF)
HELD = {ShiftState.PLANNED, ShiftState.DONE}
CLAIM_STEPS = (ClaimAction.APPROVE, ClaimAction.APPROVE, ClaimAction.END, ClaimAction.WITHDRAW)
SHIFT_STEPS = (ShiftAction.DONE, ShiftAction.ABSENT, ShiftAction.DONE, ShiftAction.CANCEL)
TAKEN = {ClaimState.CLAIMED, ClaimState.ON}


class Posts(RuleBasedStateMachine):
    """Two operators, two posts, three people, one of whom is written down under two spellings."""

    database: Database
    clock: FixedClock
    people: list[Uid]
    persons: dict[Uid, Uid]
    met: Counter[str]

    def __init__(self) -> None:
        super().__init__()
        self.clock.set(MONDAY_MORNING)
        with self.database.unrecorded() as connection:
            for shelf in SHELVES:
                connection.execute(sa.delete(shelf.table))
        first = Desk(self.database, CLERK)
        self.seats = [first, seat(first, "林志强")]
        self.posts = [post(first).uid, post(first, name="夜里值守", quota=1, pattern=NIGHT).uid]
        self.turn = 0
        self.undos: list[Undo] = []
        self.histories: dict[Uid, tuple[Any, ...]] = {}

    def _rows(self, shelf: Any) -> list[Any]:
        with self.seats[0].reading(needs=Right.READ) as connection:
            query = sa.select(shelf.table).order_by(shelf.table.c.uid)
            found = shelf.values(connection.execute(query).mappings())
        return [one for one in found if not one.deleted]

    def _tried(self, name: str, call: Callable[[], Any]) -> Any:
        try:
            done = call()
        except UserError as refused:
            self.met[f"{name} refused"] += 1
            self.met[type(refused).__name__] += 1
            return None
        self.met[name] += 1
        if done.undo is not None:
            self.undos.append(done.undo)
        return done.value

    # --- what they do ---------------------------------------------------------------------------

    @rule(
        deed=st.sampled_from(DEEDS),
        which=WHICH,
        who=WHICH,
        day=st.integers(0, 1),
        hour=HOURS,
        hours=st.integers(1, 8),
        why=WHY,
    )
    def somebody(
        self, deed: str, which: int, who: int, day: int, hour: int, hours: int, why: str
    ) -> None:
        form = ShiftForm(
            post=self.posts[which % 2],
            volunteer=self.people[who % len(self.people)],
            day=TODAY + timedelta(day),
            starts=(hour, 0),
            ends=((hour + hours) % 24, 0),
            override=why,
        )
        deeds: dict[str, Callable[[], object]] = {
            "plans": lambda: self._tried("planned", lambda: service.plan(self.desk, form)),
            "notes": lambda: self.a_shift_is_noted(which, hours, why),
            "claims": lambda: self.somebody_claims(form, waiting=bool(why)),
            "decides": lambda: self.a_claim_goes_on(which, hours),
            "moves": lambda: self.a_shift_is_moved(which, form),
            "takes back": lambda: self.a_step_is_taken_back(which),
            "fills": self.a_proposal_is_taken,
            "copies": lambda: self.a_week_is_carried_over(7 if why else -7),
            "closes": lambda: self.a_post_is_closed_and_comes_back(which % 2),
            "waits": lambda: self.clock.advance(86_400),
        }
        self.turn += 1
        deeds[deed]()

    @property
    def desk(self) -> Desk:
        """They take turns."""
        return self.seats[self.turn % 2]

    def somebody_claims(self, form: ShiftForm, *, waiting: bool) -> None:
        at, who = form.post, form.volunteer
        assert at is not None
        assert who is not None
        self._tried("claimed", lambda: service.claim(self.desk, at, who, waiting=waiting))

    def a_claim_goes_on(self, which: int, choice: int) -> None:
        claims = self._rows(store.CLAIM_SHELF)
        if claims:
            uid = claims[which % len(claims)].uid
            action = CLAIM_STEPS[choice % len(CLAIM_STEPS)]
            self._tried(
                action.value, lambda: service.act_on_claim(self.desk, uid, action, None, "原因")
            )

    def a_shift_is_moved(self, which: int, form: ShiftForm) -> None:
        shifts = self._rows(store.SHIFT_SHELF)
        if shifts:
            uid = shifts[which % len(shifts)].uid
            self._tried("moved", lambda: service.move(self.desk, uid, None, form))

    def a_shift_is_noted(self, which: int, choice: int, why: str) -> None:
        shifts = self._rows(store.SHIFT_SHELF)
        if shifts:
            uid = shifts[which % len(shifts)].uid
            action = SHIFT_STEPS[choice % len(SHIFT_STEPS)]
            self._tried(
                action.value,
                lambda: service.act_on_shift(self.desk, uid, action, None, "说明", override=why),
            )

    def a_proposal_is_taken(self) -> None:
        today = self.desk.today
        found = service.fill(self.desk, today, today + timedelta(2))
        if found:
            made = self._tried("filled", lambda: service.accept(self.desk, found[:3]))
            assert made is not None
            assert not any(one.override_reason for one in made)

    def a_week_is_carried_over(self, days: int) -> None:
        if 0 < len(self._rows(store.SHIFT_SHELF)) < 15:
            today = self.desk.today
            self._tried(
                "carried over", lambda: service.copy_week(self.desk, today, today + timedelta(days))
            )

    def a_post_is_closed_and_comes_back(self, at: int) -> None:
        uid = self.posts[at]
        now = service.get_post(self.desk, uid).revision
        closed = self._tried("closed", lambda: service.close_post(self.desk, uid, now, "改造"))
        self.what_the_roster_promises()
        now = closed.revision
        self._tried("opened again", lambda: service.reopen_post(self.desk, uid, now))

    def a_step_is_taken_back(self, which: int) -> None:
        """One of the last three: what came after it may stand in the way."""
        if self.undos:
            undo = self.undos.pop(-1 - which % min(3, len(self.undos)))
            self._tried("undone", lambda: undo.call(self.desk))

    # --- what always holds ----------------------------------------------------------------------

    @invariant()
    def what_the_roster_promises(self) -> None:
        posts, claims, shifts = map(self._rows, SHELVES)
        self.nobody_is_at_two_places_without_a_reason_that_is_kept(shifts)
        self.no_post_has_more_people_than_places(posts, claims)
        self.no_history_is_lost((*posts, *claims, *shifts))

    def nobody_is_at_two_places_without_a_reason_that_is_kept(self, shifts: list[Any]) -> None:
        held = [one for one in shifts if one.state in HELD]
        for one, other in combinations(held, 2):
            if self.persons[one.volunteer] != self.persons[other.volunteer]:
                continue
            if max(one.starts_at, other.starts_at) < min(one.ends_at, other.ends_at):
                assert one.override_reason or other.override_reason
                assert one.post != other.post
                said = [step.words for step in (*one.steps, *other.steps)]
                assert any("两处相邻" in words for words in said)
                self.met["overlap allowed"] += 1

    def no_post_has_more_people_than_places(self, posts: list[Any], claims: list[Any]) -> None:
        for at in posts:
            own = [one for one in claims if one.post == at.uid]
            assert sum(one.state in TAKEN for one in own) <= at.quota
            live = [one for one in own if one.state in TAKEN | {ClaimState.WAITING}]
            assert len({self.persons[one.volunteer] for one in live}) == len(live)

    def no_history_is_lost(self, found: Sequence[Any]) -> None:
        for one in found:
            known = self.histories.get(one.uid, ())
            assert one.steps[: len(known)] == known
            assert one.steps[-1].to == one.state
            self.histories[one.uid] = one.steps


@pytest.mark.slow
def test_what_the_roster_promises_holds_in_any_order(database: Database, clock: FixedClock) -> None:
    desk, met = Desk(database, CLERK), Counter[str]()
    found = [volunteer(desk, name) for name in ("陈志明", "李慧敏", "黄国栋", "黄国东")]
    with desk.unit_of_work("合并志愿者", needs=Right.HANDLE) as unit:
        volunteers.SHELF.put(unit, altered(found[3], merged_into=found[2].uid))
    persons = {one.uid: one.uid for one in found} | {found[3].uid: found[2].uid}
    values = {
        "database": database,
        "clock": clock,
        "met": met,
        "people": [one.uid for one in found],
        "persons": persons,
    }
    run_state_machine_as_test(
        type("ThePosts", (Posts,), values),
        settings=settings(
            # A server answers more slowly, and the rules above it are the same.
            max_examples=9 if database.dialect == "sqlite" else 4,
            # What must be met is met every time.
            derandomize=True,
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
    if database.dialect != "sqlite":
        return
    assert met.keys() >= {
        "planned", "planned refused", "moved", "Clash", "PostFull", "AlreadyClaimed", "Conflict",
        "overlap allowed", "approve", "filled", "carried over", "closed", "opened again", "absent",
        "done", "undone", "undone refused",
    }, met  # fmt: skip
