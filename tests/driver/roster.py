"""Drags a name over the duty roster with the mouse and lets go of it."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtTest import QTest

from desktop_app.ledgers.posts.ui.roster_grid import RosterGrid
from desktop_app.ledgers.posts.ui.roster_paint import line_of
from tests.driver.board import send_mouse

_LEFT = Qt.MouseButton.LeftButton
_NO_BUTTON = Qt.MouseButton.NoButton


def hold_name(grid: RosterGrid, name: str, day: date, to: date, *, line: int = 0) -> None:
    """Press the mouse on a name in the first line of the roster and move it over the middle of
    another cell, in `line`."""
    viewport = grid.viewport()
    at = grid.table.days.index(day)
    cell = grid.table.rows[0].cells[at]
    who = next(one for one in cell.people if one.name == name)
    place = line_of(cell, grid.visualRect(grid.table.index(0, at)), who).center()
    QTest.mousePress(viewport, _LEFT, Qt.KeyboardModifier.NoModifier, place)
    _move(grid, place + QPoint(20, 0))
    hold_on(grid, to, line=line)


def hold_on(grid: RosterGrid, to: date, *, line: int = 0) -> None:
    """Move the mouse over another cell, its button still held down."""
    _move(grid, _middle(grid, to, line))


def _move(grid: RosterGrid, place: QPoint) -> None:
    viewport = grid.viewport()
    there = viewport.mapToGlobal(place)
    send_mouse(viewport, QEvent.Type.MouseMove, there, _NO_BUTTON, _LEFT)


def let_go_of_name(grid: RosterGrid, to: date, *, line: int = 0) -> None:
    """Let go of it there."""
    viewport = grid.viewport()
    place = viewport.mapToGlobal(_middle(grid, to, line))
    send_mouse(viewport, QEvent.Type.MouseButtonRelease, place, _LEFT, _NO_BUTTON)


def framed(grid: RosterGrid) -> dict[tuple[int, date], str]:
    """Where what is held may go: line and day, and "over" for where it is held."""
    drops = grid.painter.drops
    return {(line, grid.table.days[column]): how for (line, column), how in drops.items()}


def _middle(grid: RosterGrid, day: date, line: int) -> QPoint:
    return grid.visualRect(grid.table.index(line, grid.table.days.index(day))).center()
