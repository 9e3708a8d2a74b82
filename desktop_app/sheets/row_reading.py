"""One row of a sheet as one record or several, with what is wrong with it. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from desktop_app.core.codec import Plain
from desktop_app.core.errors import InvalidInput, UserError
from desktop_app.core.text import clean_name
from desktop_app.sheets import several as many
from desktop_app.sheets.heading import Heading
from desktop_app.sheets.remembering import Mapped, Not, Special, mapped, tried
from desktop_app.sheets.spec import Cell, CellKind, Column, Several
from desktop_app.sheets.values import Age, Context, born, shown


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


_SEVERAL_HERE = UserError("这一格里有几个人。", "请每人写一行。")
_NOTHING_ABOVE = UserError("这一格写的是“同上”，上面却没有内容。", "请写出实际的内容。")
_WHICH_YEAR = UserError("不知道这是哪一年的年龄。", "请改成四位的出生年，或在标题里写明年份。")


class Reading:
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
            mapped(index, by_name[name], _label(heading, index, by_name[name]), context)
            for index, name in sorted(mapping.items())
        ]
        self._plan = [
            (one.index, one.column.name, one.known, one.read_text, one.read_other)
            for one in self._mapped
        ]
        self._by_index = {one.index: one for one in self._mapped}
        self._required = {column.name for column in columns if column.required}
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
        self._born: dict[tuple[int, int, int | None], Any] = {}

    def quick(self, row: Sequence[Cell]) -> tuple[dict[str, Plain], list[tuple[int, Not]]]:
        """The values of a row, and the cells that are more or less than a value."""
        values: dict[str, Plain] = {}
        specials: list[tuple[int, Not]] = []
        ages: list[tuple[int, Age]] = []
        width = len(row)
        for index, name, known, read_text, read_other in self._plan:
            if index >= width:
                break
            cell = row[index]
            if cell.__class__ is str:
                plain = known.get(cell, known)
                if plain is known:
                    plain = read_text(cell)
            else:
                plain = read_other(cell)
            if plain.__class__ is Not:
                specials.append((index, plain))
            elif plain.__class__ is Age:
                ages.append((index, plain))
            elif plain is not None:
                values[name] = list(plain) if plain.__class__ is list else plain
        for index, age in ages:
            self._put_year(index, age, values, specials)
        return values, specials

    def _put_year(
        self, index: int, age: Age, values: dict[str, Plain], specials: list[tuple[int, Not]]
    ) -> None:
        year = self._year_of(index, age, values)
        if year.__class__ is Not:
            specials.append((index, year))
        else:
            values[self._by_index[index].column.name] = year

    def _year_of(self, index: int, age: Age, values: Mapping[str, Plain]) -> Any:
        """The year of birth: an age counts on the day of the row, else in the year of the title."""
        day = next((values[name] for name in self._days if name in values), None)
        year = int(day[:4]) if day is not None else self._year
        key = (index, age.years, year)
        if key not in self._born:
            check = self._by_index[index].column.check
            if year is None:
                self._born[key] = Not(Special.BAD, _WHICH_YEAR)
            else:
                self._born[key] = tried(check or _as_it_is, born(age, year))
        return self._born[key]

    def lacks(self, values: Mapping[str, Plain]) -> bool:
        """Whether something is missing that must be there."""
        return not self._required <= values.keys()

    def with_dittos(
        self, row: Sequence[Cell], above: Sequence[Cell], specials: Sequence[tuple[int, Not]]
    ) -> Sequence[Cell]:
        """The row with what 〃 stands for; where nothing stands above, 〃 stays."""
        dittos = [index for index, what in specials if what.special is Special.DITTO]
        if not dittos:
            return row
        written = list(row)
        for index in dittos:
            if index < len(above) and not is_empty(above[index]):
                written[index] = above[index]
        return written

    def slow(
        self, number: int, row: Sequence[Cell], specials: Sequence[tuple[int, Not]]
    ) -> Iterator[SheetRow]:
        """A row with something special in it, as one record or as several."""
        if any(what.special is Special.DITTO for _index, what in specials):
            specials = self.quick(row)[1]
        person = self._person
        names = next(
            (
                what.what
                for index, what in specials
                if what.special is Special.SEVERAL and person and index == person.index
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
        self, number: int, row: Sequence[Cell], person: Mapped, names: Sequence[str]
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
        self, row: Sequence[Cell], person: Mapped, names: Sequence[str], part: int
    ) -> tuple[list[Cell], dict[int, UserError]]:
        """The cells of one of several people, and which of them could not be divided."""
        cells, wrong = list(row), dict[int, UserError]()
        cells[person.index] = names[part]
        for one in self._mapped:
            if one is person or not one.column.personal or one.index >= len(row):
                continue
            cell = row[one.index]
            if not isinstance(cell, str) or not cell.strip():
                if one.column.kind is CellKind.IDENTITY and not is_empty(cell):
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
            problems[index] = _problem_of(what)
        found = [
            CellProblem(index, self._by_index[index].label, shown(row[index]), single)
            for index, problem in sorted(problems.items())
            for single in (problem.problems if isinstance(problem, InvalidInput) else [problem])
        ]
        found += self._missing(values, problems)
        return SheetRow(number, part, tuple(row), values, tuple(found))

    def _missing(
        self, values: Mapping[str, Plain], problems: Mapping[int, UserError]
    ) -> Iterator[CellProblem]:
        for name, column in self._columns.items():
            if not column.required or name in values:
                continue
            place = self._places.get(name)
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


def is_empty(cell: Cell) -> bool:
    """Whether nothing can be seen in a cell."""
    return cell is None or (isinstance(cell, str) and not cell.strip())


def _problem_of(what: Not) -> UserError:
    if what.special is Special.BAD:
        problem: UserError = what.what
        return problem
    return _SEVERAL_HERE if what.special is Special.SEVERAL else _NOTHING_ABOVE


def _label(heading: Heading, index: int, column: Column) -> str:
    return (heading.labels[index] if index < len(heading.labels) else "") or column.label


def _person_of(mapped: Sequence[Mapped]) -> Mapped | None:
    """The column of the person whom a row is about."""
    named = [one for one in mapped if one.column.kind is CellKind.NAME]
    personal = [one for one in named if one.column.personal or one.column.name == "name"]
    return next(iter(personal or named), None)


def _as_it_is(plain: Any) -> Plain:
    return plain
