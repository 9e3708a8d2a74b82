"""Shows a board of invented cards in a real window, then moves cards one by one.

`python -m tests.speed.board_window board|bare CARDS MOVES` prints one JSON line. `bare` is the same
texts in plain QListViews, each on a QStandardItemModel, in a window of the same size.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QApplication, QHBoxLayout, QListView, QWidget

from desktop_app.widgets.board import Board, BoardColumn
from desktop_app.widgets.board_model import spoken
from desktop_app.widgets.theme import Theme, apply_theme
from tests.widgets.gallery_board import COLUMNS, columns

LATE = "逾期"
FROM, TO = 3, 4


class Painted(QObject):
    """Which of the lists were painted since `begin`."""

    def __init__(self, views: Sequence[QListView]) -> None:
        super().__init__()
        self._waited = [view.viewport() for view in views]
        self._seen: set[int] = set()
        for viewport in self._waited:
            viewport.installEventFilter(self)

    def after(self, work: Callable[[], None], lists: Sequence[int]) -> float:
        """Milliseconds from the beginning of `work` until these lists have painted its result."""
        app = QApplication.instance()
        assert app is not None
        self._seen.clear()
        began = time.perf_counter()
        work()
        while not self._seen.issuperset(lists):
            app.processEvents()
        app.processEvents()
        return (time.perf_counter() - began) * 1000

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and watched in self._waited:
            self._seen.add(self._waited.index(watched))
        return False


def many(cards: int) -> tuple[BoardColumn, ...]:
    """So many cards over the columns, the most of them under way."""
    shares = (0.1, 0.2, 0.1, 0.4, 0.1, 0.1)
    return columns(tuple(round(cards * share) for share in shares))


def moved(before: Sequence[BoardColumn], back: bool) -> tuple[BoardColumn, ...]:
    """One card has gone to the column beside, or has come back; all are read anew, as in life."""
    start, end = (TO, FROM) if back else (FROM, TO)
    made = [
        replace(column, cards=tuple(replace(card) for card in column.cards)) for column in before
    ]
    card = made[start].cards[0]
    made[start] = replace(made[start], cards=made[start].cards[1:])
    made[end] = replace(made[end], cards=(card, *made[end].cards))
    return tuple(made)


def with_board(window: QWidget, cards: int, moves: int) -> tuple[float, list[float]]:
    board = Board("三单看板", window)
    window.layout().addWidget(board)  # type: ignore[union-attr]
    board.set_columns(columns((0,) * len(COLUMNS)))
    _show(window)
    painted = Painted([lane.view for lane in board.ground.lanes])
    shown = many(cards)
    first = painted.after(lambda: board.set_columns(shown), range(len(COLUMNS)))
    took = []
    for turn in range(moves):
        shown = moved(shown, back=turn % 2 == 1)
        took.append(painted.after(lambda: board.set_columns(shown), (FROM, TO)))  # noqa: B023
    return first, took


def bare(window: QWidget, cards: int, moves: int) -> tuple[float, list[float]]:
    views = [QListView(window) for _ in COLUMNS]
    models = [QStandardItemModel(view) for view in views]
    for view, model in zip(views, models, strict=True):
        view.setModel(model)
        view.setWordWrap(True)
        view.setUniformItemSizes(True)
        window.layout().addWidget(view)  # type: ignore[union-attr]
    _show(window)
    painted = Painted(views)

    def fill() -> None:
        for model, column in zip(models, many(cards), strict=True):
            for card in column.cards:
                model.appendRow(QStandardItem(spoken(card, LATE)))

    def move(start: int, end: int) -> None:
        models[end].insertRow(0, models[start].takeRow(0))

    first = painted.after(fill, range(len(COLUMNS)))
    took = []
    for turn in range(moves):
        start, end = (TO, FROM) if turn % 2 else (FROM, TO)
        took.append(painted.after(lambda: move(start, end), (FROM, TO)))  # noqa: B023
    return first, took


def _show(window: QWidget) -> None:
    window.resize(1366, 768)
    window.show()
    for _ in range(5):
        QApplication.processEvents()


def main(what: str, cards: int, moves: int) -> int:
    app = QApplication(["board"])
    apply_theme(app, Theme())
    window = QWidget()
    QHBoxLayout(window)
    first, took = (with_board if what == "board" else bare)(window, cards, moves)
    print(json.dumps({"painted_ms": first, "moved_ms": took}))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3])))
