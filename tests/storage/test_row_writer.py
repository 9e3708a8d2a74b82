"""Rows by the thousand: written over what is there, all or none, the same on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from desktop_app.core.clock import Millis
from desktop_app.core.rights import Right
from desktop_app.storage.row_writer import Refusal, RowWriter
from desktop_app.storage.session import Database, Desk
from tests.storage.notes import NOTES, SHELF, Note, Tag, make_table, note

OVER = RowWriter(NOTES, key=("uid",), keep=("created_at", "station"), guard="station")
COUNTS = pytest.mark.parametrize("count", [3, 100])
"""Few rows and many go different ways on a server."""


@pytest.fixture
def notes(database: Database) -> Database:
    make_table(database)
    return database


def _some(database: Database, count: int) -> list[Note]:
    return [
        note(
            database, f"第 {n} 张", day=date(2026, 11, 1 + n % 28), done=n % 2 == 0,
            tags=(Tag("急", n),), hidden=("甲\t乙\n\\丙",),
        )
        for n in range(count)
    ]  # fmt: skip


def _kept(desk: Desk) -> list[Note]:
    with desk.reading(needs=Right.READ) as connection:
        rows = connection.execute(NOTES.select().order_by(NOTES.c.uid)).mappings()
        return SHELF.values(rows)


@COUNTS
def test_new_rows_read_back_as_they_were_given(notes: Database, desk: Desk, count: int) -> None:
    some = _some(notes, count)
    with notes.unrecorded() as connection:
        OVER.write(connection, [SHELF.row(one) for one in some])

    assert _kept(desk) == some


@COUNTS
def test_a_row_that_is_there_is_overwritten_but_for_what_is_kept(
    notes: Database, desk: Desk, count: int
) -> None:
    some = _some(notes, count)
    later = [replace(one, title="改了", created_at=Millis(7), tags=()) for one in some]
    with notes.unrecorded() as connection:
        OVER.write(connection, [SHELF.row(one) for one in some])
        OVER.write(connection, [SHELF.row(one) for one in later])

    assert _kept(desk) == [replace(one, created_at=some[0].created_at) for one in later]


@COUNTS
def test_a_row_of_somebody_else_is_left_alone(notes: Database, desk: Desk, count: int) -> None:
    some = _some(notes, count)
    with notes.unrecorded() as connection:
        OVER.write(connection, [SHELF.row(one) for one in some])
        OVER.write(
            connection, [SHELF.row(replace(one, station="XX99", title="冒名")) for one in some]
        )

    assert _kept(desk) == some


@COUNTS
def test_an_attempt_says_why_a_row_is_refused_and_the_transaction_goes_on(
    notes: Database, desk: Desk, count: int
) -> None:
    some = _some(notes, count)
    too_long = [*some[:-1], replace(some[-1], title="长" * 21)]
    with notes.unrecorded() as connection:
        bound = [OVER.bound(connection.dialect, SHELF.row(one)) for one in too_long]
        refused = OVER.attempt(connection, bound)
        taken = OVER.attempt(connection, bound[:-1])

    assert (refused, taken) == (Refusal.UNFIT, None)
    assert _kept(desk) == some[:-1]


def test_an_attempt_tells_a_number_that_is_taken_from_a_value_that_does_not_fit(
    notes: Database, desk: Desk
) -> None:
    with notes.unrecorded() as connection:
        connection.exec_driver_sql("CREATE UNIQUE INDEX one_title ON notes (title)")
        rows = [SHELF.row(note(notes, "同一个")) for _ in range(2)]
        bound = [OVER.bound(connection.dialect, row) for row in rows]
        found = [OVER.attempt(connection, [one]) for one in bound]

    assert found == [None, Refusal.TAKEN]
    assert len(_kept(desk)) == 1


@COUNTS
def test_without_a_key_rows_are_only_added(notes: Database, desk: Desk, count: int) -> None:
    adding = RowWriter(NOTES)
    some = _some(notes, count)
    with notes.unrecorded() as connection:
        adding.write(connection, [SHELF.row(one) for one in some])

    assert _kept(desk) == some


@COUNTS
def test_rows_that_should_be_new_are_added_or_it_is_told_that_one_is_not(
    notes: Database, desk: Desk, count: int
) -> None:
    some = _some(notes, count)
    with notes.unrecorded() as connection:
        bound = [OVER.bound(connection.dialect, SHELF.row(one)) for one in some]
        first = OVER.add_new(connection, bound[:-1])
        again = OVER.add_new(connection, bound)
        mended = OVER.attempt(connection, bound)

    assert (first, again, mended) == (True, False, None)
    assert _kept(desk) == some


def test_a_bound_row_is_plain_on_both_databases(notes: Database) -> None:
    row = SHELF.row(_some(notes, 1)[0])
    with notes.unrecorded() as connection:
        bound = OVER.bound(connection.dialect, row)

    assert {type(value) for value in bound} <= {str, int, bytes, type(None)}
