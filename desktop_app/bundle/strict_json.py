"""JSON that has one meaning only, for text that somebody else wrote.

Refused: names given twice, NaN and infinities, numbers with a point or beyond 64 bits, bytes that
are no UTF-8, halves of characters, NUL, and nesting without end. Everything raises `ValueError`;
whoever reads a file turns that into a sentence that names the file.
"""

from __future__ import annotations

import json
from typing import Any, NoReturn

from desktop_app.core.codec import Plain

_MOST_DIGITS = 18
_MOST = 2**63
_DEEPEST = 32


def parse(data: bytes) -> Plain:
    """The value of one JSON text, with nothing before or behind it."""
    text = data.decode()
    try:
        value, end = _DECODER.raw_decode(text)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error
    if end != len(text):
        raise ValueError("something behind the value")
    # An escape may spell what must not be in a text; few lines have any.
    if b"\\" in data or data.count(b"[") + data.count(b"{") > _DEEPEST:
        _check(value, 0)
    return value


def parse_object(data: bytes) -> dict[str, Any]:
    """The same, when it must be an object."""
    value = parse(data)
    if type(value) is not dict:
        raise ValueError("not an object")
    return value


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value = dict(pairs)
    if len(value) != len(pairs):
        raise ValueError("a name is given twice")
    return value


def _integer(text: str) -> int:
    if len(text) <= _MOST_DIGITS:
        return int(text)
    if len(text) > _MOST_DIGITS + 2 or not -_MOST <= (value := int(text)) < _MOST:
        raise ValueError("a number beyond 64 bits")
    return value


def _no_such_number(text: str) -> NoReturn:
    raise ValueError("not a whole number")


_DECODER = json.JSONDecoder(
    object_pairs_hook=_object,
    parse_int=_integer,
    parse_float=_no_such_number,
    parse_constant=_no_such_number,
)


def _check(value: Plain, depth: int) -> None:
    if depth > _DEEPEST:
        raise ValueError("nested too deeply")
    if type(value) is str:
        value.encode()  # half a surrogate pair is a UnicodeEncodeError, which is a ValueError
        if "\0" in value:
            raise ValueError("NUL in a text")
    elif type(value) is list:
        for item in value:
            _check(item, depth + 1)
    elif type(value) is dict:
        for name, item in value.items():
            _check(name, depth + 1)
            _check(item, depth + 1)
