"""Puts the figures of a period together from what was counted, at a station or a street. Pure.

Which figures there are is said by the books (`core/books`); here they are set beside the period
before and last year's, and kept from telling what must not be told.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from desktop_app.core.books import Book
from desktop_app.core.comparing import YEAR_AGO, before_words, compared, value_words
from desktop_app.core.figures import Counts, Figure, Rate, Span, Value
from desktop_app.core.periods import Period, PeriodKind
from desktop_app.core.told import Cell, Compared, FigureGroup, FigureLine, Rows

Books = Sequence[Book[Any]]

UPWARD = (
    "登记总数", "即办", "限时办理", "按时办结", "超时办结", "未办结", "办结率", "按时率", "评价数",
    "满意率", "差评数", "整改数", "活动场次", "活动人次", "志愿服务人次", "志愿服务小时", "协议数",
    "问题入单", "问题销号",
)  # fmt: skip
"""The columns of the upward monthly table after 单位, in its order (domain 3.9)."""

NOW = "现在"
"""The title of how things stand, whatever the period."""

Narrow = Callable[[Any], Any]
"""Makes the filter behind a figure lead to a part of its rows only; None where no list has them."""


@dataclass(frozen=True)
class Reading:
    """What was counted in one period, by the kind of each book.

    `shown` are the counts guarded figures are told from, None where they must not be told at all;
    `beside` is what is said beside them then.
    """

    span: Span
    counts: Mapping[str, Counts]
    shown: Mapping[str, Counts | None] = field(default_factory=dict)
    beside: Mapping[str, str] = field(default_factory=dict)

    def is_empty(self, books: Books) -> bool:
        """Whether nothing at all was written down: then nobody worked with the program yet."""
        return not any(self.counts[book.kind][name] for book in books for name in book.alive)

    def value(self, book: Book[Any], figure: Figure[Any]) -> Value | None:
        """A figure as far as it may be told."""
        counts = self.counts[book.kind]
        if figure.name not in book.guarded:
            return figure.value(counts)
        # From what is shown of them, never from all: the difference would tell one of them.
        shown = self.shown.get(book.kind)
        return None if shown is None else figure.value({**counts, **shown})


def groups(
    books: Books, period: Period, now: Reading, before: Reading, year_ago: Reading
) -> tuple[FigureGroup, ...]:
    """Every figure of a period, compared, and how things stand now."""
    made = []
    for book in books:
        told = {
            figure.name: _told(books, book, figure, period, (now, before, year_ago))
            for figure in book.figures
        }
        made += [
            FigureGroup(title, tuple(told[name] for name in names)) for title, names in book.groups
        ]
    standing = [line(book, figure, now) for book in books for figure in book.now]
    return (*made, FigureGroup(NOW, tuple(standing)))


def _told(
    books: Books,
    book: Book[Any],
    figure: Figure[Any],
    period: Period,
    readings: tuple[Reading, Reading, Reading],
) -> FigureLine:
    now, before, year_ago = readings
    found = line(book, figure, now)

    def beside(then: Reading, called: str) -> Compared:
        value = None if then.is_empty(books) else then.value(book, figure)
        if isinstance(value, Rate) and value.whole == 0:
            value = None
        return compared(found.value, value, called)

    return replace(
        found,
        before=beside(before, before_words(period)),
        year_ago=None if period.kind is PeriodKind.YEAR else beside(year_ago, YEAR_AGO),
    )


def line(
    book: Book[Any], figure: Figure[Any], now: Reading, narrow: Narrow | None = None
) -> FigureLine:
    """One figure by itself, compared with nothing; `narrow` where it is of a part only."""
    counts = now.counts[book.kind]
    value = now.value(book, figure)
    return FigureLine(
        name=f"{book.kind}.{figure.name}",
        label=figure.label,
        how=figure.how,
        value=value,
        words=value_words(value),
        beside=now.beside.get(book.kind, "") if figure.name in book.guarded else "",
        rows=_rows(book, figure, now.span, narrow),
        column=figure.column,
        unlisted=counts[figure.unlisted] if figure.unlisted else 0,
        late=figure.late,
    )


def _rows(book: Book[Any], figure: Figure[Any], span: Span, narrow: Narrow | None) -> Rows | None:
    if figure.rows is None:
        return None
    wanted = figure.rows(span)
    if narrow is not None:
        wanted = narrow(wanted)
    return None if wanted is None else Rows(book.kind, wanted)


def upward_table(books: Books, unit: str, told: Iterable[FigureLine]) -> tuple[Cell, ...]:
    """One row of the upward monthly table: the unit and what the ledgers fill, in its order."""
    lines = {line.name: line for line in told}
    by_label = {
        label: f"{book.kind}.{name}" for book in books for label, name in book.upward.items()
    }
    cells = [Cell(label, lines[by_label[label]].words) for label in UPWARD if label in by_label]
    return (Cell("单位", unit), *cells)


def headline(books: Books) -> tuple[str, ...]:
    """The figures that a table of parts has columns for."""
    return tuple(f"{book.kind}.{name}" for book in books for name in book.headline)


def not_kept(books: Books) -> tuple[str, ...]:
    """The columns of the upward monthly table whose ledgers are not kept yet."""
    kept = {label for book in books for label in book.upward}
    return tuple(label for label in UPWARD if label not in kept)


def remark(period: Period, today: date) -> str:
    """What must be known of a period that has not ended; nothing of one that has."""
    if today > period.last:
        return ""
    if today < period.first:
        return f"{period.label}还没有开始。"
    counted = f"{today.month}月{today.day}日"
    others = "" if period.kind is PeriodKind.YEAR else f"和{YEAR_AGO}"
    return f"统计到{counted}，本期还没有结束；比较的是整个{before_words(period)}{others}。"
