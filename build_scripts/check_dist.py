"""Looks over dist/jinlin and starts it: what is shipped must be whole, lawful and alive.

The program runs in an empty folder with a home of its own, so that nothing of the checkout or of
this machine's account can help it.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from build_scripts.ground.places import ON_WINDOWS, ROOT

DIST = ROOT / "dist" / "jinlin"
# Of it 50 MB are for paper (its libraries and its faces), 35 are our own modules and the pure ones
# of others, which lie in the window's program and in that of the command line alike.
LARGEST = 290_000_000
_PATIENCE = 300  # seconds for a self-test on a slow machine
_FORBIDDEN = re.compile(r"VirtualKeyboard|WebEngine", re.IGNORECASE)
_NEEDED = [
    "resources/fonts/NotoSansSC-Regular.ttf",
    "resources/fonts/print/Song.ttf",
    "resources/fonts/print/GPL-FandolFang.txt",
    "resources/licences/lgpl-3.0.txt",
    "LICENSE",
    "NOTICE",
]
_NEEDED_PLUGINS = (
    ["platforms/qwindows.dll", "platforms/qoffscreen.dll", "pdfium.dll", "pyrage/pyrage.pyd"]
    if ON_WINDOWS
    else [
        "platforms/libqxcb.so",
        "platforms/libqoffscreen.so",
        "printsupport/libcupsprintersupport.so",
        "libpdfium.so",
        "pyrage/pyrage.abi3.so",
        "platforminputcontexts/libibusplatforminputcontextplugin.so",
    ]
)


def main() -> int:
    problems = list(_problems())
    for problem in problems:
        print(problem, file=sys.stderr)
    if problems:
        return 1
    size = sum(path.stat().st_size for path in _files())
    print(f"{DIST.relative_to(ROOT)}: {size / 1e6:.0f} MB")
    return _self_test()


def _files() -> list[Path]:
    return [path for path in DIST.rglob("*") if path.is_file() and not path.is_symlink()]


def _problems() -> Iterator[str]:
    files = _files()
    names = [path.relative_to(DIST).as_posix() for path in files]
    for needed in [*_NEEDED, *_NEEDED_PLUGINS]:
        if not any(name.endswith(needed) for name in names):
            yield f"The frozen program lacks {needed}."
    for name in names:
        if _FORBIDDEN.search(name):
            yield f"The frozen program may not contain {name}."
    if sum(path.stat().st_size for path in files) > LARGEST:
        yield f"The frozen program is larger than {LARGEST / 1e6:.0f} MB."


def _self_test() -> int:
    program = DIST / ("jinlin-cli.exe" if ON_WINDOWS else "jinlin-cli")
    with tempfile.TemporaryDirectory(prefix="jinlin-dist-") as folder:
        environment = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("PYTHON", "VIRTUAL_ENV", "QT_", "LD_LIBRARY_PATH"))
        }
        environment |= {"JINLIN_HOME": str(Path(folder) / "home"), "QT_QPA_PLATFORM": "offscreen"}
        try:
            return subprocess.run(
                [program, "self-test"],
                cwd=folder,
                env=environment,
                timeout=_PATIENCE,
                check=False,
            ).returncode
        except subprocess.TimeoutExpired:
            print("The frozen program did not finish its self-test.", file=sys.stderr)
            return 1


if __name__ == "__main__":
    sys.exit(main())
