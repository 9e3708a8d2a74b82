"""What became of every file, and sending one back (退回)."""

from __future__ import annotations

from collections.abc import Collection
from contextlib import suppress
from pathlib import Path

from desktop_app.bundle.receipt import Verdict as Said
from desktop_app.core.errors import UserError
from desktop_app.core.ids import Uid
from desktop_app.core.rights import Right
from desktop_app.core.text import clean_text
from desktop_app.storage.paging import FIRST, PAGE_SIZE, Page
from desktop_app.storage.session import Desk, Unit
from desktop_app.street.inbox.rules.verdicts import NAME_LIMIT, SENTENCE_LIMIT, Outcome, Verdict
from desktop_app.street.inbox.service import receipts
from desktop_app.street.inbox.service.ground import ground
from desktop_app.street.inbox.service.senders import our_keys
from desktop_app.street.inbox.store import files
from desktop_app.street.inbox.store.files import TakenFile

REASON_LIMIT = 500


def history(
    desk: Desk,
    *,
    station: str = "",
    outcomes: Collection[Outcome] = (),
    cursor: str | None = FIRST,
    size: int = PAGE_SIZE,
) -> Page[TakenFile]:
    """One page of the files that were taken in hand, the newest first."""
    with desk.reading(needs=Right.READ) as connection:
        return files.listed(connection, station, outcomes, cursor, size=size)


def send_back(desk: Desk, uid: Uid, reason: str, folder: Path) -> Path:
    """退回: write the station a receipt that says what is wrong with what it sent; answers where.

    What was taken in stays taken in: the station corrects it in its own ledger and reports again.
    Raises `UserError` without a reason, and for a file of which nobody knows the station.
    """
    said = clean_text(reason, limit=REASON_LIMIT, label="退回原因", field="reason")
    if not said:
        raise UserError(
            "还没有写退回的原因，没有退回。", "请写明哪里要改，站点会看到。", field="reason"
        )
    with desk.unit_of_work("退回", needs=Right.RECEIVE) as unit:
        keys = our_keys(unit.connection, unit.station)
        file = files.named(unit.connection, uid)
        if file is None or not file.station:
            raise UserError(
                "这个文件不知道是哪个站点的，不能退回，没有改动任何内容。",
                "请直接联系送文件来的人。",
            )
        files.send_back(unit.connection, uid, said, unit.now)
        unit.about(f"{file.station} {file.first}—{file.last}", said)
    answer = receipts.Answer(file.station, _SAID[file.outcome], file.sentence, said)
    return receipts.write(ground(desk), answer, keys, folder)


_SAID = {outcome: Said(outcome.value) for outcome in Outcome}


def as_said(outcome: Outcome) -> Said:
    """A verdict as a receipt says it."""
    return _SAID[outcome]


def put_down(
    unit: Unit, verdict: Verdict, *, sha256: str, lineage: str = "", program: str = "",
    hash_after: bytes | None = None,
) -> None:  # fmt: skip
    """Put a verdict down: in the history, and in words in the audit. Part of a unit of work."""
    assert verdict.uid is not None
    size = 0
    with suppress(OSError):
        size = verdict.path.stat().st_size
    subject = f"{verdict.station} {verdict.first}—{verdict.last}" if verdict.station else ""
    unit.about(subject, f"{verdict.outcome.label}：{verdict.sentence}"[:SENTENCE_LIMIT])
    files.add(
        unit.connection,
        TakenFile(
            uid=verdict.uid,
            at=unit.now,
            actor=unit.actor.name,
            name=verdict.path.name[-NAME_LIMIT:],
            size=size,
            sha256=sha256,
            parcel=verdict.parcel,
            station=verdict.station,
            station_name=verdict.station_name,
            lineage=lineage,
            first=verdict.first,
            last=verdict.last,
            profile=verdict.profile,
            made_at=verdict.made_at,
            program=program,
            hash=hash_after,
            outcome=verdict.outcome,
            sentence=verdict.sentence[:SENTENCE_LIMIT],
            counts=verdict.counts,
            parked=verdict.parked,
        ),
    )
