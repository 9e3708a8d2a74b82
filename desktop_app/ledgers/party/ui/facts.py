"""What the page of a 报到 says in its blocks, and its course; private fields are masked before."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from desktop_app.core.clock import Zone
from desktop_app.core.day_text import parse_day
from desktop_app.core.hours import hours_words
from desktop_app.core.periods import parse_period
from desktop_app.core.wording import list_day, list_moment, paper_day
from desktop_app.ledgers.party.rules.member import (
    Feedback,
    MemberAction,
    MemberStep,
    PartyMember,
    Pledge,
    PledgeState,
)
from desktop_app.ledgers.party.ui.looks import quarter_words
from desktop_app.registers.residents.service import Card
from desktop_app.widgets.course import CourseStep
from desktop_app.widgets.facts import Fact

Told = Mapping[str, str]
"""What was just uncovered, in full, by field; fields of the resident's file begin with `file.`."""

_A = MemberAction
_COVERED = "已遮挡"
_ISO = len("2026-11-23")
_QUARTER = len("2026-Q3")
_ICONS: Mapping[MemberAction, tuple[str, str]] = {
    _A.REPORT: ("user-check", "ok"),
    _A.SHOW: ("id-card", "info"),
    _A.PLEDGE: ("heart-handshake", "info"),
    _A.DO: ("clipboard-check", "ok"),
    _A.KEEP: ("check", "ok"),
    _A.RATE: ("star", "info"),
    _A.MAKE_FEEDBACK: ("file-text", "info"),
    _A.SEND_FEEDBACK: ("forward", "ok"),
    _A.LEAVE: ("log-out", "quiet"),
    _A.RETURN: ("undo-2", "ok"),
}
_STATE_ICONS: Mapping[PledgeState, tuple[str, str]] = {
    PledgeState.OPEN: ("hourglass", "info"),
    PledgeState.KEPT: ("circle-check", "ok"),
    PledgeState.ENDED: ("ban", "quiet"),
}


def report_facts(member: PartyMember, told: Told, station: str) -> list[Fact]:
    """报到情况: of which unit, whom to call there, what the member can and would like to do."""
    remark = _COVERED if member.remark else ""
    return [
        Fact("站点", station),
        Fact("工作单位", member.unit, kept=True),
        Fact("单位联络员", told.get("unit_liaison", member.unit_liaison), kept=True),
        Fact("单位电话", told.get("unit_phone", member.unit_phone), kept=True),
        Fact("所在党组织", member.branch),
        Fact("报到日期", paper_day(member.reported_on), kept=True),
        Fact("专长", member.specialities),
        Fact("意向岗位", member.wishes),
        Fact("转出日期", "" if member.left_on is None else paper_day(member.left_on)),
        Fact("转出原因", member.left_reason),
        Fact("备注", told.get("remark", remark)),
    ]


def shown_facts(member: PartyMember) -> list[Fact]:
    """亮身份: since when and how."""
    if member.shown_on is None:
        return [Fact("亮身份", "还没有亮身份")]
    return [
        Fact("日期", paper_day(member.shown_on)),
        Fact("方式", member.shown_how),
    ]


def person_facts(card: Card | None, told: Told) -> list[Fact]:
    """What the resident's file says of the person; None where that is gone."""
    if card is None:
        return [Fact("居民档案", "已删除，只留下编号、日期和状态")]
    phones = "、".join(phone.number for phone in card.resident.phones)
    return [
        Fact("联系电话", told.get("file.phones", phones), kept=True),
        Fact("住址", card.line.address, kept=True),
        Fact("党员管理", card.resident.party.label),
        Fact("档案号", card.resident.number),
    ]


def feedback_facts(member: PartyMember, due: str) -> list[Fact]:
    """季度反馈表, the latest first; `due` is the quarter the unit ought to have heard of."""
    facts = [
        Fact(quarter_words(one.quarter), _feedback_words(one)) for one in reversed(member.feedbacks)
    ]
    if missing(member, due):
        facts.insert(0, Fact(quarter_words(due), "上季度的反馈表还没有做"))
    return facts or [Fact("反馈表", "还没有做过")]


def missing(member: PartyMember, quarter: str) -> bool:
    """Whether the unit heard nothing of a quarter in which the member was here."""
    period = parse_period(quarter)
    here = member.reported_on <= period.last
    gone = member.left_on is not None and member.left_on <= period.first
    return here and not gone and member.feedback_on(quarter) is None


def maskable(member: PartyMember) -> tuple[str, ...]:
    """The fields that show less than there is."""
    return tuple(name for name in ("unit_liaison", "unit_phone", "remark") if getattr(member, name))


def pledge_course(member: PartyMember, today: date) -> list[CourseStep]:
    """Each promise, the newest first, with what was done for it and how that is judged."""
    # The card shows what comes last above the rest.
    steps = [step for one in reversed(member.pledges) for step in _pledge_steps(one, today)]
    return steps[::-1]


def member_course(member: PartyMember, zone: Zone, today: date) -> list[CourseStep]:
    """Every step in its order."""
    return [_step(one, zone, today) for one in member.steps]


def _pledge_steps(pledge: Pledge, today: date) -> list[CourseStep]:
    icon, tone = _STATE_ICONS[pledge.state]
    due = "" if pledge.due is None else f"（期限 {paper_day(pledge.due)}）"
    if pledge.state is PledgeState.OPEN and pledge.due is not None and pledge.due < today:
        icon, tone = "clock-alert", "warn"
        due = f"（期限 {paper_day(pledge.due)}，已过）"
    words = (pledge.words or "（内容已删除）") + due
    steps = [CourseStep(pledge.state.label, paper_day(pledge.day), "", words, icon, tone)]
    steps += [
        CourseStep(
            "做了", paper_day(one.day), "", one.words, "clipboard-check", "quiet", inner=True
        )
        for one in pledge.done
    ]
    if pledge.rating is not None:
        when = "" if pledge.rated_on is None else paper_day(pledge.rated_on)
        steps.append(CourseStep("评价", when, "", pledge.rating.label, "star", "quiet", inner=True))
    return steps


def _step(step: MemberStep, zone: Zone, today: date) -> CourseStep:
    icon, tone = _ICONS.get(step.action, ("circle", "quiet"))
    when = list_moment(step.at, zone, today=today)
    return CourseStep(step.action.label, when, step.actor, _words(step, today), icon, tone)


def _words(step: MemberStep, today: date) -> str:
    """A step that is about another day or a quarter says it as people do."""
    words = step.words
    if step.action in (_A.MAKE_FEEDBACK, _A.SEND_FEEDBACK) and len(words) == _QUARTER:
        return quarter_words(words)
    day = parse_day(words, today) if len(words) == _ISO else None
    return words if day is None else list_day(day, today=today)


def _feedback_words(sheet: Feedback) -> str:
    done = f"{sheet.times} 次，{hours_words(sheet.minutes)}"
    if sheet.sent_on is None:
        return f"{done} · {paper_day(sheet.made_on)}做好，还没有送出"
    said = f" · 回执：{sheet.received_words}" if sheet.received_words else " · 还没有回执"
    return f"{done} · {paper_day(sheet.sent_on)}送出{said}"
