"""A bundle is read to its end before anything of it is used: its chain must close."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from desktop_app.bundle.lines import (
    COUNTS,
    CURRENT,
    ChangeLine,
    CountLine,
    CurrentLine,
    check_chain,
    current,
    merged,
    parse_count,
)
from desktop_app.bundle.parcel import OpenParcel
from desktop_app.core.figures import MonthCount
from desktop_app.core.job import Job
from desktop_app.street.inbox.rules.verdicts import Span
from desktop_app.street.inbox.service.ground import Ground
from desktop_app.street.inbox.service.preparing import Item, Preparing

KEPT_READY = 4000
"""So many changes are made into rows before the database is asked for anything; a larger bundle is
read twice instead, because its rows would fill the memory."""

DIGEST_BYTES = 32
_TELL = 500


@dataclass
class Bundle:
    """A bundle whose chain closes; `digests` are those of its changes, one after the other."""

    on: Ground
    parcel: OpenParcel
    digests: bytearray = field(default_factory=bytearray)
    ready: list[Item] | None = None
    preparing: Preparing = field(init=False)

    def __post_init__(self) -> None:
        self.preparing = self._fresh()

    @property
    def span(self) -> Span:
        """Where it lies in its station's chain."""
        header = self.parcel.header
        return Span(
            lineage=header.lineage,
            first=header.first,
            last=header.last,
            hash_before=header.hash_before,
            made_at=header.made_at,  # type: ignore[arg-type]
            has_more=self.has_counts or bool(self._current_tables()),
        )

    @property
    def has_counts(self) -> bool:
        return any(table.name == COUNTS for table in self.parcel.tables())

    def digest(self, n: int) -> bytes:
        """The digest of change `n`, which is one of this bundle."""
        at = (n - self.parcel.header.first) * DIGEST_BYTES
        return bytes(self.digests[at : at + DIGEST_BYTES])

    def items(self, job: Job) -> Iterator[Item]:
        """Every change in order, as it goes into the database."""
        if self.ready is not None:
            yield from self.ready
            return
        self.preparing = self._fresh()
        total = self.parcel.header.changes
        for done, item in enumerate(self.preparing.items(merged(self.parcel))):
            if done % _TELL == 0:
                job.progress(done, total)
            yield item

    def current(self) -> Iterator[CurrentLine]:
        """Rows as they stand now, of which nothing changed."""
        for name in self._current_tables():
            yield from current(self.parcel, name)

    def counts(self) -> dict[str, list[MonthCount]]:
        """What the station counted of rows that never leave it, by kind."""
        found: dict[str, list[MonthCount]] = {}
        if self.has_counts:
            for line in self._count_lines():
                one = MonthCount(line.month, line.name, line.value)
                found.setdefault(line.table, []).append(one)
        return found

    def follow(self) -> None:
        """Read all changes; raises `Refused` unless they are just those that the header says."""
        header = self.parcel.header
        ready: list[Item] | None = [] if header.changes <= KEPT_READY else None
        check_chain(header, self._followed(merged(self.parcel), ready))
        self.ready = ready

    def _followed(
        self, lines: Iterable[ChangeLine], ready: list[Item] | None
    ) -> Iterator[ChangeLine]:
        for line in lines:
            self.digests += line.digest
            if ready is not None:
                ready.append(self.preparing.item(line))
            yield line

    def _count_lines(self) -> Iterator[CountLine]:
        for line in self.parcel.lines(COUNTS):
            yield parse_count(line)

    def _current_tables(self) -> list[str]:
        return [table.name for table in self.parcel.tables() if table.name.startswith(CURRENT)]

    def _fresh(self) -> Preparing:
        header = self.parcel.header
        return Preparing(header.sender, header.profile, self.on.kept)
