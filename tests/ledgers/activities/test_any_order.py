"""Whatever is done at the door and with paper, in any order: counts are the rows, nobody doubled.

A model that knows nothing of the ledger keeps who is there; after each deed both must agree.
"""

from __future__ import annotations

import shutil
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from desktop_app.core.clock import FixedClock
from desktop_app.core.errors import InvalidInput, UserError
from desktop_app.ledgers.activities import service
from desktop_app.ledgers.activities.rules.activity import ActivityState, Group
from desktop_app.ledgers.activities.rules.recording import RecordForm
from desktop_app.storage.opening import open_file
from desktop_app.storage.session import Database, Desk
from tests.ledgers.activities.builders import HOUR, line, person, plan
from tests.stations import CLERK, KEY, MONDAY_MORNING

NAMES = ("张伟", "李强", "王芳", "陈桂英")
UNITS = ("", "青榕雅苑", "栖溪里")
PEOPLE = st.tuples(st.sampled_from(NAMES), st.sampled_from(UNITS))
GROUPS = st.sampled_from(Group)
S = ActivityState


@dataclass
class Known:
    """What the model knows of one line of the sheet."""

    name: str
    unit: str
    group: Group
    here: bool
    left: bool = False


def meant(lines: list[Known], name: str, unit: str) -> list[Known]:
    """Lines that may be this person: the same name, and no two different units."""
    return [
        one for one in lines if one.name == name and (not one.unit or not unit or one.unit == unit)
    ]


class Door(RuleBasedStateMachine):
    """One activity of today, 9:30 to 11:00; the clock begins at 9."""

    database: Database
    clock: FixedClock
    met: Counter[str]
    """What has come about in all runs together: a test that never met it shows nothing."""

    def __init__(self) -> None:
        super().__init__()
        self.clock.set(MONDAY_MORNING)
        self.desk = Desk(self.database, CLERK)
        self.activity = plan(self.desk)
        self.state = S.PLANNED
        self.model: list[Known] = []

    def _row(self, known: Known) -> Any:
        rows = service.attendance_of(self.desk, self.activity.uid).rows
        return next(row for row in rows if (row.name, row.unit) == (known.name, known.unit))

    @rule(minutes=st.integers(min_value=5, max_value=60))
    def time_passes(self, minutes: int) -> None:
        if self.clock.now() - MONDAY_MORNING < 6 * HOUR * 1000:
            self.clock.advance(minutes * 60)

    @rule(who=PEOPLE, group=GROUPS)
    def somebody_arrives(self, who: tuple[str, str], group: Group) -> None:
        name, unit = who
        found = meant(self.model, name, unit)
        may = self.state in (S.PLANNED, S.OPEN, S.RUNNING)
        try:
            service.sign_in(self.desk, self.activity.uid, person(name, unit=unit, group=group))
        except UserError:
            assert not may or len(found) > 1 or (found and found[0].here)
            self.met["refused at the door"] += 1
            return
        self.met["signed in"] += 1
        assert may
        if self.state in (S.PLANNED, S.OPEN):
            self.state = S.RUNNING
        if not found:
            self.model.append(Known(name, unit, group, here=True))
            return
        (one,) = found
        assert not one.here
        one.here, one.group, one.unit = True, group, one.unit or unit

    @rule()
    def names_may_be_put_down(self) -> None:
        if self.state is S.PLANNED:
            revision = service.get(self.desk, self.activity.uid).revision
            service.open_sign_up(self.desk, self.activity.uid, revision)
            self.state = S.OPEN

    @rule(who=PEOPLE, group=GROUPS)
    def somebody_signs_up(self, who: tuple[str, str], group: Group) -> None:
        name, unit = who
        found = meant(self.model, name, unit)
        try:
            service.sign_up(self.desk, self.activity.uid, person(name, unit=unit, group=group))
        except UserError:
            assert self.state is not S.OPEN or found
            return
        assert self.state is S.OPEN
        assert not found
        self.model.append(Known(name, unit, group, here=False))

    @precondition(lambda self: self.model)
    @rule(data=st.data())
    def somebody_leaves(self, data: st.DataObject) -> None:
        one = data.draw(st.sampled_from(self.model))
        try:
            service.sign_out(self.desk, self._row(one).uid)
        except UserError:
            assert not one.here or one.left or self.state is S.TO_REVIEW
            return
        assert one.here
        assert not one.left
        one.left = True

    @precondition(lambda self: self.model)
    @rule(data=st.data())
    def a_line_is_removed(self, data: st.DataObject) -> None:
        one = data.draw(st.sampled_from(self.model))
        row = self._row(one)
        try:
            service.remove_line(self.desk, row.uid, row.revision)
        except UserError:
            assert self.state is S.TO_REVIEW
            return
        assert self.state is not S.TO_REVIEW
        self.model.remove(one)

    @rule(told=st.lists(st.tuples(PEOPLE, GROUPS), min_size=1, max_size=4))
    def a_sheet_is_taken_over(self, told: list[tuple[tuple[str, str], Group]]) -> None:
        after = self._after_sheet(told)
        begun = self.clock.now() >= self.activity.starts_at
        sheet = [line(name, unit=unit, group=group) for (name, unit), group in told]
        try:
            service.fill_in_sheet(self.desk, self.activity.uid, sheet)
        except InvalidInput:
            assert after is None
            self.met["sheet refused"] += 1
            return
        except UserError:
            assert not begun or self.state is S.TO_REVIEW
            return
        assert begun
        assert after is not None
        self.met["sheet taken over"] += 1
        self.model = after
        if self.state in (S.PLANNED, S.OPEN, S.RUNNING):
            over = self.clock.now() >= self.activity.ends_at
            # A sheet on which everybody was known already says nothing new of the activity.
            self.state = service.get(self.desk, self.activity.uid).state
            assert self.state is S.TO_RECORD or (self.state is S.RUNNING and not over)

    def _after_sheet(self, told: list[tuple[tuple[str, str], Group]]) -> list[Known] | None:
        """The model once a sheet is taken over; None when it must be refused."""
        after = [Known(**vars(one)) for one in self.model]
        for place, ((name, unit), group) in enumerate(told):
            earlier = [Known(*who, group, here=True) for who, _ in told[:place]]
            found = meant(after, name, unit)
            if meant(earlier, name, unit) or len(found) > 1:
                return None
            if not found:
                after.append(Known(name, unit, group, here=True))
                continue
            (one,) = found
            one.group = one.group if one.here else group
            one.here, one.unit = True, one.unit or unit
        return after

    @rule()
    def it_is_recorded(self) -> None:
        now = service.get(self.desk, self.activity.uid)
        if self.state is not S.TO_REVIEW and self.clock.now() >= self.activity.starts_at:
            service.record(self.desk, now.uid, now.revision, RecordForm(summary="讲解用药"))
            self.state = S.TO_RECORD

    @rule()
    def it_is_handed_in_or_sent_back(self) -> None:
        now = service.get(self.desk, self.activity.uid)
        if self.state is S.TO_REVIEW:
            service.send_back(self.desk, now.uid, now.revision, "再核对人数")
            self.state = S.TO_RECORD
        elif self.state is S.TO_RECORD and now.summary and any(one.here for one in self.model):
            service.submit(self.desk, now.uid, now.revision, "没有照片")
            self.state = S.TO_REVIEW

    @invariant()
    def the_sheet_is_what_happened(self) -> None:
        sheet = service.attendance_of(self.desk, self.activity.uid)
        told = sorted((row.name, row.unit, row.group, row.present) for row in sheet.rows)
        assert told == sorted((one.name, one.unit, one.group, one.here) for one in self.model)
        here = Counter(one.group for one in self.model if one.here)
        assert sheet.counts.people == {group: here[group] for group in Group}
        assert (sheet.counts.listed, sheet.counts.present) == (len(self.model), here.total())
        assert sheet.activity.state is self.state
        for row in sheet.rows:
            assert row.left_at is None or (row.arrived_at or 0) <= row.left_at


@pytest.mark.slow
@pytest.mark.sqlite_only
def test_counts_equal_the_rows_and_nobody_is_doubled(template_file: Path, tmp_path: Path) -> None:
    path = tmp_path / "jinlin.db"
    shutil.copyfile(template_file, path)
    clock, met = FixedClock(MONDAY_MORNING), Counter[str]()
    database = open_file(path, KEY, clock)
    machine = type("TheDoor", (Door,), {"database": database, "clock": clock, "met": met})
    try:
        run_state_machine_as_test(
            machine,
            settings=settings(
                max_examples=30,
                stateful_step_count=30,
                deadline=None,
                suppress_health_check=list(HealthCheck),
            ),
        )
    finally:
        database.close()
    assert set(met) == {
        "signed in", "refused at the door", "sheet taken over", "sheet refused",
    }  # fmt: skip
