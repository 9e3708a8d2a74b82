"""How many there were: sums made by the database, for one station and for many. Never commits."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa

from desktop_app.core.books import Counted, Cut
from desktop_app.core.figures import MonthCount
from desktop_app.core.handling import Handling
from desktop_app.core.ids import Uid
from desktop_app.ledgers.visits.rules.levels import LEAST, SATISFIED
from desktop_app.ledgers.visits.rules.visit import VisitState
from desktop_app.ledgers.visits.tables import EVALUATION, OPEN, VISIT
from desktop_app.storage.base import Text


def _times(condition: Any, label: str, of: Any = 1) -> Any:
    counted = sa.func.sum(sa.case((condition, of), else_=0))
    return sa.func.coalesce(counted, 0).label(label)


def _span(column: sa.Column[Any]) -> tuple[Any, Any]:
    return (
        column >= sa.bindparam("first", type_=column.type),
        column <= sa.bindparam("last", type_=column.type),
    )


_KEPT = sa.text("deleted_at IS NULL")
_CLOSED = sa.text("deleted_at IS NULL AND state = 'closed'")

_COUNTED: tuple[Any, ...] = (
    sa.func.count().label("registered"),
    _times(VISIT.c.leads == 1, "batches"),
    _times(VISIT.c.leads == 1, "people", VISIT.c.people),
    _times(VISIT.c.handling == Handling.INSTANT, "instant"),
    _times(VISIT.c.handling == Handling.TIMED, "timed"),
    _times((VISIT.c.late_entry == 1) & (VISIT.c.petition == 0), "late_entries"),
    _times(VISIT.c.petition == 1, "petitions"),
    _times((VISIT.c.petition == 1) & (VISIT.c.leads == 1), "petition_batches"),
    _times((VISIT.c.petition == 1) & (VISIT.c.leads == 1), "petition_people", VISIT.c.people),
    _times((VISIT.c.petition == 1) & (VISIT.c.state == VisitState.CLOSED), "petitions_closed"),
    _times(VISIT.c.state == VisitState.CLOSED, "closed"),
    _times(VISIT.c.closed_day.is_(None), "not_closed"),
)
_COUNTED_ENDED: tuple[Any, ...] = (
    _times(VISIT.c.closed_day <= VISIT.c.due, "on_time"),
    _times(VISIT.c.closed_day > VISIT.c.due, "late"),
)
_REGISTERED = sa.select(*_COUNTED).where(_KEPT, *_span(VISIT.c.day))
_ENDED = sa.select(*_COUNTED_ENDED).where(_CLOSED, *_span(VISIT.c.closed_day))
_TODAY = sa.bindparam("today", type_=VISIT.c.due.type)
_STANDING = (
    sa.select(
        sa.func.count().label("open"),
        _times(VISIT.c.due < _TODAY, "overdue"),
        _times(VISIT.c.due == _TODAY, "due_today"),
    )
    .where(sa.text(OPEN))
    # Told, because the index of what is counted looks shorter and is two thousand times longer.
    .with_hint(VISIT, "INDEXED BY ix_visit_due", dialect_name="sqlite")
)
_EVALUATED = sa.select(
    sa.func.count().label("evaluated"),
    _times(EVALUATION.c.level.in_(SATISFIED), "satisfied"),
    _times(EVALUATION.c.level.not_in(SATISFIED), "dissatisfied"),
).where(EVALUATION.c.deleted_at.is_(None), *_span(EVALUATION.c.day))


_PETITION = sa.text("petition = 1")


def _monthly(columns: tuple[Any, ...], day: sa.Column[Any], *conditions: Any) -> sa.Select[Any]:
    month = sa.func.substr(sa.type_coerce(day, Text), 1, 7).label("month")
    return sa.select(month, *columns).where(*conditions).group_by(month).order_by(month)


_PETITIONS = (
    _monthly(_COUNTED, VISIT.c.day, _KEPT, _PETITION),
    _monthly(_COUNTED_ENDED, VISIT.c.closed_day, _CLOSED, _PETITION),
)


def count_petitions(connection: sa.Connection, without: Collection[Uid]) -> list[MonthCount]:
    """What 信访渠道告知 adds to each count of a month; no more of them ever leaves the station."""
    found = []
    left_out: set[Uid] = set()
    if without:
        left_out = set(connection.execute(sa.select(VISIT.c.uid).where(_PETITION)).scalars())
        left_out &= set(without)
    for each in _PETITIONS:
        query = each.where(VISIT.c.uid.not_in(left_out)) if left_out else each
        for row in connection.execute(query).mappings():
            counts = {name: int(value) for name, value in row.items() if name != "month"}
            found += [MonthCount(row["month"], name, n) for name, n in counts.items() if n]
    return found


def count_registered(connection: sa.Connection, first: date, last: date) -> dict[str, int]:
    """件数, 批次, 人次 and the kinds of what came in between two days, both included."""
    return _counted(connection, _REGISTERED, {"first": first, "last": last})


def count_closed(connection: sa.Connection, first: date, last: date) -> dict[str, int]:
    """What ended between two days, within its limit and after it."""
    return _counted(connection, _ENDED, {"first": first, "last": last})


def count_open(connection: sa.Connection, today: date) -> dict[str, int]:
    """How things stand: open, overdue and due today."""
    return _counted(connection, _STANDING, {"today": today})


def count_evaluations(connection: sa.Connection, first: date, last: date) -> dict[str, int]:
    """How many evaluations came in, satisfied and dissatisfied."""
    return _counted(connection, _EVALUATED, {"first": first, "last": last})


def _counted(
    connection: sa.Connection, query: sa.Select[Any], values: dict[str, Any]
) -> dict[str, int]:
    row = connection.execute(query, values).mappings().one()
    return {name: int(value) for name, value in row.items()}


# --- counted for keeping -------------------------------------------------------------------------

_STATIONS: sa.BindParameter[Any] = sa.bindparam("stations", expanding=True)
_KEYS: Mapping[Cut, tuple[sa.Column[Any], ...]] = {
    Cut.WHOLE: (VISIT.c.station,),
    Cut.CATEGORY: (VISIT.c.station, VISIT.c.category),
    Cut.PLACE: (VISIT.c.station, VISIT.c.compound),
}


def _by(cut: Cut, query: sa.Select[Any]) -> sa.Select[Any]:
    """The counts of a query by station and part."""
    keys = _KEYS[cut]
    return query.add_columns(*keys).group_by(*keys)


def _kept(cut: Cut, query: sa.Select[Any], index: str) -> sa.Select[Any]:
    """The same of some stations; petitions are part of the whole and of no other."""
    query = query.where(VISIT.c.station.in_(_STATIONS))
    # Told, because a month of all stations is shorter than all months of one.
    query = query.with_hint(VISIT, f"INDEXED BY {index}", dialect_name="sqlite")
    return _by(cut, query if cut is Cut.WHOLE else query.where(VISIT.c.petition == 0))


_ROLLED = tuple(
    (cut, _kept(cut, query, index))
    for cut in _KEYS
    for query, index in ((_REGISTERED, "ix_visit_counted"), (_ENDED, "ix_visit_closed"))
)
_STANDING_CUT = {cut: _by(cut, _STANDING) for cut in _KEYS}
_IN_ORDER = (
    sa.select(
        EVALUATION.c.station,
        EVALUATION.c.level,
        sa.func.row_number()
        .over(partition_by=EVALUATION.c.station, order_by=(EVALUATION.c.at, EVALUATION.c.uid))
        .label("place"),
        sa.func.count().over(partition_by=EVALUATION.c.station).label("received"),
    )
    .where(
        EVALUATION.c.deleted_at.is_(None),
        EVALUATION.c.station.in_(_STATIONS),
        *_span(EVALUATION.c.day),
    )
    .subquery("in_order")
)
_LEVELS = sa.select(
    _IN_ORDER.c.station,
    _IN_ORDER.c.level,
    sa.func.count().label("evaluated"),
    _times(_IN_ORDER.c.place <= _IN_ORDER.c.received - _IN_ORDER.c.received % LEAST, "in_fives"),
).group_by(_IN_ORDER.c.station, _IN_ORDER.c.level)


def roll_up(
    connection: sa.Connection, first: date, last: date, stations: Sequence[str]
) -> Iterator[Counted]:
    """What the counts of these stations come to between two days, by every cut.

    Of evaluations each level is counted, and what the first of them come to, as many as there are
    whole fives (`in_fives`).
    """
    values = {"first": first, "last": last, "stations": list(stations)}
    for cut, query in _ROLLED:
        yield from _parts(cut, connection.execute(query, values))
    for row in connection.execute(_LEVELS, values):
        kind = "satisfied" if row.level in SATISFIED else "dissatisfied"
        for name in ("evaluated", kind):
            yield Counted(row.station, Cut.WHOLE, "", name, int(row.evaluated))
        for name in ("evaluated", "in_fives"):
            yield Counted(row.station, Cut.LEVEL, row.level, name, int(getattr(row, name)))


def standing(connection: sa.Connection, today: date, cut: Cut) -> Iterator[Counted]:
    """How things stand at every station, by one cut: open, overdue and due today."""
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
