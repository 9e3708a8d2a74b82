"""Which face draws which character, and how wide it is.

A document names a `Role` (GB/T 9704-2012: body 仿宋, title 小标宋, headings 黑体 and 楷体), never
a font. What the face of a role lacks is drawn by another that has it, character by character: no
name may be lost. What no face has is drawn as 〓 and told by `missing` before anything is printed.
"""

from __future__ import annotations

import threading
import unicodedata
from collections.abc import Iterator, Mapping
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import NamedTuple

from desktop_app.core.errors import UserError
from desktop_app.core.resources import resource_path
from desktop_app.printing import repairs
from desktop_app.printing.faces import CHINESE, Face, read_face
from desktop_app.printing.half_signs import HALF, WHOLE
from desktop_app.printing.private_use import STANDARD_FORM

UNKNOWN = "〓"
"""Stands where a character cannot be drawn, as printers set it when a type was missing."""


class Role(StrEnum):
    """What a text is on the page."""

    SONG = "song"  # 宋体: tables, notes, page numbers
    TITLE = "title"  # 小标宋: the title of a document
    HEI = "hei"  # 黑体: headings of the first level, table headers
    KAI = "kai"  # 楷体: headings of the second level
    FANG = "fang"  # 仿宋: the body of a document


class Run(NamedTuple):
    """A stretch of text that one face draws."""

    font_name: str
    text: str


class Glyph(NamedTuple):
    """What is drawn for one character; `text` is empty for what takes no place (controls)."""

    font_name: str
    text: str
    width: float  # parts of the em
    half: str = ""  # its form in half the width, where the face has one


_FILES = {
    Role.SONG: ("print", "Song.ttf"),
    Role.TITLE: ("print", "Title.ttf"),
    Role.HEI: ("NotoSansSC-Bold.ttf",),
    Role.KAI: ("print", "Kai.ttf"),
    Role.FANG: ("print", "Fang.ttf"),
}
_SANS = ("NotoSansSC-Regular.ttf",)
_RARE = ("print", "Rare.ttf")
_RARE_HAS = "㐀龍"

# Asked in this order when the face of the role has not the character.
_FALLBACKS = {
    Role.SONG: (_FILES[Role.SONG], _RARE, _SANS),
    Role.TITLE: (_FILES[Role.SONG], _RARE, _SANS),
    Role.HEI: (_SANS, _FILES[Role.SONG], _RARE),
    Role.KAI: (_FILES[Role.SONG], _RARE, _SANS),
    Role.FANG: (_FILES[Role.SONG], _RARE, _SANS),
}


class FontBook:
    """The faces of one office. Reading a face takes time, so there is one book per process.

    `overrides` are the office's own files (仿宋_GB2312, 方正小标宋 …) by role. One that cannot be
    used is left out, and `refused` says why; the built-in face draws instead. Threads may share it.
    """

    def __init__(self, overrides: Mapping[Role, Path] | None = None) -> None:
        repairs.apply()
        self.refused: dict[Role, UserError] = {}
        self._own: dict[Role, Face] = {}
        # Before the office's own: of two faces named alike, ours always keeps its plain name.
        repairs.begin_pages_in(_built_in(_FILES[Role.SONG]).font_name)
        for role, path in sorted((overrides or {}).items()):
            try:
                self._own[role] = read_face(path)
            except UserError as error:
                self.refused[role] = error
        self.glyphs: Mapping[Role, _Glyphs] = {role: _Glyphs(self, role) for role in Role}

    def runs(self, text: str, role: Role) -> tuple[Run, ...]:
        """The text cut where the face changes; controls and joiners are left out."""
        glyphs = self.glyphs[role]
        found: list[Run] = []
        font_name, part = "", ""
        for character in text:
            glyph = glyphs[character]
            if glyph.font_name != font_name and glyph.text:
                if part:
                    found.append(Run(font_name, part))
                font_name, part = glyph.font_name, ""
            part += glyph.text
        if part:
            found.append(Run(font_name, part))
        return tuple(found)

    def width(self, text: str, role: Role, size: float) -> float:
        """How wide the text is in one line, in points, set in `size` points."""
        glyphs = self.glyphs[role]
        return sum(glyphs[character].width for character in text) * size

    def missing(self, text: str) -> frozenset[str]:
        """The characters that no face can draw. Controls are no characters."""
        glyphs = self.glyphs[Role.SONG]
        return frozenset(
            character
            for character in set(text)
            if character != UNKNOWN and glyphs[character].text == UNKNOWN
        )

    def faces(self, role: Role) -> Iterator[Face]:
        """The faces that may draw this role, the best first; the last ones are read when asked."""
        if role in self._own:
            yield self._own[role]
        yield _built_in(_FILES[role])
        if Role.SONG in self._own:
            yield self._own[Role.SONG]
        for file in _FALLBACKS[role]:
            yield _built_in(file)
        # An office's face may have what no face of ours has.
        yield from self._own.values()


class _Glyphs(dict[str, Glyph]):
    """Character → glyph for one role; filled as characters turn up."""

    def __init__(self, book: FontBook, role: Role) -> None:
        super().__init__()
        self._book, self._role = book, role

    def __missing__(self, character: str) -> Glyph:
        glyph = self[character] = self._find(character)
        return glyph

    def _find(self, character: str) -> Glyph:
        wanted = STANDARD_FORM.get(character, character)
        if _takes_no_place(wanted):
            return Glyph("", "", 0.0)
        if unicodedata.category(wanted) in {"Cc", "Zs", "Zl", "Zp"} and wanted != "\u3000":
            wanted = " "
        for sign in (wanted, UNKNOWN):
            for face in self._book.faces(self._role):
                if sign in face and ord(sign) not in WHOLE:
                    return Glyph(face.font_name, sign, face.width(sign), _half(sign, face))
        raise AssertionError("Song has 〓")


def _half(sign: str, face: Face) -> str:
    half = HALF.get(sign, "")
    # An office's face may have anything at a private code point.
    return half if half and face.is_ours and half in face else ""


def _takes_no_place(character: str) -> bool:
    """Controls, joiners, direction marks, variation selectors: nothing to draw, nothing lost."""
    if unicodedata.category(character) in {"Cc", "Cf"}:
        return character not in "\t\n\r\v\f\x85"
    point = ord(character)
    return 0xFE00 <= point < 0xFE10 or 0xE0100 <= point < 0xE01F0


@cache
def _built_in(file: tuple[str, ...]) -> Face:
    face = read_face(resource_path("fonts", *file), _RARE_HAS if file == _RARE else CHINESE)
    face.is_ours = True
    return face


_MAKING = threading.Lock()
_books: dict[tuple[tuple[Role, Path], ...], FontBook] = {}


def fonts(overrides: Mapping[Role, Path] | None = None) -> FontBook:
    """The book of this process; with the office's own files, the one that holds them."""
    key = tuple(sorted((overrides or {}).items()))
    with _MAKING:
        if key not in _books:
            _books[key] = FontBook(overrides)
        return _books[key]


def check_face(path: Path) -> None:
    """For the settings: raises `UserError` when the file cannot be used for printing."""
    repairs.apply()
    read_face(path)
