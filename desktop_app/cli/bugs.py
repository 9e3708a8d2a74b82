"""Keeps a report of a bug of ours where whoever looks after the computer finds it.

It names places of the code and versions, never values, messages or arguments: those may hold a
resident's data.
"""

from __future__ import annotations

import platform
import traceback
from collections.abc import Sequence
from pathlib import Path

from desktop_app import __version__
from desktop_app.cli.world import World
from desktop_app.core.errors import Fault

KEPT = 20


def report_of(error: BaseException) -> str:
    """Where it happened, from the outermost place to the innermost, and what caused what."""
    lines = [
        f"近邻台 {__version__} · Python {platform.python_version()} · 命令行",
        f"{platform.system()} {platform.release()} {platform.machine()}",
    ]
    cause: BaseException | None = error
    while cause is not None:
        lines.append(type(cause).__name__)
        for frame in traceback.extract_tb(cause.__traceback__):
            place = "/".join(Path(frame.filename).parts[-3:])
            lines.append(f"  {place}:{frame.lineno} {frame.name}")
        cause = cause.__cause__
    return "\n".join(lines) + "\n"


def keep_report(error: BaseException, words: Sequence[str], world: World) -> Path | None:
    """Write the report beside those of the window, else into this user's log folder."""
    import platformdirs

    from desktop_app.storage.files import make_folder, write_atomic

    name = f"report-{world.clock.now()}.txt"
    for folder in (_crash_folder(words, world), platformdirs.user_log_path("jinlin-desk", False)):
        if folder is None:
            continue
        try:
            make_folder(folder, what="保存出错报告")
            write_atomic(folder / name, report_of(error).encode(), what="保存出错报告")
            for old in sorted(folder.glob("report-*.txt"))[:-KEPT]:
                old.unlink()
        except (Fault, OSError):
            continue
        return folder / name
    return None


def _crash_folder(words: Sequence[str], world: World) -> Path | None:
    from desktop_app.storage.home import default_home_path

    home = default_home_path(world.environment)
    for place, word in enumerate(words):
        if word == "--home" and place + 1 < len(words):
            home = Path(words[place + 1]).expanduser()
        elif word.startswith("--home="):
            home = Path(word.partition("=")[2]).expanduser()
    folder = home / "crash"
    return folder if folder.is_dir() else None
