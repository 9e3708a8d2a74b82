"""Photos come in parcels of their own, perhaps long after the rows that point at them."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import replace
from typing import Any

from desktop_app import catalog
from desktop_app.bundle.faults import Refused
from desktop_app.core.clock import Millis
from desktop_app.core.rights import Right
from desktop_app.storage.session import Unit
from desktop_app.street.inbox.rules import words
from desktop_app.street.inbox.rules.verdicts import EXIT_STATUS, Outcome, Verdict
from desktop_app.street.inbox.service import senders
from desktop_app.street.inbox.service.coming import Coming, Found
from desktop_app.street.inbox.service.history import as_said, put_down
from desktop_app.street.inbox.service.receipts import Answer
from desktop_app.street.inbox.store import aside, log

DEED = "收照片"
_PIECE = 1 << 20


def missing_photos(connection: Any, station: str) -> int:
    """How many photos a station's rows point at that have not come (照片待到)."""
    wanted: set[bytes] = catalog.travelling_attachments(connection, station)
    return len(wanted - aside.photos(connection, station))


def take(coming: Coming, may_wait: bool) -> Found | None:
    """Keep the photos that some row points at; the others are not kept, and come again.

    None when rows of theirs may be in a file of the same drop. Contents lie on the disk before
    their names are put down, so that a crash loses nothing and counts nothing twice.
    """
    with coming.on.desk.reading(needs=Right.RECEIVE) as connection:
        wanted = catalog.travelling_attachments(connection, coming.station)
        known = aside.photos(connection, coming.station)
    there = {bytes.fromhex(name) for name in coming.parcel.photo_names()}
    if may_wait and there - wanted:
        return None
    blobs = coming.on.database.blobs
    again = {sha256 for sha256 in there & wanted & known if blobs.exists(sha256)}
    new = sorted(there & wanted - again)
    for done, sha256 in enumerate(new):
        coming.job.progress(done, len(new), f"照片 {done + 1}/{len(new)}")
        _keep(coming, sha256)
    with coming.on.desk.unit_of_work(DEED, needs=Right.RECEIVE) as unit:
        log.wait_for_turn(unit.connection)
        return _put_down(coming, unit, new, sorted(again), len(there - wanted))


def _keep(coming: Coming, sha256: bytes) -> None:
    with coming.parcel.photo(sha256.hex()) as photo:
        digest = hashlib.sha256()
        while piece := photo.read(_PIECE):
            digest.update(piece)
        if not hmac.compare_digest(digest.digest(), sha256):
            raise Refused("文件里有一张照片的名称与内容的校验值不符")
        photo.seek(0)
        coming.on.database.blobs.put(photo)


def _put_down(
    coming: Coming, unit: Unit, new: list[bytes], again: list[bytes], strangers: int
) -> Found:
    connection, station = unit.connection, coming.station
    aside.note_photos(connection, station, new, unit.now)
    standing = log.standing(connection, station)
    senders.note(unit, coming.sender, coming.header, standing.name)
    missing = missing_photos(connection, station)
    if standing.applied:
        log.move(connection, replace(standing, photos_missing=missing))
    outcome = Outcome.APPLIED if new or strangers else Outcome.DUPLICATE
    if outcome is Outcome.DUPLICATE:
        sentence, step = words.photos_duplicate(coming.name, len(again))
    else:
        sentence, step = words.photos(coming.name, len(new), len(again), strangers, missing)
    header = coming.header
    verdict = Verdict(
        uid=unit.new_uid(),
        path=coming.path,
        outcome=outcome,
        sentence=sentence,
        next_step=step,
        exit_status=EXIT_STATUS[outcome],
        parcel=header.kind.value,
        station=station,
        station_name=coming.name,
        first=header.first,
        last=header.last,
        profile=header.profile,
        made_at=Millis(header.made_at),
        counts={"photos": {"new": len(new), "again": len(again), "strangers": strangers}},
    )
    put_down(
        unit, verdict, sha256=coming.parcel.sha256, lineage=header.lineage, program=header.program
    )
    answer = Answer(station, as_said(outcome), sentence, photos=(*new, *again))
    return Found(verdict, answer)
