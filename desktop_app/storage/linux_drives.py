"""Which mounts of a Linux system (UOS and Kylin, too) lie on a stick or another removable disk."""

from __future__ import annotations

import os
import re
import stat
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from desktop_app.storage.mounts import Mount


@dataclass(frozen=True, slots=True)
class Disk:
    """A whole disk as /sys tells of it; `removable` also for a card in a slot."""

    path: Path
    removable: bool
    usb: bool


DisksOf = Callable[[Mount], frozenset[Disk]]

_SYSTEM = frozenset(map(Path, ("/", "/boot", "/boot/efi", "/home", "/usr", "/var", "/opt")))
_MEDIA = (Path("/media"), Path("/run/media"))
# CDs, and the programs of the system that are mounted as if they were disks.
_NOT_FOR_FILES = frozenset({"iso9660", "squashfs"})


def removable_mounts(mounted: Iterable[Mount], disks_of: DisksOf) -> list[Mount]:
    """Those mounts that lie on a removable disk, each file system once.

    Removable is what /sys calls so, what hangs on USB, and what a desktop has mounted under /media
    or /run/media. A disk that the system itself runs from is none, wherever it hangs.
    """
    on_top = {mount.point: mount for mount in mounted}
    system = frozenset(
        disk.path for point in _SYSTEM & on_top.keys() for disk in disks_of(on_top[point])
    )
    found: dict[str, Mount] = {}
    for mount in sorted(on_top.values(), key=lambda mount: mount.root != "/"):
        if not mount.source.startswith("/dev/") or mount.file_system in _NOT_FOR_FILES:
            continue
        disks = disks_of(mount)
        if system.intersection(disk.path for disk in disks):
            continue
        in_media = any(mount.point.is_relative_to(media) for media in _MEDIA)
        if in_media or any(disk.removable or disk.usb for disk in disks):
            found.setdefault(mount.source, mount)
    return sorted(found.values(), key=lambda mount: mount.point)


class Sysfs:
    """The disks behind mounts, as /sys tells; `root` is /sys itself, or a copy of one."""

    def __init__(self, root: Path = Path("/sys")) -> None:
        self._root = root

    def disks_of(self, mount: Mount) -> frozenset[Disk]:
        """The whole disks below a mount; none when /sys does not know."""
        try:
            return frozenset(self._disks(self._block(mount)))
        except OSError:
            return frozenset()

    def _block(self, mount: Mount) -> Path:
        number = mount.device
        if sys.platform != "win32" and number.startswith("0:"):
            # A file system of several disks (btrfs) or in user space has a number of its own.
            status = os.stat(mount.source)
            if not stat.S_ISBLK(status.st_mode):
                raise FileNotFoundError(mount.source)
            number = f"{os.major(status.st_rdev)}:{os.minor(status.st_rdev)}"
        return (self._root / "dev/block" / number).resolve(strict=True)

    def _disks(self, block: Path) -> list[Disk]:
        slaves = block / "slaves"
        below = sorted(slaves.iterdir()) if slaves.is_dir() else []
        if below:
            # An encrypted stick: the disk is below the mapping.
            return [disk for slave in below for disk in self._disks(slave.resolve(strict=True))]
        whole = block.parent if (block / "partition").exists() else block
        card = _line(whole / "device/type") == "SD"
        usb = any(re.fullmatch(r"usb\d+", part) for part in whole.parts)
        return [Disk(whole, card or _line(whole / "removable") == "1", usb)]


def _line(path: Path) -> str:
    try:
        return path.read_text("utf-8", "replace").strip()
    except OSError:
        return ""


def plain_label(name: str) -> str:
    """A label as udev writes it under /dev/disk/by-label: \\x20 for a byte it does not like.

    Older Windows wrote Chinese labels of FAT sticks in GBK.
    """
    raw = re.sub(
        rb"\\x([0-9a-fA-F]{2})", lambda match: bytes([int(match[1], 16)]), os.fsencode(name)
    )
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("gb18030", "replace")


def labels(folder: Path = Path("/dev/disk/by-label")) -> dict[str, str]:
    """The labels the system knows, by device; a label may be missing."""
    try:
        return {os.path.realpath(link): plain_label(link.name) for link in folder.iterdir()}
    except OSError:
        return {}
