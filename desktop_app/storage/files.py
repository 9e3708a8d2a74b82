"""The only place that writes user files: whole or not at all, re-read before it counts.

Every file goes temp → flush → fsync → re-read → rename → fsync of the folder (architecture.md 3,
habit 13), so that a crash, a full disk or a stick pulled too early leaves the old file or the new
one, never half of either. What the operating system refuses becomes a sentence here. Nothing in
this module knows what a file means.
"""

from __future__ import annotations

import contextlib
import errno
import hmac
import os
import stat
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast

from desktop_app.core.errors import EnvironmentFault
from desktop_app.core.ids import random_bytes
from desktop_app.storage.file_locks import (
    BACK_OFF,
    PATIENCE,
    FileLock,
    Wait,
    lock_descriptor,
    pause,
)
from desktop_app.storage.file_systems import free_space, is_network_share
from desktop_app.storage.os_errors import SAFE, Tell, is_busy, translate_os_error
from desktop_app.storage.read_back import (
    Count,
    HashingStream,
    digest_on_disk,
    read_back,
    sync_descriptor,
)
from desktop_app.storage.system_calls import rename_to_new

__all__ = [
    "TEMPORARY_SUFFIX",
    "NotWrittenFaithfully",
    "append_line",
    "copy_verified",
    "digest_on_disk",
    "free_space",
    "is_network_share",
    "make_folder",
    "probe_writable",
    "remove_file",
    "sweep_temporaries",
    "sync_folder",
    "translate_os_error",
    "write_atomic",
]

Data = bytes | Callable[[BinaryIO], None]
Progress = Callable[[int, int], None]

TEMPORARY_SUFFIX = ".jinlin-tmp"

_PIECE = 1 << 20
_SPARE = 1 << 20
# A slow stick would else take it all into memory at once, say 100 % and then hang in fsync.
_SETTLE = 16 << 20


class NotWrittenFaithfully(EnvironmentFault):
    """What was read back is not what was written: a failing disk or stick."""


def write_atomic(
    path: Path,
    data: Data,
    *,
    verify: bool = True,
    mode: int = 0o600,
    what: str = "保存文件",
    wait: Wait = pause,
) -> str:
    """Put `data` at `path`, wholly or not at all, and answer its SHA-256 in hexadecimal.

    `data` is bytes, or a function that writes to the stream it is given (which cannot seek). The
    file has `mode` from its first byte on. With `verify` it is read back from the disk and
    compared before it takes the name. Raises `EnvironmentFault`; what `data` raises passes
    through, and the file that was there before stays as it was.
    """
    try:
        return _write(path, data, _Manner(mode, what, wait, verify=verify))
    except OSError as error:
        raise translate_os_error(error, what) from error


@dataclass(frozen=True, slots=True)
class _Manner:
    """How one file is written: see `write_atomic` and `copy_verified`."""

    mode: int
    what: str
    wait: Wait
    verify: bool = True
    replace: bool = True
    reread: Count | None = None


def _write(path: Path, data: Data, how: _Manner) -> str:
    descriptor, temporary = _new_temporary(path.parent, how.mode)
    try:
        try:
            written = _fill(descriptor, data)
            if how.verify and not hmac.compare_digest(read_back(descriptor, how.reread), written):
                raise NotWrittenFaithfully(
                    f"{how.what}没有成功：写入后读回的内容不一致，磁盘或 U 盘可能有故障。{SAFE}",
                    "请换一个磁盘或 U 盘，然后再做一次。",
                )
            if sys.platform != "win32":
                # Renamed while still locked, so that `sweep_temporaries` never sees it unowned.
                _rename(temporary, path, how)
        finally:
            os.close(descriptor)
        if sys.platform == "win32":
            _rename(temporary, path, how)
    except BaseException:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise
    sync_folder(path.parent)
    return written


def _new_temporary(folder: Path, mode: int) -> tuple[int, Path]:
    """A new file of ours in `folder`, locked for as long as it is open."""
    flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    while True:
        temporary = folder / f".{random_bytes(8).hex()}{TEMPORARY_SUFFIX}"
        descriptor = os.open(temporary, flags, mode)
        try:
            # A sweep may have come between; then that file is gone or going.
            if _own(descriptor) and os.fstat(descriptor).st_nlink:
                return descriptor, temporary
        except BaseException:
            os.close(descriptor)
            with contextlib.suppress(OSError):
                temporary.unlink()
            raise
        os.close(descriptor)


def _own(descriptor: int) -> bool:
    try:
        return lock_descriptor(descriptor, shared=False)
    except OSError:
        # A stick or share without file locks: writing must still work there.
        return True


def _fill(descriptor: int, data: Data) -> str:
    stream = HashingStream(descriptor)
    if isinstance(data, bytes):
        stream.write(data)
    else:
        data(cast(BinaryIO, stream))
    os.fsync(descriptor)
    return stream.hexdigest()


def _rename(source: Path, target: Path, how: _Manner) -> None:
    """Give the file its name, trying again while a virus scanner holds one of the two."""
    rename = os.replace if how.replace else rename_to_new
    for seconds in BACK_OFF:
        try:
            rename(source, target)
        except OSError as error:
            if not is_busy(error):
                raise
            how.wait(seconds)
        else:
            return
    rename(source, target)


def sync_folder(folder: Path) -> None:
    """Make the names in a folder durable; without effect on Windows, where NTFS journals them."""
    if sys.platform != "win32":
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            sync_descriptor(descriptor)
        finally:
            os.close(descriptor)


def make_folder(folder: Path, *, what: str = "新建文件夹") -> None:
    """Make a folder only its owner may enter, with its parents; fine when it is there already."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        sync_folder(folder.parent)
    except OSError as error:
        raise translate_os_error(error, what) from error


def remove_file(path: Path, *, what: str = "删除文件") -> bool:
    """Remove a file for good; False when there was none."""
    try:
        path.unlink()
        sync_folder(path.parent)
    except FileNotFoundError:
        return False
    except OSError as error:
        raise translate_os_error(error, what) from error
    return True


def copy_verified(
    source: Path,
    target: Path,
    progress: Progress | None = None,
    *,
    reread: Count | None = None,
    replace: bool = True,
    mode: int = 0o600,
    what: str = "复制文件",
    wait: Wait = pause,
    tell: Tell = translate_os_error,
) -> str:
    """Copy a file, re-read the copy, and answer its SHA-256 in hexadecimal.

    `progress(done, total)` counts bytes written, `reread(done)` bytes read back; what they raise
    (a cancel) ends the copy and leaves no trace of it. Refuses before the first byte when the
    target's disk is too small. Without `replace` a file that has the name meanwhile stays, and
    `tell` is given the `FileExistsError`. `tell` words what the target's disk refuses.
    """
    try:
        opened = source.open("rb")
    except OSError as error:
        raise translate_os_error(error, what) from error
    with opened:
        total = os.fstat(opened.fileno()).st_size
        _refuse_too_little_room(target.parent, total, what)
        pour = _pouring(opened, total, progress, what)
        try:
            return _write(target, pour, _Manner(mode, what, wait, True, replace, reread))
        except OSError as error:
            raise tell(error, what) from error


def _refuse_too_little_room(folder: Path, size: int, what: str) -> None:
    free = free_space(folder)
    if free < size + _SPARE:
        short = -(-(size + _SPARE - free) // _PIECE)
        raise EnvironmentFault(
            f"{what}没有成功：目标磁盘空间不够，还差约 {short} MB。{SAFE}",
            "请清理目标磁盘或换一个磁盘，然后再做一次。",
        )


def _pouring(
    opened: BinaryIO, total: int, progress: Progress | None, what: str
) -> Callable[[BinaryIO], None]:
    def pour(stream: BinaryIO) -> None:
        done = 0
        for piece in _pieces(opened, what):
            stream.write(piece)
            done += len(piece)
            if done % _SETTLE == 0:
                cast(HashingStream, stream).settle()
            if progress is not None:
                progress(done, total)

    return pour


def _pieces(opened: BinaryIO, what: str) -> Iterator[bytes]:
    while True:
        try:
            piece = opened.read(_PIECE)
        except OSError as error:
            raise translate_os_error(error, what) from error
        if not piece:
            return
        yield piece


def append_line(path: Path, line: str, *, what: str = "记录日志") -> None:
    """Add one line to a file and make it durable; the file is made when it is missing.

    A line a crash cut off stays by itself: the new one starts on a line of its own. A line that
    does not fit on the disk is taken back. Raises `EnvironmentFault`.
    """
    if "\n" in line or "\r" in line:
        raise ValueError("a line holds no line break")
    try:
        _append(path, line.encode())
    except OSError as error:
        raise translate_os_error(error, what) from error


def _append(path: Path, line: bytes) -> None:
    flags = os.O_RDWR | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0)
    descriptor = os.open(path, flags, 0o600)
    try:
        _own_patiently(descriptor)
        size = os.fstat(descriptor).st_size
        if size:
            os.lseek(descriptor, size - 1, os.SEEK_SET)
        torn = size > 0 and os.read(descriptor, 1) != b"\n"
        rest = memoryview((b"\n" if torn else b"") + line + b"\n")
        try:
            while rest:
                rest = rest[os.write(descriptor, rest) :]
        except OSError:
            os.ftruncate(descriptor, size)
            raise
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    if not size:
        sync_folder(path.parent)


def _own_patiently(descriptor: int) -> None:
    for seconds in PATIENCE:
        if _own(descriptor):
            return
        pause(seconds)
    if not _own(descriptor):
        raise OSError(errno.EBUSY, os.strerror(errno.EBUSY))


def probe_writable(folder: Path) -> None:
    """Raise `OSError` unless a file can be made in `folder`; asking for the rights is not enough.

    Permission bits say nothing about a read-only mount, Windows access lists, or root.
    """
    descriptor, temporary = _new_temporary(folder, 0o600)
    os.close(descriptor)
    temporary.unlink()


def sweep_temporaries(folder: Path) -> int:
    """Remove what crashed writers left in a folder, and answer how many files that were.

    A file that is being written right now, by this or another program, is left alone.
    """
    removed = 0
    for temporary in folder.glob(f".*{TEMPORARY_SUFFIX}"):
        try:
            if not stat.S_ISREG(temporary.lstat().st_mode):
                continue
            with FileLock(temporary) as lock:
                left_behind = lock.acquire()
                if sys.platform == "win32":
                    # There an open file cannot be removed.
                    lock.release()
                if left_behind:
                    temporary.unlink()
                    removed += 1
        except OSError:
            # Open in another program (Windows), just renamed, or not ours: the next sweep sees.
            continue
    return removed
