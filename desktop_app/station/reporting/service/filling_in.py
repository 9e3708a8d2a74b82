"""待补: fields that the street could not give back whole, until somebody has filled them in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from desktop_app import catalog
from desktop_app.core.ids import Uid
from desktop_app.core.rights import Right
from desktop_app.station.reporting.rules.reports import PendingField
from desktop_app.station.reporting.store import Connection, memory
from desktop_app.storage.session import Desk
from desktop_app.storage.shelf import Shelf

_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class PendingRecord:
    """A record with fields that are to be filled in: `fields` are their words with the masked
    value the street had (empty when it had none)."""

    kind: str
    label: str
    uid: Uid
    number: str
    fields: tuple[tuple[str, str], ...]


def pending(desk: Desk) -> list[PendingRecord]:
    """Every record that still has something to be filled in."""
    with desk.reading(needs=Right.READ) as connection:
        shelves, marks = catalog.shelves(), open_marks(connection)
        found: dict[tuple[str, Uid], list[PendingField]] = {}
        for mark in marks:
            found.setdefault((mark.kind, mark.uid), []).append(mark)
        return [
            _record(connection, shelves[kind], uid, several)
            for (kind, uid), several in found.items()
        ]


def settle(desk: Desk, kind: str, uid: Uid) -> None:
    """Somebody has looked: nothing more is to be filled in of this record."""
    with desk.unit_of_work("待补已核对", needs=Right.HANDLE) as unit:
        marks = [
            mark
            for mark in memory.pending_fields(unit.connection)
            if (mark.kind, mark.uid) == (kind, uid)
        ]
        unit.about(_number(unit.connection, catalog.shelves()[kind], uid), f"{len(marks)} 项")
        memory.drop_pending(unit.connection, marks)


def open_marks(connection: Connection) -> list[PendingField]:
    """The marks that are not settled: nobody has saved the record with that field filled since."""
    shelves = catalog.shelves()
    by_kind: dict[str, list[PendingField]] = {}
    for mark in memory.pending_fields(connection):
        if mark.kind in shelves:
            by_kind.setdefault(mark.kind, []).append(mark)
    found = []
    for kind, marks in by_kind.items():
        for at in range(0, len(marks), _AT_ONCE):
            found += _open(connection, shelves[kind], marks[at : at + _AT_ONCE])
    return found


def _open(
    connection: Connection, shelf: Shelf[Any], marks: Iterable[PendingField]
) -> list[PendingField]:
    several = list(marks)
    records = shelf.many(connection, sorted({mark.uid for mark in several}))
    found = []
    for mark in several:
        record = records.get(mark.uid)
        if record is None or record.deleted:
            continue
        if record.revision == mark.revision or not getattr(record, mark.field, None):
            found.append(mark)
    return found


def _record(
    connection: Connection, shelf: Shelf[Any], uid: Uid, marks: list[PendingField]
) -> PendingRecord:
    named = {field.name: field.label for field in shelf.kind.fields}
    return PendingRecord(
        kind=shelf.kind.name,
        label=shelf.kind.label,
        uid=uid,
        number=_number(connection, shelf, uid),
        fields=tuple((named.get(mark.field, mark.field), mark.hint) for mark in marks),
    )


def _number(connection: Connection, shelf: Shelf[Any], uid: Uid) -> str:
    return str(getattr(shelf.get(connection, uid), "number", ""))
