"""待补: fields that the street could not give back whole, until somebody has filled them in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from desktop_app import catalog
from desktop_app.core.ids import Uid
from desktop_app.core.rights import Right
from desktop_app.station.reporting.rules.meeting import UNKNOWN_NUMBER
from desktop_app.station.reporting.rules.reports import PendingMark
from desktop_app.station.reporting.store import Connection, memory
from desktop_app.storage.session import Desk
from desktop_app.storage.shelf import Shelf

MOST_SHOWN = 1000
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


def pending(desk: Desk, most: int = MOST_SHOWN) -> list[PendingRecord]:
    """The records that still have something to be filled in, up to `most`: those that somebody
    has begun first. `count` knows how many there are."""
    with desk.reading(needs=Right.READ) as connection:
        found: list[PendingRecord] = []
        for shelf in _marked_shelves(connection):
            marks = _begun(connection, shelf)
            marks += memory.untouched(connection, shelf, max(0, most - len(found) - len(marks)))
            found += _records(connection, shelf, marks[: most - len(found)])
        return found


def settle(desk: Desk, kind: str, uid: Uid) -> None:
    """Somebody has looked: nothing more is to be filled in of this record."""
    with desk.unit_of_work("待补已核对", needs=Right.HANDLE) as unit:
        mark = memory.pending_of(unit.connection, kind, uid)
        record = catalog.shelves()[kind].get(unit.connection, uid)
        unit.about(
            str(getattr(record, "number", "")), "" if mark is None else f"{len(mark.fields)} 项"
        )
        if mark is not None:
            memory.drop_pending(unit.connection, [mark])


def count(connection: Connection) -> int:
    """How many records still have something to be filled in."""
    return sum(
        memory.count_untouched(connection, shelf) + len(_begun(connection, shelf))
        for shelf in _marked_shelves(connection)
    )


def _marked_shelves(connection: Connection) -> list[Shelf[Any]]:
    shelves = catalog.shelves()
    return [shelves[kind] for kind in memory.pending_kinds(connection) if kind in shelves]


def _begun(connection: Connection, shelf: Shelf[Any]) -> list[PendingMark]:
    """What is left of the marks of records that somebody has saved since: a field that is filled
    in now is settled."""
    marks = memory.touched(connection, shelf)
    found = []
    for at in range(0, len(marks), _AT_ONCE):
        several = marks[at : at + _AT_ONCE]
        records = shelf.many(connection, [mark.uid for mark in several])
        for mark in several:
            record = records[mark.uid]
            left = {
                name: hint
                for name, hint in mark.fields.items()
                if not _is_filled(getattr(record, name, None))
            }
            if left:
                found.append(PendingMark(mark.kind, mark.uid, mark.revision, mark.marked_at, left))
    return found


def _is_filled(value: Any) -> bool:
    return bool(value) and not str(value).startswith(UNKNOWN_NUMBER)


def _records(
    connection: Connection, shelf: Shelf[Any], marks: Sequence[PendingMark]
) -> list[PendingRecord]:
    named = {field.name: field.label for field in shelf.kind.fields}
    found = []
    for at in range(0, len(marks), _AT_ONCE):
        several = marks[at : at + _AT_ONCE]
        records = shelf.many(connection, [mark.uid for mark in several])
        found += [
            PendingRecord(
                kind=shelf.kind.name,
                label=shelf.kind.label,
                uid=mark.uid,
                number=str(getattr(records[mark.uid], "number", "")),
                fields=tuple((named.get(name, name), hint) for name, hint in mark.fields.items()),
            )
            for mark in several
        ]
    return found
