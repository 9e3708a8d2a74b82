"""Rows of residents, the keys they are found by, and when they were last seen. Never commits.

The statements of the box itself are in `search/store.py`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine.interfaces import Dialect

from desktop_app.core.clock import Zone
from desktop_app.core.identity import Gender
from desktop_app.core.ids import Uid
from desktop_app.core.masked_values import MARK
from desktop_app.core.masking import mask_phone
from desktop_app.core.pinyin import (
    DERIVED_VERSION,
    door_keys,
    id_keys,
    name_keys,
    phone_keys,
    sort_key,
)
from desktop_app.registers.places.tables import PLACE
from desktop_app.registers.residents.record import KIND
from desktop_app.registers.residents.rules import (
    PartyKind,
    PersonLine,
    Resident,
    ResidentKind,
    address_text,
)
from desktop_app.registers.residents.store.seen import (
    Seen,
    mark_all_seen,
    mark_seen,
    seen,
    set_seen,
)
from desktop_app.registers.residents.tables import PERSON_KEY, RESIDENT, SEEN
from desktop_app.storage.paging import FIRST, PAGE_SIZE, Order, Page, page
from desktop_app.storage.prepared import Prepared
from desktop_app.storage.row_writer import Bound, RowWriter
from desktop_app.storage.session import Unit
from desktop_app.storage.shelf import Shelf
from desktop_app.storage.tables import CHANGE, META

__all__ = [
    "SHELF",
    "ResidentFilter",
    "ResidentShelf",
    "Seen",
    "mark_all_seen",
    "mark_seen",
    "seen",
    "set_seen",
]


@dataclass(frozen=True, slots=True)
class ResidentFilter:
    """What the list of residents is narrowed to; `words` are ranges of keys, all must match.

    `named` leaves out whose names are masked or not known, as most are at a street.
    """

    kind: ResidentKind | None = None
    party: PartyKind | None = None
    compound: Uid | None = None
    words: tuple[tuple[str, str], ...] = ()
    station: str = ""
    named: bool = False


def keys_of(resident: Resident) -> frozenset[str]:
    """Everything the box finds a resident by; nothing for one that no list shows."""
    if not resident.listed:
        return frozenset()
    keys = set(name_keys(resident.name))
    keys |= door_keys(resident.building, resident.unit, resident.room)
    keys |= id_keys(resident.id_number)
    for phone in resident.phones:
        keys |= phone_keys(phone.number)
    # A child is asked for by the number of whoever brings it.
    if resident.guardian is not None:
        keys |= phone_keys(resident.guardian.phone)
    return frozenset(keys)


class ResidentShelf(Shelf[Resident]):
    """Residents with their keys: both are written in the same transaction, the keys in Python."""

    def derived(self, value: Resident) -> Mapping[str, Any]:
        return {"sort_key": sort_key(value.name), "derived_version": DERIVED_VERSION}

    def put(self, unit: Unit, value: Resident) -> Resident:
        saved = super().put(unit, value)
        write_keys(unit.connection, saved.uid, keys_of(saved), known=value.revision > 0)
        return saved

    def remove(self, unit: Unit, value: Resident) -> Resident:
        gone = super().remove(unit, value)
        write_keys(unit.connection, gone.uid, frozenset(), known=True)
        return gone

    def arrived(
        self, connection: sa.Connection, values: Sequence[Resident], whole: Collection[str]
    ) -> None:
        """Only who came with the whole name is found: keys of a masked one would find others."""
        found = "name" in whole
        wanted = {(key, one.uid) for one in values if found for key in keys_of(one)}
        stored = _stored_keys(connection, [one.uid for one in values])
        if stale := sorted(stored - wanted):
            connection.execute(_DROP_KEY, [{"old": key, "of": uid} for key, uid in stale])
        if fresh := sorted(wanted - stored):
            _ADD_KEYS.run_many(connection, [{"key": key, "person": uid} for key, uid in fresh])

    def departed(self, connection: sa.Connection, uids: Sequence[Uid]) -> None:
        for table, column in ((PERSON_KEY, PERSON_KEY.c.person), (SEEN, SEEN.c.resident)):
            connection.execute(sa.delete(table).where(column.in_(uids)))


SHELF = ResidentShelf(KIND, RESIDENT)

_PERSON = sa.bindparam("of", type_=PERSON_KEY.c.person.type)
_KEYS = sa.select(PERSON_KEY.c.key).where(PERSON_KEY.c.person == _PERSON)
_ADD_KEY = sa.insert(PERSON_KEY)
_ADD_KEYS = Prepared(_ADD_KEY)
_KEY_ROWS = RowWriter(PERSON_KEY)
_DROP_KEY = sa.delete(PERSON_KEY).where(
    PERSON_KEY.c.key == sa.bindparam("old"), PERSON_KEY.c.person == _PERSON
)


def _stored_keys(connection: sa.Connection, uids: Sequence[Uid]) -> set[tuple[str, Uid]]:
    query = sa.select(PERSON_KEY.c.key, PERSON_KEY.c.person).where(PERSON_KEY.c.person.in_(uids))
    return {(key, uid) for key, uid in connection.execute(query)}


def write_keys(connection: sa.Connection, uid: Uid, wanted: frozenset[str], *, known: bool) -> None:
    """Make `wanted` the keys of a person; only what differs is written."""
    stored = set(connection.execute(_KEYS, {"of": uid}).scalars()) if known else set()
    if stale := sorted(stored - wanted):
        connection.execute(_DROP_KEY, [{"old": key, "of": uid} for key in stale])
    if fresh := sorted(wanted - stored):
        connection.execute(_ADD_KEY, [{"key": key, "person": uid} for key in fresh])


def new_keys(dialect: Dialect, files: Iterable[Resident]) -> list[Bound]:
    """The keys of files that nobody has saved before and that are not put by their shelf, ready
    for `add_keys`: in their own order, in which many of them touch few pages of the search."""
    # One sort of all of them would hold every other thread up for a tenth of a second.
    by_first: dict[str, list[Bound]] = defaultdict(list)
    for one in files:
        (_, person) = _KEY_ROWS.bound(dialect, {"key": "", "person": one.uid})
        for key in keys_of(one):
            by_first[key[:1]].append((key, person))
    return [row for first in sorted(by_first) for row in sorted(by_first[first])]


def add_keys(connection: sa.Connection, rows: Sequence[Bound]) -> None:
    """Write some of `new_keys`."""
    _KEY_ROWS.write_bound(connection, rows)


# --- what lists show -----------------------------------------------------------------------------

_LINE_COLUMNS: tuple[sa.ColumnElement[Any], ...] = (
    RESIDENT.c.uid,
    RESIDENT.c.number,
    RESIDENT.c.name,
    RESIDENT.c.gender,
    RESIDENT.c.birth,
    sa.func.coalesce(PLACE.c.name, "").label("compound_name"),
    RESIDENT.c.building,
    RESIDENT.c.unit,
    RESIDENT.c.room,
    RESIDENT.c.phones,
    SEEN.c.last_at,
    sa.func.coalesce(SEEN.c.times, 0).label("times"),
    RESIDENT.c.sort_key,
)
_LINES = sa.select(*_LINE_COLUMNS).select_from(
    RESIDENT.outerjoin(PLACE, PLACE.c.uid == RESIDENT.c.compound).outerjoin(
        SEEN, SEEN.c.resident == RESIDENT.c.uid
    )
)
_LISTED = sa.and_(RESIDENT.c.deleted_at.is_(None), RESIDENT.c.merged_into.is_(None))
_BY_NAME = Order((RESIDENT.c.sort_key, RESIDENT.c.uid))


def _line(row: Any, zone: Zone) -> PersonLine:
    uid, number, name, gender, birth, compound, building, unit, room, phones, at, times, _ = row
    return PersonLine(
        uid=uid,
        number=number,
        name=name,
        gender=Gender(gender),
        birth=birth,
        address=address_text(compound, building, unit, room),
        phone=mask_phone(phones[0]["number"]) if phones else "",
        last_seen=None if at is None else zone.day(at),
        times=times,
    )


@cache
def _lines_of(count: int) -> sa.Select[Any]:
    # Each count has its own statement: filling in a list of any length costs 0.1 ms a keystroke.
    uids = [sa.bindparam(f"uid{place}", type_=RESIDENT.c.uid.type) for place in range(count)]
    return _LINES.where(RESIDENT.c.uid.in_(uids), _LISTED)


def lines(connection: sa.Connection, uids: Sequence[Uid], zone: Zone) -> list[PersonLine]:
    """What lists show of these people, in the order asked for; who is not listed is left out."""
    if not uids:
        return []
    parameters = {f"uid{place}": uid for place, uid in enumerate(uids)}
    found = connection.execute(_lines_of(len(uids)), parameters).all()
    known = {row[0]: _line(row, zone) for row in found}
    return [known[uid] for uid in uids if uid in known]


def listed(
    connection: sa.Connection,
    zone: Zone,
    narrowed: ResidentFilter,
    cursor: str | None = FIRST,
    *,
    size: int = PAGE_SIZE,
) -> Page[PersonLine]:
    """One page of the list of residents, by name."""
    query = _LINES.where(_LISTED)
    if narrowed.named:
        query = query.where(RESIDENT.c.name != "", RESIDENT.c.name.not_like(f"%{MARK}%"))
    if narrowed.station:
        query = query.where(RESIDENT.c.station == narrowed.station)
    for name in ("kind", "party", "compound"):
        wanted = getattr(narrowed, name)
        if wanted is not None:
            query = query.where(RESIDENT.c[name] == wanted)
    for low, high in narrowed.words:
        having = sa.select(PERSON_KEY.c.person).where(
            PERSON_KEY.c.key >= low, PERSON_KEY.c.key < high
        )
        query = query.where(RESIDENT.c.uid.in_(having))
    found = page(connection, query, _BY_NAME, cursor, size=size)
    return found.map(lambda row: _line(tuple(row.values()), zone))


# --- duplicates and merged files -----------------------------------------------------------------


def with_key(connection: sa.Connection, keys: Iterable[str], most: int) -> list[Resident]:
    """Up to `most` listed people who have one of these whole keys."""
    people = sa.select(PERSON_KEY.c.person).where(PERSON_KEY.c.key.in_(sorted(keys)))
    query = sa.select(RESIDENT).where(RESIDENT.c.uid.in_(people)).limit(most)
    return SHELF.values(connection.execute(query).mappings())


def of_name(connection: sa.Connection, name: str, most: int) -> list[Resident]:
    """Up to `most` listed people whose name reads and is written the same."""
    query = sa.select(RESIDENT).where(RESIDENT.c.sort_key == sort_key(name), _LISTED)
    return SHELF.values(connection.execute(query.limit(most)).mappings())


def alike(
    connection: sa.Connection, names: Collection[str], keys: Collection[str]
) -> list[Resident]:
    """Every listed person whose name reads so (sort keys) or who has one of these whole keys."""
    found: dict[Uid, Resident] = {}
    for some in _parts_of(names):
        query = sa.select(RESIDENT).where(RESIDENT.c.sort_key.in_(some), _LISTED)
        found |= {one.uid: one for one in SHELF.values(connection.execute(query).mappings())}
    for some in _parts_of(keys):
        people = sa.select(PERSON_KEY.c.person).where(PERSON_KEY.c.key.in_(some))
        query = sa.select(RESIDENT).where(RESIDENT.c.uid.in_(people))
        found |= {one.uid: one for one in SHELF.values(connection.execute(query).mappings())}
    return list(found.values())


def _parts_of(texts: Collection[str]) -> Iterable[list[str]]:
    some = sorted(texts)
    return (some[start : start + 500] for start in range(0, len(some), 500))


def with_number(connection: sa.Connection, number: str) -> list[Uid]:
    """The listed resident of that 档案号, or nobody."""
    query = sa.select(RESIDENT.c.uid).where(RESIDENT.c.number == number.upper(), _LISTED)
    return list(connection.execute(query).scalars())


def kept_uid(connection: sa.Connection, uid: Uid) -> Uid:
    """The file a merged one is now part of; the same uid when it was never merged."""
    target = sa.select(RESIDENT.c.merged_into).where(RESIDENT.c.uid == _ONE)
    while (into := connection.execute(target, {"one": uid}).scalar()) is not None:
        uid = into
    return uid


def merged_uids(connection: sa.Connection, uid: Uid) -> tuple[Uid, ...]:
    """Every file that was merged into this one, directly or through another."""
    query = sa.select(RESIDENT.c.uid).where(RESIDENT.c.merged_into == _ONE)
    found: list[Uid] = []
    waiting = [uid]
    while waiting:
        below = connection.execute(query, {"one": waiting.pop()}).scalars().all()
        found += below
        waiting += below
    return tuple(found)


_ONE = sa.bindparam("one", type_=RESIDENT.c.uid.type)


def forget(unit: Unit, resident: Resident) -> Resident:
    """Erase a person (个人信息保护法 art. 47): the row is emptied to a tombstone that keeps only
    its number, and earlier contents leave the change log, whose digests and chain stay whole."""
    blank = Resident(
        uid=resident.uid,
        station=resident.station,
        revision=resident.revision,
        created_at=resident.created_at,
        number=resident.number,
    )
    unit.connection.execute(
        sa.update(CHANGE)
        .where(CHANGE.c.kind == KIND.name, CHANGE.c.uid == resident.uid)
        .values(payload=None)
    )
    set_seen(unit, resident.uid, None)
    return SHELF.remove(unit, blank)


# --- derived data of an older version ------------------------------------------------------------

_OWN_CODE = sa.select(META.c.value).where(META.c.name == "code")
_STALE = RESIDENT.c.derived_version < DERIVED_VERSION
_ANY_STALE = sa.select(sa.exists(sa.select(1).where(_STALE)))


def is_stale(connection: sa.Connection) -> bool:
    """Whether somebody's keys were made by an older version of the program."""
    return bool(connection.execute(_ANY_STALE).scalar())


def count_stale(connection: sa.Connection) -> int:
    query = sa.select(sa.func.count()).select_from(RESIDENT).where(_STALE)
    return int(connection.execute(query).scalar_one())


def renew_keys(connection: sa.Connection, most: int) -> int:
    """Make the keys of up to `most` people anew; answers how many there were. No record changes.

    Who came from another station and has none was masked, and has none afterwards either.
    """
    query = sa.select(RESIDENT).where(_STALE).limit(most).with_for_update()
    people = SHELF.values(connection.execute(query).mappings())
    own = connection.execute(_OWN_CODE).scalar_one()
    found = {uid for _, uid in _stored_keys(connection, [person.uid for person in people])}
    for person in people:
        if person.station == own or person.uid in found:
            write_keys(connection, person.uid, keys_of(person), known=True)
        connection.execute(
            sa.update(RESIDENT).where(RESIDENT.c.uid == person.uid).values(**SHELF.derived(person))
        )
    return len(people)
