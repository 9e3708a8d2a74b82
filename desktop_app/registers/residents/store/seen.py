"""Who was seen when, and how often: what the box ranks people by."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from desktop_app.core.clock import Millis
from desktop_app.core.ids import Uid
from desktop_app.registers.residents.tables import SEEN
from desktop_app.storage.prepared import Prepared
from desktop_app.storage.session import Unit


@dataclass(frozen=True, slots=True)
class Seen:
    """When a resident was last at the counter, and how often."""

    last_at: Millis
    times: int

    def without(self, other: Seen, before: Seen | None) -> Seen | None:
        """What would be known had `other` not been counted in; `before` was known until then."""
        times = self.times - other.times
        if times <= 0:
            return None
        if before is None or self.last_at > other.last_at:
            return Seen(self.last_at, times)
        return Seen(before.last_at, times)


def _upsert_seen(insert: Any) -> Any:
    added = insert(SEEN)
    newest = sa.case(
        (added.excluded.last_at > SEEN.c.last_at, added.excluded.last_at), else_=SEEN.c.last_at
    )
    return added.on_conflict_do_update(
        index_elements=[SEEN.c.resident],
        set_={"last_at": newest, "times": SEEN.c.times + added.excluded.times},
    )


_MARK_SEEN = {
    "sqlite": _upsert_seen(sqlite.insert),
    "postgresql": _upsert_seen(postgresql.insert),
}
_ONE = SEEN.c.resident == sa.bindparam("of", type_=SEEN.c.resident.type)
_SEEN = Prepared(sa.select(SEEN.c.last_at, SEEN.c.times).where(_ONE))
_SET_SEEN = Prepared(
    sa.update(SEEN).where(_ONE).values(last_at=sa.bindparam("at"), times=sa.bindparam("count"))
)
_UNSEEN = Prepared(sa.delete(SEEN).where(_ONE))


def mark_seen(unit: Unit, uid: Uid, at: Millis, times: int = 1) -> None:
    """A resident was at the counter at `at`, which may be earlier than a visit already known."""
    unit.connection.execute(
        _MARK_SEEN[unit.connection.dialect.name], {"resident": uid, "last_at": at, "times": times}
    )


def mark_all_seen(connection: sa.Connection, when: Mapping[Uid, tuple[Millis, int]]) -> None:
    """`mark_seen` for many at once: the last moment and how often, by resident."""
    if when:
        connection.execute(
            _MARK_SEEN[connection.dialect.name],
            [{"resident": uid, "last_at": at, "times": times} for uid, (at, times) in when.items()],
        )


def seen(connection: sa.Connection, uid: Uid) -> Seen | None:
    """When a resident was last seen; None when never."""
    row = _SEEN.run(connection, {"of": uid}).first()
    return None if row is None else Seen(Millis(row.last_at), row.times)


def set_seen(unit: Unit, uid: Uid, value: Seen | None) -> None:
    """Put back what was known before a merge or a visit that was taken back."""
    if value is None:
        _UNSEEN.run(unit.connection, {"of": uid})
        return
    _SET_SEEN.run(unit.connection, {"of": uid, "at": value.last_at, "count": value.times})
