"""The charts of a street: how it went month by month, and where the matters came from. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from desktop_app.core.books import Book
from desktop_app.core.chart import REST, BarChart, Series, bars
from desktop_app.core.figures import Counts, Span
from desktop_app.core.periods import Period
from desktop_app.core.told import Drawn, Rows

MOST_MONTHS = 13
"""A year and the month it is compared with."""
MOST_COMMUNITIES = 12
_UNITS = {"件数": "件", "场次": "场"}


def months_shown(period: Period) -> list[Period]:
    """The months of the chart over time: those of the period, or the year up to a short one."""
    months = list(period.months)
    while len(months) < MOST_MONTHS and len(period.months) < MOST_MONTHS - 1:
        months.insert(0, months[0].previous)
    return months


def trend(
    book: Book[Any], months: Sequence[Period], counts: Mapping[str, Counts], today: Any
) -> Drawn:
    """The ledger's first figure month by month; what has not come yet is left open."""
    figure = book.figure(book.trend)
    title = f"每月{figure.label}"
    values: list[int | None] = []
    targets = {}
    labels = [_label(month, months) for month in months]
    for month, label in zip(months, labels, strict=True):
        if month.first > today:
            values.append(None)
            continue
        value = figure.value(counts[str(month)])
        values.append(value if isinstance(value, int) else None)
        if figure.rows is not None:
            wanted = figure.rows(Span(month.first, month.last, today))
            targets[title, label] = Rows(book.kind, wanted)
    unit = next((unit for word, unit in _UNITS.items() if figure.label.endswith(word)), "")
    chart = BarChart(title, tuple(labels), (Series(title, tuple(values)),), unit)
    return Drawn(f"{book.kind}.trend", chart, targets)


def _label(month: Period, months: Sequence[Period]) -> str:
    """The month, with its year where two months of one name stand in the chart."""
    namesakes = [one for one in months if one.index == month.index]
    return f"{month.index}月" if len(namesakes) == 1 else f"{month.year % 100}年{month.index}月"


def by_community(title: str, times: Mapping[str, int], note: str) -> Drawn:
    """What came in by community, in the order of their names: nobody is ranked."""
    names = [name for name in times if times[name]]
    kept = sorted(names, key=lambda name: -times[name])[:MOST_COMMUNITIES]
    parts = [(name, times[name]) for name in names if name in kept]
    others = sum(times[name] for name in names if name not in kept)
    if others:
        parts.append((REST, others))
    return Drawn("by_community", bars(title, parts, "件", note))
