"""Who uses a home right now: one window, any number of command-line verbs, or one alone.

Two lock files: `home.lock` is shared by all users and taken exclusively by whoever must be alone;
`window.lock` is the window's, and names it so that a second start can raise it. Both are held
through the operating system, so a crash frees them.
"""

from __future__ import annotations

import contextlib
import json
import os
from pathlib import Path
from types import TracebackType
from typing import ClassVar

from desktop_app.core.errors import EnvironmentFault
from desktop_app.storage.file_locks import FileLock
from desktop_app.storage.os_errors import translate_os_error

_WHAT = "打开数据文件夹"
_MUCH_MORE_THAN_WRITTEN = 4096


class AlreadyOpen(EnvironmentFault):
    """This home has its window already.

    `process` is the first window's process number, or None while it is just starting.
    """

    def __init__(self, process: int | None) -> None:
        super().__init__(
            "近邻台已经开着，没有再开第二个窗口，数据没有改动。", "请用已经打开的那个窗口。"
        )
        self.process = process


class InUse(EnvironmentFault):
    """Somebody uses the home, or needs it alone, at this moment."""


class HomeLock:
    """A held right to use a home; `release` gives it back, as does leaving `with` or a crash."""

    USE: ClassVar[str] = "home.lock"
    WINDOW: ClassVar[str] = "window.lock"
    FILES: ClassVar[tuple[str, str]] = (USE, WINDOW)

    def __init__(self, *locks: FileLock) -> None:
        self._locks = locks

    @classmethod
    def shared(cls, home: Path) -> HomeLock:
        """Raises `InUse` while somebody has the home to himself."""
        return cls(_use(home))

    @classmethod
    def alone(cls, home: Path) -> HomeLock:
        """Raises `InUse` while anybody, a window of this very program included, uses the home."""
        lock = FileLock(home / cls.USE)
        if not _acquire(lock, shared=False):
            raise InUse(
                "这件事要独自使用数据，而近邻台的窗口或另一条命令正开着，没有做，数据没有改动。",
                "请关闭这台电脑上所有近邻台的窗口和命令后再做一次。",
            )
        return cls(lock)

    @classmethod
    def for_window(cls, home: Path) -> HomeLock:
        """Raises `AlreadyOpen`, or `InUse` while somebody has the home to himself."""
        use = _use(home)
        window = FileLock(home / cls.WINDOW)
        try:
            if not _acquire(window, shared=False):
                raise AlreadyOpen(_first_window(window.path))
            _sign(window)
        except BaseException:
            use.release()
            window.release()
            raise
        return cls(use, window)

    def release(self) -> None:
        """Give the home back; a second call does nothing."""
        for lock in reversed(self._locks):
            lock.release()

    def __enter__(self) -> HomeLock:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.release()


def _acquire(lock: FileLock, *, shared: bool) -> bool:
    try:
        return lock.acquire(shared=shared)
    except OSError as error:
        raise translate_os_error(error, _WHAT) from error


def _use(home: Path) -> FileLock:
    lock = FileLock(home / HomeLock.USE)
    if not _acquire(lock, shared=True):
        raise InUse(
            "数据正在升级、恢复或换密钥，暂时不能打开，数据没有丢。", "请等它做完后再打开。"
        )
    return lock


def _sign(window: FileLock) -> None:
    """Write who holds the window into its lock file, in place: a rename would leave the lock."""
    document = json.dumps({"process": os.getpid()})
    # On a full disk the window must open all the same.
    with contextlib.suppress(OSError):
        window.rewrite(document.encode())


def _first_window(path: Path) -> int | None:
    """The first window's process; it may be writing that at this very moment."""
    try:
        with path.open("rb") as opened:
            document = json.loads(opened.read(_MUCH_MORE_THAN_WRITTEN).decode())
        return int(document["process"])
    except (OSError, ValueError, LookupError, TypeError):
        return None
