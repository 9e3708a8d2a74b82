"""Which column of a file is which column of a ledger: a proposal, and what it is remembered by.

The surest sign wins: the column's own label, then words of the ledger, then the table of headings,
then a heading that is nearly one of those, then what stands in the column. Pure.
"""

from __future__ import annotations

import difflib
import hashlib
import re
from collections.abc import Iterable, Sequence

from desktop_app.core.text import half_width, visible
from desktop_app.sheets.heading import Heading, Rows
from desktop_app.sheets.headings import CONCEPTS, KNOWN, RUNNING_NUMBER, normal, order_of
from desktop_app.sheets.spec import Cell, CellKind, Column

_SAMPLES = 60
_MOST_OF = 0.6
_LEAST_SAMPLES = 1
_EXACT, _WORD, _CONCEPT, _NEARLY, _CONTENT = 1000.0, 900.0, 800.0, 500.0, 300.0
_TYPO = 0.74
_HARMLESS = re.compile(
    "(?:居民|来访|群众|本人|个人|登记|具体|主要|所|的|信息|填写|必填|请|现|详细|常用|有效|人|者|员|您|名|及|与|或|和|全|真实|"
    "本次|此次|当前|最新|目前|一|二|1|2)+"
)
_OF_SOMEBODY_ELSE = re.compile(
    "监护|紧急|应急|配偶|[妻夫父母子女]|家长|代办|代理|联系人|联络|负责|队长|甲方|乙方|亲属|家属"
)


def pattern_of(heading: Heading) -> str:
    """What a heading is remembered by: the same for the same words, however they are spaced."""
    words = [normal(label) for label in heading.labels]
    while words and not words[-1]:
        words.pop()
    return hashlib.sha256("\n".join(words).encode()).hexdigest()[:32]


def guess(heading: Heading, columns: Sequence[Column], rows: Rows) -> dict[int, str]:
    """For columns of the file, by their place, the names of the ledger's columns.

    `rows` are those of the sheet. No column is taken twice; what is not understood is left out.
    """
    wanted = [column for column in columns if column.read]
    # What the program wrote by itself is not taken for something else when it comes back.
    ours = {normal(column.label) for column in columns if not column.read}
    ours -= {normal(column.label) for column in wanted}
    width = max(len(heading.labels), max(map(len, rows[heading.last + 1 :][:_SAMPLES]), default=0))
    labels = [*heading.labels, *[""] * (width - len(heading.labels))]
    samples = _Samples(rows[heading.last + 1 :])
    marks: list[tuple[float, int, int]] = []
    for place, label in enumerate(labels):
        if normal(label) in ours:
            continue
        for order, column in enumerate(wanted):
            mark = _mark(normal(label), column)
            if mark < _CONCEPT - 100:
                mark = max(_mark_nearly(normal(label), column, samples, place), mark)
            mark = _mark_of_clock(mark, normal(label), column, samples, place)
            if mark > 0:
                marks.append((-mark, order, place))
    answer: dict[int, str] = {}
    for _mark_of, order, place in sorted(marks):
        name = wanted[order].name
        if place not in answer and name not in answer.values():
            answer[place] = name
    return dict(sorted(answer.items()))


def _mark(spelling: str, column: Column) -> float:
    """How surely a heading names a column, by its words alone."""
    if not spelling:
        return 0.0
    if spelling == normal(column.label):
        return _EXACT
    if spelling in RUNNING_NUMBER:
        return 0.0
    for order, word in enumerate(column.words):
        if spelling == normal(word):
            return _WORD - order
    order_in_concept = order_of(column.concept, spelling)
    return 0.0 if order_in_concept is None else _CONCEPT - order_in_concept


def _mark_nearly(spelling: str, column: Column, samples: _Samples, place: int) -> float:
    """A heading that nobody knows may still be near one, or its column may speak for itself."""
    if spelling in KNOWN:
        return 0.0
    near = _nearness(spelling, _words_of(column)) if spelling else 0.0
    if near and samples.fit(place, column.kind):
        return _NEARLY + near
    tells = _TELLING.get(column.kind)
    if tells is None or _OF_SOMEBODY_ELSE.search(spelling):
        return 0.0
    return _CONTENT if samples.are(place, tells) else 0.0


def _mark_of_clock(
    mark: float, spelling: str, column: Column, samples: _Samples, place: int
) -> float:
    """来访时间 beside 来访日期 is a time of day, whatever else is called so: its cells tell."""
    if column.kind not in (CellKind.DAY, CellKind.MOMENT, CellKind.CLOCK):
        return mark
    if not samples.are(place, _CLOCK):
        return mark
    if column.kind is CellKind.CLOCK:
        return max(mark, _NEARLY if spelling.endswith(("时间", "时刻", "点")) else 0.0)
    return 0.0


def _words_of(column: Column) -> Iterable[str]:
    for word in (column.label, *column.words, *CONCEPTS.get(column.concept, ())):
        yield normal(word)


def _nearness(spelling: str, words: Iterable[str]) -> float:
    best = 0.0
    for word in words:
        if len(word) >= 2 and word in spelling:
            rest = spelling.replace(word, "", 1)
            if _HARMLESS.fullmatch(rest):
                best = max(best, 10.0 * len(word) / len(spelling) + len(word))
        elif len(word) >= 4 and abs(len(word) - len(spelling)) <= 1:
            likeness = difflib.SequenceMatcher(None, spelling, word).ratio()
            best = max(best, likeness) if likeness > _TYPO else best
    return best


_IDENTITY = re.compile(r"[1-9]\d{16}[\dX]")
_PHONE = re.compile(r"(?:\+?86)?1[3-9]\d{9}")
_CLOCK = re.compile(
    r"(?:凌晨|早上|上午|中午|下午|傍晚|晚上|午前|午后)?\d{1,2}(?:[:点时]\d{0,2}){1,2}(?:分|半|整)?"
    r"(?:[AP]M)?|0?\.\d+"
)
_TELLING = {CellKind.IDENTITY: _IDENTITY, CellKind.PHONE: _PHONE, CellKind.PHONES: _PHONE}
_NUMERIC = {CellKind.PHONE, CellKind.PHONES, CellKind.IDENTITY, CellKind.NUMBER, CellKind.DAY}


class _Samples:
    """The first cells below the heading."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows[:_SAMPLES]

    def of(self, place: int) -> list[str]:
        cells = [row[place] for row in self._rows if place < len(row)]
        return [text for text in map(_sample, cells) if text]

    def are(self, place: int, pattern: re.Pattern[str]) -> bool:
        """Whether most cells of a column are such."""
        texts = self.of(place)
        hits = sum(1 for text in texts if pattern.fullmatch(text))
        return hits >= _LEAST_SAMPLES and hits >= _MOST_OF * len(texts)

    def fit(self, place: int, kind: CellKind) -> bool:
        """Whether nothing speaks against a column of that kind."""
        texts = self.of(place)
        if not texts:
            return True
        with_digits = sum(1 for text in texts if any(map(str.isdigit, text)))
        if kind in _NUMERIC:
            return 2 * with_digits >= len(texts)
        return kind is not CellKind.NAME or 2 * with_digits <= len(texts)


def _sample(cell: Cell) -> str:
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    plain = half_width(visible(str(cell)[:60])) if cell is not None else ""
    return "".join(plain.split()).replace("-", "").upper()
