"""Makes `.venv` and keeps it true to the lock.

The environment carries a stamp, written last: a missing stamp means half-made, another path means
moved, another Python means replaced: each is made anew. A changed lock is installed on top.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
from pathlib import Path

from build_scripts.ground.interpreter import Interpreter
from build_scripts.ground.places import DEVELOPER_LOCK, ROOT, VENV, venv_program
from build_scripts.ground.speak import GroundMissing, say

_STAMP = ".ground.json"


def provide(interpreter: Interpreter, venv: Path = VENV, lock: Path = DEVELOPER_LOCK) -> Path:
    """The environment's Python, after whatever had to be made or installed."""
    wanted = {
        "path": str(venv),
        "python": interpreter.words,
        "lock": hashlib.sha256(lock.read_bytes()).hexdigest(),
    }
    python = venv_program("python", venv)
    stamp_file = venv / _STAMP
    stamp = _read_stamp(stamp_file)
    if stamp == wanted and _answers(python):
        return python
    usable = (
        stamp.get("path") == wanted["path"]
        and stamp.get("python") == wanted["python"]
        and _answers(python)
    )
    stamp_file.unlink(missing_ok=True)
    if not usable:
        _make(interpreter, venv)
    _install(python, lock)
    stamp_file.write_text(json.dumps(wanted), encoding="utf-8")
    return python


def _read_stamp(stamp_file: Path) -> "dict[str, str]":
    try:
        stamp = json.loads(stamp_file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) else {}


def _answers(python: Path) -> bool:
    try:
        return (
            subprocess.run(
                [str(python), "-I", "-c", "import pip"], capture_output=True, check=False
            ).returncode
            == 0
        )
    except OSError:
        return False


def _make(interpreter: Interpreter, venv: Path) -> None:
    if Path(sys.prefix).resolve() == venv.resolve():
        raise GroundMissing(
            "This is the Python of a .venv that has to be made anew. Please start again with the "
            "Python outside it: " + interpreter.path
        )
    say(f"Making {venv.name} with Python {interpreter.words}")
    if venv.exists():
        shutil.rmtree(venv)
    made = subprocess.run([interpreter.path, "-m", "venv", str(venv)], cwd=ROOT, check=False)
    if made.returncode != 0:
        raise GroundMissing(f"{interpreter.path} -m venv failed; see above.")


def _install(python: Path, lock: Path) -> None:
    say(f"Installing what {lock.name} lists (once; a minute or two)")
    installed = subprocess.run(
        [
            str(python), "-m", "pip", "install", "--quiet", "--no-input",
            "--disable-pip-version-check", "--require-hashes", "--only-binary", ":all:",
            "-r", str(lock),
        ],
        cwd=ROOT,
        stdout=sys.stderr,
        check=False,
    )  # fmt: skip
    if installed.returncode != 0:
        raise GroundMissing("pip could not install the packages; see above, then start again.")
