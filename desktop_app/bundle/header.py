"""The signed header of a parcel: who sends what to whom, and which part of the sender's log."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from enum import StrEnum
from typing import Any

from desktop_app.bundle import strict_json
from desktop_app.bundle.faults import BadContent, Refused
from desktop_app.bundle.upgrades import UPGRADES, Step, lift_header
from desktop_app.core.chain import GENESIS
from desktop_app.core.codec import Plain, canonical

FORMAT = 1
"""What this program writes."""
OLDEST_READER = 1
"""The oldest format a program must know to read what this one writes without losing anything."""
UNDERSTOOD_BACK = 2
"""So many formats before our own are still understood."""

HEADER_NAME = "data/header.json"

_HEX = re.compile(r"[0-9a-f]{64}")
_TABLE = re.compile(r"(?:[a-z][a-z0-9_]*/)?[a-z][a-z0-9_]*")
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_HASHES = ("hash_before", "hash_after")
_LONGEST_TEXT = 200


class ParcelKind(StrEnum):
    """What a parcel is for. The value stands in the header."""

    BUNDLE = "bundle"
    PHOTOS = "photos"
    RECEIPT = "receipt"
    SNAPSHOT = "snapshot"


@dataclass(frozen=True, slots=True)
class TableFacts:
    """One NDJSON file: `name` without `data/` and ending (`changes/visit`), its lines, its hash."""

    name: str
    rows: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Header:
    """What stands in data/header.json. `first` and `last` are change numbers; a parcel without
    changes has `last == first - 1` and both hashes alike. Times in ms since 1970 by the sender's
    clock, which may be wrong. `next_key` announces the sender's next public signing key (hex).
    """

    kind: ParcelKind
    sender: str
    recipient: str
    lineage: str
    made_at: int
    program: str
    sender_name: str = ""
    profile: str = ""
    projection: str = ""
    first: int = 1
    last: int = 0
    hash_before: bytes = GENESIS
    hash_after: bytes = GENESIS
    tables: tuple[TableFacts, ...] = ()
    part: int = 1
    parts: int = 1
    next_key: str | None = None
    format: int = FORMAT
    oldest_reader: int = OLDEST_READER
    extra: Mapping[str, Plain] = field(default_factory=dict)

    @property
    def changes(self) -> int:
        """How many changes the parcel carries."""
        return self.last - self.first + 1


_NAMES = tuple(part.name for part in fields(Header) if part.name != "extra")
_TEXTS = {
    "sender_name": _LONGEST_TEXT, "lineage": _LONGEST_TEXT, "program": _LONGEST_TEXT,
    "profile": _LONGEST_TEXT, "projection": _LONGEST_TEXT,
}  # fmt: skip
_NUMBERS = ("made_at", "first", "last", "part", "parts")


def spell_header(header: Header) -> bytes:
    """data/header.json: sorted names, one line."""
    values: dict[str, Any] = {name: getattr(header, name) for name in _NAMES}
    values |= {name: values[name].hex() for name in _HASHES}
    values["kind"] = header.kind.value
    values["tables"] = [
        {"name": table.name, "rows": table.rows, "sha256": table.sha256} for table in header.tables
    ]
    if header.next_key is None:
        del values["next_key"]
    return canonical({**header.extra, **values}).encode() + b"\n"


def parse_header(
    data: bytes, *, known: int = FORMAT, steps: Mapping[int, Step] = UPGRADES
) -> Header:
    """The header of a parcel that may have been written by an older or newer program.

    Raises `Refused` for a format that is too new or too old, `BadContent` for anything else that
    is not as FORMAT.md says. `known` and `steps` are this program's format and its upgrades.
    """
    try:
        values = strict_json.parse_object(data.removesuffix(b"\n"))
        written, oldest = _number(values, "format"), _number(values, "oldest_reader")
        _refuse_other_ages(written, oldest, known)
        if written < known:
            values = lift_header(values, written, known, steps)
        return _header(values, written, oldest)
    except (ValueError, KeyError, TypeError) as error:
        raise BadContent("包头") from error


def meant_for(header: Header, office: str) -> None:
    """Refuse a parcel whose signed header names another recipient than the office `office`.

    It opened with our key all the same: somebody sealed it anew for us.
    """
    if header.recipient != office:
        raise Refused(
            f"这个文件是发给 {header.recipient} 的，不是发给本机构（{office}）的",
            "请不要使用，并请告诉发送方核对收件单位。",
        )


def _refuse_other_ages(written: int, oldest: int, known: int) -> None:
    if oldest > written or written < 1:
        raise ValueError("a reader older than the format")
    if oldest > known:
        raise Refused(
            f"这个文件由更新版本的程序生成（格式 {written}，本机只认识到格式 {known}）",
            "请用 U 盘从上级或升级过的电脑拷来新版安装包，升级本机程序后再导入；文件请先留着。",
        )
    if written < known - UNDERSTOOD_BACK:
        raise Refused(
            f"这个文件由太旧的程序生成（格式 {written}），本机已不再认识",
            "请先用 U 盘给发送方的电脑升级程序，再请对方重新生成。",
        )


def _header(values: dict[str, Any], written: int, oldest: int) -> Header:
    taken: dict[str, Any] = {"format": written, "oldest_reader": oldest}
    taken["kind"] = ParcelKind(values["kind"])
    taken |= {name: _code(values[name]) for name in ("sender", "recipient")}
    taken |= {name: _text(values[name], longest) for name, longest in _TEXTS.items()}
    taken |= {name: _number(values, name) for name in _NUMBERS}
    taken |= {name: bytes.fromhex(_hash(values[name])) for name in _HASHES}
    taken["tables"] = _tables(values["tables"])
    taken["next_key"] = _hash(values["next_key"]) if "next_key" in values else None
    known = set(_NAMES)
    taken["extra"] = {name: value for name, value in values.items() if name not in known}
    header = Header(**taken)
    _check_numbers(header)
    return header


def _check_numbers(header: Header) -> None:
    if not (header.first >= 1 and header.last >= header.first - 1):
        raise ValueError("change numbers")
    if header.last < header.first and header.hash_before != header.hash_after:
        raise ValueError("no changes, and yet another hash")
    if not 1 <= header.part <= header.parts:
        raise ValueError("parts")


def _tables(value: Plain) -> tuple[TableFacts, ...]:
    if type(value) is not list:
        raise TypeError("tables")
    tables = tuple(
        TableFacts(_matching(_TABLE, item["name"]), _number(item, "rows"), _hash(item["sha256"]))
        for item in value
    )
    if any(table.rows < 0 for table in tables):
        raise ValueError("rows")
    if len({table.name for table in tables}) != len(tables):
        raise ValueError("a table is named twice")
    return tables


def _number(values: Mapping[str, Any], name: str) -> int:
    value = values[name]
    if type(value) is not int:
        raise TypeError(name)
    return value


def _text(value: Plain, longest: int) -> str:
    if type(value) is not str or len(value) > longest or not value.isprintable():
        raise ValueError("a text")
    return value


def _code(value: Plain) -> str:
    return _matching(_CODE, value)


def _hash(value: Plain) -> str:
    return _matching(_HEX, value)


def _matching(pattern: re.Pattern[str], value: Plain) -> str:
    if type(value) is not str or not pattern.fullmatch(value):
        raise ValueError("not spelled as it must be")
    return value
