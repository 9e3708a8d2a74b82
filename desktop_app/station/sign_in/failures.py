"""Takes failed sign-ins from the file beside the database into its audit, each once."""

from __future__ import annotations

from desktop_app.core.rights import Right
from desktop_app.registers.people import store
from desktop_app.station.sign_in.proof import RECOVERY_SLOT
from desktop_app.storage.audit import entries
from desktop_app.storage.lockout import (
    MOST_FAILURES,
    WAIT_SECONDS,
    FailureBook,
    FailureEntry,
    hashed_slot,
)
from desktop_app.storage.session import Desk

ACTION = "登录失败"
_LOOK_BACK = 1000


def take_failures(book: FailureBook, desk: Desk) -> int:
    """Write what the audit does not have yet; answers how many. A crash in between repeats none."""
    waiting = book.drain()
    if not waiting:
        return 0
    names = _names(desk)
    for entry in waiting:
        subject = names.get(entry.slot, "已不存在的账号")
        if not _known(desk, subject, _mark(entry)):
            with desk.unit_of_work(ACTION, needs=Right.SIGN_IN) as unit:
                unit.about(subject, _told(entry, desk))
    book.rotate({entry.uid for entry in waiting})
    return len(waiting)


def _names(desk: Desk) -> dict[str, str]:
    with desk.reading(needs=Right.SIGN_IN) as connection:
        everybody = store.everybody(connection)
    names = {hashed_slot(one.uid.hex): f"操作员 {one.name}" for one in everybody}
    return {**names, hashed_slot(RECOVERY_SLOT): "恢复码"}


def _known(desk: Desk, subject: str, mark: str) -> bool:
    with desk.reading(needs=Right.SIGN_IN) as connection:
        before = entries(connection, subject=subject, limit=_LOOK_BACK)
    return any(entry.action == ACTION and mark in entry.detail for entry in before)


def _mark(entry: FailureEntry) -> str:
    return f"（记录 {entry.uid.hex[-12:]}）"


def _told(entry: FailureEntry, desk: Desk) -> str:
    moment = desk.database.zone.local(entry.at)
    locked = ""
    if entry.in_a_row >= MOST_FAILURES:
        locked = f"，锁定 {WAIT_SECONDS // 60} 分钟"
    return f"{moment:%Y-%m-%d %H:%M:%S} 连续第 {entry.in_a_row} 次{locked}{_mark(entry)}"
