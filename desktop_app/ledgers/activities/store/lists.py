"""The lists of activities, and what is asked of their table besides. Never commits."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa

from desktop_app.core.clock import Millis
from desktop_app.core.codec import field_decoders
from desktop_app.core.ids import Uid
from desktop_app.core.picking import pick
from desktop_app.ledgers.activities.rules.activity import Activity, ActivityState
from desktop_app.ledgers.activities.rules.listing import ActivityFilter, ActivityLine
from desktop_app.ledgers.activities.store.counting import Sums, line_count, sums_of
from desktop_app.ledgers.activities.store.shelves import SHELF, STATED
from desktop_app.ledgers.activities.tables import ACTIVITY, HELD, LISTED, UNRECORDED, UNREVIEWED
from desktop_app.storage.paging import FIRST, PAGE_SIZE, Order, Page, page

NEWEST_FIRST = Order((ACTIVITY.c.starts_at, ACTIVITY.c.uid), descending=True)

_OWN = tuple(name for name in field_decoders(ActivityLine) if name not in ("counts",))
_STATED_COLUMNS = tuple(ACTIVITY.c[column] for column in STATED.values())
_LINE = sa.select(*(ACTIVITY.c[name] for name in _OWN), *_STATED_COLUMNS)

_OFTEN_THE_SAME = (
    "name", "brand", "place_words", "host", "organiser", "undertaker", "co_organiser",
)  # fmt: skip
_LOOKED_AT = 400
"""As many activities as a busy station has in a year."""

_STATES = {state.value: state for state in ActivityState}

# Literal text, because SQLite uses a partial index only where it can prove its condition.
_LISTED = sa.text(f"activity.{LISTED}")
_GROUPS = {
    "": (LISTED, "ix_activity_listed"),
    "held": (HELD, "ix_activity_held"),
    "unreviewed": (UNREVIEWED, "ix_activity_unreviewed"),
    "waiting": (UNRECORDED, "ix_activity_unrecorded"),
    "late_entry": (f"{LISTED} AND late_entry = 1", "ix_activity_late_entry"),
}


def narrowed(
    wanted: ActivityFilter,
    *,
    now: Millis,
    since: Millis | None,
    until: Millis | None,
    names: Sequence[str] = (),
    not_by: Uid | None = None,
) -> tuple[sa.Select[Any], Order]:
    """The query of a list and its order.

    `since` (included) and `until` (excluded) are the filter's days as moments; `names` are the
    names its search text found. With `to_review`, what the operator `not_by` recorded is left out.
    """
    groups = [name for name in _GROUPS if name and getattr(wanted, name)] or [""]
    query = _LINE.where(*(sa.text(_GROUPS[name][0]) for name in groups))
    if wanted.waiting:
        query = query.where(ACTIVITY.c.ends_at <= now)
    given = _chosen(wanted)
    query = query.where(*given)
    if wanted.stations:
        query = query.where(ACTIVITY.c.station.in_(wanted.stations))
    if wanted.to_review and not_by is not None:
        by = ACTIVITY.c.recorded_by
        query = query.where(sa.or_(by.is_(None), by != not_by))
    if since is not None:
        query = query.where(ACTIVITY.c.starts_at >= since)
    if until is not None:
        query = query.where(ACTIVITY.c.starts_at < until)
    if wanted.search:
        query = query.where(ACTIVITY.c.uid.in_(_found(wanted.search, names)))
    elif not given:
        # Without statistics SQLite cannot know which index is the shorter way.
        index = f"INDEXED BY {_GROUPS[groups[0]][1]}"
        query = query.with_hint(ACTIVITY, index, dialect_name="sqlite")
    return query, NEWEST_FIRST


def _chosen(wanted: ActivityFilter) -> list[sa.ColumnElement[bool]]:
    """What one index of its own answers."""
    chosen = {
        ACTIVITY.c.state: ActivityState.TO_REVIEW if wanted.to_review else wanted.state,
        ACTIVITY.c.kind: wanted.kind or None,
        ACTIVITY.c.series: wanted.series,
    }
    return [column == value for column, value in chosen.items() if value is not None]


def _found(text: str, names: Sequence[str]) -> sa.CompoundSelect[Any]:
    """The activities a search text means: one query for each index."""
    conditions = [ACTIVITY.c.number == text.upper()]
    if names:
        conditions.append(ACTIVITY.c.name.in_(names))
    return sa.union_all(*(sa.select(ACTIVITY.c.uid).where(_LISTED, one) for one in conditions))


def lines(
    connection: sa.Connection,
    query: sa.Select[Any],
    order: Order,
    cursor: str | None = FIRST,
    *,
    size: int = PAGE_SIZE,
) -> Page[ActivityLine]:
    """One page of a query made by `narrowed`, with the people of each activity."""
    found = page(connection, query, order, cursor, size=size)
    counts = sums_of(connection, [row["uid"] for row in found.rows])
    return found.map(lambda row: _line(row, counts))


_LOCKED = (
    sa.select(ACTIVITY.c.uid)
    .where(ACTIVITY.c.uid == sa.bindparam("one", type_=ACTIVITY.c.uid.type))
    .with_for_update()
)
_BETWEEN = _LINE.where(
    _LISTED,
    ACTIVITY.c.day >= sa.bindparam("first", type_=ACTIVITY.c.day.type),
    ACTIVITY.c.day <= sa.bindparam("last", type_=ACTIVITY.c.day.type),
).order_by(ACTIVITY.c.day, ACTIVITY.c.starts_at, ACTIVITY.c.uid)


def between(connection: sa.Connection, first: date, last: date) -> list[ActivityLine]:
    """Every activity that begins between two business dates, both included, in their order."""
    rows = connection.execute(_BETWEEN, {"first": first, "last": last}).mappings().all()
    counts = sums_of(connection, [row["uid"] for row in rows])
    return [_line(row, counts) for row in rows]


def whole_between(connection: sa.Connection, first: date, last: date) -> list[Activity]:
    """The same as whole records: what a month is copied from."""
    query = (
        sa.select(ACTIVITY)
        .where(_LISTED, ACTIVITY.c.day >= first, ACTIVITY.c.day <= last)
        .order_by(ACTIVITY.c.day, ACTIVITY.c.starts_at, ACTIVITY.c.uid)
    )
    return SHELF.values(connection.execute(query).mappings())


def copies_of(connection: sa.Connection, uids: Sequence[Uid], first: date, last: date) -> set[Uid]:
    """Which of these have been copied into these days already."""
    query = sa.select(ACTIVITY.c.copied_from).where(
        _LISTED, ACTIVITY.c.day >= first, ACTIVITY.c.day <= last, ACTIVITY.c.copied_from.in_(uids)
    )
    return set(connection.execute(query).scalars())


def last_of_series(connection: sa.Connection, series: Uid) -> int:
    """The highest number in a series, deleted and cancelled ones included: none comes twice.

    The rows stay as read until the transaction ends, so that two desks do not both go on with it.
    """
    query = sa.select(ACTIVITY.c.occurrence).where(ACTIVITY.c.series == series).with_for_update()
    return max(connection.execute(query).scalars(), default=0)


def to_change(connection: sa.Connection, uid: Uid) -> Activity:
    """One living activity, locked until the transaction ends; a `UserError` when there is none."""
    connection.execute(_LOCKED, {"one": uid})
    return SHELF.need(connection, uid)


def of_number(connection: sa.Connection, number: str) -> Uid | None:
    """The living activity of that number."""
    query = sa.select(ACTIVITY.c.uid).where(_LISTED, ACTIVITY.c.number == number)
    found: Uid | None = connection.execute(query).scalar()
    return found


def names_like(connection: sa.Connection, text: str) -> list[str]:
    """The names in use that a search text fits, by characters, pinyin or initials.

    A station uses some hundred names again and again, a street a few thousand: they are looked
    through in memory, and no derived keys have to be kept.
    """
    query = sa.select(ACTIVITY.c.name).where(_LISTED).distinct()
    return pick(connection.execute(query).scalars(), text, lambda name: (name,))


def kinds_in_use(connection: sa.Connection) -> list[str]:
    """Every kind some activity has."""
    query = sa.select(ACTIVITY.c.kind).where(_LISTED).distinct().order_by(ACTIVITY.c.kind)
    return list(connection.execute(query).scalars())


def usual_words(connection: sa.Connection, most: int) -> dict[str, list[str]]:
    """What was written into a field of the last activities, the most usual first, by field."""
    columns = [ACTIVITY.c[name] for name in _OFTEN_THE_SAME]
    query = (
        sa.select(*columns).where(_LISTED).order_by(ACTIVITY.c.starts_at.desc()).limit(_LOOKED_AT)
    )
    times: dict[str, Counter[str]] = {name: Counter() for name in _OFTEN_THE_SAME}
    for row in connection.execute(query):
        for name, word in zip(_OFTEN_THE_SAME, row, strict=True):
            times[name][word] += 1
    return {
        name: [word for word, _times in found.most_common() if word][:most]
        for name, found in times.items()
    }


def naming_problem(connection: sa.Connection, problem: Uid) -> list[Activity]:
    """The living activities that solved an item of the problem list, or a resolution of which it
    is, the earliest first."""
    inside = (ACTIVITY.c.solved, ACTIVITY.c.resolutions)
    named = sa.or_(*(sa.cast(one, sa.Text).like(f"%{problem.hex}%") for one in inside))
    query = sa.select(ACTIVITY).where(_LISTED, named).order_by(ACTIVITY.c.starts_at, ACTIVITY.c.uid)
    return SHELF.values(connection.execute(query).mappings())


def attached(
    connection: sa.Connection, station: str = "", fields: Collection[str] = ("photos",)
) -> set[str]:
    """The attachments that living activities point at, of one station or of all, by their SHA-256
    in hexadecimal; only what stands in one of these fields."""
    if "photos" not in fields:
        return set()
    query = sa.select(ACTIVITY.c.photos).where(_LISTED, ACTIVITY.c.photo_count > 0)
    if station:
        query = query.where(ACTIVITY.c.station == station)
    found = connection.execute(query).scalars()
    return {photo["sha256"] for photos in found for photo in photos}


def _line(row: sa.RowMapping, sums: Mapping[Uid, Sums]) -> ActivityLine:
    values = {name: row[name] for name in _OWN}
    values["state"] = _STATES[values["state"]]
    stated = {group: row[column] for group, column in STATED.items()}
    return ActivityLine(**values, counts=line_count(sums.get(row["uid"]), stated))
