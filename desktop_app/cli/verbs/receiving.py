"""At the street: `bundle import`, and `street receipts`, `snapshot`, `parked`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop_app.cli.call import Call
from desktop_app.cli.layout import table
from desktop_app.cli.parser import Parser, Verb
from desktop_app.core.errors import ExitStatus

if TYPE_CHECKING:
    from desktop_app.street.inbox.rules.verdicts import Verdict
    from desktop_app.street.inbox.service import ParkedLine

_AT_STREET = "只能在街道的数据上做。"


# --- bundle import --------------------------------------------------------------------------------


def _import_words(parser: Parser) -> None:
    parser.words("files", "FILE", "站点的上报包和照片包，可以是几个；也可以写一个文件夹")
    parser.option("--receipts", "DIR", "回执写到哪个文件夹；不写就写在每个文件旁边")


def _import(call: Call) -> int:
    from desktop_app.street.inbox.service import take_in, take_in_folder

    options = call.options
    if not options.files:
        raise call.wrong_usage("请写明要导入的文件或文件夹。")
    receipts = Path(options.receipts).expanduser() if options.receipts else None
    paths = [Path(name).expanduser() for name in options.files]
    found: list[Verdict] = []
    with call.desk() as desk:
        job = call.console.job("收件")
        for folder in (path for path in paths if path.is_dir()):
            found += take_in_folder(desk, folder, receipts, job=job)
        found += take_in(desk, [path for path in paths if not path.is_dir()], receipts, job=job)
    lines = [_line(one) for one in found] or ["没有新的文件。"]
    call.answer({"files": [_told(one) for one in found]}, "\n".join(lines))
    return max((one.exit_status for one in found), default=ExitStatus.DONE)


def _line(one: Verdict) -> str:
    line = f"{one.outcome.label}　{one.path.name}\n　　{one.sentence}{one.next_step}"
    return line if one.receipt_path is None else f"{line}\n　　回执：{one.receipt_path}"


def _told(one: Verdict) -> dict[str, Any]:
    return {
        "path": str(one.path),
        "outcome": one.outcome.value,
        "label": one.outcome.label,
        "kind": one.parcel or None,
        "station": one.station or None,
        "station_name": one.station_name or None,
        "first": one.first,
        "last": one.last,
        "profile": one.profile or None,
        "made_at": one.made_at or None,
        "counts": {kind: dict(of) for kind, of in one.counts.items()},
        "parked": one.parked,
        "sentence": one.sentence,
        "next_step": one.next_step,
        "receipt": None if one.receipt_path is None else str(one.receipt_path),
        "exit_status": int(one.exit_status),
    }


# --- street receipts, street snapshot -------------------------------------------------------------


def _receipts_words(parser: Parser) -> None:
    parser.option("--to", "DIR", "写到哪个文件夹", dest="target", required=True)
    parser.option("--station", "CODE", "只给这一个站点写", default="")


def _receipts(call: Call) -> int:
    from desktop_app.street.inbox.service import write_receipts

    folder = Path(call.options.target).expanduser()
    with call.desk() as desk:
        paths = write_receipts(desk, folder, call.options.station)
    lines = [str(path) for path in paths] or ["还没有收到过任何站点的上报包，没有回执可写。"]
    return call.answer({"paths": [str(path) for path in paths]}, "\n".join(lines))


def _snapshot_words(parser: Parser) -> None:
    parser.word("code", "CODE", "站点编码，例如 QR01")
    parser.option("--to", "DIR", "写到哪个文件夹", dest="target", required=True)


def _snapshot(call: Call) -> int:
    from desktop_app.street.inbox.service import snapshot_for

    folder = Path(call.options.target).expanduser()
    with call.desk() as desk:
        path = snapshot_for(desk, call.options.code, folder, job=call.console.job("生成对账文件"))
    return call.answer(
        {"path": str(path), "station": call.options.code},
        f"已生成 {path}。\n请交给站点，在站点“重新对账”里导入；不用重新录入。",
    )


# --- street parked --------------------------------------------------------------------------------


def _parked_words(parser: Parser) -> None:
    parser.option("--station", "CODE", "只看这一个站点的", default="")
    parser.flag("--retry", "把暂存的记录再试一次，例如升级近邻台之后")


def _parked(call: Call) -> int:
    from desktop_app.street.inbox.service import parked, retry_parked

    with call.desk() as desk:
        retried = (
            retry_parked(desk, job=call.console.job("重试暂存")) if call.options.retry else None
        )
        lines = parked(desk, call.options.station)
    document = {
        "retried": None if retried is None else {"applied": retried.applied},
        "parked": [_told_parked(line) for line in lines],
    }
    rows = [
        [line.record.station, line.label, line.record.uid.hex, str(line.record.n), line.why]
        for line in lines
    ]
    text = table(["站点", "内容", "UID", "变更号", "原因"], rows) if rows else "没有暂存的记录。"
    if retried is not None:
        text = f"{retried.applied} 条已收进台账。\n{text}"
    return call.answer(document, text)


def _told_parked(line: ParkedLine) -> dict[str, Any]:
    record = line.record
    return {
        "station": record.station,
        "kind": record.kind,
        "label": line.label,
        "uid": record.uid.hex,
        "n": record.n,
        "revision": record.revision,
        "version": record.version,
        "reason": record.reason.value,
        "why": line.why,
        "since": record.since,
    }


BUNDLE = (
    Verb(
        "bundle import",
        "收件：街道收下站点的上报包和照片",
        _import_words,
        _import,
        about=f"需要“收件”权限，{_AT_STREET}几个文件不分先后，一个收不下不影响别的。"
        "每个文件的结果是 applied 已收下、parked 已收下有暂存、duplicate 重复、gap 断档、"
        "forked 分叉、refused 拒收之一；退出状态取最高的：重复 0，断档 3，分叉和拒收 5。",
        examples=(
            "jinlin bundle import 上报包-QR01-000121-000340.jlb",
            "jinlin bundle import /media/U盘 --receipts /media/U盘/回执",
        ),
    ),
)

STREET = (
    Verb(
        "street receipts",
        "给站点写回执：街道收到了哪里",
        _receipts_words,
        _receipts,
        about=f"需要“收件”权限，{_AT_STREET}收件时已写过一份；丢了可以随时再写。",
        examples=("jinlin street receipts --to /media/U盘",),
    ),
    Verb(
        "street snapshot",
        "给一个站点生成重新对账的文件",
        _snapshot_words,
        _snapshot,
        about=f"需要“维护站点”权限，{_AT_STREET}站点恢复过备份、换了新电脑或出现分叉时用；"
        "只有这个站点打得开。",
        examples=("jinlin street snapshot QR01 --to /media/U盘",),
    ),
    Verb(
        "street parked",
        "列出暂时放不进台账的记录，或再试一次",
        _parked_words,
        _parked,
        about=f"查看需要“查看台账”权限，重试需要“收件”权限，{_AT_STREET}",
        examples=("jinlin street parked", "jinlin street parked --retry"),
    ),
)
