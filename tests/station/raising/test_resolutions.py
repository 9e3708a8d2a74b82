"""What a meeting decided becomes a problem, and what activities solved is counted by itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from desktop_app import catalog
from desktop_app.core.clock import FixedClock
from desktop_app.core.errors import Conflict, UserError
from desktop_app.core.origin import Source
from desktop_app.ledgers.activities import service as activities
from desktop_app.ledgers.activities.rules.activity import Activity
from desktop_app.ledgers.activities.rules.recording import ResolutionLine, record_form_of
from desktop_app.ledgers.three_lists import service as lists
from desktop_app.ledgers.three_lists.rules.duty import DutyAction, OpinionLevel
from desktop_app.ledgers.three_lists.rules.problem import Problem
from desktop_app.station.raising.listing import proposed_of_resolution, raise_from_resolution
from desktop_app.station.records.service import act as deed
from desktop_app.station.resident_card import service as card
from desktop_app.storage.attachments import FolderBlobs
from desktop_app.storage.session import Desk
from tests.ledgers.activities.builders import fresh, held, recorded
from tests.ledgers.requests.builders import register, resident
from tests.ledgers.three_lists.builders import act, closed, propose, raise_problem, seat
from tests.ledgers.three_lists.builders import stored as kept
from tests.station.raising.following import blobs, followed
from tests.station.raising.joins import assert_agree, everything

__all__ = ["blobs", "followed"]

SHED = ResolutionLine(words="增设充电棚两处", owner="物业", due=date(2026, 12, 20))


def decided(desk: Desk, clock: FixedClock) -> Activity:
    """A meeting with two resolutions on record."""
    made = held(desk, clock, kind="三方联席会", name="三方共商停车难")
    return recorded(desk, made, resolutions=(SHED, ResolutionLine(words="公示账目")))


def raised(desk: Desk, made: Activity, place: int = 0) -> Problem:
    """The problem that one of its resolutions became."""
    one = made.resolutions[place].uid
    form = replace(proposed_of_resolution(desk, made.uid, one), category="物业维修")
    return raise_from_resolution(desk, made.uid, one, fresh(desk, made).revision, form).value


def test_a_resolution_and_its_problem_name_each_other(desk: Desk, clock: FixedClock) -> None:
    made = decided(desk, clock)
    problem = raised(desk, made)
    assert (problem.source, problem.wanted_by) == (Source.MEETING, SHED.due)
    assert (problem.activity, problem.resolution) == (made.uid, made.resolutions[0].uid)
    assert [one.link for one in fresh(desk, made).resolutions] == [problem.uid, None]
    assert_agree(desk)


def test_a_resolution_becomes_a_problem_once(desk: Desk, clock: FixedClock) -> None:
    made = decided(desk, clock)
    raised(desk, made)
    with pytest.raises(UserError, match="已经转入问题清单"):
        raised(desk, made)
    assert len(everything(desk)[1]) == 1


def test_an_old_page_of_the_meeting_cannot_raise(desk: Desk, clock: FixedClock) -> None:
    made = decided(desk, clock)
    with pytest.raises(Conflict):
        raise_from_resolution(desk, made.uid, made.resolutions[0].uid, made.revision - 1)


def test_taking_it_back_frees_the_resolution(desk: Desk, clock: FixedClock) -> None:
    made = decided(desk, clock)
    done = raise_from_resolution(desk, made.uid, made.resolutions[1].uid, made.revision)
    assert done.undo is not None
    done.undo.call(desk)
    assert [one.link for one in fresh(desk, made).resolutions] == [None, None]
    assert everything(desk)[1] == {}


def test_a_linked_resolution_cannot_be_deleted_from_the_record(
    desk: Desk, clock: FixedClock
) -> None:
    made = decided(desk, clock)
    raised(desk, made)
    now = fresh(desk, made)
    form = replace(record_form_of(now), resolutions=())
    with pytest.raises(UserError, match="已经转入问题清单"):
        activities.record(desk, made.uid, now.revision, form)


def test_a_problem_entered_with_its_resolution_links_it_too(desk: Desk, clock: FixedClock) -> None:
    made = decided(desk, clock)
    one = made.resolutions[1].uid
    problem = raise_problem(desk, activity=made.uid, resolution=one)
    assert fresh(desk, made).resolutions[1].link == problem.uid


def test_an_activity_counts_what_it_solved_and_no_more(
    desk: Desk, clock: FixedClock, blobs: FolderBlobs
) -> None:
    made, problem = held(desk, clock), raise_problem(desk)
    duty = closed(desk, seat(desk, "林志强"), blobs, propose(desk, problem))
    assert fresh(desk, made).solved == ()
    linked = lists.link_activity(desk, duty.uid, duty.revision, made.uid, made.number)
    assert fresh(desk, made).solved == (problem.uid,)
    day = made.day
    assert activities.figures_between(desk, day, day)["solved"] == 1
    act(desk, linked.value, DutyAction.REOPEN, words="灯又灭了")
    assert fresh(desk, made).solved == ()
    assert activities.figures_between(desk, day, day)["solved"] == 0
    assert_agree(desk)


def test_the_command_line_resolves_by_place(desk: Desk, clock: FixedClock) -> None:
    made = decided(desk, clock)
    ledger = catalog.ledgers()["activities"]
    deed(desk, ledger.deed("resolve"), made.uid, {"resolution": "2", "类别": "物业服务"})
    (problem,) = everything(desk)[1].values()
    assert (problem.description, problem.category) == ("公示账目", "物业服务")
    with pytest.raises(UserError, match="没有找到这条议定事项"):
        deed(desk, ledger.deed("resolve"), made.uid, {"resolution": "3"})


def test_the_command_line_lists_a_request_with_what_is_said_of_the_problem(desk: Desk) -> None:
    request = register(desk)
    ledger = catalog.ledgers()["requests"]
    saved = deed(desk, ledger.deed("list"), request.uid, {"affected": 24, "紧急度": "较急"})
    (problem,) = everything(desk)[1].values()
    assert saved is not None
    assert saved.uid == request.uid
    assert (problem.affected, problem.urgency.label) == (24, "较急")
    assert problem.raiser_phone == "13800005678"


def test_erasing_a_resident_reaches_the_problems_they_raised(
    desk: Desk, blobs: FolderBlobs
) -> None:
    person = resident(desk)
    request = register(desk, resident=person.uid)
    ledger = catalog.ledgers()["requests"]
    deed(desk, ledger.deed("list"), request.uid, {})
    by_name = raise_problem(desk, raiser="陈桂英", raiser_phone="13800005678", remark="怕黑")
    namesake = raise_problem(desk, raiser="陈桂英", raiser_phone="13700000000")
    duty = closed(desk, seat(desk, "林志强"), blobs, propose(desk, by_name))
    act(desk, duty, DutyAction.ASK_OPINION, opinion=OpinionLevel.SATISFIED, words="陈桂英说好")
    assert "陈桂英" in card.own_copy(desk, person.uid).partition("提出的问题 2 条")[2]
    gone = card.erase(desk, person.uid)
    assert {"problems", "duties", "requests"} <= gone.kinds
    problems = everything(desk)[1]
    (from_request,) = [one for one in problems.values() if one.request == request.uid]
    for one in (from_request, problems[by_name.uid]):
        assert (one.raiser, one.raiser_phone, one.remark) == ("", "", "")
    assert problems[namesake.uid].raiser == "陈桂英"
    assert "陈桂英" not in str(kept(desk, duty))
