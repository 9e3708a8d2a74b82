"""Takes a finished file to a stick or a shared folder, and says when the stick may be pulled.

What lies there afterwards under the file's name is the whole file: it is written under another
name, flushed, read back and compared, and only then named. A file that is there already is never
written over. Nothing in here knows what the file means.
"""

from __future__ import annotations

import errno
import itertools
import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from desktop_app.core.errors import EnvironmentFault
from desktop_app.core.job import Job
from desktop_app.storage.drives import Drive, is_there
from desktop_app.storage.file_systems import file_system_of, largest_file
from desktop_app.storage.files import (
    copy_verified,
    digest_on_disk,
    remove_file,
    sweep_temporaries,
    translate_os_error,
)
from desktop_app.storage.os_errors import translate_away_error
from desktop_app.storage.system_calls import sync_disk

WHAT = "送出文件"

_READABLE = 0o644  # Encrypted, and whoever opens it elsewhere is another user there.


@dataclass(frozen=True, slots=True)
class Delivered:
    """A file that lies whole at `path`: `size` in bytes, `sha256` in hexadecimal.

    `was_there`: it lay there before with just this content, and nothing was written.
    """

    path: Path
    size: int
    sha256: str
    was_there: bool = False


class _NameTaken(EnvironmentFault):
    """Somebody gave another file the name while ours was being written."""


def deliver(source: Path, folder: Path, job: Job, *, drive: Drive | None = None) -> Delivered:
    """Copy a finished file into `folder`, verified, under its own name or one with a number.

    With `drive` it is made sure that this drive is still the one in its place. What an earlier try
    left half written is removed first; a file of the same name and content counts as delivered, one
    of other content keeps its name. `job` counts the bytes twice: written, and read back.

    Reading back proves that the system had handed everything to the drive and that the drive
    answered with the same bytes: the system's own memory is emptied of the file before (not on
    Windows, where the answer may come from memory, nor on a share, whose server has memory of its
    own). It cannot prove that the drive's controller took it out of its own memory, nor that the
    cells will hold it until tomorrow; for that there is `still_there`, best after plugging the
    stick in again.

    Raises `EnvironmentFault` when the drive or folder is gone, full, read-only, closed to us, or
    cannot hold so large a file, and when the source cannot be read; `Cancelled` by the job. Then
    no half file lies there under the name, and what was half written is removed as far as the
    drive still answers.
    """
    delivery = _Delivery(source, job)
    disk = _disk_of(folder)
    if drive is not None and not is_there(drive):
        raise _gone()
    sweep_temporaries(folder)
    delivery.begin()
    delivered = delivery.into(folder)
    if _disk_of(folder) != disk:
        # Pulled meanwhile: this is the empty folder the stick leaves, on a disk of our own.
        if not delivered.was_there:
            remove_file(delivered.path, what=WHAT)
        raise _gone()
    return delivered


def still_there(path: Path, sha256: str) -> bool:
    """Whether a delivered file is still there, can be read, and is what was delivered."""
    try:
        return digest_on_disk(path) == sha256
    except OSError:
        return False


def pull_words(folder: Path, *, removable: bool) -> str:
    """Flush the whole disk of `folder`, and answer the sentence that may be shown from now on.

    To be called once after the last file. Raises `EnvironmentFault` when the disk does not take
    what the system still held back; then nothing may be said. The stick stays mounted: what is
    on it is safe, but a desktop may offer to check it the next time.
    """
    try:
        sync_disk(folder)
    except OSError as error:
        raise translate_away_error(error, WHAT) from error
    checked = "文件已写好，读回核对一致"
    return f"{checked}，可以拔出 U 盘。" if removable else f"{checked}。"


class _Delivery:
    """One file on its way."""

    def __init__(self, source: Path, job: Job) -> None:
        self._source = source
        self._job = job
        self._sha256 = ""
        try:
            self._size = source.stat().st_size
        except OSError as error:
            raise translate_os_error(error, WHAT) from error

    def begin(self) -> None:
        self._job.progress(0, 2 * self._size, "正在准备")

    def into(self, folder: Path) -> Delivered:
        limit = largest_file(file_system_of(folder))
        for target in self._names(folder):
            try:
                there = _regular_size(target)
                if there == self._size and digest_on_disk(target) == self._own_digest():
                    return Delivered(target, self._size, self._own_digest(), was_there=True)
            except FileNotFoundError:
                if limit is not None and self._size > limit:
                    raise _too_large() from None
            except OSError as error:
                raise translate_away_error(error, WHAT) from error
            else:
                continue
            try:
                return self._copy_to(target)
            except _NameTaken:
                continue
        raise AssertionError("numbers do not end")

    def _names(self, folder: Path) -> Iterator[Path]:
        yield folder / self._source.name
        for number in itertools.count(2):
            yield folder / f"{self._source.stem} ({number}){self._source.suffix}"

    def _own_digest(self) -> str:
        if not self._sha256:
            try:
                self._sha256 = digest_on_disk(self._source)
            except OSError as error:
                raise translate_os_error(error, WHAT) from error
        return self._sha256

    def _copy_to(self, target: Path) -> Delivered:
        whole = 2 * self._size
        sha256 = copy_verified(
            self._source,
            target,
            lambda done, _total: self._job.progress(done, whole, "正在写入"),
            reread=lambda done: self._job.progress(self._size + done, whole, "正在读回核对"),
            replace=False,
            mode=_READABLE,
            what=WHAT,
            tell=_tell,
        )
        return Delivered(target, self._size, sha256)


def _disk_of(folder: Path) -> int:
    """Which disk a folder lies on, as long as it is there. Raises `EnvironmentFault`."""
    try:
        status = folder.stat()
    except OSError as error:
        raise translate_away_error(error, WHAT) from error
    if not stat.S_ISDIR(status.st_mode):
        raise _gone()
    return status.st_dev


def _regular_size(target: Path) -> int:
    """The size of a file, -1 of what is none. Raises `FileNotFoundError` when the name is free."""
    status = target.lstat()
    return status.st_size if stat.S_ISREG(status.st_mode) else -1


def _tell(error: OSError, what: str) -> EnvironmentFault:
    fault = translate_away_error(error, what)
    if isinstance(error, FileExistsError):
        return _NameTaken(fault.sentence, fault.next_step)
    return fault


def _gone() -> EnvironmentFault:
    return translate_away_error(OSError(errno.ENODEV, os.strerror(errno.ENODEV)), WHAT)


def _too_large() -> EnvironmentFault:
    return EnvironmentFault(
        f"{WHAT}没有成功：这个 U 盘是 FAT32 格式，放不下 4 GB 以上的文件。"
        "本机的数据和文件都没有丢。",
        "请换一个 exFAT 或 NTFS 格式的 U 盘，再送一次。",
    )
