"""Activities for the command line: what an object of a file may say, and how lists show one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from desktop_app.core.clock import Zone, millis
from desktop_app.core.errors import Conflict, UserError
from desktop_app.core.fields import Field, FieldKind
from desktop_app.core.ids import Uid
from desktop_app.core.ledger_parts import by_the_program
from desktop_app.core.ledger_spec import (
    Adding,
    Changing,
    Ledger,
    Query,
    Row,
    Rows,
    Shown,
    Values,
    events,
    member_of,
    plain_record,
    plain_value,
    refuse_status,
)
from desktop_app.core.plain_entry import Form, Group, given
from desktop_app.core.rights import Right
from desktop_app.core.text import visible
from desktop_app.core.wording import list_moment
from desktop_app.ledgers.activities import service
from desktop_app.ledgers.activities.ledger.deeds import DEEDS
from desktop_app.ledgers.activities.record import KIND
from desktop_app.ledgers.activities.rules.activity import (
    Activity,
    ActivityKind,
    ActivityState,
    Step,
)
from desktop_app.ledgers.activities.rules.entry import ActivityForm
from desktop_app.ledgers.activities.rules.listing import ActivityFilter, ActivityLine
from desktop_app.registers.places.register import find_place
from desktop_app.storage.session import Desk, Unit

_PLAN = (
    "kind", "meeting", "name", "brand", "starts_at", "ends_at", "place", "place_words", "organiser",
    "undertaker", "co_organiser", "partners", "host", "expected", "agenda", "remark",
)  # fmt: skip
_PARTNER = Group(Form((Field("name", "名称", required=True),)), many=True, single="name")
_ALIASES = {"名称": "name", "活动类别": "kind"}

_BY_THE_PROGRAM = by_the_program(KIND, _PLAN)
_FORM = Form(
    tuple(KIND.field(name) for name in _PLAN),
    required=frozenset({"kind", "name", "starts_at", "ends_at"}),
    groups={"partners": _PARTNER},
    finders={"place": find_place},
    aliases=_ALIASES,
    not_here=_BY_THE_PROGRAM,
)


def _enter(unit: Unit, desk: Desk, values: Values) -> Sequence[Activity]:
    return [service.plan_in(unit, ActivityForm(**told_of(given(values), unit.zone)))]


def _save(desk: Desk, uid: Uid, revision: int | None, values: Values) -> Activity:
    activity = service.get(desk, uid)
    if revision not in (None, activity.revision):
        raise Conflict(KIND.label)
    blank = {name: _blank(name) for name, value in values.items() if value is None}
    told = {**blank, **told_of(given(values), desk.database.zone)}
    if "kind" in told:
        # Another kind is a meeting or is none by itself, unless it is said.
        told.setdefault("meeting", None)
    form = replace(service.plan_of(desk, uid), **told)
    return service.change(desk, uid, activity.revision, form).value


def _blank(name: str) -> Any:
    """What a field that was written as null goes back to."""
    if name in ("starts_at", "ends_at"):
        raise UserError("这一项不能清空，没有改动。", "请写上新的时间。", field=name)
    return getattr(ActivityForm(), name)


def told_of(values: Mapping[str, Any], zone: Zone) -> dict[str, Any]:
    """Values of an object as the form has them: moments as day and times on the clock."""
    told = dict(values)
    if "partners" in told:
        told["partners"] = tuple(unit["name"] for unit in told["partners"])
    begins, ends = told.pop("starts_at", None), told.pop("ends_at", None)
    if begins is not None:
        local = _local(begins, zone)
        told |= {"day": local.date(), "begins": (local.hour, local.minute)}
    if ends is not None:
        local = _local(ends, zone)
        told |= {"ends_on": local.date(), "ends": (local.hour, local.minute)}
    return told


def _local(moment: datetime, zone: Zone) -> datetime:
    """Without a zone it is the station's time."""
    return moment if moment.tzinfo is None else zone.local(millis(moment))


# --- showing --------------------------------------------------------------------------------------

_SHOWN = ("number", "kind", "name", "starts_at", "place_words", "state", "late_entry")
_GROUPED = {
    "已举行": "held",
    "未审核": "unreviewed",
    "已结束未提交": "waiting",
    "补录": "late_entry",
}


def _page(desk: Desk, query: Query) -> Rows:
    found = service.page(desk, _filter(query), query.after, size=query.limit)
    zone = desk.database.zone
    return Rows(tuple(_row(line, zone) for line in found.rows), found.later, found.total_words)


def _filter(query: Query) -> ActivityFilter:
    base = ActivityFilter(
        search=visible(query.search),
        since=query.since,
        until=query.until,
        stations=query.stations,
    )
    status = query.status.strip()
    if not status:
        return base
    if status in _GROUPED or status in _GROUPED.values():
        group: dict[str, Any] = {_GROUPED.get(status, status): True}
        return replace(base, **group)
    state, kind = member_of(ActivityState, status), member_of(ActivityKind, status)
    if state is None and kind is None:
        words = [*_GROUPED, *(one.label for one in (*ActivityState, *ActivityKind))]
        raise refuse_status(KIND.label, words)
    if state is not None:
        return replace(base, state=state)
    return replace(base, kind=status if kind is None else kind.value)


def _asked(wanted: Any) -> Query | None:
    """The words of `list` that mean this filter, found by trying what each of them means."""
    if not isinstance(wanted, ActivityFilter):
        return None
    words = ("", *_GROUPED, *(one.label for one in (*ActivityState, *ActivityKind)))
    tried = (
        Query(since=wanted.since, until=wanted.until, status=word, stations=wanted.stations)
        for word in words
    )
    return next((query for query in tried if _filter(query) == wanted), None)


def _row(line: ActivityLine, zone: Zone) -> Row:
    values = {name: plain_value(KIND.field(name), getattr(line, name), zone) for name in _SHOWN}
    return {
        **values,
        "present": line.counts.present,
        **{group.value: people for group, people in line.counts.people.items()},
        "solved_count": line.solved_count,
        "uid": line.uid.hex,
        "revision": line.revision,
    }


def _show(desk: Desk, uid: Uid) -> Shown:
    found = service.history(desk, uid)
    zone = desk.database.zone
    plain, hidden = plain_record(KIND, found.activity, zone)
    moment = Field("", "", FieldKind.MOMENT)
    for part in (*plain["steps"], *plain["corrections"]):
        part["at"] = plain_value(moment, part["at"], zone)
    unfinished = found.activity.state in (ActivityState.RUNNING, ActivityState.TO_RECORD)
    told = {
        **plain,
        "expected_people": found.expected,
        "present": found.counts.present,
        "people": {group.label: number for group, number in found.counts.people.items()},
        "missing": [problem.sentence for problem in found.missing] if unfinished else [],
    }
    deeds = [action.value.replace("_", "-") for action in found.allowed]
    words = {
        "steps": "；".join(_step_words(step, zone) for step in found.activity.steps),
        "people": "，".join(f"{label} {number}" for label, number in told["people"].items()),
    }
    return Shown(told, hidden, tuple(deeds), events(found.entries), words)


def _step_words(step: Step, zone: Zone) -> str:
    """A step without what was said with it."""
    return f"{list_moment(step.at, zone)} {step.actor} {step.action.label} → {step.to.label}"


ACTIVITIES = Ledger(
    kind=KIND,
    columns=(
        *(KIND.field(name) for name in _SHOWN),
        Field("present", "参加人数", FieldKind.NUMBER),
        Field("uid", "uid"),
        Field("revision", "版本", FieldKind.NUMBER),
    ),
    page=_page,
    show=_show,
    title=lambda activity: activity.number,
    adding=Adding("登记活动", Right.HANDLE, _FORM, _enter),
    changing=Changing(replace(_FORM, required=frozenset()), _save),
    deeds=DEEDS,
    asked=_asked,
    by_station=True,
)
