"""Font files as the PDF writer takes them: TrueType outlines, read once per process.

`fonts.py` decides which face draws which character; here is only what one file holds.
"""

from __future__ import annotations

import hashlib
import struct
import threading
from collections.abc import Mapping
from pathlib import Path

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFError, TTFont

from desktop_app.core.errors import UserError

_READING = threading.Lock()
_read: dict[tuple[Path, int, int], Face] = {}
_face_names: dict[bytes, int] = {}

# What a broken file makes the reader stumble over, beside its own TTFError.
_BROKEN = (TTFError, OSError, ValueError, LookupError, struct.error, TypeError, OverflowError)
CHINESE = "的一是在人"
"""What no Chinese face lacks."""


class Face:
    """One font file, known to the PDF writer as `font_name`."""

    def __init__(self, font_name: str, font: TTFont) -> None:
        self.font_name = font_name
        self.font = font
        self.is_ours = False
        # By code point; widths in thousandths of the em.
        self._widths: Mapping[int, float] = font.face.charWidths
        self._glyphs: Mapping[int, int] = font.face.charToGlyph
        self._default: float = font.face.defaultWidth

    def __contains__(self, character: str) -> bool:
        return self._glyphs.get(ord(character), 0) != 0

    def width(self, character: str) -> float:
        """How far the character moves on, as a part of the em."""
        return self._widths.get(ord(character), self._default) / 1000


def read_face(path: Path, needed: str = CHINESE) -> Face:
    """The face of a file with the `needed` characters, from memory when it was read before.

    Raises `UserError` when it is no TrueType font that has them and may be embedded.
    """
    with _READING:
        try:
            facts = path.stat()
            key = (path, facts.st_size, facts.st_mtime_ns)
            if key not in _read:
                _read[key] = _read_new(path, needed)
        except _BROKEN as error:
            raise _unfit(path) from error
    return _read[key]


def _read_new(path: Path, needed: str) -> Face:
    digest = hashlib.sha256(str(path).encode("utf-8", "surrogatepass")).hexdigest()[:8]
    font_name = f"{path.stem}-{digest}"
    font = TTFont(font_name, str(path), shapable=False)
    font.face.get_table_pos("glyf")
    face = Face(font_name, font)
    if not all(character in face for character in needed):
        raise _unfit(path)
    # Two files may name their face alike, and the writer tells subsets apart by that name only.
    times = _face_names.get(font.face.name, 0)
    _face_names[font.face.name] = times + 1
    if times:
        font.face.subfontNameX = f"-{times + 1}".encode()
    # `registerFont` would take a second face of the same name for the first one.
    pdfmetrics._fonts[font_name] = font
    pdfmetrics.registerFontFamily(font_name)
    return face


def _unfit(path: Path) -> UserError:
    return UserError(
        f"“{path.name}”不能用于打印：它不是带中文的 TrueType 字体，或者不允许嵌入文档。",
        "请换一个 .ttf 或 .ttc 字体文件；在此之前打印仍用程序自带的字体。",
    )
