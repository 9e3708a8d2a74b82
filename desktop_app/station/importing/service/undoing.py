"""Takes an import back: whole while nobody has touched what it wrote, otherwise all but that.

A new record becomes a tombstone, a changed one gets back what it said before, each by an ordinary
save that is logged; the logs are never rewound.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from desktop_app import catalog
from desktop_app.core.chain import DELETE
from desktop_app.core.changes import Changed
from desktop_app.core.errors import UserError
from desktop_app.core.ids import Uid
from desktop_app.core.job import Job
from desktop_app.core.record import META_FIELDS
from desktop_app.core.rights import Right
from desktop_app.station.importing import store
from desktop_app.station.importing.rules.history import Import, ImportState, Written
from desktop_app.storage.session import Desk, Unit
from desktop_app.storage.shelf import Shelf

Shelves = Mapping[str, Shelf[Any]]

AT_ONCE = 60
"""Records taken back in one transaction."""


@dataclass(frozen=True, slots=True)
class Touched:
    """A record an import wrote that somebody has changed since, by its number and its page."""

    kind: str
    uid: Uid
    title: str
    row: int


def touched(desk: Desk, uid: Uid) -> tuple[Touched, ...]:
    """The records of an import that taking it back would leave as they are."""
    found: list[Touched] = []
    with desk.reading(needs=Right.READ) as connection:
        every = store.written(connection, uid)
        last = _last_revisions(every)
        for kind, uids in _by_kind(every).items():
            shelf, ledger = catalog.shelves()[kind], catalog.ledgers()[kind]
            for start in range(0, len(uids), 500):
                chunk = uids[start : start + 500]
                for one in shelf.many(connection, list(chunk)).values():
                    if one.deleted or one.revision != last[one.uid]:
                        row = next(entry.row for entry in every if entry.uid == one.uid)
                        found.append(Touched(kind, one.uid, ledger.title(one), row))
    return tuple(sorted(found, key=lambda one: one.row))


def _by_kind(every: Iterable[Written]) -> dict[str, list[Uid]]:
    found: dict[str, dict[Uid, None]] = {}
    for one in every:
        found.setdefault(one.kind, {})[one.uid] = None
    return {kind: list(uids) for kind, uids in found.items()}


def _last_revisions(every: list[Written]) -> dict[Uid, int]:
    last: dict[Uid, int] = {}
    for one in every:
        last[one.uid] = max(one.after, last.get(one.uid, 0))
    return last


def take_back(desk: Desk, uid: Uid, job: Job, *, label: str = "撤回导入") -> Changed[Import]:
    """Take back what an import wrote and nobody has changed since; the rest stays and is counted.

    Many short transactions: one that is stopped or dies in the middle goes on when called again.
    """
    made = _claimed(desk, uid)
    with desk.reading(needs=Right.READ) as connection:
        total = store.count_written(connection, uid)
    done, undone, before = 0, 0, None
    kinds: set[str] = set()
    met: set[Uid] = set()
    shelves = catalog.shelves()
    while True:
        job.progress(done, total, f"已撤回 {done} 条")
        with desk.unit_of_work(label, needs=Right.HANDLE, told=False) as unit:
            entries = store.written(unit.connection, uid, before=before, most=AT_ONCE)
            fresh = list({one.uid: one for one in reversed(entries) if one.uid not in met}.values())
            several = _Several(unit, shelves, uid, fresh)
            gone = [one for one in reversed(fresh) if several.undo(one)]
            store.forget_written(unit.connection, uid, [one.uid for one in gone])
            met |= {one.uid for one in entries}
            store.move(unit.connection, uid, unit.now, expected=ImportState.TAKING_BACK)
        if not entries:
            break
        kinds |= {one.kind for one in entries}
        before = entries[-1].n
        done += len(entries)
        undone += len(gone)
        job.breathe()
    left = len(met) - undone
    return Changed(frozenset(kinds), (uid,), _finished(desk, made, label, undone, left))


def _claimed(desk: Desk, uid: Uid) -> Import:
    with desk.unit_of_work("开始撤回导入", needs=Right.HANDLE, told=False) as unit:
        made = store.get(unit.connection, uid)
        if made is None:
            raise UserError("没有找到这次导入，没有改动任何内容。", "请刷新导入记录后再试。")
        if made.state is ImportState.TAKEN_BACK:
            raise UserError("这次导入已经撤回过了，没有改动任何内容。", "不用再做什么。")
        store.move(
            unit.connection, uid, unit.now,
            expected=made.state, state=ImportState.TAKING_BACK,
        )  # fmt: skip
    return made


def _finished(desk: Desk, made: Import, label: str, done: int, left: int) -> Import:
    state = ImportState.PARTLY if left else ImportState.TAKEN_BACK
    counts = {**made.counts, "left": left}
    with desk.unit_of_work(label, needs=Right.HANDLE) as unit:
        store.move(
            unit.connection, made.uid, unit.now,
            expected=ImportState.TAKING_BACK, state=state, counts=counts,
        )  # fmt: skip
        kept = f"，{left} 条之后改过，没有撤回" if left else ""
        unit.about(made.number, f"撤回 {done} 条{kept}")
        now = unit.now
    return replace(made, state=state, counts=counts, touched_at=now, ended_at=now)


class _Several:
    """Records that are taken back in one transaction: what must be known of each is asked for all
    of them at once. `entries` are the last that the import wrote to each."""

    def __init__(self, unit: Unit, shelves: Shelves, uid: Uid, entries: Sequence[Written]) -> None:
        self._unit, self._shelves = unit, shelves
        self._first = store.first_before(unit.connection, uid, [one.uid for one in entries])
        self._records: dict[Uid, Any] = {}
        self._pointers: dict[Uid, dict[Uid, str]] = {}
        self._gone: set[Uid] = set()
        self._moved: set[Uid] = set()
        for kind, uids in _by_kind(entries).items():
            self._records |= shelves[kind].many(unit.connection, uids)
            self._pointers |= catalog.pointing_at(shelves, unit.connection, kind, uids)

    def undo(self, entry: Written) -> bool:
        """Undo all that the import wrote to one record; False when somebody has changed it since,
        or something points at it."""
        unit, record = self._unit, self._records.get(entry.uid)
        if record is None or record.deleted or record.revision != entry.after:
            return False
        mark = len(unit.changes)
        try:
            with unit.connection.begin_nested():
                first = self._first[entry.uid]
                if first == 0:
                    self._remove(entry.kind, record)
                else:
                    _put_back(unit, self._shelves[entry.kind], record, first)
        except UserError:
            del unit.changes[mark:]
            return False
        for change in unit.changes[mark:]:
            (self._gone if change.op == DELETE else self._moved).add(change.uid)
            if change.uid != entry.uid and change.uid in self._records:
                shelf = self._shelves[change.kind]
                self._records[change.uid] = shelf.get(unit.connection, change.uid)
        return True

    def _remove(self, kind: str, record: Any) -> None:
        for label in self._pointing_at(kind, record.uid):
            raise UserError(f"已有{label}用到这条记录，没有撤回它。", "请先处理那些记录。")
        spec = catalog.sheets().get(kind)
        if spec is not None and spec.take_back is not None:
            spec.take_back(self._unit, record)
        else:
            self._shelves[kind].remove(self._unit, record)

    def _pointing_at(self, kind: str, uid: Uid) -> Iterable[str]:
        """The labels of what points at a record now that some of the others are undone."""
        pointers = self._pointers.get(uid, {})
        if not self._moved.isdisjoint(pointers):
            # What says again what it said before may point elsewhere.
            found = catalog.pointing_at(self._shelves, self._unit.connection, kind, [uid])
            pointers = found.get(uid, {})
        return [label for pointer, label in pointers.items() if pointer not in self._gone]


def _put_back(unit: Unit, shelf: Any, record: Any, before: int) -> None:
    """What the record said before; what the program keeps in it (its numbers) stays."""
    found = store.payload(unit.connection, record.uid, before)
    if found is None:
        raise UserError("原来的内容已按规定删除，没有改动。", "")
    common = {name: getattr(record, name) for name in META_FIELDS}
    shelf.put(unit, shelf.kind.from_plain(common, *found))


def recover(desk: Desk, job: Job) -> int:
    """Take back every import whose program died under way; answers how many.

    One that is still being worked at, by another desk or the command line, is left alone.
    """
    with desk.reading(needs=Right.READ) as connection:
        found = store.unended(connection)
    now = desk.database.clock.now()
    stale = [one for one in found if one.is_left_alone(now)]
    for one in stale:
        label = "导入中断，已撤回" if one.state is ImportState.RUNNING else "撤回导入"
        take_back(desk, one.uid, job, label=label)
    return len(stale)
