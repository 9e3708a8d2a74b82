"""Whatever is done to volunteers and teams, in any order: the past stays, and nobody is in a team
that is not there.

After each deed the rows are looked at, not how the register came to them; rosters of earlier days,
taken down when they were today's, must come out the same ever after.
"""

from __future__ import annotations

import shutil
from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from desktop_app.core.changes import Changed, Undo
from desktop_app.core.clock import FixedClock
from desktop_app.core.errors import UserError
from desktop_app.core.ids import Uid
from desktop_app.core.rights import Right
from desktop_app.registers.volunteers import service, store
from desktop_app.registers.volunteers.rules.team import Team
from desktop_app.registers.volunteers.rules.volunteer import (
    Volunteer,
    VolunteerAction,
    VolunteerState,
)
from desktop_app.registers.volunteers.rules.volunteer_steps import RULES, STEPS, allowed
from desktop_app.registers.volunteers.rules.words import MemberRole
from desktop_app.storage.opening import open_file
from desktop_app.storage.session import Database, Desk
from tests.registers.volunteers.helpers import several, team
from tests.stations import CLERK, KEY, MONDAY_MORNING

NAMES = ("李慧敏", "王建国", "陈志强", "黄丽")
TEAMS = ("平安队", "银龄队")
who = st.integers(0, len(NAMES) - 1)
where = st.integers(0, len(TEAMS) - 1)


class Histories(RuleBasedStateMachine):
    """Four people, two teams; the clock begins on a Monday morning."""

    database: Database
    clock: FixedClock
    met: Counter[str]

    def __init__(self) -> None:
        super().__init__()
        self.clock.set(MONDAY_MORNING)
        self.desk = Desk(self.database, CLERK)
        # Every run begins with an empty register.
        with self.database.unrecorded() as connection:
            for table in (store.VOLUNTEER, store.TEAM, store.MEMBERSHIP):
                connection.execute(sa.delete(table))
            connection.execute(sa.text("UPDATE resident SET deleted_at = 1"))
            connection.execute(sa.text("DELETE FROM person_key"))
        self.people = [one.uid for one in several(self.desk, NAMES)]
        self.teams = [team(self.desk, name).uid for name in TEAMS]
        for person in self.people[:2]:
            service.join(self.desk, self.teams[0], person)
        self.past: list[tuple[Uid, date, frozenset[Uid]]] = []
        self.undo: Undo | None = None

    def _do(self, name: str, call: Any) -> None:
        try:
            done: Changed[Any] = call()
        except UserError:
            self.met[f"{name} refused"] += 1
        else:
            self.met[name] += 1
            self.undo = done.undo

    def _person(self, place: int) -> Volunteer:
        return service.get(self.desk, self.people[place])

    def _team(self, place: int) -> Team:
        return service.get_team(self.desk, self.teams[place])

    @rule(person=who, there=where)
    def joins(self, person: int, there: int) -> None:
        self._do("join", lambda: service.join(self.desk, self.teams[there], self.people[person]))

    @rule(there=where, place=who, back=st.integers(0, 2))
    def leaves_a_team(self, there: int, place: int, back: int) -> None:
        stays = service.roster(self.desk, self.teams[there])
        if stays:
            stay = stays[place % len(stays)]
            day = max(self.desk.today - timedelta(days=back), stay.joined_on)
            # Who is told to have left earlier was not there on those days after all.
            self.past = [one for one in self.past if one[0] != stay.team or one[1] < day]
            self._do("leave", lambda: service.leave(self.desk, stay.uid, stay.revision, day))

    @rule(person=who, action=st.sampled_from(sorted(STEPS)))
    def takes_any_step(self, person: int, action: VolunteerAction) -> None:
        self._step(self._person(person), action)

    @rule(person=who, place=st.integers(0, 4))
    def takes_a_step(self, person: int, place: int) -> None:
        known = self._person(person)
        if may := [action for action in allowed(known) if action in STEPS]:
            self._step(known, may[place % len(may)])

    def _step(self, known: Volunteer, action: VolunteerAction) -> None:
        self._do(
            action.value,
            lambda: service.step(self.desk, known.uid, known.revision, action, "说明"),
        )

    @rule(there=where, leader=who, deputy=st.none() | who, member=st.booleans())
    def names_a_leader(self, there: int, leader: int, deputy: int | None, member: bool) -> None:
        known = self._team(there)
        first = self.people[leader]
        if member and (present := service.roster(self.desk, known.uid)):
            first = present[leader % len(present)].volunteer
        second = None if deputy is None else self.people[deputy]
        self._do(
            "lead",
            lambda: service.set_leader(self.desk, known.uid, known.revision, first, second),
        )

    @rule(there=where)
    def disbands(self, there: int) -> None:
        known = self._team(there)
        self._do("disband", lambda: service.disband(self.desk, known.uid, known.revision, "并队"))

    @rule(there=where)
    def restores(self, there: int) -> None:
        known = self._team(there)
        self._do("restore", lambda: service.restore(self.desk, known.uid, known.revision))

    @rule(keep=who, drop=who)
    def merges(self, keep: int, drop: int) -> None:
        self._do("merge", lambda: service.merge(self.desk, self.people[keep], self.people[drop]))

    @rule()
    def takes_back(self) -> None:
        undo, self.undo = self.undo, None
        if undo is not None:
            self._do("undo", lambda: undo.call(self.desk))
            self.undo = None

    @rule(days=st.integers(1, 3))
    def days_pass(self, days: int) -> None:
        for there in self.teams:
            self.past.append((there, self.desk.today, self._roster(there, self.desk.today)))
        # What is taken back on another day would change the day it was done on.
        self.undo = None
        self.clock.advance(days * 86_400)

    def _roster(self, there: Uid, day: date) -> frozenset[Uid]:
        return frozenset(line.volunteer for line in service.roster(self.desk, there, day))

    @invariant()
    def rosters_of_earlier_days_stay(self) -> None:
        with self.desk.reading(needs=Right.READ) as connection:
            for there, day, then in self.past[-6:]:
                now = {line.volunteer for line in store.roster(connection, there, day)}
                assert now == {store.kept_uid(connection, one) for one in then}

    @invariant()
    def nobody_is_anywhere_twice_or_where_nothing_is(self) -> None:
        with self.desk.reading(needs=Right.READ) as connection:
            for there in self.teams:
                known = store.TEAM_SHELF.need(connection, there)
                stays = store.memberships_in(connection, there)
                for stay in stays:
                    others = [one for one in stays if one.volunteer == stay.volunteer]
                    assert not any(stay.overlaps(one) for one in others if one.uid != stay.uid)
                    if stay.open:
                        assert not known.disbanded
                        assert store.SHELF.need(connection, stay.volunteer).present
                roles = {stay.role: stay.volunteer for stay in stays if stay.open}
                assert roles.get(MemberRole.LEADER) == known.leader
                assert roles.get(MemberRole.DEPUTY) == known.deputy

    @invariant()
    def courses_are_walks_through_the_table(self) -> None:
        with self.desk.reading(needs=Right.READ) as connection:
            for uid in self.people:
                known = store.SHELF.need(connection, uid)
                state = VolunteerState.ACTIVE
                for step in known.steps[1:]:
                    assert state in RULES[step.action].sources
                    assert step.to is (RULES[step.action].to or state)
                    state = step.to
                assert known.state is state
                gone = state in (VolunteerState.LEFT, VolunteerState.CANCELLED)
                assert gone == (known.left_on is not None)


@pytest.mark.slow
@pytest.mark.sqlite_only
def test_the_past_stays_whatever_is_done(template_file: Path, tmp_path: Path) -> None:
    path = tmp_path / "jinlin.db"
    shutil.copyfile(template_file, path)
    clock, met = FixedClock(MONDAY_MORNING), Counter[str]()
    database = open_file(path, KEY, clock)
    machine = type("AnyOrder", (Histories,), {"database": database, "clock": clock, "met": met})
    try:
        run_state_machine_as_test(
            machine,
            settings=settings(
                max_examples=9,
                # What must be met is met every time.
                derandomize=True,
                stateful_step_count=25,
                deadline=None,
                suppress_health_check=list(HealthCheck),
            ),
        )
    finally:
        database.close()
    assert set(met) >= {
        "join", "join refused", "leave", "pause", "resume", "cancel", "return", "lead",
        "lead refused", "disband", "restore", "merge", "merge refused", "undo",
    }  # fmt: skip
