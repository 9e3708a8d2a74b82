"""服务记录 for the command line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from desktop_app.core.clock import Zone
from desktop_app.core.errors import Conflict, UserError
from desktop_app.core.fields import Field, FieldKind, choices_of
from desktop_app.core.ids import Uid
from desktop_app.core.ledger_parts import by_the_program, course, name_of, record_of
from desktop_app.core.ledger_spec import (
    Adding,
    Changing,
    Ledger,
    Query,
    Rows,
    Shown,
    Values,
    events,
    member_of,
    refuse_status,
)
from desktop_app.core.plain_entry import Form, altered, build, given
from desktop_app.core.rights import Right
from desktop_app.core.satisfaction import Satisfaction
from desktop_app.ledgers.service import service
from desktop_app.ledgers.service.ledger.shared import LINKED, WORDS, at, columns, deed, row_of, who
from desktop_app.ledgers.service.record import SERVICE
from desktop_app.ledgers.service.rules.entry import CHANGEABLE, ServiceForm
from desktop_app.ledgers.service.rules.listing import ServiceFilter
from desktop_app.ledgers.service.rules.service_record import ServiceRecord, ServiceState
from desktop_app.registers.volunteers.register import find_volunteer
from desktop_app.storage.session import Desk, Unit

_NOW = Field("sign_in", "现在签到", FieldKind.FLAG)
_MOMENTS = ("started_at", "ended_at")
_ENTERED = ("volunteer", "source", *CHANGEABLE)
_CORRECTION = Form(
    tuple(replace(SERVICE.field(name), required=False) for name in CHANGEABLE),
    finders=LINKED,
    not_here=by_the_program(SERVICE, CHANGEABLE),
)
_FORM = Form(
    (*(SERVICE.field(name) for name in _ENTERED), _NOW),
    required=frozenset({"volunteer", "title"}),
    finders={"volunteer": find_volunteer, **LINKED},
    aliases={"活动名称": "title", "名称": "title"},
    not_here=by_the_program(SERVICE, _ENTERED),
)


def _in_millis(values: Values, zone: Zone) -> dict[str, Any]:
    return {
        name: at(value, zone) if name in _MOMENTS and value is not None else value
        for name, value in values.items()
    }


def _enter(unit: Unit, desk: Desk, values: Values) -> Sequence[ServiceRecord]:
    told = given(_in_millis(values, unit.zone))
    now = told.pop("sign_in", False)
    form = build(ServiceForm, told)
    if not now:
        return [service.enter_in(unit, desk, form)]
    if set(_MOMENTS) & told.keys():
        raise UserError(
            "“现在签到”从现在开始计时，不能同时写起止时间。",
            "签到的去掉时间；补录的去掉“现在签到”。",
            field="sign_in",
        )
    return [service.sign_in_in(unit, form)]


def _save(desk: Desk, uid: Uid, revision: int | None, values: Values) -> ServiceRecord:
    seen = service.get(desk, uid).revision
    if revision not in (None, seen):
        raise Conflict(SERVICE.label)
    form = service.for_editing(desk, uid)
    changes = altered(form, _in_millis(values, desk.database.zone))
    return service.correct(desk, uid, seen, replace(form, **changes)).value


_ENDED = replace(SERVICE.field("ended_at"), required=True)
_ON = SERVICE.field("uploaded_on")
_LEVEL = Field("rating", "评价", FieldKind.CHOICE, required=True, choices=choices_of(Satisfaction))

_LEVELS = {level.value: level for level in Satisfaction}

_DEEDS = (
    deed("sign-out", "签退", service.get, lambda d, u, r, v: service.sign_out(d, u, r)),
    deed(
        "finish",
        "补签退",
        service.get,
        lambda d, u, r, v: service.finish_forgotten(d, u, r, at(v["ended_at"], d.database.zone)),
        (_ENDED,),
    ),
    deed("confirm", "确认", service.get, lambda d, u, r, v: service.confirm(d, u, r)),
    deed(
        "return",
        "退回重核",
        service.get,
        lambda d, u, r, v: service.return_to_check(d, u, r, v["words"]),
        (WORDS,),
    ),
    deed(
        "rate",
        "评价",
        service.get,
        lambda d, u, r, v: service.rate(d, u, r, _LEVELS[v["rating"]], v.get("words") or ""),
        (_LEVEL, Field("words", "说明")),
    ),
    deed(
        "mark-uploaded",
        "标记已录入全国系统",
        service.get,
        lambda d, u, r, v: service.mark_uploaded(d, u, r, v.get("uploaded_on")),
        (_ON,),
    ),
    deed(
        "void",
        "作废",
        service.get,
        lambda d, u, r, v: service.void(d, u, r, v["words"]),
        (WORDS,),
    ),
)

_SHOWN = (
    "number", "day", "started_at", "ended_at", "minutes", "title", "source", "late", "good_deed",
    "uploaded_on", "state",
)  # fmt: skip
_GROUPED: Mapping[str, tuple[str, Mapping[str, Any]]] = {
    "未确认": ("waiting", {"waiting": True}),
    "忘记签退": ("forgotten", {"forgotten": True}),
    "超期补录": ("late", {"late": True}),
    "好事实事": ("good-deeds", {"good_deed": True, "state": ServiceState.CONFIRMED}),
    "未录入全国系统": (
        "not-uploaded",
        {"uploaded": False, "state": ServiceState.CONFIRMED},
    ),
}
_STATUSES = (*_GROUPED, *(one.label for one in ServiceState))


def _page(desk: Desk, query: Query) -> Rows:
    found = service.page(desk, _filter(query), query.after, size=query.limit)
    names = service.names(desk, [line.volunteer for line in found.rows])
    zone = desk.database.zone
    rows = tuple(row_of(SERVICE, _SHOWN, line, zone, names) for line in found.rows)
    return Rows(rows, found.later, found.total_words)


def _filter(query: Query) -> ServiceFilter:
    base = ServiceFilter(
        search=query.search, since=query.since, until=query.until, stations=query.stations
    )
    status = query.status.strip()
    for word, (name, group) in _GROUPED.items():
        if status in (word, name):
            return replace(base, **group)
    state = member_of(ServiceState, status) if status else None
    if status and state is None:
        raise refuse_status(SERVICE.label, _STATUSES)
    return replace(base, state=state)


def _asked(wanted: Any) -> Query | None:
    """The words of `list` that mean this filter, found by trying what each of them means."""
    if not isinstance(wanted, ServiceFilter):
        return None
    tried = (
        Query(since=wanted.since, until=wanted.until, status=status, stations=wanted.stations)
        for status in ("", *_STATUSES)
    )
    return next((query for query in tried if _filter(query) == wanted), None)


def _show(desk: Desk, uid: Uid) -> Shown:
    found = service.history(desk, uid)
    zone = desk.database.zone
    plain, hidden = record_of(SERVICE, found.record, zone)
    told = {**plain, **who(found.volunteer), "certificate": found.certificate}
    deeds = tuple(name_of(action) for action in found.allowed)
    words = {"steps": course(found.record.steps, zone)}
    return Shown(told, hidden, deeds, events(found.entries), words)


SERVICE_LEDGER = Ledger(
    kind=SERVICE,
    columns=columns(SERVICE, _SHOWN),
    page=_page,
    show=_show,
    title=lambda record: record.number,
    adding=Adding("补录志愿服务", Right.REGISTER, _FORM, _enter),
    changing=Changing(_CORRECTION, _save),
    deeds=_DEEDS,
    reveal=service.read_out,
    asked=_asked,
    by_station=True,
)
