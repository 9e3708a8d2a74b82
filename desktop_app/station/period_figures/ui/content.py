"""What stands on the page below the choice of the period: figures, charts, lists."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from types import MappingProxyType

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QWidget

from desktop_app.core.ids import parse_uid
from desktop_app.station.period_figures.rules.told import PeriodFigures
from desktop_app.station.period_figures.service.report import ACTIVITIES
from desktop_app.station.period_figures.ui.lists import activities_table, overdue_table
from desktop_app.widgets.figure_cards import FigureCards
from desktop_app.widgets.forms import Card

NOW_TITLE = "现在（与所选的时间段无关）"
NO_ACTIVITIES = "本期没有活动，也没有计划。"


class ReportContent(FigureCards):
    """Shows one report. `record_wanted` carries a (kind, uid) pair."""

    record_wanted = Signal(object)

    across = frozenset({"over_time"})
    titles = MappingProxyType({"现在": NOW_TITLE})
    nothing = MappingProxyType({"活动": NO_ACTIVITIES})

    def __init__(self, today: Callable[[], date], parent: QWidget) -> None:
        super().__init__(parent)
        self.activities = activities_table(self, today)
        self.overdue = overdue_table(self, today)
        self._late_kinds: dict[str, str] = {}
        self._not_kept = QLabel(self)
        self._not_kept.setProperty("role", "small")
        self._not_kept.setWordWrap(True)
        self._activity_card = Card("本期活动", self.widget())
        self._activity_card.add_list(self.activities)
        self._overdue_card = Card("现在超期的事项", self.widget())
        self._overdue_card.add_list(self.overdue)
        for widget in (self._overdue_card, self._activity_card, self._not_kept):
            self.body.addWidget(widget)
        self.body.addStretch(1)
        self.activities.opened.connect(partial(self._open, ACTIVITIES))
        self.overdue.opened.connect(self._open_overdue)

    def show_report(self, report: PeriodFigures) -> None:
        """Show another period, or the same one with new figures; the keyboard stays where it is."""
        self.show_figures(report.groups, report.charts)
        self.activities.show_rows(report.activities)
        self._activity_card.setVisible(bool(report.activities))
        self.overdue.show_rows(report.overdue)
        self._late_kinds = {row.uid.hex: row.kind for row in report.overdue}
        self._overdue_card.setVisible(bool(report.overdue))
        self._not_kept.setText(f"上报月表中的{'、'.join(report.not_kept)}还没有台账，暂不列出。")

    def _open_overdue(self, uid: object) -> None:
        self._open(self._late_kinds.get(str(uid), ""), uid)

    def _open(self, kind: str, uid: object) -> None:
        found = parse_uid(str(uid))
        if found is not None and kind in self.places:
            self.record_wanted.emit((kind, found))
