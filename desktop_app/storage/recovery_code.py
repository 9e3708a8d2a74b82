"""The recovery code as people read, copy and type it: groups that each check themselves.

Pure text ↔ bytes; what the code opens is `keys`' business. The letters are Crockford's base 32
(crockford.com/base32.html): no I, L, O or U, and what looks alike is read alike.
"""

from __future__ import annotations

import re
import unicodedata

from desktop_app.core.errors import UserError

GROUPS = 7
_DATA_LETTERS = 4
_GROUP_LENGTH = _DATA_LETTERS + 1
_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LOOK_ALIKE = str.maketrans({"O": "0", "I": "1", "L": "1"})

# 7 groups of 4 letters of 5 bits: 140 bits, of which the guesser knows none.
_BITS = GROUPS * _DATA_LETTERS * 5
SECRET_BYTES = 17
_KNOWN_ZERO_BITS = _BITS - SECRET_BYTES * 8

_DASHES = re.compile(r"[\s\-‐‑‒–—―−_.,·、，。]+")

_NEXT_STEP = "请对照纸上的恢复码改正后再试；数据没有丢，没有改动任何内容。"


def show(secret: bytes) -> str:
    """`SECRET_BYTES` random bytes as the code for paper: `XXXXX-XXXXX-…`, seven groups."""
    if len(secret) != SECRET_BYTES:
        raise ValueError(f"a recovery code shows {SECRET_BYTES} bytes")
    number = int.from_bytes(secret) << _KNOWN_ZERO_BITS
    digits = [number >> shift & 31 for shift in range(_BITS - 5, -1, -5)]
    groups = []
    for position in range(GROUPS):
        data = digits[position * _DATA_LETTERS : (position + 1) * _DATA_LETTERS]
        groups.append("".join(_LETTERS[digit] for digit in [*data, _check(position, data)]))
    return "-".join(groups)


def read(typed: str) -> bytes:
    """The bytes behind a typed code; case, blanks, dashes and full-width letters do not matter.

    Raises `UserError` naming the groups that cannot be right.
    """
    groups = _split(unicodedata.normalize("NFKC", typed).upper())
    bad = [
        position for position, group in enumerate(groups) if not _group_is_right(position, group)
    ]
    if bad:
        named = "、".join(f"第 {position + 1} 组" for position in bad)
        raise _wrong(f"恢复码{named}有误。")
    number = 0
    for group in groups:
        for letter in group[:_DATA_LETTERS]:
            number = number << 5 | _LETTERS.index(letter)
    if number & (1 << _KNOWN_ZERO_BITS) - 1:
        raise _wrong(f"恢复码第 {GROUPS} 组有误。")
    return (number >> _KNOWN_ZERO_BITS).to_bytes(SECRET_BYTES)


def _split(typed: str) -> list[str]:
    """Seven groups: as separated by the typist when that works out, else by counting letters."""
    parts = [part.translate(_LOOK_ALIKE) for part in _DASHES.split(typed) if part]
    if len(parts) == GROUPS:
        return parts
    letters = "".join(parts)
    expected = GROUPS * _GROUP_LENGTH
    if len(letters) != expected:
        raise _wrong(
            f"恢复码应有 {GROUPS} 组、每组 {_GROUP_LENGTH} 个字符，共 {expected} 个；"
            f"您输入了 {len(letters)} 个。"
        )
    return [letters[start : start + _GROUP_LENGTH] for start in range(0, expected, _GROUP_LENGTH)]


def _group_is_right(position: int, group: str) -> bool:
    if len(group) != _GROUP_LENGTH or not set(group) <= set(_LETTERS):
        return False
    *data, check = (_LETTERS.index(letter) for letter in group)
    return _check(position, data) == check


def _check(position: int, digits: list[int]) -> int:
    """A Reed-Solomon check letter over GF(32), x⁵ + x² + 1.

    It finds every single wrong letter, every two exchanged ones, and, by starting from the
    position, every group that stands in another one's place.
    """
    remainder = position + 1
    for digit in digits:
        remainder = _times_x(remainder) ^ digit
    return _times_x(remainder)


def _times_x(element: int) -> int:
    doubled = element << 1
    return doubled ^ 0b100101 if doubled & 32 else doubled


def _wrong(sentence: str) -> UserError:
    return UserError(sentence, _NEXT_STEP, field="recovery_code")
