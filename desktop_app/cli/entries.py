"""The objects of a file: one JSON object, an array of them, or one object a line (NDJSON)."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any, NoReturn

from desktop_app.cli.world import World
from desktop_app.core.codec import Plain
from desktop_app.core.errors import EnvironmentFault, UserError
from desktop_app.core.ledger_spec import RecordProblem, WrongRecords

LARGEST = 200_000_000
"""Bytes: far more than ten thousand records, far less than a computer's memory."""

STANDARD_INPUT = "-"
_PIECE = 1 << 20


def read_entries(world: World, name: str) -> list[Plain]:
    """Every object of a file; raises `WrongRecords` that names the lines which are no JSON."""
    text = _text(world, name)
    if not text.strip():
        raise UserError("文件是空的，没有做任何改动。", "请写入 JSON 对象后再试。", field="file")
    try:
        whole = _parsed(text)
    except ValueError as error:
        return _lines(text, error)
    return whole if isinstance(whole, list) else [whole]


def read_entry(world: World, name: str) -> Plain:
    """The one object of a file."""
    entries = read_entries(world, name)
    if len(entries) != 1 or not isinstance(entries[0], dict):
        raise UserError(
            "这里要正好一个 JSON 对象，没有做任何改动。",
            "请写成 {“字段”: 值} 的样子。",
            field="file",
        )
    return entries[0]


def read_bytes(world: World, name: str, most: int = LARGEST) -> bytes:
    """A whole file, or standard input for `-`; of what is too long a bit more than `most`."""
    try:
        if name == STANDARD_INPUT:
            raw = _all_of(world.source, most)
        else:
            with Path(name).expanduser().open("rb") as stream:
                raw = _all_of(stream, most)
    except FileNotFoundError as error:
        raise UserError(
            "找不到要读的文件，没有做任何改动。", "请检查文件名和所在的文件夹。", field="file"
        ) from error
    except (IsADirectoryError, ValueError) as error:
        raise UserError(
            "要读的不是一个文件，没有做任何改动。", "请检查文件名。", field="file"
        ) from error
    except OSError as error:
        raise EnvironmentFault(
            "文件读不出来，没有做任何改动。", "请检查权限，或把文件复制到本机再试。"
        ) from error
    return raw


def _text(world: World, name: str) -> str:
    raw = read_bytes(world, name)
    if len(raw) > LARGEST:
        raise UserError(
            f"文件超过 {LARGEST // 1_000_000} MB，没有读，也没有做任何改动。",
            "请分成几个文件。",
            field="file",
        )
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UserError(
            "文件不是 UTF-8 编码，没有做任何改动。", "请另存为 UTF-8 后再试。", field="file"
        ) from error


def _all_of(stream: io.BufferedIOBase, most: int) -> bytes:
    """Everything, and of what is too much a little more than `most`.

    Piece by piece: one long read notices Ctrl+C only when it is lucky.
    """
    pieces: list[bytes] = []
    length = 0
    while length <= most and (piece := stream.read1(_PIECE)):
        pieces.append(piece)
        length += len(piece)
    return b"".join(pieces)


def _lines(text: str, whole: ValueError) -> list[Plain]:
    """One object a line. A text that starts like a single document keeps its own complaint."""
    entries: list[Plain] = []
    problems: list[RecordProblem] = []
    # Only real line ends: U+2028 may stand inside a text.
    lines = [line for line in text.replace("\r\n", "\n").split("\n") if line.strip()]
    for number, line in enumerate(lines, start=1):
        try:
            entries.append(_parsed(line))
        except ValueError as error:
            problems.append(RecordProblem(number, _not_json(error)))
    if problems and len(problems) == len(lines):
        raise _not_json(whole) from whole
    if problems:
        raise WrongRecords(problems, len(lines))
    return entries


def _not_json(error: ValueError) -> UserError:
    where = ""
    if isinstance(error, json.JSONDecodeError):
        where = f"（第 {error.lineno} 行第 {error.colno} 个字符附近）"
    elif isinstance(error, _Repeated):
        where = "（同一个字段写了两次）"
    return UserError(
        f"这不是正确的 JSON{where}，没有做任何改动。",
        "请检查引号、逗号和括号；每行一个对象，或用方括号括起来。",
        field="file",
    )


class _Repeated(ValueError):
    """An object holds one key twice, and JSON does not say which counts."""


def _parsed(text: str) -> Any:
    try:
        return json.loads(text, object_pairs_hook=_object, parse_constant=_no_number)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise _Repeated("a key twice")
    return found


def _no_number(_text: str) -> NoReturn:
    raise ValueError("NaN and Infinity are no JSON")
