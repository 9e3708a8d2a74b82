"""Frozen dataclasses to plain JSON values and back, driven by their type hints.

Understands str, int, bool, None, UUID, date, enums, optionals, tuples and nested frozen
dataclasses: everything a record may hold. A float never belongs in a record.
"""

from __future__ import annotations

import dataclasses
import json
import types
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from enum import Enum
from functools import cache
from operator import attrgetter
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints
from uuid import UUID

Plain = Any
"""str, int, bool, None, list or dict of these."""

T = TypeVar("T")

Decoder = Callable[[Any], Any]


ALREADY_PLAIN = frozenset({str, int, bool, type(None)})
"""Types whose values stand in JSON as they are."""


def encode(value: object) -> Plain:
    """A value as JSON holds it."""
    if type(value) in ALREADY_PLAIN:
        return value
    if isinstance(value, UUID):
        return f"{value.int:032x}"
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, (tuple, list, frozenset)):
        items = [encode(item) for item in value]
        return sorted(items) if isinstance(value, frozenset) else items
    if dataclasses.is_dataclass(value):
        return {name: encode(getattr(value, name)) for name in _said(value)}
    if isinstance(value, Mapping):
        return {str(key): encode(item) for key, item in value.items()}
    if isinstance(value, (str, int)):
        return value
    raise TypeError(f"{type(value).__name__} cannot stand in a record")


SPARSE = {"sparse": True}
"""Metadata of a part that came later and is None by default: while it is, the plain form leaves it
out, so that what was written before it came keeps its spelling and its digest."""


def _said(value: object) -> Sequence[str]:
    """The names of what the plain form of a dataclass says."""
    cls = type(value)
    names = _NAMES.get(cls) or _names(cls)
    sparse = _SPARSE[cls]
    if not sparse:
        return names
    return [name for name in names if name not in sparse or getattr(value, name) is not None]


_SPARSE: dict[type, frozenset[str]] = {}
"""The sparse parts of every dataclass whose names are known."""

_NAMES: dict[type, tuple[str, ...]] = {}


def _names(cls: type) -> tuple[str, ...]:
    known = _NAMES.get(cls)
    if known is None:
        parts: tuple[dataclasses.Field[Any], ...] = dataclasses.fields(cls)
        _SPARSE[cls] = frozenset(one.name for one in parts if one.metadata.get("sparse"))
        known = _NAMES[cls] = tuple(one.name for one in parts)
    return known


quoted = json.encoder.encode_basestring
"""`canonical` of a text."""

_CANONICAL = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def canonical(value: Plain) -> str:
    """The one spelling of a JSON value that digests are taken over: sorted keys, no spaces."""
    return _CANONICAL.encode(value)


class _Spellers(dict[type, Callable[[Any], str]]):
    """How a value of each type is spelled; what has no way of its own goes by `canonical`."""

    def __missing__(self, kind: type) -> Callable[[Any], str]:
        way: Callable[[Any], str] = lambda value: canonical(encode(value))  # noqa: E731
        if issubclass(kind, Enum):
            way = {member: canonical(encode(member)) for member in kind}.__getitem__
        elif dataclasses.is_dataclass(kind):
            names = _names(kind)
            way = _spell_sparse if _SPARSE[kind] else spelling(names)
        self[kind] = way
        return way


@cache
def spelling(names: tuple[str, ...]) -> Callable[[Any], str]:
    """`canonical` of these parts of whatever has them, in half the time: for records by the
    thousand. The names are words of ours."""
    ordered = sorted(names)
    frame = "{" + ",".join([f'"{name}":%s' for name in ordered]) + "}"
    parts = attrgetter(*ordered) if len(ordered) > 1 else lambda value: (getattr(value, *ordered),)
    ways = _SPELLERS
    return lambda value: frame % tuple([ways[type(part)](part) for part in parts(value)])


def _spell_sparse(value: object) -> str:
    return spelling(tuple(_said(value)))(value)


def _spell_all(values: Sequence[object]) -> str:
    if not values:
        return "[]"
    return f"[{','.join([_SPELLERS[type(value)](value) for value in values])}]"


_SPELLERS = _Spellers(
    {
        tuple: _spell_all,
        list: _spell_all,
        str: quoted,
        int: int.__repr__,
        bool: {True: "true", False: "false"}.__getitem__,
        type(None): lambda _: "null",
        UUID: lambda value: f'"{value.int.to_bytes(16).hex()}"',
        date: lambda value: f'"{value.isoformat()}"',
    }
)


def spelled_value(value: object) -> str:
    """`canonical(encode(value))`, the short way."""
    return _SPELLERS[type(value)](value)


def spelled(values: Mapping[str, object], names: Sequence[str]) -> str:
    """`spelling` for what stands in a mapping; `names` are in the order of the alphabet."""
    ways = _SPELLERS
    return (
        "{"
        + ",".join([f'"{name}":{ways[type(value := values[name])](value)}' for name in names])
        + "}"
    )


def spell_each(values: Iterable[object]) -> list[str]:
    """`spelled_value` of each of several values."""
    ways = _SPELLERS
    return [ways[type(value)](value) for value in values]


def decode(cls: type[T], values: Mapping[str, Any]) -> T:
    """Build a dataclass from plain or already typed values; unknown names are left out."""
    decoders = field_decoders(cls)
    return cls(
        **{name: decoder(values[name]) for name, decoder in decoders.items() if name in values}
    )


_DECODERS: dict[type, dict[str, Decoder]] = {}


def field_decoders(cls: type) -> dict[str, Decoder]:
    """One decoder a field of a dataclass, from its type hints."""
    known = _DECODERS.get(cls)
    if known is None:
        hints = get_type_hints(cls)
        known = {field.name: _decoder(hints[field.name]) for field in dataclasses.fields(cls)}
        _DECODERS[cls] = known
    return known


def _same(value: Any) -> Any:
    return value


def _decoder(hint: Any) -> Decoder:
    hint = getattr(hint, "__supertype__", hint)
    origin = get_origin(hint)
    if origin in (Union, types.UnionType):
        inner = _decoder(next(arg for arg in get_args(hint) if arg is not type(None)))
        return lambda value: None if value is None else inner(value)
    if origin in (tuple, frozenset):
        item = _decoder(get_args(hint)[0])
        return lambda values: origin(item(value) for value in values)
    if origin is dict:
        return dict
    if isinstance(hint, type):
        return _class_decoder(hint)
    return _same


def _class_decoder(hint: type) -> Decoder:
    if issubclass(hint, Enum):
        return hint
    if issubclass(hint, UUID):
        return lambda value: value if isinstance(value, UUID) else UUID(value)
    if issubclass(hint, date):
        return lambda value: value if isinstance(value, date) else date.fromisoformat(value)
    if issubclass(hint, bool):
        return bool
    if dataclasses.is_dataclass(hint):
        return lambda value: value if isinstance(value, hint) else decode(hint, value)
    return _same
