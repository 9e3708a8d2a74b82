"""The columns of a sheet that are mapped, each with a reader that reads every text once. Pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any

from desktop_app.core.errors import UserError
from desktop_app.core.text import visible
from desktop_app.sheets import several as many
from desktop_app.sheets.spec import Cell, CellKind, Column
from desktop_app.sheets.values import Context, Reader, reader_of


class Special(Enum):
    BAD = auto()
    DITTO = auto()
    SEVERAL = auto()


@dataclass(frozen=True, slots=True)
class Not:
    """What a cell is when it is not simply a value."""

    special: Special
    what: Any = None


@dataclass(frozen=True, slots=True)
class Mapped:
    """A column of the file that is one of the ledger's."""

    index: int
    column: Column
    label: str
    known: dict[str, Any]
    """What texts were read as; None is one that says nothing."""
    read_text: Callable[[str], Any]
    read_other: Callable[[Cell], Any]


_DITTOS = frozenset(
    ["〃", "″", "〞", "〝", '"', "”", "“", "˝", "''", "’’", ",,", '""', "〃〃", "″″", "〃〃〃"]
)
_DITTOS |= {"同上", "上同", "同前", "同"}
_DITTO_STARTS = frozenset("".join(ditto[0] for ditto in _DITTOS) + "-—－ \t\u3000\n\ufeff\u200b")
_LONGEST_DITTO = 12
_AND_OTHERS = UserError(
    "这一格只写了一个人的姓名，其余的人写成“等几人”。",
    "请把每个人的姓名都写上；或者只留一个姓名，人数写在人数一列。",
)


def mapped(index: int, column: Column, label: str, context: Context) -> Mapped:
    """The column at `index` of the file, ready to be read."""
    if column.kind is CellKind.YEAR:
        # The day of the row tells an age better than the title, so the year is put in later.
        context = Context(context.today)
    read = reader_of(column, context, label)
    of_names = column.kind is CellKind.NAME
    texts: dict[str, Any] = {"": None}
    others: dict[tuple[type, Cell], Any] = {}

    def read_text(cell: str) -> Any:
        found = texts[cell] = _special_text(cell, of_names) or tried(read, cell)
        return found

    def read_other(cell: Cell) -> Any:
        if cell is None:
            return None
        key = (cell.__class__, cell)
        if key not in others:
            others[key] = tried(read, cell)
        return others[key]

    return Mapped(index, column, label, texts, read_text, read_other)


def _is_ditto(cell: str) -> bool:
    return "".join(visible(cell).split()).strip("-—－") in _DITTOS


def _special_text(cell: str, of_names: bool) -> Not | None:
    if cell[0] in _DITTO_STARTS and len(cell) <= _LONGEST_DITTO and _is_ditto(cell):
        return Not(Special.DITTO)
    if of_names:
        names = many.names_in(cell)
        if len(names) > 1:
            return Not(Special.SEVERAL, names)
        if many.is_and_others(cell):
            return Not(Special.BAD, _AND_OTHERS)
    return None


def tried(read: Reader, cell: Cell) -> Any:
    """What a cell is read as, or what is wrong with it."""
    try:
        return read(cell)
    except UserError as problem:
        return Not(Special.BAD, problem)
