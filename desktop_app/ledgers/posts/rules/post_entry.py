"""What a clerk enters of a post, and whether it is in order. Pure."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any

from desktop_app.core.cleaning import Problems
from desktop_app.core.errors import UserError
from desktop_app.core.ids import Uid
from desktop_app.core.steps import Moment
from desktop_app.ledgers.posts.rules.course import LINE_LIMIT, NAME_LIMIT, TEXT_LIMIT
from desktop_app.ledgers.posts.rules.pattern import Pattern, checked_pattern
from desktop_app.ledgers.posts.rules.post import (
    MOST_QUOTA,
    Post,
    PostAction,
    PostState,
    PostStep,
)
from desktop_app.registers.volunteers.rules.words import Direction

OLDEST = 100


@dataclass(frozen=True, kw_only=True)
class PostForm:
    """The form of a post; `from_on` None means from today."""

    name: str = ""
    direction: Direction = Direction.OTHER
    place_words: str = ""
    compound: Uid | None = None
    quota: int = 1
    pattern: Pattern | None = None
    from_on: date | None = None
    until_on: date | None = None
    team: Uid | None = None
    needs_insurance: bool = False
    min_age: int | None = None
    duties: str = ""
    remark: str = ""


ENTERED = tuple(one.name for one in fields(PostForm))
"""Fields of a post that its form gives, and that may be changed."""


def checked(form: PostForm, today: date) -> PostForm:
    """The form as it is kept. Raises `InvalidInput` with every problem of it."""
    problems = Problems()
    tidy = replace(
        form,
        name=problems.line(form.name, "岗位名称", "name", NAME_LIMIT),
        place_words=problems.line(form.place_words, "地点", "place_words", LINE_LIMIT),
        duties=problems.text(form.duties, "岗位职责", "duties", TEXT_LIMIT),
        remark=problems.text(form.remark, "备注", "remark", TEXT_LIMIT),
        pattern=checked_pattern(form.pattern, problems),
        from_on=form.from_on or today,
    )
    problems.need(tidy.name, "还没有写岗位名称，没有保存。", "例如：夜间巡逻员。", "name")
    if not 1 <= form.quota <= MOST_QUOTA:
        problems.add("名额不对，没有保存。", f"请填1到{MOST_QUOTA}之间的人数。", "quota")
    if form.min_age is not None and not 1 <= form.min_age <= OLDEST:
        problems.add(
            "最低年龄不对，没有保存。", f"请填1到{OLDEST}之间的岁数，不限的留空。", "min_age"
        )
    if form.until_on is not None and tidy.from_on is not None and form.until_on < tidy.from_on:
        problems.add("截止日期早于起始日期，没有保存。", "请核对这两个日期。", "until_on")
    problems.raise_if_any()
    return tidy


def opened(form: PostForm, uid: Uid, station: str, number: str, moment: Moment) -> Post:
    """The post that a checked form becomes."""
    step = PostStep(moment.at, moment.actor, PostAction.OPEN, PostState.OPEN)
    return Post(uid=uid, station=station, number=number, steps=(step,), **_values(form))


def form_of(post: Post) -> PostForm:
    """The form as it would be filled in for this post, to be changed."""
    return PostForm(**{name: getattr(post, name) for name in ENTERED})


def differences(post: Post, form: PostForm) -> dict[str, Any]:
    """What a checked form says otherwise than the post."""
    return {name: value for name, value in _values(form).items() if getattr(post, name) != value}


def _values(form: PostForm) -> dict[str, Any]:
    return {name: getattr(form, name) for name in ENTERED}


class SamePost(UserError):
    """Another open post is called so; a station that wants two of one name says where each is."""

    def __init__(self, other: Post) -> None:
        super().__init__(
            f"已有一个同名的岗位（编号 {other.number}），没有保存，内容都在。",
            "同一个岗位请打开那一条修改；确实是两个的，请在名称里写明地点。",
            field="name",
        )
        self.other = other.uid
        self.number = other.number
