"""Writes requirements/*.txt from pyproject.toml: exact versions with hashes, for every platform.

Needs `uv` (`pip install uv`), which resolves for all platforms at once. The result names no index
host and no path of this machine, so that any mirror can serve it. `dev.txt` is all a developer
needs; `run.txt`, the same versions, is what the frozen program carries.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys

from build_scripts.ground.places import DEVELOPER_LOCK, ROOT, RUN_LOCK, venv_program

_FOREIGN = re.compile(r"https?:|file:|(?<![\w.])/(?!=)")


def main() -> int:
    DEVELOPER_LOCK.parent.mkdir(exist_ok=True)
    _compile("--group", "dev", "-o", str(DEVELOPER_LOCK))
    _compile("-c", str(DEVELOPER_LOCK), "-o", str(RUN_LOCK))
    for lock in (DEVELOPER_LOCK, RUN_LOCK):
        for number, line in enumerate(lock.read_text(encoding="utf-8").splitlines(), 1):
            if _FOREIGN.search(line):
                print(f"{lock.name}:{number} names a host or a path: {line}")
                return 1
    return 0


def _compile(*arguments: str) -> None:
    beside = venv_program("uv")
    uv = str(beside) if beside.exists() else shutil.which("uv")
    if uv is None:
        sys.exit("uv is needed for this: .venv/bin/python -m pip install uv")
    subprocess.run(
        [
            uv, "pip", "compile", "pyproject.toml", "--universal", "--python-version", "3.11",
            "--generate-hashes", "--only-binary", ":all:", "--no-emit-index-url", "--no-header",
            "--no-annotate", "--quiet", *arguments,
        ],
        cwd=ROOT,
        check=True,
    )  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
