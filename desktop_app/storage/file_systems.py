"""What kind of disk a path lies on, and how much room there is; changes nothing."""

from __future__ import annotations

import os
import re
import shutil
import sys
from pathlib import Path

from desktop_app.storage.os_errors import translate_os_error

# File systems whose other side is another machine (or the host of a virtual one): SQLite's WAL
# needs memory shared by all its users, and its locks do not reach across (sqlite.org/wal.html).
# 9p and virtiofs are missing on purpose: containers have them as their one and only local disk.
_NETWORK = frozenset(
    {"nfs", "nfs4", "cifs", "smb", "smb2", "smb3", "smbfs", "ncpfs", "afs", "coda", "ceph"}
    | {"glusterfs", "lustre", "gpfs", "davfs", "vboxsf", "vmhgfs", "fuse.sshfs", "fuse.rclone"}
    | {"fuse.glusterfs", "fuse.davfs", "fuse.davfs2", "fuse.smbnetfs", "fuse.gvfsd-fuse"}
    | {"fuse.s3fs", "fuse.ceph", "fuse.vmhgfs-fuse"}
)
_MOUNTS = Path("/proc/self/mounts")


def free_space(path: Path) -> int:
    """Bytes this user may still write where `path` lies or would lie."""
    for place in (path, *path.absolute().parents):
        try:
            return shutil.disk_usage(place).free
        except FileNotFoundError:
            continue
        except OSError as error:
            raise translate_os_error(error, "查看磁盘空间") from error
    raise AssertionError("the root folder exists")


def file_system_type(path: Path, mounts: str) -> str:
    """The type of the file system `path` lies on, by a text like /proc/mounts; "" if unknown."""
    best, found = -1, ""
    for line in mounts.splitlines():
        fields = line.split(" ")
        if len(fields) < 3:
            continue
        point = Path(_without_octal(fields[1]))
        # The later of two mounts on one folder lies on top of the earlier one.
        if path.is_relative_to(point) and len(point.parts) >= best:
            best, found = len(point.parts), fields[2]
    return found


def _without_octal(field: str) -> str:
    """A field of /proc/mounts as written by the kernel: blanks and such as \\040 (proc(5))."""
    raw = re.sub(
        rb"\\([0-7]{3})",
        lambda match: bytes([int(match[1], 8) & 0xFF]),
        field.encode("utf-8", "surrogateescape"),
    )
    return os.fsdecode(raw)


if sys.platform == "win32":
    import ctypes

    _DRIVE_REMOTE = 4

    def is_network_share(path: Path) -> bool:
        """Whether `path` lies, or would lie, on another machine's disk."""
        anchor = path.absolute().anchor
        if anchor.startswith(("\\\\?\\UNC\\", "\\\\.\\UNC\\")):
            return True
        if anchor.startswith("\\\\") and not anchor.startswith(("\\\\?\\", "\\\\.\\")):
            return True
        return bool(ctypes.windll.kernel32.GetDriveTypeW(anchor) == _DRIVE_REMOTE)
else:

    def is_network_share(path: Path) -> bool:
        """Whether `path` lies, or would lie, on another machine's disk."""
        try:
            mounts = _MOUNTS.read_text("utf-8", "surrogateescape")
        except OSError:
            return False
        return file_system_type(path.resolve(), mounts) in _NETWORK
