"""`bundle …` at the station: up to the street, its answers down again, and a look at any file."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop_app.cli.call import Call
from desktop_app.cli.layout import table
from desktop_app.cli.parser import Parser, Verb
from desktop_app.core.errors import ExitStatus, UserError

if TYPE_CHECKING:
    from desktop_app.core.travel import Profile
    from desktop_app.station.reporting.service import Export

SECOND_PASSWORD = "JINLIN_SECOND_PASSWORD"


def _profile(text: str) -> Profile:
    from desktop_app.core.travel import Profile

    known = {profile.value: profile for profile in Profile}
    if text not in known:
        raise argparse.ArgumentTypeError(f"后面只能写 {'、'.join(known)}。")
    return known[text]


def _file(call: Call) -> Path:
    path = Path(call.options.file).expanduser()
    if not path.is_file():
        raise UserError(
            "找不到这个文件，没有改动任何内容。", "请检查文件名和所在的文件夹。", field="file"
        )
    return path


def _one_file(parser: Parser) -> None:
    parser.word("file", "FILE", "一个 .jlb 文件")


# --- up -------------------------------------------------------------------------------------------


def _export_words(parser: Parser) -> None:
    parser.option("--to", "DIR", "送到哪个文件夹：U 盘，或街道的共享文件夹", dest="target",
                  required=True)  # fmt: skip
    parser.option("--profile", "P", "带多少内容：stats 只报数字，work 日常上报（不写就是它），"
                  "full 完整资料", read=_profile)  # fmt: skip
    parser.option("--reason", "T", "为什么要报完整资料；full 必写", default="")
    parser.option("--second", "NAME", "同意报完整资料的第二位操作员；full 必写。"
                  f"他的密码取自 {SECOND_PASSWORD}，没有就在终端上询问")  # fmt: skip


def _export(call: Call) -> int:
    from desktop_app.core.travel import Profile
    from desktop_app.station.reporting.service import export, prove_second

    options = call.options
    folder = Path(options.target).expanduser()
    if not folder.is_dir():
        raise UserError(
            "找不到要送到的文件夹，没有导出，数据都在。", "请插好 U 盘，检查路径。", field="to"
        )
    with call.session() as session:
        second = None
        if options.second:
            secret = call.password(f"“{options.second}”的密码", variable=SECOND_PASSWORD)
            second = prove_second(session.desk, session.house, options.second, secret)
        done = export(
            session.desk,
            folder,
            outbox=session.house.home.outbox,
            profile=options.profile or Profile.WORK,
            reason=options.reason,
            second=second,
            job=call.console.job("上报"),
        )
    paths = [str(path) for path in done.paths]
    made = done.export
    changes = f"变更 {made.first} 到 {made.last}" if made.changes else "没有新的变更"
    return call.answer(
        {**_told(made), "paths": paths},
        f"{made.profile.label}，{changes}，照片 {made.photos} 张，共 {made.size} 字节。\n"
        + "\n".join(paths)
        + "\n文件已写好，读回核对一致。收到街道的回执后才算已确认。",
    )


def _told(made: Export) -> dict[str, Any]:
    return {
        "uid": made.uid.hex,
        "made_at": made.made_at,
        "made_by": made.made_by_name,
        "profile": made.profile.value,
        "reason": made.reason,
        "second": made.second_name or None,
        "lineage": made.lineage,
        "first": made.first,
        "last": made.last,
        "hash": made.hash.hex(),
        "changes": made.changes,
        "counts": dict(made.counts),
        "photos": made.photos,
        "files": [asdict(file) for file in made.files],
        "size": made.size,
        "sha256": made.sha256,
        "phase": made.phase.value,
        "delivered_at": made.delivered_at,
        "delivered_to": made.delivered_to or None,
        "confirmed_at": made.confirmed_at,
    }


# --- down -----------------------------------------------------------------------------------------


def _receipt(call: Call) -> int:
    from desktop_app.station.reporting.service import take_receipt

    path = _file(call)
    with call.session() as session:
        taken = take_receipt(
            session.desk, path, scratch=session.house.home.outbox, job=call.console.job("收下回执")
        )
    document = {
        "answer": taken.answer.name.lower(),
        "until": taken.until,
        "confirmed": taken.confirmed,
        "photos": taken.photos,
        "clock_offset": taken.clock_offset,
        "parked": [{**asdict(one), "uid": one.uid.hex} for one in taken.parked],
        "answered": [{**asdict(one), "uid": one.uid.hex} for one in taken.answered],
        "returned": taken.returned or None,
        "street_says": taken.street_says,
        "sentence": taken.sentence,
        "next_step": taken.next_step,
    }
    said = [taken.sentence + taken.next_step]
    said += [f"街道退回：{taken.returned}"] if taken.returned else []
    said += [f"街道说：{taken.street_says}"] if taken.street_says else []
    if taken.answered:
        said.append(f"街道答复了 {len(taken.answered)} 条吹哨：")
        said += [f"　{one.number} {one.title}" for one in taken.answered]
    text = "\n".join(said)
    if taken.parked:
        rows = [[one.label, one.number, one.reason] for one in taken.parked]
        text += "\n\n街道暂存的记录：\n" + table(["内容", "编号", "原因"], rows)
    call.answer(document, text)
    return ExitStatus.REFUSED if taken.must_reconcile else ExitStatus.DONE


def _reconcile(call: Call) -> int:
    from desktop_app.station.reporting.service import pending, reconcile

    path = _file(call)
    with call.session() as session:
        done = reconcile(
            session.desk, path, scratch=session.house.home.outbox, job=call.console.job("重新对账")
        )
        marks = pending(session.desk)
    document = {
        "adopted": done.adopted,
        "reappended": done.reappended,
        "records": done.records,
        "conflicts": [{**asdict(one), "uid": one.uid.hex} for one in done.conflicts],
        "renumbered": [{**asdict(one), "uid": one.uid.hex} for one in done.renumbered],
        "lost": done.lost,
        "photos_only_at_street": done.photos,
        "letter": done.letter,
        "pending": [
            {
                "kind": one.kind,
                "uid": one.uid.hex,
                "number": one.number,
                "fields": [{"label": label, "hint": hint} for label, hint in one.fields],
            }
            for one in marks
        ],
        "sentence": done.sentence,
    }
    rows = [[one.label, one.before, f"改为 {one.after}"] for one in done.renumbered]
    rows += [[one.label, one.number, one.words] for one in done.conflicts]
    text = done.sentence
    if rows:
        text += "\n\n" + table(["内容", "编号", "怎么处理的"], rows)
    return call.answer(document, text)


# --- looking --------------------------------------------------------------------------------------


def _inspect(call: Call) -> int:
    from desktop_app.bundle.label import read_label

    label = read_label(_file(call))
    document = {**asdict(label), "kind": None if label.kind is None else label.kind.value}
    rows = [[_LABEL[name], str(value)] for name, value in document.items() if value is not None]
    return call.answer(document, table(["项目", "内容"], rows, widest=80))


_LABEL = {
    "name": "文件名",
    "size": "字节数",
    "sha256": "SHA-256",
    "kind": "种类",
    "office": "站点编码",
    "first": "变更自",
    "last": "变更至",
    "part": "第几份照片",
}


def _verify(call: Call) -> int:
    path = _file(call)
    with call.session() as session:
        job = call.console.job("核验")
        if session.database.station.edition == "street":
            from desktop_app.street.inbox.service.verifying import verify as at_street

            verdict = at_street(session.desk, path, job=job)
            document = {
                "outcome": verdict.outcome.value,
                "kind": verdict.parcel,
                "sender": verdict.station,
                "sender_name": verdict.station_name,
                "first": verdict.first,
                "last": verdict.last,
                "profile": verdict.profile,
                "made_at": verdict.made_at,
                "sentence": verdict.sentence,
                "next_step": verdict.next_step,
            }
            call.answer(document, verdict.sentence + verdict.next_step)
            return verdict.exit_status
        from desktop_app.station.reporting.service import verify

        looked = verify(session.desk, path, scratch=session.house.home.outbox, job=job)
    call.answer(asdict(looked), looked.sentence + looked.next_step)
    return ExitStatus.DONE if looked.fits else ExitStatus.REFUSED


def _status_words(_parser: Parser) -> None:
    """Nothing but the common options."""


def _status(call: Call) -> int:
    from desktop_app.station.reporting.service.state import history, state

    with call.desk() as desk:
        known, made = state(desk), history(desk)
    document = {
        "street": known.street or None,
        "confirmed": known.confirmed,
        "confirmed_at": known.confirmed_at,
        "waiting": known.waiting,
        "photos_waiting": known.photos_waiting,
        "pending": known.pending,
        "parked": known.parked,
        "returned": known.returned or None,
        "clock_offset": known.clock_offset,
        "needs_reconcile": known.needs_reconcile or None,
        "exports": [_told(one) for one in made],
    }
    lines = [
        f"街道：{known.street or '还没有加入'}；已确认到第 {known.confirmed} 条，"
        f"还有 {known.waiting} 条变更、{known.photos_waiting} 张照片没有确认。",
    ]
    lines += [f"有 {known.pending} 条记录有待补的内容。"] if known.pending else []
    lines += [known.needs_reconcile] if known.needs_reconcile else []
    rows = [
        [one.files[0].name, one.profile.label, str(one.changes), one.phase.label] for one in made
    ]
    return call.answer(
        document,
        "\n".join(lines) + ("\n\n" + table(["文件", "内容", "变更", "状态"], rows) if rows else ""),
    )


def _tidy(call: Call) -> int:
    from desktop_app.station.reporting.service import tidy

    with call.desk() as desk:
        done = tidy(desk, call.console.job("整理变更记录"))
    return call.answer(
        asdict(done),
        f"整理完成：{done.contents} 条已确认的旧内容、{done.exports} 次满三年的上报记录。"
        "最近的内容和全部摘要都还在。",
    )


_KEYS = "密钥在数据里，要登录；"

VERBS = (
    Verb(
        "bundle export",
        "上报：把街道还没有确认的内容写成一个上报包",
        _export_words,
        _export,
        about="写好后读回核对一遍；街道的回执收下以前都不算已确认，下一次会再带上。"
        "完整资料要写明原因，并由另一位有“维护站点”权限的操作员输入密码。每次上报都留有记录。",
        examples=(
            "jinlin bundle export --to /media/U盘",
            "jinlin bundle export --to D: --profile full --reason 街道复核台账 --second 林志强",
        ),
    ),
    Verb(
        "bundle receipt",
        "站点：收下街道的回执",
        _one_file,
        _receipt,
        about="同一份回执收几次都一样。回执表明本机是从备份恢复的，退出状态就是 5，要重新对账。",
        examples=("jinlin bundle receipt 回执-QR01-000340.jlb",),
    ),
    Verb(
        "bundle reconcile",
        "站点：恢复备份或换新电脑之后，和街道重新对账",
        _one_file,
        _reconcile,
        about="需要“维护站点”权限。街道保存的内容写回本机，本机后来的内容接在后面，不用重新录入。"
        "街道没有完整内容的字段标为待补；之后的编号换一个字母，不会和已经印出的重复。",
        examples=("jinlin bundle reconcile 对账-QR01-000340.jlb",),
    ),
    Verb(
        "bundle status",
        "站点：上报到哪里了，每次上报的状态",
        _status_words,
        _status,
        examples=("jinlin bundle status --json",),
    ),
    Verb(
        "bundle tidy",
        "站点：整理变更记录，街道已确认的旧内容不再重复保存",
        _status_words,
        _tidy,
        about="需要“备份恢复”权限。每条记录最近的内容和全部摘要都留着，街道要什么都还能再报。",
        examples=("jinlin bundle tidy",),
    ),
    Verb(
        "bundle inspect",
        "看一个文件的标签，不用密钥",
        _one_file,
        _inspect,
        about="只看得到文件名、大小和校验值：内容是加密的。文件名可能被人改过，不能当真。",
        examples=("jinlin bundle inspect 上报包-QR01-000121-000340.jlb",),
        needs_sign_in=False,
    ),
    Verb(
        "bundle verify",
        "用密钥核验一个文件，不改动任何内容",
        _one_file,
        _verify,
        about=f"{_KEYS}站点核验回执和对账文件，街道核验上报包。签名、收件人、每个文件的校验值和变更链都看一遍。",
        examples=("jinlin bundle verify 回执-QR01-000340.jlb",),
    ),
)
