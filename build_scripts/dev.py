#!/usr/bin/env python3
"""The one command of a developer: run, test, lint, check, bench, build.

    python3 build_scripts/dev.py run            the window on a demo station
    python3 build_scripts/dev.py test [...]     all tests, or what pytest is told to run
    python3 build_scripts/dev.py lint           ruff, mypy, the house's layers
    python3 build_scripts/dev.py check          slow checks: packages, and the frozen program
    python3 build_scripts/dev.py bench NAME     a figure beside its reference (--json for both)
    python3 build_scripts/dev.py build          the frozen program, started once

Each does its own set-up on a fresh machine. Standard library only, Python 3.9 syntax.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Callable, Dict, Iterator, List

sys.path[0] = str(Path(__file__).resolve().parents[1])

from build_scripts.ground import environment, interpreter, system  # noqa: E402
from build_scripts.ground.places import (  # noqa: E402
    ROOT,
    TEST_FONTS,
    TOUR,
    venv_program,
)
from build_scripts.ground.speak import ENVIRONMENT_FAILED, GroundMissing, say  # noqa: E402

_USAGE = 2
_OFFSCREEN = system.Needs()


def _prepare(needs: system.Needs = _OFFSCREEN) -> str:
    """The environment's Python, with everything under it in place."""
    python = interpreter.find()
    system.provide(python, needs)
    return str(environment.provide(python))


def _start(arguments: List[str], extra: Dict[str, str]) -> int:
    return subprocess.run(arguments, cwd=ROOT, env={**os.environ, **extra}, check=False).returncode


def _has_display() -> bool:
    if not sys.platform.startswith("linux"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _offscreen(runtime: str) -> Dict[str, str]:
    """The same screen, letters, zone and fonts on every machine."""
    return {
        "QT_QPA_PLATFORM": "offscreen",
        "LC_ALL": "C.UTF-8",
        "TZ": "UTC",
        "XDG_RUNTIME_DIR": runtime,
        "XDG_CACHE_HOME": str(Path(runtime) / "cache"),
        "FONTCONFIG_FILE": str(TEST_FONTS),
        "PYTHONUTF8": "1",
    }


def run(arguments: List[str]) -> int:
    """The window on a demo station, or without a screen the same program's tour."""
    if _has_display():
        python = _prepare(system.Needs(window=True))
        return _start([python, "-m", "desktop_app", *(arguments or ["open", "--demo"])], {})
    say(
        "这台机器没有显示器（DISPLAY 和 WAYLAND_DISPLAY 都未设置），改为在后台走一遍并截图。\n"
        "No display here: the same program takes a short tour offscreen and leaves screenshots."
    )
    python = _prepare()
    with tempfile.TemporaryDirectory(prefix="jinlin-") as runtime:
        status = _start(
            [python, "-m", "desktop_app.shell.tour", "--out", str(TOUR)], _offscreen(runtime)
        )
    for picture in sorted(TOUR.glob("*.png")) if status == 0 else []:
        print(picture.relative_to(ROOT))
    return status


MOST_WORKERS = 4
"""More test processes than this wait for the disk and for PostgreSQL, not for a core."""


def test(arguments: List[str]) -> int:
    """pytest; its own arguments are passed through, and without any it runs on every core."""
    python = _prepare(system.Needs(postgres=True, pdf_readers=True, parcel_readers=True))
    if arguments:
        with tempfile.TemporaryDirectory(prefix="jinlin-") as runtime:
            return _start([python, "-m", "pytest", *arguments], _offscreen(runtime))
    arguments = ["-n", str(min(MOST_WORKERS, os.cpu_count() or 1)), "--dist=worksteal"]
    with tempfile.TemporaryDirectory(prefix="jinlin-") as runtime, _scratch() as scratch:
        extra = {**_offscreen(runtime), "TMPDIR": scratch, **_KEEPS_BYTECODE}
        return _start([python, "-m", "pytest", *arguments], extra)


_KEEPS_BYTECODE = {"PYTHONDONTWRITEBYTECODE": ""}
"""Some machines turn it off for everybody. Then each worker and each program that a test starts
compiles all modules anew: half a minute for a worker, seconds for a program."""

_MEMORY = Path("/dev/shm")
_ENOUGH_MEMORY = 2 << 30
"""Bytes; a whole run never needs a quarter of it at a time."""


@contextlib.contextmanager
def _scratch() -> Iterator[str]:
    """Where the files of a whole run lie: in memory where there is room, else on the disk.

    A disk takes milliseconds for each of the many thousand times that a database or a file is
    written through to it; what a test sees is the same on both.
    """
    free = shutil.disk_usage(_MEMORY).free if _MEMORY.is_dir() else 0
    where = str(_MEMORY) if free >= _ENOUGH_MEMORY and "TMPDIR" not in os.environ else None
    with tempfile.TemporaryDirectory(prefix="jinlin-tests-", dir=where) as folder:
        # PostgreSQL and a few children run as somebody else, who has to get to their own below.
        os.chmod(folder, 0o711)
        yield folder


def lint(arguments: List[str]) -> int:
    """Everything that reads the code without running it; each is run, whichever fails."""
    python = _prepare()
    commands = [
        [python, "-m", "ruff", "check", "."],
        [python, "-m", "ruff", "format", "--check", "."],
        [python, "-m", "mypy"],
        [str(venv_program("lint-imports")), "--no-cache", "--no-logo"],
    ]
    failed = []
    for command in commands:
        name = " ".join([Path(command[0]).stem, *command[1:]]).replace("python -m ", "")
        say("· " + name)
        if _start(command, {"NO_COLOR": "1", "PYTHONUTF8": "1"}) != 0:
            failed.append(name)
    if failed:
        say("Failed: " + ", ".join(failed))
    return 1 if failed else 0


def check(arguments: List[str]) -> int:
    """What is too slow or too far outside for every run of the tests."""
    python = _prepare()
    if _start([python, "-m", "pip", "check"], {}) != 0:
        return 1
    if shutil.which("soffice") is None:
        say("LibreOffice is not here: how it shows our workbooks was not looked at.")
    elif _start([python, "-m", "build_scripts.make_office_sheets", "--look"], {}) != 0:
        return 1
    return build([])


def bench(arguments: List[str]) -> int:
    """One bench, beside its reference."""
    python = _prepare(system.Needs(postgres=True, parcel_readers=True))
    with tempfile.TemporaryDirectory(prefix="jinlin-") as runtime:
        return _start([python, "-m", "tests.speed", *arguments], _offscreen(runtime))


def build(arguments: List[str]) -> int:
    """The frozen program; it must start and pass its own self-test."""
    # A frozen window carries the libraries of the machine that built it, X11's among them.
    python = _prepare(system.Needs(freezing=True))
    shutil.rmtree(ROOT / "dist" / "jinlin", ignore_errors=True)
    return _start([python, "-m", "build_scripts.build", *arguments], {})


VERBS: Dict[str, Callable[[List[str]], int]] = {
    "run": run,
    "test": test,
    "lint": lint,
    "check": check,
    "bench": bench,
    "build": build,
}


def main(arguments: List[str]) -> int:
    if not arguments or arguments[0] not in VERBS:
        print(__doc__)
        return 0 if arguments[:1] in (["-h"], ["--help"]) else _USAGE
    try:
        return VERBS[arguments[0]](arguments[1:])
    except GroundMissing as lack:
        say(str(lack))
        return ENVIRONMENT_FAILED
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
