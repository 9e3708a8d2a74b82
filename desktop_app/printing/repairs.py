"""What has to be put right in the PDF writer (reportlab 5.1) before anything is printed.

Each repair names what goes wrong without it; a test fails as soon as upstream no longer needs it.
"""

from __future__ import annotations

from collections.abc import Sequence

from reportlab import rl_config
from reportlab.pdfbase import ttfonts

from desktop_app.printing.half_signs import WHOLE

upstream_character_map = ttfonts.makeToUnicodeCMap
"""The writer's own table from glyph codes to characters, kept for the test that watches it."""

_MOST_IN_A_BLOCK = 100  # PDF 32000-1, 9.10.3: no more entries in one bfchar block


def character_map(font_name: str, subset: Sequence[int]) -> str:
    """The /ToUnicode table of a font subset, by which a reader copies and searches text.

    Upstream writes a code point above U+FFFF as five digits, which readers take for two characters:
    𬭎 prints right, but is copied as “Ⲵ”. The format wants UTF-16.
    """
    lines = [
        "/CIDInit /ProcSet findresource begin", "12 dict begin", "begincmap",
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
        f"/CMapName /{font_name} def", "/CMapType 2 def",
        "1 begincodespacerange", "<00> <FF>", "endcodespacerange",
    ]  # fmt: skip
    entries = [
        f"<{code:02X}> <{chr(WHOLE.get(point, point)).encode('utf-16-be').hex().upper()}>"
        for code, point in enumerate(subset)
        if point
    ]
    for start in range(0, len(entries), _MOST_IN_A_BLOCK):
        block = entries[start : start + _MOST_IN_A_BLOCK]
        lines += [f"{len(block)} beginbfchar", *block, "endbfchar"]
    lines += ["endcmap", "CMapName currentdict /CMap defineresource pop", "end", "end"]
    return "\n".join(lines)


def apply() -> None:
    """Put the repairs in place. Does no harm when done again."""
    ttfonts.makeToUnicodeCMap = character_map
    # Streams as printable text are a quarter larger, photos too.
    rl_config.useA85 = 0
    # Otherwise each face carries all of ASCII, whether the document has a Latin letter or not.
    rl_config.ttfAsciiReadable = 0


def begin_pages_in(font_name: str) -> None:
    """New pages start in this font: else each lists Helvetica, which is not embedded."""
    rl_config.canvas_basefontname = font_name
