"""Hides enough of a name, number or address that a passer-by learns nothing (domain.md 4g).

Masks are for showing and for printing; what is stored is whole. A mask never fails: text that is
in no known form is hidden more, not less. Whether somebody may see the whole is decided elsewhere.
"""

from __future__ import annotations

import re

from desktop_app.core.text import HAN, MIDDLE_DOT, half_width

_STAR = "*"
_MASKED_NAME = re.compile(rf"[^*]?[*{MIDDLE_DOT}]*\*[*{MIDDLE_DOT}]*[^*]?")
_MASKED_NUMBER = re.compile(r"[0-9+]{0,4}-?\*{3,}[0-9]{0,4}(-\*+)?")
_HAN = re.compile(f"[{HAN}]")
_MOBILE = re.compile(r"1[3-9][0-9]{9}")
_LANDLINE = re.compile(r"(0[0-9]{2,3}-)?([0-9]{7,8})(-[0-9]{1,6})?")
_OVERSEAS = re.compile(r"\+[0-9]{7,15}")

_COUNT = "[0-9A-Za-z一二三四五六七八九十百零〇甲乙丙丁戊东南西北]+"
_BUILDING = re.compile(rf"{_COUNT}(?:号楼|栋|幢|座|#楼?)")
_HOUSE_NUMBER = re.compile(rf"{_COUNT}(?:之{_COUNT})?号(?!楼|院)")
_DOOR = re.compile(r"[0-9A-Za-z]+(?=-[0-9])")
_INDOORS = re.compile(rf"{_COUNT}(?:单元|梯|楼|层|室|房|户)")


def mask_name(name: str) -> str:
    """张明 → 张*, 张小明 → 张*明, 阿迪力·买买提 → 阿**·**提, John Smith → J*** S***.

    Of a Han name the first character stays, from three characters on the last one too. Of a Latin
    name the initials stay; its length is not shown. What was masked before stays as it is; a star
    that somebody typed beside a name hides nothing of it.
    """
    if _MASKED_NAME.fullmatch(name):
        return name
    parts = name.split(MIDDLE_DOT)
    if not _HAN.search(name):
        words = (word for part in parts for word in part.split())
        return " ".join(f"{word[0]}***" for word in words)
    whole = "".join(parts)
    if len(whole) <= 1:
        return _STAR * len(whole)
    shown = {0} if len(whole) == 2 else {0, len(whole) - 1}
    hidden = "".join(
        character if place in shown else _STAR for place, character in enumerate(whole)
    )
    return MIDDLE_DOT.join(_cut_like(hidden, parts))


def mask_phone(number: str) -> str:
    """13800005678 → 138****5678, 0597-2212345 → 0597-***2345, +85261234567 → +852****4567.

    What was masked before stays as it is; a star typed into a number hides nothing of it.
    """
    if _MASKED_NUMBER.fullmatch(number):
        return number
    if _MOBILE.fullmatch(number) or _OVERSEAS.fullmatch(number):
        head = 3 if number[0] == "1" else 4
        return f"{number[: min(head, len(number) - 7)]}****{number[-4:]}"
    if landline := _LANDLINE.fullmatch(number):
        area, local, extension = landline.groups()
        hidden = _STAR * (len(local) - 4) + local[-4:]
        return f"{area or ''}{hidden}{'-***' if extension else ''}"
    return _last_only(number, 4)


def mask_id(number: str) -> str:
    """The last four characters only; at most half of a short number."""
    return _last_only(number, 4)


def mask_address(address: str) -> str:
    """An address down to the building: …青榕雅苑3栋2单元501室 → …青榕雅苑3栋***, 3-2-501 → 3***.

    Where no building is named a house number (石埕巷12号) counts as one. An address of neither kind
    is cut at its first digit.
    """
    plain = half_width(address)
    cut = _end_of_building(plain)
    if cut is None:
        indoors = _INDOORS.search(plain) or re.search("[0-9]", plain)
        cut = indoors.start() if indoors else len(plain)
    return plain if cut >= len(plain) else f"{plain[:cut]}***"


def _end_of_building(plain: str) -> int | None:
    for form in (_BUILDING, _DOOR, _HOUSE_NUMBER):
        if found := form.search(plain):
            return found.end()
    return None


def _cut_like(text: str, parts: list[str]) -> list[str]:
    """`text` in pieces as long as `parts`."""
    pieces, start = [], 0
    for part in parts:
        pieces.append(text[start : start + len(part)])
        start += len(part)
    return pieces


def _last_only(text: str, most: int) -> str:
    shown = min(most, len(text) // 2)
    return _STAR * (len(text) - shown) + text[len(text) - shown :]
