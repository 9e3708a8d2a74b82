"""Figures in cards and charts below them: what the page of a report shows, whatever is counted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial

from PySide6.QtCore import QEvent, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QLabel, QVBoxLayout, QWidget

from desktop_app.core.told import Drawn, FigureGroup, FigureLine
from desktop_app.widgets.charts import ChartView
from desktop_app.widgets.figure_tiles import FigureGrid, FigureTile, TileKeys
from desktop_app.widgets.forms import Card, ScrollPage
from desktop_app.widgets.theme import theme_of
from desktop_app.widgets.tokens import SPACE

_SIDE_BY_SIDE_FROM = 1080
_TWO_CHARTS_FROM = 820
_FEW = 3
"""Two groups of no more figures stand beside each other where there is room."""


class FigureCards(ScrollPage):
    """`rows_wanted` carries `core.told.Rows`, `looked_at` a figure.

    A subclass puts what belongs to it into `body`, below. `across` is the key of the chart that has
    a line of its own; `titles` says a group's title in other words, `nothing` what is said of a
    group of which nothing was counted.
    """

    rows_wanted = Signal(object)
    looked_at = Signal(object)

    across: frozenset[str] = frozenset()
    titles: Mapping[str, str] = {}
    nothing: Mapping[str, str] = {}

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.places: frozenset[str] = frozenset()
        self.tiles: dict[str, FigureTile] = {}
        self.charts: dict[str, ChartView] = {}
        self._chart_cards: dict[str, Card] = {}
        self._drawn: dict[str, Drawn] = {}
        self._groups: dict[str, _Group] = {}
        self._pairs: list[QBoxLayout] = []
        self.keys = TileKeys(self)
        self._cards = QVBoxLayout()
        self._cards.setSpacing(SPACE.large)
        self._pictures = QGridLayout()
        self._pictures.setSpacing(SPACE.large)
        self.body.addLayout(self._cards)
        self.body.addLayout(self._pictures)

    def show_figures(self, groups: Sequence[FigureGroup], charts: Sequence[Drawn]) -> None:
        """Show other figures; the keyboard stays where it is."""
        if [group.title for group in groups] != list(self._groups):
            self._make_room(groups)
        for group in groups:
            card = self._groups[group.title]
            card.show_lines(group, [self._tile(line, card.grid) for line in group.lines])
        lines = [line for group in groups for line in group.lines]
        self.keys.set_tiles([self.tiles[line.name] for line in lines])
        self._drawn = {drawn.key: drawn for drawn in charts}
        for drawn in charts:
            self._chart(drawn).set_chart(drawn.chart)
        self._place_charts()

    def stops(self) -> list[QWidget]:
        """What Tab comes to, in the order in which it stands: figures, what is below, charts."""
        charts = [self.charts[key] for key in self._chart_cards if key in self._drawn]
        return [*self.keys.tiles, *self.between(), *charts]

    def between(self) -> list[QWidget]:
        """What a subclass has put between the figures and the charts."""
        return []

    def opens(self, line: FigureLine) -> bool:
        """Whether the rows behind a figure can be gone to from here, and there are any."""
        return line.rows is not None and line.rows.kind in self.places and bool(line.value)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_pictures"):
            self._fit()

    # --- figures -------------------------------------------------------------------------------

    def _make_room(self, groups: Sequence[FigureGroup]) -> None:
        """A card for each group; which there are is the same from one period to the next."""
        assert not self._groups, "the ledgers do not change while the window is open"
        for few, several in _side_by_side(groups):
            line = QBoxLayout(QBoxLayout.Direction.LeftToRight)
            line.setSpacing(SPACE.large)
            self._cards.addLayout(line)
            for group in several:
                title = self.titles.get(group.title, group.title)
                made = _Group(title, self.nothing.get(group.title, ""), self.widget())
                self._groups[group.title] = made
                line.addWidget(made, 1)
                # At once: keys may come before the layout would do it.
                made.show()
            if few:
                self._pairs.append(line)

    def _tile(self, line: FigureLine, grid: FigureGrid) -> FigureTile:
        tile = self.tiles.get(line.name)
        if tile is None:
            tile = self.tiles[line.name] = FigureTile(line, grid)
            tile.wanted.connect(self._ask_rows)
            tile.looked_at.connect(self._look)
        tile.set_line(line, opens=self.opens(line))
        return tile

    def _look(self, line: FigureLine) -> None:
        self.looked_at.emit(line)

    @Slot(object)
    def _ask_rows(self, line: FigureLine) -> None:
        self.rows_wanted.emit(line.rows)

    # --- charts --------------------------------------------------------------------------------

    def _chart(self, drawn: Drawn) -> ChartView:
        view = self.charts.get(drawn.key)
        if view is None:
            card = self._chart_cards[drawn.key] = Card(parent=self.widget())
            view = self.charts[drawn.key] = ChartView(drawn.chart, card)
            view.drilled.connect(partial(self._drill, drawn.key))
            card.body.addWidget(view)
        return view

    def _drill(self, key: str, part: object) -> None:
        rows = {**self._drawn[key].targets}.get(part) if isinstance(part, tuple) else None
        if rows is not None and rows.kind in self.places:
            self.rows_wanted.emit(rows)

    def _place_charts(self) -> None:
        """A chart over time across, the others in two columns where there is room."""
        while self._pictures.count():
            self._pictures.takeAt(0)
        columns = 2 if self.viewport().width() >= self._scaled(_TWO_CHARTS_FROM) else 1
        at = 0
        for key, card in self._chart_cards.items():
            card.setVisible(key in self._drawn)
            if key not in self._drawn:
                continue
            if key in self.across:
                at += -at % columns
                self._pictures.addWidget(card, at // columns, 0, 1, columns)
                at += columns
                continue
            self._pictures.addWidget(card, at // columns, at % columns)
            at += 1
        for column in range(2):
            self._pictures.setColumnStretch(column, 1 if column < columns else 0)

    # --- room ----------------------------------------------------------------------------------

    def _fit(self) -> None:
        wide = self.viewport().width() >= self._scaled(_SIDE_BY_SIDE_FROM)
        way = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        for pair in self._pairs:
            pair.setDirection(way)
        for view in self.charts.values():
            view.setFixedHeight(round(18.5 * theme_of().metrics.body))
        self._place_charts()

    def _scaled(self, width: int) -> float:
        return width * theme_of().metrics.body / 14


class _Group(Card):
    """The tiles of one group under its title."""

    def __init__(self, title: str, nothing: str, parent: QWidget | None) -> None:
        super().__init__(parent=parent)
        heading = QLabel(title, self)
        heading.setProperty("role", "section")
        heading.setContentsMargins(SPACE.medium, 0, 0, 0)
        self.grid = FigureGrid(self)
        self._nothing = QLabel(nothing, self)
        self._nothing.setProperty("role", "quiet")
        self._nothing.setContentsMargins(SPACE.medium, 0, 0, 0)
        self._nothing.setVisible(False)
        # The words of a tile, not its edge, stand below the heading.
        self.body.setContentsMargins(SPACE.hair, 0, SPACE.hair, 0)
        self.body.setSpacing(SPACE.hair)
        for widget in (heading, self.grid, self._nothing):
            self.body.addWidget(widget)

    def show_lines(self, group: FigureGroup, tiles: Sequence[FigureTile]) -> None:
        counted = any(line.value or (line.before and line.before.value) for line in group.lines)
        empty = bool(self._nothing.text()) and not counted
        self._nothing.setVisible(empty)
        self.grid.setVisible(not empty)
        self.grid.set_tiles(tiles)


def _side_by_side(groups: Sequence[FigureGroup]) -> Iterator[tuple[bool, list[FigureGroup]]]:
    """The groups in lines: two neighbours of few figures share one."""
    waiting = list(groups)
    while waiting:
        few = len(waiting) > 1 and all(len(one.lines) <= _FEW for one in waiting[:2])
        count = 2 if few else 1
        yield few, waiting[:count]
        del waiting[:count]
