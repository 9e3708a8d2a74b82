"""Verified backups at closing and daily, one by hand anywhere, and the restore into an empty home.

A restored home is another copy of one station's past: the old PC has printed the numbers after it
already. So it gets the next desk letter and a new lineage before anybody writes into it; until
somebody with a password signs in, a marker beside the database says that this is still to be done.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from pathlib import Path

from desktop_app.core.clock import Clock, Millis
from desktop_app.core.errors import EnvironmentFault, Fault, SafetyRefusal, UserError
from desktop_app.core.rights import PROGRAM, Right
from desktop_app.core.settings import BACKUP_FOLDER, BACKUP_KEEP
from desktop_app.storage.audit import last_entry
from desktop_app.storage.backup import (
    BackupFile,
    Label,
    about_of,
    backups_in,
    drop_old,
    make_backup,
    unpack,
    verify_backup,
)
from desktop_app.storage.files import remove_file, write_atomic
from desktop_app.storage.home import Home, parse_about
from desktop_app.storage.lineage import start_lineage
from desktop_app.storage.session import Database, Desk
from desktop_app.storage.settings import read_settings

RESTORED = "restored.json"

COMING_AND_GOING = ("登录", "退出", "锁屏", "解锁", "切换操作员", "自动备份", "备份")
"""Entries of the audit that are no reason for another backup."""


@dataclass(frozen=True, slots=True)
class Rolled:
    """What the daily backup did; `elsewhere` is a sentence when the second folder failed."""

    made: BackupFile
    elsewhere: str = ""


def back_up(desk: Desk, home: Home, folder: Path) -> BackupFile:
    """One verified backup into `folder`, on request."""
    desk.actor.require(Right.BACK_UP)
    made = _make(desk, home, folder)
    with desk.unit_of_work("备份", needs=Right.BACK_UP) as unit:
        unit.about(made.path.name, f"{made.size} 字节")
    return made


def kept(home: Home) -> list[BackupFile]:
    """The backups inside the home, latest first; needs no key."""
    return backups_in(home.backups)


def last_backup(home: Home) -> BackupFile | None:
    """The latest backup kept inside the home; needs no key."""
    found = kept(home)
    return found[0] if found else None


def has_news(desk: Desk, home: Home) -> bool:
    """Whether anything was saved since the last backup kept inside the home."""
    last = last_backup(home)
    return last is None or last.last_deed != _last_deed(desk)


def is_due(desk: Desk, home: Home) -> bool:
    """Whether today's backup is still to be made: there is news, and the last is of another day."""
    last = last_backup(home)
    if last is None:
        return True
    database = desk.database
    made_on = database.zone.day(Millis(last.taken))
    return made_on != database.zone.day(database.clock.now()) and has_news(desk, home)


def roll(desk: Desk, home: Home) -> Rolled:
    """The daily backup, and the one at closing: into the home, and to the second folder if set.

    Runs as the program itself, so that it happens whoever sits there. An older one goes only after
    the new one was re-read. A second folder that is away (a stick) is told, not raised.
    """
    seat = Desk(desk.database, PROGRAM)
    with seat.reading(needs=Right.BACK_UP) as connection:
        settings = read_settings(connection)
    keep = settings[BACKUP_KEEP]
    made = _make(seat, home, home.backups)
    drop_old(home.backups, home.about.code, keep)
    elsewhere = ""
    if settings[BACKUP_FOLDER]:
        other = Path(settings[BACKUP_FOLDER])
        try:
            if not other.is_dir():
                raise EnvironmentFault(
                    "另存备份的文件夹现在找不到，只备份在了本机。", "请插上移动硬盘或检查设置。"
                )
            _make(seat, home, other)
            drop_old(other, home.about.code, keep)
        except Fault as fault:
            elsewhere = fault.words
    with seat.unit_of_work("自动备份", needs=Right.BACK_UP) as unit:
        unit.about(made.path.name, elsewhere)
    return Rolled(made, elsewhere)


def restore(file: Path, target: Path, clock: Clock) -> Home:
    """Make a home at `target` (missing or empty) from a backup.

    The operators and their passwords are those of the moment of the backup. Raises
    `SafetyRefusal` for a damaged or newer backup and `UserError` for a place that is taken.
    """
    found = verify_backup(file)
    about = parse_about(about_of(file))
    if about.database_url:
        raise UserError(
            "这份备份来自 PostgreSQL 数据库，没有恢复，也没有改动任何内容。",
            "请让管理员用 pg_restore 恢复备份里的 database，再用 init 指向它。",
        )
    siblings = [other.desk for other in backups_in(file.parent) if other.station == found.station]
    marker = {"desk": next_letter(max([found.desk, *siblings], key=_order)), "from": file.name}

    def fill(home: Home) -> None:
        unpack(file, home.path)
        write_atomic(home.path / RESTORED, json.dumps(marker).encode(), what="恢复备份")

    return Home.create(target, replace(about, created=clock.now()), fill)


def begin_new_lineage(home: Home, database: Database) -> bool:
    """After the first sign-in into a restored home: next desk letter, new lineage; on record.

    Answers whether anything was done; the database must then be opened anew to know its letter.
    """
    path = home.path / RESTORED
    if not path.exists():
        return False
    try:
        marker = json.loads(path.read_text("utf-8"))
        letter, source = str(marker["desk"]), str(marker["from"])
    except (OSError, ValueError, KeyError) as error:
        raise SafetyRefusal(
            "恢复标记文件已损坏，没有打开数据，也没有改动任何内容。",
            "请从备份重新恢复一次到空文件夹。",
        ) from error
    with database.unit_of_work("恢复备份", PROGRAM, needs=Right.BACK_UP) as unit:
        unit.about(source, f"编号改用 {letter} 序列")
        start_lineage(unit, letter)
    remove_file(path, what="恢复备份")
    return True


def next_letter(letter: str) -> str:
    """The desk letter after this one: A … Z, AA, AB …"""
    number = _order(letter) + 1
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _order(letter: str) -> int:
    order = 0
    for mark in letter:
        order = order * 26 + ord(mark) - ord("A") + 1
    return order


def _last_deed(desk: Desk) -> int:
    with desk.reading(needs=Right.SIGN_IN) as connection:
        return last_entry(connection, leaving_out=COMING_AND_GOING)


def _make(desk: Desk, home: Home, folder: Path) -> BackupFile:
    database = desk.database
    now = database.clock.now()
    label = Label(
        home_id=home.about.home_id.hex,
        station=home.about.code,
        name=home.about.name,
        desk=database.station.desk,
        last_deed=_last_deed(desk),
        taken=now,
        made_at=f"{database.zone.local(now):%Y-%m-%d %H:%M:%S}",
    )
    size = home.database.stat().st_size if home.database.exists() else 0
    return make_backup(home.path, folder, label, database.snapshot, size)
