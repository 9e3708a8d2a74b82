"""Makes records of what a bundle lets through of them: what did not travel is blank. Pure.

A sender may be older, newer or wrong, so every value is checked against the type hints of the
record before it is one; a value that does not fit makes the whole record `Unreadable`. Nothing is
lost: fields that this program does not know are handed back beside the record.
"""

from __future__ import annotations

import dataclasses
import types
from collections.abc import Callable, Mapping
from datetime import date
from enum import Enum
from functools import cache
from typing import Any, Generic, TypeVar, Union, get_args, get_origin, get_type_hints
from uuid import UUID

from desktop_app.core.codec import Plain, encode
from desktop_app.core.errors import SafetyRefusal
from desktop_app.core.record import Record, RecordKind, altered

R = TypeVar("R", bound=Record)
Decoder = Callable[[Any], Any]

BLANK_DAY = date(1970, 1, 1)
NOBODY = UUID(int=0)


class Unreadable(ValueError):
    """A record that came and cannot be one of ours; `field` is the name of what does not fit."""

    def __init__(self, field: str = "") -> None:
        super().__init__(field)
        self.field = field


@cache
def _looked_over(cls: Any) -> tuple[dict[str, Decoder], set[str], Any]:
    """How each field of a dataclass is read, which have parts of their own, and a blank one.

    Type hints are text that Python must compile: of all kinds that takes as long as writing the
    rows of a small bundle, so it is done once and not for every file.
    """
    hints = get_type_hints(cls)
    decoders = {name: _decoder(hint) for name, hint in hints.items()}
    nested = {name for name, hint in hints.items() if _is_nested(hint)}
    return decoders, nested, cls(**blanks(cls))


class Reader(Generic[R]):
    """Reads records of one kind as they come: worked out once, for records by the thousand."""

    def __init__(self, kind: RecordKind[R]) -> None:
        self.kind = kind
        cls: Any = kind.cls
        decoders, self._nested, blank = _looked_over(cls)
        own = {field.name for field in kind.fields}
        self._decoders = {name: decode for name, decode in decoders.items() if name in own}
        self._blank: R = blank

    def read(
        self, common: Mapping[str, Any], fields: Mapping[str, Plain], version: int
    ) -> tuple[R, dict[str, Plain]]:
        """The record, and what of `fields` would be lost in it (unknown names, or parts of them).

        `common` are the columns that every record has. Raises `Unreadable`, and `SafetyRefusal`
        for a version that is newer than ours.
        """
        current = self._upgraded(fields, version)
        values = dict(common)
        beyond: dict[str, Plain] = {}
        name = ""
        decoders = self._decoders
        try:
            for name, plain in current.items():
                decode = decoders.get(name)
                if decode is None:
                    beyond[name] = plain
                else:
                    values[name] = decode(plain)
                    if name in self._nested and plain and encode(values[name]) != plain:
                        beyond[name] = plain
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise Unreadable(name) from error
        return altered(self._blank, **values), beyond

    def names(self, fields: Mapping[str, Plain], version: int) -> tuple[str, ...]:
        """Which fields of ours these are."""
        return tuple(name for name in self._upgraded(fields, version) if name in self._decoders)

    def blank(self, **kept: Any) -> R:
        """A record that says nothing but `kept`: what is left of one that was erased."""
        return altered(self._blank, **kept)

    def _upgraded(self, fields: Mapping[str, Plain], version: int) -> Mapping[str, Plain]:
        if version == self.kind.version:
            return fields
        try:
            return self.kind.upgraded(fields, version)
        except SafetyRefusal:
            raise
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise Unreadable from error


def blanks(cls: type) -> dict[str, Any]:
    """A value for every field of a dataclass that says nothing: its default, or one by its type."""
    hints = get_type_hints(cls)
    found = {}
    for field in dataclasses.fields(cls):
        if field.default is not dataclasses.MISSING:
            found[field.name] = field.default
        elif field.default_factory is not dataclasses.MISSING:
            found[field.name] = field.default_factory()
        else:
            found[field.name] = blank(hints[field.name])
    return found


def blank(hint: Any) -> Any:
    """A value of that type that says nothing."""
    hint = getattr(hint, "__supertype__", hint)
    origin = get_origin(hint)
    if origin in (Union, types.UnionType):
        return None
    if origin is not None:
        return origin()
    if issubclass(hint, Enum):
        return next(iter(hint))
    if issubclass(hint, UUID):
        return NOBODY
    if issubclass(hint, date):
        return BLANK_DAY
    made: Any = hint
    return made(**blanks(made)) if dataclasses.is_dataclass(hint) else made()


def _is_nested(hint: Any) -> bool:
    """Whether a value has parts of its own, some of which may be unknown to us."""
    hint = getattr(hint, "__supertype__", hint)
    if get_origin(hint) in (Union, types.UnionType):
        return any(_is_nested(part) for part in get_args(hint))
    return get_origin(hint) is not None or dataclasses.is_dataclass(hint)


def _decoder(hint: Any) -> Decoder:
    hint = getattr(hint, "__supertype__", hint)
    origin = get_origin(hint)
    if origin in (Union, types.UnionType):
        inner = _decoder(next(part for part in get_args(hint) if part is not type(None)))
        return lambda plain: None if plain is None else inner(plain)
    if origin in (tuple, frozenset):
        item = _decoder(get_args(hint)[0])
        return lambda plain: origin([item(one) for one in _exactly(list, plain)])
    if origin is dict:
        return lambda plain: _exactly(dict, plain)
    return _class_decoder(hint)


def _class_decoder(hint: type) -> Decoder:
    if issubclass(hint, Enum):
        return {member.value: member for member in hint}.__getitem__
    if issubclass(hint, UUID):
        return _uid
    if issubclass(hint, date):
        return date.fromisoformat
    if dataclasses.is_dataclass(hint):
        return _part_decoder(hint)
    return _SIMPLE.get(hint) or (lambda plain: _exactly(hint, plain))


def _part_decoder(cls: Any) -> Decoder:
    hints = get_type_hints(cls)
    decoders = {name: _decoder(hints[name]) for name in hints}
    empty = blanks(cls)

    def part(plain: Any) -> Any:
        given = _exactly(dict, plain)
        known = {name: way(given[name]) for name, way in decoders.items() if name in given}
        return cls(**{**empty, **known})

    return part


def _exactly(kind: type, plain: Any) -> Any:
    """The value when it is of just that type: True is no number."""
    if type(plain) is not kind:
        raise TypeError(kind.__name__)
    return plain


def _text(plain: Any) -> Any:
    if type(plain) is not str:
        raise TypeError("text")
    return plain


def _number(plain: Any) -> Any:
    if type(plain) is not int:
        raise TypeError("number")
    return plain


# Most fields are texts and numbers, and a call saved is a tenth of a record.
_SIMPLE: dict[type, Decoder] = {str: _text, int: _number}


def _uid(plain: Any) -> UUID:
    return UUID(bytes=bytes.fromhex(plain))
