"""data/datapackage.json: what the tables of a parcel hold, for tools that know Data Packages."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

NAME = "data/datapackage.json"


@dataclass(frozen=True, slots=True)
class Column:
    """One name of a table's lines, or of their `fields`: its JSON type and its label in Chinese.

    `type` is a word of Table Schema (`string`, `integer`, `object`…).
    """

    name: str
    type: str
    title: str = ""


_N, _D = Column("n", "integer", "变更序号"), Column("d", "string", "变更摘要")
_UID, _FIELDS = Column("uid", "string", "记录标识"), Column("fields", "object", "字段")
_VERSIONS = (
    Column("revision", "integer", "修订次数"),
    Column("version", "integer", "记录格式版本"),
    Column("at", "integer", "时间（毫秒）"),
)
_COLUMNS = {
    "changes": (_N, _D, Column("op", "string", "操作"), _UID, *_VERSIONS, _FIELDS),
    "changes/withheld": (_N, _D),
    "current": (_UID, *_VERSIONS, _FIELDS),
    "counts": (
        Column("table", "string", "台账"),
        Column("month", "string", "月份"),
        Column("name", "string", "指标"),
        Column("value", "integer", "数值"),
    ),
}


def columns_of(table: str) -> tuple[Column, ...]:
    """What a line of a table of this format has; empty for a table this format does not know."""
    return _COLUMNS.get(table) or _COLUMNS.get(table.partition("/")[0], ())


@dataclass(frozen=True, slots=True)
class Resource:
    """One NDJSON file as it was written: `inside` describes what its `fields` may hold."""

    table: str
    rows: int
    size: int
    sha256: str
    columns: Sequence[Column]
    inside: Sequence[Column]


def spell_datapackage(resources: Iterable[Resource]) -> bytes:
    """The description, indented for people."""
    package = {"name": "jinlin-parcel", "resources": [_resource(each) for each in resources]}
    return (json.dumps(package, ensure_ascii=False, indent=1) + "\n").encode()


def _resource(resource: Resource) -> dict[str, Any]:
    return {
        "name": resource.table.replace("/", "-").replace("_", "-"),
        "type": "table",
        "path": f"{resource.table}.ndjson",
        "scheme": "file",
        "format": "ndjson",
        "mediatype": "application/x-ndjson",
        "encoding": "utf-8",
        "rows": resource.rows,
        "bytes": resource.size,
        "hash": f"sha256:{resource.sha256}",
        "dialect": {"json": {"keyed": True, "keys": [column.name for column in resource.columns]}},
        "schema": {"fields": [_column(column, resource.inside) for column in resource.columns]},
    }


def _column(column: Column, inside: Sequence[Column]) -> dict[str, Any]:
    described: dict[str, Any] = {"name": column.name, "type": column.type}
    if column.title:
        described["title"] = column.title
    if column.type == "object" and inside:
        described["fields"] = [_column(each, ()) for each in inside]
    return described
