"""Finds the sticks and other removable disks that are plugged in right now.

No Qt and no library: Windows is asked through `windows_volumes`, Linux through
`linux_drives`. A drive may vanish between two looks; then it is not in the answer.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Drive:
    """A removable drive: `path` is where its files are, `total` and `free` are bytes.

    `file_system` is the system's own name for it (vfat, FAT32, ntfs…); `label` may be empty.
    """

    path: Path
    label: str
    file_system: str
    total: int
    free: int
    read_only: bool

    @property
    def name(self) -> str:
        """What to call it: the label, else the folder or the letter it has."""
        return self.label or self.path.name or str(self.path)


def is_there(drive: Drive) -> bool:
    """Whether a drive is plugged in where it was: the empty folder it leaves takes files, too."""
    return any(
        (now.path, now.label, now.file_system, now.total)
        == (drive.path, drive.label, drive.file_system, drive.total)
        for now in drives()
    )


if sys.platform == "win32":
    from desktop_app.storage.windows_volumes import (
        FIXED,
        REMOVABLE,
        is_usb,
        kind_of,
        roots,
        volume_of,
    )

    def drives() -> list[Drive]:
        """The removable drives that are there right now; raises nothing."""
        system = os.environ.get("SYSTEMDRIVE", "C:").upper()
        found = [_volume(root) for root in roots() if root[:2] != system and _is_removable(root)]
        return [drive for drive in found if drive is not None]

    def _is_removable(root: str) -> bool:
        kind = kind_of(root)
        return kind == REMOVABLE or (kind == FIXED and is_usb(root))

    def _volume(root: str) -> Drive | None:
        volume = volume_of(root)
        try:
            usage = shutil.disk_usage(root)
        except OSError:
            return None
        if volume is None:
            return None
        return Drive(
            Path(root),
            volume.label,
            volume.file_system,
            usage.total,
            usage.free,
            volume.read_only,
        )
else:
    from desktop_app.storage.linux_drives import Sysfs, labels, removable_mounts
    from desktop_app.storage.mounts import Mount, mounts

    def drives() -> list[Drive]:
        """The removable drives that are there right now; raises nothing."""
        known = labels()
        found = [_drive(mount, known) for mount in removable_mounts(mounts(), Sysfs().disks_of)]
        return [drive for drive in found if drive is not None]

    def _drive(mount: Mount, known: Mapping[str, str]) -> Drive | None:
        try:
            usage = shutil.disk_usage(mount.point)
        except OSError:
            return None
        label = known.get(os.path.realpath(mount.source), "")
        return Drive(
            mount.point, label, mount.file_system, usage.total, usage.free, mount.read_only
        )
