"""Numbered sections of a document: what has nothing to say is left out, and the rest counts on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from desktop_app.printing.blocks import Block, Heading

_ONES = "一二三四五六七八九"


@dataclass(frozen=True, slots=True)
class Section:
    """A heading without its number, and what stands below it."""

    title: str
    blocks: tuple[Block, ...]


def numbered(sections: Iterable[Section]) -> Iterator[Block]:
    """The blocks of the sections that have any, with headings 一、, 二、 …"""
    kept = (section for section in sections if section.blocks)
    for number, section in enumerate(kept, start=1):
        yield Heading(f"{numeral(number)}、{section.title}")
        yield from section.blocks


def numeral(number: int) -> str:
    """1 to 99 as headings write them: 一, 十, 十二, 二十, 二十一."""
    if not 1 <= number <= 99:
        raise ValueError(f"{number} is no number of a heading")
    tens, ones = divmod(number, 10)
    first = "" if tens == 0 else "十" if tens == 1 else f"{_ONES[tens - 1]}十"
    return first + (_ONES[ones - 1] if ones else "")
