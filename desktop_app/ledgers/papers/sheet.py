"""The sheet of kept papers: what was made is made in the program, so it is only written."""

from __future__ import annotations

from desktop_app.ledgers.papers.record import KIND
from desktop_app.sheets.columns import only_written
from desktop_app.sheets.spec import SheetSpec

SHEETS = (
    SheetSpec(
        kind=KIND.name,
        title="文书存档",
        about="存下来的文书，每行一份。只能导出。",
        columns=tuple(
            only_written(KIND.field(name), width=width)
            for name, width in (
                ("day", 12),
                ("report", 20),
                ("title", 40),
                ("period", 14),
                ("pages", 8),
                ("made_by_name", 12),
                ("sha256", 66),
            )
        ),
    ),
)
