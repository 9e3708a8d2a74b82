"""The changes of a bundle, one after the other: into the received log, and into the ledgers."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from desktop_app.bundle.lines import UNSAID
from desktop_app.core.chain import next_hash
from desktop_app.core.clock import Millis
from desktop_app.core.ids import Uid
from desktop_app.core.tally import Tally
from desktop_app.storage.row_writer import Bound
from desktop_app.street.inbox.rules.verdicts import Standing
from desktop_app.street.inbox.service.preparing import Item
from desktop_app.street.inbox.service.writing import Writing, Written
from desktop_app.street.inbox.store import log
from desktop_app.street.inbox.store.rows import Kept

_TOGETHER = 1000


class Applying:
    """One bundle of one station, inside one transaction; `hash` is the chain's so far."""

    def __init__(
        self,
        connection: Any,
        standing: Standing,
        kept: Mapping[str, Kept],
        forms: log.Forms,
        now: Millis,
    ) -> None:
        self._connection = connection
        self._station = standing.station
        self._writing = Writing(connection, standing.station, kept, now)
        self._forms = forms
        self._tallies = log.tallies(connection, self._station)
        self._entries: list[Bound] = []
        self._dialect = connection.dialect
        self.hash = standing.hash

    def take(self, item: Item) -> None:
        """The next change of the station's log."""
        line = item.line
        self.hash = next_hash(self.hash, line.n, line.digest)
        form = None if item.form is None else self._forms.number(item.form)
        self._entries.append(log.entry(self._dialect, self._station, line, self.hash, form))
        if line.uid is not None and line.kind != UNSAID:
            tally = self._tallies.get(line.kind) or Tally()
            self._tallies[line.kind] = tally.counting(line.n, line.op, line.revision, line.digest)
            self._writing.add(item)
        if len(self._entries) >= _TOGETHER:
            self._flush()

    def finish(self, without_content: Mapping[str, Collection[Uid]]) -> Written:
        """Write what still waits; see `Writing.finish`."""
        self._flush()
        log.set_tallies(self._connection, self._station, self._tallies)
        return self._writing.finish(without_content)

    def _flush(self) -> None:
        log.add(self._connection, self._entries)
        self._entries = []
        self._writing.flush()
