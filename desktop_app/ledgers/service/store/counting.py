"""How much was served: sums made by the database, for one station and for many. Never commits."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

import sqlalchemy as sa

from desktop_app.core.books import Counted, Cut
from desktop_app.ledgers.service.rules.service_record import ServiceState, Source
from desktop_app.ledgers.service.store.people import PERSON, WITH_PERSON
from desktop_app.ledgers.service.tables import CERTIFICATE, CONFIRMED, GIVEN, SERVICE, UNCONFIRMED

ACTIVE_DAYS = 365
"""Who served within so many days up to today is active."""

_c = SERVICE.c
_STATIONS: sa.BindParameter[Any] = sa.bindparam("stations", expanding=True)
_TODAY: Any = sa.bindparam("today", type_=_c.day.type)
_SINCE: Any = sa.bindparam("since", type_=_c.day.type)
# Literal text, because SQLite uses a partial index only where it can prove its condition.
_CONFIRMED, _UNCONFIRMED, _GIVEN = sa.text(CONFIRMED), sa.text(UNCONFIRMED), sa.text(GIVEN)
_COUNT = sa.func.count()


def _times(condition: Any, label: str) -> Any:
    counted = sa.func.sum(sa.case((condition, 1), else_=0))
    return sa.func.coalesce(counted, 0).label(label)


def _sum(column: sa.Column[Any], label: str) -> Any:
    return sa.func.coalesce(sa.func.sum(column), 0).label(label)


def _span(column: sa.Column[Any]) -> tuple[Any, Any]:
    # Not BETWEEN: PostgreSQL does not read one whose bounds name their collation.
    return (
        column >= sa.bindparam("first", type_=column.type),
        column <= sa.bindparam("last", type_=column.type),
    )


_SERVED = sa.select(
    _COUNT.label("times"),
    _sum(_c.minutes, "minutes"),
    _sum(_c.served, "served"),
    *(_times(_c.source == source, source.value) for source in Source),
    _times(_c.good_deed == 1, "good_deeds"),
).where(_CONFIRMED, *_span(_c.day))
_NOT_YET = sa.select(_COUNT.label("unconfirmed")).where(_UNCONFIRMED, *_span(_c.day))
_CERTIFIED = sa.select(_COUNT.label("certificates")).where(_GIVEN, *_span(CERTIFICATE.c.issued_on))


def _people(*parts: sa.Column[Any], of: Sequence[Any] = ()) -> sa.Select[Any]:
    """Who served, once a month, by these columns."""
    once = (
        sa.select(PERSON.label("person"), _c.month, *parts)
        .select_from(WITH_PERSON)
        .where(_CONFIRMED, *_span(_c.day), *of)
        .distinct()
        .subquery()
    )
    columns = [once.c[part.name] for part in parts]
    return sa.select(_COUNT.label("people"), *columns).select_from(once).group_by(*columns)


_WAITING = sa.select(
    _times(_c.state == ServiceState.TO_CONFIRM, "to_confirm"),
    _times((_c.state == ServiceState.OPEN) & (_c.day < _TODAY), "forgotten"),
    _times((_c.state == ServiceState.OPEN) & (_c.day >= _TODAY), "serving"),
).where(_UNCONFIRMED)


def _active(*parts: sa.Column[Any]) -> sa.Select[Any]:
    return (
        sa.select(sa.func.count(PERSON.distinct()).label("active"), *parts)
        .select_from(WITH_PERSON)
        .where(_CONFIRMED, _c.day > _SINCE, _c.day <= _TODAY)
        .group_by(*parts)
    )


_COUNTS = (_SERVED, _people(), _NOT_YET, _CERTIFIED)
_STANDING = (_WAITING, _active())


def count_between(
    connection: sa.Connection, first: date, last: date, today: date
) -> dict[str, int]:
    """What was served between two days, both included, and how things stand today."""
    found: dict[str, int] = {}
    span, now = {"first": first, "last": last}, _now(today)
    for query, values in [*((one, span) for one in _COUNTS), *((one, now) for one in _STANDING)]:
        row = connection.execute(query, values).mappings().one()
        found |= {name: int(value) for name, value in row.items()}
    return found


def _now(today: date) -> dict[str, date]:
    return {"today": today, "since": today - timedelta(days=ACTIVE_DAYS)}


# --- counted for keeping -------------------------------------------------------------------------

_KEYS: Mapping[Cut, tuple[sa.Column[Any], ...]] = {
    Cut.WHOLE: (_c.station,),
    Cut.KIND: (_c.station, _c.source),
}


def _by(query: sa.Select[Any], *columns: sa.Column[Any]) -> sa.Select[Any]:
    return query.add_columns(*columns).group_by(*columns)


_OURS = _c.station.in_(_STATIONS)
_ROLLED: tuple[tuple[Cut, sa.Select[Any]], ...] = (
    *((cut, _by(_SERVED.where(_OURS), *columns)) for cut, columns in _KEYS.items()),
    *((cut, _people(*columns, of=[_OURS])) for cut, columns in _KEYS.items()),
    (Cut.WHOLE, _by(_NOT_YET.where(_OURS), _c.station)),
    (
        Cut.WHOLE,
        _by(_CERTIFIED.where(CERTIFICATE.c.station.in_(_STATIONS)), CERTIFICATE.c.station),
    ),
)
_STANDING_BY_STATION = (_by(_WAITING, _c.station), _active(_c.station))


def roll_up(
    connection: sa.Connection, first: date, last: date, stations: Sequence[str]
) -> Iterator[Counted]:
    """What was served at these stations between two days, as a whole and by 时长来源."""
    values = {"first": first, "last": last, "stations": list(stations)}
    for cut, query in _ROLLED:
        yield from _counted(cut, connection.execute(query, values))


def standing(connection: sa.Connection, today: date, cut: Cut) -> Iterator[Counted]:
    """How things stand at every station."""
    if cut is Cut.WHOLE:
        for query in _STANDING_BY_STATION:
            yield from _counted(cut, connection.execute(query, _now(today)))


def _counted(cut: Cut, found: sa.CursorResult[Any]) -> Iterator[Counted]:
    for row in found.mappings():
        for name, value in row.items():
            if name not in ("station", "source") and value:
                yield Counted(row["station"], cut, row.get("source", ""), name, int(value))
