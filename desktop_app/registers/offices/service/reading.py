"""Looking at the street one belongs to, or at the stations one has."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_app.core.clock import Millis
from desktop_app.core.ids import Uid
from desktop_app.core.rights import Right
from desktop_app.registers.offices import store
from desktop_app.registers.offices.files import street_fingerprint
from desktop_app.registers.offices.rules import (
    StationEntry,
    StationKey,
    StationLine,
    Street,
    Structure,
)
from desktop_app.storage.session import Desk


@dataclass(frozen=True, slots=True)
class Asked:
    """A request on its way: of which street, both 核对码, and when it was made."""

    street: Street
    street_fingerprint: str
    fingerprint: str
    made_at: Millis


def my_street(desk: Desk) -> Street | None:
    """The street this station belongs to; None before it has joined one."""
    with desk.reading(needs=Right.READ) as connection:
        return store.our_street(connection)


def my_request(desk: Desk) -> Asked | None:
    """What this station has asked and waits for an answer to; None when it waits for nothing."""
    with desk.reading(needs=Right.READ) as connection:
        found = store.open_request(connection)
    if found is None:
        return None
    code = street_fingerprint(found.street)
    return Asked(found.street, code, found.fingerprint, found.made_at)


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
