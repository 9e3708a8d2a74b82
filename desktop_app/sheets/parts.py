"""Looks over the parts of an .xlsx before calamine does: how large they are, how far cells lie.

calamine trusts the directory of the ZIP file and the addresses of the cells. Here every part is
inflated once, never further than allowed, and of each sheet the address of its last cell is told.
In passing it is noted which cells hold errors (#REF!), which calamine gives as empty ones.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field

from desktop_app.sheets import faults

MOST_MEGABYTES = 300
_MOST_BYTES = MOST_MEGABYTES << 20
_MOST_PARTS = 5_000
_CHUNK = 1 << 20
_LOCAL_HEADER = 30
_LONGEST_CELL_OF_BYTES = 8 << 20
_DATA_LATER_LETTERS = 26

_WIDE_CELL = re.compile(rb'<c r="([A-Z]{2,})[0-9]+"(?:[^>/]|/(?!>))*>')
_CELL = re.compile(rb"<(?:\w+:)?c[\s>]")
_ANY_CELL = re.compile(rb"<(?:\w+:)?(?:(row)|c)(?=[\s/>])((?:[^>\"']|\"[^\"]*\"|'[^']*')*?)(/?)>")
_ADDRESS = re.compile(rb"""(?:^|\s)r\s*=\s*["']([A-Z]*)([0-9]*)["']""")
_ERROR_CELL = re.compile(
    rb'<(?:\w+:)?c\s[^>]*?\br="([A-Z]+)([0-9]+)"[^>]*>(?:(?!</(?:\w+:)?c>).)*?'
    rb"<(?:\w+:)?v>(#[^<]{1,20})</",
    re.DOTALL,
)


@dataclass
class Checked:
    """What was found: whether there are macros, and the errors of each sheet, in order."""

    macros: bool = False
    errors: list[dict[tuple[int, int], str]] = field(default_factory=list)


@dataclass
class _Part:
    rows: int = 0
    columns: int = 0
    errors: dict[tuple[int, int], str] = field(default_factory=dict)


def check(raw: bytes, most_cells: int, most_columns: int) -> Checked:
    """Refuses an .xlsx that would do harm; raises `UserError`."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError):
        raise faults.damaged() from None
    if len(entries) > _MOST_PARTS or sum(one.file_size for one in entries) > _MOST_BYTES:
        raise faults.bomb(MOST_MEGABYTES)
    found: dict[str, _Part] = {}
    small: dict[str, bytes] = {}
    inflated = 0
    for entry in entries:
        if entry.flag_bits & 1:
            raise faults.password()
        name = entry.filename
        keep = name in ("xl/workbook.xml", "xl/_rels/workbook.xml.rels")
        part = _Part()
        tail = b""
        whole: list[bytes] = []
        for chunk in _inflated(raw, entry):
            inflated += len(chunk)
            if inflated > _MOST_BYTES:
                raise faults.bomb(MOST_MEGABYTES)
            if keep:
                whole.append(chunk)
            _refuse_big_count(tail + chunk, entry.file_size)
            tail = _looked_at(tail + chunk, part, last=False)
        _looked_at(tail, part, last=True)
        _refuse(part, most_cells, most_columns)
        found[name] = part
        if keep:
            small[name] = b"".join(whole)
    macros = any(one.filename.lower().endswith("vbaproject.bin") for one in entries)
    return Checked(macros, _errors_in_order(found, small))


_BIG_COUNT = re.compile(rb"""<[\w:]+\s[^<>]{0,2000}?[cC]ount\s*=\s*["'](\d{7,})""")


def _refuse_big_count(text: bytes, size: int) -> None:
    """calamine reserves room for as many texts as a list says it has, however few they are."""
    for found in _BIG_COUNT.finditer(text) if b"ount" in text else ():
        if int(found[1][:20]) > size:
            raise faults.damaged()


def _refuse(part: _Part, most_cells: int, most_columns: int) -> None:
    if part.columns > most_columns:
        raise faults.too_many_columns(most_columns)
    if part.rows * part.columns > most_cells:
        raise faults.too_far_apart()


def _inflated(raw: bytes, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    """The content of a part in pieces; more than the directory says is refused as it comes."""
    start = entry.header_offset
    header = raw[start : start + _LOCAL_HEADER]
    if len(header) < _LOCAL_HEADER or header[:4] != b"PK\x03\x04":
        raise faults.damaged()
    name_length = int.from_bytes(header[26:28], "little")
    extra_length = int.from_bytes(header[28:30], "little")
    at = start + _LOCAL_HEADER + name_length + extra_length
    packed = memoryview(raw)[at : at + entry.compress_size]
    if len(packed) < entry.compress_size:
        raise faults.damaged()
    pieces = _stored(packed) if entry.compress_type == zipfile.ZIP_STORED else _deflated(packed)
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise faults.damaged()
    size, crc = 0, 0
    for piece in pieces:
        size += len(piece)
        if size > entry.file_size:
            raise faults.damaged()
        crc = zlib.crc32(piece, crc)
        yield piece
    if size != entry.file_size or crc != entry.CRC:
        raise faults.damaged()


def _stored(packed: memoryview) -> Iterator[bytes]:
    for at in range(0, len(packed), _CHUNK):
        yield bytes(packed[at : at + _CHUNK])


def _deflated(packed: memoryview) -> Iterator[bytes]:
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    left: bytes | memoryview = packed
    try:
        while not inflater.eof:
            piece = inflater.decompress(left, _CHUNK)
            left = inflater.unconsumed_tail
            if not piece:
                break
            yield piece
    except zlib.error:
        raise faults.damaged() from None
    if not inflater.eof:
        raise faults.damaged()


def _looked_at(text: bytes, part: _Part, *, last: bool) -> bytes:
    """Notes the cells of a piece; the answer is what belongs to the next piece."""
    end = len(text) if last else _last_start(text)
    if end <= 0 and not last:
        if _CELL.match(text) and len(text) < _LONGEST_CELL_OF_BYTES:
            return text
        end = max(text.rfind(b"<"), 0)
        if _CELL.match(text):
            _measure_any(text[:end], part)
            return text[end:]
    piece = text[:end]
    cells = piece.count(b"<c ")
    if cells or b":c " in piece or b"<c>" in piece:
        _measure(piece, part, cells)
    return text[end:]


def _last_start(text: bytes) -> int:
    """Where the last cell or row of a piece begins; -1 for none."""
    prefixed = text.rfind(b":c ")
    if prefixed >= 0:
        prefixed = text.rfind(b"<", 0, prefixed)
    return max(text.rfind(b"<c "), text.rfind(b"<c>"), text.rfind(b"<row"), prefixed)


def _measure(piece: bytes, part: _Part, cells: int) -> None:
    plain = cells == piece.count(b'<c r="') and b"<c>" not in piece and b":c " not in piece
    if plain and b"<![CDATA[" not in piece:
        _measure_plain(piece, part)
    else:
        _measure_any(piece, part)
    if b't="e"' in piece:
        for one in _ERROR_CELL.finditer(piece):
            if b't="e"' in one[0]:
                place = (int(one[2]) - 1, _column(one[1]) - 1)
                part.errors[place] = one[3].decode("ascii", "replace")


def _measure_plain(piece: bytes, part: _Part) -> None:
    """Every cell tells its address first, as all known programs write it."""
    closed = piece.rfind(b"</c>")
    if closed >= 0:
        opened = piece.rfind(b'<c r="', 0, closed)
        found = _ADDRESS.search(piece[opened + 2 : opened + 40]) if opened >= 0 else None
        if found is not None and found[2]:
            part.rows = max(part.rows, int(found[2]))
        part.columns = max(part.columns, _DATA_LATER_LETTERS)
    for one in _WIDE_CELL.finditer(piece):
        part.columns = max(part.columns, _column(one[1]))


def _measure_any(piece: bytes, part: _Part) -> None:
    """Cells as the standard allows them: with a prefix, the address anywhere or left out."""
    row, column = part.rows, part.columns
    for one in _ANY_CELL.finditer(piece):
        address = _ADDRESS.search(one[2])
        if one[1]:
            row = int(address[2]) if address and address[2] else row + 1
            column = 0
            continue
        column = _column(address[1]) if address and address[1] else column + 1
        if address and address[2]:
            row = int(address[2])
        if not one[3]:
            part.rows, part.columns = max(part.rows, row), max(part.columns, column)


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters[:4]:
        number = number * 26 + letter - 64
    return number


_SHEET = re.compile(rb"<(?:\w+:)?sheet\s([^>]*)>")
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\s([^>]*)>")
_ID = re.compile(rb"""(?:\w+:)?[iI]d\s*=\s*["']([^"']*)["']""")
_RELATION_ID = re.compile(rb"""\w+:id\s*=\s*["']([^"']*)["']""")
_TARGET = re.compile(rb"""Target\s*=\s*["']([^"']*)["']""")


def _errors_in_order(
    found: dict[str, _Part], small: dict[str, bytes]
) -> list[dict[tuple[int, int], str]]:
    """The errors of each sheet, in the order in which the book names its sheets."""
    if not any(part.errors for part in found.values()):
        return []
    targets: dict[bytes, str] = {}
    for relation in _RELATION.finditer(small.get("xl/_rels/workbook.xml.rels", b"")):
        name, target = _ID.search(relation[1]), _TARGET.search(relation[1])
        if name and target:
            path = target[1].decode("utf-8", "replace")
            targets[name[1]] = path.lstrip("/") if path.startswith("/") else f"xl/{path}"
    answer = []
    for sheet in _SHEET.finditer(small.get("xl/workbook.xml", b"")):
        name = _RELATION_ID.search(sheet[1])
        part = found.get(targets.get(name[1], "") if name else "")
        answer.append(part.errors if part else {})
    return answer
