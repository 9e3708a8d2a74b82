"""The charts of the three lists from what was counted, with the rows behind each part. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from desktop_app.core.chart import REST, bars, ring
from desktop_app.core.figures import Counts
from desktop_app.core.periods import Period
from desktop_app.core.told import Drawn, Rows
from desktop_app.ledgers.three_lists.rules.listing import DutyFilter, ProblemFilter

PROBLEMS, DUTIES = "problems", "duties"
"""What the charts lead to the rows of."""

MOST_PARTS = 8
NO_CATEGORY = "未分类"


def by_category(period: Period, times: Mapping[str, int]) -> Drawn:
    """Problems raised by category, the most frequent first."""
    wanted: Any = lambda name: ProblemFilter(  # noqa: E731
        since=period.first, until=period.last, category=name
    )
    return _bars("problems_by_category", "问题类别", times, PROBLEMS, wanted)


def by_unit(period: Period, times: Mapping[str, int]) -> Drawn:
    """Duties by 责任单位, the most frequent first."""
    wanted: Any = lambda name: DutyFilter(since=period.first, until=period.last, unit=name)  # noqa: E731
    return _bars("duties_by_unit", "责任单位", times, DUTIES, wanted)


def in_time(period: Period, counts: Counts) -> Drawn:
    """按时 and 超时 of what was closed."""
    title = "按时与超时销号"
    parts = [("按时销号", counts["on_time"]), ("超时销号", counts["late"])]
    ended: Any = {"closed_since": period.first, "closed_until": period.last}
    targets = {
        (title, parts[0][0]): Rows(DUTIES, DutyFilter(in_time=True, **ended)),
        (title, parts[1][0]): Rows(DUTIES, DutyFilter(in_time=False, **ended)),
    }
    return Drawn("duties_in_time", ring(title, parts, "条"), targets)


def _bars(name: str, title: str, times: Mapping[str, int], kind: str, wanted: Any) -> Drawn:
    most = sorted(times, key=lambda part: (-times[part], part))
    kept, others = most[:MOST_PARTS], most[MOST_PARTS:]
    parts = [(part or NO_CATEGORY, times[part]) for part in kept]
    targets = {(title, part): Rows(kind, wanted(part)) for part in kept if part}
    if others:
        parts.append((REST, sum(times[part] for part in others)))
    return Drawn(name, bars(title, parts, "条"), targets)
