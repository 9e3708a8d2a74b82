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
    from desktop_app.storage.session import Desk
    from desktop_app.street.overview.rules.told import StreetFigures

    Report = PeriodFigures | StreetFigures
    Told = tuple[Report, Breakdown | None]


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
    parser.option(
        "--structure",
        "STRUCTURE",
        "街道：并入别站的站点，now 算在现在的站点（不写就是它），then 按期末当时的站点",
        read=_structure,
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


def _structure(text: str) -> str:
    from desktop_app.street.overview.rules.told import Belonging

    for one in Belonging:
        if text.strip() in (one.value, one.label):
            return one.value
    raise argparse.ArgumentTypeError("后面要写 now 或 then。")


def _summary(call: Call) -> int:
    with call.desk() as desk:
        period = call.options.period or period_of(desk.today, PeriodKind.MONTH)
        street = desk.database.station.edition == "street"
        report, parts = (_of_street if street else _of_station)(call, desk, period)
    document = _document(report)
    if parts is not None:
        document["by"] = _parts_plain(parts)
    return call.answer(document, _text(report, parts))


def _of_station(call: Call, desk: Desk, period: Period) -> Told:
    from desktop_app.core.told import By
    from desktop_app.station.period_figures.service import breakdown, period_report

    if call.options.structure:
        raise UserError(
            "--structure 只用于街道的数据，没有汇总。", "请去掉 --structure。", field="structure"
        )
    parts = breakdown(desk, period, By(call.options.by)) if call.options.by else None
    return period_report(desk, period), parts


def _of_street(call: Call, desk: Desk, period: Period) -> Told:
    from desktop_app.core.told import By
    from desktop_app.street.overview.rules.told import Belonging
    from desktop_app.street.overview.service import breakdown, street_report

    belonging = Belonging(call.options.structure or Belonging.NOW)
    by = call.options.by
    parts = breakdown(desk, period, By(by), belonging) if by else None
    return street_report(desk, period, belonging, drawn=False), parts


# --- for scripts ----------------------------------------------------------------------------------


def _document(report: Report) -> dict[str, Any]:
    return {
        "period": str(report.period),
        "label": report.period.label,
        "first": report.period.first.isoformat(),
        "last": report.period.last.isoformat(),
        "until": report.until.isoformat(),
        **_whose(report),
        "remark": report.remark,
        "figures": [
            {"group": group.title, **_line_plain(line)}
            for group in report.groups
            for line in group.lines
        ],
        "table": [{"label": cell.label, "words": cell.words} for cell in report.table],
        "not_kept": list(report.not_kept),
    }


def _whose(report: Report) -> dict[str, Any]:
    """Of which station, or of which street and how far its stations have reported."""
    from desktop_app.street.overview.rules.told import StreetFigures

    if not isinstance(report, StreetFigures):
        return {"station": report.station}
    return {
        "street": report.street,
        "structure": report.belonging.value,
        "stations": report.expected,
        "not_reported": [
            {
                "code": one.code,
                "name": one.name,
                "until": one.until.isoformat() if one.until else None,
            }
            for one in report.waiting
        ],
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
            {
                "key": line.key,
                "label": line.label,
                "beside": line.beside,
                "figures": [_figure_plain(one) for one in line.figures],
            }
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
    words += ["--status", query.status] if query.status else []
    return " ".join(words + [f"--station {code}" for code in query.stations])


# --- for people -----------------------------------------------------------------------------------


def _text(report: Report, parts: Breakdown | None) -> str:
    shown = _heading(report)
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


def _heading(report: Report) -> list[str]:
    from desktop_app.street.overview.rules.told import StreetFigures

    if not isinstance(report, StreetFigures):
        return [f"{report.station}　{report.period.label}"]
    waiting = [f"  {one.code} {one.name}　{one.words(report.today)}" for one in report.waiting]
    return [f"{report.street}　{report.period.label}", *wrapped(report.waiting_words), *waiting]


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
    told = any(line.beside for line in parts.lines)
    header = [parts.by.label, *(one.label for one in parts.columns()), *(["说明"] if told else [])]
    rows = [
        [
            line.label,
            *(one.words for one in parts.shown(line)),
            *([line.beside] if told else []),
        ]
        for line in parts.lines
    ]
    return table(header, rows)


VERBS = (
    Verb(
        "summary",
        "一个时间段的汇总数字，与窗口里的“报表”（街道是“总览”）一样",
        _words,
        _summary,
        about="每个数都带口径；能列出明细的，附上列出它的命令。"
        "信访渠道告知只计件数；评价不足 5 件不显示满意率和差评数。"
        "在街道的数据上，汇总全部站点，并列出未报送的站点；站点不排名次。",
        examples=(
            "jinlin summary",
            "jinlin summary --period 2026-Q3 --json",
            "jinlin summary --period 2026 --by month",
            "jinlin summary --period 2026-10 --by station --structure then",
        ),
    ),
)
