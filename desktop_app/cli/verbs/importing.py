"""`import-sheet`: an old ledger moves in, tried out first."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop_app.cli import values
from desktop_app.cli.call import Call
from desktop_app.cli.entries import read_entry
from desktop_app.cli.layout import aligned
from desktop_app.cli.parser import Parser, Verb
from desktop_app.cli.verbs.looking import kinds_help, ledger_of
from desktop_app.core.calm import calm
from desktop_app.core.errors import ExitStatus, UserError

if TYPE_CHECKING:
    from desktop_app.station.importing.rules.trial import Judged, Verdict
    from desktop_app.station.importing.service import Import, Tried
    from desktop_app.storage.session import Desk

_MOST_TOLD = 20
"""Rows that were not taken in and are told on a terminal; the workbook has them all."""


def _row_number(text: str) -> int:
    return values.whole_number(1, 1_048_576, text)


def _import_words(parser: Parser) -> None:
    parser.word("ledger", "LEDGER", "哪一种台账")
    parser.word("file", "FILE", "表格：xlsx、xls、csv 或 txt")
    parser.flag("--dry-run", "只试一遍，说明每行会怎样，什么也不保存")
    parser.option(
        "--mapping",
        "FILE",
        "JSON 对象：表头 → 字段名或中文名，空的就不导入这一列；没写的表头按程序的判断",
    )
    parser.option("--errors", "OUT.xlsx", "没有导入的行写成一份工作簿，改好后可以再导入")
    parser.option("--sheet", "NAME", "工作表的名称；不写就取内容最多的一张", default="")
    parser.option("--header-row", "N", "表头在第几行；不写由程序找", read=_row_number)
    parser.flag("--take-duplicates", "可能重复的行也当作新的导入；不写就留在 --errors 里")


def _import(call: Call) -> int:
    from desktop_app.station.importing import service

    options = call.options
    kind = ledger_of(options.ledger).kind.name
    with call.desk() as desk, calm():
        opened = service.open_file(Path(options.file).expanduser())
        plan = service.propose(
            desk, opened, _sheet(opened, options.sheet), kind=kind, row=options.header_row
        )
        if options.mapping is not None:
            plan = service.with_mapping(plan, _mapping(call, options.mapping))
        tried = service.try_out(desk, opened, plan, call.console.job("试导入"))
        if options.dry_run:
            left = [one for one in tried.trial.rows if one.problems or one.like]
            errors = _errors(call, desk, tried, left)
            return _answer(call, tried, tried.trial.counts, left, None, errors)
        choice = service.Choice.NEW if options.take_duplicates else service.Choice.LEAVE
        done = service.take_in(
            desk, tried, service.Decisions(for_all=choice), call.console.job("导入")
        ).value
        left = list(done.left)
        errors = _errors(call, desk, tried, left)
    return _answer(call, tried, done.counts, left, done.made, errors)


def _sheet(opened: Any, name: str) -> int:
    if not name:
        return int(opened.first_sheet)
    names = [look.name for look in opened.book.sheets]
    if name not in names:
        raise UserError(
            f"文件里没有叫“{name}”的工作表，没有做任何改动。",
            f"有这些：{'、'.join(names)}。",
            field="sheet",
        )
    return names.index(name)


def _mapping(call: Call, name: str) -> dict[str, str]:
    plain = read_entry(call.world, name)
    if not isinstance(plain, dict) or not all(
        isinstance(value, str) or value is None for value in plain.values()
    ):
        raise UserError(
            "对应表要写成“表头: 字段名”的 JSON 对象，没有做任何改动。",
            '例如 {"电话": "phone", "序号": ""}。',
            field="mapping",
        )
    return {heading: value or "" for heading, value in plain.items()}


def _answer(
    call: Call,
    tried: Tried,
    counts: dict[Verdict, int],
    left: list[Judged],
    made: Import | None,
    errors: str | None,
) -> int:
    from desktop_app.station.importing.rules.trial import Verdict

    told = {verdict.value: counts[verdict] for verdict in Verdict}
    document: dict[str, Any] = {
        "kind": tried.plan.kind,
        "dry_run": made is None,
        "import": made.number if made else None,
        **told,
        "total": len(tried.trial.rows),
        "left_out": vars(tried.trial.left_out),
        "mapping": tried.plan.by_heading,
        "rows": [_row(one) for one in left],
    }
    if call.options.errors is not None:
        document["errors"] = errors
    status = call.answer(document, _text(tried, counts, left, made))
    # Whoever asks for an import of which no row can be taken gave the wrong file.
    all_wrong = counts[Verdict.WRONG] == len(tried.trial.rows) > 0
    return ExitStatus.WRONG_INPUT if all_wrong else status


def _row(one: Judged) -> dict[str, Any]:
    """A row that was not taken in, without what stands in it."""
    return {
        "row": one.row.number,
        "verdict": one.verdict.value,
        "problems": [
            {
                "column": problem.label,
                "sentence": problem.problem.sentence,
                "next_step": problem.problem.next_step,
            }
            for problem in one.problems
        ],
        "like": [
            {"uid": like.uid.hex if like.uid else None, "row": like.row or None,
             "reasons": list(like.reasons)}
            for like in one.like
        ],
    }  # fmt: skip


def _text(tried: Tried, counts: dict[Verdict, int], left: list[Judged], made: Import | None) -> str:
    said = "，".join(f"{verdict.label} {count} 条" for verdict, count in counts.items())
    lines = [f"试导入（什么也没有保存）：{said}。" if made is None else f"{made.number}：{said}。"]
    rows = [(f"第 {one.row.number} 行", _reason(one)) for one in left[:_MOST_TOLD]]
    if rows:
        lines += ["", *aligned(rows)]
    if len(left) > _MOST_TOLD:
        lines.append(f"还有 {len(left) - _MOST_TOLD} 行，可用 --errors 写成工作簿。")
    if tried.trial.left_out.total:
        lines += ["", f"没有当作数据的行：{tried.trial.left_out.words}。"]
    return "\n".join(lines)


def _reason(one: Judged) -> str:
    from desktop_app.station.importing.service import reasons_of

    return "；".join(reasons_of(one))


def _errors(call: Call, desk: Desk, tried: Tried, left: list[Judged]) -> str | None:
    from desktop_app.station.importing.service import write_left

    if call.options.errors is None or not left:
        return None
    path = Path(call.options.errors).expanduser()
    write_left(desk, tried.plan, left, path)
    return str(path)


VERBS = (
    Verb(
        "import-sheet",
        "把表格里的旧台账导入：能导入的导入，其余写明原因",
        _import_words,
        _import,
        about="先试后存：有错的行和可能重复的行不导入，其余在后台一小批一小批写入；中途停下就"
        "全部撤回。已有编号或外部编号相同的记录会更新，不会多出一条。",
        examples=(
            "jinlin import-sheet visits 2023来访登记.xls --dry-run",
            "jinlin import-sheet 来访 2023来访登记.xls --errors 没有导入的.xlsx",
        ),
        more=kinds_help,
    ),
)
