"""Sticks to deliver to: an ordinary folder everywhere, and real disks where one may mount them.

`KINDS` says which there are on this machine; a test runs with each of them.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import struct
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

MEGA = 1 << 20

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
            options, device = ("size=40M", "tmpfs") if self.kind == "tmpfs" else ("loop", "")
            source = device or str(self._image)
            _run("mount", "-t", self.kind, "-o", options, source, str(self.path))
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
