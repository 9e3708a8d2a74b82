"""`backup`, `restore` and `check`: keeping what is there whole."""

from __future__ import annotations

from pathlib import Path

from desktop_app.cli.call import Call
from desktop_app.cli.layout import table
from desktop_app.cli.parser import Parser, Verb
from desktop_app.core.errors import ExitStatus, UserError


def _backup_words(parser: Parser) -> None:
    parser.option("--to", "DIR", "备份放到哪个文件夹，最好在另一块硬盘上", dest="target",
                  required=True)  # fmt: skip


def _backup(call: Call) -> int:
    from desktop_app.station.backups.service import back_up

    folder = Path(call.options.target).expanduser()
    with call.session() as session:
        made = back_up(session.desk, session.house.home, folder)
    document = {
        "path": str(made.path),
        "bytes": made.size,
        "made_at": made.made_at,
        "station": made.station,
        "verified": True,
    }
    return call.answer(document, f"已备份并核对：{made.path}（{made.size / 1e6:.1f} MB）")


def _restore_words(parser: Parser) -> None:
    parser.word("file", "FILE", "一份 .jlbak 备份；附件要在它旁边的 attachments 文件夹里")


def _restore(call: Call) -> int:
    from desktop_app.station.backups.service import restore

    file = Path(call.options.file).expanduser()
    if not file.is_file():
        raise UserError("找不到这份备份，没有恢复。", "请检查文件名和所在的文件夹。", field="file")
    home = restore(file, call.home, call.world.clock)
    document = {"home": str(home.path), "name": home.about.name, "code": home.about.code}
    return call.answer(
        document,
        f"已恢复到 {home.path}：{home.about.name}（{home.about.code}）\n"
        "操作员和密码都是备份当时的；下次登录后编号改用新的序列，不会和已经印出的重复。",
    )


def _check_words(parser: Parser) -> None:
    """Takes no words of its own."""


def _check(call: Call) -> int:
    from desktop_app.station.data_check.service import check

    with call.session() as session:
        lines = check(session, call.console.job("检查"))
    whole = all(line.ok for line in lines)
    parts = [{"name": line.name, "ok": line.ok, "words": line.words} for line in lines]
    rows = [[line.name, "完好" if line.ok else "有问题"] for line in lines]
    text = table(["内容", "结果"], rows)
    for line in lines:
        if not line.ok:
            text += f"\n\n{line.name}：{line.words}"
    call.answer({"ok": whole, "parts": parts}, text)
    if whole:
        return ExitStatus.DONE
    call.console.say(
        "有内容损坏，检查没有改动任何数据。请用 jinlin restore 回到最近一次完好的备份。"
    )
    return ExitStatus.ENVIRONMENT


VERBS = (
    Verb(
        "backup",
        "做一份核对过的备份",
        _backup_words,
        _backup,
        about="备份可以在窗口开着时做；写完会重新读一遍核对。备份是加密的，用备份当时的密码打开。",
        examples=("jinlin backup --to /media/移动硬盘",),
    ),
    Verb(
        "restore",
        "把备份恢复到一个空的数据文件夹",
        _restore_words,
        _restore,
        about="--home 指向的文件夹必须不存在或是空的。不需要密码；恢复后用备份当时的密码登录。",
        examples=("jinlin restore 近邻台备份-QR01-20261123090000.jlbak --home 新文件夹",),
        needs_sign_in=False,
    ),
    Verb(
        "check",
        "检查数据是否完好：文件、关联、审计、变更、检索、备份，街道还有收件",
        _check_words,
        _check,
        about="不改动任何内容。有损坏时退出状态是 4。",
        examples=("jinlin check --json",),
    ),
)
