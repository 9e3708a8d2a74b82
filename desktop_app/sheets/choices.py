"""Cells that hold one of some words: 性别, 是否, the choices of a column. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from desktop_app.core.codec import Plain
from desktop_app.core.errors import UserError
from desktop_app.core.text import half_width, visible
from desktop_app.sheets.spec import Cell, Column


def _table(text: str) -> dict[str, str]:
    """A value, a colon, and the words for it, line by line."""
    lines = (line.partition(":") for line in text.split("\n") if line)
    return {word: value for value, _colon, words in lines for word in words.split()}


_GENDERS = _table("""
1: 男 男性 男士 先生 男生 1男 m male 1 ♂
2: 女 女性 女士 小姐 女生 2女 f female 2 ♀
0: 未知 不详 未知的性别 0
9: 未说明 未说明的性别 9
""")
_FLAGS = _table("""
yes: 是 有 已 对 √ ✓ ✔ ☑ ■ ● 1 y yes t true
no: 否 无 没有 未 不 不是 错 × ✗ ✘ x ☒ □ ○ 0 n no f false
""")
_NOT_A_WORD = (date, datetime, time, timedelta)
_NUMBERED = re.compile(r"^\(?(?:\d{1,2}|[A-Za-z]|[①-⑳])[.、)](?=\D)")


def _word(cell: Cell) -> str:
    """A cell as a word to be looked up."""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return "".join(half_width(visible(str(cell if cell is not None else ""))).split()).lower()


def gender_of(cell: Cell) -> str:
    """As the values of `core/identity.Gender`, in text."""
    found = None if isinstance(cell, (bool, *_NOT_A_WORD)) else _GENDERS.get(_word(cell))
    if found is None:
        raise UserError("性别只能是男或女。", "请改成男或女，不清楚的留空。")
    return found


def flag_of(cell: Cell) -> bool:
    """是 or 否, in the many ways of ticking."""
    if isinstance(cell, bool):
        return cell
    found = None if isinstance(cell, _NOT_A_WORD) else _FLAGS.get(_word(cell))
    if found is None:
        raise UserError("这一格只能是“是”或“否”。", "请改成是或否，不清楚的留空。")
    return found == "yes"


def choice_reader(column: Column) -> Callable[[Cell], Plain]:
    """One of a column's choices, by its value, its word or a synonym."""
    known = _known(column)
    labels = [choice.label for choice in column.choices]
    wrong = UserError(
        f"“{column.label}”只能是这些之一：{'、'.join(labels)}。",
        "请改成其中一个。",
        field=column.name,
    )

    def read(cell: Cell) -> Plain:
        word = "" if isinstance(cell, _NOT_A_WORD) else _word(cell)
        found = known.get(word)
        if found is None:
            found = known.get(_NUMBERED.sub("", word))
        if found is None and len(word) >= 2:
            # 流动 for 流动人口, where no other choice begins so.
            begins = {value for key, value in known.items() if key.startswith(word)}
            found = begins.pop() if len(begins) == 1 else None
        if found is None:
            raise wrong
        return found

    return read


def _known(column: Column) -> dict[str, str]:
    known = {_word(word): value for word, value in column.synonyms}
    for choice in column.choices:
        known[_word(choice.label)] = choice.value
    for choice in column.choices:
        known.setdefault(_word(choice.value), choice.value)
    return known


_BETWEEN = re.compile(r"[、，,;；/|\s]+")
_NONE_OF_THEM = frozenset(["无", "没有", "暂无", "不详", "未知", "否"])


def choices_reader(column: Column) -> Callable[[Cell], Plain]:
    """Some of a column's choices, each once, in the order of the cell."""
    one = choice_reader(column)
    known = _known(column)

    def read(cell: Cell) -> Plain:
        text = visible(str(cell)) if isinstance(cell, str) else cell
        if isinstance(text, str) and _word(text) not in known:
            parts = [part for part in _BETWEEN.split(text) if part]
            if len(parts) == 1 and _word(text) in _NONE_OF_THEM:
                return None
            return list(dict.fromkeys(one(part) for part in parts))
        return [one(text)]

    return read
