"""How the page of an activity words its steps, groups and times. Words only."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from desktop_app.core.clock import Millis, Zone
from desktop_app.core.rights import Actor, Right
from desktop_app.core.wording import list_day, minute
from desktop_app.ledgers.activities.rules.activity import (
    EDITABLE,
    Action,
    Activity,
    ActivityState,
    Group,
    kind_label,
)
from desktop_app.ledgers.activities.rules.counting import expected, head_count
from desktop_app.ledgers.activities.rules.recording import missing
from desktop_app.ledgers.activities.rules.steps import allowed
from desktop_app.ledgers.activities.service import History, Sheet
from desktop_app.widgets.choices import Choice

_S = ActivityState

ICONS: dict[Action, str] = {
    Action.PLAN: "calendar-days",
    Action.OPEN_SIGN_UP: "user-plus",
    Action.START: "user-check",
    Action.FINISH: "circle-check",
    Action.RECORD: "pencil",
    Action.SUBMIT: "upload",
    Action.APPROVE: "shield-check",
    Action.SEND_BACK: "corner-up-right",
    Action.CANCEL: "ban",
    Action.REOPEN: "folder-open",
    Action.CHANGE: "pencil",
    Action.CORRECT_COUNT: "users",
    Action.ADD_PHOTOS: "image",
    Action.CHANGE_CAPTION: "image",
    Action.REMOVE_PHOTO: "trash-2",
    Action.UNDO: "undo-2",
}

VERBS: dict[Action, str] = {
    Action.OPEN_SIGN_UP: "开放报名",
    Action.START: "开始签到",
    Action.FINISH: "结束活动",
    Action.RECORD: "去记录",
    Action.SUBMIT: "提交审核",
    Action.APPROVE: "审核通过",
    Action.SEND_BACK: "退回",
    Action.CANCEL: "取消活动",
    Action.REOPEN: "重新打开",
}
"""What stands on the buttons."""

NEEDS: dict[Action, Right] = {
    Action.START: Right.REGISTER,
    Action.APPROVE: Right.MANAGE_STATION,
    Action.SEND_BACK: Right.MANAGE_STATION,
    Action.REOPEN: Right.MANAGE_STATION,
}
"""Who sees a button; whether it may be done is asked where it is done."""

GROUPS: tuple[Choice, ...] = tuple(
    Choice(group, group.label, str(number)) for number, group in enumerate(Group, start=1)
)
"""身份 with its digit: the same everywhere on the page."""


@dataclass(frozen=True, slots=True)
class WholeActivity:
    """What the page shows. The draft is what this operator left half-filled of the record.

    `station` is whose activity it is, at a street; elsewhere empty. `beyond` is what a page that
    joins ledgers read in others.
    """

    history: History
    sheet: Sheet
    actor: Actor
    now: Millis
    zone: Zone
    record_draft: dict[str, Any] | None = None
    station: str = ""
    beyond: object = None

    @property
    def activity(self) -> Activity:
        return self.history.activity

    @property
    def begun(self) -> bool:
        """Whether its time has come."""
        return self.now >= self.activity.starts_at

    @property
    def may_register(self) -> bool:
        """Whether this operator may still change who was there."""
        return self.activity.state in EDITABLE and self.actor.may(Right.REGISTER)

    @property
    def may_record(self) -> bool:
        """Whether this operator may still change record and photos."""
        return self.activity.state in EDITABLE and self.actor.may(Right.HANDLE)


def with_activity(whole: WholeActivity, activity: Activity) -> WholeActivity:
    """The same with the activity as it was just saved, until all of it is read again."""
    counts = head_count(activity, whole.sheet.rows)
    due = expected(activity, counts)
    history = replace(
        whole.history,
        activity=activity,
        counts=counts,
        expected=due,
        allowed=allowed(activity),
        missing=tuple(missing(activity, counts)),
    )
    sheet = replace(whole.sheet, activity=activity, counts=counts, expected=due)
    return replace(whole, history=history, sheet=sheet)


def when_words(activity: Activity, zone: Zone) -> str:
    """`11月23日 周一 09:30–11:00`; with the other day when it ends on one."""
    begins = f"{list_day(activity.day)} {minute(activity.starts_at, zone)}"
    last = zone.day(activity.ends_at)
    other = "" if last == activity.day else f"{list_day(last)} "
    return f"{begins}–{other}{minute(activity.ends_at, zone)}"


def about_words(activity: Activity, zone: Zone, station: str = "") -> str:
    """What stands quietly below the name; `station` names whose it is, when it is not ours."""
    parts = (
        station,
        activity.number,
        kind_label(activity.kind),
        when_words(activity, zone),
        activity.place_words,
    )
    return " · ".join(part for part in parts if part)


def steps_for(whole: WholeActivity) -> tuple[Action | None, tuple[Action, ...]]:
    """The next step, which is the screen's primary action, and the others that are offered."""
    activity, zone = whole.activity, whole.zone
    today, last = zone.day(whole.now), zone.day(activity.ends_at)
    offered = [one for one in whole.history.allowed if whole.actor.may(NEEDS.get(one, _HANDLE))]
    hidden = set()
    if not activity.day <= today <= last:
        hidden.add(Action.START)
    if not whole.begun:
        hidden |= {Action.FINISH, Action.RECORD}
    if today > last:
        hidden.add(Action.OPEN_SIGN_UP)
    offered = [one for one in offered if one not in hidden]
    first = next((one for one in _ORDER[activity.state] if one in offered), None)
    if activity.state is _S.TO_RECORD and not activity.summary and Action.RECORD in offered:
        first = Action.RECORD
        offered.remove(Action.SUBMIT)
    # 去记录 is also the tab: it is no button of its own beside another.
    others = tuple(one for one in offered if one not in (first, Action.RECORD))
    return first, others


_HANDLE = Right.HANDLE
_ORDER: dict[ActivityState, tuple[Action, ...]] = {
    _S.PLANNED: (Action.START, Action.OPEN_SIGN_UP, Action.RECORD),
    _S.OPEN: (Action.START, Action.RECORD),
    _S.RUNNING: (Action.RECORD,),
    _S.TO_RECORD: (Action.SUBMIT,),
    _S.TO_REVIEW: (Action.APPROVE,),
    _S.ARCHIVED: (),
    _S.CANCELLED: (),
}
