"""The table of a period for a spreadsheet. CSV: whoever asks for a workbook gets one later."""

from __future__ import annotations

from pathlib import Path

from desktop_app.core.periods import Period
from desktop_app.core.rights import Right
from desktop_app.core.told import Breakdown
from desktop_app.storage.files import write_atomic
from desktop_app.storage.session import Desk
from desktop_app.street.overview.rules.written import table_of


def save_table(desk: Desk, path: Path, parts: Breakdown, period: Period) -> Path:
    """Write every figure of every part as CSV; the audit says that somebody took them along."""
    desk.actor.require(Right.EXPORT)
    if not path.suffix:
        path = path.with_suffix(".csv")
    write_atomic(path, table_of(parts), what="保存表格")
    with desk.unit_of_work("另存总览表格", needs=Right.EXPORT) as unit:
        unit.about(str(period), f"{period.label} 按{parts.by.label}")
    return path
