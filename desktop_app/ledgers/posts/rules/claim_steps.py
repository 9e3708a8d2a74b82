"""Which step of a claim may follow which, and how many a post has room for. Pure.

What holds a place is a claim that waits to be confirmed or is on duty. Never more of them than the
quota: who comes later may wait in line (候补).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from desktop_app.core.errors import UserError
from desktop_app.core.ids import Uid
from desktop_app.core.record import altered
from desktop_app.core.steps import Moment, StepRule
from desktop_app.core.steps import steps_from as _steps_from
from desktop_app.ledgers.posts.rules.claim import (
    HOLDING,
    Claim,
    ClaimAction,
    ClaimState,
    ClaimStep,
)
from desktop_app.ledgers.posts.rules.course import reason, refusal, remark
from desktop_app.ledgers.posts.rules.post import Post

_S = ClaimState
_A = ClaimAction

RULES: Mapping[ClaimAction, StepRule[ClaimState]] = {
    _A.APPROVE: StepRule(frozenset({_S.CLAIMED, _S.WAITING}), _S.ON),
    _A.REFUSE: StepRule(frozenset({_S.CLAIMED, _S.WAITING}), _S.REFUSED),
    _A.WITHDRAW: StepRule(frozenset({_S.CLAIMED, _S.WAITING}), _S.WITHDRAWN),
    _A.END: StepRule(frozenset({_S.ON}), _S.ENDED),
}
"""The course of a claim; its beginning is `claimed`. 撤销上一步 leads to where the step came from,
if the place has not been given to somebody else."""

BUTTONS = (_A.APPROVE, _A.REFUSE, _A.WITHDRAW, _A.END)


class PostFull(UserError):
    """No place is free; who wants to wait says so and claims once more."""

    def __init__(self, post: Post, waiting: int) -> None:
        line = f"，已有{waiting}人候补" if waiting else ""
        super().__init__(
            f"这个岗位名额{post.quota}人，已经认领满{line}，没有保存，内容都在。",
            "可以登记为候补，有人退出时按先后递补；或先修改名额。",
            field="post",
        )
        self.post = post.uid


class AlreadyClaimed(UserError):
    """The volunteer has a claim on the post that is not over."""

    def __init__(self, other: Claim) -> None:
        super().__init__(
            f"这名志愿者对这个岗位已有一条“{other.state.label}”的认领，没有再登记一次。",
            "请打开那一条办理。",
            field="volunteer",
        )
        self.other = other.uid


def taken(claims: Sequence[Claim]) -> int:
    """How many of these claims hold a place."""
    return sum(claim.holding for claim in claims)


def claimed(
    post: Post,
    uid: Uid,
    volunteer: Uid,
    live: Sequence[Claim],
    moment: Moment,
    *,
    waiting: bool,
) -> Claim:
    """A fresh claim, `live` being the post's claims that are not over.

    `waiting`: where no place is free it waits in line; otherwise `PostFull` is raised then.
    """
    refuse_closed(post, moment)
    full = taken(live) >= post.quota
    if full and not waiting:
        raise PostFull(post, sum(claim.state is _S.WAITING for claim in live))
    state = _S.WAITING if full else _S.CLAIMED
    return Claim(
        uid=uid,
        station=post.station,
        post=post.uid,
        volunteer=volunteer,
        state=state,
        claimed_on=moment.today,
        steps=(ClaimStep(moment.at, moment.actor, _A.CLAIM, state),),
    )


def refuse_second(live: Sequence[Claim], same: Sequence[Uid], own: Uid | None = None) -> None:
    """One claim at a time: raise `AlreadyClaimed` when one of `live` is by the same person, whose
    volunteers (merged ones, too) are `same`. `own` is the claim that is asked about."""
    for claim in live:
        if claim.volunteer in same and claim.uid != own and claim.live:
            raise AlreadyClaimed(claim)


def refuse_closed(post: Post, moment: Moment) -> None:
    """Raise `UserError` when nobody can claim or be given this post any more."""
    if not post.open:
        raise UserError(
            f"这个岗位{post.state.label}，没有保存，内容都在。",
            "请选别的岗位，或先恢复这个岗位。",
            field="post",
        )
    if post.until_on is not None and post.until_on < moment.today:
        raise UserError(
            f"这个岗位到{post.until_on:%Y-%m-%d}为止，已经过期，没有保存，内容都在。",
            "请选别的岗位，或先修改截止日期。",
            field="post",
        )


def allowed(claim: Claim) -> tuple[ClaimAction, ...]:
    """The steps that may be taken now, in the order of buttons."""
    return () if claim.deleted else _steps_from(RULES, BUTTONS, claim.state)


def refuse_unless(claim: Claim, action: ClaimAction) -> None:
    """Raise `UserError` when a step may not be taken as the claim stands."""
    if action not in RULES or claim.state not in RULES[action].sources or claim.deleted:
        raise refusal("这条认领", claim.state, action, allowed(claim))


def take_step(
    claim: Claim, action: ClaimAction, words: str, post: Post, live: Sequence[Claim], moment: Moment
) -> Claim:
    """The claim after a step. Raises `UserError` when it may not be taken or says too little, and
    `PostFull` when somebody who waits would come to more places than there are."""
    refuse_unless(claim, action)
    if action is _A.APPROVE:
        refuse_closed(post, moment)
        if claim.state not in HOLDING and taken(live) >= post.quota:
            raise PostFull(post, sum(one.state is _S.WAITING for one in live))
        return _with_step(claim, action, moment, "", approved_on=moment.today)
    labels = {_A.REFUSE: "不同意的原因", _A.END: "结束的原因"}
    said = reason(words, labels[action]) if action in labels else remark(words, "撤回的原因")
    return _with_step(claim, action, moment, said, ended_on=moment.today, reason=said)


def ended_with_post(claim: Claim, why: str, moment: Moment) -> Claim:
    """The claim as it ends because its post is closed: who is on duty has been, the others never
    were."""
    action, to = (_A.END, _S.ENDED) if claim.state is _S.ON else (_A.REFUSE, _S.REFUSED)
    step = ClaimStep(moment.at, moment.actor, action, to, why)
    return altered(claim, state=to, ended_on=moment.today, reason=why, steps=(*claim.steps, step))


def taken_back(
    before: Claim, saved: Claim, post: Post, live: Sequence[Claim], moment: Moment
) -> Claim:
    """The claim as it was before its last step, with one more step that says so; `PostFull` when
    its place is somebody else's now."""
    if before.live and not saved.live:
        refuse_closed(post, moment)
    if before.state in HOLDING and saved.state not in HOLDING and taken(live) >= post.quota:
        raise PostFull(post, sum(one.state is _S.WAITING for one in live))
    step = ClaimStep(moment.at, moment.actor, _A.UNDO, before.state)
    return altered(before, revision=saved.revision, steps=(*saved.steps, step))


def _with_step(
    claim: Claim, action: ClaimAction, moment: Moment, words: str, **changes: Any
) -> Claim:
    state = RULES[action].to or claim.state
    step = ClaimStep(moment.at, moment.actor, action, state, words)
    return altered(claim, state=state, steps=(*claim.steps, step), **changes)
