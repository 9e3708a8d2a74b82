"""What the three ledgers of the command line have in common."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from desktop_app.core.clock import Zone
from desktop_app.core.clock_text import parse_clock
from desktop_app.core.errors import UserError
from desktop_app.core.fields import Field, FieldKind
from desktop_app.core.ids import Uid, parse_uid
from desktop_app.core.ledger_spec import Row, plain_record, plain_value
from desktop_app.core.masked_values import masked
from desktop_app.core.plain_entry import Lookup
from desktop_app.core.record import Record, RecordKind
from desktop_app.core.wording import list_moment
from desktop_app.ledgers.posts import store
from desktop_app.registers.volunteers import store as volunteers

NAME = Field("name", "姓名", private=True)
POST_NUMBER = Field("post_number", "岗位编号")
POST_NAME = Field("post_name", "岗位名称")
VOLUNTEER_NUMBER = Field("volunteer_number", "志愿者编号")


def find_post(lookup: Lookup, text: str) -> Uid:
    """The post a text means: its uid, its number, or a name only one has."""
    uid = parse_uid(text) or store.of_number(lookup.connection, text.upper())
    if uid is not None:
        return uid
    named = store.named(lookup.connection, text)
    if len(named) != 1:
        said = "有几个岗位都叫这个名称。" if named else "没有找到这个岗位。"
        raise UserError(said, "请写编号或 uid，可用 jinlin list posts 查找。")
    return named[0].uid


def find_volunteer(lookup: Lookup, text: str) -> Uid:
    """The volunteer of that uid or number."""
    uid = parse_uid(text)
    if uid is None:
        uid = volunteers.of_number(lookup.connection, volunteers.SHELF, text.upper())
    if uid is None:
        raise UserError(
            "没有找到这名志愿者。", "请写志愿者编号或 uid，可用 jinlin list volunteers 查找。"
        )
    return uid


def find_team(lookup: Lookup, text: str) -> Uid:
    """The team of that uid or number, or of a name that only one has."""
    uid = parse_uid(text)
    if uid is None:
        found = volunteers.found_teams(lookup.connection, text)
        uid = found[0] if len(found) == 1 else None
    if uid is None:
        raise UserError(
            "没有找到这支志愿队伍。", "请写编号、全名或 uid，可用 jinlin list teams 查找。"
        )
    return uid


def find_clock(lookup: Lookup, text: str) -> tuple[int, int]:
    """A time of day as people type it."""
    found = parse_clock(text)
    if found is None:
        raise UserError("不是时间。", "请写成 19:00 的样子。")
    return found


def not_here(kind: RecordKind[Any], told: Sequence[str]) -> dict[str, str]:
    """The sentence for every field that a file may not give."""
    return {
        word: f"“{field.label}”由程序填写，或由办理步骤改变，不能写进文件。"
        for field in kind.fields
        if field.name not in told
        for word in (field.name, field.label)
    }


def columns(fields: Sequence[Field]) -> tuple[Field, ...]:
    """The columns of a list: these, uid and revision."""
    return (*fields, Field("uid", "uid"), Field("revision", "版本", FieldKind.NUMBER))


def row_of(fields: Sequence[Field], line: Any, zone: Zone) -> Row:
    """One line of a list as the command line shows it; who it is is masked."""
    values = {
        field.name: masked(field, plain_value(field, getattr(line, field.name), zone))
        for field in fields
    }
    return {**values, "uid": line.uid.hex, "revision": line.revision}


_AT = Field("", "", FieldKind.MOMENT)


def record_of(
    kind: RecordKind[Any], record: Record, zone: Zone
) -> tuple[dict[str, Any], tuple[str, ...]]:
    """A record as `show` prints it."""
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


def people_of(line: Any) -> Mapping[str, Any]:
    """Which post and whom a claim or a shift means, for `show`."""
    return {
        "post_number": line.post_number,
        "post_name": line.post_name,
        "volunteer_number": line.volunteer_number,
        "name": masked(NAME, line.name),
    }


def refuse_search(label: str, text: str) -> None:
    """Raise `UserError` when a list of links is searched by words."""
    if text.strip():
        raise UserError(
            f"{label}不能按文字查找，没有列出任何内容。",
            "请去掉 --search，用 --status 和日期缩小范围。",
            field="search",
        )
