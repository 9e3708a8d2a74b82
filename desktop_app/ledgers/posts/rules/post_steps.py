"""Which step of a post may follow which: the one table of its course. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from desktop_app.core.errors import UserError
from desktop_app.core.record import altered
from desktop_app.core.steps import Moment, StepRule
from desktop_app.core.steps import steps_from as _steps_from
from desktop_app.ledgers.posts.rules.course import reason, refusal
from desktop_app.ledgers.posts.rules.post import Post, PostAction, PostState, PostStep

_S = PostState
_A = PostAction

RULES: Mapping[PostAction, StepRule[PostState]] = {
    _A.CHANGE: StepRule(frozenset({_S.OPEN}), None),
    _A.CLOSE: StepRule(frozenset({_S.OPEN}), _S.CLOSED),
    _A.REOPEN: StepRule(frozenset({_S.CLOSED}), _S.OPEN),
}
"""The course of a post; setting it up is in `post_entry`. Closing ends its claims and calls off the
shifts that have not begun, so it has no undo: it is opened again, and people claim anew."""

BUTTONS = (_A.CLOSE, _A.REOPEN)


def allowed(post: Post) -> tuple[PostAction, ...]:
    """The steps that may be taken now, in the order of buttons."""
    return () if post.deleted else _steps_from(RULES, BUTTONS, post.state)


def refuse_unless(post: Post, action: PostAction) -> None:
    """Raise `UserError` when a step may not be taken as the post stands."""
    if post.state not in RULES[action].sources or post.deleted:
        raise refusal("这个岗位", post.state, action, allowed(post))


def with_step(
    post: Post, action: PostAction, moment: Moment, words: str = "", **changes: Any
) -> Post:
    """The post after a step that may be taken; `words` is what the history says of it."""
    refuse_unless(post, action)
    state = RULES[action].to or post.state
    step = PostStep(moment.at, moment.actor, action, state, words)
    return altered(post, state=state, steps=(*post.steps, step), **changes)


def changed(post: Post, changes: Mapping[str, Any], words: str, taken: int, moment: Moment) -> Post:
    """The post put right; `taken` is how many claims hold a place, which the quota never falls
    below."""
    quota = changes.get("quota", post.quota)
    if quota < taken and quota != post.quota:
        raise UserError(
            f"已有{taken}人占着名额，名额不能改成{quota}，没有改动。",
            "请先结束多出来的认领，再改名额。",
            field="quota",
        )
    return with_step(post, _A.CHANGE, moment, words, **changes)


def closed(post: Post, words: str, claims: int, shifts: int, moment: Moment) -> Post:
    """停用: nobody claims it any more. `claims` end and `shifts` are called off with it."""
    refuse_unless(post, _A.CLOSE)
    said = reason(words, "停用的原因")
    told = "、".join(
        part
        for part, count in ((f"认领结束 {claims} 条", claims), (f"取消排班 {shifts} 班", shifts))
        if count
    )
    return with_step(post, _A.CLOSE, moment, f"{said}（{told}）" if told else said)


def reopened(post: Post, moment: Moment) -> Post:
    """恢复: it may be claimed again."""
    return with_step(post, _A.REOPEN, moment)
