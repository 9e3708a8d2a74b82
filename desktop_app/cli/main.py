"""The way in: which verb, its help, and what every failure looks like from outside.

Nothing is imported here that the window does not need too: `jinlin` without a verb is the window.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from typing import Any

from desktop_app.cli.console import Console
from desktop_app.cli.parser import PROGRAM, Parser, Topic, UsageProblem
from desktop_app.cli.world import World
from desktop_app.core.errors import ExitStatus, Fault
from desktop_app.core.job import Cancelled


def run(words: Sequence[str], world: World) -> int:
    """Do one command; answers its exit status (commands.md, Common)."""
    console = Console(world, as_json="--json" in words)
    try:
        return _run(list(words), world, console)
    except UsageProblem as problem:
        return _wrong_usage(problem, console)
    except Fault as fault:
        return _told(fault, console)
    except (KeyboardInterrupt, Cancelled):
        # Neither our bug nor the input nor a refusal: somebody outside stopped it, as a signal or
        # a power cut does. What was under way is rolled back by the transaction it stood in.
        return _failed(
            console,
            ExitStatus.ENVIRONMENT,
            "已停止，没有做完的部分没有留下。",
            "需要时再运行一次。",
        )
    except BrokenPipeError:
        _close(world)
        return ExitStatus.ENVIRONMENT
    except Exception as error:  # noqa: BLE001 - the last place where a bug can still be told in words
        return _bug(error, list(words), world, console)


def _run(words: list[str], world: World, console: Console) -> int:
    from desktop_app.cli.choosing import FIRST, chosen, verbs_of, without_second_word
    from desktop_app.cli.verbs import VERBS

    verb, rest = chosen(words)
    wants_help = "-h" in rest or "--help" in rest
    if verb is None:
        if wants_help:
            return _answer(console, overview())
        if "--version" in rest:
            from desktop_app import __version__

            return _answer(console, f"近邻台 {__version__}")
        verb = VERBS[FIRST]
    if isinstance(verb, Topic):
        if wants_help:
            return _answer(console, verb.help(verbs_of(verb)))
        raise without_second_word(verb)
    parser = Parser(verb)
    options = parser.parsed(rest)
    if options.help:
        return _answer(console, parser.format_help())
    from desktop_app.cli.call import Call

    return verb.run(Call(world, console, options, verb.name))


def _answer(console: Console, text: str) -> int:
    console.answer({"text": text}, text)
    return ExitStatus.DONE


def overview() -> str:
    """The help of the whole program."""
    from desktop_app.cli.choosing import told_in_overview
    from desktop_app.cli.layout import aligned, wrapped

    return "\n".join(
        [
            "近邻台：小区党群服务站的登记台。不写命令就打开窗口。",
            "",
            f"用法：{PROGRAM} [命令] [选项]",
            f"      {PROGRAM} 命令 --help   这个命令的全部说明",
            "",
            "命令：",
            *aligned(told_in_overview(), 14),
            "",
            "通用选项：",
            *aligned(
                [
                    ("--home DIR", "数据文件夹；也可用环境变量 JINLIN_HOME"),
                    (
                        "--as NAME",
                        "以哪位操作员的身份；密码取自 JINLIN_PASSWORD，没有就在终端上询问",
                    ),
                    ("--json", "标准输出只写一份 JSON，给人看的话写到标准错误"),
                    ("-h, --help", "显示说明"),
                    ("--version", "显示版本"),
                ],
                14,
            ),
            "",
            *wrapped(
                "退出状态：0 完成；1 程序出错；2 命令写错；3 内容或请求不对；"
                "4 环境出了问题（磁盘、占用、权限，或被中途停止）；5 为安全而拒绝。"
            ),
            "",
        ]
    )


def _wrong_usage(problem: UsageProblem, console: Console) -> int:
    where = f"{PROGRAM} {problem.verb} --help" if problem.verb else f"{PROGRAM} --help"
    return _failed(console, ExitStatus.USAGE, problem.sentence, f"用法请看 {where}。")


def _told(fault: Fault, console: Console) -> int:
    from desktop_app.core.ledger_spec import WrongRecords

    problems = fault.problems if isinstance(fault, WrongRecords) else []
    listed = [
        {
            "record": one.record,
            "field": one.problem.field,
            "sentence": one.problem.sentence,
            "next_step": one.problem.next_step,
        }
        for one in problems
    ]
    return _failed(console, fault.exit_status, fault.sentence, fault.next_step, fault.field, listed)


def _failed(
    console: Console,
    status: ExitStatus,
    sentence: str,
    next_step: str = "",
    field: str | None = None,
    problems: Sequence[dict[str, Any]] = (),
) -> int:
    def tell() -> None:
        for one in problems:
            named = f"（{one['field']}）" if one["field"] else ""
            console.say(f"第 {one['record']} 条{named}：{one['sentence']}{one['next_step']}")
        console.say(f"{sentence}{next_step}")
        if console.as_json and not console.answered:
            error: dict[str, Any] = {"status": int(status), "sentence": sentence}
            error |= {"next_step": next_step, "field": field, "problems": list(problems)}
            console.answer({"error": error}, "")

    _if_anybody_listens(tell)
    return status


def _bug(error: Exception, words: list[str], world: World, console: Console) -> int:
    from desktop_app.cli.bugs import keep_report

    kept = keep_report(error, words, world)
    where = f"出错报告在 {kept}，里面没有居民信息，请交给维护人员。" if kept else "报告没能保存。"
    return _failed(console, ExitStatus.BUG, "程序出了意外，已经保存的记录都在。", where)


def _if_anybody_listens(tell: Callable[[], None]) -> None:
    try:
        tell()
    except (OSError, Fault):
        return


def _close(world: World) -> None:
    """Nobody reads any more; Python must not complain of that when it ends."""
    try:
        descriptor = world.out.fileno()
    except (OSError, ValueError):
        return
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, descriptor)
    os.close(nowhere)
