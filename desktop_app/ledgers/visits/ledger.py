"""Visits for the command line: what an object of a file may say, and how lists show a visit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from desktop_app.core.clock import Zone, millis
from desktop_app.core.errors import UserError
from desktop_app.core.fields import Field, FieldKind
from desktop_app.core.handling import Handling
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
from desktop_app.core.plain_entry import Form, Group, Lookup, altered, build, given
from desktop_app.core.rights import Right
from desktop_app.core.satisfaction import Satisfaction
from desktop_app.core.text import visible
from desktop_app.core.wording import list_moment
from desktop_app.ledgers.visits import service, store
from desktop_app.ledgers.visits.fields import EVALUATION_FIELDS
from desktop_app.ledgers.visits.record import KIND
from desktop_app.ledgers.visits.rules.correction import CORRECTABLE
from desktop_app.ledgers.visits.rules.entry import MatterEntry, VisitForm
from desktop_app.ledgers.visits.rules.listing import VisitFilter, VisitLine
from desktop_app.ledgers.visits.rules.steps import RULES, StepDetails
from desktop_app.ledgers.visits.rules.visit import (
    Action,
    EnteredFrom,
    Step,
    Visit,
    VisitKind,
    VisitState,
)
from desktop_app.registers.matters.register import find_matter
from desktop_app.registers.places.register import find_compound
from desktop_app.registers.residents import store as residents
from desktop_app.registers.residents.register import DRAFT_FORM, find_resident
from desktop_app.registers.residents.rules import Resident
from desktop_app.storage.session import Desk, Unit

_PERSON = Form(
    (Field("name", "姓名"), Field("phone", "电话"), Field("relation", "关系")),
    required=frozenset({"name"}),
)
_REPRESENTATIVE = Form(
    (Field("name", "姓名"), Field("phone", "电话")), required=frozenset({"name"})
)
_REPORT = Form(
    (Field("whom", "报告对象"), Field("phone", "报告电话")), required=frozenset({"whom"})
)
_GROUPS = {
    "agent": Group(_PERSON, single="name"),
    "representatives": Group(_REPRESENTATIVE, many=True, single="name"),
    "urgent": Group(_REPORT, single="whom"),
}
_FINDERS = {"resident": find_resident, "compound": find_compound, "matter": find_matter}

_OF_MATTER = (
    "matter", "category", "matter_name", "summary", "handling", "limit_days", "state", "result",
    "notice_given", "handed_to", "external_number", "urgent",
)  # fmt: skip
_OF_VISIT = (
    "kind", "at", "day", "source", "resident", "name", "gender", "birth_year", "people", "phone",
    "compound", "building", "unit", "room", "person_kind", "agent", "representatives", "remark",
)  # fmt: skip
_MATTER_FORM = Form(
    tuple(KIND.field(name) for name in _OF_MATTER),
    groups=_GROUPS,
    finders=_FINDERS,
    aliases={"事项": "matter"},
)
_NEW_RESIDENT = Field("new_resident", "新建居民档案", FieldKind.LIST, private=True)
_MATTERS = Field("matters", "几件事项", FieldKind.LIST)
_DATE_CONFIRMED = Field("date_confirmed", "日期无误", FieldKind.FLAG)

_BY_THE_PROGRAM = by_the_program(KIND, (*_OF_VISIT, *_OF_MATTER))
_ALIASES = {"姓名": "name", "电话": "phone", "事项": "matter"}
_FORM = Form(
    (
        *(KIND.field(name) for name in (*_OF_VISIT, *_OF_MATTER)),
        _MATTERS,
        _NEW_RESIDENT,
        _DATE_CONFIRMED,
    ),
    groups={
        **_GROUPS,
        "matters": Group(_MATTER_FORM, many=True, single="matter"),
        "new_resident": Group(DRAFT_FORM, single="name"),
    },
    finders=_FINDERS,
    aliases=_ALIASES,
    not_here=_BY_THE_PROGRAM,
)


# --- adding ---------------------------------------------------------------------------------------


def _enter(unit: Unit, desk: Desk, values: Values) -> Sequence[Visit]:
    return service.register_in(unit, desk, form_of(unit.connection, unit.zone, given(values))).made


def form_of(connection: Any, zone: Zone, values: dict[str, Any]) -> VisitForm:
    """The counter's form as an object of a file means it."""
    several = values.pop("matters", None)
    own = {name: values.pop(name) for name in _OF_MATTER if name in values}
    if several and own:
        raise UserError("事项既写在外面，又写在“几件事项”里。", "请只写在一处。", field="matters")
    matters = tuple(_matter(entry) for entry in several or [own])
    if values.get("kind") == VisitKind.COUNTED:
        matters = tuple(
            replace(entry, handling=entry.handling or Handling.ADVICE) for entry in matters
        )
    if "at" in values:
        values |= _when(values.pop("at"), values.get("day"), zone)
    form = build(VisitForm, {**values, "matters": matters})
    return form if form.resident is None else _of_file(connection, form, form.resident)


def _matter(values: Mapping[str, Any]) -> MatterEntry:
    """One matter; `state` may say only whether it ended at the counter."""
    told = dict(values)
    report = told.pop("urgent", {})
    state = told.pop("state", None)
    if state not in (None, VisitState.REGISTERED, VisitState.CLOSED):
        raise UserError(
            "新登记的来访只能是“登记”或“办结”。", "别的状态请登记后用 jinlin act 一步步办。",
            field="state",
        )  # fmt: skip
    return build(
        MatterEntry,
        {
            **told,
            "done": None if state is None else state == VisitState.CLOSED,
            "report_to": report.get("whom"),
            "report_phone": report.get("phone"),
        },
    )


def _when(at: datetime, day: Any, zone: Zone) -> dict[str, Any]:
    local = at if at.tzinfo is None else zone.local(millis(at))
    if day is not None and day != local.date():
        raise UserError("“来访时间”和“来访日期”不是同一天。", "请核对。", field="at")
    return {"day": local.date(), "time": (local.hour, local.minute)}


def _of_file(connection: Any, form: VisitForm, uid: Uid) -> VisitForm:
    """The form with what is known of the resident where the file of the command says nothing."""
    kept: Resident = residents.SHELF.need(connection, residents.kept_uid(connection, uid))
    known = {
        "name": kept.name,
        "gender": kept.gender,
        "birth_year": kept.birth.year if kept.birth else None,
        "phone": kept.phones[0].number if kept.phones else "",
        "compound": kept.compound,
        "building": kept.building,
        "unit": kept.unit,
        "room": kept.room,
        "person_kind": kept.kind,
    }
    blank: dict[str, Any] = {
        name: value for name, value in known.items() if not getattr(form, name)
    }
    return replace(form, resident=kept.uid, **blank)


# --- changing -------------------------------------------------------------------------------------

_CORRECTION = Form(
    tuple(field for field in KIND.fields if field.name in CORRECTABLE),
    groups={name: _GROUPS[name] for name in ("agent", "representatives")},
    finders={name: _FINDERS[name] for name in ("resident", "compound")},
    aliases={"姓名": "name", "电话": "phone"},
    not_here={
        word: f"“{field.label}”不能直接更正。请用相应的办理步骤来改变它。"
        for field in KIND.fields
        if field.name not in CORRECTABLE
        for word in (field.name, field.label)
    },
)


def _save(desk: Desk, uid: Uid, revision: int | None, values: Values) -> Visit:
    visit = service.get(desk, uid)
    changes = altered(visit, values)
    return service.correct(desk, uid, revision or visit.revision, changes).value


_DETAILS: Mapping[str, Field] = {
    "words": Field("words", "说明"),
    "result": Field("result", "办理结果"),
    "handed_to": Field("handed_to", "交办去向"),
    "external_number": Field("external_number", "外部编号"),
    "day": Field("day", "日期", FieldKind.DAY),
    "whom": Field("whom", "报告对象"),
    "phone": Field("phone", "报告电话"),
    "merged_into": Field("merged_into", "并入", FieldKind.REFERENCE),
}
_READS: Mapping[Action, tuple[str, ...]] = {
    Action.HAND_OVER: ("handed_to", "external_number", "day", "words"),
    Action.ANSWER: ("result", "day", "words"),
    Action.CLOSE: ("result", "day", "words"),
    Action.REPORT_URGENT: ("whom", "phone", "words"),
    Action.MERGE: ("merged_into", "words"),
}
_MUST: Mapping[Action, str] = {
    Action.HAND_OVER: "handed_to",
    Action.REPORT_URGENT: "whom",
    Action.MERGE: "merged_into",
    Action.ASK_FOR_MATERIALS: "words",
    Action.NOT_OURS: "words",
    Action.WITHDRAW: "words",
    Action.REOPEN: "words",
    Action.FOLLOW_UP: "words",
}


def find_visit(lookup: Lookup, text: str) -> Uid:
    """The visit a text means: its uid or the number on its slip."""
    uid = parse_uid(text)
    if uid is None:
        uid = store.of_number(lookup.connection, text.upper())
    if uid is None:
        raise UserError("没有找到这条来访。", "请写编号或 uid，可用 jinlin list visits 查找。")
    return uid


def _deed(action: Action) -> Deed:
    names = _READS.get(action, ("words", "day"))
    fields = tuple(replace(_DETAILS[name], required=name == _MUST.get(action)) for name in names)
    finders = {"merged_into": find_visit} if "merged_into" in names else {}

    def do(desk: Desk, uid: Uid, revision: int | None, values: Values) -> Visit:
        seen = revision or service.get(desk, uid).revision
        return service.act(desk, uid, action, seen, build(StepDetails, values)).value

    return Deed(action.value.replace("_", "-"), action.label, Form(fields, finders=finders), do)


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
    "number", "at", "name", "people", "category", "matter_name", "handling", "state", "due",
    "handed_to", "first_clerk_name", "late_entry",
)  # fmt: skip
_GROUPED: Mapping[str, tuple[str, Mapping[str, Any]]] = {
    "待办": ("open", {"open": True}),
    "超时": ("overdue", {"overdue": True}),
    "今天到期": ("due_today", {"due_today": True}),
    "补录": ("late_entry", {"late_entry": True}),
    "批次": ("leads", {"leads": True}),
    **{one.label: (one.value, {"handling": one}) for one in Handling},
}
_ENDED = {"按时办结": ("on_time", True), "超时办结": ("late", False)}
"""Of these the days are those of the end, not of the visit."""


def _page(desk: Desk, query: Query) -> Rows:
    found = service.page(desk, _filter(query), query.after, size=query.limit)
    zone = desk.database.zone
    return Rows(tuple(_row(line, zone) for line in found.rows), found.later, found.total_words)


def _filter(query: Query) -> VisitFilter:
    base = VisitFilter(
        search=visible(query.search),
        since=query.since,
        until=query.until,
        stations=query.stations,
    )
    status = query.status.strip()
    if not status:
        return base
    for word, (name, group) in _GROUPED.items():
        if status in (word, name):
            return replace(base, **group)
    for word, (name, in_time) in _ENDED.items():
        if status in (word, name):
            return VisitFilter(
                search=base.search,
                in_time=in_time,
                closed_since=query.since,
                closed_until=query.until,
                stations=query.stations,
            )
    state = member_of(VisitState, status)
    if state is None:
        raise refuse_status(KIND.label, _STATUSES)
    return replace(base, state=state)


_STATUSES = (*_GROUPED, *_ENDED, *(one.label for one in VisitState))


def _asked(wanted: Any) -> Query | None:
    """The words of `list` that mean this filter, found by trying what each of them means."""
    if not isinstance(wanted, VisitFilter):
        return None
    since = wanted.since or wanted.closed_since
    until = wanted.until or wanted.closed_until
    tried = (
        Query(since=since, until=until, status=status, stations=wanted.stations)
        for status in ("", *_STATUSES)
    )
    return next((query for query in tried if _filter(query) == wanted), None)


def _row(line: VisitLine, zone: Zone) -> Row:
    values = {}
    for name in _SHOWN:
        field = KIND.field(name)
        values[name] = masked(field, plain_value(field, getattr(line, name), zone))
    return {**values, "uid": line.uid.hex, "revision": line.revision}


def _show(desk: Desk, uid: Uid) -> Shown:
    found = service.history(desk, uid)
    zone = desk.database.zone
    plain, hidden = plain_record(KIND, found.visit, zone)
    moment = Field("", "", FieldKind.MOMENT)
    for step in plain["steps"]:
        step["at"] = plain_value(moment, step["at"], zone)
    told = {
        **plain,
        "evaluated": found.evaluated,
        "same_visit": [other.uid.hex for other in found.batch if other.uid != uid],
    }
    deeds = [action.value.replace("_", "-") for action in found.allowed]
    return Shown(
        told,
        hidden,
        tuple(deeds),
        events(found.entries),
        {"steps": "；".join(_step_words(step, zone) for step in found.visit.steps)},
    )


def _step_words(step: Step, zone: Zone) -> str:
    """A step without what was said with it."""
    return f"{list_moment(step.at, zone)} {step.actor} {step.action.label} → {step.to.label}"


VISITS = Ledger(
    kind=KIND,
    columns=(*(KIND.field(name) for name in _SHOWN), Field("uid", "uid"),
             Field("revision", "版本", FieldKind.NUMBER)),
    page=_page,
    show=_show,
    title=lambda visit: visit.number,
    adding=Adding("登记来访", Right.REGISTER, _FORM, _enter),
    changing=Changing(_CORRECTION, _save),
    deeds=(
        *(_deed(action) for action in RULES),
        Deed("evaluate", "居民评价", _EVALUATION, _evaluate),
    ),
    reveal=service.read_out,
    asked=_asked,
    by_station=True,
)  # fmt: skip

LEDGERS = (VISITS,)
