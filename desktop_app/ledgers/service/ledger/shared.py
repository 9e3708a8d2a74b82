"""What the two ledgers of the command line have in common."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from desktop_app.core.changes import Changed
from desktop_app.core.clock import Millis, Zone, millis
from desktop_app.core.errors import UserError
from desktop_app.core.fields import Field, FieldKind
from desktop_app.core.ids import Uid, parse_uid
from desktop_app.core.ledger_spec import Deed, Row, Values, plain_record, plain_value
from desktop_app.core.masked_values import masked
from desktop_app.core.masking import mask_name
from desktop_app.core.plain_entry import Finder, Form, Lookup
from desktop_app.core.record import Record, RecordKind
from desktop_app.core.wording import list_moment
from desktop_app.ledgers.service import store
from desktop_app.registers.residents.search import word_ranges
from desktop_app.registers.volunteers import store as volunteers
from desktop_app.registers.volunteers.rules.listing import VolunteerName
from desktop_app.storage.session import Desk

Do = Callable[[Desk, Uid, int, Values], Changed[Any]]

WORDS = Field("words", "原因", required=True)
WHO = (Field("volunteer_number", "志愿者编号"), Field("volunteer_name", "志愿者姓名"))
"""Beside the uid of a volunteer, whom it means; the name is masked."""


def find_volunteer(lookup: Lookup, text: str) -> Uid:
    """The volunteer a text means: uid or number, or a name that one volunteer alone has."""
    uid = parse_uid(text)
    if uid is None:
        uid = volunteers.of_number(lookup.connection, volunteers.SHELF, text.upper())
    if uid is not None:
        return uid
    # 在册 comes first in any case; which day it is makes no difference to who it is.
    found = volunteers.found(lookup.connection, text, word_ranges(text), _ANY_DAY, 2)
    if len(found) != 1:
        said = "不止一位志愿者叫这个名字" if found else "没有找到这位志愿者"
        raise UserError(f"{said}。", "请写志愿者编号，可用 jinlin list volunteers 查找。")
    return found[0].uid


_ANY_DAY = date(2000, 1, 1)


def find_team(lookup: Lookup, text: str) -> Uid:
    """The team a text means: uid, number, or a name that one team alone has."""
    uid = parse_uid(text)
    if uid is not None:
        return uid
    found = volunteers.found_teams(lookup.connection, text)
    if len(found) != 1:
        said = "不止一支队伍叫这个名字" if found else "没有找到这支队伍"
        raise UserError(f"{said}。", "请写队伍编号，可用 jinlin list teams 查找。")
    return found[0]


def find_uid(_lookup: Lookup, text: str) -> Uid:
    """A record of another ledger, which this one does not know: by its uid. Who joins the ledgers
    finds it by its number, too (`catalog.JOINED`)."""
    uid = parse_uid(text)
    if uid is None:
        raise UserError("这里要写 uid。", "可用 jinlin list 查到。")
    return uid


LINKED: Mapping[str, Finder] = {"team": find_team, **dict.fromkeys(store.LINKS, find_uid)}


def at(moment: datetime, zone: Zone) -> Millis:
    """A point in time as somebody wrote it; without a zone by the station's clock."""
    if moment.tzinfo is not None:
        return millis(moment)
    return zone.at(moment.date(), moment.hour, moment.minute, moment.second)


def deed(
    name: str,
    label: str,
    get: Callable[[Desk, Uid], Any],
    do: Do,
    fields: tuple[Field, ...] = (),
) -> Deed:
    """One step; without a revision it is taken on the record as it stands."""
    required = frozenset(field.name for field in fields if field.required)

    def act(desk: Desk, uid: Uid, revision: int | None, values: Values) -> Any:
        return do(desk, uid, revision or get(desk, uid).revision, values).value

    return Deed(name, label, Form(fields, required=required), act)


def not_here(kind: RecordKind[Any], told: Sequence[str]) -> dict[str, str]:
    """The sentence for every field that a file may not give."""
    return {
        word: f"“{field.label}”由程序填写，或由办理步骤改变，不能写进文件。"
        for field in kind.fields
        if field.name not in told
        for word in (field.name, field.label)
    }


def columns(kind: RecordKind[Any], shown: Sequence[str]) -> tuple[Field, ...]:
    """The columns of a list: these fields, who it is, uid and revision."""
    return (
        *(kind.field(name) for name in shown),
        *WHO,
        Field("uid", "uid"),
        Field("revision", "版本", FieldKind.NUMBER),
    )


def row_of(
    kind: RecordKind[Any],
    shown: Sequence[str],
    line: Any,
    zone: Zone,
    names: Mapping[Uid, VolunteerName],
) -> Row:
    """One line of a list as the command line shows it."""
    values = {}
    for name in shown:
        field = kind.field(name)
        values[name] = masked(field, plain_value(field, getattr(line, name), zone))
    told = who(names.get(line.volunteer))
    return {**values, **told, "uid": line.uid.hex, "revision": line.revision}


def who(name: VolunteerName | None) -> dict[str, str]:
    """Whom a volunteer's uid means, with the name masked."""
    if name is None:
        return {"volunteer_number": "", "volunteer_name": ""}
    return {"volunteer_number": name.number, "volunteer_name": mask_name(name.name)}


_AT = Field("", "", FieldKind.MOMENT)


def record_of(
    kind: RecordKind[Any], record: Record, zone: Zone
) -> tuple[dict[str, Any], tuple[str, ...]]:
    """A record as `show` prints it, the moments of its steps by the station's clock."""
    plain, hidden = plain_record(kind, record, zone)
    for step in plain["steps"]:
        step["at"] = plain_value(_AT, step["at"], zone)
    return plain, hidden


def course(steps: Sequence[Any], zone: Zone) -> str:
    """The steps of a record in one line, without what was said with them."""
    return "；".join(
        f"{list_moment(step.at, zone)} {step.actor} {step.action.label} → {step.to.label}"
        for step in steps
    )


def name_of(action: Any) -> str:
    """An action as the command line writes it."""
    return str(action.value).replace("_", "-")
