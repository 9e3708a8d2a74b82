"""What a screen reader is told of what is shown, as Qt hands it on to the system."""

from __future__ import annotations

import re
from collections.abc import Iterator

from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QTableView, QWidget

_ROLE, _TEXT = QAccessible.Role, QAccessible.Text
_CONTROLS = frozenset(
    {
        _ROLE.Button,
        _ROLE.ButtonMenu,
        _ROLE.CheckBox,
        _ROLE.RadioButton,
        _ROLE.EditableText,
        _ROLE.ComboBox,
        _ROLE.SpinBox,
        _ROLE.List,
        _ROLE.Table,
        _ROLE.PageTab,
        _ROLE.PageTabList,
        _ROLE.ColumnHeader,
        _ROLE.RowHeader,
    }
)
_CHINESE = re.compile("[\u4e00-\u9fff]")


def parts(inside: QWidget) -> Iterator[QAccessibleInterface]:
    """Everything that is seen in a widget, as a screen reader comes upon it."""
    yield from _below(QAccessible.queryAccessibleInterface(inside))


def name(part: QAccessibleInterface) -> str:
    return part.text(_TEXT.Name)


def controls(inside: QWidget) -> list[QAccessibleInterface]:
    """What can be used of it."""
    return [one for one in parts(inside) if one.role() in _CONTROLS]


def not_told(inside: QWidget) -> list[str]:
    """The controls that have no name in Chinese: the kind of each, and what it is called."""
    return [f"{one.role().name} {name(one)}" for one in controls(inside) if not _said(one)]


def rows_told(table: QTableView) -> list[str]:
    """What is told of each row when the keyboard comes to it."""
    whole = QAccessible.queryAccessibleInterface(table)
    found = []
    cells = [one for one in _children(whole) if one.role() == _ROLE.Cell]
    wide = table.model().columnCount()
    for first in cells[::wide]:
        found.append("：".join((name(first), first.text(_TEXT.Description))))
    return found


def _said(part: QAccessibleInterface) -> bool:
    return bool(_CHINESE.search(name(part)))


def _below(part: QAccessibleInterface) -> Iterator[QAccessibleInterface]:
    yield part
    for one in _children(part):
        if not one.state().invisible:  # type: ignore[attr-defined]
            yield from _below(one)


def _children(part: QAccessibleInterface) -> list[QAccessibleInterface]:
    every: list[QAccessibleInterface | None] = [part.child(at) for at in range(part.childCount())]
    return [one for one in every if one is not None and one.isValid()]
