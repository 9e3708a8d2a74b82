"""The steps of an activity as the command line takes them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from desktop_app.core.changes import Changed
from desktop_app.core.codec import decode
from desktop_app.core.errors import Conflict
from desktop_app.core.fields import Field, FieldKind, choices_of
from desktop_app.core.ids import Uid
from desktop_app.core.ledger_spec import Deed, Values, member_of
from desktop_app.core.plain_entry import Form, Group, build, given
from desktop_app.ledgers.activities import service
from desktop_app.ledgers.activities.record import ATTENDANCE, KIND
from desktop_app.ledgers.activities.rules.activity import Activity, Every
from desktop_app.ledgers.activities.rules.activity import Group as People
from desktop_app.ledgers.activities.rules.attendance import Person
from desktop_app.ledgers.activities.rules.recording import RecordForm, record_form_of
from desktop_app.registers.residents.register import find_resident
from desktop_app.storage.session import Desk

Save = Callable[[Desk, Uid, int, Values], Changed[Activity]]


def _deed(name: str, label: str, save: Save, fields: tuple[Field, ...] = (), **more: Any) -> Deed:
    required = frozenset(field.name for field in fields if field.required)

    def do(desk: Desk, uid: Uid, revision: int | None, values: Values) -> Activity:
        seen = revision or service.get(desk, uid).revision
        return save(desk, uid, seen, values).value

    return Deed(name, label, Form(fields, required=required, **more), do)


# --- the record -----------------------------------------------------------------------------------

_RESOLUTION = Form(
    (
        Field("words", "事项"),
        Field("owner", "责任单位（人）"),
        Field("due", "时限", FieldKind.DAY),
        Field("uid", "uid"),
    ),
    required=frozenset({"words"}),
)
_REVIEW = Form(
    (Field("body", "评议对象"), Field("points", "分数", FieldKind.NUMBER), Field("words", "意见")),
    required=frozenset({"body", "points"}),
)
_FUND = Form(
    (
        Field("source", "来源"),
        Field("amount", "金额（分）", FieldKind.NUMBER),
        Field("note", "说明"),
    ),
    required=frozenset({"source", "amount"}),
)
_RECORD_FIELDS = tuple(KIND.field(name) for name in RecordForm.__dataclass_fields__)
_RECORD_GROUPS = {
    "resolutions": Group(_RESOLUTION, many=True, single="words"),
    "reviews": Group(_REVIEW, many=True),
    "funds": Group(_FUND, many=True),
}


def _record(desk: Desk, uid: Uid, revision: int, values: Values) -> Changed[Activity]:
    """What is not named stays as it was recorded before; null empties it."""
    form = record_form_of(service.get(desk, uid))
    plain = {name: getattr(form, name) for name in RecordForm.__dataclass_fields__}
    empty = {name: getattr(RecordForm(), name) for name, value in values.items() if value is None}
    whole = decode(RecordForm, {**plain, **empty, **given(values)})
    return service.record(desk, uid, revision, whole)


# --- numbers, copies, people ----------------------------------------------------------------------

_REASON = Field("reason", "原因", required=True)
_WORDS = Field("words", "原因", required=True)
_COUNTS = tuple(Field(group.value, f"{group.label}人数", FieldKind.NUMBER) for group in People)


def _correct_counts(desk: Desk, uid: Uid, revision: int, values: Values) -> Changed[Activity]:
    people = {group: values[group.value] for group in People if group.value in values}
    return service.correct_counts(desk, uid, revision, people, values["reason"])


def _copy(desk: Desk, uid: Uid, revision: int | None, values: Values) -> Activity:
    return service.copy(desk, uid, values.get("day")).value


_EVERY = Field("every", "重复方式", FieldKind.CHOICE, choices=choices_of(Every))
_REPEAT = Form(
    (
        Field("times", "场数", FieldKind.NUMBER, required=True),
        _EVERY,
        Field("step", "间隔", FieldKind.NUMBER),
        Field("workdays", "遇休息日顺延", FieldKind.FLAG),
    ),
    required=frozenset({"times"}),
)


def _repeat(desk: Desk, uid: Uid, revision: int | None, values: Values) -> Activity:
    told = given(values)
    every = member_of(Every, told.pop("every", ""))
    return service.repeat(desk, uid, told.pop("times"), every=every, **told).value[-1]


_PERSON_FIELDS = ("resident", "name", "group", "unit", "phone", "remark")
PERSON_FIELDS = tuple(ATTENDANCE.field(name) for name in _PERSON_FIELDS)
_PERSON = Form(PERSON_FIELDS, finders={"resident": find_resident})


def _at_the_door(name: str, label: str, enter: Callable[[Desk, Uid, Person], Changed[Any]]) -> Deed:
    def do(desk: Desk, uid: Uid, revision: int | None, values: Values) -> Activity:
        if revision not in (None, service.get(desk, uid).revision):
            raise Conflict(KIND.label)
        enter(desk, uid, build(Person, values))
        return service.get(desk, uid)

    return Deed(name, label, _PERSON, do)


DEEDS: tuple[Deed, ...] = (
    _deed("open-sign-up", "开放报名", lambda d, u, r, v: service.open_sign_up(d, u, r)),
    _deed("start", "开始", lambda d, u, r, v: service.start(d, u, r)),
    _deed("finish", "结束", lambda d, u, r, v: service.finish(d, u, r)),
    _deed("record", "记录", _record, _RECORD_FIELDS, groups=_RECORD_GROUPS),
    _deed(
        "submit",
        "提交审核",
        lambda d, u, r, v: service.submit(d, u, r, v.get("words") or ""),
        (Field("words", "说明"),),
    ),
    _deed(
        "approve",
        "审核通过",
        lambda d, u, r, v: service.approve(d, u, r, v.get("outside") or ""),
        (Field("outside", "社区或街道审核人"),),
    ),
    _deed(
        "send-back", "退回", lambda d, u, r, v: service.send_back(d, u, r, v["words"]), (_WORDS,)
    ),
    _deed("cancel", "取消", lambda d, u, r, v: service.cancel(d, u, r, v["words"]), (_WORDS,)),
    _deed("reopen", "重新打开", lambda d, u, r, v: service.reopen(d, u, r, v["words"]), (_WORDS,)),
    _deed("correct-counts", "更正人数", _correct_counts, (*_COUNTS, _REASON)),
    _at_the_door("sign-up", "报名", service.sign_up),
    _at_the_door("sign-in", "签到", service.sign_in),
    Deed("copy", "复制", Form((Field("day", "日期", FieldKind.DAY),)), _copy),
    Deed("repeat", "重复", _REPEAT, _repeat),
)
