"""What may be entered for a request, and what of it is kept."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from desktop_app.core.errors import InvalidInput, UserError
from desktop_app.core.origin import Source
from desktop_app.ledgers.requests.rules.entry import check_clock, checked
from desktop_app.ledgers.requests.rules.request import RequestKind
from tests.ledgers.requests.builders import form

TODAY = date(2026, 11, 23)


def problems(**more: Any) -> list[UserError]:
    with pytest.raises(InvalidInput) as refused:
        checked(form(**more), TODAY)
    return refused.value.problems


def test_numbers_and_names_are_kept_in_their_one_form() -> None:
    tidy = checked(form(name="陈 桂英", phone="１３８ 0000 5678", title=" 楼道灯\t不亮 "), TODAY)

    assert (tidy.name, tidy.phone, tidy.title) == ("陈桂英", "13800005678", "楼道灯 不亮")


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"title": ""}, "title"),
        ({"title": "长" * 81}, "title"),
        ({"title": "请打13800005678"}, "title"),
        ({"title": "请打１３８　００００　５６７８"}, "title"),
        ({"title": "证件11010519491231002X要更正"}, "title"),
        ({"source": Source.ONLINE}, "platform"),
        ({"limit_days": -1}, "limit_days"),
        ({"limit_days": 400}, "limit_days"),
        ({"phone": "12"}, "phone"),
        ({"day": date(2026, 11, 24)}, "day"),
        ({"day": date(2001, 1, 1)}, "day"),
        ({"time": (25, 0)}, "time"),
        ({"name": "", "consented": True}, "consented"),
    ],
)
def test_what_is_wrong_is_told_at_its_field_with_what_to_do(
    more: dict[str, Any], field: str
) -> None:
    (problem,) = problems(**more)

    assert problem.field == field
    assert problem.sentence.endswith("。")
    assert problem.next_step.endswith("。")


def test_every_problem_is_told_at_once() -> None:
    assert {one.field for one in problems(title="", phone="12", limit_days=-1)} == {
        "title",
        "phone",
        "limit_days",
    }


def test_who_it_was_may_be_left_out() -> None:
    assert checked(form(name="", phone=""), TODAY).name == ""


def test_nothing_is_kept_of_a_petition_but_that_it_happened() -> None:
    nothing = {"title": "", "summary": ""}

    tidy = checked(form(petition=True, kind=RequestKind.ORDER, **nothing), TODAY)

    assert tidy.kind is RequestKind.APPEAL
    for name in ("name", "phone", "building", "room", "title", "summary", "category"):
        assert getattr(tidy, name) == ""


def test_a_petition_with_words_is_refused_before_they_are_kept() -> None:
    assert {one.field for one in problems(petition=True)} == {"title", "summary"}


def test_a_dead_clock_battery_writes_nothing_down() -> None:
    check_clock(TODAY)
    with pytest.raises(UserError, match="显然不对"):
        check_clock(date(2004, 1, 1))
