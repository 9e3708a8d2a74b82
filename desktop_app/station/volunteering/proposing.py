"""What a service record would say that comes of an order, of an activity or of a shift. Pure."""

from __future__ import annotations

from dataclasses import replace

from desktop_app.core.clock import Millis
from desktop_app.core.errors import UserError
from desktop_app.core.ids import Uid
from desktop_app.ledgers.activities.rules.activity import HELD, Activity, ActivityState, Group
from desktop_app.ledgers.activities.rules.attendance import Attendance
from desktop_app.ledgers.activities.rules.attendance import Source as AttendanceSource
from desktop_app.ledgers.posts.rules.post import Post
from desktop_app.ledgers.posts.rules.shift import Shift, ShiftState
from desktop_app.ledgers.requests.rules.request import AssigneeKind, Request, RequestState
from desktop_app.ledgers.service.rules.entry import ServiceForm, refuse_hours_of
from desktop_app.ledgers.service.rules.service_record import LINE_LIMIT, TEXT_LIMIT, Source

SERVING = frozenset({Group.VOLUNTEER, Group.PARTY})
"""Who counts as having served at an activity: who signed in as 志愿者 or 党员."""

DONE = frozenset({RequestState.TO_CALL_BACK, RequestState.CLOSED})
"""An order that was done, whether or not the resident was called back."""

_SOURCES = {
    AttendanceSource.SIGNED_IN: Source.SIGNED,
    AttendanceSource.LATE: Source.ENTERED,
    AttendanceSource.IMPORTED: Source.IMPORTED,
}


def refuse_request(request: Request) -> None:
    """Raise `UserError` unless somebody can have served for this request."""
    if request.petition or request.deleted:
        raise UserError("这一件不是居民的点单或诉求，不能记志愿服务，没有保存。", "请选别的一件。")
    if request.state not in DONE:
        raise UserError(
            f"这件诉求现在是“{request.state_words}”，还没有办完，不能记志愿服务，没有保存。",
            "请先写明办理结果，再记服务时长。",
            field="request",
        )


def of_request(request: Request, organiser: str) -> ServiceForm:
    """The form as far as an order tells it: who asked for it is not told."""
    given = request.assignee
    uid = None if given is None else given.uid
    kind = None if given is None else given.kind
    return ServiceForm(
        volunteer=uid if kind is AssigneeKind.PERSON else None,
        request=request.uid,
        title=(request.title or request.kind.label)[:LINE_LIMIT],
        content=request.result[:TEXT_LIMIT],
        team=uid if kind is AssigneeKind.TEAM else None,
        post=uid if kind is AssigneeKind.POST else None,
        organiser=organiser,
        good_deed=False,
    )


def refuse_activity(activity: Activity, now: Millis) -> None:
    """Raise `UserError` unless service at this activity gives hours now (民政部令第67号): one that
    nobody has pressed 结束 for is over when its end has passed."""
    refuse_hours_of(not activity.gives_hours)
    running = activity.state is ActivityState.RUNNING and activity.ends_at > now
    if activity.state not in HELD or running:
        raise UserError(
            f"这场活动现在是“{activity.state.label}”，不能记志愿服务，没有保存。",
            "请在活动结束、签退补齐以后再记。",
            field="activity",
        )


def of_attendance(
    activity: Activity, row: Attendance, volunteer: Uid | None, place: str, organiser: str
) -> ServiceForm:
    """The form of one line of the sign-in sheet. Who did not sign out stayed to the end, as far as
    anybody knows; that is no time of signing, so it is marked 补录."""
    ended = row.left_at or _end_for(activity, row)
    return ServiceForm(
        volunteer=volunteer,
        activity=activity.uid,
        attendance=row.uid,
        title=activity.name[:LINE_LIMIT],
        started_at=row.arrived_at,
        ended_at=ended,
        source=_SOURCES[row.source] if row.left_at else Source.ENTERED,
        content=activity.summary[:TEXT_LIMIT],
        organiser=(activity.organiser or organiser)[:LINE_LIMIT],
        place_words=place[:LINE_LIMIT],
    )


def _end_for(activity: Activity, row: Attendance) -> Millis | None:
    """The end of the activity, for who came before it."""
    ends = activity.ends_at
    return ends if ends and row.arrived_at and row.arrived_at < ends else None


def refuse_shift(shift: Shift, now: Millis) -> None:
    """Raise `UserError` unless this shift is over and may have been held."""
    if shift.service is not None:
        raise UserError("这一班已有服务记录，没有保存。", "记录有误的，请更正或作废那条服务记录。")
    if shift.state is ShiftState.CANCELLED or shift.deleted:
        raise UserError("这一班已经取消，不能记志愿服务，没有保存。", "实际去了的，请补排一班。")
    if shift.starts_at > now:
        raise UserError("这一班还没有开始，不能记志愿服务，没有保存。", "请值班结束后再记。")


def of_shift(shift: Shift, post: Post, organiser: str) -> ServiceForm:
    """The form of a shift, with its own times."""
    return ServiceForm(
        volunteer=shift.volunteer,
        team=post.team,
        post=post.uid,
        shift=shift.uid,
        title=post.name[:LINE_LIMIT],
        started_at=shift.starts_at,
        ended_at=shift.ends_at,
        content=post.duties[:TEXT_LIMIT],
        organiser=organiser[:LINE_LIMIT],
        place_words=post.place_words[:LINE_LIMIT],
    )


def linked_as(form: ServiceForm, proposal: ServiceForm) -> ServiceForm:
    """What a clerk made of a proposal, pointing at what the proposal points at whatever it says."""
    return replace(
        form,
        activity=proposal.activity,
        attendance=proposal.attendance,
        request=proposal.request,
        shift=proposal.shift,
        post=proposal.post if proposal.shift else form.post or proposal.post,
        source=proposal.source,
    )
