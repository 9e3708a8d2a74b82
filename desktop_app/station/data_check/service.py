"""Reads the whole database once and says, part by part, whether it is what was written.

Changes nothing. What a damaged part means for the person is in the sentence of its line.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from desktop_app import catalog
from desktop_app.core.errors import Fault
from desktop_app.core.job import Job
from desktop_app.core.rights import Right
from desktop_app.registers.residents import store as residents
from desktop_app.station.backups.service import last_backup
from desktop_app.station.data_check.store import broken_reference, count_differing
from desktop_app.station.reporting.service.pictures import only_at_the_street
from desktop_app.station.sign_in.session import Session
from desktop_app.storage import audit
from desktop_app.storage.attachments import CHUNK_BYTES, DamagedAttachment, MissingAttachment
from desktop_app.storage.backup import verify_backup
from desktop_app.storage.session import Desk

RESTORE = "请不要删除数据文件夹，用“恢复备份”回到最近一次完好的备份。"


@dataclass(frozen=True, slots=True)
class CheckLine:
    """One part: its name, whether it is in order, and what is to be said of it."""

    name: str
    ok: bool
    words: str


def check(session: Session, job: Job) -> list[CheckLine]:
    """Look at file, references, both chains, records, attachments, search and the last backup; at
    a street also at what its stations sent."""
    parts: list[tuple[str, Callable[[Session], list[str]]]] = [
        ("数据库文件", _file),
        ("关联", _references),
        ("审计记录", _audit_chain),
        ("变更记录", _change_chain),
        ("台账与变更", _records),
        ("附件", _attachments),
        ("检索", _search),
        ("最近备份", _backup),
    ]
    beyond = catalog.checks(session.database.station.edition)
    parts += [(name, partial(_beyond, look, job)) for name, look in beyond.items()]
    lines = []
    for number, (name, look) in enumerate(parts):
        job.progress(number, len(parts), name)
        try:
            problems = look(session)
        except Fault as fault:
            problems = [fault.sentence]
        words = "完好" if not problems else "".join(problems) + RESTORE
        lines.append(CheckLine(name, not problems, words))
    return lines


def _file(session: Session) -> list[str]:
    session.database.verify()
    return []


def _references(session: Session) -> list[str]:
    with session.desk.reading(needs=Right.READ_AUDIT) as connection:
        broken = broken_reference(connection)
    return [] if broken is None else [f"表 {broken} 中有记录指向不存在的内容。"]


def _audit_chain(session: Session) -> list[str]:
    with session.desk.reading(needs=Right.READ_AUDIT) as connection:
        return audit.check_audit(connection)


def _change_chain(session: Session) -> list[str]:
    with session.desk.reading(needs=Right.READ_AUDIT) as connection:
        return audit.check_changes(connection)


def _records(session: Session) -> list[str]:
    """Every row is the last revision that the change log knows of, and none is missing.

    Of a street's rows only its own: those of its stations have other logs.
    """
    problems = []
    whose = session.database.station
    own = whose.code if whose.is_street else ""
    with session.desk.reading(needs=Right.READ_AUDIT) as connection:
        for shelf in catalog.shelves().values():
            count = count_differing(connection, shelf, own)
            if count:
                problems.append(f"{shelf.kind.label}有 {count} 条与变更记录不一致。")
    return problems


def _attachments(session: Session) -> list[str]:
    """Every photo that a record points at is there and is what was stored; after a PC was lost,
    some may be at the street only."""
    with session.desk.reading(needs=Right.READ_AUDIT) as connection:
        pointed_at = catalog.attached(connection) - only_at_the_street(connection)
    missing = damaged = 0
    for sha256 in pointed_at:
        try:
            with session.desk.database.blobs.open(sha256) as stream:
                while stream.read(CHUNK_BYTES):
                    pass
        except MissingAttachment:
            missing += 1
        except DamagedAttachment:
            damaged += 1
    problems = []
    if missing:
        problems.append(f"有 {missing} 个附件的文件不见了。")
    if damaged:
        problems.append(f"有 {damaged} 个附件的文件已损坏。")
    return problems


def _search(session: Session) -> list[str]:
    with session.desk.reading(needs=Right.READ_AUDIT) as connection:
        stale = residents.count_stale(connection)
    return [f"{stale} 位居民的检索还在重建，按旧的检索仍可找到。"] if stale else []


def _backup(session: Session) -> list[str]:
    last = last_backup(session.house.home)
    if last is None:
        return []
    verify_backup(last.path)
    return []


def _beyond(look: Callable[[Desk, Job], list[str]], job: Job, session: Session) -> list[str]:
    return look(session.desk, job)
