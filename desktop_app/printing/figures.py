"""Figures on paper: a period's report, tables beside other periods, how each figure is counted.

The same for a station's report and a street's. What must not be told is not in them any more.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from desktop_app.core.comparing import YEAR_AGO, before_words
from desktop_app.core.letterhead import Letterhead
from desktop_app.core.periods import Period, PeriodKind
from desktop_app.core.spreadsheet import csv_bytes
from desktop_app.core.told import NOTHING, Compared, FigureGroup, FigureLine, PeriodTold
from desktop_app.printing.blocks import Block, Heading, Note, PageBreak, Paragraph, Signature
from desktop_app.printing.document import Document
from desktop_app.printing.finish import Attachment
from desktop_app.printing.key_values import KeyValues, Pair
from desktop_app.printing.page import OfficialFrame
from desktop_app.printing.paragraph import Align
from desktop_app.printing.pictures import Charted
from desktop_app.printing.sections import Section, numbered
from desktop_app.printing.table import Table
from desktop_app.printing.table_layout import Column


def period_report(
    found: PeriodTold,
    title: str,
    sections: Iterable[Section],
    head: Letterhead,
    *more: Attachment,
) -> Document:
    """The report of a period; all its figures go with it as a spreadsheet, and `more` beside."""
    return Document(
        title=" ".join(title.split()),
        blocks=tuple(_blocks(found, title, sections, head)),
        made_at=head.made_at,
        frame=OfficialFrame(),
        author=head.signed_by,
        subject=found.period.label,
        attachments=(
            Attachment("数据.csv", _csv_of(found.lines), description="本报告的全部数字"),
            *more,
        ),
    )


def _blocks(
    found: PeriodTold, title: str, sections: Iterable[Section], head: Letterhead
) -> Iterator[Block]:
    yield Heading(title, 0)
    yield from numbered(sections)
    yield Signature(head.signed_by, head.day)
    yield PageBreak()
    yield Heading("附件　统计口径", 1)
    yield from _explained(found.lines)


def overall(found: PeriodTold, sentence: str, not_kept: str) -> Iterator[Block]:
    """What the period came to as a whole: a sentence, and its row of the upward table.

    `not_kept` are the words before the columns whose ledgers are not kept yet.
    """
    yield from told(sentence)
    if found.remark:
        yield Paragraph(found.remark)
    # The first column says whose row it is; so does the title.
    yield KeyValues(tuple(Pair(cell.label, cell.words) for cell in found.table[1:]), beside=3)
    if found.not_kept:
        yield Note(f"{not_kept}：{'、'.join(found.not_kept)}。")


def figures_and_charts(
    found: PeriodTold, figures: Callable[[str], bool], charts: Callable[[str], bool]
) -> Iterator[Block]:
    """The figures and the charts of those names, as they stand in the report."""
    for group in found.groups:
        lines = tuple(line for line in group.lines if figures(line.name))
        if lines:
            yield from _figure_table(FigureGroup(group.title, lines), found.period)
    for drawn in found.charts:
        if charts(drawn.key) and not drawn.chart.is_empty:
            yield Charted(drawn.chart)


def _figure_table(group: FigureGroup, period: Period) -> Iterator[Block]:
    """The figures of a group, each beside the period before and last year's."""
    if all(line.before is None for line in group.lines):
        # How things stand now: there is nothing to compare.
        yield KeyValues(tuple(Pair(line.label, line.words) for line in group.lines), beside=3)
        yield Note(f"{'、'.join(line.label for line in group.lines)}为制表之日的情况。")
        return
    columns = [Column(group.title), Column("本期", Align.RIGHT, weight=0)]
    for called in _compared_with(period):
        columns += [Column(called, Align.RIGHT, weight=0), Column("增减", Align.RIGHT, weight=0)]
    yield Table(tuple(columns), [_row(line, period) for line in group.lines])


def _row(line: FigureLine, period: Period) -> tuple[str, ...]:
    found = [line.label, line.words]
    # A year is compared with the one before it, and that is last year.
    for called, then in zip(_compared_with(period), (line.before, line.year_ago), strict=False):
        found += [NOTHING, NOTHING] if then is None else [then.words, _change(then, called)]
    return tuple(found)


def _compared_with(period: Period) -> tuple[str, ...]:
    whole_year = period.kind is PeriodKind.YEAR
    return (before_words(period),) if whole_year else (before_words(period), YEAR_AGO)


def _change(compared: Compared, called: str) -> str:
    """The change without what the head of the column says already."""
    return compared.change.removeprefix(f"比{called} ").removeprefix(f"与{called}")


def _explained(lines: Iterable[FigureLine]) -> Iterator[Block]:
    """How every figure is counted, each once."""
    found = dict.fromkeys((line.label, line.how) for line in lines)
    yield Table((Column("指标", weight=0), Column("怎样统计")), list(found))


def told(text: str) -> Iterable[Block]:
    """A sentence as it is worded, a paragraph for each of its lines."""
    return [Paragraph(part) for part in text.splitlines() if part.strip()]


def _csv_of(lines: Iterable[FigureLine]) -> bytes:
    """Every figure as a spreadsheet reads it."""
    rows = [["指标", "本期", "上期", "去年同期", "怎样统计"]]
    for line in lines:
        before = line.before.words if line.before else NOTHING
        year_ago = line.year_ago.words if line.year_ago else NOTHING
        rows.append([line.label, line.words, before, year_ago, line.how])
    return csv_bytes(rows)
