"""Paging by keys: every row once, in order, from either end, whatever happens meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import chain
from typing import Any
from uuid import UUID

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop_app.core.errors import UserError
from desktop_app.core.rights import Right
from desktop_app.storage.base import Int, Text, UidType
from desktop_app.storage.paging import COUNT_LIMIT, FIRST, LAST, Order, Page, page
from desktop_app.storage.session import Database, Desk

ROWS = sa.Table(
    "paging_sample",
    sa.MetaData(),
    sa.Column("uid", UidType, primary_key=True),
    sa.Column("at", Int, nullable=False),
    sa.Column("word", Text, nullable=False),
)
NEWEST_FIRST = Order((ROWS.c.at, ROWS.c.uid), descending=True)
OLDEST_FIRST = Order((ROWS.c.at, ROWS.c.uid))

Turn = Callable[..., Page[Any]]


@pytest.fixture
def fill(database: Database) -> Callable[[list[int]], None]:
    with database.unrecorded() as connection:
        ROWS.create(connection)

    def write(moments: list[int]) -> None:
        with database.unrecorded() as connection:
            connection.execute(sa.delete(ROWS))
            rows = [
                {"uid": UUID(int=n), "at": at, "word": "早" if at % 2 else "晚"}
                for n, at in enumerate(moments, start=1)
            ]
            if rows:
                connection.execute(sa.insert(ROWS), rows)

    return write


@pytest.fixture
def turn(desk: Desk) -> Turn:
    def read(
        cursor: str | None = FIRST, *, order: Order = NEWEST_FIRST, size: int = 3, word: str = ""
    ) -> Page[Any]:
        query = sa.select(ROWS)
        if word:
            query = query.where(ROWS.c.word == word)
        with desk.reading(needs=Right.READ) as connection:
            return page(connection, query, order, cursor, size=size)

    return read


def keys(found: Page[Any]) -> list[tuple[int, UUID]]:
    return [(row["at"], row["uid"]) for row in found.rows]


def walk(turn: Turn, start: str | None, side: str, **options: Any) -> Iterator[Page[Any]]:
    found = turn(start, **options)
    yield found
    while (cursor := getattr(found, side)) is not None:
        found = turn(cursor, **options)
        yield found


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    moments=st.lists(st.integers(min_value=0, max_value=9), max_size=14),
    size=st.integers(min_value=1, max_value=5),
    descending=st.booleans(),
)
def test_turning_pages_shows_every_row_once_in_order_from_both_ends(
    fill: Callable[[list[int]], None], turn: Turn, moments: list[int], size: int, descending: bool
) -> None:
    fill(moments)
    order = NEWEST_FIRST if descending else OLDEST_FIRST
    expected = sorted(
        ((at, UUID(int=n)) for n, at in enumerate(moments, start=1)), reverse=descending
    )

    forward = [keys(found) for found in walk(turn, FIRST, "later", order=order, size=size)]
    backward = [keys(found) for found in walk(turn, LAST, "earlier", order=order, size=size)]

    assert list(chain.from_iterable(forward)) == expected
    seen: list[tuple[int, UUID]] = []
    for shown in backward:
        # The page at the head is a full one: it may show again what the page after it showed.
        seen = [key for key in shown if key not in seen] + seen
    assert seen == expected
    assert all(len(shown) == size for shown in forward[:-1])


def test_a_page_turned_to_and_back_is_the_same_page(
    fill: Callable[[list[int]], None], turn: Turn
) -> None:
    fill(list(range(10)))
    first = turn()
    second = turn(first.later)
    third = turn(second.later)

    assert keys(turn(third.earlier)) == keys(second)
    assert keys(turn(second.earlier)) == keys(first)
    assert turn(second.earlier).earlier is None


def test_a_row_added_on_top_moves_no_later_page(
    fill: Callable[[list[int]], None], turn: Turn, database: Database
) -> None:
    fill(list(range(10)))
    first = turn()
    expected = keys(turn(first.later))
    with database.unrecorded() as connection:
        connection.execute(sa.insert(ROWS), {"uid": UUID(int=99), "at": 99, "word": "早"})

    assert keys(turn(first.later)) == expected


def test_when_the_rows_behind_a_cursor_are_gone_the_last_page_is_shown(
    fill: Callable[[list[int]], None], turn: Turn
) -> None:
    fill(list(range(10)))
    cursor = turn(turn().later).later
    fill([7, 8, 9, 6])

    shown = turn(cursor)

    assert [at for at, _ in keys(shown)] == [8, 7, 6]
    assert shown.later is None


def test_a_filter_is_kept_across_pages_and_counted(
    fill: Callable[[list[int]], None], turn: Turn
) -> None:
    fill(list(range(10)))
    first = turn(word="早")

    assert [at for at, _ in keys(first)] == [9, 7, 5]
    assert first.total == 5
    assert first.total_words == "5"
    assert [at for at, _ in keys(turn(first.later, word="早"))] == [3, 1]


def test_more_than_a_thousand_rows_are_counted_no_further(
    fill: Callable[[list[int]], None], turn: Turn
) -> None:
    fill([5] * (COUNT_LIMIT + 7))

    shown = turn()

    assert shown.total == COUNT_LIMIT + 1
    assert shown.total_words == "1000+"


def test_exactly_a_thousand_rows_are_called_a_thousand(
    fill: Callable[[list[int]], None], turn: Turn
) -> None:
    fill([5] * COUNT_LIMIT)

    assert turn().total_words == "1000"


def test_an_empty_list_is_one_empty_page(fill: Callable[[list[int]], None], turn: Turn) -> None:
    fill([])

    for cursor in (FIRST, LAST):
        shown = turn(cursor)
        assert shown == Page((), None, None, 0)


@pytest.mark.parametrize(
    "cursor",
    [
        "",
        "第二页",
        "x",
        "bGFzdA",
        "WyJhZnRlciJd",  # ["after"]
        "WyJhZnRlciIsInoiLCJ6Il0",  # ["after","z","z"]
        "WyJhZnRlciIsMTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMiwiMDEiXQ",
        "eyJhIjoxfQ",
    ],
)
def test_a_cursor_that_no_page_gave_is_refused_in_words(
    fill: Callable[[list[int]], None], turn: Turn, cursor: str
) -> None:
    fill([1, 2])

    with pytest.raises(UserError) as refusal:
        turn(cursor)

    assert "翻页" in refusal.value.words


def test_a_page_keeps_its_cursors_when_its_rows_become_values(
    fill: Callable[[list[int]], None], turn: Turn
) -> None:
    fill(list(range(5)))

    shown = turn().map(lambda row: row["at"])

    assert shown.rows == (4, 3, 2)
    assert shown.later == turn().later
