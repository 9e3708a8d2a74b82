"""`self-test`: what a person would check after installing.

Qt is started in a child process with a time limit: a broken graphics driver kills that one, and the
answer still says what is wrong.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop_app.cli.call import Call
from desktop_app.cli.layout import table
from desktop_app.cli.parser import Parser, Verb
from desktop_app.core.errors import ExitStatus

if TYPE_CHECKING:
    from desktop_app.station.self_test.service import Part

PATIENCE_SECONDS = 120
_ON_SCREEN = ("字体显示", "中文输入", "屏幕")


def _words(parser: Parser) -> None:
    # How the child is told that it is the child; no person needs it.
    parser.add_argument("--part", help=argparse.SUPPRESS, default="")


def _run(call: Call) -> int:
    if call.options.part:
        return _look_at_screen(call)
    from desktop_app.station.self_test.service import try_parts

    # On Windows a virus scanner may still look at a file that is to go.
    with tempfile.TemporaryDirectory(prefix="jinlin-", ignore_cleanup_errors=True) as folder:
        job = call.console.job("自检")
        parts = try_parts(Path(folder), call.world.clock, call.world.kdf_cost, job)
    parts += _on_screen()
    passed = all(part.ok is not False for part in parts)
    words = {True: "正常", False: "不正常", None: "尚未提供"}
    text = table(
        ["项目", "结果", "说明"],
        [[part.name, words[part.ok], part.words] for part in parts],
        widest=100,
    )
    document = {
        "ok": passed,
        "parts": [{"name": part.name, "ok": part.ok, "words": part.words} for part in parts],
    }
    call.answer(document, text)
    if passed:
        return ExitStatus.DONE
    call.console.say("有项目不正常，请把上面的结果交给维护人员。")
    return ExitStatus.ENVIRONMENT


def _look_at_screen(call: Call) -> int:
    found = call.world.look_at_screen()
    document = [{"name": name, "ok": ok, "words": words} for name, ok, words in found]
    call.console.as_json = True
    return call.answer(document, "")


def _on_screen() -> list[Part]:
    from desktop_app.station.self_test.service import Part

    try:
        child = subprocess.run(
            _command(),
            env=_environment(),
            capture_output=True,
            timeout=PATIENCE_SECONDS,
            check=False,
        )
        answer: Any = json.loads(child.stdout.decode("utf-8", "replace") or "null")
    except (OSError, ValueError, subprocess.TimeoutExpired):
        answer = None
    if not isinstance(answer, list):
        return [
            Part(name, False, "图形界面没能启动，请检查显卡驱动或缺少的系统库")
            for name in _ON_SCREEN
        ]
    note = "" if _has_screen() else "（没有显示器，用离屏方式试的）"
    return [Part(one["name"], one["ok"], f"{one['words']}{note}") for one in answer]


def _command() -> list[str]:
    """This very program again: frozen it is the executable itself."""
    program = [sys.executable]
    if not getattr(sys, "frozen", False):
        program += ["-m", "desktop_app"]
    return [*program, "self-test", "--part", "screen"]


def _environment() -> dict[str, str]:
    from desktop_app.core.resources import resource_root

    environment = dict(os.environ)
    if not getattr(sys, "frozen", False):
        known = environment.get("PYTHONPATH", "")
        own = str(resource_root().parent)
        environment["PYTHONPATH"] = os.pathsep.join(filter(None, (own, known)))
    if not _has_screen():
        environment["QT_QPA_PLATFORM"] = "offscreen"
    return environment


def _has_screen() -> bool:
    if os.environ.get("QT_QPA_PLATFORM") == "offscreen":
        return False
    if not sys.platform.startswith("linux"):
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


VERBS = (
    Verb(
        "self-test",
        "安装后的自检：字体、加密、数据库、备份、上报包、输入法、屏幕",
        _words,
        _run,
        about="在临时文件夹里试，不碰任何真实数据，也不需要密码。全部正常时退出状态是 0。",
        examples=("jinlin self-test", "jinlin self-test --json"),
        needs_sign_in=False,
    ),
)
