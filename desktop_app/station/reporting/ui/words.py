"""What the page says of a station's reporting: from the service's dataclasses to sentences."""

from __future__ import annotations

from datetime import date

from desktop_app.core.clock import Millis, Zone
from desktop_app.core.wording import Term, list_moment, number, waited
from desktop_app.station.reporting.rules.reports import Export, ReportingState

NEVER_CONFIRMED = "还没有"
NEVER_REPORTED = "尚未向街道上报"
NO_STREET = "未接入街道"
NOTHING_WAITING = "没有新的内容要上报。要再送一次，在下面的记录里选那一份。"

_CLOCKS_ALIKE_MS = 10 * 60 * 1000
RECONCILE_FIRST = "先重新对账，再上报；怎么做写在上面。"
ALL_SENT = "都已送达，等街道的回执。U 盘丢了或街道没收到，可以再报一次，街道不会重复计数。"


def span(export: Export) -> str:
    """The change numbers of an export: 121–340; — when it carried none."""
    return f"{export.first}–{export.last}" if export.changes else "—"


def is_late(state: ReportingState, joined: date, zone: Zone, today: date, days: int) -> bool:
    """Whether it is time to remind somebody: there is something to report, and for so many days
    the street has confirmed nothing, or the station has not reported since it `joined`. 0 days:
    never."""
    if not days or not state.street or not (state.waiting or state.photos_waiting):
        return False
    last = joined if state.confirmed_at is None else zone.day(state.confirmed_at)
    return (today - last).days >= days


def reminder(state: ReportingState, zone: Zone, today: date) -> str:
    """The sentence across the window when it is time."""
    if state.confirmed_at is None:
        return f"{NEVER_REPORTED}，待上报 {number(state.waiting)} 条。"
    ago = waited(zone.day(state.confirmed_at), today)
    return f"街道最后一次确认是{ago}，待上报 {number(state.waiting)} 条。"


def delivered_only(state: ReportingState, lineage: str) -> int:
    """How many of the waiting changes lie in what was delivered and has no receipt yet.

    What another line of this home's descent has sent, before a restore, is of no use any more.
    """
    last = state.last_delivery
    if last is None or last.confirmed_at is not None or last.lineage != lineage:
        return 0
    if state.needs_reconcile:
        return 0
    return max(0, min(state.waiting, last.last - state.confirmed))


def strip_words(state: ReportingState, zone: Zone, today: date) -> str:
    """What the foot of the window says of the reporting."""
    if not state.street:
        return NO_STREET
    if state.needs_reconcile:
        return f"要先{Term.RECONCILE.value}再上报"
    if state.confirmed_at is None:
        return NEVER_REPORTED
    return f"上报最后确认 {waited(zone.day(state.confirmed_at), today)}"


def clock_words(offset: int | None) -> str:
    """What to say of the street's clock minus ours, in ms; nothing while both go alike."""
    if offset is None or abs(offset) < _CLOCKS_ALIKE_MS:
        return ""
    minutes = abs(offset) // 60_000
    length = f"{number(minutes // 60)} 小时" if minutes >= 120 else f"{minutes} 分钟"
    return f"本机的时间比街道{'慢' if offset > 0 else '快'}约 {length}，请校准电脑的日期和时间。"


def moment(at: Millis | None, zone: Zone, today: date) -> str:
    """A point in time, or — for none."""
    return "—" if at is None else list_moment(at, zone, today=today)
