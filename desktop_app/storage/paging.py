"""Pages of a long list, cut in SQL by the keys of their first and last row.

A page costs the same at the end of 300,000 rows as at the start, and a row added above it moves
nothing: both fail with OFFSET. Every list and `--after CURSOR` come through here; which rows and
which filter is for the stores.
"""

from __future__ import annotations

import binascii
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypeVar
from uuid import UUID

import sqlalchemy as sa

from desktop_app.core.codec import canonical, encode
from desktop_app.core.errors import UserError
from desktop_app.storage.base import Day, Flag, Int, UidType

T = TypeVar("T")
S = TypeVar("S")

PAGE_SIZE = 50
COUNT_LIMIT = 1000
"""Rows are counted up to one more than this: nobody reads 31,415 differently from 1000+."""

FIRST: str | None = None
LAST = "last"
"""Cursors that every list has."""

_AFTER, _BEFORE = "after", "before"

_WHOLE: ContextVar[int] = ContextVar("whole list", default=0)


@contextmanager
def whole_list(size: int) -> Iterator[None]:
    """Inside, in this thread, pages hold `size` rows and nothing is counted, whoever reads them:
    for what goes through a list to its end by the list's own reading."""
    token = _WHOLE.set(size)
    try:
        yield
    finally:
        _WHOLE.reset(token)


@dataclass(frozen=True, slots=True)
class Order:
    """How a list is sorted: all columns in one direction, none nullable, the last one unique."""

    columns: tuple[sa.Column[Any], ...]
    descending: bool = False


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """One page; `earlier` and `later` are the cursors of its neighbours, None at an end.

    `total` counts the rows of the whole list up to `COUNT_LIMIT` + 1.
    """

    rows: tuple[T, ...]
    earlier: str | None
    later: str | None
    total: int

    @property
    def total_words(self) -> str:
        """How many there are, as the list says it: `312` or `1000+`."""
        return str(self.total) if self.total <= COUNT_LIMIT else f"{COUNT_LIMIT}+"

    def map(self, function: Callable[[T], S]) -> Page[S]:
        """The same page with other values in its rows."""
        return Page(tuple(map(function, self.rows)), self.earlier, self.later, self.total)


def page(
    connection: sa.Connection,
    query: sa.Select[Any],
    order: Order,
    cursor: str | None = FIRST,
    *,
    size: int = PAGE_SIZE,
) -> Page[sa.RowMapping]:
    """One page of `query`, which selects the columns of `order` and has no order of its own.

    `cursor` is `FIRST`, `LAST` or what an earlier page gave; anything else raises `UserError`. When
    the rows behind a cursor are gone meanwhile, the nearest page that has rows is answered.
    """
    whole = _WHOLE.get()
    size, total = whole or size, 0 if whole else _count(connection, query)
    if cursor == LAST:
        return _backward(connection, query, order, None, size, total)
    if cursor is None:
        return _forward(connection, query, order, None, size, total)
    direction, values = _read(cursor, order)
    if direction == _BEFORE:
        found = _backward(connection, query, order, values, size, total)
        if found.earlier is None:
            return _forward(connection, query, order, None, size, total)
        return found
    found = _forward(connection, query, order, values, size, total)
    return found if found.rows else _backward(connection, query, order, None, size, total)


def _forward(
    connection: sa.Connection,
    query: sa.Select[Any],
    order: Order,
    after: tuple[Any, ...] | None,
    size: int,
    total: int,
) -> Page[sa.RowMapping]:
    rows = _rows(connection, query, order, after, size, descending=order.descending)
    shown = rows[:size]
    return Page(
        tuple(shown),
        earlier=_cursor(_BEFORE, shown[0], order) if shown and after is not None else None,
        later=_cursor(_AFTER, shown[-1], order) if len(rows) > size else None,
        total=total,
    )


def _backward(
    connection: sa.Connection,
    query: sa.Select[Any],
    order: Order,
    before: tuple[Any, ...] | None,
    size: int,
    total: int,
) -> Page[sa.RowMapping]:
    rows = _rows(connection, query, order, before, size, descending=not order.descending)
    shown = rows[:size][::-1]
    return Page(
        tuple(shown),
        earlier=_cursor(_BEFORE, shown[0], order) if len(rows) > size else None,
        later=_cursor(_AFTER, shown[-1], order) if shown and before is not None else None,
        total=total,
    )


def _rows(
    connection: sa.Connection,
    query: sa.Select[Any],
    order: Order,
    beyond: tuple[Any, ...] | None,
    size: int,
    *,
    descending: bool,
) -> list[sa.RowMapping]:
    """One row more than a page holds, so that it is known whether there is a next one."""
    if beyond is not None:
        keys: Any = sa.tuple_(*order.columns)
        values = sa.tuple_(
            *(
                sa.bindparam(None, value, type_=column.type)
                for column, value in zip(order.columns, beyond, strict=True)
            )
        )
        query = query.where(keys < values if descending else keys > values)
    sorting = [column.desc() if descending else column.asc() for column in order.columns]
    found = connection.execute(query.order_by(*sorting).limit(size + 1))
    return list(found.mappings())


def _count(connection: sa.Connection, query: sa.Select[Any]) -> int:
    one: sa.ColumnElement[Any] = sa.literal_column("1").label("one")
    few: sa.Select[Any] = query.with_only_columns(one, maintain_column_froms=True)
    counted = sa.select(sa.func.count()).select_from(few.limit(COUNT_LIMIT + 1).subquery())
    return int(connection.execute(counted).scalar_one())


def _cursor(direction: str, row: sa.RowMapping, order: Order) -> str:
    plain = canonical([direction, *(encode(row[column]) for column in order.columns)])
    return urlsafe_b64encode(plain.encode()).decode().rstrip("=")


def _read(cursor: str, order: Order) -> tuple[str, tuple[Any, ...]]:
    try:
        text = urlsafe_b64decode(cursor.encode("ascii") + b"=" * (-len(cursor) % 4))
        direction, *plain = json.loads(text)
        if direction not in (_AFTER, _BEFORE):
            raise ValueError(direction)
        return direction, tuple(
            _key(column, value) for column, value in zip(order.columns, plain, strict=True)
        )
    except (ValueError, TypeError, binascii.Error) as error:
        raise UserError("翻页位置已失效，没有改动任何内容。", "请回到第一页再往下翻。") from error


def _key(column: sa.Column[Any], plain: object) -> Any:
    wanted = int if isinstance(column.type, (Int, Flag)) else str
    if type(plain) is not wanted:
        raise TypeError(column.name)
    if isinstance(column.type, UidType):
        return UUID(str(plain))
    if isinstance(column.type, Day):
        return date.fromisoformat(str(plain))
    if isinstance(plain, int) and not -(2**63) <= plain < 2**63:
        raise ValueError(column.name)
    if isinstance(plain, str) and "\0" in plain:
        raise ValueError(column.name)
    return plain
