"""Which step of a service record may follow which, and what each changes: the one table of its
course.

服务中 → 待确认 → 已确认, with 退回重核 and 作废. What is confirmed is changed no more: it is
returned with a reason first. Pure.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from desktop_app.core.clock import Millis, Zone
from desktop_app.core.errors import UserError
from desktop_app.core.record import altered
from desktop_app.core.satisfaction import Satisfaction
from desktop_app.core.steps import Moment, StepRule
from desktop_app.core.steps import steps_from as _steps_from
from desktop_app.core.text import clean_line
from desktop_app.core.wording import list_day, minute
from desktop_app.ledgers.service.rules.entry import LATE_WORDS
from desktop_app.ledgers.service.rules.service_record import (
    REASON_LIMIT,
    ServiceAction,
    ServiceRecord,
    ServiceState,
    ServiceStep,
    Source,
)
from desktop_app.ledgers.service.rules.spans import minutes_of, refuse_span

_S = ServiceState
_A = ServiceAction

RULES: Mapping[ServiceAction, StepRule[ServiceState]] = {
    _A.SIGN_OUT: StepRule(frozenset({_S.OPEN}), _S.TO_CONFIRM),
    _A.FINISH: StepRule(frozenset({_S.OPEN}), _S.TO_CONFIRM),
    _A.CONFIRM: StepRule(frozenset({_S.TO_CONFIRM}), _S.CONFIRMED),
    _A.RETURN: StepRule(frozenset({_S.CONFIRMED}), _S.TO_CONFIRM),
    _A.RATE: StepRule(frozenset({_S.TO_CONFIRM, _S.CONFIRMED}), None),
    _A.MARK_UPLOADED: StepRule(frozenset({_S.CONFIRMED}), None),
    _A.VOID: StepRule(frozenset({_S.OPEN, _S.TO_CONFIRM}), _S.VOID),
    _A.CORRECT: StepRule(frozenset({_S.OPEN, _S.TO_CONFIRM}), None),
}
"""The course of a record. Signing in and entering are in `entry`."""

BUTTONS = (_A.SIGN_OUT, _A.FINISH, _A.CONFIRM, _A.RETURN, _A.RATE, _A.MARK_UPLOADED, _A.VOID)
"""Steps that somebody takes by name, in their order."""


def allowed(record: ServiceRecord) -> tuple[ServiceAction, ...]:
    """The steps that may be taken now, in the order of buttons."""
    return () if record.deleted else steps_from(record.state)


def steps_from(state: ServiceState) -> tuple[ServiceAction, ...]:
    """The same for a line of a list."""
    return _steps_from(RULES, BUTTONS, state)


def refuse_unless(record: ServiceRecord, action: ServiceAction) -> None:
    """Raise `UserError` when a step may not be taken as the record stands."""
    if record.state in RULES[action].sources and not record.deleted:
        return
    if record.state is _S.CONFIRMED and action in (_A.CORRECT, _A.VOID):
        raise UserError(
            f"这条服务记录已确认，不能“{action.label}”，没有改动。",
            "请先“退回重核”并写明原因，再做这一步。",
        )
    if record.state is _S.OPEN and action is _A.CONFIRM:
        raise UserError(
            "这条服务记录还没有签退，不能确认，没有改动。", "请先签退；忘了签退的用“补签退”。"
        )
    labels = "、".join(one.label for one in allowed(record))
    raise UserError(
        f"这条服务记录现在是“{record.state.label}”，不能“{action.label}”，没有改动。",
        f"现在可以：{labels}。" if labels else "作废的记录只供查看；要计时长的请重新补录一条。",
    )


def with_step(
    record: ServiceRecord, action: ServiceAction, moment: Moment, words: str = "", **changes: Any
) -> ServiceRecord:
    """The record after a step that may be taken; its minutes follow its times."""
    refuse_unless(record, action)
    state = RULES[action].to or record.state
    step = ServiceStep(moment.at, moment.actor, action, state, words)
    after = altered(record, state=state, steps=(*record.steps, step), **changes)
    return altered(
        after, minutes=minutes_of(after.started_at, after.ended_at, after.excluded_minutes)
    )


def corrected(
    record: ServiceRecord,
    changes: Mapping[str, Any],
    day: date,
    late: bool,
    words: str,
    moment: Moment,
) -> ServiceRecord:
    """The record as it should have been written down; times put in by hand are 补录 no less."""
    by_hand = {"started_at", "ended_at"} & changes.keys()
    source = Source.ENTERED if by_hand and record.source is Source.SIGNED else record.source
    return with_step(
        record, _A.CORRECT, moment, words, **changes, day=day, late=late, source=source
    )


def refuse_second_sign_in(open_one: ServiceRecord, today: date, zone: Zone) -> None:
    """Raise what is said of somebody who signs in while a record of theirs has not ended."""
    since = f"{minute(open_one.started_at, zone)} 签到"
    if open_one.day == today:
        raise UserError(
            f"这位志愿者正在服务（{open_one.number}，{since}），没有再签到一次。",
            "要换一项服务的，请先签退。",
            field="volunteer",
        )
    raise ForgottenSignOut(
        open_one, f"{list_day(open_one.day, today=today)} {since}后没有签退（{open_one.number}）"
    )


class ForgottenSignOut(UserError):
    """A sign-out of an earlier day was forgotten; `record` is the one to finish first."""

    def __init__(self, record: ServiceRecord, told: str) -> None:
        super().__init__(
            f"这位志愿者{told}，没有签到。",
            "请先“补签退”，写上那天实际结束的时间，再给今天签到。",
            field="volunteer",
        )
        self.record = record


def signed_out(record: ServiceRecord, moment: Moment, *, late: bool = False) -> ServiceRecord:
    """The record of somebody who stops now."""
    refuse_unless(record, _A.SIGN_OUT)
    if moment.at <= record.started_at:
        raise UserError(
            "签退时间不晚于签到时间，没有保存。", "请检查电脑的日期和时间。", field="ended_at"
        )
    if moment.today > record.day and moment.at - record.started_at > _A_DAY_MS:
        raise UserError(
            f"这条记录是{list_day(record.day, today=moment.today)}签到的，"
            f"到现在超过24小时，没有签退。",
            "多半是忘了签退：请用“补签退”，写上实际结束的时间。",
            field="ended_at",
        )
    return _ended(record, _A.SIGN_OUT, moment.at, moment, late)


_A_DAY_MS = 24 * 60 * 60 * 1000


def finished(
    record: ServiceRecord, ended_at: Millis, moment: Moment, *, late: bool = False
) -> ServiceRecord:
    """The record whose sign-out was forgotten, with the time it really ended; it becomes 补录."""
    refuse_unless(record, _A.FINISH)
    if ended_at > moment.at:
        raise UserError(
            "结束时间还没有到，没有保存。", "还在服务的，做完再签退。", field="ended_at"
        )
    ended = _ended(record, _A.FINISH, ended_at, moment, late)
    return altered(ended, source=Source.ENTERED)


def _ended(
    record: ServiceRecord, action: ServiceAction, ended_at: Millis, moment: Moment, late: bool
) -> ServiceRecord:
    refuse_span(record.started_at, ended_at, record.excluded_minutes)
    return with_step(
        record, action, moment, LATE_WORDS if late else "", ended_at=ended_at, late=late
    )


def confirmed(record: ServiceRecord, volunteer_name: str, moment: Moment) -> ServiceRecord:
    """The record as somebody who knows of it says it was; nobody confirms hours of their own.

    `volunteer_name` is what the file of the volunteer says, nothing where it has not come.
    """
    refuse_unless(record, _A.CONFIRM)
    if volunteer_name and volunteer_name == moment.actor:
        raise UserError(
            "这是您自己的服务记录，不能由自己确认，没有改动。",
            "请由活动负责人或另一位操作员确认；时长照样保留。",
        )
    return with_step(
        record,
        _A.CONFIRM,
        moment,
        confirmed_by=moment.operator,
        confirmed_by_name=moment.actor,
        confirmed_on=moment.today,
    )


def returned(record: ServiceRecord, words: str, moment: Moment) -> ServiceRecord:
    """退回重核: what was confirmed waits again, with the reason; what the national system holds of
    it is told in the history, for it must be put right there, too."""
    refuse_unless(record, _A.RETURN)
    why = reason(words, "退回的原因")
    there = record.uploaded_on
    told = f"{why}（{list_day(there)}已录入全国系统，须同步更正）" if there else why
    return with_step(
        record,
        _A.RETURN,
        moment,
        told,
        confirmed_by=None,
        confirmed_by_name="",
        confirmed_on=None,
        uploaded_on=None,
    )


def rated(record: ServiceRecord, level: Satisfaction, words: str, moment: Moment) -> ServiceRecord:
    """The record with what those it was for said of it."""
    said = clean_line(words, limit=REASON_LIMIT, label="评价", field="words")
    told = f"{level.label}：{said}" if said else level.label
    return with_step(record, _A.RATE, moment, told, rating=level)


def marked_uploaded(record: ServiceRecord, on: date | None, moment: Moment) -> ServiceRecord:
    """已录入全国系统: somebody has entered it there, on that day (None: today)."""
    refuse_unless(record, _A.MARK_UPLOADED)
    day = on or moment.today
    if not record.day <= day <= moment.today:
        raise UserError(
            "录入全国系统的日期不对，没有改动。",
            "请填服务当天到今天之间的日期。",
            field="uploaded_on",
        )
    return with_step(record, _A.MARK_UPLOADED, moment, list_day(day), uploaded_on=day)


def voided(record: ServiceRecord, words: str, moment: Moment) -> ServiceRecord:
    """作废, with the reason: it is counted nowhere and its number stays."""
    refuse_unless(record, _A.VOID)
    why = reason(words, "作废的原因")
    return with_step(record, _A.VOID, moment, why, void_reason=why)


def undone(before: ServiceRecord, saved: ServiceRecord, at: Millis, actor: str) -> ServiceRecord:
    """The record as it was before a step, with one more step that says so."""
    step = ServiceStep(at, actor, _A.UNDO, before.state)
    return altered(before, revision=saved.revision, steps=(*saved.steps, step))


def without_person(record: ServiceRecord, at: Millis, actor: str) -> ServiceRecord:
    """The record once its volunteer asked to be forgotten: days, minutes and states stay.

    What names somebody or may do so goes: words about it, whom it was for, reasons.
    """
    told = ServiceStep(at, actor, _A.FORGET, record.state)
    return altered(
        record,
        content="",
        recipients="",
        excluded_words="",
        overlap_reason=FORGOTTEN if record.overlap_reason else "",
        void_reason=FORGOTTEN if record.void_reason else "",
        remark="",
        steps=(*(_without_words(one) for one in record.steps), told),
    )


FORGOTTEN = "（已按本人要求删除）"


def _without_words(step: ServiceStep) -> ServiceStep:
    """A step without what was said with it."""
    return ServiceStep(step.at, step.actor, step.action, step.to)


def reason(text: str, label: str, *, field: str = "words") -> str:
    """One line that says why; a `UserError` when it is empty or too long."""
    said = clean_line(text, limit=REASON_LIMIT, label=label, field=field) if text else ""
    if not said:
        raise UserError(f"还没有写{label}，没有改动。", "请写一句话，便于以后说清楚。", field=field)
    return said


def refuse_written(certificate: str, action: ServiceAction) -> None:
    """Raise `UserError` for a record that stands in a certificate; nothing of it may change."""
    if certificate:
        raise UserError(
            f"这条服务记录已写进证明 {certificate}，不能“{action.label}”，没有改动。",
            "请先作废那份证明，改好后再补发一份。",
        )
