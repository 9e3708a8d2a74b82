"""Volunteers for the command line."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from desktop_app.core.codec import decode, encode
from desktop_app.core.errors import Conflict
from desktop_app.core.fields import Field, FieldKind
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
    refuse_days,
    refuse_status,
)
from desktop_app.core.masking import mask_address, mask_name
from desktop_app.core.plain_entry import Form, Group, given
from desktop_app.core.rights import Right
from desktop_app.core.text import visible
from desktop_app.registers.residents.record import KIND as RESIDENTS
from desktop_app.registers.residents.register import find_resident
from desktop_app.registers.volunteers import service
from desktop_app.registers.volunteers.record import VOLUNTEERS as KIND
from desktop_app.registers.volunteers.register.shared import (
    WORDS,
    find_volunteer,
    whole_form,
)
from desktop_app.registers.volunteers.rules.entry import form_of
from desktop_app.registers.volunteers.rules.listing import VolunteerFilter, VolunteerLine
from desktop_app.registers.volunteers.rules.reading import IN_FULL
from desktop_app.registers.volunteers.rules.volunteer import (
    FORM_FIELDS,
    Volunteer,
    VolunteerAction,
    VolunteerForm,
    VolunteerState,
)
from desktop_app.registers.volunteers.rules.volunteer_steps import STEPS, allowed
from desktop_app.storage.session import Desk, Unit

_A = VolunteerAction

_CONSENT = Form(
    (
        Field("day", "日期", FieldKind.DAY),
        Field("by", "监护人"),
        Field("relation", "关系"),
        Field("words", "说明"),
    ),
    required=frozenset({"day", "by"}),
)
_INSURANCE = Form(
    (Field("name", "名称"), Field("policy", "保单号"), Field("until", "止期", FieldKind.DAY)),
    required=frozenset({"name"}),
)
_SAME_PERSON = Field("same_person", "确认与相近的志愿者是两个人", FieldKind.FLAG)
_FORM = Form(
    tuple(KIND.field(name) for name in FORM_FIELDS),
    required=frozenset({"resident", "political"}),
    groups={
        "guardian_consent": Group(_CONSENT, single="by"),
        "insurance": Group(_INSURANCE, single="name"),
    },
    finders={"resident": find_resident},
    aliases={"居民": "resident", "服务类别": "directions", "专长": "skills"},
    not_here=by_the_program(KIND, FORM_FIELDS),
)
_ADD_FORM = replace(_FORM, fields=(*_FORM.fields, _SAME_PERSON))
_SET_FORM = replace(
    _FORM,
    fields=tuple(KIND.field(name) for name in FORM_FIELDS if name != "resident"),
    required=frozenset(),
    aliases={"服务类别": "directions", "专长": "skills"},
    not_here=by_the_program(KIND, [name for name in FORM_FIELDS if name != "resident"]),
)


def _enter(unit: Unit, desk: Desk, values: Values) -> Sequence[Volunteer]:
    told = given(values)
    same_person = bool(told.pop("same_person", False))
    return [service.add_in(unit, decode(VolunteerForm, told), same_person=same_person)]


def _save(desk: Desk, uid: Uid, revision: int | None, values: Values) -> Volunteer:
    volunteer = service.for_editing(desk, uid)
    if revision not in (None, volunteer.revision):
        raise Conflict(KIND.label)
    form = decode(VolunteerForm, whole_form(form_of(volunteer), values))
    return service.change(desk, uid, volunteer.revision, form).value


_COLUMNS = (
    KIND.field("number"),
    Field("name", "姓名"),
    RESIDENTS.field("gender"),
    Field("age", "年龄", FieldKind.NUMBER),
    Field("address", "住址"),
    Field("phone", "电话"),
    Field("teams", "所在队伍"),
    KIND.field("state"),
    KIND.field("registered_on"),
    Field("uid", "uid"),
    Field("revision", "版本", FieldKind.NUMBER),
)


def _page(desk: Desk, query: Query) -> Rows:
    refuse_days(KIND.label, query)
    state = member_of(VolunteerState, query.status)
    if query.status and state is None:
        raise refuse_status(KIND.label, [one.label for one in VolunteerState])
    wanted = VolunteerFilter(search=visible(query.search), state=state, stations=query.stations)
    found = service.page(desk, wanted, query.after, size=query.limit)
    return Rows(tuple(_row(line) for line in found.rows), found.later, found.total_words)


def _row(line: VolunteerLine) -> Row:
    return {
        "number": line.number,
        "name": mask_name(line.name),
        "gender": int(line.gender),
        "age": line.age,
        "address": mask_address(line.address),
        "phone": line.phone,
        "teams": line.teams,
        "state": line.state.value,
        "registered_on": encode(line.registered_on),
        "uid": line.uid.hex,
        "revision": line.revision,
    }


def _show(desk: Desk, uid: Uid) -> Shown:
    found = service.history(desk, uid)
    plain, hidden = plain_record(KIND, found.volunteer, desk.database.zone)
    told = {
        **plain,
        "name": mask_name(found.name.name),
        "merged": [other.hex for other in found.merged],
        "stays": [
            {
                "team": stay.team_name,
                "joined_on": encode(stay.joined_on),
                "left_on": encode(stay.left_on),
                "role": stay.role.value,
            }
            for stay in found.stays
        ],
    }
    deeds = tuple(_name_of(action) for action in allowed(found.volunteer))
    if found.volunteer.trainings or found.volunteer.honours:
        deeds += ("remove-entry",)
    may = {
        field.name for field in KIND.fields
        if not field.sensitive or desk.actor.may(Right.SENSITIVE)
    }  # fmt: skip
    can_be_told = tuple(name for name in hidden if name in IN_FULL and name in may)
    return Shown(told, can_be_told, (*deeds, "merge"), events(found.entries))


def _name_of(action: VolunteerAction) -> str:
    return action.value.replace("_", "-")


def _seen(desk: Desk, uid: Uid, revision: int | None) -> int:
    return revision or service.get(desk, uid).revision


def _stepping(action: VolunteerAction) -> Callable[..., Volunteer]:
    def do(desk: Desk, uid: Uid, revision: int | None, values: Values) -> Volunteer:
        seen = _seen(desk, uid, revision)
        words, day = values.get("words") or "", values.get("day")
        return service.step(desk, uid, seen, action, words, day).value

    return do


_DAY = Field("day", "日期", FieldKind.DAY)
_REASON = {"原因": "words"}


def _step_deed(action: VolunteerAction) -> Deed:
    ends = action in (_A.LEAVE, _A.CANCEL)
    needed = frozenset({"words"}) if ends or action is _A.PAUSE else frozenset()
    form = Form((WORDS, *((_DAY,) if ends else ())), required=needed, aliases=_REASON)
    return Deed(_name_of(action), action.label, form, _stepping(action))


def _add_training(desk: Desk, uid: Uid, revision: int | None, values: Values) -> Volunteer:
    return service.add_training(
        desk,
        uid,
        _seen(desk, uid, revision),
        values["day"],
        values["words"],
        values.get("organiser") or "",
        values.get("minutes") or 0,
    ).value


def _add_honour(desk: Desk, uid: Uid, revision: int | None, values: Values) -> Volunteer:
    seen = _seen(desk, uid, revision)
    return service.add_honour(
        desk, uid, seen, values["day"], values["words"], values.get("by") or ""
    ).value


def _remove_entry(desk: Desk, uid: Uid, revision: int | None, values: Values) -> Volunteer:
    entry = parse_uid(values["entry"]) or uid
    return service.remove_entry(desk, uid, _seen(desk, uid, revision), entry).value


def _merge(desk: Desk, uid: Uid, revision: int | None, values: Values) -> Volunteer:
    return service.merge(desk, uid, values["duplicate"]).value


_ENTRY = frozenset({"day", "words"})
_DEEDS = (
    *(_step_deed(action) for action in STEPS),
    Deed(
        "add-training",
        _A.ADD_TRAINING.label,
        Form(
            (
                _DAY,
                Field("words", "培训内容"),
                Field("organiser", "组织单位"),
                Field("minutes", "分钟", FieldKind.NUMBER),
            ),
            required=_ENTRY,
        ),
        _add_training,
    ),
    Deed(
        "add-honour",
        _A.ADD_HONOUR.label,
        Form((_DAY, Field("words", "表彰名称"), Field("by", "表彰单位")), required=_ENTRY),
        _add_honour,
    ),
    Deed(
        "remove-entry",
        _A.REMOVE_ENTRY.label,
        Form((Field("entry", "培训或表彰的 uid"),), required=frozenset({"entry"})),
        _remove_entry,
    ),
    Deed(
        "merge",
        "合并志愿者",
        Form(
            (Field("duplicate", "重复的志愿者", FieldKind.REFERENCE),),
            required=frozenset({"duplicate"}),
            finders={"duplicate": find_volunteer},
        ),
        _merge,
    ),
)

VOLUNTEERS_LEDGER = Ledger(
    kind=KIND,
    columns=_COLUMNS,
    page=_page,
    show=_show,
    title=lambda volunteer: volunteer.number,
    adding=Adding("登记志愿者", Right.HANDLE, _ADD_FORM, _enter),
    changing=Changing(_SET_FORM, _save),
    deeds=_DEEDS,
    reveal=service.reveal,
    by_station=True,
)
