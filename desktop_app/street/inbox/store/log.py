"""The received log of every station, how far it is, and what it comes to. Never commits."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from desktop_app.bundle.lines import ChangeLine
from desktop_app.core.chain import GENESIS
from desktop_app.core.clock import Millis
from desktop_app.core.ids import Uid
from desktop_app.core.tally import Tally
from desktop_app.storage.prepared import Prepared
from desktop_app.storage.row_writer import Bound, RowWriter
from desktop_app.storage.tables import COUNTER
from desktop_app.street.inbox.rules.forms import Form
from desktop_app.street.inbox.rules.verdicts import Standing
from desktop_app.street.inbox.tables import (
    RECEIVED,
    RECEIVED_FORM,
    RECEIVED_STATION,
    RECEIVED_TALLY,
)

Connection = sa.Connection

_TURN = "street.inbox"
_LOG = RowWriter(RECEIVED)
_STANDINGS = RowWriter(RECEIVED_STATION, key=("station",))
_TALLIES = RowWriter(RECEIVED_TALLY, key=("station", "kind"))


def wait_for_turn(connection: Connection) -> None:
    """Let one take in at a time, whichever desk: on a server until this transaction ends."""
    insert = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    taken: Any = insert(COUNTER).values(name=_TURN, value=1)
    connection.execute(
        taken.on_conflict_do_update(
            index_elements=[COUNTER.c.name], set_={"value": COUNTER.c.value + 1}
        )
    )


# --- how far a station is -------------------------------------------------------------------------


def standing(connection: Connection, station: str) -> Standing:
    """How far the street is with a station; at the very beginning when nothing came yet."""
    query = sa.select(RECEIVED_STATION).where(RECEIVED_STATION.c.station == station)
    row = connection.execute(query).mappings().first()
    return Standing(station=station) if row is None else _standing(row)


def standings(connection: Connection) -> list[Standing]:
    """Every station from which something came, by its code."""
    query = sa.select(RECEIVED_STATION).order_by(RECEIVED_STATION.c.station)
    return [_standing(row) for row in connection.execute(query).mappings()]


def _standing(row: sa.RowMapping) -> Standing:
    return Standing(**{**row, "earlier_lineages": tuple(row["earlier_lineages"])})


def move(connection: Connection, value: Standing) -> None:
    """Write down how far a station is."""
    row = asdict(value)
    _STANDINGS.write(connection, [{**row, "earlier_lineages": list(value.earlier_lineages)}])


def note_missing(connection: Connection, station: str, until: int) -> None:
    """A bundle came too early: changes up to `until` lie in one that has not come."""
    known = standing(connection, station)
    move(connection, replace(known, missing_until=max(known.missing_until, until)))


# --- the log --------------------------------------------------------------------------------------

_OF = RECEIVED.c.station == sa.bindparam("station")
_HASH_AT = Prepared(sa.select(RECEIVED.c.hash).where(_OF, RECEIVED.c.n == sa.bindparam("n")))
_DIGESTS = Prepared(
    sa.select(RECEIVED.c.n, RECEIVED.c.digest)
    .where(_OF, RECEIVED.c.n >= sa.bindparam("first"), RECEIVED.c.n <= sa.bindparam("last"))
    .order_by(RECEIVED.c.n)
)
_ENTRIES = (
    sa.select(RECEIVED).where(_OF, RECEIVED.c.kind == sa.bindparam("kind")).order_by(RECEIVED.c.n)
)
_KINDS = sa.select(RECEIVED.c.kind).where(_OF).distinct().order_by(RECEIVED.c.kind)


def hash_at(connection: Connection, station: str, n: int) -> bytes | None:
    """The chain's hash after change `n`; None when the street is not that far."""
    if n == 0:
        return GENESIS
    found = _HASH_AT.run(connection, {"station": station, "n": n}).scalar()
    return None if found is None else bytes(found)


def digests(
    connection: Connection, station: str, first: int, last: int
) -> Iterator[tuple[int, bytes]]:
    """Numbers and digests of the changes from `first` to `last` that the street has."""
    found = _DIGESTS.run(connection, {"station": station, "first": first, "last": last})
    try:
        for row in found:
            yield row.n, bytes(row.digest)
    finally:
        found.close()


def made_at(connection: Connection, station: str, n: int) -> Millis | None:
    """When the station made change `n` by its own clock; None for one that tells nothing."""
    query = sa.select(RECEIVED.c.at).where(RECEIVED.c.station == station, RECEIVED.c.n == n)
    return connection.execute(query).scalar() or None


def hold_still(connection: Connection) -> None:
    """Let every question of this reading be answered from one moment. To be asked first.

    SQLite does so anyway; PostgreSQL would answer each question anew.
    """
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")


def kinds(connection: Connection, station: str) -> list[str]:
    """The kinds of record a station's log knows."""
    return list(connection.execute(_KINDS, {"station": station}).scalars())


def entries(connection: Connection, station: str, kind: str) -> Iterator[sa.RowMapping]:
    """A station's log of one kind, in order."""
    found = connection.execute(
        _ENTRIES.execution_options(yield_per=1000), {"station": station, "kind": kind}
    )
    yield from found.mappings()


def entry(dialect: Any, station: str, line: ChangeLine, hash_: bytes, form: int | None) -> Bound:
    """One entry, ready for the database."""
    uid = None if line.uid is None else _UID_OF[dialect.name](line.uid)
    return (
        station, line.n, line.kind, uid, line.op, line.revision, line.version, line.at,
        line.digest, hash_, form,
    )  # fmt: skip


_UID_OF: Mapping[str, Callable[[Uid], str | bytes]] = {
    "sqlite": lambda uid: uid.bytes,
    "postgresql": lambda uid: uid.hex,
}


def add(connection: Connection, rows: Sequence[Bound]) -> None:
    """Write entries down; each number once."""
    _LOG.write_bound(connection, rows)


_MINE = RECEIVED.c.uid.in_(sa.bindparam("uids", expanding=True))
_OF_RECORDS = (
    sa.select(RECEIVED)
    .where(_MINE, _OF, RECEIVED.c.kind == sa.bindparam("kind"))
    .order_by(RECEIVED.c.n)
)
_SET_FORM = Prepared(
    sa.update(RECEIVED)
    .where(_OF, RECEIVED.c.n == sa.bindparam("at_n"))
    .values(form=sa.bindparam("new_form"))
)


def newest(
    connection: Connection, station: str, kind: str, uids: Collection[Uid]
) -> dict[Uid, sa.RowMapping]:
    """The last entry of each of these records."""
    found = connection.execute(
        _OF_RECORDS, {"uids": list(uids), "station": station, "kind": kind}
    ).mappings()
    return {entry["uid"]: entry for entry in found}


def set_forms(connection: Connection, station: str, forms: Mapping[int, int]) -> None:
    """More of some records came without a change: the forms of their last entries, by number."""
    rows = [{"station": station, "at_n": n, "new_form": form} for n, form in forms.items()]
    _SET_FORM.run_many(connection, rows)


# --- what it comes to -----------------------------------------------------------------------------


def tallies(connection: Connection, station: str) -> dict[str, Tally]:
    """What a station's changes come to, by kind."""
    query = sa.select(RECEIVED_TALLY).where(RECEIVED_TALLY.c.station == station)
    return {
        row.kind: Tally(row.rows, row.changes, bytes(row.head)) for row in connection.execute(query)
    }


def set_tallies(connection: Connection, station: str, found: Mapping[str, Tally]) -> None:
    """Write down what a station's changes come to."""
    rows = [{"station": station, "kind": kind, **asdict(of)} for kind, of in found.items()]
    _TALLIES.write(connection, rows)


# --- forms ----------------------------------------------------------------------------------------


class Forms:
    """The few forms in which rows come: known ones by their content, new ones written down."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._ids: dict[object, int] = {}
        self._known: dict[int, Form] = {}
        for row in connection.execute(sa.select(RECEIVED_FORM)):
            self._keep(row.id, Form(row.kind, row.profile, row.fields))

    def number(self, form: Form) -> int:
        """The number of this form."""
        known = self._ids.get(form)
        if known is None:
            known = self._ids.get(form.key)
            if known is None:
                known = self._added(form)
            self._ids[form] = known
        return known

    def of(self, number: int) -> Form:
        """The form of that number."""
        return self._known[number]

    def _added(self, form: Form) -> int:
        number = max(self._known, default=0) + 1
        row = {
            "id": number,
            "kind": form.kind,
            "profile": form.profile,
            "fields": dict(form.fields),
        }
        self._connection.execute(sa.insert(RECEIVED_FORM), [row])
        self._keep(number, form)
        return number

    def _keep(self, number: int, form: Form) -> None:
        self._known[number] = form
        self._ids[form.key] = number
