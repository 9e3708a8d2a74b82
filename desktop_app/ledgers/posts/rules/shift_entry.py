"""What a clerk says of a shift, and whether nobody is at two places at once. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from desktop_app.core.cleaning import Problems
from desktop_app.core.clock import Millis, Zone
from desktop_app.core.errors import UserError
from desktop_app.core.ids import Uid
from desktop_app.core.steps import Moment
from desktop_app.ledgers.posts.rules.course import remark
from desktop_app.ledgers.posts.rules.pattern import Clock, Slot, slot_on, span_words
from desktop_app.ledgers.posts.rules.post import Post
from desktop_app.ledgers.posts.rules.shift import Shift, ShiftAction, ShiftState, ShiftStep

FARTHEST_DAYS = 400
"""Nobody plans for later than next year; a day beyond is a slip of the year."""


@dataclass(frozen=True, kw_only=True)
class ShiftForm:
    """Who is where when. Hours that are not told are those of the post's pattern. `override`: why
    it may overlap another shift of the same person."""

    post: Uid | None = None
    volunteer: Uid | None = None
    day: date | None = None
    starts: Clock | None = None
    ends: Clock | None = None
    override: str = ""


class Clash(UserError):
    """The person is somewhere else at that time; who knows better says why and saves once more."""

    def __init__(self, other: Shift, post_name: str, zone: Zone) -> None:
        when = span_words(other.starts_at, other.ends_at, zone)
        super().__init__(
            f"这名志愿者同一时间已排在“{post_name}”（{when}），没有保存，内容都在。",
            "请改时间或换人；确实要排的，请写明原因再保存，原因会印在值班表上。",
            field="override",
        )
        self.other = other.uid
        self.post = other.post


def checked(form: ShiftForm, today: date) -> None:
    """Raise `InvalidInput` with everything the form does not say."""
    problems = Problems()
    problems.need(form.post, "还没有选岗位，没有保存。", "请选一个岗位。", "post")
    problems.need(form.volunteer, "还没有选志愿者，没有保存。", "请选值班的人。", "volunteer")
    problems.need(form.day, "还没有写值班日期，没有保存。", "请选一天。", "day")
    if form.day is not None and abs((form.day - today).days) > FARTHEST_DAYS:
        problems.add("值班日期离今天太远，没有保存。", "请核对年份。", "day")
    for name, clock in (("starts", form.starts), ("ends", form.ends)):
        if clock is not None and not (0 <= clock[0] <= 23 and 0 <= clock[1] <= 59):
            problems.add("值班时间不对，没有保存。", "请写成 19:00 的样子。", name)
    problems.raise_if_any()


def slot_for(form: ShiftForm, post: Post, zone: Zone) -> Slot:
    """The time a checked form means at this post. Raises `UserError` when the post has no hours of
    its own and the form tells none."""
    assert form.day is not None, "checked"
    starts = form.starts or (post.pattern.starts if post.pattern else None)
    ends = form.ends or (post.pattern.ends if post.pattern else None)
    if starts is None or ends is None:
        raise UserError(
            "这个岗位没有固定时间，还没有写几点到几点，没有保存。",
            "请写上开始和结束的时间。",
            field="starts",
        )
    return slot_on(form.day, starts, ends, zone)


def refuse_no_post(post: Post, slot: Slot) -> None:
    """Raise `UserError` when nobody stands at the post on that day."""
    if not post.open:
        raise UserError(
            f"这个岗位{post.state.label}，没有保存，内容都在。", "请选别的岗位，或先恢复这个岗位。",
            field="post",
        )  # fmt: skip
    if not post.stands_on(slot.day):
        until = f"至{post.until_on:%Y-%m-%d}" if post.until_on else "起"
        raise UserError(
            f"这个岗位{post.from_on:%Y-%m-%d}{until}才有人值守，没有保存，内容都在。",
            "请改日期，或先修改岗位的起止日期。",
            field="day",
        )


def clashing(
    shifts: Sequence[Shift], starts_at: Millis, ends_at: Millis, own: Uid | None = None
) -> list[Shift]:
    """Those of a person's shifts that hold the person at that time, the earliest first. `own` is
    the shift that is asked about."""
    found = [
        one for one in shifts if one.uid != own and one.holding and one.overlaps(starts_at, ends_at)
    ]
    return sorted(found, key=lambda one: (one.starts_at, one.uid))


def refuse_twice(post: Post, clashes: Sequence[Shift]) -> None:
    """Raise `UserError` when the person is planned for this very post then: no reason helps."""
    if any(one.post == post.uid for one in clashes):
        raise UserError(
            "这名志愿者这个时间已经排在这个岗位上，没有再排一次。",
            "要改时间的，请在那一班上“调班”。",
            field="volunteer",
        )


def override_of(clashes: Sequence[Shift], said: str) -> str:
    """The reason that is kept: only where there is something to override."""
    return remark(said, "冲突时仍排班的原因", field="override") if clashes else ""


def planned(
    form: ShiftForm, post: Post, slot: Slot, uid: Uid, override: str, moment: Moment
) -> Shift:
    """The shift that a checked form becomes."""
    assert form.volunteer is not None, "checked"
    words = override_words(override)
    step = ShiftStep(moment.at, moment.actor, ShiftAction.PLAN, ShiftState.PLANNED, words)
    return Shift(
        uid=uid,
        station=post.station,
        post=post.uid,
        volunteer=form.volunteer,
        day=slot.day,
        starts_at=slot.starts_at,
        ends_at=slot.ends_at,
        override_reason=override,
        steps=(step,),
    )


def override_words(override: str) -> str:
    return f"与另一班冲突，仍排：{override}" if override else ""
