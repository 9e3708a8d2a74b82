"""The one door to the files that travel with the program: fonts, icons, styles, help, licences.

Works the same from the source tree and from the frozen program (PyInstaller, one folder). Nothing
else may work out paths from `__file__` or `sys._MEIPASS`. Only reading; user files live elsewhere.
"""

from __future__ import annotations

import sys
from pathlib import Path

from desktop_app.core.errors import EnvironmentFault

# Once: a page asks for two hundred pictures, and each would walk up the disk's folders again.
_IN_THE_SOURCE_TREE = Path(__file__).resolve().parents[2] / "resources"


def resource_root() -> Path:
    """The folder `resources`: beside the package in the source tree, in the bundle when frozen."""
    bundle = getattr(sys, "_MEIPASS", None)
    if bundle is not None:
        return Path(bundle) / "resources"
    return _IN_THE_SOURCE_TREE


def resource_path(*parts: str) -> Path:
    """Where a file lies, e.g. `resource_path("icons", "plus.svg")`; it need not exist."""
    return resource_root().joinpath(*parts)


def resource_bytes(*parts: str) -> bytes:
    """The file's content. `EnvironmentFault` when the installation lacks it."""
    path = resource_path(*parts)
    try:
        return path.read_bytes()
    except OSError as error:
        raise EnvironmentFault(
            f"程序文件不完整，缺少 {'/'.join(parts)}，您的数据没有受影响。",
            "请重新安装本程序，或把安装包重新复制一次。",
        ) from error


def resource_text(*parts: str) -> str:
    """The file's content as UTF-8 text. `EnvironmentFault` when the installation lacks it."""
    return resource_bytes(*parts).decode("utf-8")


def resource_files(folder: str, suffix: str) -> tuple[Path, ...]:
    """The files of a folder with this suffix, sorted by name; none when there is no folder."""
    return tuple(sorted(resource_path(folder).glob(f"*{suffix}")))
