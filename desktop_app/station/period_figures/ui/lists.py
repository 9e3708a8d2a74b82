"""The two lists of a report: activities of the period, and what is overdue now, masked."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

from PySide6.QtWidgets import QWidget

from desktop_app.core.wording import list_day, number
from desktop_app.ledgers.activities.rules.activity import kind_label
from desktop_app.ledgers.activities.rules.listing import ActivityLine
from desktop_app.station.period_figures.rules.told import OverdueLine
from desktop_app.widgets.table_model import Cell, Column
from desktop_app.widgets.whole_table import WholeTable


def activities_table(parent: QWidget, today: Callable[[], date]) -> WholeTable:
    """活动: day, name, kind, place, who was there, where it stands."""

    def read(value: Callable[[ActivityLine], Cell], row: object) -> Cell:
        assert isinstance(row, ActivityLine)
        return value(row)

    columns = (
        Column("日期", partial(read, lambda row: list_day(row.day, today=today())), 148),
        Column("活动名称", partial(read, lambda row: row.name), 220, "bold", stretch=True),
        Column("类别", partial(read, lambda row: kind_label(row.kind)), 116),
        Column("地点", partial(read, lambda row: row.place_words), 160, "quiet"),
        Column("到场人次", partial(read, _present), 88, "number"),
        Column("状态", partial(read, lambda row: row.state.label), 88),
    )
    return WholeTable(columns, lambda row: row.uid.hex, parent, "本期活动")  # type: ignore[attr-defined]


def overdue_table(parent: QWidget, today: Callable[[], date]) -> WholeTable:
    """超期: number, what it is about, when it was due, how late it is, who has it. Names masked."""

    def read(value: Callable[[OverdueLine], Cell], row: object) -> Cell:
        assert isinstance(row, OverdueLine)
        return value(row)

    columns = (
        Column("编号", partial(read, lambda row: row.number), 160),
        Column("姓名", partial(read, lambda row: row.name), 88),
        Column("事项", partial(read, lambda row: row.matter), 220, "bold", stretch=True),
        Column("到期日", partial(read, lambda row: list_day(row.due, today=today())), 148),
        Column("超时", partial(read, lambda row: row.late), 148),
        Column("首问责任人", partial(read, lambda row: row.clerk), 108, "quiet"),
    )
    return WholeTable(columns, lambda row: row.uid.hex, parent, "现在超期的事项")  # type: ignore[attr-defined]


def _present(row: ActivityLine) -> str:
    return number(row.counts.present) if row.held else ""
