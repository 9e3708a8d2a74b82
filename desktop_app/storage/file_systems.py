"""What kind of disk a path lies on, and how much room there is; changes nothing."""

from __future__ import annotations

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

# Linux and Windows call them differently; exFAT is none of them.
_FAT = frozenset({"vfat", "msdos", "fat", "fat12", "fat16", "fat32"})
_FAT_LARGEST = (1 << 32) - 1


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


def largest_file(file_system: str) -> int | None:
    """The most bytes one file may have on a file system of that name; None: no limit that hurts.

    A FAT32 stick takes no file of 4 GiB, however empty it is.
    """
    return _FAT_LARGEST if file_system.lower() in _FAT else None


if sys.platform == "win32":
    from desktop_app.storage.windows_volumes import REMOTE, kind_of, volume_of

    def file_system_of(path: Path) -> str:
        """The name of the file system `path` lies on, as the system says it; "" if unknown."""
        volume = volume_of(path.absolute().anchor)
        return volume.file_system if volume else ""

    def is_network_share(path: Path) -> bool:
        """Whether `path` lies, or would lie, on another machine's disk."""
        anchor = path.absolute().anchor
        if anchor.startswith(("\\\\?\\UNC\\", "\\\\.\\UNC\\")):
            return True
        if anchor.startswith("\\\\") and not anchor.startswith(("\\\\?\\", "\\\\.\\")):
            return True
        return kind_of(anchor) == REMOTE
else:
    from desktop_app.storage.mounts import mount_of, mounts

    def file_system_of(path: Path) -> str:
        """The name of the file system `path` lies on, as the system says it; "" if unknown."""
        mount = mount_of(path.resolve(), mounts())
        return mount.file_system if mount else ""

    def is_network_share(path: Path) -> bool:
        """Whether `path` lies, or would lie, on another machine's disk."""
        return file_system_of(path) in _NETWORK
