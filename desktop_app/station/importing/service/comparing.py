"""What a row says of a record that is there already: the same, something else, nothing that counts.

A record's cells are written as the export would and read as the import would; what is the same then
is the same. So a sheet that was written and comes back unchanged changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from desktop_app.core.codec import Plain
from desktop_app.core.errors import UserError
from desktop_app.core.ledger_spec import Changing
from desktop_app.core.masked_values import MARK
from desktop_app.core.plain_entry import Lookup, read_what_can_be
from desktop_app.sheets.rows import CellProblem
from desktop_app.sheets.spec import Cell, CellKind, Column, SheetSpec, Told
from desktop_app.station.importing.rules.trial import Difference, Judged, Verdict

Read = Callable[[Cell], Plain]


class Comparer:
    """Compares rows of one sheet with records. `readers` read a cell of each of its columns."""

    def __init__(
        self, spec: SheetSpec, changing: Changing | None, readers: Mapping[str, Read]
    ) -> None:
        self._spec, self._changing, self._readers = spec, changing, readers
        self._columns = {column.name: column for column in spec.columns}
        self._may = {field.name for field in changing.form.fields} if changing else set()

    def compare(self, one: Judged, told: Told, lookup: Lookup, today: date) -> None:
        """Say what the row is to this record; with what is to be changed made `ready`."""
        one.uid = told.record.uid
        base = self.values_of(told)
        said = {
            name: value
            for name, value in one.row.values.items()
            if name in self._columns and not self._says_the_same(name, value, base.get(name))
        }
        was = self._spec.shape(base)
        changed = _differing(was, self._spec.shape({**base, **said}))
        wanted = {name: value for name, value in changed.items() if name in self._may}
        told_of = {
            name: _differing(was, self._spec.shape({**base, name: said[name]})) for name in said
        }
        one.differences = tuple(
            self._difference(name, base.get(name), said[name])
            for name, fields in told_of.items()
            if fields.keys() & self._may
        )
        one.notes = tuple(
            f"“{self._columns[name].label}”和系统里的不同；这一项不能由导入改变，请在记录里办理。"
            for name, fields in told_of.items()
            if fields and not fields.keys() & self._may
        )
        one.verdict = Verdict.SAME
        if wanted:
            self._check(one, wanted, lookup, today)

    def values_of(self, told: Told) -> dict[str, Plain]:
        """A record as the row of it would be read."""
        found = {}
        for column in self._columns.values():
            cell = column.out(told) if column.out is not None and column.read else None
            if cell is not None and cell != "":
                found[column.name] = self._readers[column.name](cell)
        return found

    def _difference(self, name: str, before: Plain, after: Plain) -> Difference:
        column = self._columns[name]
        words = {choice.value: choice.label for choice in column.choices}
        return Difference(name, column.label, value_words(before, words), value_words(after, words))

    def _check(self, one: Judged, wanted: dict[str, Plain], lookup: Lookup, today: date) -> None:
        assert self._changing is not None, "only what a form takes is wanted"
        _values, problems = read_what_can_be(self._changing.form, wanted, lookup, today)
        if problems:
            one.verdict = Verdict.WRONG
            one.problems = tuple(self._in_cell(problem) for problem in problems)
            return
        one.verdict, one.ready = Verdict.UPDATE, wanted

    def _in_cell(self, problem: UserError) -> CellProblem:
        column: Column | None = self._columns.get(problem.field or "")
        return CellProblem(None, column.label if column else "", "", problem)

    def _says_the_same(self, name: str, value: Plain, before: Plain) -> bool:
        """Whether a cell says nothing new: the same, a day without the time that is known, or only
        what an export without full content wrote there."""
        if value == before:
            return True
        if not isinstance(value, str):
            return False
        column = self._columns[name]
        if column.private and MARK in value:
            return True
        is_day = column.kind is CellKind.MOMENT and "T" not in value
        return is_day and isinstance(before, str) and before.startswith(value)


def _differing(was: Mapping[str, Plain], now: Mapping[str, Plain]) -> dict[str, Plain]:
    """The fields that are otherwise now, with what they are."""
    return {name: now.get(name) for name in {**was, **now} if now.get(name) != was.get(name)}


def value_words(value: Plain, known: Mapping[str, str]) -> str:
    """A plain value in words; `known` are those of a choice's values."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, list):
        return "、".join(value_words(part, known) for part in value)
    if isinstance(value, dict):
        return " ".join(value_words(part, known) for part in value.values() if part)
    return known.get(str(value), str(value))
