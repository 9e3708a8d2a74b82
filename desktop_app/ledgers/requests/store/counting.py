"""How many there were: sums made by the database, for one station and for many. Never commits."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa

from desktop_app.core.books import Counted, Cut
from desktop_app.core.figures import MonthCount
from desktop_app.core.ids import Uid
from desktop_app.ledgers.requests.rules.request import RequestKind, RequestState
from desktop_app.ledgers.requests.tables import ENDED, OPEN, REQUEST
from desktop_app.storage.base import Text

_C = REQUEST.c


def _times(condition: Any, label: str) -> Any:
    counted = sa.func.sum(sa.case((condition, 1), else_=0))
    return sa.func.coalesce(counted, 0).label(label)


def _span(column: sa.Column[Any]) -> tuple[Any, Any]:
    return (
        column >= sa.bindparam("first", type_=column.type),
        column <= sa.bindparam("last", type_=column.type),
    )


_KEPT = sa.text("deleted_at IS NULL")
_CLOSED = sa.text(ENDED)
_PETITION = sa.text("petition = 1")

_COUNTED: tuple[Any, ...] = (
    sa.func.count().label("registered"),
    *(
        _times(_C.kind == kind, f"{kind.value}s")
        for kind in (RequestKind.APPEAL, RequestKind.ORDER)
    ),
    _times(_C.kind == RequestKind.WISH, "wishes"),
    _times((_C.late_entry == 1) & (_C.petition == 0), "late_entries"),
    _times(_C.petition == 1, "petitions"),
    _times((_C.petition == 1) & (_C.state == RequestState.CLOSED), "petitions_closed"),
    _times(_C.state == RequestState.CLOSED, "closed"),
    _times(_C.closed_day.is_(None), "not_closed"),
    _times(_C.escalated_on.is_not(None), "escalated"),
)
_COUNTED_ENDED: tuple[Any, ...] = (
    _times(_C.done_on <= _C.due, "on_time"),
    _times(_C.done_on > _C.due, "late"),
)
_REGISTERED = sa.select(*_COUNTED).where(_KEPT, *_span(_C.day))
_DONE = sa.select(*_COUNTED_ENDED).where(_CLOSED, *_span(_C.closed_day))
_TODAY = sa.bindparam("today", type_=_C.due.type)
_STANDING = (
    sa.select(
        sa.func.count().label("open"),
        _times(_C.done_on.is_(None) & (_C.due < _TODAY), "overdue"),
        _times(_C.done_on.is_(None) & (_C.due == _TODAY), "due_today"),
        _times(_C.state == RequestState.UNTAKEN, "untaken"),
        _times(_C.state == RequestState.LISTED, "listed"),
        _times(_C.state == RequestState.ESCALATED, "at_street"),
    )
    .where(sa.text(OPEN))
    # Told, because the index of what is counted looks shorter and is a thousand times longer.
    .with_hint(REQUEST, "INDEXED BY ix_request_open", dialect_name="sqlite")
)


def _monthly(columns: tuple[Any, ...], day: sa.Column[Any], *conditions: Any) -> sa.Select[Any]:
    month = sa.func.substr(sa.type_coerce(day, Text), 1, 7).label("month")
    return sa.select(month, *columns).where(*conditions).group_by(month).order_by(month)


_PETITIONS = _monthly(_COUNTED, _C.day, _KEPT, _PETITION)


def count_petitions(connection: sa.Connection, without: Collection[Uid]) -> list[MonthCount]:
    """What 信访渠道告知 adds to each count of a month; no more of them ever leaves the station.

    They have no limit, so nothing of them ends in time or late.
    """
    query = _PETITIONS
    if without:
        left_out = set(connection.execute(sa.select(_C.uid).where(_PETITION)).scalars())
        query = query.where(_C.uid.not_in(left_out & set(without)))
    found = []
    for row in connection.execute(query).mappings():
        counts = {name: int(value) for name, value in row.items() if name != "month"}
        found += [MonthCount(row["month"], name, n) for name, n in counts.items() if n]
    return found


def count_registered(connection: sa.Connection, first: date, last: date) -> dict[str, int]:
    """What came in between two days, both included, by kind and by how it stands now."""
    return _counted(connection, _REGISTERED, {"first": first, "last": last})


def count_closed(connection: sa.Connection, first: date, last: date) -> dict[str, int]:
    """What was closed between two days, done within its limit and after it."""
    return _counted(connection, _DONE, {"first": first, "last": last})


def count_open(connection: sa.Connection, today: date) -> dict[str, int]:
    """How things stand: open, overdue, due today, taken by nobody, listed, with the street."""
    return _counted(connection, _STANDING, {"today": today})


def _counted(
    connection: sa.Connection, query: sa.Select[Any], values: dict[str, Any]
) -> dict[str, int]:
    row = connection.execute(query, values).mappings().one()
    return {name: int(value) for name, value in row.items()}


# --- counted for keeping -------------------------------------------------------------------------

_STATIONS: sa.BindParameter[Any] = sa.bindparam("stations", expanding=True)
_KEYS: Mapping[Cut, tuple[sa.Column[Any], ...]] = {
    Cut.WHOLE: (_C.station,),
    Cut.CATEGORY: (_C.station, _C.category),
    Cut.PLACE: (_C.station, _C.compound),
}


def _by(cut: Cut, query: sa.Select[Any]) -> sa.Select[Any]:
    """The counts of a query by station and part."""
    keys = _KEYS[cut]
    return query.add_columns(*keys).group_by(*keys)


def _kept(cut: Cut, query: sa.Select[Any], index: str) -> sa.Select[Any]:
    """The same of some stations; petitions are part of the whole and of no other."""
    query = query.where(_C.station.in_(_STATIONS))
    # Told, because a month of all stations is shorter than all months of one.
    query = query.with_hint(REQUEST, f"INDEXED BY {index}", dialect_name="sqlite")
    return _by(cut, query if cut is Cut.WHOLE else query.where(_C.petition == 0))


_ROLLED = tuple(
    (cut, _kept(cut, query, index))
    for cut in _KEYS
    for query, index in ((_REGISTERED, "ix_request_counted"), (_DONE, "ix_request_closed"))
)
_STANDING_CUT = {cut: _by(cut, _STANDING) for cut in _KEYS}


def roll_up(
    connection: sa.Connection, first: date, last: date, stations: Sequence[str]
) -> Iterator[Counted]:
    """What the counts of these stations come to between two days, by every cut."""
    values = {"first": first, "last": last, "stations": list(stations)}
    for cut, query in _ROLLED:
        yield from _parts(cut, connection.execute(query, values))


def standing(connection: sa.Connection, today: date, cut: Cut) -> Iterator[Counted]:
    """How things stand at every station, by one cut."""
    query = _STANDING_CUT.get(cut)
    if query is not None:
        yield from _parts(cut, connection.execute(query, {"today": today}))


def _parts(cut: Cut, found: sa.CursorResult[Any]) -> Iterator[Counted]:
    """Rows of counts and, at the end, their station and part."""
    keys = len(_KEYS[cut])
    names = list(found.keys())[:-keys]
    rows: Sequence[Any] = found.all()
    for row in rows:
        station, part = row[-keys], row[-1] if keys > 1 else ""
        word = part.hex if isinstance(part, Uid) else part or ""
        for name, value in zip(names, row, strict=False):
            if value:
                yield Counted(station, cut, word, name, int(value))
