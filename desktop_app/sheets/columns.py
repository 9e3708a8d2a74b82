"""What the sheets of all ledgers are put together from: a column as its field describes it, words
for what records refer to, and changes that leave alone what is so already."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields
from datetime import datetime
from typing import Any

from desktop_app.core.clock import Millis, Zone
from desktop_app.core.codec import Plain
from desktop_app.core.fields import Field, FieldKind
from desktop_app.core.ids import Uid
from desktop_app.core.masking import mask_id, mask_phone
from desktop_app.core.plain_entry import altered, given
from desktop_app.sheets.spec import CellKind, Column, Connection, Out, Told, Values

_KINDS: Mapping[FieldKind, CellKind] = {
    FieldKind.TEXT: CellKind.LINE,
    FieldKind.NUMBER: CellKind.NUMBER,
    FieldKind.FLAG: CellKind.FLAG,
    FieldKind.DAY: CellKind.DAY,
    FieldKind.MOMENT: CellKind.MOMENT,
    FieldKind.CHOICE: CellKind.CHOICE,
    FieldKind.CHOICES: CellKind.CHOICES,
    FieldKind.PHONE: CellKind.PHONE,
    FieldKind.IDENTITY: CellKind.IDENTITY,
    FieldKind.REFERENCE: CellKind.LINE,
    FieldKind.LIST: CellKind.TEXT,
}
_MASKS: Mapping[FieldKind, Callable[[str], str]] = {
    FieldKind.PHONE: mask_phone,
    FieldKind.IDENTITY: mask_id,
}
_YES, _NO = "是", "否"

Namer = Callable[[Connection, Sequence[Uid]], Mapping[Uid, str]]
"""What some uids are called; those it does not know are left out."""


def column(field: Field, kind: CellKind | None = None, **more: Any) -> Column:
    """The column of a field: its label, its choices, who may see it, and how it is written."""
    told: dict[str, Any] = {
        "name": field.name,
        "label": field.label,
        "kind": kind or _KINDS[field.kind],
        "private": field.private,
        "sensitive": field.sensitive,
        "choices": field.choices,
        "mask": _MASKS.get(field.kind) if field.private else None,
        "out": _written(field.name, kind or _KINDS[field.kind]),
    }
    return Column(**{**told, **more})


def only_read(name: str, label: str, kind: CellKind = CellKind.LINE, **more: Any) -> Column:
    """A column that people have and the program does not write."""
    return Column(name=name, label=label, kind=kind, **more)


def only_written(field: Field, **more: Any) -> Column:
    """A column that the program fills in itself: it is never read."""
    return column(field, read=False, **more)


def part_of(group: str, part: str) -> Callable[[Told], Out]:
    """Writes one part of a field that holds parts (监护人: 姓名)."""

    def out(told: Told) -> Out:
        whole = getattr(told.record, group)
        value = None if whole is None else getattr(whole, part)
        return getattr(value, "label", value) or None

    return out


def referred(name: str) -> Callable[[Told], Out]:
    """Writes what a field refers to by its word."""
    return lambda told: told.name(getattr(told.record, name))


def moment(zone: Zone, at: Millis | None) -> datetime | None:
    """A point in time as a cell holds it: by the station's clock, to the minute."""
    return None if at is None else zone.local(at).replace(second=0, microsecond=0, tzinfo=None)


def _written(name: str, kind: CellKind) -> Callable[[Told], Out]:
    def text(told: Told) -> Out:
        return getattr(told.record, name) or None

    def as_it_is(told: Told) -> Out:
        value: Out = getattr(told.record, name)
        return value

    def yes_or_no(told: Told) -> Out:
        return _YES if getattr(told.record, name) else _NO

    def word(told: Told) -> Out:
        value = getattr(told.record, name)
        return None if value is None else value.label

    def words(told: Told) -> Out:
        return "、".join(one.label for one in getattr(told.record, name)) or None

    def clock(told: Told) -> Out:
        return moment(told.zone, getattr(told.record, name))

    ways: Mapping[CellKind, Callable[[Told], Out]] = {
        CellKind.NUMBER: as_it_is,
        CellKind.YEAR: as_it_is,
        CellKind.DAY: as_it_is,
        CellKind.FLAG: yes_or_no,
        CellKind.CHOICE: word,
        CellKind.GENDER: word,
        CellKind.CHOICES: words,
        CellKind.MOMENT: clock,
    }
    return ways.get(kind, text)


def telling(
    *namers: tuple[Namer, Sequence[str]],
) -> Callable[[Connection, Zone, Sequence[Any]], list[Told]]:
    """`SheetSpec.told`: each namer is asked once for all that some fields of the records hold."""

    def told(connection: Connection, zone: Zone, records: Sequence[Any]) -> list[Told]:
        words: dict[Uid, str] = {}
        for namer, names in namers:
            wanted = {uid for record in records for name in names for uid in _uids(record, name)}
            if wanted:
                words.update(namer(connection, sorted(wanted)))
        return [Told(record, zone, words) for record in records]

    return told


def _uids(record: Any, name: str) -> Iterable[Uid]:
    value = getattr(record, name)
    if value is None:
        return ()
    return value if isinstance(value, tuple) else (value,)


def joined_parts(values: dict[str, Plain], group: str, parts: Mapping[str, str]) -> None:
    """Puts columns (监护人姓名, 监护人电话) together to the group of a form they are parts of.

    `parts` are the group's parts by the names of the columns; empty ones are left out.
    """
    found = {part: values.pop(name) for name, part in parts.items() if name in values}
    if found:
        values[group] = found


def differing(record: Any, values: Mapping[str, Any]) -> dict[str, Any]:
    """What these values of a form would change of a record. What is no field of it stays."""
    known = {part.name for part in fields(record)}
    told = {name: value for name, value in given(values).items() if name in known}
    new = altered(record, told)
    same = {name for name, value in new.items() if value == getattr(record, name)}
    return {name: value for name, value in given(values).items() if name not in same}


_PERSON = re.compile(r"([^（()）]+)(?:[（(]([^（()）]*)[)）])?")
_APART = re.compile(r"[、，,;；\n]+")


def people_text(people: Iterable[Any]) -> str | None:
    """Some people in one cell, each perhaps with a number: 张三（13800001234）、李四."""
    return (
        "、".join(f"{one.name}（{one.phone}）" if one.phone else one.name for one in people) or None
    )


def people_of(text: str) -> list[Plain]:
    """The people of a cell as `people_text` writes them, as parts of a form."""
    found: list[Plain] = []
    for part in filter(None, (part.strip() for part in _APART.split(text))):
        told = _PERSON.fullmatch(part)
        name, phone = (told[1].strip(), (told[2] or "").strip()) if told else (part, "")
        found.append({"name": name, "phone": phone} if phone else {"name": name})
    return found


def without(values: Values, *names: str) -> dict[str, Plain]:
    """The values without some columns."""
    return {name: value for name, value in values.items() if name not in names}
