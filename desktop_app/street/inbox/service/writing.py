"""Records of a station go into the ledgers' own tables, and everything beside them follows.

Rows are written by the hundred. What a table does not take is tried once more at the end, when
whatever stood in its way may have moved, and is parked otherwise; the rest goes on.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from desktop_app.bundle.lines import ChangeLine
from desktop_app.core.chain import DELETE, PUT, WITHHELD
from desktop_app.core.clock import Millis
from desktop_app.core.ids import Uid
from desktop_app.storage.row_writer import Bound, Refusal
from desktop_app.street.inbox.rules.parking import ParkedRecord, Reason
from desktop_app.street.inbox.service.preparing import Item, common_of
from desktop_app.street.inbox.store import aside, log, rows
from desktop_app.street.inbox.store.rows import Kept

_WHY = {Refusal.TAKEN: Reason.TAKEN, Refusal.UNFIT: Reason.UNFIT}


@dataclass
class Written:
    """What came of it: how many records of each kind were new, changed, deleted, withheld, parked
    or filled, and in which months something has to be counted anew."""

    counts: dict[str, dict[str, int]] = field(default_factory=dict)
    months: set[str] = field(default_factory=set)

    def count(self, kind: str, deed: str, times: int = 1) -> None:
        """So many more of a kind."""
        if times:
            of = self.counts.setdefault(kind, {})
            of[deed] = of.get(deed, 0) + times

    @property
    def parked(self) -> int:
        """How many records were parked."""
        return sum(of.get("parked", 0) for of in self.counts.values())


class Writing:
    """The records of one station, inside one transaction."""

    def __init__(
        self, connection: Any, station: str, kept: Mapping[str, Kept], now: Millis
    ) -> None:
        self._connection = connection
        self._station = station
        self._kept = kept
        self._now = now
        self._erased = rows.erased(connection, station)
        self._has_extras = aside.has_extras(connection, station)
        self._were_parked = aside.parked_since(connection, station)
        self._pending: dict[str, dict[Uid, Item]] = {}
        self._again: list[Item] = []
        self._parks: dict[tuple[str, Uid], ParkedRecord] = {}
        self.written = Written()

    def add(self, item: Item) -> None:
        """The next of a station's changes; what a later one supersedes has nothing to write."""
        line = item.line
        if line.uid is None or (line.op == PUT and line.fields is None):
            return
        waiting = self._pending.setdefault(line.kind, {})
        before = waiting.get(line.uid)
        if before is not None and before.line.op == DELETE and line.op != DELETE:
            self._park(item, Reason.ERASED)
        else:
            waiting[line.uid] = item

    def flush(self) -> None:
        """Write what waits."""
        for kind, waiting in self._pending.items():
            by_op: dict[str, list[Item]] = {PUT: [], DELETE: [], WITHHELD: []}
            for item in waiting.values():
                by_op[item.line.op].append(item)
            self._put(kind, by_op[PUT])
            self._remove(kind, by_op[DELETE], by_op[WITHHELD])
        self._pending = {}

    def finish(self, without_content: Mapping[str, Collection[Uid]]) -> Written:
        """Write what still waits; answers what came of it all.

        `without_content` are records of which only superseded changes came.
        """
        self.flush()
        self._try_again()
        for kind, uids in without_content.items():
            self._miss(kind, uids)
        for kind, _ in self._parks:
            self.written.count(kind, "parked")
        aside.park(self._connection, self._parks.values())
        return self.written

    def _put(self, kind: str, items: list[Item]) -> None:
        fresh, others = [], []
        for item in items:
            if (kind, _uid(item)) in self._erased:
                self._park(item, Reason.ERASED)
            elif item.line.revision == 1 and item.row is not None:
                fresh.append(item)
            else:
                others.append(item)
        kept = self._kept.get(kind)
        if kept is not None and fresh:
            # Most of what comes is new, and then nobody needs to be asked about it.
            if kept.add(self._connection, [_row(item) for item in fresh]):
                self.written.count(kind, "new", len(fresh))
                self._settle(kept, fresh)
            else:
                self._put_over(kept, fresh)
        if others:
            self._put_over(kept, others)

    def _put_over(self, kept: Kept | None, items: list[Item]) -> None:
        """Records that may be there already, in whatever state, and of whatever station."""
        uids = [_uid(item) for item in items]
        known = kept.known(self._connection, uids) if kept else {}
        ready = []
        for item in items:
            uid = _uid(item)
            if uid in known and known[uid].station != self._station:
                self._park(item, Reason.FOREIGN)
            elif item.reason is not None:
                self._park(item, item.reason)
            else:
                ready.append(item)
        if ready and kept is not None:
            # One of this very revision was written a moment ago, when all seemed to be new.
            there = {
                uid for item in ready
                if (uid := _uid(item)) in known and known[uid].revision != item.line.revision
            }  # fmt: skip
            self._write(kept, ready, there)

    def _write(self, kept: Kept, items: list[Item], there: Collection[Uid]) -> None:
        kind = kept.kind.name
        self.written.months |= kept.months_before(self._connection, there)
        if kept.write(self._connection, [_row(item) for item in items]) is not None:
            items = [item for item in items if self._is_taken(kept, item)]
        new = sum(_uid(item) not in there for item in items)
        self.written.count(kind, "new", new)
        self.written.count(kind, "changed", len(items) - new)
        self._settle(kept, items)

    def _is_taken(self, kept: Kept, item: Item) -> bool:
        """Whether the table takes this row alone; if not, it is tried again at the end."""
        refusal = kept.write(self._connection, [_row(item)])
        if refusal is not None:
            self._again.append(item)
        return refusal is None

    def _settle(self, kept: Kept, items: Sequence[Item]) -> None:
        """These rows stand in the ledger: everything beside them follows."""
        kind = kept.kind.name
        by_form: dict[frozenset[str], list[Any]] = {}
        beyond, uids = {}, []
        for item in items:
            uid = _uid(item)
            uids.append(uid)
            whole = item.form.whole if item.form else frozenset()
            if kept.follows:
                by_form.setdefault(whole, []).append(self._record(kept, item))
            if item.beyond or self._has_extras:
                beyond[uid] = item.beyond
                self._has_extras |= bool(item.beyond)
        aside.set_extras(self._connection, self._station, kind, beyond)
        for whole, values in by_form.items():
            kept.shelf.arrived(self._connection, values, whole)
        self._unpark(kind, items)
        rows_now = [_row(item) for item in items]
        self.written.months |= kept.months(self._connection, rows_now, uids)

    def _record(self, kept: Kept, item: Item) -> Any:
        """The record of an item that was read before."""
        common = common_of(item.line, self._station, item.born)
        return kept.reader.read(common, item.line.fields or {}, item.line.version)[0]

    def _remove(self, kind: str, deleted: list[Item], withheld: list[Item]) -> None:
        """Tombstones erase; what is withheld from now on has never been here."""
        uids = [_uid(item) for item in (*deleted, *withheld)]
        if not uids:
            return
        self._erased |= {(kind, _uid(item)) for item in deleted}
        if (kept := self._kept.get(kind)) is not None:
            self.written.months |= kept.months_before(self._connection, uids)
            mine = {
                uid
                for uid, known in kept.known(self._connection, uids).items()
                if known.station == self._station and not known.deleted
            }
            tombstones = [
                (uid, item.line.revision, Millis(item.line.at))
                for item in deleted
                if (uid := _uid(item)) in mine
            ]
            kept.erase(self._connection, self._station, tombstones)
            back = [uid for item in withheld if (uid := _uid(item)) in mine]
            kept.remove(self._connection, self._station, back)
        aside.drop_extras(self._connection, self._station, kind, uids)
        self._unpark(kind, (*deleted, *withheld))
        self.written.count(kind, "deleted", len(deleted))
        self.written.count(kind, "withheld", len(withheld))

    def _unpark(self, kind: str, items: Iterable[Item]) -> None:
        """What was parked of these records before is settled by them."""
        freed = []
        for item in items:
            key = (kind, _uid(item))
            if key in self._parks and self._parks[key].n < item.line.n:
                del self._parks[key]
            if key in self._were_parked:
                freed.append(key[1])
        aside.unpark(self._connection, self._station, kind, freed)

    def _try_again(self) -> None:
        """Numbers may have been free only after others had moved on."""
        for item in self._again:
            kept = self._kept[item.line.kind]
            is_known = bool(kept.known(self._connection, [_uid(item)]))
            refusal = kept.write(self._connection, [_row(item)])
            if refusal is not None:
                self._park(item, _WHY[refusal])
                continue
            self.written.count(kept.kind.name, "changed" if is_known else "new")
            self._settle(kept, [item])

    def _miss(self, kind: str, uids: Collection[Uid]) -> None:
        for entry in log.newest(self._connection, self._station, kind, uids).values():
            line = ChangeLine(
                entry["n"], entry["digest"], kind, entry["uid"], PUT,
                entry["revision"], entry["version"], entry["at"],
            )  # fmt: skip
            self._park(Item(line, "", Millis(entry["at"])), Reason.MISSING)

    def _park(self, item: Item, reason: Reason) -> None:
        """Keep what came; of an erased record its contents are not kept."""
        line, key = item.line, (item.line.kind, _uid(item))
        n, since = self._were_parked.get(key, (0, self._now))
        self._parks[key] = ParkedRecord(
            station=self._station,
            kind=line.kind,
            uid=_uid(item),
            n=line.n,
            revision=line.revision,
            version=line.version,
            at=Millis(line.at),
            born=item.born,
            profile=item.profile,
            reason=reason,
            field=item.blamed,
            since=since if n == line.n else self._now,
            fields={} if reason is Reason.ERASED else line.fields or {},
        )


def _uid(item: Item) -> Uid:
    assert item.line.uid is not None
    return item.line.uid


def _row(item: Item) -> Bound:
    assert item.row is not None
    return item.row
