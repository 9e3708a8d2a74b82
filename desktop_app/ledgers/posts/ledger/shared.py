"""What the three ledgers of the command line have in common."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from desktop_app.core.clock import Zone
from desktop_app.core.clock_text import parse_clock
from desktop_app.core.errors import UserError
from desktop_app.core.fields import Field, FieldKind
from desktop_app.core.ids import Uid, parse_uid
from desktop_app.core.ledger_spec import Row, plain_value
from desktop_app.core.masked_values import masked
from desktop_app.core.plain_entry import Lookup
from desktop_app.ledgers.posts import store

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


def find_clock(lookup: Lookup, text: str) -> tuple[int, int]:
    """A time of day as people type it."""
    found = parse_clock(text)
    if found is None:
        raise UserError("不是时间。", "请写成 19:00 的样子。")
    return found


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
