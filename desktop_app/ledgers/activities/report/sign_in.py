"""活动签到表: who has signed up, and empty rows for everybody else.

It is asked for ten minutes before people arrive: whatever is not known of the activity is left out,
and a sheet nobody has signed up for is a sheet of empty rows.
"""

from __future__ import annotations

from desktop_app.core.letterhead import Letterhead
from desktop_app.core.masking import mask_phone
from desktop_app.ledgers.activities.report.data import ActivityData, time_words
from desktop_app.ledgers.activities.rules.attendance import Attendance
from desktop_app.printing.document import Document
from desktop_app.printing.form_frame import FormFrame
from desktop_app.printing.page import MM
from desktop_app.printing.paragraph import Align
from desktop_app.printing.table import Table
from desktop_app.printing.table_layout import Column

ROWS = 25
"""Rows on a page, about 9 mm high: 25 rows of 12 mm are longer than A4."""

TALL_ROWS = 18
"""Rows on a page that are at least 12 mm high, for hands that write large."""

_COLUMNS = (
    Column("序号", Align.CENTER, width=11 * MM),
    Column("姓名", Align.CENTER, width=25 * MM),
    Column("单位/小区", width=36 * MM),
    Column("身份", Align.CENTER, width=19 * MM),
    Column("电话", Align.CENTER, width=27 * MM),
    Column("签到时间", Align.CENTER, width=18 * MM),
    Column("签退时间", Align.CENTER, width=18 * MM),
    Column("签名", Align.CENTER, width=28 * MM),
)


def sign_in(
    data: ActivityData, head: Letterhead, blank_rows: int = ROWS, rows_a_page: int = ROWS
) -> Document:
    """签到表: everybody on the sheet, then at least `blank_rows` empty rows, the page filled."""
    told = data.activity
    facts = [f"活动名称：{told.name}", f"时间：{time_words(told, head)}"]
    facts += [f"地点：{data.where}"] if data.where else []
    rows = [_row(row, head) for row in data.rows if not row.deleted]
    wanted = max(1, len(rows) + max(0, blank_rows))
    whole_pages = -(-wanted // rows_a_page) * rows_a_page
    rows += [("",) * 7] * (whole_pages - len(rows))
    numbered = [(str(number), *row) for number, row in enumerate(rows, start=1)]
    return Document(
        "活动签到表",
        (Table(_COLUMNS, numbered, size=10.5, rows_a_page=rows_a_page),),
        head.made_at,
        FormFrame(head.signed_by, head.made_at, tuple(facts), head.mark),
        author=head.signed_by,
        subject=told.number,
    )


def _row(row: Attendance, head: Letterhead) -> tuple[str, ...]:
    """A line without its number; a phone that comes masked stays as it is."""
    times = (f"{head.local(at):%H:%M}" if at else "" for at in (row.arrived_at, row.left_at))
    phone = row.phone if "*" in row.phone else mask_phone(row.phone)
    return (row.name, row.unit, row.group.label, phone, *times, "")
