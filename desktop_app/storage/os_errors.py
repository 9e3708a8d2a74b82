"""What the operating system refuses, told in words: the one table from error number to sentence.

For `files` and its neighbours; database errors have their own table in `faults`.
"""

from __future__ import annotations

import errno
from collections.abc import Callable

from desktop_app.core.errors import EnvironmentFault

Tell = Callable[[OSError, str], EnvironmentFault]

SAFE = "原来的数据没有丢。"
_SAFE_HERE = "本机的数据和文件都没有丢。"

# Windows answers with its own numbers while a scanner or another program holds a file:
# ERROR_ACCESS_DENIED, ERROR_SHARING_VIOLATION, ERROR_LOCK_VIOLATION.
_WINDOWS_BUSY = frozenset({5, 32, 33})
_BUSY = frozenset({errno.EACCES, errno.EPERM, errno.EBUSY, errno.ETXTBSY})

# Windows numbers whose errno says less than they do (winerror.h).
_WINDOWS_MEANING = {
    19: errno.EROFS,  # ERROR_WRITE_PROTECT
    21: errno.ENODEV,  # ERROR_NOT_READY
    32: errno.EBUSY,
    33: errno.EBUSY,
    39: errno.ENOSPC,  # ERROR_HANDLE_DISK_FULL
    112: errno.ENOSPC,  # ERROR_DISK_FULL
    223: errno.EFBIG,  # ERROR_FILE_TOO_LARGE
    1117: errno.EIO,  # ERROR_IO_DEVICE
    1167: errno.ENODEV,  # ERROR_DEVICE_NOT_CONNECTED
    1617: errno.ENODEV,  # ERROR_DEVICE_REMOVED
}

_AGAIN = "，然后再做一次。"
_NO_RIGHT = "请换一个位置，或请管理员打开这个文件夹的写权限" + _AGAIN
_GONE = ("磁盘不见了", "请检查 U 盘或移动硬盘是否插好" + _AGAIN)
_IN_USE = ("文件正被别的程序占用", "请关闭占用它的程序（或等杀毒软件查完）" + _AGAIN)
_TOO_MANY = ("打开的文件太多", "请关闭别的程序" + _AGAIN)

_WORDS: dict[int, tuple[str, str]] = {
    errno.ENOSPC: ("磁盘已满", "请删除不要的文件或换一个磁盘" + _AGAIN),
    errno.EDQUOT: ("您在这个磁盘上的空间已用完", "请删除不要的文件或请管理员增加空间" + _AGAIN),
    errno.EFBIG: ("文件太大，这个磁盘放不下", "请换一个磁盘（NTFS 或 exFAT 格式）" + _AGAIN),
    errno.EROFS: ("这个磁盘是只读的", "请关掉 U 盘的写保护开关或换一个位置" + _AGAIN),
    errno.EACCES: ("没有权限", _NO_RIGHT),
    errno.EPERM: ("系统不允许", _NO_RIGHT),
    errno.ENOENT: ("找不到文件或文件夹", "请检查它是否被移走、U 盘是否还插着" + _AGAIN),
    errno.ENOTDIR: ("路径中有一段不是文件夹", "请换一个位置" + _AGAIN),
    errno.EISDIR: ("同名的位置上是一个文件夹", "请换一个文件名" + _AGAIN),
    errno.EEXIST: ("同名文件已经存在", "请换一个文件名" + _AGAIN),
    errno.ENAMETOOLONG: ("文件名太长", "请换一个短一些的文件名" + _AGAIN),
    errno.EIO: ("磁盘读写出错，磁盘可能快坏了", "请尽快备份到另一个磁盘，并请管理员检查这个磁盘。"),
    errno.ENODEV: _GONE,
    errno.ENXIO: _GONE,
    errno.EBUSY: _IN_USE,
    errno.ETXTBSY: _IN_USE,
    errno.ENOLCK: ("这个磁盘不支持文件锁", "请把数据放到本机磁盘上" + _AGAIN),
    errno.EMFILE: _TOO_MANY,
    errno.ENFILE: _TOO_MANY,
    errno.ENOMEM: ("内存不足", "请关闭别的程序" + _AGAIN),
    errno.ELOOP: ("快捷链接绕成了圈", "请换一个位置" + _AGAIN),
}

_RESEND = "，再送一次。"
_PULLED = (
    "U 盘或文件夹不见了，可能是中途拔出或断开了",
    "请重新插好 U 盘（或连好共享文件夹）" + _RESEND,
)
_NO_RIGHT_THERE = (
    "没有权限写到这个 U 盘或文件夹",
    "请换一个 U 盘或文件夹，或请管理员打开写权限" + _RESEND,
)
_NO_ROOM_THERE = ("U 盘或文件夹已写满", "请删除上面不要的文件，或换一个 U 盘" + _RESEND)

_NOT_ANSWERING = (
    *(errno.ENODEV, errno.ENXIO, errno.ENOENT, errno.ENOTDIR),
    # A share, or a file system in a program of its own.
    *(errno.ESTALE, errno.ENOTCONN, errno.ECONNRESET, errno.ETIMEDOUT),
    *(errno.ENETDOWN, errno.ENETUNREACH, errno.EHOSTUNREACH),
)

# The same refusals where the disk is a stick or a share that a file is taken to: what is lost
# there is a copy, and a stick that does not answer was pulled more often than it is broken.
_WORDS_AWAY = {
    **_WORDS,
    **dict.fromkeys(_NOT_ANSWERING, _PULLED),
    errno.EIO: (
        "U 盘读写出错，可能是没插稳、中途拔出，或者 U 盘坏了",
        "请拔下来重新插好，再送一次；仍然不行请换一个 U 盘。",
    ),
    errno.ENOSPC: _NO_ROOM_THERE,
    errno.EDQUOT: _NO_ROOM_THERE,
    errno.EROFS: (
        "这个 U 盘或文件夹是只读的",
        "请关掉 U 盘上的写保护开关，或换一个 U 盘" + _RESEND,
    ),
    errno.EACCES: _NO_RIGHT_THERE,
    errno.EPERM: _NO_RIGHT_THERE,
}


def translate_os_error(error: OSError, what: str) -> EnvironmentFault:
    """The fault for what the operating system refused; `what` is the deed in words: "保存备份"."""
    cause, next_step = _worded(error, _WORDS)
    return EnvironmentFault(f"{what}没有成功：{cause}。{SAFE}", next_step)


def translate_away_error(error: OSError, what: str) -> EnvironmentFault:
    """Like `translate_os_error`, for a stick or a shared folder that a file is taken to."""
    cause, next_step = _worded(error, _WORDS_AWAY)
    return EnvironmentFault(f"{what}没有成功：{cause}。{_SAFE_HERE}", next_step)


def _worded(error: OSError, words: dict[int, tuple[str, str]]) -> tuple[str, str]:
    number = _WINDOWS_MEANING.get(getattr(error, "winerror", None) or 0, error.errno or 0)
    return words.get(
        number, (f"系统报告错误 {number}", "请再做一次；若仍然不行，请把这个编号告诉管理员。")
    )


def is_busy(error: OSError) -> bool:
    """Whether trying again shortly may help: somebody holds the file, as virus scanners do."""
    return error.errno in _BUSY or getattr(error, "winerror", None) in _WINDOWS_BUSY
