"""Cleans what people type, paste or scan before anything else sees it.

Here belongs what is true of any text: invisible characters, line ends, width, length. What a
number means is for `identity.py`; how a name is found is for `pinyin.py`. Nothing here folds a
name to something that looks similar (no NFKC): a name is kept as its owner writes it.
"""

from __future__ import annotations

import re
import unicodedata

from desktop_app.core.errors import UserError

NAME_LIMIT = 60
"""Longest name kept, in characters; the longest transliterated names on record are about 45."""

MIDDLE_DOT = "\u00b7"
"""间隔号 between the parts of a transliterated name (GB/T 15834-2011, 4.14)."""

# Text this much longer than its limit is a slip of the clipboard; it is refused unread.
_FAR_TOO_LONG_FACTOR = 8
_FAR_TOO_LONG_SLACK = 10_000

# Zero-width and bidi controls, soft hyphen, interlinear annotation, tags, non-characters and lone
# surrogates. Mongolian variation selectors (U+180B-180E) and ideographic ones are spelling: kept.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u061c\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff\U000e0000-\U000e007f]+"
)
_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_GAPS = re.compile(r"[\n\t]+")
_TRAILING_BLANKS = re.compile(r"[^\S\n]+$", re.MULTILINE)

_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_WIDE_SPACES = dict.fromkeys((0x00A0, 0x2002, 0x2003, 0x2007, 0x2009, 0x202F, 0x3000), 0x20)
_DASHES = dict.fromkeys(
    (0x2010, 0x2011, 0x2012, 0x2013, 0x2014, 0x2015, 0x2212, 0xFE58, 0xFE63, 0xFF0D), 0x2D
)
_TO_HALF_WIDTH = _FULL_WIDTH | _WIDE_SPACES | _DASHES

HAN = "\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\ue000-\uf8ff\U00020000-\U0003ffff"
"""Character class (without brackets) of Han characters. The private use area counts: it is where
old systems kept the rare characters of names."""

_DOTS = re.compile("[ ]*[\u00b7\u2022\u30fb\u2027\uff65\u22c5\u2219\u2024\u0387]+[ ]*")
_FULL_STOP_BETWEEN_HAN = re.compile(f"(?<=[{HAN}])[ ]*[.\uff0e][ ]*(?=[{HAN}])")
_SPACES = re.compile(r"\s+")
_SPACE_BETWEEN_HAN = re.compile(f"(?<=[{HAN}]) (?=[{HAN}])")


def clean_line(text: str, *, limit: int, label: str = "内容", field: str | None = None) -> str:
    """One line of text: no controls, no line ends, NFC, trimmed; at most `limit` characters.

    Raises `UserError` (naming `label`) when more would be left; nothing is ever cut off.
    """
    _refuse_if_far_too_long(text, limit, label, field)
    line = text if text.isprintable() else _GAPS.sub(" ", visible(text))
    return _within(unicodedata.normalize("NFC", line.strip()), limit, label, field)


def clean_text(text: str, *, limit: int, label: str = "内容", field: str | None = None) -> str:
    r"""Several lines of text, ended by `\n`; otherwise as `clean_line`."""
    _refuse_if_far_too_long(text, limit, label, field)
    lines = _TRAILING_BLANKS.sub("", visible(text).replace("\t", " "))
    return _within(unicodedata.normalize("NFC", lines.strip()), limit, label, field)


def visible(text: str) -> str:
    r"""Without controls, zero-width and bidi characters; every line end is `\n`."""
    # All of them are unprintable to Python, which knows that of a text at once.
    if text.isprintable():
        return text
    return _LINE_ENDS.sub("\n", _INVISIBLE.sub("", text))


def half_width(text: str) -> str:
    """Full-width ASCII, every dash and every space to plain ASCII: for numbers and codes only."""
    return text if text.isascii() else text.translate(_TO_HALF_WIDTH)


def clean_name(text: str, *, label: str = "姓名", field: str | None = "name") -> str:
    """A person's name in any script, as its owner writes it.

    The many dots that input methods give for 间隔号 become U+00B7; white space between two Han
    characters is layout copied from a paper list (张　明) and goes; other runs become one space.
    Raises `UserError` when it is empty, has no letter at all, or is longer than `NAME_LIMIT`.
    """
    name = clean_line(text, limit=NAME_LIMIT * 2, label=label, field=field)
    name = _SPACES.sub(" ", name)
    name = _FULL_STOP_BETWEEN_HAN.sub(MIDDLE_DOT, _DOTS.sub(MIDDLE_DOT, name))
    name = _SPACE_BETWEEN_HAN.sub("", name).strip(f" {MIDDLE_DOT}")
    if not name:
        raise UserError(
            f"{label}还没有填写。", "请填写后再保存；不愿透露的可选“匿名”。", field=field
        )
    if not any(_is_part_of_a_name(character) for character in name):
        raise UserError(
            f"{label}里只有数字或符号。", "请核对是不是把电话或号码填到了这一格。", field=field
        )
    return _within(name, NAME_LIMIT, label, field)


def unprintable_characters(name: str) -> tuple[str, ...]:
    """Characters that other computers may not show: private use or not assigned in Unicode.

    They are kept; the form warns, so that the clerk can look for the standard character. Planes 2
    and 3 hold nothing but Han characters and count as assigned even when Python's tables are old.
    """
    return tuple(
        character
        for character in dict.fromkeys(name)
        if not 0x20000 <= ord(character) <= 0x3FFFF
        and unicodedata.category(character) in ("Co", "Cn")
    )


def _is_part_of_a_name(character: str) -> bool:
    """Letters and marks of any script; unassigned counts, for a script newer than our Python."""
    return unicodedata.category(character) in ("Lu", "Ll", "Lt", "Lm", "Lo", "Nl", "Co", "Cn")


def _refuse_if_far_too_long(text: str, limit: int, label: str, field: str | None) -> None:
    if len(text) > limit * _FAR_TOO_LONG_FACTOR + _FAR_TOO_LONG_SLACK:
        raise _too_long(len(text), limit, label, field)


def _within(text: str, limit: int, label: str, field: str | None) -> str:
    if len(text) > limit:
        raise _too_long(len(text), limit, label, field)
    return text


def _too_long(length: int, limit: int, label: str, field: str | None) -> UserError:
    return UserError(
        f"{label}有{length}个字，最多可写{limit}个字，这次没有保存，已填的内容都还在。",
        "请删减后再保存；很长的材料可作为附件添加。",
        field=field,
    )
