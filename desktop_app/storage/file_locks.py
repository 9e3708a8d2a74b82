"""Locks the operating system holds on an open file, so that a crash or power cut frees them.

For `files`, `home` and `lockout`; nothing here knows what a lock protects. A lock belongs to one
open file, not to a process: two `FileLock`s in one process exclude each other like two programs.
"""

from __future__ import annotations

import errno
import os
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

Wait = Callable[[float], None]

# About three seconds together: longer than a virus scanner holds a small file, shorter than a
# clerk's patience.
BACK_OFF = (0.05, 0.1, 0.2, 0.4, 0.8, 1.6)

# For locks of our own, held for some milliseconds: often and evenly, so that nobody starves.
PATIENCE = (0.02,) * 150

if sys.platform == "win32":
    import ctypes
    import msvcrt
    from ctypes import wintypes

    _FAIL_IMMEDIATELY, _EXCLUSIVE, _LOCK_VIOLATION = 1, 2, 33
    # Windows locks are mandatory: a byte far behind the content leaves the content readable.
    _FAR = 0x7FFF_FFFF

    class _Overlapped(ctypes.Structure):
        _fields_ = [
            ("Internal", ctypes.c_size_t),
            ("InternalHigh", ctypes.c_size_t),
            ("Offset", wintypes.DWORD),
            ("OffsetHigh", wintypes.DWORD),
            ("hEvent", wintypes.HANDLE),
        ]

    _kernel = ctypes.WinDLL("kernel32", use_last_error=True)
    _kernel.LockFileEx.argtypes = [
        wintypes.HANDLE,
        wintypes.DWORD,
        wintypes.DWORD,
        wintypes.DWORD,
        wintypes.DWORD,
        ctypes.POINTER(_Overlapped),
    ]
    _kernel.LockFileEx.restype = wintypes.BOOL

    def lock_descriptor(descriptor: int, *, shared: bool) -> bool:
        """Lock an open file without waiting; False when somebody else holds it."""
        flags = _FAIL_IMMEDIATELY | (0 if shared else _EXCLUSIVE)
        overlapped = _Overlapped(Offset=_FAR, OffsetHigh=0)
        handle = msvcrt.get_osfhandle(descriptor)
        if _kernel.LockFileEx(handle, flags, 0, 1, 0, ctypes.byref(overlapped)):
            return True
        code = ctypes.get_last_error()
        if code == _LOCK_VIOLATION:
            return False
        raise ctypes.WinError(code)
else:
    import fcntl

    def lock_descriptor(descriptor: int, *, shared: bool) -> bool:
        """Lock an open file without waiting; False when somebody else holds it."""
        operation = fcntl.LOCK_SH if shared else fcntl.LOCK_EX
        try:
            fcntl.flock(descriptor, operation | fcntl.LOCK_NB)
        except OSError as error:
            if error.errno in (errno.EWOULDBLOCK, errno.EACCES):
                return False
            raise
        return True


def pause(seconds: float) -> None:
    """Let a moment pass; the default `Wait` of everything that tries again."""
    threading.Event().wait(seconds)


class FileLock:
    """A lock on one file, which is made when it is missing and never removed.

    Removing a lock file would let two programs hold "the same" lock on two different files.
    Raises `OSError` when the file cannot be opened; callers put that into words.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._descriptor: int | None = None

    @property
    def held(self) -> bool:
        return self._descriptor is not None

    def acquire(self, *, shared: bool = False) -> bool:
        """Take the lock if it is free; never waits. `shared` holders do not exclude each other."""
        if self.held:
            raise RuntimeError("this lock is already held")
        descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            got = lock_descriptor(descriptor, shared=shared)
        except OSError:
            os.close(descriptor)
            raise
        if got:
            self._descriptor = descriptor
        else:
            os.close(descriptor)
        return got

    def acquire_patiently(self, wait: Wait = pause) -> bool:
        """Take the lock, trying again for about three seconds."""
        for seconds in PATIENCE:
            if self.acquire():
                return True
            wait(seconds)
        return self.acquire()

    def rewrite(self, content: bytes) -> None:
        """Replace what the held file says, in place; a reader may see it half written."""
        if self._descriptor is None:
            raise RuntimeError("this lock is not held")
        os.lseek(self._descriptor, 0, os.SEEK_SET)
        os.ftruncate(self._descriptor, 0)
        os.write(self._descriptor, content)

    def release(self) -> None:
        """Give the lock back; a second call does nothing."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    def __enter__(self) -> FileLock:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.release()
