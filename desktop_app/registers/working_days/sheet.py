"""The sheet of changed working days."""

from __future__ import annotations

from collections.abc import Sequence

from desktop_app.core.day_text import LATEST, parse_day
from desktop_app.core.fields import Choice
from desktop_app.core.ids import Uid
from desktop_app.registers.working_days import store
from desktop_app.registers.working_days.record import KIND
from desktop_app.registers.working_days.register import WORKING_DAYS
from desktop_app.sheets.columns import changing, columns_of, wide_form
from desktop_app.sheets.spec import CellKind, Connection, SheetSpec

_column = columns_of(KIND)
_WORKS, _RESTS = "上班", "休息"


def _known(connection: Connection, _name: str, texts: Sequence[str]) -> dict[str, Uid]:
    days = {day: text for text in texts if (day := parse_day(text, LATEST)) is not None}
    found = store.SHELF.parts(connection, ("day", "uid"), "day", days)
    return {days[day]: uid for day, uid in found}


assert WORKING_DAYS.adding is not None
SHEETS = (
    SheetSpec(
        kind=KIND.name,
        title="工作日调整",
        about="与国家日历不同的日子，每行一天，写明上班还是休息。",
        columns=(
            _column("day", "day", required=True),
            _column(
                "is_workday",
                "",
                CellKind.CHOICE,
                label="上班或休息",
                words=(_WORKS, "是否上班", "安排"),
                required=True,
                choices=(Choice("true", _WORKS), Choice("false", _RESTS)),
                synonyms=(
                    ("是", "true"), ("补班", "true"), ("工作日", "true"),
                    ("否", "false"), ("放假", "false"), ("休", "false"), ("假日", "false"),
                ),
                out=lambda told: _WORKS if told.record.is_workday else _RESTS,
            ),
            _column("reason", "remark", words=("事由", "节日"), width=30),
        ),
        keys=("day",),
        known=_known,
        changing=changing(WORKING_DAYS, store.SHELF, wide_form(WORKING_DAYS.adding.form, KIND)),
    ),
)  # fmt: skip
