"""Finds the Python that the environment is made from: 3.11, 3.12 or 3.13, 64-bit.

The bounds are those of the wheels: SQLAlchemy 2.1 needs 3.11, PySide6 6.9.3 ends before 3.14.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Iterator, NamedTuple, Optional

from build_scripts.ground.places import ON_WINDOWS
from build_scripts.ground.speak import GroundMissing

OLDEST = (3, 11)
NEWEST = (3, 13)
_MINORS = (13, 12, 11)

# `_base_executable` leads out of a virtual environment, which cannot be the base of another one.
_QUESTION = (
    "import sys; print(*sys.version_info[:3], int(sys.maxsize > 2**32),"
    " getattr(sys, '_base_executable', sys.executable), sep='|')"
)


class Interpreter(NamedTuple):
    """A Python that answered: its path and its version, such as (3, 11, 2)."""

    path: str
    version: "tuple[int, int, int]"

    @property
    def words(self) -> str:
        return ".".join(str(part) for part in self.version)


def find() -> Interpreter:
    """The first fitting interpreter: this one, the launcher's, the PATH's, pyenv's.

    Raises `GroundMissing` with the Python to install when there is none.
    """
    for command in _candidates():
        answer = _ask(command)
        if answer is not None and OLDEST <= answer.version[:2] <= NEWEST:
            return answer
    raise GroundMissing(_what_to_install())


def _candidates() -> Iterator["list[str]"]:
    yield [sys.executable]
    if ON_WINDOWS:
        launcher = shutil.which("py")
        if launcher:
            for minor in _MINORS:
                yield [launcher, f"-3.{minor}"]
    for minor in _MINORS:
        found = shutil.which(f"python3.{minor}")
        if found:
            yield [found]
    # A pyenv shim answers only for versions that are switched on, so its folder is read directly.
    pyenv = Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv") / "versions"
    for minor in _MINORS:
        for folder in sorted(pyenv.glob(f"3.{minor}.*"), reverse=True):
            yield [str(folder / ("python.exe" if ON_WINDOWS else "bin/python"))]
    for minor in _MINORS:
        yield [f"/usr/bin/python3.{minor}"]


def _ask(command: "list[str]") -> Optional[Interpreter]:
    if not command[0]:
        return None
    try:
        answer = subprocess.run(
            [*command, "-I", "-c", _QUESTION],
            capture_output=True,
            text=True,
            timeout=60,
            check=True,
        ).stdout
    except (OSError, subprocess.SubprocessError):
        return None
    parts = answer.strip().split("|")
    if len(parts) != 5 or parts[3] != "1":
        return None
    return Interpreter(parts[4], (int(parts[0]), int(parts[1]), int(parts[2])))


def _what_to_install() -> str:
    have = ".".join(str(part) for part in sys.version_info[:3])
    way = (
        "Install 64-bit Python 3.13 (winget install Python.Python.3.13), then: "
        "py -3.13 build_scripts\\dev.py run"
        if ON_WINDOWS
        else "Install Python 3.13, 3.12 or 3.11 (Debian, Ubuntu: apt-get install python3.11 "
        "python3.11-venv; elsewhere: pyenv install 3.13) and start again."
    )
    return f"This needs a 64-bit Python 3.11 to 3.13; found only {have}. {way}"
