"""重新对账: this home and the street come together again after a restore; nobody types anything.

The street's copy of our log becomes the beginning of ours as far as it goes, what we wrote since
the two parted follows it. All of it is one transaction. Afterwards the home is of another lineage
and writes numbers with another desk letter: the PC before it may have printed the next ones.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import TypeVar

from desktop_app import catalog
from desktop_app.bundle import lines
from desktop_app.bundle.header import ParcelKind
from desktop_app.bundle.lines import ChangeLine, CurrentLine
from desktop_app.bundle.parcel import OpenParcel
from desktop_app.core.chain import GENESIS, next_hash
from desktop_app.core.errors import SafetyRefusal
from desktop_app.core.figures import MonthCount
from desktop_app.core.ids import Uid
from desktop_app.core.job import Job
from desktop_app.core.record import altered
from desktop_app.core.rights import Right
from desktop_app.core.travel import fingerprint
from desktop_app.station.backups.service import next_letter
from desktop_app.station.reporting.rules.meeting import (
    Conflict,
    Fate,
    Reconciled,
    desk_letters,
    fate,
    latest_letter,
)
from desktop_app.station.reporting.service.giving_back import NUMBER, Told, givers, known
from desktop_app.station.reporting.service.receipts import opened_from_street
from desktop_app.station.reporting.store import log, memory, rejoining
from desktop_app.station.reporting.store.log import PIECE, START, Place
from desktop_app.station.reporting.store.rejoining import NOBODY, UNSAID_KIND, Adopted
from desktop_app.storage.attachments import BlobStore
from desktop_app.storage.lineage import start_lineage
from desktop_app.storage.session import Desk, Unit

LABEL = "重新对账"


def reconcile(desk: Desk, path: Path, *, scratch: Path, job: Job | None = None) -> Reconciled:
    """Come together with the street by its 对账 file at `path`: whole or not at all.

    Raises what opening a parcel raises, and `SafetyRefusal` when it is not our street's, not for
    this station, or written by a newer program. Taking the same file twice changes nothing more.
    """
    work = job or Job(LABEL)
    desk.actor.require(Right.MANAGE_STATION)
    with opened_from_street(desk, path, ParcelKind.SNAPSHOT, scratch, job) as parcel:
        if parcel.header.first != 1 or parcel.header.hash_before != GENESIS:
            raise SafetyRefusal(
                "这份对账文件不是从头开始的，没有对账，也没有改动任何内容。",
                "请让街道重新生成一份。",
            )
        with desk.unit_of_work(LABEL, needs=Right.MANAGE_STATION) as unit:
            done = _Meeting(unit, parcel, lambda: desk.database.blobs, work).come_together()
            unit.about(path.name, f"接上 {done.adopted} 条，保留 {done.reappended} 条")
    if done.adopted:
        desk.database.renew_facts()
    return done


class _Meeting:
    """One 重新对账 under way."""

    def __init__(
        self, unit: Unit, parcel: OpenParcel, blobs: Callable[[], BlobStore], job: Job
    ) -> None:
        self._unit = unit
        self._blobs = blobs
        self._connection = unit.connection
        self._parcel = parcel
        self._job = job
        self._told = Told()
        self._ends = Place(parcel.header.last, parcel.header.hash_after)
        self._letter = unit.station.desk

    def come_together(self) -> Reconciled:
        """Do it, and tell what was done."""
        rejoining.hold_log(self._connection)
        rejoining.clear(self._connection)
        head = log.head(self._connection)
        parted = self._read_log()
        if parted.n == self._ends.n:
            self._note_standing(parted)
            return self._done(0, 0)
        self._letter = next_letter(latest_letter({self._unit.station.desk, *self._letters()}))
        aside = max(self._ends.n, head.n)
        rejoining.set_aside(self._connection, parted.n, aside)
        rejoining.take_over(self._connection, aside)
        born = rejoining.count_born(self._connection, aside)
        fates = self._decide(aside)
        end = rejoining.append_aside(self._connection, aside, self._ends)
        for (kind, uid), decided in fates.items():
            self._carry_out(kind, uid, decided)
        self._give_back()
        self._note_photos()
        self._carry_counts(born)
        rejoining.clear(self._connection)
        self._note_standing(parted)
        start_lineage(self._unit, self._letter)
        reappended = end.n - self._ends.n + len(self._unit.changes)
        return self._done(self._ends.n - parted.n, reappended)

    def _done(self, adopted: int, reappended: int) -> Reconciled:
        told = self._told
        return Reconciled(
            adopted=adopted,
            reappended=reappended,
            records=told.records,
            conflicts=tuple(told.conflicts),
            renumbered=tuple(told.renumbered),
            pending=told.pending,
            lost=told.lost,
            photos=told.photos,
            letter=self._letter,
        )

    # --- the log ---------------------------------------------------------------------------------

    def _read_log(self) -> Place:
        """Have what the street has beyond our common past at hand; answers where that ends."""
        parted, apart = START, False
        for entries in self._pieces():
            if not apart:
                ours = rejoining.hashes_between(self._connection, entries[0].n, entries[-1].n)
                same = [one for one in entries if ours.get(one.n) == one.hash]
                if same:
                    parted = Place(same[-1].n, same[-1].hash)
                apart = len(same) < len(entries)
            rejoining.keep(self._connection, [one for one in entries if one.n > parted.n])
            self._job.progress(entries[-1].n, self._ends.n, "读取街道的记录")
        return parted

    def _pieces(self) -> Iterator[list[Adopted]]:
        header = self._parcel.header
        if not header.changes:
            lines.check_chain(header, ())
            return
        lines.check_chain(header, lines.merged(self._parcel))
        yield from in_pieces(_chained(lines.merged(self._parcel)))

    def _decide(self, aside: int) -> dict[tuple[str, Uid], Fate]:
        """What becomes of each record that both sides changed; entries that give way are gone."""
        fates = {}
        for kind, uid in rejoining.known_to_both(self._connection, aside):
            ours = rejoining.our_marks(self._connection, uid, aside)
            shared = rejoining.shared_digests(self._connection, uid, self._ends.n)
            theirs = rejoining.their_marks(self._connection, uid, shared)
            decided = fates[kind, uid] = fate(list(ours.values()), theirs)
            stays = decided is Fate.OURS_GO_ON
            gone = [n for n, mark in ours.items() if not stays or mark in theirs]
            rejoining.drop(self._connection, gone)
        return fates

    def _carry_out(self, kind: str, uid: Uid, decided: Fate) -> None:
        """Write our own record anew above both, where both sides have one."""
        shelf = catalog.shelves()[kind]
        own = shelf.get(self._connection, uid)
        if own is None or decided in (Fate.THEIRS, Fate.OURS_GO_ON):
            return
        theirs = rejoining.last_revision(self._connection, uid)
        number = str(getattr(own, NUMBER, ""))
        if decided is Fate.GONE_THERE:
            # The row follows when everything deleted at the street is buried.
            rejoining.set_revision(self._connection, shelf, uid, 0)
            words = "街道那边已删除，本机的改动不再保留"
        else:
            above = max(theirs, own.revision)
            rejoining.set_revision(self._connection, shelf, uid, above)
            raised = altered(own, revision=above)
            if decided is Fate.GONE_HERE:
                shelf.remove(self._unit, raised)
                words = "本机已删除，街道那边的改动不再保留"
            else:
                shelf.put(self._unit, raised)
                words = "两边都改过，以本机的为准"
        self._told.conflicts.append(Conflict(shelf.kind.label, uid, number, words))

    # --- the rows --------------------------------------------------------------------------------

    def _give_back(self) -> None:
        """The street's rows, and what its log knows beyond them."""
        all_givers = givers(self._unit, self._letter, self._told)
        # First, so that nothing is done with a record that is about to go.
        for giver in all_givers.values():
            giver.bury()
        done = 0
        for kind, several in self._rows():
            known(all_givers, kind).take(several)
            done += len(several)
            self._job.progress(done, None, "写回街道保存的记录")
        for giver in all_givers.values():
            giver.settle()

    def _note_photos(self) -> None:
        """Photos of records that came back and are not here: only the street has them."""
        wanted = catalog.travelling_attachments(self._connection)
        missing = [one for one in wanted if not self._blobs().exists(one)]
        memory.note_only_there(self._connection, missing, self._unit.now)
        self._told.photos = len(missing)

    def _rows(self) -> Iterator[tuple[str, list[CurrentLine]]]:
        for table in self._parcel.tables():
            if table.name.startswith(lines.CURRENT):
                kind = table.name.removeprefix(lines.CURRENT)
                for several in in_pieces(lines.current(self._parcel, table.name)):
                    yield kind, several

    def _letters(self) -> set[str]:
        """The desk letters that numbers on paper were written with, as the street knows them."""
        letters: set[str] = set()
        for _, several in self._rows():
            for line in several:
                letters |= desk_letters(str(line.fields.get(NUMBER) or ""))
        return letters

    # --- counts, and how we stand ----------------------------------------------------------------

    def _carry_counts(self, born: set[Uid]) -> None:
        """What never left and is lost here: its counts are kept as the street has them."""
        if not self._told.lost and not memory.carried(self._connection):
            return
        names = {table.name for table in self._parcel.tables()}
        if lines.COUNTS not in names:
            return
        own = {
            (kind, one.month, one.name): one.value
            for kind, counts in catalog.withheld_counts(self._connection, born).items()
            for one in counts
        }
        lost: dict[str, list[MonthCount]] = {}
        for line in lines.counts(self._parcel):
            missing = line.value - own.get((line.table, line.month, line.name), 0)
            if missing > 0:
                found = MonthCount(line.month, line.name, missing)
                lost.setdefault(line.table, []).append(found)
        memory.set_carried(self._connection, lost)

    def _note_standing(self, parted: Place) -> None:
        """The street holds everything up to the end of its own log."""
        before = memory.standing(self._connection)
        kept = before.tallied <= parted.n
        tallies = log.tallied(
            self._connection,
            memory.tallies(self._connection) if kept else {},
            list(catalog.travelling()),
            before.tallied if kept else 0,
            self._ends.n,
        )
        memory.set_tallies(self._connection, tallies)
        memory.set_standing(
            self._connection,
            replace(
                before,
                confirmed=self._ends.n,
                hash=self._ends.hash,
                confirmed_at=self._unit.now,
                projection=self._projection(),
                tallied=self._ends.n,
                tidied=min(before.tidied, parted.n),
                ahead=None,
            ),
        )

    def _projection(self) -> dict[str, dict[str, str]]:
        """By which projection the street knows our rows; by none when we never sent that one."""
        wanted = self._parcel.header.projection
        for made in memory.exports(self._connection):
            if fingerprint(dict(made.projection)) == wanted:
                return dict(made.projection)
        return {}


T = TypeVar("T")


def in_pieces(several: Iterable[T], size: int = PIECE) -> Iterator[list[T]]:
    """A long row of things, some at once."""
    them = iter(several)
    while piece := list(islice(them, size)):
        yield piece


def _chained(told: Iterable[ChangeLine]) -> Iterator[Adopted]:
    now = GENESIS
    for line in told:
        now = next_hash(now, line.n, line.digest)
        yield Adopted(
            n=line.n,
            kind=UNSAID_KIND if line.uid is None else line.kind,
            uid=line.uid or NOBODY,
            op=line.op,
            revision=line.revision,
            version=line.version,
            at=line.at,
            digest=line.digest,
            hash=now,
        )
