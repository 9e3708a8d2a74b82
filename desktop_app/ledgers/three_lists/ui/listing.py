"""What a list is made of: its columns, its rows in words, its table, what it is narrowed by."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from desktop_app.core.ids import Uid
from desktop_app.core.pinyin import name_keys
from desktop_app.ledgers.three_lists import service
from desktop_app.ledgers.three_lists.ui.looks import Deed
from desktop_app.registers.offices.names import StationNames, station_names
from desktop_app.registers.places.service import CompoundChoice, compounds
from desktop_app.storage.paging import Page
from desktop_app.storage.session import Desk
from desktop_app.widgets.choices import Choice
from desktop_app.widgets.long_list import LongList
from desktop_app.widgets.row_actions import RowAction
from desktop_app.widgets.table_model import Cell, Column


@dataclass(frozen=True, slots=True)
class Row:
    """One line in words: a cell for each column, and what may be done with it."""

    uid: Uid
    revision: int
    cells: Mapping[str, Cell]
    deeds: frozenset[str]
    number: str


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a list shows beside its lines, read with them."""

    frame: service.ListFrame
    places: tuple[CompoundChoice, ...]
    choices: tuple[Choice, ...]
    stations: StationNames

    def place(self, uid: Uid | None) -> str:
        """The name of a 小区."""
        return next((one.name for one in self.places if one.uid == uid), "")

    def place_choices(self) -> list[Choice]:
        """The 小区 to narrow by."""
        return list(self.choices)


def surroundings(desk: Desk) -> Surroundings:
    """In a worker's thread: the readings of characters are slow."""
    places = tuple(compounds(desk))
    choices = tuple(compound_choices(places))
    return Surroundings(service.list_frame(desk), places, choices, station_names(desk))


def compound_choices(places: Sequence[CompoundChoice]) -> list[Choice]:
    """小区 to choose from, found by pinyin and initials as well. In a worker's thread."""
    return [
        Choice(one.uid, one.name, search=" ".join(sorted(name_keys(one.name)))) for one in places
    ]


@dataclass(frozen=True, slots=True)
class ColumnSpec:
    """One column by the key of its cells."""

    key: str
    title: str
    width: int
    style: str = "plain"
    stretch: bool = False


@dataclass(frozen=True, slots=True)
class ListSpec:
    """What one list is: the kind of its records, how it is read, its columns, what it says when it
    is empty at a station and at a street. `new_word` is the verb of F2, `step` takes a step."""

    kind: str
    label: str
    columns: tuple[ColumnSpec, ...]
    given_up: tuple[str, ...]
    grows: str
    deeds: tuple[Deed, ...]
    page: Callable[[Desk, Any, str | None], Page[Any]]
    none: tuple[str, str, str]
    none_at_street: tuple[str, str, str]
    clear_words: str = "没有符合条件的记录。"


def list_table(spec: ListSpec, parent: QWidget, *, at_street: bool) -> LongList:
    columns = [
        Column(one.title, partial(_cell, one.key), one.width, one.style, one.stretch, one.key)
        for one in spec.columns
    ]
    if at_street:
        columns.insert(1, Column("站点", partial(_cell, "station"), 180, key="station"))
    actions = [
        RowAction(deed.name, deed.verb, deed.icon, deed.key, partial(_offered, deed.name))
        for deed in spec.deeds
    ]
    return LongList(
        columns,
        _uid_of,
        parent,
        actions=actions,
        name=spec.label,
        unit="条",
        given_up=spec.given_up,
        grows=spec.grows,
    )


def _cell(key: str, row: object) -> Cell:
    assert isinstance(row, Row)
    return row.cells.get(key, "")


def _uid_of(row: object) -> str:
    assert isinstance(row, Row)
    return str(row.uid)


def _offered(name: str, row: object) -> bool:
    return isinstance(row, Row) and name in row.deeds


def deed_names(deeds: Sequence[Deed]) -> frozenset[str]:
    """The names of what may be done."""
    return frozenset(deed.name for deed in deeds)
