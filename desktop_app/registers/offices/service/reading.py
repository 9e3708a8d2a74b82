"""Looking at the street one belongs to, or at the stations one has."""

from __future__ import annotations

from desktop_app.core.ids import Uid
from desktop_app.core.rights import Right
from desktop_app.registers.offices import store
from desktop_app.registers.offices.rules import (
    StationEntry,
    StationKey,
    StationLine,
    Street,
    Structure,
)
from desktop_app.storage.session import Desk


def my_street(desk: Desk) -> Street | None:
    """The street this station belongs to; None before it has joined one."""
    with desk.reading(needs=Right.READ) as connection:
        return store.our_street(connection)


def station_lines(desk: Desk) -> list[StationLine]:
    """Every station the street has or had, by code, with its keys."""
    with desk.reading(needs=Right.READ) as connection:
        entries = store.stations(connection)
        keys: dict[str, list[StationKey]] = {}
        for key in store.all_keys(connection):
            keys.setdefault(key.station, []).append(key)
    return [_line(entry, keys.get(entry.code, [])) for entry in entries]


def station_line(desk: Desk, uid: Uid) -> StationLine:
    """One station with its keys; `UserError` when there is none."""
    with desk.reading(needs=Right.READ) as connection:
        entry = store.SHELF.need(connection, uid)
        return _line(entry, store.keys_of(connection, entry.code))


def structure(desk: Desk) -> Structure:
    """Which station stands for which, for reports as things are now or were on a day."""
    with desk.reading(needs=Right.READ) as connection:
        return Structure(store.stations(connection))


def _line(entry: StationEntry, keys: list[StationKey]) -> StationLine:
    # The latest that has been used signs now; one that is only announced follows it.
    trusted = [key for key in keys if key.trusted]
    used = [key for key in trusted if key.used_at is not None]
    now = (used or trusted)[-1] if trusted else None
    return StationLine(entry, now, tuple(keys))
