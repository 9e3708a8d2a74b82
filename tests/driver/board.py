"""Drags a card over a board with the mouse, lets go of it, and reads what stands there."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from desktop_app.widgets.board import Board
from desktop_app.widgets.board_lane import Lane

_LEFT = Qt.MouseButton.LeftButton
_NO_BUTTON = Qt.MouseButton.NoButton
_PLAIN = Qt.KeyboardModifier.NoModifier


def lane(board: Board, key: str) -> Lane:
    """The column with this key."""
    return next(one for one in board.ground.lanes if one.key == key)


def keys(board: Board) -> dict[str, list[str]]:
    """The keys of the cards on show, column by column, as the lists have them."""
    return {one.key: [card.key for card in one.cards.cards] for one in board.ground.lanes}


def click(board: Board, card: str) -> None:
    """Click a card."""
    viewport, place = _place_of(board, card)
    QTest.mouseClick(viewport, _LEFT, _PLAIN, place)


def double_click(board: Board, card: str) -> None:
    """Click a card twice."""
    viewport, place = _place_of(board, card)
    QTest.mouseClick(viewport, _LEFT, _PLAIN, place)
    QTest.mouseDClick(viewport, _LEFT, _PLAIN, place)


def hold_over(board: Board, card: str, column: str) -> None:
    """Press the mouse on a card and move it over the middle of a column."""
    viewport, place = _place_of(board, card)
    QTest.mousePress(viewport, _LEFT, _PLAIN, place)
    there = lane(board, column)
    target = there.mapToGlobal(there.rect().center())
    for at in (viewport.mapToGlobal(place + QPoint(20, 0)), target):
        send_mouse(viewport, QEvent.Type.MouseMove, at, _NO_BUTTON, _LEFT)


def let_go(board: Board, card: str, column: str) -> None:
    """Let go of it there."""
    viewport, _ = _place_of(board, card)
    there = lane(board, column)
    target = there.mapToGlobal(there.rect().center())
    send_mouse(viewport, QEvent.Type.MouseButtonRelease, target, _LEFT, _NO_BUTTON)


def menu_key(board: Board) -> None:
    """What the menu key of the keyboard brings to whoever has the focus."""
    taker = board.focusProxy()
    assert taker is not None
    reason = QContextMenuEvent.Reason.Keyboard
    QApplication.sendEvent(taker, QContextMenuEvent(reason, QPoint(1, 1), QPoint(1, 1)))


def right_click(board: Board, card: str) -> None:
    """What a right click on a card brings."""
    viewport, place = _place_of(board, card)
    reason = QContextMenuEvent.Reason.Mouse
    event = QContextMenuEvent(reason, place, viewport.mapToGlobal(place))
    QApplication.sendEvent(viewport, event)


def _place_of(board: Board, card: str) -> tuple[QWidget, QPoint]:
    home = board.ground.lane_with(card)
    assert home is not None
    index = home.cards.index(home.cards.row_of(card) or 0)
    return home.view.viewport(), home.view.visualRect(index).center()


def send_mouse(
    widget: QWidget,
    kind: QEvent.Type,
    place: QPoint,
    button: Qt.MouseButton,
    held: Qt.MouseButton,
) -> None:
    """What a mouse does at a place of the screen, as the widget hears of it."""
    local = QPointF(widget.mapFromGlobal(place))
    event = QMouseEvent(kind, local, QPointF(place), button, held, _PLAIN)
    QApplication.sendEvent(widget, event)
