"""Looks over an .xls before calamine does: its password, its errors, whether cells lie too far.

calamine says neither: what it cannot decrypt is damaged to it, and #REF! an empty cell.
Only as much of [MS-CFB] and [MS-XLS] is known here as that needs.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from desktop_app.sheets import faults

_END = 0xFFFFFFFA
"""Sector numbers from here on are no sectors."""
_HEADER = 512
_ENTRY = 128
_SMALL = 4096

_BOF, _EOF, _FORMULA, _BOOL_OR_ERROR = 0x0809, 0x000A, 0x0006, 0x0205
_FILE_PASS, _SHEET, _STRINGS, _EXTENT = 0x002F, 0x0085, 0x00FC, 0x0200
_ERRORS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
}
_PERHAPS_AN_ERROR = re.compile(
    rb"\x05\x02\x08\x00.{7}\x01|\x06\x00..(?:.{6})\x02.[\x00\x07\x0f\x17\x1d\x24\x2a].{3}\xff\xff",
    re.DOTALL,
)

_PERHAPS_FAR = re.compile(
    rb"(?:\xfd\x00\x0a\x00|\x7e\x02\x0a\x00|\x03\x02\x0e\x00|\x05\x02\x08\x00|"
    rb"[\x06\xbd\xd6]\x00.[\x00-\x20]|\x04\x02.[\x00-\x20])...[\x01-\xff]",
    re.DOTALL,
)
"""What may be a record of a cell right of the 256th column, where the format ends."""
_CELLS = {_FORMULA, _BOOL_OR_ERROR, 0x00BD, 0x00D6, 0x00FD, 0x0203, 0x0204, 0x027E}
_MOST_COLUMNS = 256
_MOST_ROWS = 65_536
_LONG_EXTENT = 12

Errors = dict[tuple[int, int], str]


@dataclass
class Checked:
    """Whether a password is needed, and the errors of each sheet in the book's order."""

    locked: bool = False
    errors: list[Errors] = field(default_factory=list)


def check(raw: bytes) -> Checked:
    """What can be told of an .xls; raises `UserError` when its container is damaged."""
    try:
        stream = _Container(raw).stream(("Workbook", "Book"))
        return _looked_over(stream)
    except (struct.error, IndexError, ValueError):
        raise faults.damaged() from None


class _Container:
    """A file of streams, as old Office programs write it."""

    def __init__(self, raw: bytes) -> None:
        self._raw = raw
        self._size = 1 << struct.unpack_from("<H", raw, 30)[0]
        if self._size not in (512, 4096):
            raise ValueError("no such sectors")
        self._next = self._table()
        first_directory = struct.unpack_from("<I", raw, 48)[0]
        directory = b"".join(self._sectors(first_directory))
        self._entries = [
            directory[at : at + _ENTRY] for at in range(0, len(directory) - _ENTRY + 1, _ENTRY)
        ]

    def stream(self, names: tuple[str, ...]) -> bytes:
        """The first stream of one of those names."""
        for name in names:
            for entry in self._entries:
                length = struct.unpack_from("<H", entry, 64)[0]
                if entry[: max(length - 2, 0)].decode("utf-16-le", "replace") == name:
                    return self._content(entry)
        raise ValueError("no such stream")

    def _content(self, entry: bytes) -> bytes:
        start, size = struct.unpack_from("<II", entry, 116)
        if size >= _SMALL:
            return b"".join(self._sectors(start))[:size]
        mini_start = struct.unpack_from("<I", self._entries[0], 116)[0]
        mini = b"".join(self._sectors(mini_start))
        first_table = struct.unpack_from("<I", self._raw, 60)[0]
        table = _numbers(b"".join(self._sectors(first_table)))
        return b"".join(mini[at * 64 : at * 64 + 64] for at in _chain(start, table))[:size]

    def _sector(self, number: int) -> bytes:
        start = (number + 1) * self._size
        return self._raw[start : start + self._size]

    def _sectors(self, first: int) -> Iterator[bytes]:
        return map(self._sector, _chain(first, self._next))

    def _table(self) -> list[int]:
        """Which sector follows which."""
        places = _numbers(self._raw[76:_HEADER])
        more = struct.unpack_from("<I", self._raw, 68)[0]
        seen = 0
        while more < _END and seen < len(self._raw) // self._size:
            numbers = _numbers(self._sector(more))
            places += numbers[:-1]
            more = numbers[-1]
            seen += 1
        return _numbers(b"".join(self._sector(place) for place in places if place < _END))


def _numbers(raw: bytes) -> list[int]:
    return list(struct.unpack(f"<{len(raw) // 4}I", raw[: len(raw) // 4 * 4]))


def _chain(first: int, following: list[int]) -> Iterator[int]:
    number, left = first, len(following)
    while number < _END:
        if not left:
            raise ValueError("the sectors go in a circle")
        yield number
        number = following[number]
        left -= 1


def _looked_over(stream: bytes) -> Checked:
    checked = Checked()
    starts: list[int] = []
    for kind, at, _length in _records(stream, 0):
        if kind == _FILE_PASS:
            return Checked(locked=True)
        if kind == _SHEET:
            starts.append(struct.unpack_from("<I", stream, at)[0])
        if kind == _STRINGS and struct.unpack_from("<I", stream, at + 4)[0] > len(stream):
            raise ValueError("more texts than there is room for")
    # calamine takes what is said of an extent at its word and reserves room for all its cells.
    for start in starts:
        _refuse_bad_extent(stream, start)
    if _PERHAPS_FAR.search(stream):
        for start in starts:
            _refuse_far_cells(stream, start)
    if _PERHAPS_AN_ERROR.search(stream):
        checked.errors = [_errors(stream, start) for start in starts]
    return checked


def _records(stream: bytes, start: int) -> Iterator[tuple[int, int, int]]:
    """The records of one part of the book: kind, place of the content, length."""
    at, depth = start, 0
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        depth += (kind == _BOF) - (kind == _EOF)
        yield kind, at + 4, length
        if depth <= 0:
            return
        at += 4 + length


def _refuse_bad_extent(stream: bytes, start: int) -> None:
    for kind, at, length in _records(stream, start):
        if kind != _EXTENT:
            continue
        form = "<IIHH" if length >= _LONG_EXTENT else "<HHHH"
        top, bottom, left, right = struct.unpack_from(form, stream, at)
        if not (top <= bottom <= _MOST_ROWS and left <= right <= _MOST_COLUMNS):
            raise ValueError("no such extent")
        return


def _refuse_far_cells(stream: bytes, start: int) -> None:
    for kind, at, _length in _records(stream, start):
        if kind in _CELLS and struct.unpack_from("<H", stream, at + 2)[0] >= _MOST_COLUMNS:
            raise faults.damaged()


def _errors(stream: bytes, start: int) -> Errors:
    found: Errors = {}
    for kind, at, _length in _records(stream, start):
        if kind == _BOOL_OR_ERROR:
            row, column, _style, value, is_error = struct.unpack_from("<HHHBB", stream, at)
            if is_error:
                found[row, column] = _ERRORS.get(value, "#N/A")
        elif kind == _FORMULA and stream[at + 6] == 2 and stream[at + 12 : at + 14] == b"\xff\xff":
            row, column = struct.unpack_from("<HH", stream, at)
            found[row, column] = _ERRORS.get(stream[at + 8], "#N/A")
    return found
