"""A backup: one file that holds a checked copy of the database and the key slots to open it.

The file is a ZIP without compression (its content is encrypted and would not shrink):
`backup.json` names every part with its SHA-256, so that damage is found before a restore touches
anything. Attachments lie beside it in `attachments/`, copied once by name, because they are
encrypted under names that never change meaning. A new backup is re-read before an old one goes.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, BinaryIO

from desktop_app.core.errors import EnvironmentFault, SafetyRefusal
from desktop_app.storage.files import (
    copy_verified,
    free_space,
    make_folder,
    remove_file,
    translate_os_error,
    write_atomic,
)

FORMAT = 1
SUFFIX = ".jlbak"
DATABASE = "database"
KEY_SLOTS = "keyslots.json"
ABOUT = "home.json"
ATTACHMENTS = "attachments"

_CONTENTS = "backup.json"
_SPARE = 16 << 20
_PIECE = 1 << 20

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Part:
    """One file inside a backup."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class BackupFile:
    """A backup as its `backup.json` describes it; readable without any key.

    `made_at` is local time in words for people, `taken` the UTC milliseconds for sorting,
    `last_deed` the number of the last audit entry in it that is more than coming and going.
    """

    path: Path
    home_id: str
    station: str
    name: str
    desk: str
    last_deed: int
    taken: int
    made_at: str
    parts: tuple[Part, ...]

    @property
    def size(self) -> int:
        return sum(part.size for part in self.parts)


@dataclass(frozen=True, slots=True)
class Label:
    """What is written on a backup: whose it is, when it was taken, and up to which deed."""

    home_id: str
    station: str
    name: str
    desk: str
    last_deed: int
    taken: int
    made_at: str

    @property
    def file_name(self) -> str:
        stamp = "".join(letter for letter in self.made_at if letter.isdigit())
        return f"近邻台备份-{self.station}-{stamp}{SUFFIX}"


def make_backup(
    home: Path, folder: Path, label: Label, snapshot: Callable[[Path], None], size_hint: int
) -> BackupFile:
    """Write one backup of `home` into `folder` and verify it by reading it back.

    `snapshot(path)` writes a checked copy of the database; `size_hint` is about its size in bytes,
    so that a full disk is told before the work and not half-way.
    """
    make_folder(folder, what="新建备份文件夹")
    needed = 2 * size_hint + _SPARE
    if free_space(folder) < needed:
        raise EnvironmentFault(
            f"备份的位置剩余空间不足（需要约 {needed >> 20} MB），没有备份，正在使用的数据没有动。",
            "请清理磁盘或换一个文件夹。",
        )
    copy = folder / f".{label.file_name}.database"
    copy.unlink(missing_ok=True)
    try:
        snapshot(copy)
        sources = {DATABASE: copy, KEY_SLOTS: home / KEY_SLOTS, ABOUT: home / ABOUT}
        parts = tuple(_part(name, source) for name, source in sources.items())
        path = folder / label.file_name
        contents = {"format": FORMAT, **asdict(label), "parts": [asdict(part) for part in parts]}
        text = json.dumps(contents, ensure_ascii=False, indent=2)
        write_atomic(path, lambda stream: _pack(stream, text, sources), what="保存备份")
    except OSError as error:
        # A part of the home that cannot be read (deleted key slots) is no bug of ours.
        raise translate_os_error(error, "备份") from error
    finally:
        copy.unlink(missing_ok=True)
    _copy_attachments(home / ATTACHMENTS, folder / ATTACHMENTS)
    return verify_backup(path)


def verify_backup(path: Path) -> BackupFile:
    """Read a whole backup and compare every part; raises when one is missing or altered."""
    with _opened(path) as archive:
        found = _described(path, archive)
        for part in found.parts:
            with archive.open(part.name) as stream:
                if _digest(stream) != part.sha256:
                    raise _damaged(path)
    return found


def read_label(path: Path) -> BackupFile:
    """What a backup says of itself, without reading its parts."""
    with _opened(path) as archive:
        return _described(path, archive)


def unpack(path: Path, home: Path) -> None:
    """Put a verified backup's database, key slots and attachments into an empty home folder."""
    found = verify_backup(path)
    with _opened(path) as archive:
        for part, target in ((DATABASE, "jinlin.db"), (KEY_SLOTS, KEY_SLOTS)):
            if part in {known.name for known in found.parts}:
                with archive.open(part) as stream:
                    write_atomic(home / target, _copier(stream), what="恢复备份")
    _copy_attachments(path.parent / ATTACHMENTS, home / ATTACHMENTS)


def about_of(path: Path) -> bytes:
    """The `home.json` inside a backup."""
    with _opened(path) as archive:
        return archive.read(ABOUT)


def backups_in(folder: Path) -> list[BackupFile]:
    """The readable backups of a folder, latest first; a damaged one is left out."""
    found = []
    for path in folder.glob(f"*{SUFFIX}"):
        try:
            found.append(read_label(path))
        except (EnvironmentFault, SafetyRefusal):
            continue
    return sorted(found, key=_when, reverse=True)


def drop_old(folder: Path, station: str, keep: int) -> list[Path]:
    """Remove all but the latest `keep` backups of this station; answers what went."""
    ours = [backup for backup in backups_in(folder) if backup.station == station]
    gone = [backup.path for backup in ours[keep:]]
    for path in gone:
        remove_file(path, what="清理旧备份")
    return gone


def _when(backup: BackupFile) -> tuple[int, str, int, int, str]:
    # By the deed before the clock: on a PC that fell back to 2000 the newest backup bears the
    # oldest date and would be the one to go. A restore counts on from an older deed, with the next
    # desk letter.
    return len(backup.desk), backup.desk, backup.last_deed, backup.taken, backup.path.name


def _pack(stream: BinaryIO, contents: str, sources: dict[str, Path]) -> None:
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr(_CONTENTS, contents)
        for name, source in sources.items():
            with (
                source.open("rb") as piece,
                archive.open(zipfile.ZipInfo(name), "w", force_zip64=True) as target,
            ):
                shutil.copyfileobj(piece, target, _PIECE)


def _copier(source: IO[bytes]) -> Callable[[BinaryIO], None]:
    def copy(target: BinaryIO) -> None:
        shutil.copyfileobj(source, target, _PIECE)

    return copy


def _copy_attachments(source: Path, target: Path) -> None:
    if not source.is_dir():
        return
    for path in sorted(source.rglob("*")):
        copy = target / path.relative_to(source)
        if path.is_file() and not copy.exists():
            make_folder(copy.parent, what="新建备份文件夹")
            copy_verified(path, copy)


def _part(name: str, source: Path) -> Part:
    with source.open("rb") as stream:
        return Part(name, source.stat().st_size, _digest(stream))


def _digest(stream: IO[bytes]) -> str:
    digest = hashlib.sha256()
    while piece := stream.read(_PIECE):
        digest.update(piece)
    return digest.hexdigest()


@contextmanager
def _opened(path: Path) -> Iterator[zipfile.ZipFile]:
    try:
        with zipfile.ZipFile(path) as archive:
            yield archive
    except (zipfile.BadZipFile, KeyError, EOFError, RuntimeError) as error:
        # RuntimeError: one flipped bit makes the archive say that it is encrypted, or packed in a
        # way that nobody knows.
        raise _damaged(path) from error
    except OSError as error:
        raise translate_os_error(error, "读取备份") from error


def _described(path: Path, archive: zipfile.ZipFile) -> BackupFile:
    try:
        contents = json.loads(archive.read(_CONTENTS))
        if contents.pop("format") > FORMAT:
            raise SafetyRefusal(
                "这份备份由更新版本的近邻台写成，本版本读不懂，没有改动任何内容。",
                "请先升级本机的近邻台。",
            )
        parts = tuple(Part(**part) for part in contents.pop("parts"))
        return BackupFile(path=path, parts=parts, **contents)
    except (ValueError, TypeError, AttributeError) as error:
        raise _damaged(path) from error


def _damaged(path: Path) -> SafetyRefusal:
    return SafetyRefusal(
        f"这份备份不完整或已损坏，没有使用它：{path.name}", "请换一份更早的备份，数据没有改动。"
    )
