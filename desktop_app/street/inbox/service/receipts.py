"""回执: what the street holds of a station, sealed to that station."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, BinaryIO

from desktop_app import __version__
from desktop_app.bundle.header import Header, ParcelKind
from desktop_app.bundle.label import file_name
from desktop_app.bundle.parcel import FileSource, seal_parcel
from desktop_app.bundle.receipt import (
    NAME,
    ParkedRecord,
    Receipt,
    SentAnswer,
    TableTally,
    spell_receipt,
)
from desktop_app.bundle.receipt import Verdict as Said
from desktop_app.core.errors import UserError
from desktop_app.core.rights import Right
from desktop_app.ledgers.requests.record import KIND as REQUESTS
from desktop_app.registers.offices import store as offices
from desktop_app.registers.offices.rules import StationKey
from desktop_app.registers.offices.store import OwnKeys
from desktop_app.storage.files import make_folder, write_atomic
from desktop_app.storage.session import Desk
from desktop_app.street.inbox.rules.verdicts import Standing
from desktop_app.street.inbox.service.ground import Ground, ground
from desktop_app.street.inbox.service.senders import our_keys
from desktop_app.street.inbox.store import aside, log
from desktop_app.street.whistles import store as whistles

OUR_WORDS = ("回执-", "对账-")
"""How the names of files begin that the street itself writes."""

MOST_PARKED = 500
MOST_PHOTOS = 5000
MOST_ANSWERS = 200
"""Of 吹哨; the others follow when the station has shown that it has these."""
WHAT = "写回执"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a station is told besides what the street holds of it. `photos` are those of its parcel
    that the street holds: however many came after them, they are named."""

    station: str
    said: Said
    sentence: str = ""
    returned: str = ""
    photos: tuple[bytes, ...] = ()


def write(on: Ground, answer: Answer, keys: OwnKeys, folder: Path) -> Path:
    """Seal a receipt into `folder`; one of the same number there before is replaced.

    Raises `EnvironmentFault` when it cannot be written there.
    """
    with on.desk.reading(needs=Right.RECEIVE) as connection:
        log.hold_still(connection)
        standing = log.standing(connection, answer.station)
        receipt = _receipt(connection, standing, answer, on.database.station.name)
        recipient = recipient_of(connection, answer.station)
    header = _header(on, standing, recipient.lineage)
    make_folder(folder, what=WHAT)
    path = folder / file_name(ParcelKind.RECEIPT, answer.station, 1, standing.applied)

    def pour(target: BinaryIO) -> None:
        seal_parcel(
            target,
            (),
            [FileSource.json(NAME, spell_receipt(receipt))],
            lambda facts: replace(header, tables=facts),
            keys.signing,
            [recipient.recipient],
        )

    write_atomic(path, pour, what=WHAT)
    return path


def write_all(desk: Desk, folder: Path, station: str = "") -> list[Path]:
    """Write a receipt for every station from which something came, or for one."""
    on = ground(desk)
    with desk.reading(needs=Right.RECEIVE) as connection:
        keys = our_keys(connection, desk.database.station)
        known = [one.station for one in log.standings(connection)]
        reachable = [code for code in known if offices.keys_of(connection, code)]
    if station and station not in reachable:
        raise UserError(
            f"还没有收到过 {station} 的上报包，没有回执可写。", "请核对站点编码。", field="station"
        )
    wanted = [station] if station else reachable
    return [write(on, Answer(code, Said.DUPLICATE), keys, folder) for code in wanted]


def recipient_of(connection: Any, station: str) -> StationKey:
    """The newest key of a station: what is sealed to it."""
    keys = offices.keys_of(connection, station)
    trusted = [key for key in keys if key.trusted] or keys
    if not trusted:
        raise UserError(
            f"还没有站点 {station} 的密钥，不能给它写文件。", "请先让它加入。", field="station"
        )
    return trusted[-1]


def _receipt(connection: Any, standing: Standing, answer: Answer, office: str) -> Receipt:
    station = answer.station
    trusted = [key.public.hex() for key in offices.keys_of(connection, station) if key.trusted]
    return Receipt(
        station=station,
        lineage=standing.lineage,
        until=standing.applied,
        hash=standing.hash,
        verdict=answer.said,
        projection=standing.projection,
        tables=tuple(_tallies(connection, station)),
        photos=tuple(one.hex() for one in _photos(connection, answer)),
        parked=tuple(
            ParkedRecord(one.kind, one.uid, one.reason.label)
            for one in aside.parked(connection, station)[:MOST_PARKED]
        ),
        clock_offset=-standing.clock_offset,
        sentence=answer.sentence,
        returned=answer.returned,
        answers=tuple(_answers(connection, station, office)),
        extra={"keys": trusted},
    )


def _answers(connection: Any, station: str, office: str) -> Iterable[SentAnswer]:
    """What the street says to 吹哨, until the station's own records show it."""
    for one in whistles.to_send(connection, station, MOST_ANSWERS):
        yield SentAnswer(
            REQUESTS.name, one.request, one.asked, one.uid, one.at, one.by, office, one.words
        )


def _photos(connection: Any, answer: Answer) -> list[bytes]:
    latest = aside.latest_photos(connection, answer.station, MOST_PHOTOS)
    return list(dict.fromkeys((*answer.photos, *latest)))[:MOST_PHOTOS]


def _tallies(connection: Any, station: str) -> Iterable[TableTally]:
    for kind, tally in sorted(log.tallies(connection, station).items()):
        yield TableTally(kind, tally.rows, tally.changes, tally.head)


def _header(on: Ground, standing: Standing, lineage: str) -> Header:
    facts = on.database.station
    return Header(
        kind=ParcelKind.RECEIPT,
        sender=facts.code,
        sender_name=facts.name,
        recipient=standing.station,
        lineage=standing.lineage or lineage,
        made_at=on.database.clock.now(),
        program=__version__,
        profile=standing.profile,
        projection=standing.projection,
        first=standing.applied + 1,
        last=standing.applied,
        hash_before=standing.hash,
        hash_after=standing.hash,
    )
