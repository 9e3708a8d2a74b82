"""From the rows of a sheet to plain values: each row with its number, its values, its problems.

What is no record is left out and counted; cells merged downwards say the same in every row, 〃 says
what stands above; several people in one cell become several rows where the ledger wants that. Pure.

Fifty thousand rows must take no time worth mentioning: the reading of a cell is remembered for each
column, and a row without anything special makes nothing but its values.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any

from desktop_app.core.codec import Plain
from desktop_app.core.errors import InvalidInput, UserError
from desktop_app.core.text import clean_name, visible
from desktop_app.sheets import several as many
from desktop_app.sheets.heading import Heading
from desktop_app.sheets.left_out import Left, Why, finder_of
from desktop_app.sheets.reader import Range
from desktop_app.sheets.spec import Cell, CellKind, Column, Several
from desktop_app.sheets.values import Age, Context, Reader, born, reader_of, shown


@dataclass(frozen=True, slots=True)
class CellProblem:
    """What is wrong with one cell: its place in the row, how its column is headed, its own text.

    `column` is None where the file has no such column. `problem` never repeats the text.
    """

    column: int | None
    label: str
    original: str
    problem: UserError


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One record as it was read, or what is wrong with it.

    `number` as Excel shows it; `part` counts from 1 where one row holds several people, else 0.
    `cells` are the row's own, with what is merged or meant by 〃 written out, and of several people
    only what belongs to this one, so that a row can stand alone in another workbook.
    """

    number: int
    part: int
    cells: tuple[Cell, ...]
    values: dict[str, Plain]
    problems: tuple[CellProblem, ...] = ()


class _Special(Enum):
    BAD = auto()
    DITTO = auto()
    AGE = auto()
    SEVERAL = auto()


@dataclass(frozen=True, slots=True)
class _Not:
    """What a cell is when it is not simply a value."""

    special: _Special
    what: Any = None


@dataclass(frozen=True, slots=True)
class _Mapped:
    """A column of the file that is one of the ledger's."""

    index: int
    column: Column
    label: str
    read: Callable[[Cell], Any]
    known: dict[str, Any]


def read_rows(
    rows: Sequence[Sequence[Cell]],
    heading: Heading,
    mapping: Mapping[int, str],
    columns: Sequence[Column],
    context: Context,
    several: Several = Several.REFUSE,
    *,
    merged: Sequence[Range] = (),
    left: Left | None = None,
) -> Iterator[SheetRow]:
    """The records below the heading, in the order of the sheet.

    `mapping` says for places of the file which of `columns` they are. `left` counts, while the
    answer is gone through, what was left out.
    """
    counted = left if left is not None else Left()
    reading = _Reading(heading, mapping, columns, context, several)
    fills = _fills(rows, heading, merged)
    why_left_out = finder_of(heading, rows)
    above: Sequence[Cell] = ()
    for place in range(heading.last + 1, len(rows)):
        row = rows[place]
        if place in fills:
            row = _filled(row, fills[place], rows)
        why = why_left_out(row)
        if why is not None:
            counted.count(why)
            continue
        values, specials = reading.quick(row)
        if not specials:
            if values and not reading.lacks(values):
                above = row
                yield SheetRow(place + 1, 0, tuple(row), values)
                continue
            if not values:
                counted.count(Why.EMPTY)
                continue
        row = reading.with_dittos(row, above, specials)
        above = row
        yield from reading.slow(place + 1, row, specials)


def _fills(
    rows: Sequence[Sequence[Cell]], heading: Heading, merged: Sequence[Range]
) -> dict[int, list[tuple[int, int]]]:
    """For rows below the top of a merged cell: which place takes its value from which row."""
    fills: dict[int, list[tuple[int, int]]] = {}
    for one in merged:
        if one.top <= heading.last or one.bottom == one.top:
            continue
        for row in range(one.top + 1, min(one.bottom + 1, len(rows))):
            fills.setdefault(row, []).append((one.left, one.top))
    return fills


def _filled(
    row: Sequence[Cell], fill: Sequence[tuple[int, int]], rows: Sequence[Sequence[Cell]]
) -> Sequence[Cell]:
    if not any(not _is_empty(cell) for cell in row):
        # Nothing of its own: the rest of one record that is two rows high.
        return row
    filled = list(row)
    for column, source in fill:
        if column < len(rows[source]):
            filled.extend([""] * (column + 1 - len(filled)))
            if _is_empty(filled[column]):
                filled[column] = rows[source][column]
    return filled


def _is_empty(cell: Cell) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())


_DITTOS = frozenset(
    [
        "〃",
        "″",
        "〞",
        '"',
        "''",
        "’’",
        "”",
        "“",
        "同上",
        "同",
        "同前",
        "上同",
        "″″",
        "〃〃",
        '""',
        ",,",
        "〝",
        "˝",
        "｢",
        "〃〃〃",
    ]
)
_SEVERAL_HERE = UserError("这一格里有几个人。", "请每人写一行。")
_NOTHING_ABOVE = UserError("这一格写的是“同上”，上面却没有内容。", "请写出实际的内容。")
_AND_OTHERS = UserError(
    "这一格只写了一个人的姓名，其余的人写成“等几人”。",
    "请把每个人的姓名都写上；或者只留一个姓名，人数写在人数一列。",
)
_WHICH_YEAR = UserError("不知道这是哪一年的年龄。", "请改成四位的出生年，或在标题里写明年份。")


class _Reading:
    """How the rows of one sheet are read."""

    def __init__(
        self,
        heading: Heading,
        mapping: Mapping[int, str],
        columns: Sequence[Column],
        context: Context,
        several: Several,
    ) -> None:
        by_name = {column.name: column for column in columns}
        self._several = several
        self._year = context.year
        self._mapped = [
            _mapped(index, by_name[name], _label(heading, index, by_name[name]), context)
            for index, name in sorted(mapping.items())
        ]
        self._plan = [(one.index, one.column.name, one.known, one.read) for one in self._mapped]
        self._by_index = {one.index: one for one in self._mapped}
        self._required = tuple(column.name for column in columns if column.required)
        self._places = {one.column.name: one for one in self._mapped}
        self._columns = by_name
        self._days = [
            one.column.name
            for one in self._mapped
            if one.column.kind in (CellKind.DAY, CellKind.MOMENT)
            and not one.column.concept.startswith("birth")
            and "birth" not in one.column.name
        ]
        self._person = _person_of(self._mapped)

    def quick(self, row: Sequence[Cell]) -> tuple[dict[str, Plain], list[tuple[int, _Not]]]:
        """The values of a row, and the cells that are more or less than a value."""
        values: dict[str, Plain] = {}
        specials: list[tuple[int, _Not]] = []
        width = len(row)
        for index, name, known, read in self._plan:
            if index >= width:
                break
            cell = row[index]
            if cell.__class__ is str:
                if not cell:
                    continue
                plain = known.get(cell, known)
                if plain is known:
                    plain = read(cell)
            elif cell is None:
                continue
            else:
                plain = read(cell)
            if plain.__class__ is _Not:
                specials.append((index, plain))
            elif plain is not None:
                values[name] = list(plain) if plain.__class__ is list else plain
        return values, specials

    def lacks(self, values: Mapping[str, Plain]) -> bool:
        """Whether something is missing that must be there."""
        return any(name not in values for name in self._required)

    def with_dittos(
        self, row: Sequence[Cell], above: Sequence[Cell], specials: Sequence[tuple[int, _Not]]
    ) -> Sequence[Cell]:
        """The row with what 〃 stands for; where nothing stands above, 〃 stays."""
        dittos = [index for index, what in specials if what.special is _Special.DITTO]
        if not dittos:
            return row
        written = list(row)
        for index in dittos:
            if index < len(above) and not _is_empty(above[index]):
                written[index] = above[index]
        return written

    def slow(
        self, number: int, row: Sequence[Cell], specials: Sequence[tuple[int, _Not]]
    ) -> Iterator[SheetRow]:
        """A row with something special in it, as one record or as several."""
        if any(what.special is _Special.DITTO for _index, what in specials):
            specials = self.quick(row)[1]
        person = self._person
        names = next(
            (
                what.what
                for index, what in specials
                if what.special is _Special.SEVERAL and person and index == person.index
            ),
            None,
        )
        if names is None or person is None or self._several is Several.REFUSE:
            yield self._row(number, 0, row)
        elif self._several is Several.TOGETHER:
            yield self._together(number, row, person, names)
        else:
            for part in range(len(names)):
                cells, wrong = self._part(row, person, names, part)
                yield self._row(number, part + 1, cells, wrong)

    def _together(
        self, number: int, row: Sequence[Cell], person: _Mapped, names: Sequence[str]
    ) -> SheetRow:
        cells, wrong = self._part(row, person, names, 0)
        read = self._row(number, 0, cells, wrong)
        others, problems = [], list(read.problems)
        for name in names[1:]:
            try:
                others.append(clean_name(name, label=person.column.label, field=person.column.name))
            except UserError as problem:
                problems.append(
                    CellProblem(person.index, person.label, shown(row[person.index]), problem)
                )
        read.values["others"] = others
        return SheetRow(number, 0, tuple(row), read.values, tuple(problems))

    def _part(
        self, row: Sequence[Cell], person: _Mapped, names: Sequence[str], part: int
    ) -> tuple[list[Cell], dict[int, UserError]]:
        """The cells of one of several people, and which of them could not be divided."""
        cells, wrong = list(row), dict[int, UserError]()
        cells[person.index] = names[part]
        for one in self._mapped:
            if one is person or not one.column.personal or one.index >= len(row):
                continue
            cell = row[one.index]
            if not isinstance(cell, str) or not cell.strip():
                if one.column.kind is CellKind.IDENTITY and not _is_empty(cell):
                    wrong[one.index] = _not_as_many(len(names), 1)
                continue
            found = _divided(cell, one.column.kind, len(names))
            if len(found) == len(names):
                cells[one.index] = found[part]
            elif one.column.kind in _ONE_EACH and (
                len(found) > 1 or one.column.kind is CellKind.IDENTITY
            ):
                wrong[one.index] = _not_as_many(len(names), len(found))
        return cells, wrong

    def _row(
        self,
        number: int,
        part: int,
        row: Sequence[Cell],
        wrong: Mapping[int, UserError] | None = None,
    ) -> SheetRow:
        values, specials = self.quick(row)
        problems: dict[int, UserError] = dict(wrong or {})
        for index in problems:
            values.pop(self._by_index[index].column.name, None)
        for index, what in specials:
            if index in problems:
                continue
            one = self._by_index[index]
            try:
                values[one.column.name] = self._resolved(one, what, values)
            except UserError as problem:
                problems[index] = problem
        found = [
            CellProblem(index, self._by_index[index].label, shown(row[index]), single)
            for index, problem in sorted(problems.items())
            for single in (problem.problems if isinstance(problem, InvalidInput) else [problem])
        ]
        found += self._missing(values, problems)
        return SheetRow(number, part, tuple(row), values, tuple(found))

    def _resolved(self, one: _Mapped, what: _Not, values: Mapping[str, Plain]) -> Plain:
        if what.special is _Special.BAD:
            raise what.what
        if what.special is _Special.SEVERAL:
            raise _SEVERAL_HERE
        if what.special is _Special.DITTO:
            raise _NOTHING_ABOVE
        day = next((values[name] for name in self._days if name in values), None)
        year = int(day[:4]) if day is not None else self._year
        if year is None:
            raise _WHICH_YEAR
        birth_year = born(what.what, year)
        return one.column.check(birth_year) if one.column.check else birth_year

    def _missing(
        self, values: Mapping[str, Plain], problems: Mapping[int, UserError]
    ) -> Iterator[CellProblem]:
        for name in self._required:
            if name in values:
                continue
            column, place = self._columns[name], self._places.get(name)
            if place is not None and place.index in problems:
                continue
            yield CellProblem(
                place.index if place is not None else None,
                place.label if place is not None else column.label,
                "",
                UserError(f"“{column.label}”还没有填写。", "请补上。", field=name),
            )


_ONE_EACH = (CellKind.IDENTITY, CellKind.PHONE, CellKind.GENDER, CellKind.YEAR, CellKind.DAY)


def _divided(cell: str, kind: CellKind, count: int) -> list[str]:
    """The parts of a personal cell of several people."""
    parts = many.parts_in(cell, count)
    if kind is CellKind.GENDER and len(parts) == 1 and len(cell.strip()) == count:
        return list(cell.strip())
    return parts


def _not_as_many(names: int, parts: int) -> UserError:
    return UserError(
        f"这一行有{names}个人的姓名，这一格里却是{parts}个，对不上。", "请每人写一行。"
    )


def _label(heading: Heading, index: int, column: Column) -> str:
    return (heading.labels[index] if index < len(heading.labels) else "") or column.label


def _person_of(mapped: Sequence[_Mapped]) -> _Mapped | None:
    """The column of the person whom a row is about."""
    named = [one for one in mapped if one.column.kind is CellKind.NAME]
    personal = [one for one in named if one.column.personal or one.column.name == "name"]
    return next(iter(personal or named), None)


def _mapped(index: int, column: Column, label: str, context: Context) -> _Mapped:
    if column.kind is CellKind.YEAR:
        # The day of the row tells an age better than the title, so the year is put in later.
        context = Context(context.today)
    known: dict[str, Any] = {}
    return _Mapped(index, column, label, _remembering(column, label, context, known), known)


def _remembering(
    column: Column, label: str, context: Context, known: dict[str, Any]
) -> Callable[[Cell], Any]:
    """The reader of a column, which reads each text, number and day once."""
    read = reader_of(column, context, label)
    of_names = column.kind is CellKind.NAME
    others: dict[tuple[type, Cell], Any] = {}

    def text(cell: str) -> Any:
        found = known[cell] = _special_text(cell, of_names) or _tried(read, cell)
        return found

    def any_cell(cell: Cell) -> Any:
        if isinstance(cell, str):
            return text(cell)
        key = (cell.__class__, cell)
        if key not in others:
            others[key] = _tried(read, cell)
        return others[key]

    return any_cell


def _special_text(cell: str, of_names: bool) -> _Not | None:
    if len(cell) <= 12 and "".join(visible(cell).split()).strip("-—－") in _DITTOS:
        return _Not(_Special.DITTO)
    if of_names:
        names = many.names_in(cell)
        if len(names) > 1:
            return _Not(_Special.SEVERAL, names)
        if many.is_and_others(cell):
            return _Not(_Special.BAD, _AND_OTHERS)
    return None


def _tried(read: Reader, cell: Cell) -> Any:
    try:
        plain = read(cell)
    except UserError as problem:
        return _Not(_Special.BAD, problem)
    return _Not(_Special.AGE, plain) if isinstance(plain, Age) else plain
