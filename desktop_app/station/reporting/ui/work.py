"""What the page does behind the window: reading, reporting, delivering. Runs in worker threads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from desktop_app.core.errors import EnvironmentFault, Fault
from desktop_app.core.job import Cancelled, Job
from desktop_app.core.settings import REPORT_REMIND_DAYS
from desktop_app.core.travel import Profile
from desktop_app.registers.offices import service as offices
from desktop_app.registers.offices.rules import Street
from desktop_app.registers.offices.service import Asked
from desktop_app.registers.offices.ui.targets import Target
from desktop_app.station.reporting import service
from desktop_app.station.reporting.rules.reports import Export, ReportingState, Second
from desktop_app.station.reporting.service import PendingRecord
from desktop_app.station.reporting.service import state as standing
from desktop_app.station.settings import service as settings
from desktop_app.storage.delivery import pull_words
from desktop_app.storage.drives import is_there
from desktop_app.storage.session import Desk

_MOST_FOLDERS = 4
"""Folders that are looked for: each share that is away takes its time to say so."""
_PLUGGED_IN_HERE = (Path("/media"), Path("/run/media"), Path("/mnt"))


@dataclass(frozen=True, slots=True)
class Unjoined:
    """A station without a street, and what it has asked of one."""

    asked: Asked | None


@dataclass(frozen=True, slots=True)
class Seen:
    """All that the page shows of a station that has joined a street."""

    street: Street
    state: ReportingState
    history: tuple[Export, ...]
    in_outbox: frozenset[str]
    pending: tuple[PendingRecord, ...]
    lineage: str
    remind_days: int


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be reported, and to where."""

    target: Target
    profile: Profile
    reason: str = ""
    second: Second | None = None


@dataclass(frozen=True, slots=True)
class Sent:
    """A 上报 whose files lie whole at the target; `words` say so, and that one may pull."""

    export: Export
    target: Target
    words: str


@dataclass(frozen=True, slots=True)
class NotSent:
    """A 上报 that is on record but did not arrive; `fault` is None when somebody stopped it."""

    export: Export
    target: Target
    fault: Fault | None


def read(desk: Desk, outbox: Path, _job: Job) -> Seen | Unjoined:
    """How the station stands, what it has reported, and what is to be filled in."""
    street = offices.my_street(desk)
    if street is None:
        return Unjoined(offices.my_request(desk))
    history = tuple(standing.history(desk))
    there = {path.name for path in outbox.glob("*.jlb")} if outbox.is_dir() else set()
    return Seen(
        street=street,
        state=standing.state(desk),
        history=history,
        in_outbox=frozenset(there),
        pending=tuple(service.pending(desk)),
        lineage=desk.database.station.lineage,
        remind_days=settings.read(desk)[REPORT_REMIND_DAYS],
    )


def report(desk: Desk, outbox: Path, order: Order, job: Job) -> Sent | NotSent:
    """Make a 上报 and deliver it. What goes wrong before it is on record is raised."""
    _check_there(order.target)
    made = service.export(
        desk,
        None,
        outbox=outbox,
        profile=order.profile,
        reason=order.reason,
        second=order.second,
        job=job,
    )
    return send(desk, outbox, made.export, order.target, job)


def send(desk: Desk, outbox: Path, export: Export, target: Target, job: Job) -> Sent | NotSent:
    """Deliver a 上报 that is on record."""
    try:
        _check_there(target)
        sent = service.send(desk, export, target.folder, outbox=outbox, job=job)
        words = pull_words(target.folder, removable=target.drive is not None)
    except Cancelled:
        return NotSent(export, target, None)
    except Fault as fault:
        return NotSent(export, target, fault)
    return Sent(sent.export, target, words)


def last_folder(history: Sequence[Export], drives: Sequence[Path], _job: Job) -> Path | None:
    """The folder, on no stick, that a 上报 was last delivered to, while it is there."""
    folders = dict.fromkeys(Path(one.delivered_to) for one in history if one.delivered_to)
    for folder in islice(folders, _MOST_FOLDERS):
        if any(folder.is_relative_to(drive) for drive in drives):
            continue
        if folder.is_dir() and not _left_by_a_stick(folder):
            return folder
    return None


def _left_by_a_stick(folder: Path) -> bool:
    """An empty place to plug in, on this PC's own disk: what is written there goes nowhere."""
    return (
        any(folder.is_relative_to(place) for place in _PLUGGED_IN_HERE)
        and folder.stat().st_dev == Path("/").stat().st_dev
    )


def _check_there(target: Target) -> None:
    """A stick that was pulled leaves an empty folder behind, which takes files, too."""
    if target.drive is not None and not is_there(target.drive):
        raise EnvironmentFault(
            f"{target.words}已经不在了，没有送出，本机的数据和文件都没有丢。",
            "请重新插好，等它出现在“送到”里，再上报一次。",
        )
