"""核验 at the station: everything that is looked at when a file is taken in; nothing is changed."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from desktop_app.bundle import lines
from desktop_app.bundle.header import ParcelKind
from desktop_app.bundle.receipt import NAME, parse_receipt
from desktop_app.core.clock import Millis
from desktop_app.core.job import Job
from desktop_app.core.rights import Right
from desktop_app.station.reporting.rules.answers import Answer
from desktop_app.station.reporting.rules.words import look_words
from desktop_app.station.reporting.service.receipts import judged, opened_from_street
from desktop_app.station.reporting.store import log
from desktop_app.storage.session import Desk


@dataclass(frozen=True, slots=True)
class Looked:
    """A sound file from our street: what it is, up to which change it speaks, and what it would
    mean here. `fits` is False when 重新对账 must come first."""

    kind: str
    sender: str
    sender_name: str
    until: int
    made_at: Millis
    fits: bool
    sentence: str
    next_step: str


def verify(desk: Desk, path: Path, *, scratch: Path, job: Job | None = None) -> Looked:
    """Look at a receipt or a 对账 file as taking it in would. Raises what that would raise."""
    with opened_from_street(desk, path, None, scratch, job) as parcel:
        header = parcel.header
        fits, until = True, header.last
        if header.kind is ParcelKind.RECEIPT:
            receipt = parse_receipt(parcel.json(NAME))
            until = receipt.until
            with desk.reading(needs=Right.RECEIVE) as connection:
                fits = judged(connection, header, receipt) is not Answer.OTHER_PAST
        elif header.changes:
            lines.check_chain(header, lines.merged(parcel))
    with desk.reading(needs=Right.RECEIVE) as connection:
        own = log.head(connection).n
    words = look_words(header.kind is ParcelKind.RECEIPT, fits, until, own)
    return Looked(
        kind=header.kind.value,
        sender=header.sender,
        sender_name=header.sender_name,
        until=until,
        made_at=Millis(header.made_at),
        fits=fits,
        sentence=words[0],
        next_step=words[1],
    )
