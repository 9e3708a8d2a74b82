"""What a bundle carries, table by table and line by line; nothing is held in memory.

Every change of the stretch is told, so that the street can follow the chain: with its fields where
it is the last of its record, bare where a later one supersedes it, with nothing but number and
digest where its kind never travels.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from desktop_app import catalog
from desktop_app.bundle.lines import (
    CHANGES,
    COUNTS,
    CURRENT,
    UNSAID,
    CountLine,
    CurrentLine,
    spell_change,
    spell_count,
    spell_current,
)
from desktop_app.core.chain import DELETE, PUT, WITHHELD
from desktop_app.core.codec import Plain, canonical
from desktop_app.core.figures import MonthCount
from desktop_app.core.travel import Profile, Projector
from desktop_app.station.reporting.store import Connection, log, memory
from desktop_app.station.reporting.store.log import Entry, Place
from desktop_app.storage.shelf import Shelf

Table = tuple[str, Iterator[bytes]]


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of the chain: the changes after `before` up to and including `after`."""

    before: Place
    after: Place

    @property
    def first(self) -> int:
        return self.before.n + 1

    @property
    def last(self) -> int:
        return self.after.n


class Teller:
    """Tells the records of one kind in one profile."""

    def __init__(self, connection: Connection, shelf: Shelf[Any], profile: Profile) -> None:
        self._connection = connection
        self._shelf = shelf
        self._kind = shelf.kind
        self._project = Projector(shelf.kind, profile)

    def changes(self, stretch: Stretch) -> Iterator[bytes]:
        """A line a change of this kind in the stretch."""
        for entry in log.entries(self._connection, self._kind.name, stretch.first, stretch.last):
            if not entry.last or entry.op == DELETE:
                yield _bare(entry, entry.op)
                continue
            shown = self._shown(entry)
            if shown is None:
                yield _bare(entry, WITHHELD)
                continue
            yield spell_change(
                entry.n, entry.digest, entry.uid, PUT, entry.revision, self._kind.version,
                entry.at, canonical(shown),
            )  # fmt: skip

    def current(self, upto: int) -> Iterator[bytes]:
        """A line a living record whose last change lies at or before a number."""
        found = log.entries(self._connection, self._kind.name, 1, upto, only_last=True)
        for entry in found:
            shown = None if entry.op == DELETE else self._shown(entry)
            if shown is not None:
                yield spell_current(
                    CurrentLine(
                        self._kind.name, entry.uid, entry.revision, self._kind.version,
                        entry.at, shown,
                    )
                )  # fmt: skip

    def _shown(self, entry: Entry) -> dict[str, Plain] | None:
        """The fields that travel; None for a record that never leaves or is not here."""
        plain = self._plain(entry)
        if plain is None or (self._kind.withheld is not None and self._kind.withheld(plain)):
            return None
        return self._project(plain)

    def _plain(self, entry: Entry) -> dict[str, Plain] | None:
        if entry.payload is None:
            return log.record_now(self._connection, self._shelf, entry.uid)
        plain: dict[str, Plain] = json.loads(entry.payload)
        if entry.version == self._kind.version:
            return plain
        return self._kind.upgraded(plain, entry.version)


def tables(
    connection: Connection, stretch: Stretch, profile: Profile, again: Mapping[str, int]
) -> Iterator[Table]:
    """The tables of a bundle, in their order. Each must be read to its end before the next.

    Rows of the kinds `again` whose last change lies at or before that number are told once more,
    because more of them travels now than when they were told.
    """
    shelves = catalog.travelling()
    there = log.kinds_between(connection, stretch.first, stretch.last)
    tellers = {name: Teller(connection, shelf, profile) for name, shelf in shelves.items()}
    for name, teller in tellers.items():
        if name in there:
            yield f"{CHANGES}{name}", teller.changes(stretch)
    if there - shelves.keys():
        yield f"{CHANGES}{UNSAID}", _unsaid(connection, list(shelves), stretch)
    for name, upto in again.items():
        yield f"{CURRENT}{name}", tellers[name].current(upto)
    yield COUNTS, _counts(connection)


def counts_now(
    own: Mapping[str, Iterable[MonthCount]], lost: Mapping[str, Iterable[MonthCount]]
) -> list[CountLine]:
    """The figures about what never leaves: what is counted here, and what was before a loss."""
    summed: dict[tuple[str, str, str], int] = {}
    for counts in (own, lost):
        for kind, several in counts.items():
            for one in several:
                key = (kind, one.month, one.name)
                summed[key] = summed.get(key, 0) + one.value
    return [CountLine(*key, value) for key, value in sorted(summed.items())]


def _bare(entry: Entry, op: str) -> bytes:
    return spell_change(
        entry.n, entry.digest, entry.uid, op, entry.revision, entry.version, entry.at, None
    )


def _unsaid(connection: Connection, told: list[str], stretch: Stretch) -> Iterator[bytes]:
    for n, digest in log.digests(connection, told, stretch.first, stretch.last):
        yield spell_change(n, digest, None, PUT, 0, 0, 0, None)


def _counts(connection: Connection) -> Iterator[bytes]:
    for line in counts_now(catalog.withheld_counts(connection), memory.carried(connection)):
        yield spell_count(line)
