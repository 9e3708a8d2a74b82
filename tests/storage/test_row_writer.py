"""Rows by the thousand: written over what is there, all or none, the same on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

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
    later = [replace(one, title="改了", created_at=7, tags=()) for one in some]
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
def test_an_attempt_writes_all_or_none_and_the_transaction_goes_on(
    notes: Database, desk: Desk, count: int
) -> None:
    some = _some(notes, count)
    too_long = [*some[:-1], replace(some[-1], title="长" * 21)]
    with notes.unrecorded() as connection:
        refused = OVER.attempt(connection, [SHELF.row(one) for one in too_long])
        taken = OVER.attempt(connection, [SHELF.row(some[0])])

    assert refused is Refusal.UNFIT
    assert taken is None
    assert _kept(desk) == [some[0]]


@COUNTS
def test_without_a_key_rows_are_only_added(notes: Database, desk: Desk, count: int) -> None:
    adding = RowWriter(NOTES)
    some = _some(notes, count)
    with notes.unrecorded() as connection:
        adding.write(connection, [SHELF.row(one) for one in some])
        twice = adding.attempt(connection, [SHELF.row(one) for one in some])

    assert twice is Refusal.TAKEN
    assert _kept(desk) == some
