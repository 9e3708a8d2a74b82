"""Offers: what may be promised, by one desk or by two at once, and which fit a problem."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

import pytest

from desktop_app.core.clock import FixedClock
from desktop_app.core.errors import Conflict, Fault, InvalidInput, UserError
from desktop_app.ledgers.three_lists import service
from desktop_app.ledgers.three_lists.rules.duty import DutyAction, DutyState
from desktop_app.ledgers.three_lists.rules.duty_steps import DutyDetails
from desktop_app.ledgers.three_lists.rules.listing import OfferFilter
from desktop_app.ledgers.three_lists.rules.offer import OfferState
from desktop_app.storage.attachments import FolderBlobs
from desktop_app.storage.opening import open_file, open_server
from desktop_app.storage.session import Database, Desk
from tests.ledgers.three_lists.builders import (
    act,
    blobs,
    duty_form,
    handed_in,
    offer,
    offer_form,
    propose,
    raise_problem,
    seat,
    stored,
)
from tests.stations import KEY, ON_SERVER

__all__ = ["blobs"]


@pytest.fixture
def second(
    request: pytest.FixtureRequest, database: Database, clock: FixedClock, tmp_path: Path
) -> Iterator[Desk]:
    """A seat at the same database through another opening of it, as another PC or the command
    line has it."""
    if database.dialect == "sqlite":
        opened = open_file(tmp_path / "jinlin.db", KEY, clock)
    else:
        opened = open_server(request.getfixturevalue("station_url"), ON_SERVER, clock)
    yield seat(Desk(opened, request.getfixturevalue("desk").actor), "林志强")
    opened.close()


def test_an_offer_is_told_whole_what_is_wrong_with_it(desk: Desk) -> None:
    form = offer_form(
        desk,
        partner=None,
        resource="",
        category="",
        amount=0,
        from_on=date(2026, 12, 1),
        until_on=date(2026, 11, 30),
    )
    with pytest.raises(InvalidInput) as wrong:
        service.offer(desk, form)
    fields = {one.field for one in wrong.value.problems}
    assert fields == {"partner", "resource", "category", "amount", "until_on"}


def test_one_offer_serves_several_problems_and_never_beyond_its_amount(desk: Desk) -> None:
    given = offer(desk, amount=3)
    first, second = raise_problem(desk), raise_problem(desk)
    propose(desk, first, given, amount=2)
    with pytest.raises(UserError, match="只剩1次"):
        propose(desk, second, given, amount=2)
    assert propose(desk, second, given).amount == 1
    with pytest.raises(UserError, match="已经认领完"):
        propose(desk, second, given)
    assert stored(desk, given).promised == 3
    assert [line.uid for line in service.offers_page(desk, OfferFilter(used_up=True)).rows] == [
        given.uid
    ]


def test_a_withdrawn_offer_keeps_its_promises_and_says_so(desk: Desk) -> None:
    given, problem = offer(desk), raise_problem(desk)
    duty = propose(desk, problem, given)
    now = stored(desk, given)
    gone = service.withdraw_offer(desk, given.uid, now.revision, "设备送修")
    assert gone.value.state is OfferState.WITHDRAWN
    assert gone.value.steps[-1].words == f"设备送修（已认领的 1 条责任照办：{duty.number}）"
    assert act(desk, duty, DutyAction.ACCEPT).state is DutyState.DOING
    with pytest.raises(UserError, match="已经撤回"):
        propose(desk, problem, given)
    assert service.matches(desk, problem.uid) == ()
    after = service.restore_offer(desk, given.uid, stored(desk, given).revision).value
    assert (after.state, after.promised) == (OfferState.OPEN, 1)


def test_an_amount_never_falls_below_what_is_promised(desk: Desk) -> None:
    given = offer(desk, amount=5)
    propose(desk, raise_problem(desk), given, amount=3)
    now = stored(desk, given)
    form = service.offer_for_editing(desk, given.uid)
    with pytest.raises(UserError, match="已经认领了3次"):
        service.change_offer(desk, given.uid, now.revision, replace(form, amount=2))
    changed = service.change_offer(desk, given.uid, now.revision, replace(form, amount=3))
    assert changed.value.amount == 3
    with pytest.raises(UserError, match="已经认领完"):
        propose(desk, raise_problem(desk), given)


def test_what_has_expired_or_is_for_another_problem_is_not_promised(
    desk: Desk, clock: FixedClock
) -> None:
    mine, other = raise_problem(desk), raise_problem(desk)
    special = offer(desk, for_problem=mine.uid)
    with pytest.raises(UserError, match="专为另一个问题"):
        propose(desk, other, special)
    short = offer(desk, until_on=date(2026, 11, 24))
    clock.advance(2 * 86_400)
    with pytest.raises(UserError, match="已经过期"):
        propose(desk, mine, short)


def test_two_desks_that_promise_the_last_one_at_once(desk: Desk, second: Desk) -> None:
    """Many times over: whoever comes second is told, and the sum is what there is."""
    for _ in range(5):
        given = offer(desk, amount=1)
        problems = [raise_problem(desk), raise_problem(desk)]
        forms = [duty_form(problem, given) for problem in problems]
        outcomes = at_once(
            partial(service.propose, desk, forms[0]), partial(service.propose, second, forms[1])
        )
        told = [one for one in outcomes if one is not None]
        assert len(told) == 1
        assert isinstance(told[0], UserError)
        assert stored(desk, given).promised == 1


def test_two_desks_that_close_one_line_at_once(
    desk: Desk, second: Desk, blobs: FolderBlobs
) -> None:
    first = seat(desk, "黄丽")
    for _ in range(5):
        problem = raise_problem(desk)
        duty = handed_in(desk, blobs, propose(desk, problem))
        outcomes = at_once(
            partial(service.act, first, duty.uid, DutyAction.REVIEW_OK, duty.revision),
            partial(service.act, second, duty.uid, DutyAction.REVIEW_OK, duty.revision),
        )
        (told,) = [one for one in outcomes if one is not None]
        assert isinstance(told, Conflict)
        after = stored(desk, duty)
        assert [step.action for step in after.steps].count(DutyAction.REVIEW_OK) == 1


def test_two_desks_at_two_duties_of_one_problem(desk: Desk, second: Desk) -> None:
    """The problem follows both, whichever comes last."""
    for _ in range(5):
        problem, given = raise_problem(desk), offer(desk, amount=2)
        one, other = propose(desk, problem, given), propose(desk, problem, given)
        no = DutyDetails(words="人手不够")
        outcomes = at_once(
            partial(service.act, desk, one.uid, DutyAction.DECLINE, one.revision, no),
            partial(service.act, second, other.uid, DutyAction.DECLINE, other.revision, no),
        )
        assert outcomes == [None, None]
        assert stored(desk, given).promised == 0
        assert stored(desk, problem).state.value == "listed"


def at_once(*calls: Callable[[], object]) -> list[Fault | None]:
    """What each call was refused with, all of them begun at the same moment."""
    ready = threading.Barrier(len(calls))
    outcomes: list[Fault | None] = [None] * len(calls)

    def run(place: int, call: Callable[[], object]) -> None:
        ready.wait()
        try:
            call()
        except Fault as fault:
            outcomes[place] = fault

    threads = [threading.Thread(target=run, args=(place, call)) for place, call in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes
