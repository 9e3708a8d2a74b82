"""The requests of a demo are such as the ledger would have taken, in every state there is."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from desktop_app.core.identity import check_phone
from desktop_app.ledgers.agreements.tables import AGREEMENT
from desktop_app.ledgers.requests import service
from desktop_app.ledgers.requests.rules.course import due_of
from desktop_app.ledgers.requests.rules.entry import RequestForm, checked
from desktop_app.ledgers.requests.rules.evaluating import may_be_evaluated
from desktop_app.ledgers.requests.rules.listing import RequestFilter
from desktop_app.ledgers.requests.rules.request import (
    Action,
    AssigneeKind,
    Request,
    RequestKind,
    RequestState,
    is_overdue,
)
from desktop_app.ledgers.requests.rules.steps import RULES
from desktop_app.ledgers.requests.store import EVALUATION_SHELF, SHELF
from desktop_app.ledgers.requests.tables import REQUEST, REQUEST_EVALUATION
from desktop_app.ledgers.three_lists.tables import DUTY, OFFER, PROBLEM
from desktop_app.ledgers.visits.store import SHELF as VISITS
from desktop_app.ledgers.visits.tables import VISIT
from desktop_app.registers.matters.starter import starter_matters
from desktop_app.registers.partners.tables import PARTNER
from desktop_app.registers.working_days.service import calendar
from desktop_app.station.demo import scales
from desktop_app.station.demo.dice import Dice
from desktop_app.station.demo.wish_course import Fate, askings, fates
from desktop_app.station.sign_in.session import Session
from tests.station.demo.made import TODAY, make, seated
from tests.station.demo.test_demo import rows

_BY_STEPS = frozenset({Action.REGISTER, Action.JOIN})


@pytest.fixture
def requests(hall: Session) -> list[Request]:
    return [SHELF.value(row) for row in rows(hall, REQUEST)]


def test_all_states_kinds_and_steps_occur(requests: list[Request]) -> None:
    taken = {step.action for one in requests for step in one.steps}

    assert len(requests) == pytest.approx(500, abs=6)
    assert {one.state for one in requests} == set(RequestState)
    assert {one.kind for one in requests} == set(RequestKind)
    assert taken >= set(RULES) - {Action.UNLIST, Action.FOLLOW_UP}
    assert {one.assignee.kind for one in requests if one.assignee} == set(AssigneeKind)


def test_every_request_is_one_the_counter_would_have_taken(requests: list[Request]) -> None:
    names = set(RequestForm.__dataclass_fields__) - {"day", "time", "result"}
    for one in requests:
        form = RequestForm(**{name: getattr(one, name) for name in names})
        assert checked(form, one.day) == form
        assert not one.late_entry
        assert not one.phone or check_phone(one.phone) == one.phone


def test_every_step_is_one_that_may_follow_the_one_before(
    hall: Session, requests: list[Request]
) -> None:
    works = calendar(hall.desk)
    for one in requests:
        assert one.steps[0].action is Action.REGISTER
        assert [step.at for step in one.steps] == sorted(step.at for step in one.steps)
        for before, after in zip(one.steps, one.steps[1:], strict=False):
            joins = after.action in _BY_STEPS and after.to is before.to
            assert joins or RULES[after.action].may_lead(before.to, after.to)
        assert one.due == due_of(one, works)


def test_most_are_done_in_time_and_some_are_overdue_now(requests: list[Request]) -> None:
    in_time = Counter(one.on_time for one in requests if one.on_time is not None)

    assert in_time[True] > 3 * in_time[False] > 0
    assert sum(is_overdue(one, TODAY) for one in requests) >= 2


def test_some_of_a_tiny_home_are_open_overdue_untaken_and_of_this_morning(
    session: Session,
) -> None:
    found = [SHELF.value(row) for row in rows(session, REQUEST)]

    assert sum(one.day == TODAY for one in found) == 2
    assert any(is_overdue(one, TODAY) for one in found)
    assert {one.state for one in found if one.open} == set(RequestState) - {
        RequestState.CLOSED, RequestState.NOT_OURS, RequestState.FORWARDED,
        RequestState.WITHDRAWN, RequestState.MERGED,
    }  # fmt: skip
    assert service.page(session.desk, RequestFilter(overdue=True)).rows


def test_what_came_of_a_visit_is_of_the_same_resident_that_day(
    hall: Session, requests: list[Request]
) -> None:
    visits = {row["uid"]: VISITS.value(row) for row in rows(hall, VISIT)}
    linked = [one for one in requests if one.visit is not None]

    assert linked
    for one in linked:
        assert one.visit is not None
        visit = visits[one.visit]
        assert (one.resident, one.name, one.day) == (visit.resident, visit.name, visit.day)
        assert (one.category, visit.at < one.at) == (visit.category, True)


def test_a_merged_one_tells_the_same_as_the_one_it_joined(requests: list[Request]) -> None:
    by_uid = {one.uid: one for one in requests}
    merged = [one for one in requests if one.state is RequestState.MERGED]

    assert merged
    for one in merged:
        assert one.merged_into is not None
        kept = by_uid[one.merged_into]
        assert (kept.title, kept.compound) == (one.title, one.compound)
        assert any(step.action is Action.JOIN and step.words == one.number for step in kept.steps)


def test_who_was_evaluated_was_done_and_only_once(hall: Session, requests: list[Request]) -> None:
    by_uid = {one.uid: one for one in requests}
    found = [EVALUATION_SHELF.value(row) for row in rows(hall, REQUEST_EVALUATION)]

    assert len(found) > 50
    assert len({one.request for one in found}) == len(found)
    for one in found:
        steps = [step for step in by_uid[one.request].steps if step.at <= one.at]
        assert may_be_evaluated(steps[-1].to)


def test_the_sentences_cover_the_directory_and_tell_of_nobody() -> None:
    known = askings()
    categories = {line.category for line in starter_matters()}

    assert len({one.title for one in known}) >= 60
    assert {one.category for one in known} == categories
    assert all(one.summary and one.result and one.limit for one in known)
    assert not any(character.isdigit() for one in known for character in one.title)


def test_in_the_plan_of_a_hall_every_fate_occurs() -> None:
    found = Counter(fates(Dice("plan of a hall"), 2000, 0.01))

    assert set(found) == set(Fate)
    assert found.total() == 2000
    assert found[Fate.LISTED] == pytest.approx(20, abs=2)


def test_the_same_seed_and_day_give_the_same_to_the_uid(session: Session, tmp_path: Path) -> None:
    with seated(make(tmp_path / "again")) as other:
        for table in (PARTNER, AGREEMENT, REQUEST, REQUEST_EVALUATION, PROBLEM, OFFER, DUTY):
            assert rows(other, table) == rows(session, table)


def test_the_counter_is_the_same_with_more_of_it_and_with_less(
    session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    more = replace(scales.scale_named("tiny"), agreements=9, list_items=90, requests=200)
    monkeypatch.setitem(scales._ALL, "tiny", more)
    names = ("number", "at", "name", "phone", "matter_name", "summary", "state", "result")
    with seated(make(tmp_path / "more")) as other:
        assert len(rows(other, REQUEST)) > 2 * len(rows(session, REQUEST))
        told = [[{name: row[name] for name in names} for row in rows(seat, VISIT)]
                for seat in (session, other)]  # fmt: skip
    assert sorted(told[0], key=_number) == sorted(told[1], key=_number)


def _number(row: dict[str, object]) -> str:
    return str(row["number"])
