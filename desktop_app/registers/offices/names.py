"""What the stations of a street are called, for the lists and pages of every ledger."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_app.core.pinyin import name_keys
from desktop_app.core.rights import Right
from desktop_app.registers.offices import store
from desktop_app.storage.session import Desk


@dataclass(frozen=True, slots=True)
class StationName:
    """A station by its code; `search` is what else it can be found by: initials, pinyin."""

    code: str
    name: str
    search: str


class StationNames:
    """The stations of a street in the order of their codes; a station's own home has none.

    Those that have merged or moved away are among them, as their records are.
    """

    def __init__(self, entries: tuple[StationName, ...] = (), *, at_street: bool = False) -> None:
        self.entries = entries
        self.at_street = at_street
        self._names = {entry.code: entry.name for entry in entries}

    def of(self, code: str) -> str:
        """The name of a station; of one that is not known its code."""
        return self._names.get(code, code)

    def owner(self, code: str) -> str:
        """Whose record it is, where that has to be said: at a street. Empty at a station."""
        return self.of(code) if self.at_street else ""


def station_names(desk: Desk) -> StationNames:
    """The names at a street. Not for the window's thread: the readings of characters are slow."""
    if not desk.database.station.is_street:
        return StationNames()
    with desk.reading(needs=Right.READ) as connection:
        found = sorted((entry.code, entry.name) for entry in store.stations(connection))
    return StationNames(
        tuple(StationName(code, name, " ".join(sorted(name_keys(name)))) for code, name in found),
        at_street=True,
    )
