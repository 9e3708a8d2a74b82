"""New records by the ten thousand that differ in a few fields: the rest is spelled and bound once.

A record has some fifty fields; in the rows of one sheet a dozen of them differ. What such a record
is in the table and in the change log is the same, letter by letter, as when it is put.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Generic, TypeVar
from weakref import WeakKeyDictionary

from sqlalchemy.engine.interfaces import Dialect

from desktop_app.core.clock import Millis
from desktop_app.core.codec import encode, spell_each, spelled
from desktop_app.core.fields import FieldKind
from desktop_app.core.record import META_FIELDS, Record
from desktop_app.storage.row_writer import Bound, RowWriter
from desktop_app.storage.shelf import Shelf

R = TypeVar("R", bound=Record)

_MOMENTS = ("created_at", "changed_at")


class Mould(Generic[R]):
    """New records of `shelf` that are like `model` but for the fields `varying`.

    `model` is a record nobody has saved. Not for a shelf that derives columns from a varying field.
    """

    def __init__(self, shelf: Shelf[R], model: R, varying: Sequence[str]) -> None:
        self.shelf = shelf
        self._model = model
        kind = shelf.kind
        own = [name for name in varying if name not in META_FIELDS]
        names = sorted(field.name for field in kind.fields)
        self._frame = _frame(names, vars(model), set(own))
        self._told = tuple(name for name in names if name in own)
        self._columns = ("uid", *own)
        nested = {column.name for column in shelf.table.c if getattr(column.type, "nested", False)}
        choices = {field.name for field in kind.fields if field.kind is FieldKind.CHOICE}
        # The driver spends longer on an enum's member than on the text it stands for.
        self._encoded = [name for name in own if name in nested | choices]
        self._moments = [
            place for place, column in enumerate(shelf.table.c) if column.name in _MOMENTS
        ]
        self.writer = RowWriter(shelf.table)
        self._bound: WeakKeyDictionary[Dialect, tuple[Bound, list[_Slot]]] = WeakKeyDictionary()

    def text(self, values: Mapping[str, Any]) -> str:
        """What the change log keeps of the record with these values."""
        return self._frame % tuple(spell_each([values[name] for name in self._told]))

    def row(self, dialect: Dialect, values: Mapping[str, Any], at: Millis) -> Bound:
        """Its row as the driver of that database takes it. `values` are the varying fields and
        `uid`; it is made at that moment."""
        known = self._bound.get(dialect)
        if known is None:
            known = self._bound[dialect] = self._prepared(dialect)
        model, slots = known
        row = list(model)
        for place in self._moments:
            row[place] = at
        for place, name, convert in slots:
            value = values[name]
            row[place] = value if convert is None or value is None else convert(value)
        return tuple(row)

    def _prepared(self, dialect: Dialect) -> tuple[Bound, list[_Slot]]:
        row = {**self.shelf.row(self._model), **self.shelf.derived(self._model), "revision": 1}
        for field in self.shelf.kind.fields:
            if field.kind is FieldKind.CHOICE:
                row[field.name] = encode(row[field.name])
        converts = self.writer.converts(dialect)
        slots: list[_Slot] = []
        for place, column in enumerate(self.shelf.table.c):
            if column.name in self._columns:
                convert = converts.get(place)
                if column.name in self._encoded:
                    convert = _encoded(convert)
                slots.append((place, column.name, convert))
        return self.writer.bound(dialect, row), slots


_Slot = tuple[int, str, Callable[[Any], Any] | None]


def _encoded(convert: Callable[[Any], Any] | None) -> Callable[[Any], Any]:
    if convert is None:
        return encode
    return lambda value: convert(encode(value))


def _frame(names: Sequence[str], values: Mapping[str, Any], varying: set[str]) -> str:
    """The record's text, with `%s` where something varies."""
    parts = [
        f'"{name}":%s' if name in varying else spelled(values, (name,))[1:-1].replace("%", "%%")
        for name in names
    ]
    return "{" + ",".join(parts) + "}"
