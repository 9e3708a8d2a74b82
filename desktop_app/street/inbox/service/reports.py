"""Who reported until when: what is known of each station from what it sent."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from desktop_app.core.clock import Millis
from desktop_app.core.rights import Right
from desktop_app.registers.offices import store as offices
from desktop_app.registers.offices.rules import StationEntry
from desktop_app.storage.session import Desk
from desktop_app.street.inbox.rules.verdicts import Standing
from desktop_app.street.inbox.store import aside, files, log
from desktop_app.street.inbox.store.files import TakenFile


@dataclass(frozen=True, slots=True)
class StationReport:
    """One station. `entry` is None for one that is not in the register any more; `last` is the
    last bundle that came from it, whatever became of it."""

    entry: StationEntry | None
    standing: Standing
    parked: int
    last: TakenFile | None

    @property
    def code(self) -> str:
        return self.standing.station

    @property
    def name(self) -> str:
        """What it is called."""
        return self.standing.name if self.entry is None else self.entry.name

    @property
    def applied(self) -> int:
        """The number of the last change the street has."""
        return self.standing.applied

    @property
    def last_at(self) -> Millis | None:
        """When the last bundle that was taken came; None when none ever did."""
        return self.standing.taken_at or None

    @property
    def clock_offset(self) -> int:
        """By how many ms its clock was ahead of ours then; below 0 says little: bundles travel."""
        return self.standing.clock_offset

    @property
    def version(self) -> str:
        """Which program wrote that bundle."""
        return self.standing.program

    @property
    def missing(self) -> tuple[int, int] | None:
        """The changes that are known to be in a bundle that did not come (断档)."""
        until = self.standing.missing_until
        return (self.applied + 1, until) if until > self.applied else None

    @property
    def photos_missing(self) -> int:
        """Photos that rows point at and that have not come (照片待到)."""
        return self.standing.photos_missing


def reports(desk: Desk) -> list[StationReport]:
    """Every station of the street, and every other one from which something came, by code."""
    with desk.reading(needs=Right.READ) as connection:
        entries = {one.code: one for one in offices.stations(connection) if not one.deleted}
        known = {one.station: one for one in log.standings(connection)}
        waiting = Counter(one.station for one in aside.parked(connection))
        return [
            StationReport(
                entries.get(code),
                known.get(code) or Standing(station=code),
                waiting[code],
                files.last_of(connection, code),
            )
            for code in sorted(entries.keys() | known.keys())
        ]
