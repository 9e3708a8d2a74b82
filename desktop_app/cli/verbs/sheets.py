"""`export-sheet`: a list as a workbook or as CSV, the same that 导出 writes in the window."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.cli import values
from desktop_app.cli.call import Call
from desktop_app.cli.parser import Parser, Verb
from desktop_app.cli.verbs.looking import kinds_help, ledger_of, refuse_stations
from desktop_app.core.ledger_spec import Query

if TYPE_CHECKING:
    from desktop_app.core.changes import Changed
    from desktop_app.station.exporting.rules.columns import Exported

# --- export-sheet ---------------------------------------------------------------------------------


def _export_words(parser: Parser) -> None:
    parser.word("ledger", "LEDGER", "哪一种台账")
    parser.word("out", "OUT.xlsx", "写到哪个文件；以 .xlsx 或 .csv 结尾")
    parser.option("--from", "DATE", "从哪一天起（含）", dest="since", read=values.day)
    parser.option("--to", "DATE", "到哪一天止（含）", dest="until", read=values.day)
    parser.option("--search", "TEXT", "只要符合这个词的，和 list 一样", default="")
    parser.option("--status", "STATUS", "只要这种状态的，和 list 一样", default="")
    parser.option(
        "--station",
        "CODE",
        "只要这个站点的，写站点编号；可写多次（街道数据里才有几个站点）",
        several=True,
        default=[],
        dest="stations",
    )
    parser.flag("--unmasked", "写完整的姓名和号码；需要权限和 --reason，会记入审计")
    parser.option("--reason", "TEXT", "为什么要完整内容：给谁、做什么用", default="")
    parser.option(
        "--template", "NAME", "填进这个模板（在“设置 · 表格模板”里），写它的名称", default=""
    )


def _export(call: Call) -> int:
    from desktop_app.station.exporting.service import export, listed, templates
    from desktop_app.station.exporting.service.filling import fill_list

    options = call.options
    ledger = ledger_of(options.ledger)
    if options.reason and not options.unmasked:
        raise call.wrong_usage("--reason 只和 --unmasked 一起用。")
    query = Query(
        search=options.search,
        since=options.since,
        until=options.until,
        status=options.status,
        stations=tuple(options.stations),
    )
    refuse_stations(ledger, query, "没有导出任何内容")
    write: Callable[..., Changed[Exported]] = export
    with call.desk() as desk:
        if options.template:
            write = partial(fill_list, template=templates.template(desk, options.template))
        done = write(
            desk,
            ledger,
            listed(desk, ledger, query),
            Path(options.out).expanduser(),
            unmasked=options.unmasked,
            reason=options.reason,
            words=_words_of(query),
            with_rows=True,
            job=call.console.job("导出表格"),
        ).value
    document = {
        "kind": ledger.kind.name,
        "path": done.path,
        "rows": done.rows,
        "unmasked": done.unmasked,
        "masked": list(done.masked),
    }
    how = f"遮挡的列：{'、'.join(done.masked)}。" if done.masked else ""
    return call.answer(document, f"已导出 {done.rows} 条到 {done.path}。{how}")


def _words_of(query: Query) -> str:
    """How the list is narrowed, as it stands at the foot of the pages; never what was searched."""
    since, until = query.since, query.until
    days = f"{since or '最早'} 至 {until or '最近'}" if since or until else ""
    return "，".join(filter(None, (days, query.status)))


VERBS = (
    Verb(
        "export-sheet",
        "把一种台账导出成工作簿（.xlsx）或 .csv",
        _export_words,
        _export,
        about="内容和顺序与 list 一样。姓名、电话等私人内容一律遮挡；"
        "确有需要时加 --unmasked 并写明 --reason，会记入审计。",
        examples=(
            "jinlin export-sheet visits 来访.xlsx --from 2026-10-01 --to 2026-10-31",
            "jinlin export-sheet volunteers 志愿者.csv --json",
            "jinlin export-sheet visits 登记表.xlsx --template 来访登记表",
            "jinlin export-sheet residents 居民.xlsx --unmasked --reason 街道核对人口底数",
        ),
        more=kinds_help,
    ),
)
