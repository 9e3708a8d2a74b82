"""What stands on the page below the choice of the period: figures, charts, lists."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

from PySide6.QtCore import QEvent, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QLabel, QWidget

from desktop_app.core.ids import parse_uid
from desktop_app.core.told import Drawn, FigureGroup, FigureLine
from desktop_app.station.period_figures.rules.told import PeriodFigures
from desktop_app.station.period_figures.service.report import ACTIVITIES, VISITS
from desktop_app.station.period_figures.ui.lists import activities_table, overdue_table
from desktop_app.widgets.charts import ChartView
from desktop_app.widgets.figure_tiles import FigureGrid, FigureTile, TileKeys
from desktop_app.widgets.forms import Card, ScrollPage
from desktop_app.widgets.theme import theme_of
from desktop_app.widgets.tokens import SPACE

_SIDE_BY_SIDE_FROM = 1080
_TWO_CHARTS_FROM = 820
NOW_TITLE = "现在（与所选的时间段无关）"
NO_ACTIVITIES = "本期没有活动，也没有计划。"


class ReportContent(ScrollPage):
    """Shows one report. `rows_wanted` carries `Rows`, `looked_at` a figure, `record_wanted` a
    (kind, uid) pair."""

    rows_wanted = Signal(object)
    looked_at = Signal(object)
    record_wanted = Signal(object)

    def __init__(self, today: Callable[[], date], parent: QWidget) -> None:
        super().__init__(parent)
        self.places: frozenset[str] = frozenset()
        self.tiles: dict[str, FigureTile] = {}
        self.charts: dict[str, ChartView] = {}
        self._chart_cards: dict[str, Card] = {}
        self._drawn: dict[str, Drawn] = {}
        self._groups: dict[str, tuple[Card, FigureGrid]] = {}
        self.keys = TileKeys(self)
        self._pair = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._pair.setSpacing(SPACE.large)
        self._pictures = QGridLayout()
        self._pictures.setSpacing(SPACE.large)
        self.activities = activities_table(self, today)
        self.overdue = overdue_table(self, today)
        self._no_activities = QLabel(NO_ACTIVITIES, self)
        self._no_activities.setProperty("role", "quiet")
        self._not_kept = QLabel(self)
        self._not_kept.setProperty("role", "small")
        self._not_kept.setWordWrap(True)
        self._lay_out()
        self.activities.opened.connect(partial(self._open, ACTIVITIES))
        self.overdue.opened.connect(partial(self._open, VISITS))

    def show_report(self, report: PeriodFigures) -> None:
        """Show another period, or the same one with new figures; the keyboard stays where it is."""
        for group in report.groups:
            self._show_group(group)
        self.keys.set_tiles([self.tiles[line.name] for line in report.lines])
        self._drawn = {drawn.key: drawn for drawn in report.charts}
        for drawn in report.charts:
            self._chart(drawn).set_chart(drawn.chart)
        self._place_charts()
        self.activities.show_rows(report.activities)
        self._activity_card.setVisible(bool(report.activities))
        self.overdue.show_rows(report.overdue)
        self._overdue_card.setVisible(bool(report.overdue))
        self._not_kept.setText(f"上报月表中的{'、'.join(report.not_kept)}还没有台账，暂不列出。")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_pictures"):
            self._fit()

    def _lay_out(self) -> None:
        for title in ("来访", "时限", "评价", "活动", "现在"):
            card = Card(parent=self.widget())
            grid = FigureGrid(card)
            # The words of a tile, not its edge, stand below the heading.
            card.body.setContentsMargins(SPACE.hair, 0, SPACE.hair, 0)
            card.body.setSpacing(SPACE.hair)
            card.body.addWidget(_heading(NOW_TITLE if title == "现在" else title, card))
            card.body.addWidget(grid)
            self._groups[title] = (card, grid)
            if title == "活动":
                card.body.addWidget(self._no_activities)
                self._no_activities.setContentsMargins(SPACE.medium, 0, 0, 0)
            if title in ("时限", "评价"):
                self._pair.addWidget(card, 1)
            else:
                self.body.addWidget(card)
            if title == "评价":
                self.body.addLayout(self._pair)
        self.body.addLayout(self._pictures)
        self._activity_card = Card("本期活动", self.widget())
        self._activity_card.add_list(self.activities)
        self._overdue_card = Card("现在超期的事项", self.widget())
        self._overdue_card.add_list(self.overdue)
        for widget in (self._overdue_card, self._activity_card, self._not_kept):
            self.body.addWidget(widget)
        self.body.addStretch(1)

    # --- figures -------------------------------------------------------------------------------

    def _show_group(self, group: FigureGroup) -> None:
        _, grid = self._groups[group.title]
        tiles = [self._tile(line, grid) for line in group.lines]
        nothing = group.title == "活动" and not any(
            line.value or (line.before and line.before.value) for line in group.lines
        )
        if group.title == "活动":
            self._no_activities.setVisible(nothing)
            grid.setVisible(not nothing)
        grid.set_tiles(tiles)

    def _tile(self, line: FigureLine, grid: FigureGrid) -> FigureTile:
        tile = self.tiles.get(line.name)
        if tile is None:
            tile = self.tiles[line.name] = FigureTile(line, grid)
            tile.wanted.connect(self._ask_rows)
            tile.looked_at.connect(self.looked_at)
        tile.set_line(line, opens=self.opens(line))
        return tile

    def opens(self, line: FigureLine) -> bool:
        """Whether the rows behind a figure can be gone to from here, and there are any."""
        return line.rows is not None and line.rows.kind in self.places and bool(line.value)

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
        """The chart over time across, the others in two columns where there is room."""
        while self._pictures.count():
            self._pictures.takeAt(0)
        columns = 2 if self.viewport().width() >= self._scaled(_TWO_CHARTS_FROM) else 1
        at = 0
        for key, card in self._chart_cards.items():
            card.setVisible(key in self._drawn)
            if key not in self._drawn:
                continue
            if key == "over_time":
                self._pictures.addWidget(card, 0, 0, 1, columns)
                at = columns
                continue
            self._pictures.addWidget(card, at // columns, at % columns)
            at += 1
        for column in range(2):
            self._pictures.setColumnStretch(column, 1 if column < columns else 0)

    # --- room ----------------------------------------------------------------------------------

    def _fit(self) -> None:
        wide = self.viewport().width() >= self._scaled(_SIDE_BY_SIDE_FROM)
        way = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        self._pair.setDirection(way)
        for view in self.charts.values():
            view.setFixedHeight(round(18.5 * theme_of().metrics.body))
        self._place_charts()

    def _scaled(self, width: int) -> float:
        return width * theme_of().metrics.body / 14

    def _open(self, kind: str, uid: object) -> None:
        found = parse_uid(str(uid))
        if found is not None and kind in self.places:
            self.record_wanted.emit((kind, found))


def _heading(title: str, card: Card) -> QLabel:
    label = QLabel(title, card)
    label.setProperty("role", "section")
    label.setContentsMargins(SPACE.medium, 0, 0, 0)
    return label
