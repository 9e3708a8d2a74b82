"""Real child processes for tests about crashes, locks and rights; tests of tests do not go here."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import textwrap
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
NOBODY = 65534

# Root writes into anything, so a child gives root up; only after its imports, because the project
# may lie where nobody else may read.
_GIVE_UP_ROOT = f"""
import os
if os.name == "posix" and os.getuid() == 0:
    os.setgroups([])
    os.setgid({NOBODY})
    os.setuid({NOBODY})
"""


def start_child(
    imports: str, body: str, *arguments: object, as_nobody: bool = False
) -> subprocess.Popen[str]:
    """Start `imports` then `body` in a fresh Python; `sys.argv[1:]` are the arguments."""
    script = "\n".join(
        [
            "import sys",
            textwrap.dedent(imports),
            _GIVE_UP_ROOT if as_nobody else "",
            textwrap.dedent(body),
        ]
    )
    return subprocess.Popen(
        [sys.executable, "-c", script, *map(str, arguments)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )


def run_child(imports: str, body: str, *arguments: object, as_nobody: bool = False) -> str:
    """Run a child to its end and answer what it printed; a child that fails fails the test."""
    with start_child(imports, body, *arguments, as_nobody=as_nobody) as child:
        out, err = child.communicate(timeout=60)
    assert child.returncode == 0, err
    return out


@contextmanager
def folder_of_nobody() -> Iterator[Path]:
    """A folder that belongs to the unprivileged child, outside pytest's own (0700) folders."""
    folder = Path(tempfile.mkdtemp())
    try:
        if os.getuid() == 0:
            os.chown(folder, NOBODY, NOBODY)
        yield folder
    finally:
        for inner in folder.rglob("*"):
            if inner.is_dir():
                inner.chmod(0o700)
        shutil.rmtree(folder)


@contextmanager
def small_disk(folder: Path, size: int, files: int = 1000) -> Iterator[Path | None]:
    """A disk for so many bytes and files mounted on `folder`; None where one may not mount."""
    folder.mkdir()
    mounted = (
        shutil.which("mount") is not None
        and subprocess.run(
            ["mount", "-t", "tmpfs", "-o", f"size={size},nr_inodes={files}", "tmpfs", str(folder)],
            capture_output=True,
            check=False,
        ).returncode
        == 0
    )
    try:
        yield folder if mounted else None
    finally:
        if mounted:
            subprocess.run(["umount", str(folder)], check=True)
