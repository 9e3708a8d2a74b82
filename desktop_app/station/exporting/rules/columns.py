"""Which columns of a list are written, which of them masked, and what of a record stands in a cell.

A ledger says in its `sheet.py` what its sheet is. A kind that says nothing is written from its
fields: first what its list shows, then the rest, but for what only the program reads.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from functools import partial
from typing import Any

from desktop_app.core.clock import Millis, Zone
from desktop_app.core.codec import Plain
from desktop_app.core.errors import UserError
from desktop_app.core.fields import Field, FieldKind
from desktop_app.core.ids import Uid
from desktop_app.core.ledger_spec import Row
from desktop_app.core.masked_values import HIDDEN, masked
from desktop_app.core.record import RecordKind
from desktop_app.core.rights import Actor, Right
from desktop_app.core.text import clean_line
from desktop_app.sheets.spec import CellKind, Column, Out, SheetSpec, Told

Write = Callable[[Any], Out]
Tell = Callable[[Any, Zone, Sequence[Any]], Sequence[Told]]
"""Makes of records what a sheet's cells are made from, with an open connection."""

_REASON = 200


@dataclass(frozen=True, slots=True)
class Listed:
    """One line of a list: which record, and what the list says of it, where it is at hand."""

    uid: Uid
    row: Row


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written: how many rows, and the headings of columns that are masked."""

    path: str
    rows: int
    masked: tuple[str, ...]
    unmasked: bool


@dataclass(frozen=True, slots=True)
class Written:
    """How each record of a kind is written. With `told` a cell is made from what that makes of the
    record, else from the record and its line of the list."""

    columns: tuple[Column, ...]
    cells: tuple[Write, ...]
    masked: tuple[str, ...]
    told: Tell | None


def checked_reason(actor: Actor, reason: str, *, unmasked: bool) -> str:
    """The reason as it is logged. Raises `NotAllowed` or `UserError`."""
    actor.require(Right.EXPORT)
    if not unmasked:
        return ""
    actor.require(Right.REVEAL)
    said = clean_line(reason, limit=_REASON, label="原因", field="reason")
    if not said:
        raise UserError(
            "导出完整内容要写明原因，没有导出任何内容。",
            "请写明给谁、做什么用；不需要完整号码时请按遮挡导出。",
            field="reason",
        )
    return said


def written(
    kind: RecordKind[Any],
    spec: SheetSpec | None,
    listed: Sequence[Field],
    actor: Actor,
    zone: Zone,
    *,
    unmasked: bool,
) -> Written:
    """How the records of a kind are written for this operator."""
    columns = _of_spec(spec) if spec is not None else _of_fields(kind, listed, zone)
    cells: list[Write] = []
    hidden = []
    for column in columns:
        out = column.out
        assert out is not None, "a column that is only read is not written"
        hides = _is_private(kind, column) and not (
            unmasked and (actor.may(Right.SENSITIVE) or not _is_sensitive(kind, column))
        )
        cells.append(_masking(column, out) if hides else out)
        hidden += [column.label] if hides else []
    return Written(columns, tuple(cells), tuple(hidden), spec.told if spec else None)


def written_into(
    names: Collection[str],
    kind: RecordKind[Any],
    spec: SheetSpec | None,
    listed: Sequence[Field],
    actor: Actor,
    zone: Zone,
    *,
    unmasked: bool,
) -> Written:
    """How the records of a kind are written where a template names columns: by the headings of its
    sheet, else of its list and fields. A cell is made from (what is told, (record, line))."""
    parts = [written(kind, None, listed, actor, zone, unmasked=unmasked)]
    if spec is not None:
        parts.insert(0, written(kind, spec, (), actor, zone, unmasked=unmasked))
    found: dict[str, tuple[Column, Write]] = {}
    for part in parts:
        at = 0 if part.told is not None else 1
        for column, cell in zip(part.columns, part.cells, strict=True):
            if column.label in names:
                found.setdefault(column.label, (column, partial(_of_part, cell, at)))
    masked_ones = {label for part in parts for label in part.masked}
    return Written(
        tuple(column for column, _ in found.values()),
        tuple(cell for _, cell in found.values()),
        tuple(label for label in found if label in masked_ones),
        spec.told if spec else None,
    )


def _of_part(cell: Write, at: int, subject: tuple[Any, Any]) -> Out:
    return cell(subject[at])


def headings(kind: RecordKind[Any], spec: SheetSpec | None, listed: Sequence[Field]) -> set[str]:
    """Every heading a template for records of this kind may name."""
    own = {column.label for column in spec.columns if column.out} if spec else set()
    return own | {column.label for column in _of_fields(kind, listed, Zone())}


# --- what is private ------------------------------------------------------------------------------


def _described(kind: RecordKind[Any], column: Column) -> list[Field]:
    return [
        field for field in kind.fields if column.name == field.name or column.label == field.label
    ]


def _is_private(kind: RecordKind[Any], column: Column) -> bool:
    """What the record's own field calls private is so whatever the sheet says."""
    return column.private or any(field.private for field in _described(kind, column))


def _is_sensitive(kind: RecordKind[Any], column: Column) -> bool:
    return any(field.sensitive for field in _described(kind, column))


_MASKED_AS = {
    CellKind.PHONE: FieldKind.PHONE,
    CellKind.PHONES: FieldKind.PHONE,
    CellKind.IDENTITY: FieldKind.IDENTITY,
    CellKind.DAY: FieldKind.DAY,
    CellKind.MOMENT: FieldKind.DAY,
}


def _masking(column: Column, out: Write) -> Write:
    kind = _MASKED_AS.get(column.kind, FieldKind.TEXT)
    name = "name" if column.kind is CellKind.NAME else column.name
    field = Field(name, column.label, kind, private=True)
    mask = column.mask or (lambda text: str(masked(field, text)))

    def hidden(subject: Any) -> Out:
        value = out(subject)
        if value is None or value == "":
            return value
        if isinstance(value, str):
            return mask(value)
        return str(masked(field, value.isoformat())) if isinstance(value, date) else HIDDEN

    return hidden


# --- from a sheet's own columns -------------------------------------------------------------------


def _of_spec(spec: SheetSpec) -> tuple[Column, ...]:
    return tuple(column for column in spec.columns if column.out is not None)


# --- from fields ----------------------------------------------------------------------------------

_KINDS = {
    FieldKind.NUMBER: CellKind.NUMBER,
    FieldKind.FLAG: CellKind.FLAG,
    FieldKind.DAY: CellKind.DAY,
    FieldKind.MOMENT: CellKind.MOMENT,
    FieldKind.CHOICE: CellKind.CHOICE,
    FieldKind.CHOICES: CellKind.CHOICES,
    FieldKind.PHONE: CellKind.PHONE,
    FieldKind.IDENTITY: CellKind.IDENTITY,
}
_NOT_FOR_PEOPLE = frozenset({"uid", "revision", "station"})
_UNWRITTEN = frozenset({FieldKind.REFERENCE, FieldKind.LIST})


def _of_fields(kind: RecordKind[Any], listed: Sequence[Field], zone: Zone) -> tuple[Column, ...]:
    fields = {field.name: field for field in listed if field.name not in _NOT_FOR_PEOPLE}
    own = {field.name: field for field in kind.fields}
    for name, field in own.items():
        if field.kind not in _UNWRITTEN:
            fields.setdefault(name, field)
    return tuple(
        Column(
            name=field.name,
            label=field.label,
            kind=_KINDS.get(field.kind, CellKind.LINE),
            private=field.private,
            choices=field.choices,
            out=_reading(field, zone, of_record=name in own and own[name].kind not in _UNWRITTEN),
        )
        for name, field in fields.items()
    )


def _reading(field: Field, zone: Zone, *, of_record: bool) -> Write:
    """What reads a field from a record and its line, which say the same in two ways."""
    name, labels = field.name, {choice.value: choice.label for choice in field.choices}

    def out(subject: tuple[Any, Mapping[str, Plain]]) -> Out:
        record, row = subject
        if of_record and record is not None:
            return cell_of(getattr(record, name), field.kind, labels, zone)
        value = row.get(name)
        if isinstance(value, str):
            return _told(value, field.kind, labels)
        return cell_of(value, field.kind, labels, zone)

    return out


def _told(text: str, kind: FieldKind, labels: Mapping[str, str]) -> Out:
    """A plain text of a list's line as a cell; what is masked or no date stays a text."""
    try:
        if kind is FieldKind.DAY:
            return date.fromisoformat(text)
        if kind is FieldKind.MOMENT:
            return datetime.fromisoformat(text).replace(tzinfo=None)
    except ValueError:
        return text
    return labels.get(text, text)


def cell_of(value: Any, kind: FieldKind, labels: Mapping[str, str], zone: Zone) -> Out:
    """A value of a record as it stands in a cell."""
    if value is None or isinstance(value, bool):
        return {True: "是", False: "否"}.get(value) if value is not None else None
    if kind is FieldKind.MOMENT and isinstance(value, int):
        return zone.local(Millis(value)).replace(tzinfo=None, second=0, microsecond=0)
    if isinstance(value, Enum):
        label = labels.get(str(value.value)) or getattr(value, "label", None)
        return str(label if label is not None else value.value)
    if isinstance(value, (tuple, list, frozenset)):
        parts = (cell_of(one, kind, labels, zone) for one in value)
        return "、".join(str(part) for part in parts if part not in (None, ""))
    if isinstance(value, str):
        return labels.get(value, value)
    return value if isinstance(value, (int, float, date)) else None
