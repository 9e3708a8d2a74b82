"""Codes of places: what the state's table says of streets and communities, and ours below it. Pure.

统计用区划代码 has 12 digits, 2+2+2+3+3: province, city, county; street (001-099 街道, 100-199 镇,
200-399 乡, 400-599 the like); community (001-199 居委会, 200-399 村委会, 400-599 the like), its
end. Source: 国家统计局 统计用区划代码和城乡划分代码编制规则.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from desktop_app.core.errors import UserError
from desktop_app.core.text import half_width

CODE_LIMIT = 20
DIVISION_DIGITS = 12

_DIVISION = re.compile(r"([0-9]{2})[0-9]{4}([0-9]{3})([0-9]{3})?")
_OWN_CODE = re.compile(r"[0-9A-Z][0-9A-Z-]*")
_PROVINCES = frozenset(
    {*range(11, 16), *range(21, 24), *range(31, 38), *range(41, 47), *range(50, 55)}
    | {*range(61, 66), 71, 81, 82}
)
"""GB/T 2260, first two digits."""
_SERIALS = range(1, 600)
_OWN_DIGITS = 3


def plain_code(text: str) -> str:
    """A code in half-width capitals without spaces."""
    return half_width(text).strip().replace(" ", "").upper()


def street_code(code: str) -> str:
    """12 digits of a street; 9 digits get their three zeros. Raises `UserError`."""
    found = _DIVISION.fullmatch(code)
    if found is None or not _is_division(found[1], found[2]) or found[3] not in (None, "000"):
        raise UserError(
            "街道编码不是统计用区划代码：应为9位，或12位且末三位是000。",
            "请对照国家统计局公布的代码，不清楚可先留空。",
            field="code",
        )
    return code if found[3] else f"{code}000"


def community_code(code: str) -> str:
    """12 digits of a community. Raises `UserError`."""
    found = _DIVISION.fullmatch(code)
    if (
        found is None
        or not _is_division(found[1], found[2])
        or found[3] is None
        or int(found[3]) not in _SERIALS
    ):
        raise UserError(
            "社区编码不是统计用区划代码：应为12位，末三位是社区的序号。",
            "请对照国家统计局公布的代码，不清楚可先留空。",
            field="code",
        )
    return code


def own_code(code: str) -> str:
    """A code the station gave itself. Raises `UserError`."""
    if len(code) > CODE_LIMIT or not _OWN_CODE.fullmatch(code):
        raise UserError(
            f"编码只能用字母、数字和短横线，最多{CODE_LIMIT}位。",
            "请改正编码，或留空。",
            field="code",
        )
    return code


def next_code(above: str, used: Iterable[str]) -> str:
    """The next own code below a community: its 12 digits and three more, never used twice.

    `used` holds every code that ever was, deleted ones included. Raises `UserError` after 999.
    """
    length = len(above) + _OWN_DIGITS
    taken = [
        int(code[len(above) :])
        for code in used
        if len(code) == length and code.startswith(above) and code.isdecimal()
    ]
    number = max(taken, default=0) + 1
    if number >= 10**_OWN_DIGITS:
        raise UserError("这个社区下的编码已经用完。", "请自己填写一个编码，或留空。", field="code")
    return f"{above}{number:03d}"


def _is_division(province: str, street: str) -> bool:
    return int(province) in _PROVINCES and int(street) in _SERIALS
