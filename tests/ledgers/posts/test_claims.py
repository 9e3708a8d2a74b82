"""Posts and who claims them: quota, waiting in line, fitness, closing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from desktop_app.core.errors import Conflict, InvalidInput, NotAllowed, UserError
from desktop_app.core.rights import Actor, Right
from desktop_app.ledgers.posts import service
from desktop_app.ledgers.posts.rules.claim import ClaimAction, ClaimState
from desktop_app.ledgers.posts.rules.claim_steps import AlreadyClaimed, PostFull
from desktop_app.ledgers.posts.rules.listing import ClaimFilter, PostFilter
from desktop_app.ledgers.posts.rules.pattern import Pattern
from desktop_app.ledgers.posts.rules.post import PostState
from desktop_app.ledgers.posts.rules.post_entry import SamePost
from desktop_app.ledgers.posts.rules.shift import ShiftState
from desktop_app.registers.volunteers.rules.volunteer import VolunteerState
from desktop_app.storage.session import Desk
from tests.ledgers.posts.builders import (
    NIGHT,
    TODAY,
    on_post,
    plan,
    post,
    post_form,
    stored,
    volunteer,
)

A, S = ClaimAction, ClaimState


def test_a_post_is_set_up_and_its_form_tells_all_that_is_wrong(desk: Desk) -> None:
    made = post(desk, pattern=NIGHT)
    assert (made.number, made.from_on, made.state) == ("QR01-P2026A-00001", TODAY, PostState.OPEN)
    assert stored(desk, made) == made
    with pytest.raises(InvalidInput) as wrong:
        service.open_post(
            desk,
            post_form(
                name="",
                quota=0,
                min_age=200,
                until_on=date(2026, 1, 1),
                pattern=Pattern((), (8, 0), (9, 0)),
            ),
        )
    assert {one.field for one in wrong.value.problems} == {
        "name", "quota", "min_age", "until_on", "pattern",
    }  # fmt: skip


def test_two_open_posts_of_one_name_are_told_apart(desk: Desk) -> None:
    first = post(desk)
    with pytest.raises(SamePost, match=first.number):
        post(desk)
    service.close_post(desk, first.uid, first.revision, "并入综合岗")
    assert post(desk).number != first.number
    with pytest.raises(SamePost):
        service.reopen_post(desk, first.uid, stored(desk, first).revision)


def test_a_claim_goes_to_duty_and_ends_with_a_reason(desk: Desk) -> None:
    at, who = post(desk), volunteer(desk)
    claim = service.claim(desk, at.uid, who.uid).value
    assert (claim.state, claim.claimed_on) == (S.CLAIMED, TODAY)
    on = service.act_on_claim(desk, claim.uid, A.APPROVE, claim.revision).value
    assert (on.state, on.approved_on) == (S.ON, TODAY)
    with pytest.raises(UserError, match="结束的原因"):
        service.act_on_claim(desk, claim.uid, A.END, on.revision)
    with pytest.raises(UserError, match=r"在岗.*不能“撤回认领”"):
        service.act_on_claim(desk, claim.uid, A.WITHDRAW, on.revision)
    over = service.act_on_claim(desk, claim.uid, A.END, on.revision, "搬离本社区").value
    assert (over.state, over.ended_on, over.reason) == (S.ENDED, TODAY, "搬离本社区")
    assert [step.action for step in over.steps] == [A.CLAIM, A.APPROVE, A.END]


def test_a_claim_beyond_the_quota_says_so_and_leads_into_the_line(desk: Desk) -> None:
    at = post(desk, quota=1)
    first, second, third = (volunteer(desk, name) for name in ("陈志明", "李慧敏", "黄国栋"))
    held = on_post(desk, at, first)
    with pytest.raises(PostFull, match=r"名额1人.*内容都在") as full:
        service.claim(desk, at.uid, second.uid)
    assert "候补" in full.value.next_step
    waits = service.claim(desk, at.uid, second.uid, waiting=True).value
    assert waits.state is S.WAITING
    service.claim(desk, at.uid, third.uid, waiting=True)
    with pytest.raises(PostFull, match="已有2人候补"):
        service.act_on_claim(desk, waits.uid, A.APPROVE, waits.revision)
    assert service.vacancies(desk) == ()
    service.act_on_claim(desk, held.uid, A.END, held.revision, "工作调动")
    (free,) = service.vacancies(desk)
    assert (free.post, free.free, free.waiting) == (at.uid, 1, 2)
    assert (free.claim, free.volunteer_name) == (waits.uid, "李慧敏")
    assert service.act_on_claim(desk, waits.uid, A.APPROVE, waits.revision).value.state is S.ON
    assert service.vacancies(desk) == ()


def test_who_would_wait_takes_a_free_place_at_once(desk: Desk) -> None:
    claim = service.claim(desk, post(desk).uid, volunteer(desk).uid, waiting=True).value
    assert claim.state is S.CLAIMED


def test_one_claim_at_a_time(desk: Desk) -> None:
    at, who = post(desk), volunteer(desk)
    claim = service.claim(desk, at.uid, who.uid).value
    with pytest.raises(AlreadyClaimed, match="待确认"):
        service.claim(desk, at.uid, who.uid)
    service.claim(desk, at.uid, volunteer(desk, "李慧敏").uid)
    with pytest.raises(AlreadyClaimed):  # and not that the post is full
        service.claim(desk, at.uid, who.uid)
    gone = service.act_on_claim(desk, claim.uid, A.WITHDRAW, claim.revision)
    again = service.claim(desk, at.uid, who.uid).value
    assert again.uid != claim.uid
    assert gone.undo is not None
    with pytest.raises(AlreadyClaimed):
        gone.undo.call(desk)


def test_the_quota_never_falls_below_who_holds_a_place(desk: Desk) -> None:
    at = post(desk)
    for name in ("陈志明", "李慧敏"):
        service.claim(desk, at.uid, volunteer(desk, name).uid)
    form = replace(service.post_for_editing(desk, at.uid), quota=1)
    with pytest.raises(UserError, match="已有2人占着名额"):
        service.change_post(desk, at.uid, at.revision, form)
    more = service.change_post(desk, at.uid, at.revision, replace(form, quota=3))
    assert (more.value.quota, more.value.steps[-1].words) == (3, "名额")
    service.claim(desk, at.uid, volunteer(desk, "黄国栋").uid)
    assert more.undo is not None
    with pytest.raises(UserError, match="已有3人占着名额"):
        more.undo.call(desk)


def test_an_undone_end_does_not_push_anybody_out(desk: Desk) -> None:
    at = post(desk, quota=1)
    held = on_post(desk, at, volunteer(desk))
    over = service.act_on_claim(desk, held.uid, A.END, held.revision, "误点")
    assert over.undo is not None
    back = over.undo.call(desk).value
    assert (back.state, back.ended_on) == (S.ON, None)
    over = service.act_on_claim(desk, held.uid, A.END, back.revision, "搬走")
    service.claim(desk, at.uid, volunteer(desk, "李慧敏").uid)
    assert over.undo is not None
    with pytest.raises(PostFull):
        over.undo.call(desk)


@pytest.mark.parametrize(
    ("told", "who", "sentence"),
    [
        ({}, {"state": VolunteerState.PAUSED}, "现在是“暂停”"),
        ({"min_age": 18}, {"birth": date(2010, 1, 1)}, "要求年满18岁，这名志愿者16岁"),
        ({"min_age": 18}, {"birth": None}, "没有出生日期"),
        (
            {"needs_insurance": True},
            {"birth": date(2010, 1, 1), "insured_until": date(2030, 1, 1)},
            "有危险性，未满18岁",
        ),
        ({"needs_insurance": True}, {}, "保险还没有登记"),
        (
            {"needs_insurance": True},
            {"insured_until": date(2026, 11, 22)},
            "保险到2026-11-22为止",
        ),
    ],
)
def test_who_is_not_fit_is_told_why(
    desk: Desk, told: dict[str, Any], who: dict[str, Any], sentence: str
) -> None:
    at, unfit = post(desk, **told), volunteer(desk, **who)
    with pytest.raises(UserError, match=sentence) as refused:
        service.claim(desk, at.uid, unfit.uid)
    assert refused.value.next_step
    assert service.claims_page(desk).rows == ()


def test_insurance_that_lasts_today_is_enough(desk: Desk) -> None:
    at, who = post(desk, needs_insurance=True), volunteer(desk, insured_until=TODAY)
    assert on_post(desk, at, who).state is S.ON


def test_closing_a_post_ends_claims_and_calls_off_what_has_not_begun(desk: Desk) -> None:
    at, who, other = post(desk), volunteer(desk), volunteer(desk, "李慧敏")
    held, asked = on_post(desk, at, who), service.claim(desk, at.uid, other.uid).value
    ahead = plan(desk, at, who)
    closed = service.close_post(desk, at.uid, at.revision, "小区改造").value
    assert closed.steps[-1].words == "小区改造（认领结束 2 条、取消排班 1 班）"
    assert (stored(desk, held).state, stored(desk, asked).state) == (S.ENDED, S.REFUSED)
    assert stored(desk, ahead).state is ShiftState.CANCELLED
    for refused in (
        lambda: service.claim(desk, at.uid, who.uid),
        lambda: plan(desk, at, who),
    ):
        with pytest.raises(UserError, match="已停用"):
            refused()
    opened = service.reopen_post(desk, at.uid, closed.revision).value
    assert (opened.state, service.claim(desk, at.uid, who.uid).value.state) == (
        PostState.OPEN,
        S.CLAIMED,
    )


def test_a_post_that_somebody_used_is_closed_and_not_taken_back(desk: Desk) -> None:
    unused = service.open_post(desk, post_form(name="清洁员"))
    assert unused.undo is not None
    assert unused.undo.call(desk).value.deleted
    done = service.open_post(desk, post_form())
    service.claim(desk, done.value.uid, volunteer(desk).uid)
    assert done.undo is not None
    with pytest.raises(UserError, match="不能撤销"):
        done.undo.call(desk)


def test_lists_are_narrowed_and_name_people(desk: Desk) -> None:
    patrol = post(desk)
    cleaning = post(desk, name="楼道清洁", quota=1, pattern=None)
    who = volunteer(desk)
    on_post(desk, cleaning, who)
    service.claim(desk, patrol.uid, who.uid)
    assert [(one.name, one.taken) for one in service.posts_page(desk).rows] == [
        ("夜间巡逻", 1),
        ("楼道清洁", 1),
    ]
    vacant = service.posts_page(desk, PostFilter(vacant=True)).rows
    assert [one.name for one in vacant] == ["夜间巡逻"]
    found = service.posts_page(desk, PostFilter(search="ldqj")).rows
    assert [one.uid for one in found] == [cleaning.uid]
    (line,) = service.claims_page(desk, ClaimFilter(state=S.ON)).rows
    assert (line.post_name, line.name, line.volunteer_number) == ("楼道清洁", "陈志明", who.number)
    assert len(service.claims_of(desk, who.uid)) == 2
    assert len(service.post_history(desk, patrol.uid).claims) == 1


def test_who_looks_at_an_old_page_is_told_and_who_may_not_is_refused(desk: Desk) -> None:
    at, who = post(desk), volunteer(desk)
    claim = service.claim(desk, at.uid, who.uid).value
    service.act_on_claim(desk, claim.uid, A.APPROVE, claim.revision)
    with pytest.raises(Conflict):
        service.act_on_claim(desk, claim.uid, A.REFUSE, claim.revision, "人满")
    reader = Desk(desk.database, Actor(None, "小林", "查询", frozenset({Right.READ})))
    writing: list[Callable[[], Any]] = [
        lambda: post(reader, name="另一个"),
        lambda: service.claim(reader, at.uid, who.uid),
        lambda: plan(reader, at, who),
        lambda: service.forget_words(reader, [who.uid]),
    ]
    for write in writing:
        with pytest.raises(NotAllowed):
            write()
