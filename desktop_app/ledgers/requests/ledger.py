"""Requests for the command line: what an object of a file may say, and how lists show a request."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from desktop_app.core.clock import Zone, millis
from desktop_app.core.errors import UserError
from desktop_app.core.fields import Field, FieldKind, choices_of
from desktop_app.core.ids import Uid, parse_uid
from desktop_app.core.ledger_parts import by_the_program
from desktop_app.core.ledger_spec import (
    Adding,
    Changing,
    Deed,
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
from desktop_app.core.masked_values import masked
from desktop_app.core.origin import Level
from desktop_app.core.plain_entry import Form, Group, Lookup, altered, build, given
from desktop_app.core.rights import Right
from desktop_app.core.satisfaction import Satisfaction
from desktop_app.core.text import visible
from desktop_app.core.wording import list_moment
from desktop_app.ledgers.requests import service, store
from desktop_app.ledgers.requests.fields import EVALUATION_FIELDS
from desktop_app.ledgers.requests.record import KIND
from desktop_app.ledgers.requests.rules.correction import CORRECTABLE
from desktop_app.ledgers.requests.rules.entry import RequestForm
from desktop_app.ledgers.requests.rules.listing import RequestFilter, RequestLine
from desktop_app.ledgers.requests.rules.request import (
    Action,
    AssigneeKind,
    DisputeStage,
    EnteredFrom,
    Request,
    RequestKind,
    RequestState,
    Step,
)
from desktop_app.ledgers.requests.rules.steps import NEEDED_WORDS, RULES, StepDetails
from desktop_app.registers.places.register import find_compound
from desktop_app.registers.residents import store as residents
from desktop_app.registers.residents.register import find_resident
from desktop_app.registers.residents.rules import Resident
from desktop_app.storage.session import Desk, Unit


def _uid_of(_lookup: Lookup, text: str) -> Uid:
    """What a request came of is in another ledger, which this one does not know."""
    uid = parse_uid(text)
    if uid is None:
        raise UserError("要写成 uid。", "可用 jinlin list 查到。")
    return uid


_LINKED = dict.fromkeys(store.LINKS, _uid_of)
_FINDERS = {"resident": find_resident, "compound": find_compound, **_LINKED}

_ENTERED = (
    "kind", "source", "at", "day", "platform", "external_number", "visit", "activity", "resolution",
    "resident", "name", "phone", "compound", "building", "unit", "room", "consented", "category",
    "title", "summary", "urgency", "dispute_stage", "limit_days", "result", "petition", "remark",
)  # fmt: skip
_ALIASES = {"姓名": "name", "电话": "phone", "时限": "limit_days", "事由": "summary"}
_FORM = Form(
    tuple(replace(KIND.field(name), required=False) for name in _ENTERED),
    finders=_FINDERS,
    aliases=_ALIASES,
    not_here=by_the_program(KIND, _ENTERED),
)


# --- adding ---------------------------------------------------------------------------------------


def _enter(unit: Unit, desk: Desk, values: Values) -> Sequence[Request]:
    told = given(values)
    if "at" in told:
        told |= _when(told.pop("at"), told.get("day"), unit.zone)
    form = build(RequestForm, told)
    if form.resident is not None and not form.petition:
        form = _of_file(unit, form, form.resident)
    return [service.register_in(unit, desk, form)]


def _when(at: datetime, day: Any, zone: Zone) -> dict[str, Any]:
    local = at if at.tzinfo is None else zone.local(millis(at))
    if day is not None and day != local.date():
        raise UserError("“提出时间”和“提出日期”不是同一天。", "请核对。", field="at")
    return {"day": local.date(), "time": (local.hour, local.minute)}


def _of_file(unit: Unit, form: RequestForm, uid: Uid) -> RequestForm:
    """The form with what is known of the resident where the file of the command says nothing."""
    kept: Resident = residents.SHELF.need(unit.connection, residents.kept_uid(unit.connection, uid))
    known = {
        "name": kept.name,
        "phone": kept.phones[0].number if kept.phones else "",
        "compound": kept.compound,
        "building": kept.building,
        "unit": kept.unit,
        "room": kept.room,
    }
    blank: dict[str, Any] = {
        name: value for name, value in known.items() if not getattr(form, name)
    }
    return replace(form, resident=kept.uid, **blank)


# --- changing -------------------------------------------------------------------------------------

_CORRECTION = Form(
    tuple(replace(field, required=False) for field in KIND.fields if field.name in CORRECTABLE),
    finders=_FINDERS,
    aliases=_ALIASES,
    not_here={
        word: f"“{field.label}”不能直接更正。请用相应的办理步骤来改变它。"
        for field in KIND.fields
        if field.name not in CORRECTABLE
        for word in (field.name, field.label)
    },
)


def _save(desk: Desk, uid: Uid, revision: int | None, values: Values) -> Request:
    request = service.get(desk, uid)
    if values.get("title", "") is None:
        raise UserError("“事项”不能清空，没有改动。", "请写上新的内容。", field="title")
    changes = altered(request, values)
    return service.correct(desk, uid, revision or request.revision, changes).value


_ASSIGNEE = Form(
    (
        Field("kind", "类别", FieldKind.CHOICE, choices=choices_of(AssigneeKind)),
        Field("words", "名称"),
        Field("uid", "编号", FieldKind.REFERENCE),
    ),
    required=frozenset({"kind"}),
    finders={"uid": _uid_of},
)
_DETAILS: Mapping[str, Field] = {
    "words": Field("words", "说明"),
    "result": Field("result", "办理结果"),
    "assignee": Field("assignee", "承办", FieldKind.LIST),
    "whom": Field("whom", "对方"),
    "external_number": Field("external_number", "外部编号"),
    "level": Field("level", "吹哨到", FieldKind.CHOICE, choices=choices_of(Level)),
    "stage": Field("stage", "纠纷阶段", FieldKind.CHOICE, choices=choices_of(DisputeStage)),
    "day": Field("day", "日期", FieldKind.DAY),
    "limit_days": Field("limit_days", "本站时限（工作日）", FieldKind.NUMBER),
    "merged_into": Field("merged_into", "并入", FieldKind.REFERENCE),
}
_READS: Mapping[Action, tuple[str, ...]] = {
    Action.DISPATCH: ("assignee", "limit_days", "day", "words"),
    Action.TAKE: ("whom", "words"),
    Action.ESCALATE: ("words", "level", "day"),
    Action.ANSWERED: ("whom", "words", "day"),
    Action.DONE: ("result", "day", "words"),
    Action.FORWARD: ("whom", "external_number", "day", "words"),
    Action.SET_STAGE: ("stage", "words"),
    Action.MERGE: ("merged_into", "words"),
}
_MUST: Mapping[Action, tuple[str, ...]] = {
    Action.DISPATCH: ("assignee",),
    Action.ANSWERED: ("whom", "words"),
    Action.DONE: ("result",),
    Action.FORWARD: ("whom",),
    Action.MERGE: ("merged_into",),
    **{action: ("words",) for action in NEEDED_WORDS if action is not Action.ANSWERED},
}


def find_request(lookup: Lookup, text: str) -> Uid:
    """The request a text means: its uid or its number."""
    uid = parse_uid(text)
    if uid is None:
        uid = store.of_number(lookup.connection, text.upper())
    if uid is None:
        raise UserError("没有找到这件诉求。", "请写编号或 uid，可用 jinlin list requests 查找。")
    return uid


def _deed(action: Action) -> Deed:
    names = _READS.get(action, ("words", "day"))
    must = _MUST.get(action, ())
    form = Form(
        tuple(replace(_DETAILS[name], required=name in must) for name in names),
        groups={"assignee": Group(_ASSIGNEE)} if "assignee" in names else {},
        finders={"merged_into": find_request} if "merged_into" in names else {},
    )

    def do(desk: Desk, uid: Uid, revision: int | None, values: Values) -> Request:
        told = given(values)
        if "assignee" in told:
            told["assignee"] = {"words": "", **told["assignee"]}
        seen = revision or service.get(desk, uid).revision
        return service.act(desk, uid, action, seen, build(StepDetails, told)).value

    return Deed(action.value.replace("_", "-"), action.label, form, do)


_EVALUATION = Form(
    tuple(field for field in EVALUATION_FIELDS if field.name in ("level", "entered_from")),
    required=frozenset({"level", "entered_from"}),
)


def _evaluate(desk: Desk, uid: Uid, revision: int | None, values: Values) -> None:
    level = member_of(Satisfaction, values["level"])
    entered_from = member_of(EnteredFrom, values["entered_from"])
    assert level is not None, "the form has asked for it"
    assert entered_from is not None, "the form has asked for it"
    service.evaluate(desk, uid, level, entered_from)


# --- showing --------------------------------------------------------------------------------------

_SHOWN = (
    "number", "kind", "source", "at", "name", "category", "title", "urgency", "state", "assignee",
    "due", "late_entry",
)  # fmt: skip
_GROUPED: Mapping[str, tuple[str, Mapping[str, Any]]] = {
    "在办": ("open", {"open": True}),
    "超期": ("overdue", {"overdue": True}),
    "今日到期": ("due_today", {"due_today": True}),
    "补录": ("late_entry", {"late_entry": True}),
    "吹过哨": ("whistled", {"escalated": True}),
    "物业纠纷": ("disputes", {"disputes": True}),
    **{one.label: (one.value, {"kind": one}) for one in RequestKind},
}
_ENDED = {"按时办结": ("on_time", True), "超时办结": ("late", False)}
"""Of these the days are those of the end, not of the registration."""

_STATUSES = (*_GROUPED, *_ENDED, *(one.label for one in RequestState))


def _page(desk: Desk, query: Query) -> Rows:
    found = service.page(desk, _filter(query), query.after, size=query.limit)
    zone = desk.database.zone
    return Rows(tuple(_row(line, zone) for line in found.rows), found.later, found.total_words)


def _filter(query: Query) -> RequestFilter:
    base = RequestFilter(search=visible(query.search), stations=query.stations)
    within = replace(base, since=query.since, until=query.until)
    status = query.status.strip()
    if not status:
        return within
    for word, (name, group) in _GROUPED.items():
        if status in (word, name):
            return replace(within, **group)
    for word, (name, in_time) in _ENDED.items():
        if status in (word, name):
            return replace(
                base, in_time=in_time, closed_since=query.since, closed_until=query.until
            )
    state = member_of(RequestState, status)
    if state is None:
        raise refuse_status(KIND.label, _STATUSES)
    return replace(within, state=state)


def _asked(wanted: Any) -> Query | None:
    """The words of `list` that mean this filter, found by trying what each of them means."""
    if not isinstance(wanted, RequestFilter):
        return None
    since = wanted.since or wanted.closed_since
    until = wanted.until or wanted.closed_until
    tried = (
        Query(since=since, until=until, status=status, stations=wanted.stations)
        for status in ("", *_STATUSES)
    )
    return next((query for query in tried if _filter(query) == wanted), None)


def _row(line: RequestLine, zone: Zone) -> Row:
    values = {}
    for name in _SHOWN:
        field = KIND.field(name)
        values[name] = masked(field, plain_value(field, getattr(line, name), zone))
    values["assignee"] = line.assignee.words if line.assignee else ""
    return {**values, "uid": line.uid.hex, "revision": line.revision}


def _show(desk: Desk, uid: Uid) -> Shown:
    found = service.history(desk, uid)
    zone = desk.database.zone
    plain, hidden = plain_record(KIND, found.request, zone)
    moment = Field("", "", FieldKind.MOMENT)
    for part in (*plain["steps"], plain["escalated"], plain["answer"]):
        if part:
            part["at"] = plain_value(moment, part["at"], zone)
    told = {
        **plain,
        "evaluated": found.evaluated,
        "merged": [{"uid": one.uid.hex, "number": one.number} for one in found.merged],
    }
    assignee, kind = found.request.assignee, found.request.kind
    words = {
        "steps": "；".join(_step_words(step, zone) for step in found.request.steps),
        "state": found.request.state_words if kind is RequestKind.ORDER else "",
        "assignee": f"{assignee.kind.label} {assignee.words}" if assignee else "",
        "merged": "、".join(one.number for one in found.merged),
    }
    deeds = [action.value.replace("_", "-") for action in found.allowed]
    told_words = {name: said for name, said in words.items() if said}
    return Shown(told, hidden, tuple(deeds), events(found.entries), told_words)


def _step_words(step: Step, zone: Zone) -> str:
    """A step without what was said with it."""
    return f"{list_moment(step.at, zone)} {step.actor} {step.action.label} → {step.to.label}"


REQUESTS = Ledger(
    kind=KIND,
    columns=(*(KIND.field(name) for name in _SHOWN), Field("uid", "uid"),
             Field("revision", "版本", FieldKind.NUMBER)),
    page=_page,
    show=_show,
    title=lambda request: request.number,
    adding=Adding("登记诉求", Right.REGISTER, _FORM, _enter),
    changing=Changing(_CORRECTION, _save),
    deeds=(
        *(_deed(action) for action in RULES),
        Deed("evaluate", "居民评价", _EVALUATION, _evaluate),
    ),
    reveal=service.read_out,
    asked=_asked,
    by_station=True,
)  # fmt: skip

LEDGERS = (REQUESTS,)
