"""A field is described once: lists, masks, spreadsheets, bundles and printed columns read it.

Entry forms stay hand-written, because wording and keyboard order matter there.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum, StrEnum


class FieldKind(StrEnum):
    """What sort of value a field holds, for columns, cells and checks."""

    TEXT = "text"
    NUMBER = "number"
    FLAG = "flag"
    DAY = "day"
    MOMENT = "moment"
    CHOICE = "choice"
    CHOICES = "choices"
    PHONE = "phone"
    IDENTITY = "identity"
    REFERENCE = "reference"
    LIST = "list"


class Travels(StrEnum):
    """The narrowest bundle profile that carries a field upward (storage_and_sync: profiles)."""

    STATS = "stats"
    WORK = "work"
    FULL = "full"
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a choice field and its word on screen."""

    value: str
    label: str


@dataclass(frozen=True, slots=True)
class Field:
    """`name` is the attribute and column, `label` the one Chinese term for it everywhere.

    `private` values are masked until revealed (which is logged); `sensitive` ones also need
    `Right.SENSITIVE` (个人信息保护法 art. 28).
    """

    name: str
    label: str
    kind: FieldKind = FieldKind.TEXT
    required: bool = False
    private: bool = False
    sensitive: bool = False
    travels: Travels = Travels.WORK
    choices: tuple[Choice, ...] = ()


class LabelledEnum(StrEnum):
    """A stored English value with its Chinese word: `OPEN = "open", "待办"`."""

    label: str

    def __new__(cls, value: str, label: str) -> LabelledEnum:
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member


def choices_of(enum: type[Enum]) -> tuple[Choice, ...]:
    """The choices of a labelled enum, in its order."""
    return tuple(
        Choice(str(member.value), getattr(member, "label", member.name)) for member in enum
    )


def by_name(fields: Iterable[Field]) -> dict[str, Field]:
    """Fields by their name and by their Chinese label: the command line accepts both."""
    table: dict[str, Field] = {}
    for field in fields:
        table[field.name] = field
        table.setdefault(field.label, field)
    return table
