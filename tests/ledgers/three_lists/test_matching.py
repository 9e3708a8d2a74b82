"""对单配餐: which offers are proposed for a problem, in which order, and why."""

from __future__ import annotations

from datetime import date
from typing import Any

from desktop_app.core.clock import FixedClock
from desktop_app.ledgers.three_lists import service
from desktop_app.ledgers.three_lists.rules.matching import words_of
from desktop_app.ledgers.three_lists.rules.offer import Offer
from desktop_app.ledgers.three_lists.rules.problem import Problem
from desktop_app.registers.places import service as places
from desktop_app.registers.places.rules import PlaceKind
from desktop_app.storage.attachments import FolderBlobs
from desktop_app.storage.session import Desk
from tests.ledgers.three_lists.builders import (
    TODAY,
    blobs,
    closed,
    offer,
    propose,
    raise_problem,
    seat,
    stored,
)

__all__ = ["blobs"]


def proposed(desk: Desk, problem: Problem) -> list[Any]:
    return [one.offer.uid for one in service.matches(desk, problem.uid)]


def reasons(desk: Desk, problem: Problem, given: Offer) -> tuple[str, ...]:
    (found,) = [one for one in service.matches(desk, problem.uid) if one.offer.uid == given.uid]
    return found.reasons


def test_the_same_category_comes_before_words_and_nothing_in_common_not_at_all(desk: Desk) -> None:
    problem = raise_problem(desk)
    same = offer(desk, resource="水管维修")
    both = offer(desk)
    words = offer(desk, category="安全用电", resource="楼道灯更换")
    offer(desk, category="文体活动", resource="书法老师授课")
    assert proposed(desk, problem) == [both.uid, same.uid, words.uid]
    told = reasons(desk, problem, both)
    assert "同为“物业维修”" in told
    assert any(one.startswith("都提到“楼道") for one in told)
    assert "还剩5次" in told


def test_an_offer_for_this_very_problem_is_on_top_and_one_for_another_is_not_there(
    desk: Desk,
) -> None:
    problem, other = raise_problem(desk), raise_problem(desk)
    usual = offer(desk)
    special = offer(desk, category="其他", resource="专项资金", for_problem=problem.uid)
    assert proposed(desk, problem) == [special.uid, usual.uid]
    assert proposed(desk, other) == [usual.uid]
    assert reasons(desk, problem, special)[0] == "专为这个问题提供"


def test_the_place_counts(desk: Desk) -> None:
    here, elsewhere = (
        places.add(desk, kind=PlaceKind.COMPOUND, name=name).value.uid
        for name in ("青榕雅苑", "栖溪里")
    )
    problem = raise_problem(desk, compound=here)
    wrong = offer(desk, compounds=(elsewhere,))
    anywhere = offer(desk)
    right = offer(desk, compounds=(elsewhere, here))
    assert proposed(desk, problem) == [right.uid, anywhere.uid, wrong.uid]
    assert "就在这个小区" in reasons(desk, problem, right)
    assert "原定面向别的小区" in reasons(desk, problem, wrong)


def test_what_comes_too_late_is_further_down_and_what_is_over_is_gone(
    desk: Desk, clock: FixedClock
) -> None:
    problem = raise_problem(desk, wanted_by=date(2026, 12, 1))
    late = offer(desk, from_on=date(2026, 12, 10))
    short = offer(desk, until_on=date(2026, 11, 25))
    good = offer(desk, until_on=date(2026, 12, 31))
    assert proposed(desk, problem) == [good.uid, short.uid, late.uid]
    clock.advance(3 * 86_400)
    assert proposed(desk, problem) == [good.uid, late.uid]


def test_used_up_withdrawn_and_declined_offers_are_not_proposed(desk: Desk) -> None:
    problem = raise_problem(desk)
    used, gone, declined, left = (offer(desk, amount=1) for _ in range(4))
    propose(desk, raise_problem(desk), used)
    service.withdraw_offer(desk, gone.uid, gone.revision, "人手不够")
    now = stored(desk, problem)
    done = service.decline_match(desk, problem.uid, now.revision, declined.uid, "居民要夜间维修")
    assert proposed(desk, problem) == [left.uid]
    assert done.value.declined[0].reason == "居民要夜间维修"
    assert done.undo is not None
    done.undo.call(desk)
    assert proposed(desk, problem) == [declined.uid, left.uid]


def test_a_unit_that_kept_its_word_comes_first_and_the_reason_says_so(
    desk: Desk, blobs: FolderBlobs
) -> None:
    unknown, reliable = offer(desk), offer(desk)
    closed(desk, seat(desk, "林志强"), blobs, propose(desk, raise_problem(desk), reliable))
    problem = raise_problem(desk)
    assert proposed(desk, problem) == [reliable.uid, unknown.uid]
    assert "已办结1件，按时100.0%" in reasons(desk, problem, reliable)


def test_a_description_that_says_nothing_in_words_still_finds_its_category(desk: Desk) -> None:
    problem = raise_problem(desk, description="……100%!?")
    given = offer(desk)
    assert words_of(problem.description) == ("100",)
    assert proposed(desk, problem) == [given.uid]
    assert stored(desk, given).from_on == TODAY
