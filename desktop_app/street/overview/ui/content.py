"""What stands on the page 总览 below the choice of the period."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from types import MappingProxyType

from PySide6.QtWidgets import QLabel, QWidget

from desktop_app.core.told import Breakdown
from desktop_app.core.wording import Term
from desktop_app.street.overview.rules.told import StreetFigures, Waiting
from desktop_app.street.overview.ui.parts import PartsCard
from desktop_app.widgets.figure_cards import FigureCards
from desktop_app.widgets.forms import Card
from desktop_app.widgets.table_model import Cell, Column
from desktop_app.widgets.whole_table import WholeTable

NOW_TITLE = "现在（与所选的时间段无关）"
NO_ACTIVITIES = "本期没有活动，也没有计划。"
WAITING_TITLE = f"{Term.NOT_REPORTED}的站点"


class StreetContent(FigureCards):
    """Shows one overview and its parts."""

    across = frozenset({"visits.trend", "activities.trend", "by_community"})
    titles = MappingProxyType({"现在": NOW_TITLE})
    nothing = MappingProxyType({"活动": NO_ACTIVITIES})

    def __init__(self, today: Callable[[], date], parent: QWidget) -> None:
        super().__init__(parent)
        self.parts = PartsCard(self.widget())
        self.waiting = _waiting_table(self, today)
        self._waiting_card = Card(WAITING_TITLE, self.widget())
        self._waiting_card.add_list(self.waiting)
        self._not_kept = QLabel(self)
        self._not_kept.setProperty("role", "small")
        self._not_kept.setWordWrap(True)
        # Between the figures and the charts.
        self.body.insertWidget(1, self._waiting_card)
        self.body.insertWidget(2, self.parts)
        self.body.addWidget(self._not_kept)
        self.body.addStretch(1)
        self.parts.rows_wanted.connect(self._go)

    def show_report(self, report: StreetFigures, parts: Breakdown) -> None:
        """Show another period, or the same one with new figures; the keyboard stays where it is."""
        self.show_figures(report.groups, report.charts)
        self.parts.places = self.places
        self.parts.show_parts(parts, merged=report.merged)
        self.waiting.show_rows(report.waiting)
        self._waiting_card.setVisible(bool(report.waiting))
        self._not_kept.setText(f"上报月表中的{'、'.join(report.not_kept)}还没有台账，暂不列出。")

    def between(self) -> list[QWidget]:
        parts = self.parts
        table = [] if parts.table is None else [parts.table]
        return [self.waiting, parts.by, parts.belonging, *table]

    def _go(self, rows: object) -> None:
        self.rows_wanted.emit(rows)


def _waiting_table(parent: QWidget, today: Callable[[], date]) -> WholeTable:
    """Who has not reported: code, name, until when; the longest waited for first."""

    def read(value: Callable[[Waiting], Cell], row: object) -> Cell:
        assert isinstance(row, Waiting)
        return value(row)

    columns = (
        Column("编码", partial(read, lambda row: row.code), 100),
        Column("站点", partial(read, lambda row: row.name), 260, "bold", stretch=True),
        Column("报送到", partial(read, lambda row: row.words(today())), 260),
    )
    return WholeTable(columns, lambda row: row.code, parent, WAITING_TITLE)  # type: ignore[attr-defined]
