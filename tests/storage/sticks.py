"""Sticks to deliver to, and what is delivered: for the tests of delivery.

A stick is an ordinary folder everywhere, and a real disk where one may mount disks: `KINDS` says
which there are on this machine, and a test runs with each of them.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import struct
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from desktop_app.core.job import Job, Progress

MEGA = 1 << 20
NAME = "上报包-QR01-000121-000340.jlb"
SECOND = "上报包-QR01-000121-000340 (2).jlb"
CONTENT = hashlib.sha256(b"seed").digest() * (3 * MEGA // 32) + b"the end"

CHILD_IMPORTS = """
import signal, sys
from pathlib import Path
from desktop_app.core.errors import EnvironmentFault
from desktop_app.core.job import Job
from desktop_app.storage.delivery import deliver
source, folder = Path(sys.argv[1]), Path(sys.argv[2])
"""

# Ends all traffic between an ext4 and its disk at once, as pulling does; see ext4's ioctl.c.
_SHUTDOWN, _WITHOUT_LOG = 0x8004_587D, struct.pack("I", 2)


class Stick:
    """A stick in its slot at `path`; `kind` is "folder" or the name of its file system."""

    def __init__(self, path: Path, kind: str, image: Path) -> None:
        self.path = path
        self.kind = kind
        self._image = image
        self._mounted = False

    def plug(self) -> None:
        """Mount it (again)."""
        self.path.mkdir(exist_ok=True)
        if self.kind != "folder":
            # Without utf8 some kernels would turn Chinese names on a FAT stick into question marks.
            options = {"tmpfs": "size=40M", "vfat": "loop,utf8"}.get(self.kind, "loop")
            _run("mount", "-t", self.kind, "-o", options, str(self._image), str(self.path))
            self._mounted = True

    def pull(self) -> None:
        """Pull it out, whatever is being written."""
        if self.kind == "folder":
            shutil.rmtree(self.path)
        elif self.kind == "ext4":
            with _opened_folder(self.path) as descriptor:
                fcntl.ioctl(descriptor, _SHUTDOWN, _WITHOUT_LOG)
        else:
            self.unplug()

    def protect(self) -> None:
        """Turn its write protection on."""
        _run("mount", "-o", "remount,ro", str(self.path))

    def damage(self, content: bytes) -> None:
        """Let the cells of the stick forget a content behind the back of the system."""
        with self._image.open("r+b") as cells:
            cells.seek(self._image.read_bytes().rindex(content))
            cells.write(bytes(len(content)))

    def unplug(self) -> None:
        """Take away what is mounted, also while a file on it is open; nothing when nothing is."""
        if self._mounted:
            _run("umount", "-l", str(self.path))
            self._mounted = False


@contextmanager
def stick(folder: Path, kind: str) -> Iterator[Stick]:
    """A fresh stick of 40 MB plugged in at `folder`, which is made."""
    image = folder.with_name(f"{folder.name}.img")
    if kind not in ("folder", "tmpfs"):
        with image.open("wb") as sparse:
            sparse.truncate(40 * MEGA)
        _run(f"mkfs.{kind}", *(["-q"] if kind == "ext4" else []), str(image))
    one = Stick(folder, kind, image)
    one.plug()
    if kind == "ext4":
        shutil.rmtree(folder / "lost+found")
    try:
        yield one
    finally:
        one.unplug()


@contextmanager
def _opened_folder(folder: Path) -> Iterator[int]:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def _run(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True)


def _can(kind: str) -> bool:
    with tempfile.TemporaryDirectory() as folder:
        try:
            with stick(Path(folder, "stick"), kind):
                return True
        except (OSError, subprocess.CalledProcessError):
            return False


KINDS = ["folder", *filter(_can, ("tmpfs", "ext4", "vfat", "exfat"))]


def file_to_deliver(folder: Path) -> Path:
    """A finished file, in a folder of its own."""
    path = folder / "out" / NAME
    path.parent.mkdir()
    path.write_bytes(CONTENT)
    return path


def job() -> Job:
    return Job("送出上报包")


def when(words: str, deed: Callable[[], object], *, after: int = 0) -> Job:
    """A job that does a deed once, as soon as its progress says these words at so many bytes."""
    done = False

    def listen(progress: Progress) -> None:
        nonlocal done
        if not done and progress.words == words and progress.done >= after:
            done = True
            deed()

    return Job("送出上报包", listen)
