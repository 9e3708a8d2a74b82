"""How values after options are read, and how values of records stand in a cell."""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from datetime import date

from desktop_app.cli.layout import aligned, table
from desktop_app.core.codec import Plain, canonical
from desktop_app.core.day_text import parse_day
from desktop_app.core.errors import UserError
from desktop_app.core.fields import Field, FieldKind
from desktop_app.core.ids import Uid, parse_uid
from desktop_app.core.ledger_spec import Row

_ANY_DAY = date(2000, 1, 1)


def day(text: str) -> date:
    """A whole date; 昨天 and 3月5日 mean something else each day and are not taken in a script."""
    found = parse_day(text, _ANY_DAY)
    if found is None or found != parse_day(text, date(2001, 1, 1)):
        raise argparse.ArgumentTypeError("后面要写日期，例如 2026-11-23。")
    return found


def whole_number(low: int, high: int, text: str) -> int:
    """A whole number between two."""
    if not (text.isascii() and text.isdigit() and len(text) < 12 and low <= int(text) <= high):
        raise argparse.ArgumentTypeError(f"后面要写 {low} 到 {high} 之间的整数。")
    return int(text)


def limit(text: str) -> int:
    """How many rows at most."""
    return whole_number(1, 1000, text)


def seed(text: str) -> int:
    """What generated data grow from."""
    return whole_number(0, 2_000_000_000, text)


def uid_of(text: str) -> Uid:
    """A uid somebody pasted; raises `UserError`."""
    found = parse_uid(text)
    if found is None:
        raise UserError(
            "这不是一个 uid，没有做任何改动。",
            "uid 是 32 位十六进制，可用 jinlin list 查到。",
            field="uid",
        )
    return found


def cell(field: Field, value: Plain) -> str:
    """A plain value as a person reads it."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if field.choices and not isinstance(value, (list, dict)):
        labels = {choice.value: choice.label for choice in field.choices}
        return labels.get(str(value), str(value))
    if field.kind is FieldKind.MOMENT:
        return str(value)[:16].replace("T", " ")
    if isinstance(value, list):
        return "；".join(cell(field, one) for one in value)
    if isinstance(value, Mapping):
        return " ".join(str(part) for part in value.values() if part not in (None, ""))
    return value if isinstance(value, str) else canonical(value)


def rows_table(columns: Sequence[Field], rows: Sequence[Row]) -> str:
    """Rows as a table, or a sentence that there are none."""
    if not rows:
        return "没有内容。"
    cells = [[cell(column, row.get(column.name)) for column in columns] for row in rows]
    return table([column.label for column in columns], cells)


def pairs(fields: Sequence[Field], values: Row) -> str:
    """One record, a line for each value there is."""
    known = {field.name: field for field in fields}
    lines = []
    for name, value in values.items():
        field = known.get(name, Field(name, _COMMON.get(name, name)))
        shown = cell(field, value)
        if shown:
            lines.append((field.label, shown))
    return "\n".join(aligned(lines, 22))


_COMMON = {
    "uid": "uid",
    "revision": "版本",
    "station": "站点编码",
    "created_at": "建立时间",
    "changed_at": "最后改动",
    "evaluated": "已评价",
    "same_visit": "同一次来访的其他事项",
    "number": "活动编号",
    "activity_name": "活动名称",
    "expected_people": "应到",
    "present": "实到",
    "people": "实到（按身份）",
    "missing": "还缺",
    "path": "位于",
    "last_seen": "最近来访",
    "times": "来访次数",
    "merged": "并入的档案",
    "has_pin": "有 PIN 码",
    "last_sign_in": "最近登录",
}
