"""回执: the street's answer comes back, and only by it anything counts as arrived.

A receipt is compared with this home's own log: number, hash, and table by table what both sides
count. One that does not fit never makes the station forget anything; it says that this home's past
is not the one the street knows, and 重新对账 is offered.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from desktop_app import catalog
from desktop_app.bundle.faults import NoParcel
from desktop_app.bundle.header import Header, ParcelKind
from desktop_app.bundle.parcel import OpenParcel, open_parcel
from desktop_app.bundle.receipt import NAME, ParkedRecord, Receipt, Verdict, parse_receipt
from desktop_app.core.clock import Millis
from desktop_app.core.errors import SafetyRefusal
from desktop_app.core.job import Job
from desktop_app.core.rights import Right
from desktop_app.core.tally import Tally
from desktop_app.core.travel import fingerprint
from desktop_app.registers.offices.service import confirm_known_keys
from desktop_app.station.reporting.rules.answers import (
    Answer,
    Heard,
    Known,
    ParkedHere,
    Taken,
    differing,
    judge,
)
from desktop_app.station.reporting.rules.words import must_reconcile, taken_words, unlike
from desktop_app.station.reporting.service.answering import take_answers
from desktop_app.station.reporting.service.parties import from_our_street, parties
from desktop_app.station.reporting.store import Connection, log, memory
from desktop_app.station.reporting.store.memory import Standing
from desktop_app.storage.files import make_folder
from desktop_app.storage.session import Desk, Unit

MOST_PARKED_SHOWN = 500
_HEX = re.compile(r"[0-9a-f]{64}")
_MISSING = frozenset({Verdict.GAP, Verdict.FORKED})


def take_receipt(desk: Desk, path: Path, *, scratch: Path, job: Job | None = None) -> Taken:
    """Take in the receipt at `path`; taking it twice does no more than once.

    Raises what opening a parcel raises, and `SafetyRefusal` when it is not our street's, not for
    this station, or counts other than this home does: then nothing is confirmed.
    """
    with opened_from_street(desk, path, ParcelKind.RECEIPT, scratch, job) as parcel:
        header, receipt = parcel.header, parse_receipt(parcel.json(NAME))
    station = desk.database.station.code
    if receipt.station != station:
        raise SafetyRefusal(
            f"这份回执是给站点 {receipt.station} 的，本站是 {station}，没有改动任何内容。",
            "请向街道要本站的回执。",
        )
    with desk.unit_of_work("收下回执", needs=Right.RECEIVE) as unit:
        taken = _taken(unit, header, receipt)
        if not taken.must_reconcile:
            taken = replace(taken, answered=take_answers(unit, desk, receipt.answers))
        told = f"，街道答复 {len(taken.answered)} 件" if taken.answered else ""
        unit.about(f"第 {receipt.until} 条为止", f"{taken.answer.name.lower()}{told}")
    return taken


def opened_from_street(
    desk: Desk, path: Path, kind: ParcelKind | None, scratch: Path, job: Job | None
) -> OpenParcel:
    """A file from our street for this station, of the kind that is wanted; to be closed."""
    with desk.reading(needs=Right.RECEIVE) as connection:
        both = parties(connection, desk.database.station)
    make_folder(scratch, what="打开文件")
    parcel = open_parcel(path, both.keys.openers, scratch, job=job)
    try:
        from_our_street(parcel.header, parcel.signer, both.street, desk.database.station.code)
        if kind is not None and parcel.header.kind is not kind:
            raise OtherParcel(kind, parcel.header.kind)
    except BaseException:
        parcel.close()
        raise
    return parcel


class OtherParcel(NoParcel):
    """From our street and for us, but meant for something else; `kind` says what it is."""

    def __init__(self, wanted: ParcelKind, kind: ParcelKind) -> None:
        super().__init__(f"这个文件不是{_WANTED[wanted]}")
        self.kind = kind


_WANTED = {ParcelKind.RECEIPT: "回执", ParcelKind.SNAPSHOT: "对账文件"}


def judged(connection: Connection, header: Header, receipt: Receipt) -> Answer:
    """What a receipt means to this home."""
    standing, own = memory.standing(connection), log.place_at(connection, receipt.until)
    missing = receipt.verdict in _MISSING
    return judge(
        Heard(receipt.until, receipt.hash, Millis(header.made_at), missing),
        Known(None if own is None else own.hash, standing.confirmed, standing.receipt_at),
    )


def _taken(unit: Unit, header: Header, receipt: Receipt) -> Taken:
    connection = unit.connection
    standing, made_at = memory.standing(connection), Millis(header.made_at)
    answer = judged(connection, header, receipt)
    if answer is Answer.REPEATS:
        return _told(unit, receipt, answer, 0, 0)
    heard = replace(standing, receipt_at=made_at, receipt=_kept(receipt))
    if answer is Answer.OTHER_PAST:
        memory.set_standing(connection, replace(heard, ahead=receipt.until))
        return _told(unit, receipt, answer, 0, 0)
    tallies = _agreed_tallies(unit, standing, receipt)
    if answer is Answer.BACK:
        _go_back(unit, receipt.until)
    photos = memory.confirm_photos(connection, map(bytes.fromhex, receipt.photos), unit.now)
    confirmed = _confirm_exports(unit, receipt)
    memory.set_tallies(connection, tallies)
    memory.set_standing(
        connection,
        replace(
            heard,
            confirmed=receipt.until,
            hash=receipt.hash,
            confirmed_at=unit.now,
            projection=_projection(unit, receipt, standing, answer),
            tallied=receipt.until,
            ahead=None,
        ),
    )
    _note_keys(unit, receipt)
    return _told(unit, receipt, answer, confirmed, photos)


def _agreed_tallies(unit: Unit, standing: Standing, receipt: Receipt) -> dict[str, Tally]:
    """What both sides count. Raises `SafetyRefusal` when they do not."""
    shelves = catalog.travelling()
    from_start = receipt.until < standing.tallied
    known = {} if from_start else memory.tallies(unit.connection)
    place = 0 if from_start else standing.tallied
    ours = log.tallied(unit.connection, known, list(shelves), place, receipt.until)
    theirs = {one.name: Tally(one.rows, one.changes, one.head) for one in receipt.tables}
    if kinds := differing(ours, theirs):
        kind = kinds[0]
        label = shelves[kind].kind.label
        raise SafetyRefusal(*unlike(label, theirs.get(kind, Tally()), ours[kind]))
    return ours


def _confirm_exports(unit: Unit, receipt: Receipt) -> int:
    """Mark what the street holds; an older line of this station's own is not confirmed by it."""
    fitting = []
    for made in memory.unconfirmed(unit.connection, receipt.until):
        place = log.place_at(unit.connection, made.last)
        told_again = any(name.startswith("current/") for name in made.counts)
        if place is None or place.hash != made.hash:
            continue
        if told_again and fingerprint(dict(made.projection)) != receipt.projection:
            continue
        fitting.append(made.uid)
    memory.mark_confirmed(unit.connection, fitting, unit.now)
    return len(fitting)


def _go_back(unit: Unit, until: int) -> None:
    """The street was restored from an older backup: what came after that is open again."""
    since = memory.confirmed_since(unit.connection, until)
    memory.mark_unconfirmed(unit.connection, until)
    memory.forget_photos(unit.connection, since)


def _projection(
    unit: Unit, receipt: Receipt, standing: Standing, answer: Answer
) -> Mapping[str, Mapping[str, str]]:
    """By which projection the street knows the rows now."""
    for made in memory.exports(unit.connection):
        if fingerprint(dict(made.projection)) == receipt.projection:
            return made.projection
    return {} if answer is Answer.BACK else standing.projection


def _note_keys(unit: Unit, receipt: Receipt) -> None:
    """Sign with the announced key once the street says that it knows it."""
    known = receipt.extra.get("keys")
    if isinstance(known, list):
        confirm_known_keys(unit, [bytes.fromhex(one) for one in known if _HEX.fullmatch(str(one))])


def _kept(receipt: Receipt) -> dict[str, object]:
    """What is remembered of a receipt for the screen."""
    return {
        "verdict": receipt.verdict.value,
        "parked": len(receipt.parked),
        "clock_offset": receipt.clock_offset,
        "sentence": receipt.sentence,
        "returned": receipt.returned,
    }


def _told(unit: Unit, receipt: Receipt, answer: Answer, confirmed: int, photos: int) -> Taken:
    words = taken_words(answer, receipt.until, confirmed, photos)
    if answer is Answer.OTHER_PAST:
        words = must_reconcile(receipt.until, log.head(unit.connection).n)
    return Taken(
        answer=answer,
        until=receipt.until,
        confirmed=confirmed,
        photos=photos,
        parked=tuple(_parked(unit, one) for one in receipt.parked[:MOST_PARKED_SHOWN]),
        clock_offset=receipt.clock_offset,
        sentence=words[0],
        next_step=words[1],
        street_says=receipt.sentence,
        returned=receipt.returned,
    )


def _parked(unit: Unit, one: ParkedRecord) -> ParkedHere:
    shelf = catalog.shelves().get(one.kind)
    record = None if shelf is None else shelf.get(unit.connection, one.uid)
    return ParkedHere(
        kind=one.kind,
        label=one.kind if shelf is None else shelf.kind.label,
        uid=one.uid,
        number=str(getattr(record, "number", "")),
        reason=one.reason,
    )
