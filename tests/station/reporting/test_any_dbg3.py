"""Whatever is written, lost, carried twice, restored, and in whatever order: at the end both agree.

One station and a street by hand. What the model keeps is only who must be there in the end: every
record that the station has or the street had, unless somebody deleted it; and that no answer of the
street to a request stands in it twice. Runs are bent towards
forks; how often each thing came about is asserted, because a run that never met it shows nothing.
"""

from __future__ import annotations

import contextlib
import copy
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    precondition,
    rule,
    run_state_machine_as_test,
)

from desktop_app import catalog
from desktop_app.bundle.receipt import Verdict
from desktop_app.core.errors import SafetyRefusal, UserError
from desktop_app.core.handling import Handling
from desktop_app.core.ids import Uid
from desktop_app.core.rights import Right
from desktop_app.core.travel import Profile
from desktop_app.ledgers.requests import service as requests
from desktop_app.ledgers.requests.rules.request import Action as Step
from desktop_app.ledgers.requests.rules.request import Request
from desktop_app.ledgers.visits import service as visits
from desktop_app.ledgers.visits.rules.steps import StepDetails
from desktop_app.ledgers.visits.rules.visit import Action
from desktop_app.registers.matters import service as matters
from desktop_app.registers.residents import service as residents
from desktop_app.registers.residents import store as resident_store
from desktop_app.registers.residents.rules import Resident
from desktop_app.station.reporting.rules.answers import Answer
from desktop_app.station.reporting.service import tidy
from desktop_app.station.reporting.service.state import state
from tests.ledgers.requests import builders as asking
from tests.ledgers.visits.builders import matter, register, resident, stored, timed
from tests.station.reporting.hall import Backup, Hall
from tests.station.reporting.paper_street import Held

EXAMPLES, STEPS = 48, 30
PROFILES = st.sampled_from([Profile.WORK, Profile.WORK, Profile.WORK, Profile.STATS])
WHICH = st.integers(min_value=0)
REQUEST_STEPS = (
    Step.ESCALATE, Step.ANSWERED, Step.DONE, Step.CLOSE,
)  # fmt: skip


class Years(RuleBasedStateMachine):
    """What may happen between a station and its street."""

    hall: Hall
    empty: Backup
    met: Counter[str]

    def __init__(self) -> None:
        super().__init__()
        self.hall.restore(self.empty)
        self.hall.street.held = Held()
        for path in self.hall.street.folder.glob("*"):
            path.unlink()
        self.people: list[Uid] = []
        self.visits: list[Uid] = []
        self.requests: list[Uid] = []
        self.answers = 0
        self.backups: list[Backup] = []
        self.street_backups: list[Held] = []
        self.sent: list[Path] = []
        self.came_back: list[Path] = []
        self.gone: set[Uid] = set()

    # --- what is written --------------------------------------------------------------------------

    @rule()
    def somebody_comes(self) -> None:
        self.hall.clock.advance(61)
        self.visits.append(register(self.hall.desk, timed()).uid)

    @rule()
    def somebody_is_told_where_petitions_go(self) -> None:
        self.hall.clock.advance(61)
        told = matter("信访渠道告知", petition=True, handling=Handling.ADVICE)
        register(self.hall.desk, told)

    @rule()
    def a_file_is_opened(self) -> None:
        self.hall.clock.advance(61)
        self.people.append(resident(self.hall.desk, "欧阳明月").uid)

    @rule(which=WHICH, building=st.sampled_from("123"))
    @precondition(lambda self: self.people)
    def a_file_is_changed(self, which: int, building: str) -> None:
        person = self._file(which)
        if person is not None and person.listed and person.building != building:
            self.hall.clock.advance(61)
            name = person.name or "欧阳明月"
            residents.change(self.hall.desk, replace(person, building=building, name=name))

    @rule(which=WHICH)
    @precondition(lambda self: self.people)
    def a_person_is_erased(self, which: int) -> None:
        person = self._file(which)
        if person is not None and person.listed:
            self.hall.clock.advance(61)
            residents.erase(self.hall.desk, person.uid)

    @rule(which=WHICH)
    @precondition(lambda self: self.visits)
    def a_visit_is_taken_up(self, which: int) -> None:
        uid = self.visits[which % len(self.visits)]
        self.hall.clock.advance(61)
        # It may be gone with a restore, or taken up already.
        with contextlib.suppress(UserError):
            known = stored(self.hall.desk, uid)
            visits.act(self.hall.desk, uid, Action.TAKE_UP, known.revision, StepDetails())

    @rule(petition=st.sampled_from((False, False, True)))
    def something_is_asked_for(self, petition: bool) -> None:
        """The usual one is given to the street at once; a petition stays where it is."""
        self.hall.clock.advance(61)
        made = (asking.petition if petition else asking.register)(self.hall.desk)
        if not petition:
            self.requests.append(made.uid)
            self._step(made.uid, Step.ESCALATE)

    @rule(which=WHICH, action=st.sampled_from(REQUEST_STEPS))
    @precondition(lambda self: self.requests)
    def a_request_goes_on(self, which: int, action: Step) -> None:
        self._step(self.requests[which % len(self.requests)], action)

    @rule(which=WHICH, answered=st.booleans())
    def a_whistle_goes_up(self, which: int, answered: bool) -> None:
        """The usual way of one: asked, reported, and answered there."""
        self.something_is_asked_for(petition=False)
        self.a_bundle_is_made(Profile.WORK)
        if self.sent:
            self.a_bundle_arrives(0)
            self.the_street_answers(0 if answered else which)

    @rule(which=WHICH)
    @precondition(lambda self: self.requests)
    def the_street_answers(self, which: int) -> None:
        uid = self.requests[-1 - which % len(self.requests)]
        self.answers += 1
        if self.hall.street.answer(uid, f"答复{self.answers}号") is not None:
            self.met["street answered"] += 1
            self.hall.clock.advance(61)
            path = self.hall.street.receipt(self.hall.desk)
            self.came_back.append(path)
            if which % 2 == 0:
                self._take(path)

    @rule()
    def something_is_written_that_never_travels(self) -> None:
        self.hall.clock.advance(61)
        matters.add_starter(self.hall.desk)

    # --- what is carried --------------------------------------------------------------------------

    @rule(profile=PROFILES)
    def a_bundle_is_made(self, profile: Profile) -> None:
        try:
            self.sent.append(self.hall.report(profile).paths[0])
        except SafetyRefusal:
            self.met["refused to export"] += 1

    @rule(profile=PROFILES, answered=st.booleans())
    def a_month_goes_up(self, profile: Profile, answered: bool) -> None:
        self.somebody_comes()
        self.a_bundle_is_made(profile)
        if self.sent:
            self.a_bundle_arrives(0)
            if answered:
                self.a_receipt_arrives(0)

    @rule(which=WHICH)
    @precondition(lambda self: self.sent)
    def a_bundle_arrives(self, which: int) -> None:
        verdict = self.hall.street.take(self.sent[-1 - which % len(self.sent)])
        self.met[f"bundle {verdict.value}"] += 1
        self.hall.clock.advance(61)
        self.came_back.append(self.hall.street.receipt(self.hall.desk, verdict=verdict))

    @rule(which=WHICH)
    @precondition(lambda self: self.came_back)
    def a_receipt_arrives(self, which: int) -> None:
        self._take(self.came_back[-1 - which % len(self.came_back)])

    @rule(which=WHICH)
    @precondition(lambda self: self.people)
    def the_log_is_tidied(self, which: int) -> None:
        """As it is done: after a change that the street has confirmed."""
        for building in "78":
            self.a_file_is_changed(which, building)
        self.a_month_goes_up(Profile.WORK, answered=True)
        self.met["contents dropped"] += tidy(self.hall.desk).contents

    # --- what is lost -----------------------------------------------------------------------------

    @rule()
    def the_home_is_backed_up(self) -> None:
        self.backups.append(self.hall.backed_up())

    @rule(which=WHICH)
    @precondition(lambda self: self.backups)
    def the_home_is_restored_and_written_in(self, which: int) -> None:
        self._note_gone()
        self.hall.restore(self.backups[which % len(self.backups)])
        self.met["home restored"] += 1
        self.a_file_is_opened()

    @rule(which=WHICH, before=st.sampled_from("123"), after=st.sampled_from("456"))
    @precondition(lambda self: self.people)
    def the_disk_dies_after_a_report(self, which: int, before: str, after: str) -> None:
        """The usual accident: yesterday's backup, and somebody changed the same file again."""
        self.the_home_is_backed_up()
        self.a_file_is_changed(which, before)
        self.a_month_goes_up(Profile.WORK, answered=False)
        self._note_gone()
        self.hall.restore(self.backups[-1])
        self.met["home restored"] += 1
        self.a_file_is_changed(which, after)
        self.a_month_goes_up(Profile.WORK, answered=True)

    @rule()
    def the_two_come_together(self) -> None:
        """As soon as it is asked for, with the clerk going on working afterwards."""
        if state(self.hall.desk).needs_reconcile:
            self._meet()

    @rule()
    def the_street_is_backed_up(self) -> None:
        self.street_backups.append(copy.deepcopy(self.hall.street.held))

    @rule(which=WHICH)
    @precondition(lambda self: self.street_backups)
    def the_street_is_restored(self, which: int) -> None:
        self._note_gone()
        backup = self.street_backups[which % len(self.street_backups)]
        self.hall.street.held = copy.deepcopy(backup)
        self.met["street restored"] += 1
        self.a_month_goes_up(Profile.WORK, answered=True)

    @rule()
    def the_street_loses_a_month(self) -> None:
        """What the station heard confirmed is gone there, and it does not know."""
        self.the_street_is_backed_up()
        self.a_month_goes_up(Profile.WORK, answered=True)
        self._note_gone()
        self.hall.street.held = copy.deepcopy(self.street_backups[-1])
        self.met["street restored"] += 1
        self.a_month_goes_up(Profile.WORK, answered=True)

    # --- in the end -------------------------------------------------------------------------------

    def teardown(self) -> None:
        """One receipt, 重新对账 if it says so, one more 上报: then both hold the same."""
        self._note_gone()
        both = (self._living() | set(self.hall.street.held.rows)) - self._deleted_here()
        self.hall.clock.advance(61)
        taken = self._take(self.hall.street.receipt(self.hall.desk, verdict=Verdict.GAP))
        if taken is Answer.OTHER_PAST:
            both -= self._meet()
        assert self.hall.is_whole()
        # What the street has yet to say needs a third.
        for _ in range(3 if self.hall.street.unheard() else 2):
            self.hall.up()
            assert self.hall.verdicts == [Verdict.APPLIED]
            self.hall.down()
        assert self.hall.street.unheard() == ()
        self._no_answer_stands_twice()
        assert state(self.hall.desk).waiting == 0
        living = self._living()
        assert living == set(self.hall.street.held.rows)
        assert both - self.gone <= living
        assert not self.gone & living
        tidy(self.hall.desk)
        assert self.hall.is_whole()

    def _meet(self) -> set[Uid]:
        """重新对账; answers who is gone by it."""
        done = self.hall.meet()
        self.met["came together"] += done.adopted > 0
        self.met["both had changed one"] += len(done.conflicts)
        self.met["renumbered"] += len(done.renumbered)
        self.met["to be filled in"] += done.pending
        assert self.hall.is_whole()
        return {one.uid for one in done.conflicts if "删除" in one.words}

    def _take(self, path: Path) -> Answer:
        taken = self.hall.take(path)
        self.met[taken.answer.name] += 1
        self.met["answers taken in"] += len(taken.answered)
        return taken.answer

    def _step(self, uid: Uid, action: Step) -> None:
        self.hall.clock.advance(61)
        # It may be gone with a restore, or have ended already.
        with contextlib.suppress(UserError):
            now = asking.stored(self.hall.desk, uid)
            requests.act(self.hall.desk, uid, action, now.revision, asking.SAID[action])

    def _no_answer_stands_twice(self) -> None:
        for one in self._records():
            if isinstance(one, Request):
                sent = [step.words for step in one.steps if step.actor == "苏文静"]
                assert len(set(sent)) == len(sent), sent

    def _living(self) -> set[Uid]:
        return {
            record.uid
            for record in self._records()
            if not record.deleted and not getattr(record, "petition", False)
        }

    def _deleted_here(self) -> set[Uid]:
        return {record.uid for record in self._records() if record.deleted}

    def _records(self) -> list[Any]:
        with self.hall.desk.reading(needs=Right.READ) as connection:
            return [
                record
                for shelf in catalog.travelling().values()
                for record in shelf.values(connection.execute(shelf.table.select()).mappings())
            ]

    def _note_gone(self) -> None:
        """Who is deleted at the street is deleted for ever; here only once the street knows."""
        self.gone |= self.hall.street.held.gone

    def _file(self, which: int) -> Resident | None:
        uid = self.people[which % len(self.people)]
        with self.hall.desk.reading(needs=Right.READ) as connection:
            return resident_store.SHELF.get(connection, uid)


@pytest.mark.slow
@pytest.mark.sqlite_only
def test_in_the_end_both_hold_the_same_whatever_happened(hall: Hall) -> None:
    Years.hall, Years.empty, Years.met = hall, hall.backed_up(), Counter()

    run_state_machine_as_test(
        Years,
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=STEPS,
            deadline=None,
            # The same histories every time: what must have been met is asked below.
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )

    print("MET", Years.met["both had changed one"])
    for event in (
        "bundle applied", "bundle forked", "bundle gap", "home restored", "street restored",
        "came together", "CONFIRMS", "REPEATS", "BACK", "OTHER_PAST", "both had changed one",
        "renumbered", "contents dropped", "refused to export", "street answered",
        "answers taken in",
    ):  # fmt: skip
        assert Years.met[event] > 0, (event, dict(Years.met))
