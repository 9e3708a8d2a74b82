"""The steps of a 报到: 亮身份, 承诺 → 践诺 → 评价, the feedback of a quarter, 转出. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from desktop_app.core.errors import UserError
from desktop_app.core.ids import Uid
from desktop_app.core.periods import Period, PeriodKind, parse_period
from desktop_app.core.record import altered
from desktop_app.core.satisfaction import Satisfaction
from desktop_app.core.steps import Moment, StepRule
from desktop_app.core.steps import steps_from as _steps_from
from desktop_app.core.text import clean_line
from desktop_app.ledgers.party.rules.member import (
    LINE_LIMIT,
    MOST_DEEDS,
    MOST_MINUTES,
    MOST_PLEDGES,
    MOST_TIMES,
    Done,
    Feedback,
    MemberAction,
    MemberState,
    MemberStep,
    PartyMember,
    Pledge,
    PledgeState,
)

_S = MemberState
_A = MemberAction

_HERE = frozenset({_S.REPORTED})
_ALL = frozenset(_S)

RULES: Mapping[MemberAction, StepRule[MemberState]] = {
    _A.CHANGE: StepRule(_ALL, None),
    _A.SHOW: StepRule(_HERE, None),
    _A.PLEDGE: StepRule(_HERE, None),
    _A.DO: StepRule(_HERE, None),
    _A.KEEP: StepRule(_HERE, None),
    _A.END_PLEDGE: StepRule(_ALL, None),
    _A.RATE: StepRule(_ALL, None),
    # Who left within a quarter is still told of to the unit.
    _A.MAKE_FEEDBACK: StepRule(_ALL, None),
    _A.SEND_FEEDBACK: StepRule(_ALL, None),
    _A.LEAVE: StepRule(_HERE, _S.LEFT),
    _A.RETURN: StepRule(frozenset({_S.LEFT}), _S.REPORTED),
}
"""The course of a 报到. The entry itself is in `entry`."""

BUTTONS = tuple(action for action in RULES if action is not _A.CHANGE)
"""Steps that somebody takes by name, in their order."""


def allowed(member: PartyMember) -> tuple[MemberAction, ...]:
    """The steps that may be taken now, in the order of buttons."""
    return () if member.deleted else _steps_from(RULES, BUTTONS, member.state)


def refuse_unless(member: PartyMember, action: MemberAction) -> None:
    """Raise `UserError` when a step may not be taken as the record stands."""
    if member.state not in RULES[action].sources or member.deleted:
        labels = "、".join(one.label for one in allowed(member))
        raise UserError(
            f"这名党员现在是“{member.state.label}”，不能“{action.label}”，没有改动。",
            f"现在可以：{labels}。",
        )


def with_step(
    member: PartyMember, action: MemberAction, moment: Moment, words: str = "", **changes: Any
) -> PartyMember:
    """The member after a step that may be taken; `words` is what the history says of it."""
    refuse_unless(member, action)
    state = RULES[action].to or member.state
    step = MemberStep(moment.at, moment.actor, action, state, words)
    after = altered(member, state=state, steps=(*member.steps, step), **changes)
    if "pledges" not in changes:
        return after
    kept = sum(one.state is PledgeState.KEPT for one in after.pledges)
    return altered(after, pledged=len(after.pledges), kept=kept)


def shown(member: PartyMember, day: date, how: str, moment: Moment) -> PartyMember:
    """亮身份: the member has shown who he is, on that day and in that way."""
    refuse_unless(member, _A.SHOW)
    _refuse_day(member, day, moment.today, "亮身份日期")
    way = _line(how, "亮身份方式", "shown_how")
    return with_step(member, _A.SHOW, moment, day.isoformat(), shown_on=day, shown_how=way)


def pledged(member: PartyMember, pledge: Pledge, moment: Moment) -> PartyMember:
    """作承诺: one more promise."""
    refuse_unless(member, _A.PLEDGE)
    _refuse_day(member, pledge.day, moment.today, "承诺日期")
    if pledge.due is not None and pledge.due < pledge.day:
        raise UserError("期限早于承诺日期，没有保存。", "请核对这两个日期。", field="due")
    if len(member.pledges) >= MOST_PLEDGES:
        raise UserError(f"承诺已有{MOST_PLEDGES}条，没有再加。", "请先完成已有的承诺。")
    tidy = replace(pledge, words=_needed(pledge.words, "承诺内容"))
    return with_step(
        member, _A.PLEDGE, moment, pledge.day.isoformat(), pledges=(*member.pledges, tidy)
    )


def done_for(member: PartyMember, uid: Uid, done: Done, moment: Moment) -> PartyMember:
    """记践诺: something was done for a promise. A promise that was kept may go on being kept."""
    pledge = _pledge(member, uid, _A.DO, {PledgeState.OPEN, PledgeState.KEPT})
    if done.day < pledge.day:
        raise UserError("践诺日期早于承诺日期，没有保存。", "请核对日期。", field="day")
    _refuse_day(member, done.day, moment.today, "践诺日期")
    if done.service is not None and any(one.service == done.service for one in pledge.done):
        raise UserError(
            "这条服务记录已经记过践诺，没有再记。", "请选别的服务记录。", field="service"
        )
    if len(pledge.done) >= MOST_DEEDS:
        raise UserError(f"践诺已有{MOST_DEEDS}条，没有再加。", "请完成这条承诺，另作新的承诺。")
    tidy = replace(done, words=_needed(done.words, "践诺内容"))
    after = replace(pledge, done=(*pledge.done, tidy))
    return _with_pledge(member, after, _A.DO, moment, done.day.isoformat())


def kept(member: PartyMember, uid: Uid, moment: Moment) -> PartyMember:
    """完成承诺: the promise was kept; something must have been done for it."""
    pledge = _pledge(member, uid, _A.KEEP, {PledgeState.OPEN})
    if not pledge.done:
        raise UserError("这条承诺还没有践诺记录，没有改动。", "请先记下做了什么。", field="pledge")
    return _with_pledge(member, replace(pledge, state=PledgeState.KEPT), _A.KEEP, moment)


def pledge_ended(member: PartyMember, uid: Uid, words: str, moment: Moment) -> PartyMember:
    """结束承诺: it is kept no longer, and why."""
    pledge = _pledge(member, uid, _A.END_PLEDGE, {PledgeState.OPEN})
    why = _needed(words, "结束的原因")
    after = replace(pledge, state=PledgeState.ENDED)
    return _with_pledge(member, after, _A.END_PLEDGE, moment, why)


def rated(member: PartyMember, uid: Uid, rating: Satisfaction, moment: Moment) -> PartyMember:
    """评价承诺: how residents judge what was done; asked again, the later answer counts."""
    pledge = _pledge(member, uid, _A.RATE, set(PledgeState))
    if not pledge.done:
        raise UserError("这条承诺还没有践诺记录，不能评价，没有改动。", "请先记下做了什么。")
    after = replace(pledge, rating=rating, rated_on=moment.today)
    return _with_pledge(member, after, _A.RATE, moment, rating.label)


def quarter_of(text: str, today: date) -> Period:
    """A quarter that has begun; `UserError` for anything else."""
    period = parse_period(text, field="quarter")
    if period.kind is not PeriodKind.QUARTER:
        raise UserError("反馈表按季度做，没有保存。", "请写成 2026-Q3 的样子。", field="quarter")
    if period.first > today:
        raise UserError("这个季度还没有开始，没有保存。", "请核对季度。", field="quarter")
    return period


def with_feedback(member: PartyMember, feedback: Feedback, moment: Moment) -> PartyMember:
    """做反馈表: the sheet of a quarter; made again before it is sent, the later one counts."""
    refuse_unless(member, _A.MAKE_FEEDBACK)
    quarter = quarter_of(feedback.quarter, moment.today)
    if quarter.last < member.reported_on:
        raise UserError(
            f"报到日期{member.reported_on:%Y-%m-%d}在这个季度之后，没有保存。",
            "请核对季度。",
            field="quarter",
        )
    for label, number, most, field in (
        ("服务时长", feedback.minutes, MOST_MINUTES, "minutes"),
        ("服务次数", feedback.times, MOST_TIMES, "times"),
    ):
        if not 0 <= number <= most:
            raise UserError(f"{label}不对，没有保存。", f"请填0到{most}之间的数。", field=field)
    before = member.feedback_on(str(quarter))
    if before is not None and before.sent_on is not None:
        raise UserError(
            f"{quarter.label}的反馈表{before.sent_on:%Y-%m-%d}已经送出，没有再做。",
            "如要更正，请另附说明给单位。",
            field="quarter",
        )
    others = [one for one in member.feedbacks if one is not before]
    tidy = replace(feedback, quarter=str(quarter), uid=before.uid if before else feedback.uid)
    sheets = tuple(sorted([*others, tidy], key=lambda one: one.quarter))
    return with_step(member, _A.MAKE_FEEDBACK, moment, str(quarter), feedbacks=sheets)


def feedback_sent(
    member: PartyMember, quarter: str, day: date, received: str, moment: Moment
) -> PartyMember:
    """反馈表已送: when it went to the unit and what the unit said; may be added to later."""
    refuse_unless(member, _A.SEND_FEEDBACK)
    period = str(quarter_of(quarter, moment.today))
    before = member.feedback_on(period)
    if before is None:
        raise UserError("这个季度的反馈表还没有做，没有改动。", "请先做反馈表。", field="quarter")
    if not before.made_on <= day <= moment.today:
        raise UserError(
            "送出日期要在做表之后、今天之前，没有改动。", "请核对日期。", field="sent_on"
        )
    said = _line(received, "单位回执", "received_words")
    after = replace(before, sent_on=day, received_words=said)
    sheets = tuple(after if one is before else one for one in member.feedbacks)
    return with_step(member, _A.SEND_FEEDBACK, moment, period, feedbacks=sheets)


def left(member: PartyMember, words: str, day: date, moment: Moment) -> PartyMember:
    """转出: `day` is the first one without the member; promises stay as they stand."""
    refuse_unless(member, _A.LEAVE)
    why = _needed(words, "转出的原因")
    _refuse_day(member, day, moment.today, "转出日期")
    return with_step(member, _A.LEAVE, moment, why, left_on=day, left_reason=why)


def returned(member: PartyMember, moment: Moment) -> PartyMember:
    """重新报到: here again, with everything from before."""
    return with_step(member, _A.RETURN, moment, left_on=None, left_reason="")


def _pledge(
    member: PartyMember, uid: Uid, action: MemberAction, states: set[PledgeState]
) -> Pledge:
    refuse_unless(member, action)
    for pledge in member.pledges:
        if pledge.uid == uid:
            if pledge.state in states:
                return pledge
            raise UserError(
                f"这条承诺现在是“{pledge.state.label}”，不能“{action.label}”，没有改动。",
                "请选别的承诺，或另作新的承诺。",
                field="pledge",
            )
    raise UserError("没有找到这条承诺，没有改动。", "请刷新后再看。", field="pledge")


def _with_pledge(
    member: PartyMember, after: Pledge, action: MemberAction, moment: Moment, words: str = ""
) -> PartyMember:
    pledges = tuple(after if one.uid == after.uid else one for one in member.pledges)
    return with_step(member, action, moment, words, pledges=pledges)


def _refuse_day(member: PartyMember, day: date, today: date, label: str) -> None:
    if day > today:
        raise UserError(f"{label}比今天还晚，没有改动。", "请改成实际的日期。", field="day")
    if day < member.reported_on:
        raise UserError(
            f"{label}早于报到日期{member.reported_on:%Y-%m-%d}，没有改动。",
            "请核对这两个日期。",
            field="day",
        )


def _line(text: str, label: str, field: str) -> str:
    return clean_line(text, limit=LINE_LIMIT, label=label, field=field) if text else ""


def _needed(text: str, label: str) -> str:
    said = _line(text, label, "words")
    if not said:
        raise UserError(f"还没有写{label}，没有保存。", "请写一句。", field="words")
    return said
