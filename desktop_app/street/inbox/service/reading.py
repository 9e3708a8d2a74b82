"""A bundle is read to its end before anything of it is used: its chain must close."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from desktop_app.bundle.lines import (
    CHANGES,
    COUNTS,
    CURRENT,
    ChangeLine,
    CurrentLine,
    check_chain,
    counts,
    current,
    merged,
)
from desktop_app.bundle.parcel import OpenParcel
from desktop_app.core.figures import MonthCount
from desktop_app.core.job import Job
from desktop_app.street.inbox.rules.verdicts import Span
from desktop_app.street.inbox.service.ground import Ground
from desktop_app.street.inbox.service.preparing import Item, Preparing
from desktop_app.street.inbox.service.waiting import Waiting

KEPT_READY = 2000
"""So many changes wait in memory, made into rows; those of a larger bundle in a sealed file."""

DIGEST_BYTES = 32
_TELL = 500


class Bundle:
    """A bundle whose chain closes, made into rows; in a `with`, after which nothing of it is left.

    `digests` are those of its changes, one after the other.
    """

    def __init__(self, on: Ground, parcel: OpenParcel) -> None:
        header = parcel.header
        self.parcel = parcel
        self.digests = bytearray()
        self.preparing = Preparing(header.sender, header.profile, on.kept, on.dialect)
        self._waiting = Waiting(on.scratch, KEPT_READY)

    def __enter__(self) -> Bundle:
        return self

    def __exit__(self, *_: object) -> None:
        self._waiting.close()

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

    @property
    def has_unknown(self) -> bool:
        """Whether a newer program wrote tables into it that this one has never heard of."""
        return any(
            table.name != COUNTS and not table.name.startswith((CHANGES, CURRENT))
            for table in self.parcel.tables()
        )

    def digest(self, n: int) -> bytes:
        """The digest of change `n`, which is one of this bundle."""
        at = (n - self.parcel.header.first) * DIGEST_BYTES
        return bytes(self.digests[at : at + DIGEST_BYTES])

    def items(self, job: Job) -> Iterator[Item]:
        """Every change in order, as it goes into the database."""
        total = self.parcel.header.changes
        for done, item in enumerate(self._waiting):
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
        for line in counts(self.parcel):
            one = MonthCount(line.month, line.name, line.value)
            found.setdefault(line.table, []).append(one)
        return found

    def follow(self, job: Job) -> None:
        """Read all changes; raises `Refused` unless they are just those that the header says."""
        check_chain(self.parcel.header, self._followed(merged(self.parcel), job))

    def _followed(self, lines: Iterable[ChangeLine], job: Job) -> Iterator[ChangeLine]:
        for line in lines:
            self.digests += line.digest
            self._waiting.add(self.preparing.item(line))
            if len(self.digests) % (_TELL * DIGEST_BYTES) == 0:
                job.check()
            yield line

    def _current_tables(self) -> list[str]:
        return [table.name for table in self.parcel.tables() if table.name.startswith(CURRENT)]
