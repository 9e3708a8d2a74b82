"""The three lists of a demo hold what the ledger would have let stand, in every state there is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from desktop_app.core.resources import resource_path
from desktop_app.core.rights import Right
from desktop_app.ledgers.activities.store import SHELF as ACTIVITIES
from desktop_app.ledgers.activities.tables import ACTIVITY
from desktop_app.ledgers.requests.rules.request import Request, RequestState
from desktop_app.ledgers.requests.store import SHELF as REQUESTS
from desktop_app.ledgers.requests.tables import REQUEST
from desktop_app.ledgers.three_lists import service
from desktop_app.ledgers.three_lists.rules import duty_steps, offer_steps, problem_steps
from desktop_app.ledgers.three_lists.rules.board import BoardFilter
from desktop_app.ledgers.three_lists.rules.duty import (
    Duty,
    DutyAction,
    DutyState,
    ReviewerRole,
    is_late,
)
from desktop_app.ledgers.three_lists.rules.offer import Offer, OfferAction, OfferState
from desktop_app.ledgers.three_lists.rules.problem import (
    FOLLOWS,
    Problem,
    ProblemAction,
    ProblemState,
)
from desktop_app.ledgers.three_lists.rules.problem_entry import checked, form_of
from desktop_app.ledgers.three_lists.store import DUTY_SHELF, OFFER_SHELF, PROBLEM_SHELF
from desktop_app.ledgers.three_lists.tables import DUTY, OFFER, PROBLEM
from desktop_app.registers.matters.starter import starter_matters
from desktop_app.registers.people.rules import RIGHTS
from desktop_app.station.demo import needs, words
from desktop_app.station.demo.dice import Dice
from desktop_app.station.demo.pictures import NAMES
from desktop_app.station.demo.service import Made
from desktop_app.station.sign_in.session import Session
from tests.station.demo.made import TODAY
from tests.station.demo.test_demo import rows, wrong


@pytest.fixture
def problems(hall: Session) -> list[Problem]:
    return [PROBLEM_SHELF.value(row) for row in rows(hall, PROBLEM)]


@pytest.fixture
def offers(hall: Session) -> list[Offer]:
    return [OFFER_SHELF.value(row) for row in rows(hall, OFFER)]


@pytest.fixture
def duties(hall: Session) -> list[Duty]:
    return [DUTY_SHELF.value(row) for row in rows(hall, DUTY)]


def test_the_check_finds_nothing_to_complain_of_in_a_busy_home(hall: Session) -> None:
    assert wrong(hall) == []


def test_all_states_occur_and_there_are_about_as_many_lines_as_were_wished_for(
    problems: list[Problem], offers: list[Offer], duties: list[Duty]
) -> None:
    assert {one.state for one in problems} == set(ProblemState)
    assert {one.state for one in offers} == set(OfferState)
    assert {one.state for one in duties} == set(DutyState)
    assert 250 < len(problems) + len(offers) + len(duties) < 350


def test_everything_that_may_happen_to_a_duty_did(duties: list[Duty]) -> None:
    taken = {step.action for one in duties for step in one.steps}

    assert taken >= set(duty_steps.STEPS) | {DutyAction.REOPEN, DutyAction.ADD_EVIDENCE}
    assert any(is_late(one, TODAY) for one in duties)
    assert {one.on_time for one in duties} == {True, False, None}
    assert {one.reviewer_role for one in duties} >= {ReviewerRole.SECOND, ReviewerRole.COMMUNITY}


def test_nothing_is_promised_beyond_the_amount(offers: list[Offer], duties: list[Duty]) -> None:
    held = Counter[object]()
    for one in duties:
        held[one.offer] += duty_steps.holds(one)

    assert any(one.promised for one in offers)
    for offer in offers:
        assert offer.promised == held[offer.uid]
        assert offer.amount is None or offer.promised <= offer.amount
        assert any(step.action is OfferAction.RESERVE for step in offer.steps) or not offer.promised


def test_whatever_is_closed_has_evidence_and_was_looked_over_by_a_second_one(
    duties: list[Duty],
) -> None:
    closed = [one for one in duties if one.state is DutyState.CLOSED]

    assert len(closed) > 40
    for one in closed:
        assert one.evidence
        assert one.result
        assert one.reviewer_name not in ("", one.submitted_by_name)
        assert one.reviewer != one.submitted_by
        assert one.confirmation or one.reviewer_role is ReviewerRole.SECOND


def test_every_problem_is_one_the_ledger_would_have_taken(problems: list[Problem]) -> None:
    for one in problems:
        form = form_of(one)
        assert checked(form, TODAY) == form
        assert not one.late_entry


def test_a_problem_stands_as_its_duties_make_it_stand(
    problems: list[Problem], duties: list[Duty]
) -> None:
    for one in problems:
        own = [each for each in duties if each.problem == one.uid]
        if one.state in FOLLOWS:
            turn = [each.state for each in own if each.turn == one.turn]
            assert one.state is problem_steps.state_by(turn)
        assert all(each.category == one.category for each in own)
        assert all(each.proposed_on >= (one.listed_on or one.raised_on) for each in own)
    absorbed = sum(one.repeated for one in problems)
    assert absorbed == sum(one.state is ProblemState.MERGED for one in problems) > 0


def test_every_step_is_one_that_may_follow_the_one_before(
    problems: list[Problem], offers: list[Offer], duties: list[Duty]
) -> None:
    tables: tuple[tuple[Sequence[Any], Mapping[Any, Any], Any], ...] = (
        (problems, problem_steps.RULES, ProblemAction.RAISE),
        (offers, offer_steps.RULES, OfferAction.OFFER),
        (duties, duty_steps.RULES, DutyAction.PROPOSE),
    )
    for records, rules, first in tables:
        for record in records:
            assert record.steps[0].action is first
            assert [one.at for one in record.steps] == sorted(one.at for one in record.steps)
            for before, after in zip(record.steps, record.steps[1:], strict=False):
                rule = rules[after.action]
                assert before.to in rule.sources
                assert after.to is (rule.to or before.to)
            assert record.state is record.steps[-1].to


def test_what_came_of_a_request_or_a_meeting_is_named_on_both_sides(
    hall: Session, problems: list[Problem]
) -> None:
    requests = {row["uid"]: REQUESTS.value(row) for row in rows(hall, REQUEST)}
    activities = {row["uid"]: ACTIVITIES.value(row) for row in rows(hall, ACTIVITY)}
    asked = [one for one in problems if one.request is not None]
    decided = [one for one in problems if one.resolution is not None]

    assert asked
    assert decided
    for one in asked:
        assert one.request is not None
        request = requests[one.request]
        assert request.title == one.description
        waits = request.state is RequestState.LISTED
        assert waits is (one.state is not ProblemState.CLOSED)
        assert any(one.number in step.words for step in request.steps)
    for one in decided:
        assert one.activity is not None
        links = {each.uid: each.link for each in activities[one.activity].resolutions}
        assert one.resolution is not None
        assert links[one.resolution] == one.uid


def test_an_activity_counts_the_problems_that_it_helped_to_solve(
    hall: Session, problems: list[Problem], duties: list[Duty]
) -> None:
    closed = {one.uid for one in problems if one.state is ProblemState.CLOSED}
    solved = {
        (uid, one.problem)
        for one in duties
        if one.state is DutyState.CLOSED and one.problem in closed
        for uid in one.activities
    }
    told = {
        (activity.uid, problem)
        for activity in map(ACTIVITIES.value, rows(hall, ACTIVITY))
        for problem in activity.solved
    }
    assert told == solved


def test_every_column_of_the_board_has_cards_even_in_a_tiny_home(session: Session) -> None:
    board = service.board(session.desk, BoardFilter())
    assert [column.label for column in board.columns if not column.cards] == []
    assert any(card.late for column in board.columns for card in column.cards)


def test_the_pictures_are_few_and_small_and_taken_in_once(hall: Session) -> None:
    folder = resource_path("sample", "demo", "pictures")
    files = sorted(folder.iterdir())

    assert {path.stem for path in files} == set(NAMES)
    assert len(files) <= 12
    for path in files:
        assert path.stat().st_size <= 40_000
        with Image.open(path) as image:
            assert image.size == (800, 600)
    kept = list((Path(hall.house.home.path) / "attachments").rglob("*"))
    assert sum(path.is_file() for path in kept) <= len(files)


def test_some_requests_and_problems_show_what_was_wrong_or_done(
    hall: Session, problems: list[Problem]
) -> None:
    requests = [REQUESTS.value(row) for row in rows(hall, REQUEST)]
    every: tuple[Sequence[Request] | Sequence[Problem], ...] = (requests, problems)
    for records in every:
        shown = [one for one in records if one.photos]
        assert 0.05 * len(records) <= len(shown) <= 0.5 * len(records)
        for one in shown:
            assert all(1 <= (photo.step or 0) <= len(one.steps) for photo in one.photos)


def test_in_the_plan_of_a_hall_every_fate_occurs() -> None:
    dice = Dice("plan of a hall")
    found = Counter(needs.shuffled(dice, 80))

    assert set(found) == set(needs.Fate)
    assert found[needs.Fate.STRAIGHT] == max(found.values())


def test_problems_and_offers_are_of_the_categories_of_the_directory() -> None:
    categories = {line.category for line in starter_matters()}
    known = needs.needs()

    assert len({one.description for one in known}) >= 40
    assert {one.category for one in known} <= categories
    assert {one.category for one in needs.resources()} <= categories
    helpful = {name for one in known for name in one.resources} - {needs.NO_HELP}
    assert helpful <= {one.resource for one in needs.resources()}
    assert all(row["text"] for row in words.rows("list_words.csv"))


def test_who_writes_the_lists_may_handle_matters(busy: Made, duties: list[Duty]) -> None:
    may = {name for name, role in busy.operators if Right.HANDLE in RIGHTS[role]}
    assert {step.actor for one in duties for step in one.steps} <= may
