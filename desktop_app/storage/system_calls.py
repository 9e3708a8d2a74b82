"""Two things Python does not offer: a rename that replaces nothing, and flushing one whole disk."""

from __future__ import annotations

import ctypes
import errno
import os
import sys
from pathlib import Path

_AT_CWD = -100
_NO_REPLACE = 1
# Old kernels, and file systems that never learned it (some FUSE ones).
_NOT_OFFERED = frozenset({errno.ENOSYS, errno.EINVAL, errno.ENOTSUP})


def rename_to_new(source: Path, target: Path) -> None:
    """Rename, but raise `FileExistsError` when `target` is there, whoever made it just now.

    Where the file system cannot do that in one step, it is looked first, which leaves a moment for
    another program to come between.
    """
    if sys.platform == "win32" or not _renamed_by_kernel(source, target):
        if os.path.lexists(target):
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(target))
        source.rename(target)  # On Windows this replaces nothing by itself.


def _renamed_by_kernel(source: Path, target: Path) -> bool:
    try:
        call = ctypes.CDLL(None, use_errno=True).renameat2
    except AttributeError:
        return False
    if call(_AT_CWD, os.fsencode(source), _AT_CWD, os.fsencode(target), _NO_REPLACE) == 0:
        return True
    number = ctypes.get_errno()
    if number in _NOT_OFFERED:
        return False
    raise OSError(number, os.strerror(number), str(target))


def sync_disk(folder: Path) -> None:
    """Write everything the system still holds back for the disk of `folder`; may take long.

    Raises `OSError` when the disk does not take it. On Windows without effect: flushing a whole
    volume needs an administrator there, and its sticks are mounted for quick removal.
    """
    if sys.platform != "win32":
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            call = getattr(ctypes.CDLL(None, use_errno=True), "syncfs", None)
            if call is None:
                os.sync()
            elif call(descriptor) != 0:
                number = ctypes.get_errno()
                raise OSError(number, os.strerror(number), str(folder))
        finally:
            os.close(descriptor)
