"""Which field of a record leaves the station, and how whole: the three profiles of a bundle. Pure.

Said once, by `travels` in every `fields.py`; this module only reads it. A sensitive field never
leaves (个人信息保护法 art. 28), a record that is withheld (信访) leaves as a count only.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any

from desktop_app.core.codec import Plain, canonical
from desktop_app.core.fields import Field, FieldKind, LabelledEnum, Travels
from desktop_app.core.masked_values import has_mask, masked
from desktop_app.core.record import RecordKind


class Profile(LabelledEnum):
    """How much of its records a station sends; each carries all that the one before it does."""

    STATS = "stats", "只报数字"
    WORK = "work", "日常上报"
    FULL = "full", "完整资料"


class Carried(StrEnum):
    """How a field travels: as it is, masked, or not at all."""

    CLEAR = "clear"
    MASKED = "masked"
    NOT = "not"


_NARROWEST = {Travels.STATS: 0, Travels.WORK: 1, Travels.FULL: 2}
_WIDTH = {Profile.STATS: 0, Profile.WORK: 1, Profile.FULL: 2}

Projection = dict[str, dict[str, str]]
"""What travels of each kind: field → `clear` or `masked`; what is not named does not travel."""


def carried(field: Field, profile: Profile) -> Carried:
    """How a field of a travelling kind leaves the station in this profile."""
    if field.sensitive or field.travels is Travels.NEVER:
        return Carried.NOT
    if _WIDTH[profile] < _NARROWEST[field.travels]:
        return Carried.NOT
    if not field.private or profile is Profile.FULL:
        return Carried.CLEAR
    if profile is Profile.STATS or field.kind is FieldKind.DAY or not has_mask(field):
        return Carried.NOT
    return Carried.MASKED


class Projector:
    """What one profile lets through of one kind of record, worked out once for many records."""

    def __init__(self, kind: RecordKind[Any], profile: Profile) -> None:
        if not kind.travels:
            raise ValueError(f"{kind.name} do not travel")
        by_name = {field.name: carried(field, profile) for field in kind.fields}
        self.carried: Mapping[str, Carried] = by_name
        self._clear = [name for name, how in by_name.items() if how is Carried.CLEAR]
        self._masked = [field for field in kind.fields if by_name[field.name] is Carried.MASKED]

    def __call__(self, plain: Mapping[str, Plain]) -> dict[str, Plain]:
        """The fields of a record's plain form that travel, masked where they must be."""
        shown = {name: plain[name] for name in self._clear if name in plain}
        for field in self._masked:
            if field.name in plain:
                shown[field.name] = masked(field, plain[field.name])
        return shown


def projection(kinds: Iterable[RecordKind[Any]], profile: Profile) -> Projection:
    """What travels of these kinds in a profile, by this version of the program."""
    return {
        kind.name: {
            name: how.value
            for name, how in Projector(kind, profile).carried.items()
            if how is not Carried.NOT
        }
        for kind in kinds
        if kind.travels
    }


def fingerprint(what: Projection) -> str:
    """A short name of a projection, to see whether two sides mean the same one."""
    return hashlib.sha256(canonical(what).encode()).hexdigest()[:16]


def wider(new: Projection, old: Projection) -> frozenset[str]:
    """The kinds of which `new` lets something through that `old` did not, or only masked.

    Their rows have to be sent once more, although nothing in them changed.
    """
    return frozenset(
        name
        for name, fields in new.items()
        if any(_more(how, old.get(name, {}).get(field)) for field, how in fields.items())
    )


def _more(new: str, old: str | None) -> bool:
    return old is None or (old == Carried.MASKED and new == Carried.CLEAR)
