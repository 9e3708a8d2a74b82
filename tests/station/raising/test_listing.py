"""A request goes onto the problem list and comes back with the result, whoever presses what."""

from __future__ import annotations

from dataclasses import replace

import pytest

from desktop_app.core.errors import Conflict, UserError
from desktop_app.core.rights import Right
from desktop_app.ledgers.requests.rules.request import Action, Request, RequestState
from desktop_app.ledgers.three_lists import service as lists
from desktop_app.ledgers.three_lists.rules.duty import DutyAction
from desktop_app.ledgers.three_lists.rules.problem import Problem, ProblemState
from desktop_app.station.raising.listing import list_request, proposed_problem
from desktop_app.storage.attachments import FolderBlobs
from desktop_app.storage.audit import entries
from desktop_app.storage.session import Desk
from tests.ledgers.requests.builders import act as step
from tests.ledgers.requests.builders import register, stored
from tests.ledgers.three_lists.builders import act, closed, propose, raise_problem, seat
from tests.ledgers.three_lists.builders import stored as kept
from tests.station.raising.following import blobs, followed
from tests.station.raising.joins import assert_agree, everything, problem_of

__all__ = ["blobs", "followed"]

R, P = RequestState, ProblemState


def on_list(desk: Desk, **more: object) -> tuple[Request, Problem]:
    """A request and the problem it became."""
    request = register(desk, **more)
    problem = list_request(desk, request.uid, request.revision).value
    return stored(desk, request.uid), problem


def done_with(desk: Desk, blobs: FolderBlobs, problem: Problem) -> None:
    """A unit does it, a second person looks it over."""
    closed(desk, seat(desk, "林志强"), blobs, propose(desk, problem))


def test_a_request_becomes_a_problem_that_says_where_it_came_from(desk: Desk) -> None:
    request, problem = on_list(desk)
    assert request.state is R.LISTED
    assert (problem.state, problem.request) == (P.LISTED, request.uid)
    assert (problem.description, problem.category) == ("楼道灯不亮", "物业服务")
    assert (problem.raiser, problem.raiser_phone) == ("陈桂英", "13800005678")
    assert request.steps[-1].words == f"问题 {problem.number}"
    assert_agree(desk)


def test_what_the_clerk_says_of_the_problem_is_kept_and_the_raiser_is_not_masked(
    desk: Desk,
) -> None:
    request = register(desk)
    form = replace(proposed_problem(desk, request.uid), affected=24, category="消防安全")
    problem = list_request(desk, request.uid, request.revision, form).value
    assert (problem.affected, problem.category) == (24, "消防安全")
    assert kept(desk, problem).raiser_phone == "13800005678"


def test_the_bare_step_of_the_ledger_raises_a_problem_too(desk: Desk) -> None:
    request = step(desk, register(desk), Action.LIST)
    problem = problem_of(desk, request)
    assert (problem.state, problem.description) == (P.LISTED, request.title)
    with desk.reading(needs=Right.READ) as connection:
        (line, *_) = entries(connection, subject=request.number)
    assert line.detail.endswith(f"{problem.number} 入单")


def test_a_problem_entered_for_a_request_puts_that_request_onto_the_list(desk: Desk) -> None:
    request = register(desk)
    raise_problem(desk, request=request.uid)
    assert stored(desk, request.uid).state is R.LISTED


def test_a_request_that_may_not_be_listed_refuses_the_problem_as_well(desk: Desk) -> None:
    request = step(desk, register(desk), Action.WITHDRAW)
    with pytest.raises(UserError, match="不能“列入问题清单”"):
        raise_problem(desk, request=request.uid)
    with pytest.raises(UserError):
        list_request(desk, request.uid, request.revision)
    assert everything(desk)[1] == {}


def test_an_old_page_cannot_list(desk: Desk) -> None:
    request = register(desk)
    step(desk, request, Action.ACCEPT)
    with pytest.raises(Conflict):
        list_request(desk, request.uid, request.revision)


def test_listing_is_taken_back_whole(desk: Desk) -> None:
    request = register(desk)
    done = list_request(desk, request.uid, request.revision)
    assert done.undo is not None
    done.undo.call(desk)
    assert stored(desk, request.uid).state is R.REGISTERED
    assert everything(desk)[1] == {}


def test_listing_is_not_taken_back_once_a_unit_has_claimed_it(desk: Desk) -> None:
    request = register(desk)
    done = list_request(desk, request.uid, request.revision)
    propose(desk, done.value)
    assert done.undo is not None
    with pytest.raises(Conflict):
        done.undo.call(desk)
    assert stored(desk, request.uid).state is R.LISTED


def test_closing_the_problem_sends_the_request_to_be_called_back_with_the_result(
    desk: Desk, blobs: FolderBlobs
) -> None:
    request, problem = on_list(desk)
    done_with(desk, blobs, problem)
    after = stored(desk, request.uid)
    assert (after.state, after.result) == (R.TO_CALL_BACK, "楼道灯全部换好")
    assert after.done_on == desk.today
    with desk.reading(needs=Right.READ) as connection:
        detail = [line.detail for line in entries(connection) if "同意销号" in line.action]
    assert f"{request.number} 待回访" in detail[0]


def test_reopening_the_problem_brings_the_request_back_onto_the_list(
    desk: Desk, blobs: FolderBlobs
) -> None:
    request, problem = on_list(desk)
    done_with(desk, blobs, problem)
    step(desk, request, Action.CLOSE)
    lists.reopen_problem(desk, problem.uid, kept(desk, problem).revision, "又坏了")
    after = stored(desk, request.uid)
    assert (after.state, after.done_on) == (R.LISTED, None)
    done_with(desk, blobs, problem)
    assert stored(desk, request.uid).state is R.TO_CALL_BACK


def test_a_duty_opened_again_brings_the_request_back_as_well(
    desk: Desk, blobs: FolderBlobs
) -> None:
    request, problem = on_list(desk)
    duty = closed(desk, seat(desk, "林志强"), blobs, propose(desk, problem))
    act(desk, duty, DutyAction.REOPEN, words="灯又灭了")
    assert stored(desk, request.uid).state is R.LISTED


def test_what_the_clerk_has_taken_in_hand_since_is_left_alone(
    desk: Desk, blobs: FolderBlobs
) -> None:
    request, problem = on_list(desk)
    done_with(desk, blobs, problem)
    step(desk, request, Action.REDO)
    lists.reopen_problem(desk, problem.uid, kept(desk, problem).revision, "又坏了")
    assert stored(desk, request.uid).state is R.DOING


def test_a_request_taken_off_the_list_withdraws_its_problem(desk: Desk) -> None:
    request, problem = on_list(desk)
    off = step(desk, request, Action.UNLIST)
    assert kept(desk, problem).state is P.WITHDRAWN
    step(desk, off, Action.LIST)
    again = problem_of(desk, request)
    assert (again.uid, again.state, again.turn) == (problem.uid, P.LISTED, 2)


def test_a_request_stays_on_the_list_while_a_unit_is_at_its_problem(desk: Desk) -> None:
    request, problem = on_list(desk)
    propose(desk, problem)
    with pytest.raises(UserError, match="已有单位认领"):
        step(desk, request, Action.UNLIST)
    assert stored(desk, request.uid).state is R.LISTED


def test_a_withdrawn_problem_gives_its_request_back(desk: Desk) -> None:
    request, problem = on_list(desk)
    done = lists.withdraw_problem(desk, problem.uid, problem.revision, "不是本社区的事")
    assert stored(desk, request.uid).state is R.ACCEPTED
    assert done.undo is not None
    done.undo.call(desk)
    assert stored(desk, request.uid).state is R.LISTED


def test_the_requests_of_merged_problems_wait_for_the_one_that_is_kept(
    desk: Desk, blobs: FolderBlobs
) -> None:
    first, gone = on_list(desk)
    second, kept_one = on_list(desk, name="黄志强", phone="13900001234")
    lists.merge_problem(desk, gone.uid, gone.revision, kept_one.uid)
    assert stored(desk, first.uid).state is R.LISTED
    done_with(desk, blobs, kept_one)
    assert stored(desk, first.uid).state is R.TO_CALL_BACK
    assert stored(desk, second.uid).state is R.TO_CALL_BACK
    assert_agree(desk)


def test_a_problem_that_points_elsewhere_lets_its_request_go(desk: Desk) -> None:
    request, problem = on_list(desk)
    other = register(desk, title="电梯异响")
    form = replace(lists.problem_for_editing(desk, problem.uid), request=other.uid)
    lists.change_problem(desk, problem.uid, problem.revision, form)
    assert stored(desk, request.uid).state is R.ACCEPTED
    assert stored(desk, other.uid).state is R.LISTED
    assert_agree(desk)


def test_a_petition_never_comes_onto_the_list(desk: Desk) -> None:
    told = register(
        desk, petition=True, name="", phone="", building="", unit="", room="", title="", summary=""
    )
    with pytest.raises(UserError):
        list_request(desk, told.uid, told.revision)
    assert everything(desk)[1] == {}
