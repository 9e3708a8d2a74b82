"""The sheet of operators: accounts are made by hand, so it is only written."""

from __future__ import annotations

from desktop_app.registers.people.record import KIND
from desktop_app.sheets.columns import only_written
from desktop_app.sheets.spec import SheetSpec

SHEETS = (
    SheetSpec(
        kind=KIND.name,
        title="操作员名单",
        about="能登录的人，每行一位。只能导出。",
        columns=tuple(
            only_written(KIND.field(name))
            for name in ("name", "role", "active", "password_changed")
        ),
    ),
)
