"""Changed working days as a sheet."""

from __future__ import annotations

from desktop_app.storage.session import Desk
from tests.sheets.taking import (
    change,
    known,
    stored,
    take_in,
)


def test_a_day_of_rest_or_work_is_told_in_words(desk: Desk) -> None:
    rest, work = take_in(
        desk,
        "working_days",
        {"日期": "2026-10-01", "上班或休息": "放假", "事由": "国庆节"},
        {"日期": "2026-10-10", "上班或休息": "补班"},
    )

    assert (rest.is_workday, rest.reason, work.is_workday) == (False, "国庆节", True)
    assert known(desk, "working_days", "day", "2026-10-01") == {"2026-10-01": rest.uid}
    change(desk, "working_days", rest.uid, {"日期": "2026-10-01", "上班或休息": "上班"})
    assert stored(desk, "working_days", rest.uid).is_workday
