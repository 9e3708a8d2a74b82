"""The charts of visits from what was counted, each with the rows behind its parts. Pure.

What stands in no list (信访渠道告知) stands in no bar either: a bar leads to exactly its rows.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from desktop_app.core.chart import REST, BarChart, Series, bars, ring
from desktop_app.core.figures import Counts
from desktop_app.core.handling import Handling
from desktop_app.core.periods import Period
from desktop_app.core.satisfaction import Satisfaction
from desktop_app.core.told import Drawn, Rows
from desktop_app.core.wording import number
from desktop_app.ledgers.visits.rules.listing import VisitFilter

NAME = "visits"
"""What the charts lead to the rows of."""

MOST_CATEGORIES = 8
NO_CATEGORY = "未分类"


@dataclass(frozen=True, slots=True)
class Slot:
    """One bar of the chart over time: a day of a month, or a month of a longer period."""

    label: str
    first: date
    last: date


def slots(period: Period) -> list[Slot]:
    """The days of a month, the months of anything longer."""
    if period.parts:
        return [Slot(f"{month.index}月", month.first, month.last) for month in period.months]
    count = (period.last - period.first).days + 1
    days = (period.first + timedelta(days=number) for number in range(count))
    return [Slot(f"{day.day}日", day, day) for day in days]


def petitions_note(counts: Counts) -> str:
    """What stands below a chart while 信访渠道告知 is counted and in no bar."""
    petitions = counts["petitions"]
    return f"另有信访渠道告知 {number(petitions)} 件，只计数，不在图中。" if petitions else ""


def over_time(
    period: Period, today: date, by_day: Iterable[tuple[date, Handling, int]], note: str
) -> Drawn:
    """来访 by day or by month; what has not come yet is not 0 but left open."""
    times: Counter[date] = Counter()
    for day, _, count in by_day:
        times[day] += count
    values: list[int | None] = []
    targets = {}
    title = f"每{'月' if period.parts else '日'}登记件数"
    for slot in slots(period):
        if slot.first > today:
            values.append(None)
            continue
        values.append(sum(n for day, n in times.items() if slot.first <= day <= slot.last))
        targets[title, slot.label] = _visits(slot.first, slot.last)
    names = tuple(slot.label for slot in slots(period))
    series = (Series(title, tuple(values)),)
    return Drawn("over_time", BarChart(title, names, series, "件", note), targets)


def by_category(period: Period, times: Mapping[str, int], note: str) -> Drawn:
    """The most frequent categories, the others together as 其他."""
    most = sorted(times, key=lambda name: (name == REST, -times[name], name))
    kept, others = most[:MOST_CATEGORIES], most[MOST_CATEGORIES:]
    if others == [REST]:
        kept, others = most, []
    parts = [(name or NO_CATEGORY, times[name]) for name in kept]
    title = "业务类别"
    targets = {
        (title, name): _visits(period.first, period.last, category=name) for name in kept if name
    }
    if others:
        parts.append((REST, sum(times[name] for name in others)))
    return Drawn("by_category", bars(title, parts, "件", note), targets)


def by_handling(period: Period, by_day: Iterable[tuple[date, Handling, int]], note: str) -> Drawn:
    """How matters were handled, as parts of all."""
    times: Counter[Handling] = Counter()
    for _, handling, count in by_day:
        times[handling] += count
    title = "办理方式"
    parts = [(handling.label, times[handling]) for handling in Handling if times[handling]]
    targets = {
        (title, handling.label): _visits(period.first, period.last, handling=handling)
        for handling in Handling
    }
    return Drawn("by_handling", ring(title, parts, "件", note), targets)


def in_time(period: Period, counts: Counts) -> Drawn:
    """按时 and 超时 of what was closed and had a limit of the station's own."""
    title = "按时与超时办结"
    parts = [("按时办结", counts["on_time"]), ("超时办结", counts["late"])]
    ended = VisitFilter(in_time=True, closed_since=period.first, closed_until=period.last)
    targets = {
        (title, parts[0][0]): Rows(NAME, ended),
        (title, parts[1][0]): Rows(NAME, replace(ended, in_time=False)),
    }
    return Drawn("in_time", ring(title, parts, "件", "只算设有本站时限的。"), targets)


def evaluations(levels: Mapping[Satisfaction, int], received: int) -> Drawn:
    """The levels as far as they may be shown; no part of it leads anywhere."""
    shown = sum(levels.values())
    of_all = f"收到 {received} 件，显示其中 {shown} 件；" if shown < received else ""
    parts = [(level.label, levels[level]) for level in Satisfaction]
    note = f"{of_all}未评价不算在内，不列明细。"
    return Drawn("evaluations", bars("居民评价", parts, "件", note))


def _visits(first: date, last: date, **more: object) -> Rows:
    return Rows(NAME, VisitFilter(since=first, until=last, **more))  # type: ignore[arg-type]
