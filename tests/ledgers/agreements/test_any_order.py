"""Whatever is done to an agreement, in any order: signed terms change by supplements only.

A model that knows nothing of the ledger keeps the terms of every day since signing; after each deed
the agreement must give the same, and its course must be a walk through the table of steps.
"""

from __future__ import annotations

import shutil
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta
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

from desktop_app.core.changes import Undo
from desktop_app.core.clock import FixedClock
from desktop_app.core.errors import UserError
from desktop_app.core.ids import Uid
from desktop_app.ledgers.agreements import service
from desktop_app.ledgers.agreements.rules.agreement import (
    Action,
    Agreement,
    AgreementState,
    Content,
    Promise,
    PromiseKind,
)
from desktop_app.ledgers.agreements.rules.entry import PromiseForm
from desktop_app.ledgers.agreements.rules.steps import RULES
from desktop_app.ledgers.agreements.rules.supplementing import SupplementForm
from desktop_app.ledgers.agreements.rules.terms import TERMS, as_signed, terms_of
from desktop_app.storage.opening import open_file
from desktop_app.storage.session import Database, Desk
from tests.ledgers.agreements.builders import TODAY, draft, form, unit
from tests.stations import CLERK, KEY, MONDAY_MORNING

S = AgreementState
DAY = timedelta(days=1)
LAST = TODAY + timedelta(days=400)
CHANGES: dict[str, st.SearchStrategy[Any]] = {
    "venues": st.sampled_from(["一楼会议室", "停车位", "操场", ""]),
    "a_head": st.sampled_from(["陈志强", "赵敏"]),
    "contents": st.lists(st.sampled_from(Content), min_size=1, unique=True).map(tuple),
    "notice_days": st.sampled_from([15, 30, 60]),
    "ends_on": st.integers(0, 60).map(lambda days: LAST + timedelta(days=days)),
    "meeting_every": st.none(),
    "promises": st.integers(1, 9).map(lambda n: (PromiseForm(PromiseKind.ACTIVITIES, n),)),
}


@dataclass
class Known:
    """What the model knows: the terms as each signing left them, from that day on."""

    uid: Uid
    state: S = S.DRAFT
    terms: list[tuple[date, dict[str, Any]]] = field(default_factory=list)


def plain(terms: dict[str, Any]) -> dict[str, Any]:
    """Terms without the uids of promises: who enters one anew gets another uid."""

    def bare(value: Any) -> Any:
        if isinstance(value, tuple):
            return tuple(map(bare, value))
        if isinstance(value, (Promise, PromiseForm)):
            return (value.kind, value.amount, value.words)
        return value

    return {name: bare(value) for name, value in terms.items()}


class Course(RuleBasedStateMachine):
    """Agreements with one unit, each a year long; days pass."""

    database: Database
    clock: FixedClock
    met: Counter[str]
    """What has come about in all runs together: a test that never met it shows nothing."""

    def __init__(self) -> None:
        super().__init__()
        self.clock.set(MONDAY_MORNING)
        self.desk = Desk(self.database, CLERK)
        self.unit = unit(self.desk).uid
        self.known: list[Known] = []
        self.undo: tuple[Undo, list[Known]] | None = None
        self.a_draft()

    @property
    def today(self) -> date:
        return self.desk.today

    def one(self, data: st.DataObject) -> tuple[Known, Agreement]:
        known = data.draw(st.sampled_from(self.known))
        return known, service.get(self.desk, known.uid)

    def copies(self) -> list[Known]:
        return [Known(one.uid, one.state, list(one.terms)) for one in self.known]

    @rule(days=st.integers(1, 20))
    def days_pass(self, days: int) -> None:
        if self.today < TODAY + timedelta(days=300):
            self.clock.advance(days * 86_400)

    @precondition(lambda self: len(self.known) < 4)
    @rule()
    def a_draft(self) -> None:
        made = draft(self.desk, self.unit, ends_on=LAST)
        self.known.append(Known(made.uid))
        self.undo = None

    @rule(data=st.data())
    def a_form_is_saved(self, data: st.DataObject) -> None:
        known, now = self.one(data)
        told = form(self.unit, ends_on=LAST, venues=data.draw(CHANGES["venues"]))
        before = self.copies()
        try:
            done = service.change(self.desk, known.uid, now.revision, told)
        except UserError:
            assert known.state is not S.DRAFT
            self.met["change refused"] += 1
            return
        assert known.state is S.DRAFT
        assert done.undo is not None
        self.undo = (done.undo, before)

    @rule(data=st.data(), ago=st.integers(0, 10), newest=st.booleans())
    def it_is_signed(self, data: st.DataObject, ago: int, newest: bool) -> None:
        known, now = self.one(data)
        if newest:
            known = self.known[-1]
            now = service.get(self.desk, known.uid)
        on = self.today - timedelta(days=ago)
        before = self.copies()
        older = next((one for one in self.known if one.uid == now.renewal_of), None)
        try:
            done = service.sign(self.desk, known.uid, now.revision, on)
        except UserError:
            assert known.state is not S.DRAFT or (older and older.state is not S.SIGNED)
            self.met["signing refused"] += 1
            return
        assert known.state is S.DRAFT
        known.state, known.terms = S.SIGNED, [(on, plain(terms_of(now)))]
        self.met["signed"] += 1
        if older is not None:
            older.state = S.RENEWED
            self.met["renewed"] += 1
        assert done.undo is not None
        self.undo = (done.undo, before)

    @rule(data=st.data(), ago=st.integers(0, 10))
    def a_supplement_is_signed(self, data: st.DataObject, ago: int) -> None:
        known, now = self.one(data)
        names = data.draw(st.lists(st.sampled_from(sorted(CHANGES)), max_size=3, unique=True))
        changes = {name: data.draw(CHANGES[name]) for name in names}
        on = self.today - timedelta(days=ago)
        told = SupplementForm(signed_on=on, words="经协商变更", changes=changes)
        before = self.copies()
        try:
            done = service.supplement(self.desk, known.uid, now.revision, told)
        except UserError:
            assert known.state is not S.SIGNED or on < known.terms[-1][0]
            self.met["supplement refused"] += 1
            return
        assert known.state is S.SIGNED
        assert on >= known.terms[-1][0]
        tidy = (
            {**changes, "contents": self._in_order(changes)} if "contents" in changes else changes
        )
        known.terms.append((on, {**known.terms[-1][1], **plain(tidy)}))
        self.met["supplemented"] += 1
        assert done.undo is not None
        self.undo = (done.undo, before)

    @staticmethod
    def _in_order(changes: dict[str, Any]) -> tuple[Content, ...]:
        return tuple(one for one in Content if one in changes["contents"])

    @rule(data=st.data(), name=st.sampled_from(["林晓芳", "周文静"]))
    def somebody_else_is_called(self, data: st.DataObject, name: str) -> None:
        known, now = self.one(data)
        try:
            service.change_contacts(self.desk, known.uid, now.revision, a_liaison=name)
        except UserError:
            assert known.state is not S.SIGNED or now.a_liaison == name
            return
        assert known.state is S.SIGNED
        self.undo = None

    @precondition(lambda self: len(self.known) < 6)
    @rule(data=st.data())
    def a_renewal_is_drafted(self, data: st.DataObject) -> None:
        known, now = self.one(data)
        try:
            made = service.renew(self.desk, known.uid, now.revision).value
        except UserError:
            waiting = [one for one in self.known if self._waits(one, known.uid)]
            assert known.state is not S.SIGNED or waiting
            return
        assert known.state is S.SIGNED
        self.known.append(Known(made.uid))
        self.undo = None

    def _waits(self, one: Known, older: Uid) -> bool:
        found = service.get(self.desk, one.uid)
        return one.state is S.DRAFT and found.renewal_of == older

    @rule(data=st.data())
    def it_is_ended(self, data: st.DataObject) -> None:
        known, now = self.one(data)
        before = self.copies()
        try:
            done = service.end(self.desk, known.uid, now.revision, "单位撤并")
        except UserError:
            assert known.state is not S.SIGNED
            return
        assert known.state is S.SIGNED
        known.state = S.ENDED
        self.met["ended"] += 1
        assert done.undo is not None
        self.undo = (done.undo, before)

    @precondition(lambda self: self.undo is not None)
    @rule()
    def the_last_deed_is_taken_back(self) -> None:
        assert self.undo is not None
        undo, before = self.undo
        undo.call(self.desk)
        self.known, self.undo = before, None
        self.met["taken back"] += 1

    @invariant()
    def terms_are_those_of_the_last_signing(self) -> None:
        for known in self.known:
            now = service.get(self.desk, known.uid)
            assert now.state is known.state
            if not known.terms:
                assert service.terms_at(self.desk, known.uid, self.today) is None
                continue
            assert plain(terms_of(now)) == known.terms[-1][1]
            first = as_signed(now)
            assert first is not None
            assert plain(terms_of(first)) == known.terms[0][1]
            assert service.terms_at(self.desk, known.uid, known.terms[0][0] - DAY) is None
            self._check_every_day(known)

    def _check_every_day(self, known: Known) -> None:
        for day in {each for on, _ in known.terms for each in (on, on + DAY, on + 3 * DAY)}:
            (*_, held) = [terms for on, terms in known.terms if on <= day]
            told = service.terms_at(self.desk, known.uid, day)
            assert told is not None
            assert plain(terms_of(told)) == held

    @invariant()
    def the_course_is_a_walk_through_the_table(self) -> None:
        for known in self.known:
            now = service.get(self.desk, known.uid)
            state = S.DRAFT
            assert now.steps[0].action is Action.DRAFT
            for step in now.steps[1:]:
                if step.action is not Action.UNDO:
                    assert state in RULES[step.action].sources
                    assert step.to is (RULES[step.action].to or state)
                state = step.to
            assert state is now.state
            assert set(TERMS) >= {change.field for one in now.supplements for change in one.changes}


@pytest.mark.slow
@pytest.mark.sqlite_only
def test_signed_terms_change_by_supplements_only(template_file: Path, tmp_path: Path) -> None:
    path = tmp_path / "jinlin.db"
    shutil.copyfile(template_file, path)
    clock, met = FixedClock(MONDAY_MORNING), Counter[str]()
    database = open_file(path, KEY, clock)
    machine = type("TheCourse", (Course,), {"database": database, "clock": clock, "met": met})
    try:
        run_state_machine_as_test(
            machine,
            settings=settings(
                max_examples=30,
                # What must be met is met every time.
                derandomize=True,
                stateful_step_count=25,
                deadline=None,
                suppress_health_check=list(HealthCheck),
            ),
        )
    finally:
        database.close()
    assert set(met) == {
        "signed", "signing refused", "change refused", "supplemented", "supplement refused",
        "renewed", "ended", "taken back",
    }  # fmt: skip
