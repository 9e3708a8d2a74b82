"""Which fields of a row came, and how whole: what the street may give back, and what it may not
take for known. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from desktop_app.core.record import RecordKind
from desktop_app.core.travel import Carried, Profile, carried

CLEAR, MASKED = Carried.CLEAR.value, Carried.MASKED.value

_WIDTH = {profile.value: width for width, profile in enumerate(Profile)}


def marks(kind: RecordKind[Any], profile: str) -> dict[str, str]:
    """How each field of a kind comes in this profile, if it comes.

    A field that should not come in it, or came in a profile we do not know, is taken for masked
    when it is private: the sender goes by other rules than ours.
    """
    known = next((one for one in Profile if one.value == profile), None)
    found = {}
    for field in kind.fields:
        how = Carried.NOT if known is None else carried(field, known)
        masked = field.private if how is Carried.NOT else how is Carried.MASKED
        found[field.name] = MASKED if masked else CLEAR
    return found


def came(how: Mapping[str, str], names: Iterable[str]) -> dict[str, str]:
    """The form of a row of which these fields came."""
    return {name: how[name] for name in names}


def joined(held: Mapping[str, str], more: Mapping[str, str]) -> dict[str, str]:
    """The form of a row that came twice: whole where it ever came whole."""
    return {
        name: CLEAR if CLEAR in (held.get(name), more.get(name)) else MASKED
        for name in {**held, **more}
    }


def better(held: Mapping[str, str], more: Mapping[str, str]) -> list[str]:
    """The fields that are to be taken from what came later of the same row: those that were not
    there, and those that are no worse than what is there."""
    return [name for name, how in more.items() if how == CLEAR or held.get(name) != CLEAR]


def wider_profile(one: str, other: str) -> str:
    """The one of two profiles that carries more."""
    return max(one, other, key=lambda profile: _WIDTH.get(profile, -1))


def whole(how: Mapping[str, str]) -> frozenset[str]:
    """The fields that came unmasked."""
    return frozenset(name for name, mark in how.items() if mark == CLEAR)
