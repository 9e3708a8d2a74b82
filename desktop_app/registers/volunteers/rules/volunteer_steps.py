"""Which step of a volunteer may follow which, and what each changes: the one table of the course.

在册 ⇄ 暂停, 退出 and 注销 from both, 重新在册 from those. Pure.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from desktop_app.core.errors import UserError
from desktop_app.core.ids import Uid
from desktop_app.core.photos import Photo
from desktop_app.core.record import altered
from desktop_app.core.steps import Moment, StepRule
from desktop_app.core.steps import steps_from as _steps_from
from desktop_app.core.text import clean_line
from desktop_app.registers.volunteers.rules.course import reason, refusal, refuse_future
from desktop_app.registers.volunteers.rules.volunteer import (
    MOST_HONOURS,
    MOST_MINUTES,
    MOST_TRAININGS,
    PRESENT,
    Honour,
    Training,
    Volunteer,
    VolunteerAction,
    VolunteerState,
    VolunteerStep,
)
from desktop_app.registers.volunteers.rules.words import LINE_LIMIT, TEXT_LIMIT

_S = VolunteerState
_A = VolunteerAction

_GONE = frozenset({_S.LEFT, _S.CANCELLED})
_KNOWN = PRESENT | {_S.LEFT}
"""Whose record may still be put right; what was cancelled rests."""

RULES: Mapping[VolunteerAction, StepRule[VolunteerState]] = {
    _A.PAUSE: StepRule(frozenset({_S.ACTIVE}), _S.PAUSED),
    _A.RESUME: StepRule(frozenset({_S.PAUSED}), _S.ACTIVE),
    _A.LEAVE: StepRule(PRESENT, _S.LEFT),
    _A.CANCEL: StepRule(_KNOWN, _S.CANCELLED),
    _A.RETURN: StepRule(_GONE, _S.ACTIVE),
    _A.CHANGE: StepRule(_KNOWN, None),
    _A.ADD_TRAINING: StepRule(_KNOWN, None),
    _A.ADD_HONOUR: StepRule(_KNOWN, None),
    _A.REMOVE_ENTRY: StepRule(_KNOWN, None),
    _A.ADD_PAPER: StepRule(_KNOWN, None),
    _A.MERGE: StepRule(frozenset(_S), None),
}
"""The course of a volunteer. The registration is in `entry`."""

BUTTONS = (
    _A.PAUSE, _A.RESUME, _A.LEAVE, _A.CANCEL, _A.RETURN, _A.ADD_TRAINING, _A.ADD_HONOUR,
)  # fmt: skip
"""Steps that somebody takes by name, in their order; the others come with what is edited."""

ENDS = frozenset({_A.LEAVE, _A.CANCEL})
"""With these all stays in teams end, too."""


def allowed(volunteer: Volunteer) -> tuple[VolunteerAction, ...]:
    """The steps that may be taken now, in the order of buttons."""
    return steps_from(volunteer.state) if volunteer.listed else ()


def steps_from(state: VolunteerState) -> tuple[VolunteerAction, ...]:
    """The same for a line of a list."""
    return _steps_from(RULES, BUTTONS, state)


def refuse_unless(volunteer: Volunteer, action: VolunteerAction) -> None:
    """Raise `UserError` when a step may not be taken as the volunteer stands."""
    if volunteer.merged_into is not None:
        raise UserError("这名志愿者已并入另一条，没有改动任何内容。", "请打开并入的那一条再操作。")
    if volunteer.state not in RULES[action].sources or volunteer.deleted:
        raise refusal("这名志愿者", volunteer.state.label, action, allowed(volunteer))


def with_step(
    volunteer: Volunteer, action: VolunteerAction, moment: Moment, words: str = "", **changes: Any
) -> Volunteer:
    """The volunteer after a step that may be taken; `words` is what the history says of it."""
    refuse_unless(volunteer, action)
    state = RULES[action].to or volunteer.state
    step = VolunteerStep(moment.at, moment.actor, action, state, words)
    return altered(volunteer, state=state, steps=(*volunteer.steps, step), **changes)


def take_step(
    volunteer: Volunteer, action: VolunteerAction, words: str, day: date | None, moment: Moment
) -> Volunteer:
    """The volunteer after a step of `STEPS`; `day` is the first one without the volunteer (today).

    Raises `UserError` when it may not be taken, or without a reason where one is needed.
    """
    refuse_unless(volunteer, action)
    return STEPS[action](volunteer, words, day or moment.today, moment)


def _paused(volunteer: Volunteer, words: str, _day: date, moment: Moment) -> Volunteer:
    return with_step(volunteer, _A.PAUSE, moment, reason(words, "暂停的原因"))


def _resumed(volunteer: Volunteer, words: str, _day: date, moment: Moment) -> Volunteer:
    return with_step(volunteer, _A.RESUME, moment, _said(words))


def _left(volunteer: Volunteer, words: str, day: date, moment: Moment) -> Volunteer:
    why = reason(words, "退出的原因")
    _refuse_day(volunteer, day, moment.today, "退出日期")
    return with_step(volunteer, _A.LEAVE, moment, why, left_on=day, left_reason=why)


def _cancelled(volunteer: Volunteer, words: str, day: date, moment: Moment) -> Volunteer:
    why = reason(words, "注销的原因")
    _refuse_day(volunteer, day, moment.today, "注销日期")
    # Who had left before left on that day, whatever becomes of the record.
    return with_step(
        volunteer, _A.CANCEL, moment, why, left_on=volunteer.left_on or day, left_reason=why
    )


def _returned(volunteer: Volunteer, words: str, _day: date, moment: Moment) -> Volunteer:
    return with_step(volunteer, _A.RETURN, moment, _said(words), left_on=None, left_reason="")


STEPS: Mapping[VolunteerAction, Callable[[Volunteer, str, date, Moment], Volunteer]] = {
    _A.PAUSE: _paused,
    _A.RESUME: _resumed,
    _A.LEAVE: _left,
    _A.CANCEL: _cancelled,
    _A.RETURN: _returned,
}


def with_training(volunteer: Volunteer, training: Training, moment: Moment) -> Volunteer:
    """The volunteer with one more training; by their days. Raises `UserError`."""
    refuse_unless(volunteer, _A.ADD_TRAINING)
    refuse_future(training.day, moment.today, "培训日期", "day")
    if len(volunteer.trainings) >= MOST_TRAININGS:
        raise UserError(f"培训已有{MOST_TRAININGS}条，没有再加。", "请先移除不需要的。")
    if not 0 <= training.minutes <= MOST_MINUTES:
        raise UserError(
            "培训时长不对，没有保存。", f"请填0到{MOST_MINUTES}之间的分钟数。", field="minutes"
        )
    tidy = Training(
        training.uid,
        training.day,
        _needed(training.words, "培训内容"),
        _line(training.organiser, "培训组织单位", "organiser"),
        training.minutes,
    )
    entries = sorted((*volunteer.trainings, tidy), key=_by_day)
    return with_step(
        volunteer, _A.ADD_TRAINING, moment, tidy.day.isoformat(), trainings=tuple(entries)
    )


def with_honour(volunteer: Volunteer, honour: Honour, moment: Moment) -> Volunteer:
    """The volunteer with one more honour; by their days. Raises `UserError`."""
    refuse_unless(volunteer, _A.ADD_HONOUR)
    refuse_future(honour.day, moment.today, "表彰日期", "day")
    if len(volunteer.honours) >= MOST_HONOURS:
        raise UserError(f"表彰已有{MOST_HONOURS}条，没有再加。", "请先移除不需要的。")
    tidy = Honour(
        honour.uid,
        honour.day,
        _needed(honour.words, "表彰名称"),
        _line(honour.by, "表彰单位", "by"),
    )
    entries = sorted((*volunteer.honours, tidy), key=_by_day)
    return with_step(volunteer, _A.ADD_HONOUR, moment, tidy.day.isoformat(), honours=tuple(entries))


def without_entry(volunteer: Volunteer, entry: Uid, moment: Moment) -> Volunteer:
    """The volunteer without one training or honour that was written down by mistake."""
    refuse_unless(volunteer, _A.REMOVE_ENTRY)
    trainings = tuple(one for one in volunteer.trainings if one.uid != entry)
    honours = tuple(one for one in volunteer.honours if one.uid != entry)
    if (trainings, honours) == (volunteer.trainings, volunteer.honours):
        raise UserError("没有找到这条培训或表彰，没有改动。", "请刷新后再看。")
    what = "培训" if trainings != volunteer.trainings else "表彰"
    return with_step(volunteer, _A.REMOVE_ENTRY, moment, what, trainings=trainings, honours=honours)


def with_paper(volunteer: Volunteer, photo: Photo | None, moment: Moment) -> Volunteer:
    """The volunteer with the picture of what the guardian signed, or without it."""
    refuse_unless(volunteer, _A.ADD_PAPER)
    agreed = volunteer.guardian_consent
    if agreed is None:
        raise UserError(
            "还没有记录监护人同意书，没有添加照片。",
            "请先写上同意的日期和监护人姓名。",
            field="guardian_consent",
        )
    words = "" if photo else "移除"
    return with_step(
        volunteer, _A.ADD_PAPER, moment, words, guardian_consent=replace(agreed, photo=photo)
    )


def _by_day(entry: Training | Honour) -> tuple[date, str]:
    return entry.day, entry.uid.hex


def _refuse_day(volunteer: Volunteer, day: date, today: date, label: str) -> None:
    refuse_future(day, today, label, "day")
    if day < volunteer.registered_on:
        raise UserError(
            f"{label}早于注册日期{volunteer.registered_on:%Y-%m-%d}，没有改动。",
            "请核对这两个日期。",
            field="day",
        )


def _said(words: str) -> str:
    return clean_line(words, limit=TEXT_LIMIT, label="说明", field="words") if words else ""


def _line(text: str, label: str, field: str) -> str:
    return clean_line(text, limit=LINE_LIMIT, label=label, field=field) if text else ""


def _needed(text: str, label: str) -> str:
    said = _line(text, label, "words")
    if not said:
        raise UserError(f"还没有写{label}，没有保存。", "请写一句。", field="words")
    return said
