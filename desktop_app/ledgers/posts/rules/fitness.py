"""Whether a volunteer may take a post, on a day. Pure.

The sentences name no volunteer: whoever reads them has just chosen one.
"""

from __future__ import annotations

from datetime import date

from desktop_app.core.errors import UserError
from desktop_app.ledgers.posts.rules.post import Post
from desktop_app.registers.residents.rules import age_on
from desktop_app.registers.volunteers.rules.listing import Fitness
from desktop_app.registers.volunteers.rules.volunteer import ADULT_AGE, VolunteerState


def refuse_unfit(post: Post, who: Fitness | None, day: date) -> None:
    """Raise `UserError` unless this volunteer may stand at this post on that day."""
    problem = unfit(post, who, day)
    if problem is not None:
        raise problem


def unfit(post: Post, who: Fitness | None, day: date) -> UserError | None:
    """What stands against it; None when nothing does.

    Who is not 在册 takes no post. Nobody under age takes a dangerous one (未成年人保护法 art. 61,
    志愿服务条例 art. 7), whatever the insurance says. A bound of age needs a known birth.
    """
    if who is None or who.state is not VolunteerState.ACTIVE:
        state = f"现在是“{who.state.label}”" if who else "已不在名册上"
        return _refused(f"这名志愿者{state}，不能上岗", "请选在册的志愿者，或先恢复服务。")
    age = None if who.birth is None else age_on(who.birth, day)
    least = max(post.min_age or 0, ADULT_AGE if post.needs_insurance else 0)
    if least and age is None:
        return _refused(
            f"这个岗位要求年满{least}岁，这名志愿者的档案里没有出生日期",
            "请先在居民档案里补上出生日期。",
        )
    if age is not None and age < least:
        if post.needs_insurance and age < ADULT_AGE:
            return _refused(
                f"这个岗位有危险性，未满{ADULT_AGE}岁的志愿者不能上岗", "请改选成年志愿者。"
            )
        return _refused(f"这个岗位要求年满{least}岁，这名志愿者{age}岁", "请改选年满的志愿者。")
    if post.needs_insurance and (who.insured_until is None or who.insured_until < day):
        return _refused(
            f"这个岗位要有保险，这名志愿者的{_insurance(who)}",
            "请先为志愿者投保，并登记保险和截止日期。",
        )
    return None


def _insurance(who: Fitness) -> str:
    if who.insured_until is None:
        return "保险还没有登记"
    return f"保险到{who.insured_until:%Y-%m-%d}为止"


def _refused(sentence: str, next_step: str) -> UserError:
    return UserError(f"{sentence}，没有保存，内容都在。", next_step, field="volunteer")
