"""Database errors told in words: the disk, another program, a damaged file, or a bug of ours."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa

from desktop_app.core.errors import EnvironmentFault, Fault

DAMAGED = (
    "数据库文件已损坏，近邻台没有再写入任何内容。",
    "请不要删除数据文件夹，用“恢复备份”回到最近一次完好的备份。",
)

_BY_SQLITE_CODE = {
    "SQLITE_FULL": (
        "磁盘已满，这一次没有保存，先前的记录都在。",
        "请清理磁盘空间后再保存一次，填写的内容还在。",
    ),
    "SQLITE_BUSY": (
        "数据库正被另一个程序占用，这一次没有保存。",
        "请稍等几秒再保存，填写的内容还在。",
    ),
    "SQLITE_READONLY": (
        "数据文件夹是只读的，这一次没有保存，先前的记录都在。",
        "请检查磁盘是否被写保护，或联系管理电脑的同事。",
    ),
    "SQLITE_IOERR": (
        "读写磁盘出错，这一次没有保存，先前的记录都在。",
        "请检查硬盘连接，重新打开近邻台；仍不行请先备份数据文件夹。",
    ),
    "SQLITE_CANTOPEN": (
        "打不开数据库文件，没有改动任何内容。",
        "请检查数据文件夹是否还在、是否有权限。",
    ),
    "SQLITE_CORRUPT": DAMAGED,
    "SQLITE_NOTADB": DAMAGED,
}

_BY_POSTGRES_STATE = {
    "53100": _BY_SQLITE_CODE["SQLITE_FULL"],
    "55P03": _BY_SQLITE_CODE["SQLITE_BUSY"],
    "40P01": _BY_SQLITE_CODE["SQLITE_BUSY"],
    "40001": _BY_SQLITE_CODE["SQLITE_BUSY"],
    "25006": _BY_SQLITE_CODE["SQLITE_READONLY"],
}

_SERVER_GONE = (
    "连不上数据库服务器，这一次没有保存。",
    "请检查网络和服务器后再保存一次，填写的内容还在。",
)
_SERVER_REFUSES = (
    "连不上数据库服务器，没有打开，也没有改动任何内容。",
    "请检查网络、服务器是否开着，以及数据库的名称、用户和密码。",
)
# Invalid authorization, unknown database; before a session exists there is often no state at all.
_REFUSED_STATES = ("28", "3D")


def in_words(error: Exception) -> Fault | None:
    """The fault that a database error means, or None when it is a bug of ours."""
    original = getattr(error, "orig", None) or error
    name = str(getattr(original, "sqlite_errorname", "") or "")
    for code, words in _BY_SQLITE_CODE.items():
        if name.startswith(code):
            return EnvironmentFault(*words)
    if not name and "file is not a database" in str(original):
        return EnvironmentFault(*DAMAGED)
    state = str(getattr(original, "sqlstate", "") or "")
    if state in _BY_POSTGRES_STATE:
        return EnvironmentFault(*_BY_POSTGRES_STATE[state])
    if state.startswith(("08", "57P")):
        return EnvironmentFault(*_SERVER_GONE)
    if isinstance(error, sa.exc.DBAPIError) and error.connection_invalidated:
        return EnvironmentFault(*_SERVER_GONE)
    if state.startswith(_REFUSED_STATES) or (not state and _is_operational(original)):
        return EnvironmentFault(*_SERVER_REFUSES)
    return None


def _is_operational(original: object) -> bool:
    """Whether PostgreSQL's driver gave up before the server could say anything."""
    kind = type(original)
    return kind.__module__.startswith("psycopg") and kind.__name__ in (
        "OperationalError",
        "ConnectionTimeout",
    )


@contextmanager
def told_in_words() -> Iterator[None]:
    """Turn what the database raises inside into a `Fault` where one is known.

    A bare driver connection (a backup, a check) raises the driver's own errors, and those too.
    """
    from sqlcipher3 import dbapi2

    try:
        yield
    except (sa.exc.DBAPIError, dbapi2.Error) as error:
        fault = in_words(error)
        if fault is None:
            raise
        raise fault from error
