"""A home: the folder where everything of one station or street lies, and who may use it when.

Knows names, places and locks; opens no database and no key. `home.json` is clear text, because
the sign-in screen needs the station's name before anybody has typed a password.

A home on PostgreSQL keeps its `database_url` there, without the password: that comes from
`JINLIN_DATABASE_PASSWORD` or from PostgreSQL's own password file (~/.pgpass, %APPDATA%\\postgresql
\\pgpass.conf), never from a file of ours.
"""

from __future__ import annotations

import errno
import json
import os
import shutil
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Any, Final
from urllib.parse import parse_qsl, urlsplit

import platformdirs

from desktop_app.core.clock import Millis
from desktop_app.core.errors import EnvironmentFault, SafetyRefusal, UserError
from desktop_app.core.ids import Uid, parse_uid
from desktop_app.storage.files import (
    TEMPORARY_SUFFIX,
    free_space,
    is_network_share,
    make_folder,
    probe_writable,
    remove_file,
    sweep_temporaries,
    translate_os_error,
    write_atomic,
)
from desktop_app.storage.home_lock import AlreadyOpen, HomeLock, InUse

__all__ = [
    "DATABASE_PASSWORD_VARIABLE",
    "HOME_VARIABLE",
    "LOW_SPACE_BYTES",
    "About",
    "AlreadyOpen",
    "Edition",
    "Home",
    "HomeLock",
    "InUse",
    "default_home_path",
]

FORMAT: Final = 1
HOME_VARIABLE: Final = "JINLIN_HOME"
DATABASE_PASSWORD_VARIABLE: Final = "JINLIN_DATABASE_PASSWORD"
LOW_SPACE_BYTES: Final = 64 << 20

_ABOUT = "home.json"
_UNFINISHED = "home.unfinished"
_CREATING = "新建数据文件夹"
_FOLDERS = ("attachments", "backups", "crash")


class Edition(StrEnum):
    """Whose program this is."""

    STATION = "station"
    STREET = "street"


@dataclass(frozen=True)
class About:
    """What `home.json` says: nothing secret, nothing about residents.

    `name` and `code` are the station's (or street's), for the sign-in screen and the first letters
    of paper numbers. `database_url` is "" for a home with its own file.
    """

    home_id: Uid
    edition: Edition
    name: str
    code: str
    created: Millis
    database_url: str = ""


@dataclass(frozen=True)
class Home:
    """One data folder. `open` it or `create` it; the constructor checks nothing."""

    path: Path
    about: About

    @classmethod
    def create(cls, path: Path, about: About, fill: Callable[[Home], None]) -> Home:
        """Make a home in a missing or empty folder and let `fill` put keys and database in.

        It becomes a home only when `fill` has returned; what an earlier attempt left behind that
        crashed in the middle is cleared away first. `fill` has the home alone and takes no lock
        of its own. Raises `UserError` when something else lies
        there, `EnvironmentFault` when the place is unfit.
        """
        _refuse_password(about.database_url)
        if not about.database_url:
            _refuse_network_share(path)
        make_folder(path, what=_CREATING)
        home = cls(path, about)
        # Before the lock, too: a folder that is not ours gets not even a lock file.
        home._refuse_others_folder()
        with home.alone():
            home._refuse_others_folder()
            home._clear()
            try:
                write_atomic(home._unfinished, b"", what=_CREATING)
                for name in _FOLDERS:
                    make_folder(path / name, what=_CREATING)
                fill(home)
                home._save_about()
            except BaseException:
                home._clear()
                raise
            remove_file(home._unfinished, what=_CREATING)
        return home

    @classmethod
    def open(cls, path: Path) -> Home:
        """The home at `path`.

        Raises `UserError` when there is none, `SafetyRefusal` when it is damaged or newer than
        this program, `EnvironmentFault` when the folder cannot be read or written or is a network
        share.
        """
        about = _load_about(path)
        if not about.database_url:
            _refuse_network_share(path)
        try:
            probe_writable(path)
        except OSError as error:
            # A full disk must still open: otherwise nobody could look anything up, or clear up.
            if error.errno not in (errno.ENOSPC, errno.EDQUOT):
                raise EnvironmentFault(
                    "数据文件夹不能写入（只读或没有权限），没有打开，数据没有丢。",
                    f"请检查磁盘的写保护和文件夹的权限后再打开：{path}",
                ) from error
        else:
            sweep_temporaries(path)
            # Else a later `create` could take a home that lost its home.json for a half-made one.
            remove_file(path / _UNFINISHED, what="打开数据文件夹")
        return cls(path, about)

    def with_about(self, about: About) -> Home:
        """Save changed particulars (a renamed station) and answer the home with them."""
        if about.home_id != self.about.home_id:
            raise ValueError("a home keeps its id")
        _refuse_password(about.database_url)
        changed = replace(self, about=about)
        changed._save_about()
        return changed

    @property
    def key_slots(self) -> Path:
        return self.path / "keyslots.json"

    @property
    def database(self) -> Path:
        return self.path / "jinlin.db"

    @property
    def attachments(self) -> Path:
        return self.path / "attachments"

    @property
    def backups(self) -> Path:
        return self.path / "backups"

    @property
    def outbox(self) -> Path:
        """Sealed files that wait to be delivered to the street."""
        return self.path / "outbox"

    @property
    def crash_logs(self) -> Path:
        return self.path / "crash"

    @property
    def sign_in_failures(self) -> Path:
        return self.path / "sign_in_failures.log"

    @property
    def low_space(self) -> bool:
        """Whether the disk is so full (under 64 MB) that a person should be told now."""
        return free_space(self.path) < LOW_SPACE_BYTES

    def hold_window(self) -> HomeLock:
        """Be this home's one window. Raises `AlreadyOpen`; the first can be raised."""
        return HomeLock.for_window(self.path)

    def shared(self) -> HomeLock:
        """Use the home beside its window, as command-line verbs do."""
        return HomeLock.shared(self.path)

    def alone(self) -> HomeLock:
        """Have the home to oneself: for migrating, restoring, changing the data key."""
        return HomeLock.alone(self.path)

    @property
    def _unfinished(self) -> Path:
        return self.path / _UNFINISHED

    def _save_about(self) -> None:
        document = {"format": FORMAT, **asdict(self.about), "home_id": self.about.home_id.hex}
        text = json.dumps(document, ensure_ascii=False, indent=2) + "\n"
        write_atomic(self.path / _ABOUT, text.encode(), what="保存站点信息")

    def _refuse_others_folder(self) -> None:
        """Refuse a folder that holds anything but a half-made home of ours."""
        if (self.path / _ABOUT).exists():
            raise UserError("这个文件夹里已经有近邻台的数据，没有改动。", _OTHER_FOLDER)
        others = [
            entry
            for entry in _entries(self.path)
            if entry.name not in HomeLock.FILES and not entry.name.endswith(TEMPORARY_SUFFIX)
        ]
        if others and not self._unfinished.exists():
            raise UserError("这个文件夹不是空的，没有在里面新建，也没有改动。", _OTHER_FOLDER)

    def _clear(self) -> None:
        """Empty the folder, the sign that it is unfinished last; the lock in use stays."""
        entries = [
            entry
            for entry in _entries(self.path)
            if entry.name not in (*HomeLock.FILES, _UNFINISHED)
        ]
        try:
            for entry in entries:
                if entry.is_dir() and not entry.is_symlink():
                    shutil.rmtree(entry)
                else:
                    entry.unlink()
        except OSError as error:
            raise translate_os_error(error, "清理没有建完的数据文件夹") from error
        remove_file(self._unfinished, what=_CREATING)


_OTHER_FOLDER = "请换一个空文件夹。"
_FROM_BACKUP = "请不要删除这个文件夹，用“恢复备份”从最近一份备份恢复到一个空文件夹。"


def default_home_path(environment: Mapping[str, str] = os.environ) -> Path:
    """`JINLIN_HOME`, else this user's data folder on this platform."""
    named = environment.get(HOME_VARIABLE, "")
    if named:
        return Path(named).expanduser()
    return platformdirs.user_data_path("jinlin-desk", appauthor=False)


def _entries(path: Path) -> list[Path]:
    try:
        return sorted(path.iterdir())
    except OSError as error:
        raise translate_os_error(error, "查看数据文件夹") from error


def _load_about(path: Path) -> About:
    try:
        raw = (path / _ABOUT).read_bytes()
    except (FileNotFoundError, NotADirectoryError) as error:
        raise _no_home(path) from error
    except OSError as error:
        raise translate_os_error(error, "打开数据文件夹") from error
    return parse_about(raw)


def parse_about(raw: bytes) -> About:
    """The particulars in a `home.json`; `SafetyRefusal` when it is damaged or newer than we are."""
    try:
        document = json.loads(raw.decode())
        written_format = document["format"]
        if isinstance(written_format, int) and written_format > FORMAT:
            raise SafetyRefusal(
                "这些数据是更新版本的近邻台建立的，这个版本不能打开，数据没有改动。",
                "请安装新版本的近邻台后再打开。",
            )
        return _about(document)
    except (ValueError, LookupError, TypeError, RecursionError) as error:
        raise SafetyRefusal(
            "数据文件夹里的 home.json 已损坏，没有打开；数据库还在，没有改动。", _FROM_BACKUP
        ) from error


def _about(document: dict[str, Any]) -> About:
    """Raises `ValueError`, `LookupError` or `TypeError` for anything that is not as we write it."""
    if document["format"] != FORMAT:
        raise ValueError("unknown format")
    texts = {name: document[name] for name in ("home_id", "name", "code", "database_url")}
    if not all(isinstance(text, str) for text in texts.values()):
        raise TypeError("a text is no text")
    home_id = parse_uid(texts.pop("home_id"))
    created = document["created"]
    if home_id is None or not isinstance(created, int):
        raise TypeError("home_id or created is wrong")
    edition = Edition(document["edition"])
    return About(home_id=home_id, edition=edition, created=Millis(created), **texts)


def _no_home(path: Path) -> UserError:
    if (path / _UNFINISHED).exists():
        return UserError(
            "这个数据文件夹上次没有建完，里面还没有数据。", "请重新新建一次，会自动接着清理。"
        )
    return UserError(
        f"这里没有近邻台的数据：{path}",
        "请检查文件夹是否选对、移动硬盘是否插好；第一次使用请先新建。",
    )


def _refuse_network_share(path: Path) -> None:
    if is_network_share(path):
        raise EnvironmentFault(
            "数据文件夹在网络共享上，几台电脑同时写会损坏数据库，所以没有打开，数据没有改动。",
            "请把数据放在本机磁盘；几台电脑一起用请改用 PostgreSQL（jinlin init --database）。",
        )


def _refuse_password(database_url: str) -> None:
    if not database_url:
        return
    try:
        parts = urlsplit(database_url)
        named = {name for name, _ in parse_qsl(parts.query, keep_blank_values=True)}
        with_password = parts.password is not None or "password" in named
    except ValueError as error:
        raise UserError(
            "数据库地址写得不对，没有保存。", "请照 postgresql+psycopg://主机/库名 的样子写。"
        ) from error
    if with_password:
        raise UserError(
            "数据库地址里带有密码，没有保存：这个文件是明文。",
            f"请去掉密码，改用环境变量 {DATABASE_PASSWORD_VARIABLE} 或 PostgreSQL 的密码文件。",
        )
