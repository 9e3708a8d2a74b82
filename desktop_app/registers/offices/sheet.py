"""The sheet of a street's stations: they join with keys, so it is only written."""

from __future__ import annotations

from desktop_app.registers.offices.record import KIND
from desktop_app.sheets.columns import only_written
from desktop_app.sheets.spec import SheetSpec

SHEETS = (
    SheetSpec(
        kind=KIND.name,
        title="站点名录",
        about="街道所辖的站点，每行一个。只能导出。",
        columns=tuple(
            only_written(KIND.field(name), width=width)
            for name, width in (
                ("code", 12),
                ("name", 28),
                ("since", 12),
                ("until", 12),
                ("state", 10),
                ("successor", 16),
                ("origin", 16),
                ("moved_to", 16),
                ("note", 30),
            )
        ),
    ),
)
