"""What the page does behind the window. Runs in worker threads."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from desktop_app import catalog
from desktop_app.core.job import Job
from desktop_app.registers.offices.names import StationNames, station_names
from desktop_app.registers.offices.written import Written, flushed
from desktop_app.storage.session import Desk
from desktop_app.street.inbox import service
from desktop_app.street.inbox.rules.verdicts import Outcome, Verdict
from desktop_app.street.inbox.service import Retried
from desktop_app.street.inbox.ui.parked import ParkedView, view_of
from desktop_app.street.inbox.ui.views import FileView, of_file

_PHOTOS = {"photos": "照片"}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the history is narrowed to, and the page of it."""

    station: str = ""
    outcomes: tuple[Outcome, ...] = ()
    cursor: str | None = None


@dataclass(frozen=True, slots=True)
class Read:
    """A page of the history, and what stands around it."""

    files: tuple[FileView, ...]
    earlier: str | None
    later: str | None
    total_words: str
    parked: int
    stations: StationNames
    watched: str
    labels: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ParkedRead:
    """What is parked, in words."""

    views: tuple[ParkedView, ...]


@dataclass(frozen=True, slots=True)
class TakenIn:
    """The end of a batch: the verdicts, and what may be said of the sticks and folders that the
    receipts were written to."""

    verdicts: tuple[Verdict, ...]
    written: Written


def read(desk: Desk, wanted: Wanted, _job: Job) -> Read:
    """One page of the history, in words."""
    page = service.history(
        desk, station=wanted.station, outcomes=wanted.outcomes, cursor=wanted.cursor
    )
    return Read(
        files=tuple(of_file(file) for file in page.rows),
        earlier=page.earlier,
        later=page.later,
        total_words=page.total_words,
        parked=len(service.parked(desk)),
        stations=station_names(desk),
        watched=service.watched_folder(desk),
        labels=kind_labels(),
    )


def read_parked(desk: Desk, _job: Job) -> ParkedRead:
    """Everything that is parked, in words."""
    names, zone, today = station_names(desk), desk.database.zone, desk.today
    return ParkedRead(tuple(view_of(one, names, zone, today) for one in service.parked(desk)))


def retry_parked(desk: Desk, job: Job) -> Retried:
    """Try what is parked once more."""
    return service.retry_parked(desk, job=job)


def kinds() -> frozenset[str]:
    """The kinds of record that come from stations."""
    return frozenset(catalog.travelling())


def kind_labels() -> dict[str, str]:
    """What the kinds of record that come are called."""
    return {name: shelf.kind.label for name, shelf in catalog.travelling().items()} | _PHOTOS


def spread_out(paths: Sequence[Path], _job: Job) -> tuple[Path, ...]:
    """The files that were dropped, and those that lie in folders that were dropped."""
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            found += [one for one in sorted(path.iterdir()) if service.is_parcel(one.name)]
        elif not path.name.startswith(service.OUR_WORDS):
            found.append(path)
    return tuple(dict.fromkeys(found))


def take_in(
    desk: Desk,
    paths: Sequence[Path],
    receipts: Path | None,
    tell: Callable[[object], None],
    job: Job,
) -> TakenIn:
    """Take the files in; `tell` hears each verdict as soon as it stands."""
    verdicts = service.take_in(desk, paths, receipts, job=job, on_each=tell)
    written = [one.receipt_path for one in verdicts if one.receipt_path is not None]
    return TakenIn(tuple(verdicts), flushed(written))


def save_receipts(desk: Desk, folder: Path, _job: Job) -> Written:
    """A receipt for every station from which something came."""
    return flushed(service.write_receipts(desk, folder))
