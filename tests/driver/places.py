"""Uses the section 地点 as a person does, on a street, a community, two 小区 and three 楼栋."""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox

from desktop_app.registers.places import service
from desktop_app.registers.places.rules import CompoundType, Place, PlaceKind
from desktop_app.registers.places.ui.list import INDENT
from desktop_app.storage.session import Desk
from desktop_app.widgets.table_page import PagedTable
from tests.driver.settings import CONTROL, ENTER, Section, cells

LIST = "地点"
LINKS = "关联的地点"
K = Qt.Key


def put(desk: Desk, kind: PlaceKind, name: str, parent: Place | None = None, **more: Any) -> Place:
    """One more place."""
    above = None if parent is None else parent.uid
    return service.add(desk, kind=kind, name=name, parent=above, **more).value


def put_some(desk: Desk) -> None:
    """A street, a community with two 小区 and a 党支部 in it, and three 楼栋."""
    street = put(desk, PlaceKind.STREET, "澄岭街道", code="350802001")
    community = put(desk, PlaceKind.COMMUNITY, "青榕社区", street, code="350802001003")
    garden = put(
        desk, PlaceKind.COMPOUND, "青榕雅苑", community, compound_type=CompoundType.COMMERCIAL
    )
    put(desk, PlaceKind.COMPOUND, "梧桐苑", community, since=date(2024, 3, 1))
    put(desk, PlaceKind.BRANCH, "雅苑党支部", community)
    for name in ("1栋", "2栋", "10栋"):
        put(desk, PlaceKind.BUILDING, name, garden)


def called(desk: Desk, name: str) -> Place:
    """The place of that name, as it stands."""
    return next(place for place in service.directory(desk) if place.name == name)


def rows(section: Section) -> list[list[str]]:
    """The list, cell by cell."""
    return _rows_of(section, LIST)


def links(section: Section) -> list[list[str]]:
    """The links of the place that is open, cell by cell."""
    return _rows_of(section, LINKS)


def tree(section: Section) -> list[str]:
    """The names in the list, a full stop for each step down."""
    return [row[0].replace(INDENT, ".") for row in rows(section)]


def names(section: Section) -> list[str]:
    """The names in the list."""
    return [name.lstrip(".") for name in tree(section)]


def states(section: Section) -> dict[str, str]:
    """What the list says of the state of each place."""
    return {name: row[5] for name, row in zip(names(section), rows(section), strict=True)}


def shows(section: Section, words: str) -> bool:
    """Whether these words can be read."""
    return words in section.words


def box_text(section: Section, label: str) -> str:
    """What stands in the box of choices of that label."""
    editor = section.field(label).editor
    assert isinstance(editor, QComboBox)
    return editor.currentText()


def on(section: Section, name: str) -> None:
    """Walk to the row of a place."""
    section.focus(LIST)
    section.press(K.Key_Home, with_=CONTROL)
    section.press(*[K.Key_Down] * names(section).index(name))


def opened(section: Section, name: str) -> None:
    """Open a place from the list."""
    on(section, name)
    section.press(ENTER)


def _rows_of(section: Section, name: str) -> list[list[str]]:
    return next(
        cells(table)
        for table in section.page.findChildren(PagedTable)
        if table.view.accessibleName() == name
    )
