"""Sentences and headings of printed papers that an office, or a person, may word otherwise. Pure.

A report says which of its sentences these are; the office's own words are kept by `ledgers/papers`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from desktop_app.core.errors import UserError

_GAP = re.compile(r"\{([^{}]*)\}")


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence or heading: `text` is what the program says, with gaps like `{参加人次}`.

    Only `gaps` may be used. `name` is unique within its report, `label` what a person calls it by.
    """

    name: str
    label: str
    text: str
    gaps: tuple[str, ...] = ()


def check_gaps(sentence: Sentence, text: str) -> None:
    """Raise `UserError` when a text uses a gap that the sentence does not have."""
    unknown = [gap for gap in _GAP.findall(text) if gap not in sentence.gaps]
    if unknown:
        known = "、".join(f"{{{gap}}}" for gap in sentence.gaps) or "没有"
        raise UserError(
            f"“{sentence.label}”里没有 {{{unknown[0]}}} 这一项，没有保存。",
            f"可以使用的：{known}。",
            field="text",
        )


def worded(
    sentences: Sequence[Sentence],
    phrases: Mapping[str, str],
    own: Mapping[str, str],
    values: Mapping[str, str],
) -> dict[str, str]:
    """The sentences of one paper, by name, with their gaps filled from `values`.

    `own` are those a person worded for this paper, taken as they are; `phrases` the office's. A gap
    without a value stays as it is written: it is better seen than lost.
    """
    return {
        one.name: own[one.name]
        if one.name in own
        else filled(phrases.get(one.name, one.text), values)
        for one in sentences
    }


def filled(text: str, values: Mapping[str, str]) -> str:
    """A sentence with its gaps filled."""
    return _GAP.sub(lambda gap: values.get(gap[1], gap[0]), text)
