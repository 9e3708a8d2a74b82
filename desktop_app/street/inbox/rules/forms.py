"""Which fields of a row came, and how whole: what the street may give back, and what it may not
take for known. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from desktop_app.core.record import RecordKind
from desktop_app.core.travel import Carried, Profile, carried

CLEAR, MASKED = Carried.CLEAR.value, Carried.MASKED.value

_WIDTH = {profile.value: width for width, profile in enumerate(Profile)}


@dataclass(frozen=True, eq=False)
class Form:
    """The fields of a row that came, each `clear` or `masked`, and in which profile.

    Some dozen forms serve all rows, so they are told apart by identity, and content by `key`.
    """

    kind: str
    profile: str
    fields: Mapping[str, str]

    @cached_property
    def key(self) -> tuple[str, str, tuple[tuple[str, str], ...]]:
        return (self.kind, self.profile, tuple(sorted(self.fields.items())))

    @cached_property
    def whole(self) -> frozenset[str]:
        """The fields that came unmasked."""
        return frozenset(name for name, how in self.fields.items() if how == CLEAR)

    def joined(self, more: Form) -> Form:
        """The form of a row that came once more: whole where it ever came whole."""
        fields = {
            name: CLEAR if CLEAR in (self.fields.get(name), more.fields.get(name)) else MASKED
            for name in {**self.fields, **more.fields}
        }
        return Form(self.kind, wider_profile(self.profile, more.profile), fields)

    def better(self, more: Form) -> list[str]:
        """The fields that are to be taken from what came later of the same row: those that were
        not there, and those that are no worse than what is there."""
        return [
            name
            for name, how in more.fields.items()
            if how == CLEAR or self.fields.get(name) != CLEAR
        ]


class Marks:
    """How the fields of one kind of record come in one profile."""

    def __init__(self, kind: RecordKind[Any], profile: str) -> None:
        self._kind = kind.name
        self._profile = profile
        self._marks = _marks(kind, profile)
        self._known: dict[tuple[str, ...], Form] = {}

    def form(self, names: Iterable[str]) -> Form:
        """The form of a row of which these fields came."""
        key = tuple(names)
        known = self._known.get(key)
        if known is None:
            fields = {name: self._marks[name] for name in key}
            known = self._known[key] = Form(self._kind, self._profile, fields)
        return known


def _marks(kind: RecordKind[Any], profile: str) -> dict[str, str]:
    """A field that should not come in this profile, or came in one we do not know, is taken for
    masked when it is private: the sender goes by other rules than ours."""
    known = next((one for one in Profile if one.value == profile), None)
    found = {}
    for field in kind.fields:
        how = Carried.NOT if known is None else carried(field, known)
        masked = field.private if how is Carried.NOT else how is Carried.MASKED
        found[field.name] = MASKED if masked else CLEAR
    return found


def wider_profile(one: str, other: str) -> str:
    """The one of two profiles that carries more."""
    return max(one, other, key=lambda profile: _WIDTH.get(profile, -1))
