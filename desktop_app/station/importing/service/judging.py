"""Tries a sheet out: every row is judged by the ledger's own rules, and nothing of it is kept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from desktop_app import catalog
from desktop_app.core.codec import Plain
from desktop_app.core.errors import InvalidInput, UserError
from desktop_app.core.ids import Uid
from desktop_app.core.job import Job
from desktop_app.core.ledger_spec import Adding, Changing, Ledger
from desktop_app.core.masked_values import MARK
from desktop_app.core.plain_entry import Lookup, given, read_what_can_be
from desktop_app.core.rights import Right
from desktop_app.sheets.rows import CellProblem, SheetRow
from desktop_app.sheets.spec import Connection, Like, SheetSpec, Taker
from desktop_app.station.importing.rules.plan import Plan
from desktop_app.station.importing.rules.trial import Judged, Verdict
from desktop_app.station.importing.service.comparing import Comparer
from desktop_app.storage.session import Desk, Unit
from desktop_app.storage.shelf import Shelf

AT_ONCE = 500
"""Rows looked up together."""

TRIED_AT_ONCE = 20
"""Rows that are tried in one transaction that is rolled back: it holds the writer meanwhile."""


@dataclass(frozen=True)
class Subject:
    """The ledger a sheet is for, what it says of its sheet, and where its records are."""

    ledger: Ledger
    spec: SheetSpec
    shelf: Shelf[Any]

    @property
    def adding(self) -> Adding:
        """How its records are made. Raises `UserError` where a sheet cannot."""
        adding = self.spec.adding or self.ledger.adding
        if adding is None:
            raise UserError(
                f"{self.ledger.kind.label}不能从表格导入，没有做任何改动。", self.ledger.elsewhere
            )
        return adding

    @property
    def changing(self) -> Changing:
        """How one of its records is changed. Raises `UserError` where a sheet cannot."""
        changing = self.spec.changing or self.ledger.changing
        if changing is None:
            raise UserError(
                f"{self.ledger.kind.label}不能由表格更新，没有做任何改动。", self.ledger.elsewhere
            )
        return changing


def subject_of(kind: str) -> Subject:
    """Everything an import needs to know of a kind. Raises `UserError` where it has no sheet."""
    ledger, spec = catalog.ledgers()[kind], catalog.sheets().get(kind)
    if spec is None:
        raise UserError(
            f"{ledger.kind.label}不能从表格导入，没有做任何改动。", "请在它的页面里登记。"
        )
    return Subject(ledger, spec, catalog.shelves()[kind])


class _NotMeant(Exception):
    """Ends a transaction that was only to see what would happen."""


class Judge:
    """Judges the rows of one sheet in their order, and remembers them to tell what comes twice."""

    def __init__(self, desk: Desk, subject: Subject, comparer: Comparer, plan: Plan) -> None:
        self._desk, self._subject, self._comparer = desk, subject, comparer
        self._chosen = dict.fromkeys(sorted(plan.options), True)
        make = subject.spec.taker
        self._taker: Taker | None = make(desk, plan.options) if make is not None else None
        self._private = [column for column in subject.spec.columns if column.private]
        hidden = {column.name for column in self._private}
        self._hidden = {place for place, name in plan.columns.items() if name in hidden}
        self._met: dict[int, int] = {}
        self._named: dict[tuple[str, str], int] = {}

    @property
    def taker(self) -> Taker | None:
        """What takes the rows in that were judged, where the ledger has such a thing."""
        return self._taker

    def judge(self, rows: Sequence[SheetRow], job: Job) -> list[Judged]:
        """Every row with what it is. Nothing is kept, whatever happens."""
        found: list[Judged] = []
        for start in range(0, len(rows), AT_ONCE):
            job.progress(start, len(rows), f"第 {start + 1} 行")
            found += self._chunk(rows[start : start + AT_ONCE])
        job.progress(len(rows), len(rows))
        return found

    def _chunk(self, rows: Sequence[SheetRow]) -> list[Judged]:
        judged = [self._first_look(row) for row in rows]
        open_ = [one for one in judged if one.verdict is not Verdict.WRONG]
        with self._desk.reading(needs=Right.READ) as connection:
            known = self._known(connection, open_)
            self._compare(connection, open_, known)
            fresh = [one for one in open_ if one.uid is None and one.verdict is Verdict.NEW]
            if self._taker is not None:
                self._by_taker(connection, self._taker, fresh)
            else:
                self._join(connection, fresh)
                if self._subject.spec.problems is not None:
                    self._by_rules(connection, fresh)
        if self._taker is None and self._subject.spec.problems is None:
            for start in range(0, len(fresh), TRIED_AT_ONCE):
                self._by_form(fresh[start : start + TRIED_AT_ONCE])
        self._look_for_likes([one for one in fresh if one.verdict is Verdict.NEW])
        return judged

    def _first_look(self, row: SheetRow) -> Judged:
        """What the sheet alone tells: cells that cannot be read, keys and whole rows met before."""
        named = any(row.values.get(name) for name in self._subject.spec.keys)
        text = repr(row.values)
        problems = row.problems
        if problems and named:
            # What an export covers is no mistake in a row that says whose it is.
            problems = tuple(one for one in problems if not self._is_covered(one))
        elif not named and MARK in text:
            problems += self._masked(row)
        if problems:
            return Judged(row, Verdict.WRONG, problems)
        if named and (twice := self._named_before(row)):
            return _wrong(row, twice)
        first = self._met.setdefault(hash(text), row.number)
        if first != row.number:
            like = Like(f"第 {first} 行", (f"和第 {first} 行完全相同",), row=first)
            return Judged(row, Verdict.NEW, like=(like,))
        return Judged(row, Verdict.NEW)

    def _named_before(self, row: SheetRow) -> UserError | None:
        """Two rows of one sheet cannot be the same record."""
        for name in self._subject.spec.keys:
            text = row.values.get(name)
            first = self._named.setdefault((name, str(text)), row.number) if text else row.number
            if first != row.number:
                label = self._subject.spec.column(name).label
                return UserError(f"“{label}”和第 {first} 行的相同。", "请只留一行。")
        return None

    def _masked(self, row: SheetRow) -> tuple[CellProblem, ...]:
        """Cells of a list that was exported with its private values covered."""
        problem = UserError("这一格是遮挡过的内容，不能导入。", "请填写完整的内容。")
        return tuple(
            CellProblem(None, column.label, "", problem)
            for column in self._private
            if MARK in str(row.values.get(column.name, ""))
        )

    def _is_covered(self, problem: CellProblem) -> bool:
        return problem.column in self._hidden and MARK in problem.original

    def _known(self, connection: Connection, rows: Sequence[Judged]) -> dict[int, Uid]:
        """The record a row says it is, by the row's place."""
        found: dict[int, Uid] = {}
        for name in self._subject.spec.keys:
            asked = {
                place: str(text)
                for place, one in enumerate(rows)
                if place not in found and (text := one.row.values.get(name))
            }
            if asked:
                texts = list(dict.fromkeys(asked.values()))
                uids = self._subject.spec.known(connection, name, texts)
                found |= {place: uids[text] for place, text in asked.items() if text in uids}
        return found

    def _compare(
        self, connection: Connection, rows: Sequence[Judged], known: Mapping[int, Uid]
    ) -> None:
        """Say of rows whose record is there what they are to it."""
        if not known:
            return
        records = self._subject.shelf.many(connection, list(dict.fromkeys(known.values())))
        living = [record for record in records.values() if not record.deleted]
        zone = self._desk.database.zone
        told = {one.record.uid: one for one in self._subject.spec.told(connection, zone, living)}
        lookup = Lookup(connection)
        for place, uid in known.items():
            if uid in told:
                self._comparer.compare(rows[place], told[uid], lookup, self._desk.today)

    def _join(self, connection: Connection, rows: Sequence[Judged]) -> None:
        """Give the rows what was chosen for all of them, and what the registers know besides."""
        values = [{**one.row.values, **self._chosen} for one in rows]
        joined = self._subject.spec.joined(connection, values) if rows else ()
        for one, more in zip(rows, joined, strict=True):
            one.ready = more

    def _by_rules(self, connection: Connection, rows: Sequence[Judged]) -> None:
        """By what the ledger's rules say of what its form reads; nothing is written for it."""
        adding, rules = self._subject.adding, self._subject.spec.problems
        assert rules is not None, "it is asked only then"
        lookup = Lookup(connection)
        for one in rows:
            one.ready = self._subject.spec.shape(one.ready)
            values, problems = read_what_can_be(adding.form, one.ready, lookup, self._desk.today)
            problems = problems or list(rules(values, self._desk.today))
            if problems:
                _refuse(one, self._subject.spec, InvalidInput(problems))

    def _by_taker(self, connection: Connection, taker: Taker, rows: Sequence[Judged]) -> None:
        answers = taker.judge(connection, [one.row.values for one in rows])
        for one, answer in zip(rows, answers, strict=True):
            if isinstance(answer, UserError):
                _refuse(one, self._subject.spec, answer)
            else:
                one.ready = answer

    def _by_form(self, rows: Sequence[Judged]) -> None:
        """By the way `add` goes, in a transaction that is never meant to last."""
        adding = self._subject.adding
        try:
            with self._desk.unit_of_work("试导入", needs=adding.needs, told=False) as unit:
                lookup = Lookup(unit.connection)
                for one in rows:
                    plain = self._subject.spec.shape(one.ready)
                    try:
                        with unit.connection.begin_nested():
                            enter_one(unit, self._desk, adding, plain, lookup)
                    except UserError as problem:
                        _refuse(one, self._subject.spec, problem)
                    else:
                        one.ready = plain
                raise _NotMeant
        except _NotMeant:
            return

    def _look_for_likes(self, rows: Sequence[Judged]) -> None:
        like = self._subject.spec.like
        if like is not None and rows:
            with self._desk.reading(needs=Right.READ) as connection:
                answers = like(connection, [one.row.values for one in rows])
            for one, likes in zip(rows, answers, strict=True):
                one.like += tuple(likes)
        for one in rows:
            if one.like:
                one.verdict = Verdict.DUPLICATE


def enter_one(
    unit: Unit, desk: Desk, adding: Adding, plain: Mapping[str, Plain], lookup: Lookup
) -> Sequence[Any]:
    """The records one row becomes. Raises `UserError` with every problem; what was written until
    then is for the caller to take back."""
    values, problems = read_what_can_be(adding.form, dict(plain), lookup, desk.today)
    if problems:
        raise InvalidInput(problems)
    return adding.enter(unit, desk, given(values))


def _wrong(row: SheetRow, problem: UserError) -> Judged:
    return Judged(row, Verdict.WRONG, (CellProblem(None, "", "", problem),))


def _refuse(one: Judged, spec: SheetSpec, problem: UserError) -> None:
    one.verdict = Verdict.WRONG
    one.problems = tuple(_in_cells(spec, problem))


def _in_cells(spec: SheetSpec, problem: UserError) -> Iterator[CellProblem]:
    labels = {column.name: column.label for column in spec.columns}
    for part in problem.problems if isinstance(problem, InvalidInput) else [problem]:
        yield CellProblem(None, labels.get(part.field or "", ""), "", part)
