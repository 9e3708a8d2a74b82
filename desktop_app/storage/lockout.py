"""Failed sign-ins before anything is unlocked: counted, waited for, handed to the audit later.

The audit lies inside the encrypted database, so failures go to an append-only file beside it,
without personal data: who is only a hash. Five failures in a row lock a slot for 15 minutes (the
practice for GB/T 22239-2019 level 2). Waiting is measured in the machine's ticks: the wall clock is
written down but decides nothing, and after a restart the whole wait starts anew.

The file keeps honest people honest. Whoever can write here can also copy the database and guess
elsewhere; against him stands the price of Argon2id alone.
"""

from __future__ import annotations

import hashlib
import json
import logging
import math
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

from desktop_app.core.clock import Clock, Millis
from desktop_app.core.errors import EnvironmentFault, SafetyRefusal
from desktop_app.core.ids import Uid, UidFactory, parse_uid
from desktop_app.storage.file_locks import FileLock
from desktop_app.storage.files import append_line, translate_os_error, write_atomic

MOST_FAILURES: Final = 5
WAIT_SECONDS: Final = 15 * 60

_WHAT = "记录登录失败"
_log = logging.getLogger(__name__)


class EntryKind(StrEnum):
    FAILED = "failed"
    SUCCEEDED = "succeeded"
    # The machine was restarted during a lock-out: the wait counts from this look on.
    RESTARTED = "restarted"
    # The wait is over; failures count from one again.
    RELEASED = "released"


@dataclass(frozen=True)
class FailureEntry:
    """One line of the file. `uid` is unique, so that the audit takes an entry once only.

    `slot` is `hashed_slot(…)`; `at` is the wall clock's opinion, `ticks` the machine's seconds;
    `taken` says that the audit has it and it stays only because a count still needs it. `in_a_row`
    is not in the file: `drain` counts which failure in a row this was, for the audit's sentence.
    """

    uid: Uid
    slot: str
    kind: EntryKind
    at: Millis
    ticks: float
    taken: bool = False
    in_a_row: int = 0


@dataclass
class _Standing:
    """Where a slot stands after some entries: failures in a row, and since when it is locked."""

    failures: int = 0
    locked_at: float | None = None

    def take(self, entry: FailureEntry) -> None:
        if entry.kind in (EntryKind.SUCCEEDED, EntryKind.RELEASED):
            self.failures, self.locked_at = 0, None
        elif entry.kind is EntryKind.RESTARTED:
            self.locked_at = entry.ticks
        else:
            self.failures += 1
            if self.failures >= MOST_FAILURES:
                self.locked_at = entry.ticks


def hashed_slot(slot: str) -> str:
    """How a slot (an operator's uid in hexadecimal) is called in the file."""
    return hashlib.sha256(f"jinlin-desk sign-in\0{slot}".encode()).hexdigest()[:32]


class FailureBook:
    """The file of failed sign-ins of one home; several programs may use it at once."""

    def __init__(self, path: Path, clock: Clock) -> None:
        self._path = path
        self._lock_path = path.with_suffix(".lock")
        self._clock = clock
        self._new_uid = UidFactory(clock)

    def check(self, slot: str) -> None:
        """Ask before every attempt. Raises `SafetyRefusal` that says how long to wait still."""
        with self._held():
            standing = self._standing(hashed_slot(slot))
            if standing.locked_at is None:
                return
            waited = self._clock.ticks() - standing.locked_at
            if waited < 0:
                # Fewer ticks than then: the machine was switched off, nobody knows for how long.
                self._note_if_possible(slot, EntryKind.RESTARTED)
                waited = 0
            if waited < WAIT_SECONDS:
                raise _locked(WAIT_SECONDS - waited)
            self._note_if_possible(slot, EntryKind.RELEASED)

    def failed(self, slot: str) -> int:
        """Write down a failure; the answer is how many attempts are left before the lock-out.

        Raises `EnvironmentFault` when it cannot be written down.
        """
        with self._held():
            self._note(slot, EntryKind.FAILED)
            return max(0, MOST_FAILURES - self._standing(hashed_slot(slot)).failures)

    def succeeded(self, slot: str) -> None:
        """Forget a slot's failures in a row; the audit still gets them."""
        with self._held():
            if self._standing(hashed_slot(slot)).failures:
                self._note_if_possible(slot, EntryKind.SUCCEEDED)

    def drain(self) -> list[FailureEntry]:
        """The failures the audit does not have yet, oldest first.

        Write them into the audit, each uid once, commit, and only then call `rotate` with their
        uids. After a crash in between, `drain` answers the same entries again.
        """
        standings: dict[str, _Standing] = {}
        waiting = []
        with self._held():
            for entry in self._entries():
                standing = standings.setdefault(entry.slot, _Standing())
                standing.take(entry)
                if entry.kind is EntryKind.FAILED and not entry.taken:
                    waiting.append(replace(entry, in_a_row=standing.failures))
        return waiting

    def rotate(self, taken: Collection[Uid]) -> None:
        """Drop what the audit has taken, slot by slot.

        A slot keeps all its lines while one of them is still untaken or its count still runs:
        a failure without the success after it would count again.
        """
        with self._held():
            entries = [
                replace(entry, taken=entry.taken or entry.uid in taken) for entry in self._entries()
            ]
            untaken = {
                entry.slot
                for entry in entries
                if entry.kind is EntryKind.FAILED and not entry.taken
            }
            kept = [
                entry
                for entry in entries
                if entry.slot in untaken or self._standing(entry.slot, entries).failures
            ]
            if entries:
                content = "".join(_line(entry) + "\n" for entry in kept)
                write_atomic(self._path, content.encode(), what=_WHAT)

    @contextmanager
    def _held(self) -> Iterator[None]:
        lock = FileLock(self._lock_path)
        try:
            got = lock.acquire_patiently()
        except OSError as error:
            raise translate_os_error(error, _WHAT) from error
        if not got:
            raise EnvironmentFault(
                "另一个近邻台程序正在核对登录，暂时不能登录，数据没有改动。", "请稍等几秒再试。"
            )
        with lock:
            yield

    def _standing(self, hashed: str, entries: list[FailureEntry] | None = None) -> _Standing:
        standing = _Standing()
        for entry in self._entries() if entries is None else entries:
            if entry.slot == hashed:
                standing.take(entry)
        return standing

    def _entries(self) -> list[FailureEntry]:
        try:
            raw = self._path.read_bytes()
        except FileNotFoundError:
            return []
        except OSError as error:
            raise translate_os_error(error, _WHAT) from error
        parsed = [_parse(line) for line in raw.decode("utf-8", "replace").split("\n")]
        return [entry for entry in parsed if entry is not None]

    def _note(self, slot: str, kind: EntryKind) -> None:
        entry = FailureEntry(
            self._new_uid(), hashed_slot(slot), kind, self._clock.now(), self._clock.ticks()
        )
        append_line(self._path, _line(entry), what=_WHAT)

    def _note_if_possible(self, slot: str, kind: EntryKind) -> None:
        """Without this line a slot stays locked longer or counts more, never less.

        On a full disk somebody must still be able to sign in, or nobody could clear it up.
        """
        try:
            self._note(slot, kind)
        except EnvironmentFault as fault:
            _log.warning("%s %s", kind.value, fault.sentence)


def _line(entry: FailureEntry) -> str:
    document: dict[str, Any] = {
        "id": entry.uid.hex,
        "slot": entry.slot,
        "kind": entry.kind.value,
        "at": entry.at,
        "ticks": entry.ticks,
    }
    if entry.taken:
        document["taken"] = True
    return json.dumps(document)


def _parse(line: str) -> FailureEntry | None:
    """An entry, or None for a line that a crash cut off."""
    try:
        document = json.loads(line)
        uid = parse_uid(document["id"])
        ticks = float(document["ticks"])
        if uid is None or not math.isfinite(ticks):
            return None
        return FailureEntry(
            uid=uid,
            slot=str(document["slot"]),
            kind=EntryKind(document["kind"]),
            at=Millis(int(document["at"])),
            ticks=ticks,
            taken=document.get("taken") is True,
        )
    except (ValueError, LookupError, TypeError, AttributeError, OverflowError, RecursionError):
        return None


def _locked(seconds: float) -> SafetyRefusal:
    minutes = math.ceil(seconds / 60)
    words = f"还要等约 {minutes} 分钟" if seconds >= 60 else "还要等不到 1 分钟"
    return SafetyRefusal(
        f"密码连续输错 {MOST_FAILURES} 次，这个账号已暂时锁定，{words}，数据没有改动。",
        "请到时再试，或请另一位同事先登录。",
        field="password",
    )
