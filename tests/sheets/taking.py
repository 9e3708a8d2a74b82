"""Takes rows of a ledger's sheet in, as an import does, without the wizard around it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from desktop_app import catalog
from desktop_app.core.codec import Plain
from desktop_app.core.ids import Uid
from desktop_app.core.plain_entry import Lookup, read
from desktop_app.core.record import Record
from desktop_app.core.rights import Right
from desktop_app.sheets.heading import heading_at
from desktop_app.sheets.mapping import guess
from desktop_app.sheets.rows import Context, read_rows
from desktop_app.sheets.spec import Like, SheetSpec
from desktop_app.storage.session import Desk

Row = Mapping[str, Any]
"""Cells by what their columns are headed."""


def spec_of(kind: str) -> SheetSpec:
    return catalog.sheets()[kind]


def values(kind: str, *rows: Row) -> list[dict[str, Plain]]:
    """The rows as the kit reads them; each has to be without a problem."""
    spec = spec_of(kind)
    labels = list(dict.fromkeys(label for row in rows for label in row))
    sheet: list[list[Any]] = [labels, *([row.get(label) for label in labels] for row in rows)]
    heading = heading_at(sheet, (), 0)
    mapping = guess(heading, spec.columns, sheet)
    assert len(mapping) == len(labels), [
        label for place, label in enumerate(labels) if place not in mapping
    ]
    found = list(
        read_rows(sheet, heading, mapping, spec.columns, Context(date(2026, 11, 23)), spec.several)
    )
    assert not any(row.problems for row in found), [row.problems for row in found]
    return [row.values for row in found]


def take_in(desk: Desk, kind: str, *rows: Row, **more: Plain) -> list[Any]:
    """The new records of these rows, all of one unit of work; `more` stands beside each row."""
    spec, ledger = spec_of(kind), catalog.ledgers()[kind]
    adding = spec.adding or ledger.adding
    assert adding is not None
    made: list[Any] = []
    with desk.unit_of_work("导入", needs=adding.needs) as unit:
        lookup = Lookup(unit.connection)
        for row in spec.joined(unit.connection, [{**one, **more} for one in values(kind, *rows)]):
            plain = read(adding.form, spec.shape(row), lookup, desk.today)
            made += adding.enter(unit, desk, plain)
    return made


def take_one(desk: Desk, kind: str, **row: Any) -> Any:
    """The one record of a row; the columns' labels are the names of the arguments."""
    (made,) = take_in(desk, kind, row)
    return made


def change(desk: Desk, kind: str, uid: Uid, row: Row) -> Record:
    """The record after a row that is known to be it."""
    spec, ledger = spec_of(kind), catalog.ledgers()[kind]
    changing = spec.changing or ledger.changing
    assert changing is not None
    (plain,) = values(kind, row)
    with desk.reading(needs=Right.READ) as connection:
        told = read(changing.form, spec.shape(plain), Lookup(connection), desk.today)
    return changing.save(desk, uid, None, told)


def like(desk: Desk, kind: str, *rows: Row) -> Sequence[tuple[Like, ...]]:
    """What each of these rows may be already."""
    spec = spec_of(kind)
    assert spec.like is not None
    with desk.reading(needs=Right.READ) as connection:
        return spec.like(connection, values(kind, *rows))


def known(desk: Desk, kind: str, column: str, *texts: str) -> Mapping[str, Uid]:
    with desk.reading(needs=Right.READ) as connection:
        return spec_of(kind).known(connection, column, texts)


def written(desk: Desk, kind: str, *records: Any) -> list[dict[str, Any]]:
    """The cells of these records by the labels of their columns."""
    spec = spec_of(kind)
    with desk.reading(needs=Right.READ) as connection:
        told = spec.told(connection, desk.database.zone, records)
    return [
        {column.label: column.out(one) for column in spec.columns if column.out is not None}
        for one in told
    ]


def take_back(desk: Desk, kind: str, record: Any) -> None:
    """Undo one new record of an import."""
    spec, shelf = spec_of(kind), catalog.shelves()[kind]
    with desk.unit_of_work("撤销导入", needs=Right.HANDLE) as unit:
        current = shelf.need(unit.connection, record.uid)
        (spec.take_back or shelf.remove)(unit, current)


def stored(desk: Desk, kind: str, uid: Uid) -> Any:
    """A record as it stands, tombstones included."""
    with desk.reading(needs=Right.READ) as connection:
        return catalog.shelves()[kind].get(connection, uid)


def all_of(desk: Desk, kind: str) -> list[Any]:
    """Every living record of a kind."""
    shelf = catalog.shelves()[kind]
    with desk.reading(needs=Right.READ) as connection:
        uids = [uid for (uid,) in shelf.parts(connection, ("uid",), "station", ["QR01"])]
        return list(shelf.many(connection, uids).values())
