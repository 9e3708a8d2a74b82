"""`report`: one paper as a PDF, the same that the window prints, kept in the same way."""

from __future__ import annotations

from pathlib import Path

from desktop_app.cli import values
from desktop_app.cli.call import Call
from desktop_app.cli.layout import table
from desktop_app.cli.parser import Parser, Verb
from desktop_app.core.ids import Uid, parse_uid
from desktop_app.core.paper_kinds import KINDS, About, Kind, check_wanted, kind_named
from desktop_app.core.periods import parse_period
from desktop_app.core.route import OpenPaper
from desktop_app.ledgers.papers.rules import CopyKind

_ABOUT = {
    About.RECORD: "--uid",
    About.PERIOD: "--period",
    About.LIST: "--from --to --search",
}


def _words(parser: Parser) -> None:
    parser.word("kind", "KIND", "哪一种文书，英文名或中文名；用 --list 列出", optional=True)
    parser.option("--out", "FILE", "PDF 写到哪个文件")
    parser.option(
        "--uid",
        "UID",
        "哪一条记录的（活动、来访、事项、共建协议、责任、共建单位、志愿者、队伍、证明、报到）",
    )
    parser.option("--period", "P", "哪个期间：2026-10、2026-Q3、2026-H1、2026")
    parser.option("--from", "DATE", "从哪一天起（含）", dest="since", read=values.day)
    parser.option("--to", "DATE", "到哪一天止（含）", dest="until", read=values.day)
    parser.option("--search", "TEXT", "只要符合这个词的，和列表上的搜索一样", default="")
    parser.option("--only", "UIDS", "只要这几条，多条之间用逗号（志愿者名单、服务记录、记录汇总）")
    parser.flag("--list", "列出能生成的文书")


def _report(call: Call) -> int:
    if call.options.list:
        return _list(call)
    if not call.options.kind or not call.options.out:
        raise call.wrong_usage("请写明文书的种类和 --out，或用 --list 列出种类。")
    kind = kind_named(call.options.kind)
    wanted = _wanted(call, kind)
    check_wanted(kind, wanted)
    from desktop_app.station.papers import service

    with call.desk() as desk:
        drafted = service.draft(desk, wanted)
        path = service.save(desk, Path(call.options.out).expanduser(), drafted.pdf)
        paper = service.keep(desk, drafted, CopyKind.SAVED).value
    if drafted.missing:
        call.console.say(drafted.missing_words)
    document = {
        "kind": kind.name,
        "title": drafted.title,
        "path": str(path),
        "pages": drafted.pages,
        "bytes": len(drafted.pdf),
        "missing": list(drafted.missing),
        "paper": paper.uid.hex,
    }
    return call.answer(document, f"已生成 {path}：{drafted.title}，{drafted.pages} 页")


def _wanted(call: Call, kind: Kind) -> OpenPaper:
    options = call.options
    return OpenPaper(
        kind=kind.name,
        about=parse_uid(options.uid) if options.uid else None,
        period=parse_period(options.period) if options.period else None,
        chosen=_chosen(options.only or ""),
        since=options.since,
        until=options.until,
        search=options.search,
    )


def _chosen(text: str) -> tuple[Uid, ...]:
    said = [one.strip() for one in text.replace("，", ",").split(",")]
    return tuple(dict.fromkeys(values.uid_of(one) for one in said if one))


def _list(call: Call) -> int:
    document = {
        "kinds": [
            {"kind": kind.name, "label": kind.label, "takes": _ABOUT[kind.about]} for kind in KINDS
        ]
    }
    rows = [[kind.name, kind.label, _ABOUT[kind.about]] for kind in KINDS]
    return call.answer(document, table(["KIND", "文书", "要写明"], rows))


VERBS = (
    Verb(
        "report",
        "生成一份 PDF 文书",
        _words,
        _report,
        about="和窗口里打印的是同一份，生成时存档；文字用本站在“设置 · 文书用语”里写的。",
        examples=(
            "jinlin report --list",
            "jinlin report month --period 2026-10 --out 十月.pdf",
            "jinlin report duty --from 2026-11-23 --to 2026-11-29 --out 值班表.pdf",
            "jinlin report visits-ledger --from 2026-10-01 --to 2026-10-31 --out 台账.pdf",
        ),
    ),
)
