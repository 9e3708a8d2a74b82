"""Search keys and sort keys of people: what is written when a person is saved, and what is asked.

A key is found by range (`key >= q AND key < q + 1`), so a key also stands for all its beginnings.
Both sides fold text alike, here and nowhere else; change the folding and stored keys are stale
(raise `DERIVED_VERSION`). Ranking and SQL are for the search of the residents' register.

Only saving a person needs the readings of characters (`pypinyin`, 0.3 s to load, on first use or by
`warm_up`); asking never does, so the box answers at once.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from itertools import product

from desktop_app.core.surnames import COMPOUND, GIVEN, SINGLE
from desktop_app.core.text import HAN, MIDDLE_DOT, half_width, visible

DERIVED_VERSION = 1
"""Raised whenever the same person would get other keys than before."""

MOST_VARIANTS = 4
"""Readings of one name that get keys; the 5.5 keys for a person that were measured rest on it."""

_LONGEST_QUERY = 200
_MOST_TOKENS = 8

# What sets words apart in names and in the box. Not "\\W": vowel signs of Tibetan are no \\w.
_APART = (
    r"\s\u00b7\u2022\u30fb\u2027\uff65\u22c5\u2219\u2024"
    r",;:!?/|()\[\]\"<>_.，；：！？、。（）【】《》“”"
)
_UNIT = re.compile(rf"[{HAN}]|[^{HAN}{_APART}-]+")
_TOKEN = re.compile(rf"[^{_APART}]+")
_ONE_HAN = re.compile(f"[{HAN}]")
_WITHOUT_READING = "~"
"""Sorts after every letter: a character that no dictionary reads comes last."""

Variants = list[tuple[str, ...]]


def name_keys(name: str) -> frozenset[str]:
    """All keys under which a person of that name is found.

    Every ending of the name, so that any part finds it (张小明 小明 明); its full pinyin and its
    initials, in up to `MOST_VARIANTS` readings, the likeliest first; for a name in parts
    (买买提·吐尔逊, Anna Maria Smith) the same from each part on. Never fails; characters without a
    known reading are left out of the pinyin and found by themselves.
    """
    parts = [units for part in name.split(MIDDLE_DOT) if (units := _units(part))]
    units = [unit for part in parts for unit in part]
    keys = {"".join(units[start:]) for start in range(len(units))}
    start = 0
    for part in parts:
        rest = units[start:]
        starts_with_surname = len(parts) == 1
        for readings in _variants(rest, starts_with_surname):
            if spoken := [reading for reading in readings if reading]:
                keys.add("".join(spoken))
                if len(spoken) > 1:
                    keys.add("".join([reading[0] for reading in spoken]))
        start += len(part)
    return frozenset(keys)


def sort_key(name: str) -> str:
    """Orders names as a paper register does: by pinyin, one surname together, 单 under sh.

    For binary collation (SQLite BINARY, PostgreSQL "C"). Each syllable is followed by its
    character: all 张 before all 章, 李 before 林, short names before longer ones.
    """
    units = _units(name)
    if not units:
        return name
    readings = _variants(units, MIDDLE_DOT not in name)[0]
    words = (
        f"{reading or _WITHOUT_READING} {unit}" if _ONE_HAN.match(unit) else unit
        for reading, unit in zip(readings, units, strict=True)
    )
    return " ".join(words)


def query_tokens(text: str) -> tuple[str, ...]:
    """What was typed into the box, as keys to look for; all of them must be found.

    `ZSF 501` → zsf, 501 · `张三501` → 张三, 501 · `3栋2单元501室` → 3-2-501 · `138 0000 1234` →
    13800001234. Only the first 200 characters and eight words count: each word
    is the beginning of a key, so a cut one still is. An empty box gives ().
    """
    plain = _fold(half_width(text[:_LONGEST_QUERY]))
    plain = _PHONE_IN_QUERY.sub(_joined_digits, plain)
    plain = _BOUNDARY.sub(" ", _door_form(_HYPHEN_IN_WORD.sub("", plain)))
    tokens = (token.strip("-") for token in _TOKEN.findall(plain))
    return tuple(dict.fromkeys(token for token in tokens if token))[:_MOST_TOKENS]


def door_keys(building: str, unit: str, room: str) -> frozenset[str]:
    """Keys of a 门牌; each part as it is stored, with or without 栋, 单元, 室; empty when none.

    3栋 2单元 501室 is found by 3-2-501, 3-501, 2-501 and 501.
    """
    parts = [part for text in (building, unit, room) if (part := _door_part(text))]
    if not parts:
        return frozenset()
    keys = {"-".join(parts[start:]) for start in range(len(parts))}
    keys.add(f"{parts[0]}-{parts[-1]}" if len(parts) > 1 else parts[0])
    if not _door_part(room):
        keys = {"-".join(parts)}
    return frozenset(keys)


def phone_keys(number: str) -> frozenset[str]:
    """Keys of a number as `check_phone` writes it: its last four, all digits, a local number alone.

    An extension is no part of any key.
    """
    landline = _LANDLINE.fullmatch(number)
    digits = "".join(landline.groups("")) if landline else "".join(_DIGITS.findall(number))
    local = landline[2] if landline else digits
    return frozenset(key for key in (digits, local, digits[-4:]) if key)


def id_keys(number: str) -> frozenset[str]:
    """Key of a 证件 number: its last four, lower case. The whole number is never a plain key."""
    return frozenset((number[-4:].lower(),)) if number else frozenset()


def warm_up() -> None:
    """Loads the readings, so that the first person saved does not wait for them."""
    _dictionary()


_LANDLINE = re.compile(r"(0[0-9]{2,3})?-?([2-9][0-9]{6,7})(?:-[0-9]{1,6})?")
_DIGITS = re.compile("[0-9]+")
_PHONE_IN_QUERY = re.compile(
    r"(?<![0-9-])(?:(?:\+86|0086)[ -]?)?(1[3-9][0-9])[ -]?([0-9]{4})[ -]?([0-9]{4})(?![0-9-])"
    r"|(?<![0-9-])(0[0-9]{2,3})-([2-9][0-9]{6,7})(?![0-9-])"
    r"|(?<![0-9-])([48]00)-([0-9]{3})-([0-9]{4})(?![0-9-])"
)
_NUMERAL = "[0-9一二三四五六七八九十]+|[a-z]|东|西|南|北"
# 国栋 and 一栋 are given names: a building that is not in digits needs something behind it.
_DOOR_FORM = re.compile(
    rf"(?P<building>[0-9]+|(?<![a-z])[a-z]|(?:{_NUMERAL})(?=(?:号楼|栋|幢|座|#).))(?:号楼|栋|幢|座|#楼?)-?"
    rf"(?:(?P<unit>{_NUMERAL})(?:单元|梯|-)-?)?(?:(?P<room>[0-9]{{2,4}}[a-z]?)(?:[室房号]|(?![0-9])))?"
)
_HYPHEN_IN_WORD = re.compile("(?<=[^0-9-])-(?=[^0-9-]{2})")
_BOUNDARY = re.compile(rf"(?<=[{HAN}])(?=[0-9])|(?<=[a-z]{{2}})(?=[0-9])|(?<=[0-9])(?=[{HAN}])")
_DOOR_SUFFIX = re.compile(r"(?:号楼|栋|幢|座|#楼?|单元|梯|号?室|房|号)$")
_TENS = "一二三四五六七八九"
_MARKS = re.compile("[\u0300-\u036f\ufe00-\ufe0f\U000e0100-\U000e01ef]")
_U_UMLAUT = re.compile("(?<=[ln])ü")
_BARRED = str.maketrans({"đ": "d", "ð": "d", "ø": "o", "ł": "l", "ı": "i", "'": None, "’": None})
# Only Latin letters are taken apart: other scripts would change their spelling.
_MARKED_LATIN = re.compile("[\u00c0-\u024f\u1e00-\u1eff]+")


def _joined_digits(found: re.Match[str]) -> str:
    return "".join(group for group in found.groups() if group)


def _fold(text: str) -> str:
    """Lower case, without accents; lü and nü as input methods spell them: lv, nv."""
    text = visible(text).casefold()
    if text.isascii():
        return text.replace("'", "")
    folded = _U_UMLAUT.sub("v", unicodedata.normalize("NFC", text)).translate(_BARRED)
    return _MARKS.sub("", _MARKED_LATIN.sub(_apart, folded))


def _apart(found: re.Match[str]) -> str:
    return unicodedata.normalize("NFD", found[0])


def _units(name: str) -> list[str]:
    """Han characters one by one, everything else word by word, folded."""
    return _UNIT.findall(_BOUNDARY.sub(" ", _fold(half_width(name))))


def _variants(units: list[str], starts_with_surname: bool) -> Variants:
    """Readings of the whole, likeliest first: those that differ least from the first choice."""
    choices = [_reading_of_unit(unit) for unit in units]
    if starts_with_surname:
        _put_surname(units, choices)
    if all(len(choice) == 1 for choice in choices):
        return [tuple([choice[0] for choice in choices])]
    # Long names cannot blow up: beyond the third polyphone only the first reading is used.
    doubtful = [place for place, choice in enumerate(choices) if len(choice) > 1]
    for place in doubtful[3:]:
        choices[place] = choices[place][:1]
    picks = sorted(product(*(range(len(choice)) for choice in choices)), key=_departures)
    return [
        tuple([choice[number] for choice, number in zip(choices, pick, strict=True)])
        for pick in picks[:MOST_VARIANTS]
    ]


def _departures(pick: tuple[int, ...]) -> tuple[int, tuple[int, ...]]:
    """How far from the first choices; between equals the surname's other reading comes first."""
    return sum(pick), tuple(-number for number in pick)


def _put_surname(units: list[str], choices: list[tuple[str, ...]]) -> None:
    if len(units) > 2 and (compound := COMPOUND.get(units[0] + units[1])):
        for place, reading in enumerate(compound):
            choices[place] = tuple(dict.fromkeys((reading, choices[place][0])))
    elif single := SINGLE.get(units[0]):
        choices[0] = single


def _reading_of_unit(unit: str) -> tuple[str, ...]:
    return _readings(unit) if len(unit) == 1 else (unit,)


@lru_cache(maxsize=16_384)
def _readings(character: str) -> tuple[str, ...]:
    """Readings of one character in a given name; ("",) when no dictionary has one."""
    if not _ONE_HAN.match(character):
        return (character,)
    if known := GIVEN.get(character):
        return known
    return (_toneless(_dictionary().get(ord(character), "").split(",")[0]),)


def _toneless(syllable: str) -> str:
    apart = unicodedata.normalize("NFD", syllable).replace("u\u0308", "v")
    return "".join(letter for letter in apart if letter in "abcdefghijklmnopqrstuvwxyz")


@cache
def _dictionary() -> dict[int, str]:
    from pypinyin.pinyin_dict import pinyin_dict

    return pinyin_dict


def _door_form(plain: str) -> str:
    def hyphened(found: re.Match[str]) -> str:
        parts = [_door_part(part) for part in found.group("building", "unit", "room") if part]
        return f" {'-'.join(parts)} "

    return _DOOR_FORM.sub(hyphened, plain)


@lru_cache(maxsize=4_096)
def _door_part(text: str) -> str:
    plain = _DOOR_SUFFIX.sub("", _fold(half_width(text)).strip())
    return "".join(_arabic(plain).split())


def _arabic(numeral: str) -> str:
    """Chinese numerals below 100 in digits (十二 → 12); anything else as it is."""
    if not numeral or any(character not in _TENS + "十" for character in numeral):
        return numeral
    tens, ten, ones = numeral.rpartition("十")
    if len(tens) > 1 or len(ones) > 1:
        return numeral
    value = (_TENS.index(tens) + 1 if tens else 1) * 10 if ten else 0
    return str(value + (_TENS.index(ones) + 1 if ones else 0))
