"""`summary`: the figures of a period, how each is counted, and the command that lists its rows."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from desktop_app.cli.call import Call
from desktop_app.cli.layout import aligned, table, wrapped
from desktop_app.cli.parser import PROGRAM, Parser, Verb
from desktop_app.core.errors import UserError
from desktop_app.core.figures import Rate, Value
from desktop_app.core.periods import Period, PeriodKind, parse_period, period_of
from desktop_app.core.wording import Term

if TYPE_CHECKING:
    from desktop_app.core.told import Breakdown, Compared, FigureGroup, FigureLine, Rows
    from desktop_app.station.period_figures.rules.told import PeriodFigures


def _words(parser: Parser) -> None:
    parser.option(
        "--period",
        "P",
        "哪个时间段：2026-10（月）、2026-Q3（季度）、2026-H1（半年）、2026（全年）；不写就是本月",
        read=_period,
    )
    parser.option(
        "--by",
        "PART",
        "再分开列：station（站点）、community（社区）、category（业务类别）、month（月份）",
        read=_part,
    )


def _period(text: str) -> Period:
    try:
        return parse_period(text)
    except UserError as problem:
        raise argparse.ArgumentTypeError(
            "后面要写时间段，例如 2026-10、2026-Q3、2026-H1 或 2026。"
        ) from problem


def _part(text: str) -> str:
    from desktop_app.core.told import By

    for one in By:
        if text.strip() in (one.value, one.label):
            return one.value
    raise argparse.ArgumentTypeError("后面要写 station、community、category 或 month 中的一个。")


def _summary(call: Call) -> int:
    from desktop_app.core.told import By
    from desktop_app.station.period_figures.service import breakdown, period_report

    with call.desk() as desk:
        period = call.options.period or period_of(desk.today, PeriodKind.MONTH)
        report = period_report(desk, period)
        parts = breakdown(desk, period, By(call.options.by)) if call.options.by else None
    document = _document(report)
    if parts is not None:
        document["by"] = _parts_plain(parts)
    return call.answer(document, _text(report, parts))


# --- for scripts ----------------------------------------------------------------------------------


def _document(report: PeriodFigures) -> dict[str, Any]:
    return {
        "period": str(report.period),
        "label": report.period.label,
        "first": report.period.first.isoformat(),
        "last": report.period.last.isoformat(),
        "until": report.until.isoformat(),
        "station": report.station,
        "remark": report.remark,
        "figures": [
            {"group": group.title, **_line_plain(line)}
            for group in report.groups
            for line in group.lines
        ],
        "table": [{"label": cell.label, "words": cell.words} for cell in report.table],
        "not_kept": list(report.not_kept),
    }


def _line_plain(line: FigureLine) -> dict[str, Any]:
    return {
        **_figure_plain(line),
        "beside": line.beside,
        "before": _compared_plain(line.before),
        "year_ago": _compared_plain(line.year_ago),
    }


def _figure_plain(line: FigureLine) -> dict[str, Any]:
    return {
        "name": line.name,
        "label": line.label,
        "value": _value_plain(line.value),
        "words": line.words,
        "how": line.how,
        "query": _query_of(line.rows),
        "adds_up": line.column,
        "unlisted": line.unlisted,
    }


def _value_plain(value: Value | None) -> Any:
    return {"part": value.part, "whole": value.whole} if isinstance(value, Rate) else value


def _compared_plain(other: Compared | None) -> dict[str, Any] | None:
    if other is None:
        return None
    return {
        "value": _value_plain(other.value),
        "words": other.words,
        "change": other.change,
    }


def _parts_plain(parts: Breakdown) -> dict[str, Any]:
    return {
        "part": parts.by.value,
        "label": parts.by.label,
        "lines": [
            {"label": line.label, "figures": [_figure_plain(one) for one in line.figures]}
            for line in parts.lines
        ],
    }


def _query_of(rows: Rows | None) -> str | None:
    """The command that lists these rows, where there is one."""
    from desktop_app import catalog

    ledger = catalog.ledgers().get(rows.kind) if rows is not None else None
    if rows is None or ledger is None or ledger.asked is None:
        return None
    query = ledger.asked(rows.wanted)
    if query is None:
        return None
    words = [PROGRAM, "list", rows.kind]
    for option, value in (("--from", query.since), ("--to", query.until)):
        words += [option, value.isoformat()] if value else []
    return " ".join([*words, *(["--status", query.status] if query.status else [])])


# --- for people -----------------------------------------------------------------------------------


def _text(report: PeriodFigures, parts: Breakdown | None) -> str:
    shown = [f"{report.station}　{report.period.label}"]
    shown += wrapped(report.remark) if report.remark else []
    if parts is not None:
        shown += ["", f"按{parts.by.label}：", _parts_table(parts)]
    for group in report.groups:
        shown += ["", f"{group.title}：", _group_table(group)]
    shown += ["", f"{Term.HOW_COUNTED}，和列出明细的命令："]
    for line in report.lines:
        shown += aligned([(line.label, line.how)])
        query = _query_of(line.rows)
        # In one line however long, so that it can be copied.
        shown += [f"  {query}"] if query else []
    shown += ["", *wrapped(f"上报月表中还没有台账的：{'、'.join(report.not_kept)}。")]
    return "\n".join(shown)


def _group_table(group: FigureGroup) -> str:
    """Columns that say nothing of any figure are left out."""
    columns = {
        "指标": [line.label for line in group.lines],
        "数": [line.words for line in group.lines],
        "说明": [line.beside for line in group.lines],
        Term.WITH_BEFORE: [_change(line.before) for line in group.lines],
        Term.WITH_YEAR_AGO: [_change(line.year_ago) for line in group.lines],
    }
    kept = {title: cells for title, cells in columns.items() if any(cells)}
    return table(list(kept), list(zip(*kept.values(), strict=True)))


def _change(other: Compared | None) -> str:
    return other.change if other else ""


def _parts_table(parts: Breakdown) -> str:
    if not parts.lines:
        return "没有内容。"
    header = [parts.by.label, *(one.label for one in parts.lines[0].figures)]
    rows = [[line.label, *(one.words for one in line.figures)] for line in parts.lines]
    return table(header, rows)


VERBS = (
    Verb(
        "summary",
        "一个时间段的汇总数字，与窗口里的“报表”一样",
        _words,
        _summary,
        about="每个数都带口径；能列出明细的，附上列出它的命令。"
        "信访渠道告知只计件数；评价不足 5 件不显示满意率和差评数。",
        examples=(
            "jinlin summary",
            "jinlin summary --period 2026-Q3 --json",
            "jinlin summary --period 2026 --by month",
        ),
    ),
)
