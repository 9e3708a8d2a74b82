"""核验: everything that is looked at when a file is taken in, and nothing is changed."""

from __future__ import annotations

from pathlib import Path

from desktop_app.bundle.header import ParcelKind
from desktop_app.bundle.parcel import OpenParcel, open_parcel
from desktop_app.core.clock import Millis
from desktop_app.core.job import Job
from desktop_app.core.rights import Right
from desktop_app.storage.session import Desk
from desktop_app.street.inbox.rules import words
from desktop_app.street.inbox.rules.verdicts import (
    EXIT_STATUS,
    Judgement,
    Outcome,
    Standing,
    Verdict,
)
from desktop_app.street.inbox.service.bundles import judged
from desktop_app.street.inbox.service.ground import Ground, ground
from desktop_app.street.inbox.service.reading import Bundle
from desktop_app.street.inbox.service.senders import our_keys, sender_of
from desktop_app.street.inbox.store import log


def _looked_at(
    on: Ground, parcel: OpenParcel, job: Job
) -> tuple[Judgement, Standing, Millis | None]:
    header, is_bundle = parcel.header, parcel.header.kind is ParcelKind.BUNDLE
    with Bundle(on, parcel) as bundle:
        if is_bundle:
            bundle.follow(job)
        with on.desk.reading(needs=Right.RECEIVE) as connection:
            standing = log.standing(connection, header.sender)
            found = Judgement(Outcome.APPLIED)
            if is_bundle:
                found = judged(connection, standing, bundle)
            return found, standing, log.made_at(connection, header.sender, found.forked_at)


def verify(
    desk: Desk, path: Path, *, job: Job | None = None, scratch: Path | None = None
) -> Verdict:
    """What would become of a file, if it were taken in now; see `take_in`.

    Raises what a refused file is refused with.
    """
    on, work = ground(desk, scratch), job or Job("核验")
    with desk.reading(needs=Right.RECEIVE) as connection:
        keys = our_keys(connection, on.database.station)
    with open_parcel(path, keys.openers, on.scratch, job=work) as parcel:
        header = parcel.header
        with desk.reading(needs=Right.RECEIVE) as connection:
            sender = sender_of(connection, header, parcel.signer, on.database.station.code)
        name = header.sender_name or sender.entry.name
        found, standing, held_at = _looked_at(on, parcel, work)
        if found.outcome is Outcome.APPLIED:
            said = words.sound(name, header.first, header.last)
        else:
            said = words.not_applied(name, standing, found, held_at, on.database.zone)
        return Verdict(
            uid=None,
            path=path,
            outcome=found.outcome,
            sentence=said[0],
            next_step=said[1],
            exit_status=EXIT_STATUS[found.outcome],
            parcel=header.kind.value,
            station=header.sender,
            station_name=name,
            first=header.first,
            last=header.last,
            profile=header.profile,
            made_at=Millis(header.made_at),
        )
