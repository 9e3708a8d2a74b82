"""Whether the PC's clock can be believed. It only warns; what may be saved is for each ledger."""

from __future__ import annotations

from desktop_app.core.rights import Right
from desktop_app.storage.audit import latest_moment
from desktop_app.storage.session import Desk

EARLIEST_YEAR = 2020
_LOOK_BACK = 500
_TOLERANCE_MS = 5 * 60 * 1000


def clock_warning(desk: Desk) -> str | None:
    """A sentence for the banner when the clock stands before 2020 or before what is on record.

    A machine whose clock battery died starts in 2000 or so. Only the last 500 entries are looked
    at, so that one day with a clock in the future does not warn for ever; five minutes are left
    for clocks that are set right by the network.
    """
    now = desk.database.clock.now()
    zone = desk.database.zone
    if zone.local(now).year < EARLIEST_YEAR:
        return (
            f"这台电脑的日期是 {zone.local(now):%Y-%m-%d}，多半是主板电池没电了。"
            "已有的记录都在；新的登记要等校准后才能保存，请先校准电脑右下角的日期和时间。"
        )
    with desk.reading(needs=Right.SIGN_IN) as connection:
        last = latest_moment(connection, _LOOK_BACK) or now
    if now < last - _TOLERANCE_MS:
        return (
            f"这台电脑的时间是 {zone.local(now):%Y-%m-%d %H:%M}，"
            f"比最近一条记录（{zone.local(last):%Y-%m-%d %H:%M}）还早。"
            "已有的记录都在；新的登记日期和时间会跟着错，请先校准电脑右下角的日期和时间。"
        )
    return None
