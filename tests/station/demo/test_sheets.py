"""What every ledger says of its sheet, tried with the records of a busy demo home."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa

from desktop_app import catalog
from desktop_app.core.codec import Plain
from desktop_app.core.fields import FieldKind
from desktop_app.core.ids import Uid
from desktop_app.core.ledger_spec import Ledger
from desktop_app.core.plain_entry import Form, Lookup, read
from desktop_app.core.record import Record
from desktop_app.core.rights import Right
from desktop_app.sheets.heading import heading_at
from desktop_app.sheets.headings import CONCEPTS
from desktop_app.sheets.mapping import guess
from desktop_app.sheets.rows import Context, read_rows
from desktop_app.sheets.spec import CellKind, Column, Out, SheetSpec
from desktop_app.station.sign_in.session import Session
from tests.station.demo.made import TODAY

SHEETS = catalog.sheets()
LEDGERS = catalog.ledgers()


@pytest.fixture(params=SHEETS)
def spec(request: pytest.FixtureRequest) -> SheetSpec:
    return SHEETS[request.param]


@pytest.fixture
def ledger(spec: SheetSpec) -> Ledger:
    return LEDGERS[spec.kind]


def records(session: Session, kind: str, most: int = 200) -> Sequence[Any]:
    shelf = catalog.shelves()[kind]
    query = sa.select(shelf.table).where(shelf.table.c.deleted_at.is_(None)).limit(most)
    with session.desk.reading(needs=Right.READ) as connection:
        return shelf.values(connection.execute(query).mappings())


def cells(session: Session, spec: SheetSpec, found: Sequence[Any]) -> Iterator[dict[str, Out]]:
    with session.desk.reading(needs=Right.READ) as connection:
        told = spec.told(connection, session.desk.database.zone, found)
    for one in told:
        yield {column.name: column.out(one) for column in spec.columns if column.out is not None}


def read_again(
    spec: SheetSpec, rows: Sequence[dict[str, Out]]
) -> list[tuple[int, dict[str, Plain]]]:
    """The rows as a sheet with the ledger's own headings gives them, with their places."""
    written = [column for column in spec.columns if column.out is not None]
    sheet: list[list[Any]] = [[column.label for column in written]]
    sheet += [[row[column.name] for column in written] for row in rows]
    heading = heading_at(sheet, (), 0)
    mapping = guess(heading, spec.columns, sheet)
    assert mapping == {place: column.name for place, column in enumerate(written) if column.read}, (
        spec.kind
    )
    context = Context(TODAY)
    found = []
    for row in read_rows(sheet, heading, mapping, spec.columns, context, spec.several):
        assert not row.problems, (spec.kind, row.problems)
        found.append((row.number - 2, row.values))
    return found


def form_of(spec: SheetSpec, ledger: Ledger) -> Form:
    adding = spec.adding or ledger.adding
    assert adding is not None
    return adding.form


def test_the_columns_of_a_sheet_are_told_apart(spec: SheetSpec) -> None:
    names = [column.name for column in spec.columns]
    labels = [column.label for column in spec.columns]

    assert len(set(names)) == len(names)
    assert len(set(labels)) == len(labels)
    assert set(spec.keys) <= set(names)
    assert all(column.out is not None or column.read for column in spec.columns)


def test_every_kind_that_can_be_added_has_a_sheet() -> None:
    assert {kind for kind, ledger in LEDGERS.items() if ledger.adding} <= set(SHEETS)
    assert set(SHEETS) <= set(LEDGERS)


def test_what_a_column_is_stands_in_the_table_of_headings(spec: SheetSpec) -> None:
    assert {column.concept for column in spec.columns} <= {"", *CONCEPTS}
    assert all(column.concept == "" or column.read for column in spec.columns)


def test_every_pointer_is_a_field_that_holds_a_record() -> None:
    shelves = catalog.shelves()
    for kind, pointers in catalog.POINTERS.items():
        assert kind in shelves
        for other, name in pointers:
            assert shelves[other].kind.field(name).kind is FieldKind.REFERENCE


def test_a_volunteer_is_pointed_at_and_a_lonely_file_is_not(hall: Session) -> None:
    (served, *_) = records(hall, "service")
    lonely = Uid(int=1)
    with hall.desk.reading(needs=Right.READ) as connection:
        pointers = catalog.pointing_at(
            catalog.shelves(), connection, "volunteers", [lonely, served.volunteer]
        )
    assert pointers[served.volunteer][served.uid] == "服务记录"
    assert lonely not in pointers


def test_every_column_of_a_choice_has_choices_and_its_other_words_mean_one(spec: SheetSpec) -> None:
    for column in spec.columns:
        if column.kind in (CellKind.CHOICE, CellKind.CHOICES, CellKind.GENDER):
            known = {choice.value for choice in column.choices}
            assert known, column.name
            assert {str(value) for _, value in column.synonyms} <= known, column.name


def test_the_form_takes_what_the_sheet_calls_it(spec: SheetSpec, ledger: Ledger) -> None:
    if not spec.readable:
        assert spec.adding is None
        return
    known = {field.name for field in form_of(spec, ledger).fields}
    for column in spec.columns:
        if column.read:
            shaped = spec.shape({column.name: _something(column)})
            assert set(shaped) <= known, column.name


def _something(column: Column) -> Plain:
    if column.kind in (CellKind.CHOICE, CellKind.GENDER):
        return column.choices[0].value
    if column.kind is CellKind.CHOICES:
        return [column.choices[0].value]
    if column.kind in (CellKind.DAY, CellKind.MOMENT):
        return "2026-03-05"
    return {
        CellKind.CLOCK: "09:30",
        CellKind.FLAG: True,
        CellKind.NUMBER: 3,
        CellKind.MINUTES: 90,
        CellKind.YEAR: 1952,
        CellKind.PHONES: [{"number": "13800001234"}],
    }.get(column.kind, "青榕雅苑")


def test_every_record_can_be_written_and_most_columns_are(hall: Session, spec: SheetSpec) -> None:
    rows = list(cells(hall, spec, records(hall, spec.kind)))
    written = {name for row in rows for name, cell in row.items() if cell not in (None, "")}

    assert all(
        isinstance(cell, str | int | float | date | None) for row in rows for cell in row.values()
    )
    assert not rows or written


def test_what_was_written_and_is_read_again_changes_nothing(
    hall: Session, spec: SheetSpec, ledger: Ledger
) -> None:
    changing = spec.changing or ledger.changing
    if changing is None or not spec.readable:
        assert spec.changing is None
        return
    found = records(hall, spec.kind)
    rows = read_again(spec, list(cells(hall, spec, found)))
    assert len(rows) == len(found)
    for place, row in rows:
        record = found[place]
        shaped = spec.shape(row)
        with hall.desk.reading(needs=Right.READ) as connection:
            given = read(changing.form, shaped, Lookup(connection), hall.desk.today)
        saved: Record = changing.save(hall.desk, record.uid, None, given)
        assert saved == record, spec.kind


def test_a_record_is_known_again_by_what_tells_it(hall: Session, spec: SheetSpec) -> None:
    found = records(hall, spec.kind)
    rows = [row for _, row in read_again(spec, list(cells(hall, spec, found)))]
    for key in spec.keys:
        texts = [str(row[key]) for row in rows if key in row]
        with hall.desk.reading(needs=Right.READ) as connection:
            known = spec.known(connection, key, texts)
        for record, row in zip(found, rows, strict=True):
            if str(row.get(key, "")) in known:
                assert known[str(row[key])] == record.uid
    if spec.keys and found:
        assert any(key in row for row in rows for key in spec.keys)


def test_a_row_of_a_record_is_taken_for_that_record(hall: Session, spec: SheetSpec) -> None:
    if spec.like is None:
        assert spec.kind not in {"visits", "residents", "volunteers", "activities", "service"}
        return
    found = [one for one in records(hall, spec.kind) if getattr(one, "merged_into", None) is None]
    rows = [row for _, row in read_again(spec, list(cells(hall, spec, found)))]
    with hall.desk.reading(needs=Right.READ) as connection:
        likes = spec.like(connection, rows)

    assert len(likes) == len(rows)
    hit = sum(
        record.uid in {like.uid for like in like} for record, like in zip(found, likes, strict=True)
    )
    assert not found or hit
