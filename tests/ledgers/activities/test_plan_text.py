"""The form of a plan as typed: what it means, what it says back, and how it waits and is saved."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from desktop_app.core.errors import InvalidInput, UserError
from desktop_app.core.periods import parse_period
from desktop_app.ledgers.activities import service
from desktop_app.ledgers.activities.rules.activity import ActivityState
from desktop_app.ledgers.activities.rules.entry import ActivityForm
from desktop_app.ledgers.activities.rules.listing import ActivityFilter
from desktop_app.ledgers.activities.rules.plan_text import (
    NEXT_DAY,
    YES,
    PlanText,
    asks_like_meeting,
    from_plain,
    meaning,
    needs_end_day,
    series_of,
    span_words,
    text_of,
    to_plain,
)
from desktop_app.ledgers.activities.service import drafting
from desktop_app.storage.session import Desk
from tests.ledgers.activities.builders import TODAY, form, fresh, handed_in, held, plan, seat

TOMORROW = date(2026, 11, 24)
TYPED = PlanText(
    name="健康入户",
    kind="clinic",
    day="11-28",
    begins="930",
    ends="11点",
    place_words="青榕雅苑小区广场",
    partners="青榕小学、 青榕派出所，青榕小学",
)


def test_what_is_typed_becomes_a_plan() -> None:
    meant, problems = meaning(TYPED, TODAY)
    assert problems == []
    assert (meant.day, meant.begins, meant.ends) == (date(2026, 11, 28), (9, 30), (11, 0))
    assert meant.partners == ("青榕小学", " 青榕派出所", "青榕小学")
    assert (meant.kind, meant.meeting) == ("clinic", False)


@pytest.mark.parametrize(
    "known",
    [
        form(kind="clinic", meeting=False, ends_on=TODAY),
        form(kind="council", meeting=True, host="林国强", agenda="停车\n电梯", ends_on=TODAY),
        form(
            kind="广场电影", meeting=False, begins=(22, 0), ends=(0, 30), ends_on=date(2026, 11, 24)
        ),
        form(kind="other", meeting=True, expected=30, partners=("甲", "乙"), ends_on=TODAY),
    ],
)
def test_a_known_plan_comes_back_from_its_form(known: ActivityForm) -> None:
    meant, problems = meaning(text_of(known), TODAY)
    assert problems == []
    assert replace(meant, meeting=known.meeting) == known
    assert from_plain(to_plain(text_of(known))) == text_of(known)


def test_what_means_nothing_is_told_with_its_field() -> None:
    text = replace(TYPED, day="下个月", begins="九点", expected="很多")
    _meant, problems = meaning(text, TODAY)
    assert [one.field for one in problems] == ["day", "begins", "expected"]
    assert problems[0].words == "“下个月”不是一个日期。请按 20261123 或 11-23 的样子填写。"


def test_when_it_is_is_said_back_in_words() -> None:
    assert span_words(TYPED, TODAY) == "11月28日 周六 09:30 到 11:00，共1小时30分钟"
    assert span_words(replace(TYPED, ends=""), TODAY) == "11月28日 周六"
    assert span_words(replace(TYPED, day="?"), TODAY) == ""


def test_an_end_before_the_beginning_is_asked_about_and_never_guessed() -> None:
    late = replace(TYPED, begins="22:00", ends="0:30")
    assert needs_end_day(late)
    assert not needs_end_day(TYPED)
    assert span_words(late, TODAY).endswith("请看是不是到第二天才结束")
    over = replace(late, ends_on=NEXT_DAY)
    assert span_words(over, TODAY) == (
        "11月28日 周六 22:00 开始，跨过零点，到 11月29日 周日 00:30 结束，共2小时30分钟"
    )
    assert meaning(over, TODAY)[0].ends_on == date(2026, 11, 29)


def test_a_word_of_the_station_s_own_is_asked_whether_it_is_a_meeting() -> None:
    own = replace(TYPED, kind="other", own_kind="楼栋恳谈")
    assert meaning(own, TODAY)[0].kind == "楼栋恳谈"
    assert not asks_like_meeting(own)
    assert asks_like_meeting(replace(own, meeting=YES))
    assert asks_like_meeting(replace(TYPED, kind="council"))


@pytest.mark.parametrize("times", ["", "1", "0", "62", "几场"])
def test_a_series_wants_to_know_how_many(times: str) -> None:
    _series, problems = series_of(replace(TYPED, repeat="week", times=times))
    assert [one.field for one in problems] == ["times"]


def test_a_series_is_planned_at_once_and_taken_back_at_once(desk: Desk) -> None:
    text = replace(TYPED, repeat="fortnight", times="3")
    done = drafting.save(desk, None, text)
    assert [one.day.day for one in done.value] == [28, 12, 26]
    assert {one.series for one in done.value} == {done.value[0].uid}
    assert done.undo is not None
    done.undo.call(desk)
    assert service.page(desk).total == 0


def test_a_form_that_is_wrong_tells_everything_at_once(desk: Desk) -> None:
    with pytest.raises(InvalidInput) as refused:
        drafting.save(desk, None, PlanText(begins="九点", repeat="week"))
    fields = [one.field for one in refused.value.problems]
    assert sorted(filter(None, fields)) == [
        "begins", "day", "ends", "kind", "name", "place_words", "times",
    ]  # fmt: skip


def test_a_half_filled_form_waits_and_goes_with_the_saving(desk: Desk) -> None:
    own = seat(desk, "王小燕")
    made = plan(own)
    base = drafting.for_change(own, made.uid)
    drafting.keep(own, None, replace(TYPED, name="半"))
    drafting.keep(own, base, replace(base.text, name="改"))

    left = drafting.left_over(own, base)
    assert left is not None
    assert (left.text.name, left.revision) == ("改", made.revision)
    saved = drafting.save(own, base, left.text)

    assert fresh(own, made).name == "改"
    assert saved.uids == (made.uid,)
    assert drafting.left_over(own, base) is None
    new = drafting.left_over(own, None)
    assert new is not None
    assert new.text.name == "半"
    drafting.keep(own, None, None)
    assert drafting.left_over(own, None) is None


def test_the_form_offers_what_was_written_before(desk: Desk) -> None:
    plan(desk, kind="楼栋恳谈")
    plan(desk, place_words="青榕小学操场")
    plan(desk)
    usual = drafting.usual_words(desk)
    assert [one.word for one in usual.of("place_words")] == ["青榕雅苑小区广场", "青榕小学操场"]
    assert [one.word for one in usual.of("own_kind")] == ["楼栋恳谈"]
    assert "ldkt" in usual.of("own_kind")[0].found_by.split()
    assert usual.of("host") == ()


def test_a_month_s_copies_are_shown_before_they_are_made_and_chosen_among(desk: Desk) -> None:
    second = plan(desk, day=date(2026, 10, 10), name="第二个周六")
    last = plan(desk, day=date(2026, 10, 31), name="第五个周六")
    november = parse_period("2026-11")

    shown = service.copies_for(desk, november)
    done = service.copy_month(desk, november, only=(last.uid,))

    assert [(one.source.uid, one.day.day) for one in shown] == [(second.uid, 14), (last.uid, 28)]
    assert [one.name for one in done.value] == ["第五个周六"]
    assert [one.source.uid for one in service.copies_for(desk, november)] == [second.uid]
    with pytest.raises(UserError, match="没有可以复制的活动"):
        service.copy_month(desk, november, only=())


def test_what_waits_for_my_review_is_not_what_i_recorded(desk: Desk, clock: object) -> None:
    writer, reviewer = seat(desk, "王小燕"), seat(desk, "陈站长")
    done = handed_in(writer, held(writer, clock))
    waiting = ActivityFilter(to_review=True)

    assert done.state is ActivityState.TO_REVIEW
    assert [one.uid for one in service.page(reviewer, waiting).rows] == [done.uid]
    # Nobody else works here: the community reviews through her.
    assert [one.uid for one in service.page(writer, waiting).rows] == [done.uid]
