"""The charts of activities from what was counted, each with the rows behind its parts. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from desktop_app.core.chart import bars, ring
from desktop_app.core.figures import Counts
from desktop_app.core.periods import Period
from desktop_app.core.told import Drawn, Rows
from desktop_app.ledgers.activities.rules.activity import Group, kind_label
from desktop_app.ledgers.activities.rules.listing import ActivityFilter

NAME = "activities"
"""What the charts lead to the rows of."""


def by_kind(period: Period, held: Iterable[tuple[str, int]]) -> Drawn:
    """场次 of each kind of activity, in this order."""
    found = list(held)
    title = "各类活动场次"
    targets = {(title, kind_label(kind)): _held(period, kind=kind) for kind, _ in found}
    parts = [(kind_label(kind), times) for kind, times in found]
    return Drawn("by_kind", bars(title, parts, "场"), targets)


def by_group(period: Period, counts: Counts) -> Drawn:
    """人次 by what people took part as."""
    title = "参加人次构成"
    parts = [(group.label, counts[group.value]) for group in Group if counts[group.value]]
    targets = {(title, group.label): _held(period) for group in Group}
    return Drawn("by_group", ring(title, parts, "人次"), targets)


def _held(period: Period, kind: str = "") -> Rows:
    wanted = ActivityFilter(since=period.first, until=period.last, held=True, kind=kind)
    return Rows(NAME, wanted)
