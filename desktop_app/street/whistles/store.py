"""Escalated requests as stations sent them, and the street's answers to them. Never commits."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import sqlalchemy as sa

from desktop_app.core.clock import Millis
from desktop_app.core.ids import Uid
from desktop_app.ledgers.requests.rules.request import Request, RequestState
from desktop_app.ledgers.requests.store import SHELF
from desktop_app.storage.row_writer import RowWriter
from desktop_app.street.whistles.rules import Given, Way, is_forgotten, way_of
from desktop_app.street.whistles.tables import WHISTLE_ANSWER

Connection = sa.Connection

_WAYS = {way.value: way for way in Way}
_C, _R = WHISTLE_ANSWER.c, SHELF.table.c
_ESCALATED = sa.text("request.deleted_at IS NULL AND petition = 0 AND escalated_on IS NOT NULL")
_OVER = RowWriter(WHISTLE_ANSWER, key=("station", "request", "asked"))


def waiting(connection: Connection, station: str, most: int) -> list[Request]:
    """The requests that stand at 已吹哨, the longest first; of one station, or of all."""
    return _requests(
        connection,
        _of(station).where(_R.state == RequestState.ESCALATED.value),
        (_R.escalated_on, _R.uid),
        most,
    )


def others(connection: Connection, station: str, most: int) -> list[Request]:
    """The requests that were escalated and go on, the latest first."""
    return _requests(
        connection,
        _of(station).where(_R.state != RequestState.ESCALATED.value),
        (_R.escalated_on.desc(), _R.uid.desc()),
        most,
    )


def count_waiting(connection: Connection) -> int:
    """How many requests stand at 已吹哨 and have no answer of ours that is on its way."""
    answered = sa.select(_C.request).where(_C.request == _R.uid, _C.way == Way.SENT.value)
    query = (
        sa.select(sa.func.count())
        .select_from(SHELF.table)
        .where(_ESCALATED, _R.state == RequestState.ESCALATED.value, ~sa.exists(answered))
    )
    return int(connection.execute(query).scalar_one())


def of_request(connection: Connection, station: str, uid: Uid) -> Request | None:
    """One escalated request of a station."""
    query = _of(station).where(_R.uid == uid)
    row = connection.execute(query).mappings().first()
    return None if row is None else SHELF.value(row)


def given_to(connection: Connection, uids: Sequence[Uid]) -> list[Given]:
    """All answers to these requests, to whichever of their whistles."""
    if not uids:
        return []
    query = sa.select(WHISTLE_ANSWER).where(_C.request.in_(uids))
    return [_given(row) for row in connection.execute(query).mappings()]


def put(connection: Connection, given: Given, seen: int) -> None:
    """Keep an answer, or another one in its place."""
    _OVER.write(connection, [_row(given, seen)])


def to_send(connection: Connection, station: str, most: int) -> list[Given]:
    """The answers a receipt has to bring: those that the station's records do not show yet, the
    earliest first. Read from the records as they are, whatever was noted of them before."""
    query = (
        sa.select(WHISTLE_ANSWER)
        .where(_C.station == station, sa.text("way = 'sent'"))
        .order_by(_C.at, _C.uid)
    )
    several = [_given(row) for row in connection.execute(query).mappings()]
    records = SHELF.many(connection, [one.request for one in several])
    found = [one for one in several if way_of(records.get(one.request), one) is Way.SENT]
    return found[:most]


def settle(connection: Connection, station: str) -> None:
    """Rows of a station have come: note how far each answer is, and purge what was forgotten.

    Asked of every answer whose record came anew, also of those that were taken: after a restored
    backup a record may say less than it did, and is told again.
    """
    record = SHELF.table
    query = (
        sa.select(WHISTLE_ANSWER)
        .select_from(WHISTLE_ANSWER.outerjoin(record, _R.uid == _C.request))
        .where(
            _C.station == station,
            sa.or_(_R.revision.is_(None), _R.revision != _C.seen, sa.text("way = 'sent'")),
        )
    )
    several = [_given(row) for row in connection.execute(query).mappings()]
    records = SHELF.many(connection, [one.request for one in several])
    _OVER.write(connection, [_settled(one, records.get(one.request)) for one in several])


def _settled(given: Given, record: Request | None) -> dict[str, Any]:
    row = _row(given, 0 if record is None else record.revision)
    row["way"] = way_of(record, given).value
    if is_forgotten(record):
        row["words"] = ""
    return row


def _of(station: str) -> sa.Select[Any]:
    query = sa.select(SHELF.table).where(_ESCALATED)
    return query.where(_R.station == station) if station else query


def _requests(
    connection: Connection, query: sa.Select[Any], order: Iterable[Any], most: int
) -> list[Request]:
    found = connection.execute(query.order_by(*order).limit(most))
    return SHELF.values(found.mappings())


def _row(given: Given, seen: int) -> dict[str, Any]:
    return {
        "station": given.station,
        "request": given.request,
        "asked": given.asked,
        "uid": given.uid,
        "at": given.at,
        "given_by": given.by,
        "words": given.words,
        "way": given.way.value,
        "seen": seen,
    }


def _given(row: sa.RowMapping) -> Given:
    return Given(
        station=row["station"],
        request=row["request"],
        asked=Millis(row["asked"]),
        uid=row["uid"],
        at=Millis(row["at"]),
        by=row["given_by"],
        words=row["words"],
        way=_WAYS[row["way"]],
    )
