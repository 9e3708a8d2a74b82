"""Takes a sheet in that was tried out, in short transactions beside whatever the counter does.

Nothing is written before every row has been judged. From the first row on the import is known by
its number, each row with it in the same transaction; whoever stops it, or finds it left by a
program that died, takes back what was written (`undoing`). In the audit it is one entry.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial

from desktop_app.core.changes import Changed, Undo
from desktop_app.core.clock import Millis
from desktop_app.core.errors import SafetyRefusal, UserError
from desktop_app.core.ids import Uid
from desktop_app.core.job import Job
from desktop_app.core.plain_entry import Lookup, read
from desktop_app.core.rights import Right
from desktop_app.sheets.rows import CellProblem
from desktop_app.sheets.spec import Taker
from desktop_app.station.importing import store
from desktop_app.station.importing.rules.history import Import, ImportState, Written
from desktop_app.station.importing.rules.plan import Plan
from desktop_app.station.importing.rules.trial import Choice, Decisions, Judged, Trial, Verdict
from desktop_app.station.importing.service.judging import Subject, enter_one
from desktop_app.station.importing.service.looking import Opened
from desktop_app.station.importing.service.undoing import take_back
from desktop_app.storage.bulk import Bulk, Step, write_giving_way
from desktop_app.storage.numbering import next_number
from desktop_app.storage.session import Desk

SERIES = "D"
"""Numbers of imports look like `QR01-D2026A-00003`."""

_MADE_READY_AT_ONCE, _WRITTEN_AT_ONCE = 2_000, 250
"""Rows that a taker writes: who waits for the writer has it after so many."""
_SMALLEST_SLICE, _LARGEST_SLICE = 12, 500
_SLICE_MS = 50
"""Rows that go through a ledger's form, and how long a transaction of them should take: a
registration at the counter waits no longer."""


@dataclass(frozen=True)
class Outcome:
    """What an import came to: `left` are the rows that were not taken in, with their reasons."""

    made: Import
    counts: dict[Verdict, int]
    left: tuple[Judged, ...]


def take_in(
    desk: Desk,
    subject: Subject,
    opened: Opened,
    plan: Plan,
    trial: Trial,
    decisions: Decisions,
    job: Job,
    taker: Taker | None = None,
) -> Changed[Outcome]:
    """Keep what the trial found new or changed, and what was decided of rows in doubt.

    Raises `Cancelled` when it was stopped, after what was written has been taken back.
    """
    work = _Work(desk, subject, taker, job, _begun(desk, subject, opened, plan))
    new, updates, left = _sorted(trial, decisions)
    try:
        work.write(new, updates)
    except BaseException:
        # Somebody may have taken it for dead and done so already.
        with suppress(UserError):
            after = job.afterwards("撤回没有完成的导入")
            take_back(desk, work.made.uid, after, label="导入没有完成，已撤回")
        raise
    refused = work.refused
    counts = {
        Verdict.NEW: len(new) - sum(one.verdict is Verdict.NEW for one in refused),
        Verdict.UPDATE: len(updates) - sum(one.verdict is Verdict.UPDATE for one in refused),
        Verdict.SAME: len(trial.rows) - len(new) - len(updates) - len(left),
        Verdict.DUPLICATE: sum(one.verdict is Verdict.DUPLICATE for one in left),
        Verdict.WRONG: sum(one.verdict is Verdict.WRONG for one in left) + len(refused),
    }
    made = _ended(desk, subject, work.made, plan, counts)
    rest = sorted((*left, *refused), key=lambda one: (one.row.number, one.row.part))
    return Changed(
        frozenset(work.kinds),
        (made.uid,),
        Outcome(made, counts, tuple(rest)),
        Undo("撤回导入", partial(_undone, made.uid)),
    )


def _undone(uid: Uid, desk: Desk) -> Changed[Import]:
    return take_back(desk, uid, Job("撤回导入"))


def _sorted(trial: Trial, decisions: Decisions) -> tuple[list[Judged], list[Judged], list[Judged]]:
    """Rows that become records, rows that change one, and rows that stay out."""
    new: list[Judged] = []
    updates: list[Judged] = []
    left: list[Judged] = []
    for place, one in enumerate(trial.rows):
        choice = decisions.of(place) if one.verdict is Verdict.DUPLICATE else None
        if one.verdict is Verdict.NEW or choice is Choice.NEW:
            new.append(one)
        elif one.verdict is Verdict.UPDATE:
            updates.append(one)
        elif one.verdict is Verdict.WRONG or choice is Choice.LEAVE:
            left.append(one)
    return new, updates, left


def _begun(desk: Desk, subject: Subject, opened: Opened, plan: Plan) -> Import:
    with desk.unit_of_work("开始导入", needs=Right.HANDLE, told=False) as unit:
        unit.actor.require(subject.adding.needs)
        made = Import(
            uid=unit.new_uid(),
            number=next_number(unit, desk.today.year, series=SERIES),
            kind=plan.kind,
            file=opened.title(plan.sheet),
            digest=opened.digest,
            begun_at=unit.now,
            touched_at=unit.now,
            ended_at=None,
            actor=unit.actor.uid,
            actor_name=unit.actor.name,
            state=ImportState.RUNNING,
            counts={},
        )
        store.add(unit.connection, made)
    return made


def _ended(
    desk: Desk, subject: Subject, made: Import, plan: Plan, counts: dict[Verdict, int]
) -> Import:
    told = {verdict.value: count for verdict, count in counts.items()}
    label = subject.ledger.kind.label
    with desk.unit_of_work(f"导入表格：{label}", needs=Right.HANDLE) as unit:
        if not store.move(
            unit.connection, made.uid, unit.now,
            expected=ImportState.RUNNING, state=ImportState.DONE, counts=told,
        ):  # fmt: skip
            raise _lost()
        store.keep_mapping(unit, plan.heading_pattern, plan.kind, plan.by_heading)
        words = "，".join(
            f"{verdict.label} {count} 条" for verdict, count in counts.items() if count
        )
        unit.about(made.number, words)
        now = unit.now
    return replace(made, state=ImportState.DONE, ended_at=now, touched_at=now, counts=told)


def _lost() -> SafetyRefusal:
    return SafetyRefusal(
        "这次导入停得太久，已被当作中断而撤回，没有留下任何内容。", "请重新导入一次。"
    )


class _Work:
    """The writing of one import: slices of rows, each with its entries in `sheet_import_row`."""

    def __init__(
        self, desk: Desk, subject: Subject, taker: Taker | None, job: Job, made: Import
    ) -> None:
        self._desk, self._subject, self._taker, self._job = desk, subject, taker, job
        self.made = made
        self.kinds = {subject.ledger.kind.name}
        self.refused: list[Judged] = []
        self._n = 0
        self._done = self._total = 0

    def write(self, new: Sequence[Judged], updates: Sequence[Judged]) -> None:
        self._total = len(new) + len(updates)
        self._tell()
        if self._taker is None:
            for rows in self._slices(new):
                self._write_new(rows)
                self._breathe()
        elif new:
            self._write_quickly(self._taker, new)
        for one in updates:
            self._update(one)
            self._done += 1
            self._tell("正在更新")

    def _tell(self, words: str = "") -> None:
        self._job.progress(self._done, self._total, words or f"已写入 {self._done} 条")

    def _breathe(self, words: str = "") -> None:
        """Between two transactions."""
        self._tell(words)
        self._job.breathe()

    def _write_quickly(self, taker: Taker, new: Sequence[Judged]) -> None:
        self._give_way([taker.reserve([one.ready for one in new])], self._breathe)
        for start in range(0, len(new), _MADE_READY_AT_ONCE):
            end = min(start + _MADE_READY_AT_ONCE, len(new))
            # Made ready all together, before anybody has to wait.
            bulks = [
                self._bulk(taker, new[first : min(first + _WRITTEN_AT_ONCE, end)])
                for first in range(start, end, _WRITTEN_AT_ONCE)
            ]
            self._give_way([bulk.write for bulk in bulks], self._breathe)
        self._give_way(map(self._checked, taker.settle()), partial(self._breathe, "正在更新查找"))

    def _give_way(self, steps: Iterable[Step], between: Callable[[], None]) -> None:
        database, actor = self._desk.database, self._desk.actor
        needs = self._subject.adding.needs
        write_giving_way(database, actor, steps, needs=needs, between=between)

    def _bulk(self, taker: Taker, rows: Sequence[Judged]) -> Bulk:
        bulk = Bulk(self._desk.database.binds_by)
        made = taker.write(bulk, [one.ready for one in rows])
        written = [
            self._written(one, kind, uid, revision)
            for one, records in zip(rows, made, strict=True)
            for kind, uid, revision in records
        ]

        def note(connection: store.Connection) -> None:
            self._keep(connection, written)
            self._done += len(rows)

        bulk.beside(note)
        return bulk

    def _checked(self, step: Step) -> Step:
        """The same, unless the import has been taken for dead in the meantime."""

        def write(connection: store.Connection) -> None:
            self._keep(connection, ())
            step(connection)

        return write

    def _slices(self, rows: Sequence[Judged]) -> Iterator[Sequence[Judged]]:
        """As many rows at once as can be written while nobody has to wait."""
        size, start = _SMALLEST_SLICE, 0
        clock = self._desk.database.clock
        while start < len(rows):
            begun = clock.now()
            yield rows[start : start + size]
            start += size
            spent = max(1, clock.now() - begun)
            fits = min(_LARGEST_SLICE, size * 2, size * _SLICE_MS // spent)
            size = max(_SMALLEST_SLICE, fits)

    def _write_new(self, rows: Sequence[Judged]) -> None:
        try:
            self._enter(rows)
        except UserError as problem:
            if len(rows) > 1:
                for one in rows:
                    self._write_new([one])
                return
            self._refuse(rows[0], problem)
        self._done += len(rows)

    def _enter(self, rows: Sequence[Judged]) -> None:
        adding = self._subject.adding
        with self._desk.unit_of_work(adding.label, needs=adding.needs, told=False) as unit:
            lookup = Lookup(unit.connection)
            places: list[tuple[Judged, int, int]] = []
            for one in rows:
                first = len(unit.changes)
                enter_one(unit, self._desk, adding, one.ready, lookup)
                places.append((one, first, len(unit.changes)))
            written = [
                self._written(one, change.kind, change.uid, change.revision)
                for one, first, last in places
                for change in unit.changes[first:last]
            ]
            self._keep(unit.connection, written)

    def _update(self, one: Judged) -> None:
        changing = self._subject.changing
        assert one.uid is not None, "it was compared with that record"
        with self._desk.reading(needs=Right.READ) as connection:
            values = read(changing.form, one.ready, Lookup(connection), self._desk.today)
            before = self._subject.shelf.need(connection, one.uid)
        try:
            saved = changing.save(self._desk, one.uid, before.revision, values)
        except UserError as problem:
            self._refuse(one, problem)
            return
        with self._desk.unit_of_work("导入：记下更新", needs=Right.HANDLE, told=False) as unit:
            self._keep(
                unit.connection,
                [self._written(one, self._subject.ledger.kind.name, saved.uid, saved.revision)],
            )

    def _refuse(self, one: Judged, problem: UserError) -> None:
        """What the trial found in order has become wrong since: somebody else was quicker."""
        one.problems = (CellProblem(None, "", "", problem),)
        self.refused.append(one)

    def _written(self, one: Judged, kind: str, uid: Uid, revision: int) -> Written:
        self._n += 1
        self.kinds.add(kind)
        return Written(self._n, one.row.number, kind, uid, revision - 1, revision)

    def _keep(self, connection: store.Connection, written: Sequence[Written]) -> None:
        now: Millis = self._desk.database.clock.now()
        if not store.touch(connection, self.made.uid, now):
            raise _lost()
        store.add_written(connection, self.made.uid, written)
