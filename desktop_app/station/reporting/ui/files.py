"""Which files this page takes, by their names, and why it does not take others.

What is in a file is for the services to judge; a wrong name is told before anything is opened.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from desktop_app.core.route import SHEET_ENDINGS
from desktop_app.widgets.file_drop import DropAnswer

PARCEL, PAPER = ".jlb", ".json"
ONLY_THESE = "这里只收街道发来的文件：回执和对账文件（.jlb），邀请和接收文件（.json）。"
_SHOWN = 2


def judge(paths: Sequence[Path]) -> DropAnswer | None:
    """What letting go of these files would do; spreadsheets are the window's, not this page's."""
    if paths and all(suffix(path) in SHEET_ENDINGS for path in paths):
        return None
    taken = tuple(path for path in paths if suffix(path) in (PARCEL, PAPER))
    others = [path for path in paths if path not in taken]
    if not others:
        return DropAnswer(taken, f"松开，导入 {_names(taken)}")
    why = _why_not(others[0])
    if not taken:
        return DropAnswer((), f"{why}{ONLY_THESE}")
    return DropAnswer(taken, f"松开，导入 {_names(taken)}。{why}其余不导入。")


def suffix(path: Path) -> str:
    """The end of a file's name, in small letters."""
    return path.suffix.lower()


def is_of_station(name: str, code: str) -> bool:
    """Whether a file's name says that the street has made it for this station."""
    beginning, _, rest = name.partition("-")
    return (
        beginning in ("回执", "对账")
        and rest.upper().startswith(f"{code.upper()}-")
        and name.lower().endswith(PARCEL)
    )


def _why_not(path: Path) -> str:
    # Only what has no ending is looked at: a share that does not answer must not hold the window.
    if not path.suffix and path.is_dir():
        return f"“{path.name}”是文件夹，请打开它，把里面的文件拖过来。"
    if suffix(path) in (".zip", ".rar", ".7z"):
        return f"“{path.name}”是压缩包，请先解压。"
    return f"“{path.name}”不是街道发来的文件。"


def _names(paths: Sequence[Path]) -> str:
    shown = "、".join(path.name for path in paths[:_SHOWN])
    return shown if len(paths) <= _SHOWN else f"{shown} 等 {len(paths)} 个文件"
