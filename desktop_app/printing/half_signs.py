"""Punctuation in half its width, for where two signs meet: “》《” shares one gap, not two.

Our printed faces carry such forms at private code points (build_scripts/make_print_fonts.py puts
them there); a reader copies the sign itself, because `repairs.character_map` says which it is.
Moving the next sign closer instead would make readers see a new line there.
"""

from __future__ import annotations

INK_LEFT = "，。、；：）》〉】』」〕〗｝］”’．"
"""Closing signs: their right half is white."""

INK_RIGHT = "（《〈【『「〔〖｛［“‘"
"""Opening signs: their left half is white."""

_FIRST = 0xF700

HALF: dict[str, str] = {sign: chr(point) for point, sign in enumerate(INK_LEFT + INK_RIGHT, _FIRST)}
"""Sign → the private character that is its half form."""

WHOLE: dict[int, int] = {ord(half): ord(sign) for sign, half in HALF.items()}
"""The private code point → that of the sign it stands for."""
