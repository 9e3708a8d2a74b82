"""Taking in what the street sent, in worker threads: receipts one by one, a snapshot alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from desktop_app.bundle.header import ParcelKind
from desktop_app.core.errors import Fault
from desktop_app.core.job import Job
from desktop_app.station.backups import service as backups
from desktop_app.station.reporting import service
from desktop_app.station.reporting.rules.answers import Answer, Taken
from desktop_app.station.reporting.rules.meeting import Reconciled
from desktop_app.station.reporting.service.receipts import OtherParcel
from desktop_app.station.sign_in.session import Session
from desktop_app.storage.session import Desk

SNAPSHOT = "对账-"


@dataclass(frozen=True, slots=True)
class Took:
    """One file and what it came to; `fault` when it was not taken in."""

    path: Path
    taken: Taken | None = None
    fault: Fault | None = None

    @property
    def name(self) -> str:
        return self.path.name

    @property
    def is_snapshot(self) -> bool:
        """Whether it is no receipt but a 对账文件, whatever it is called."""
        return isinstance(self.fault, OtherParcel) and self.fault.kind is ParcelKind.SNAPSHOT

    @property
    def confirms(self) -> bool:
        """Whether the street holds more now."""
        return self.taken is not None and self.taken.answer is Answer.CONFIRMS

    @property
    def changed(self) -> bool:
        """Whether anything is otherwise than before."""
        if self.taken is None:
            return False
        return self.taken.answer is not Answer.REPEATS or bool(self.taken.answered)


def looks_like_snapshot(path: Path) -> bool:
    """Whether a file's name says that it is a 对账文件."""
    return path.name.startswith(SNAPSHOT)


def take_all(desk: Desk, paths: Sequence[Path], scratch: Path, job: Job) -> tuple[Took, ...]:
    """Take in receipts; one that is refused does not keep the others out.

    Files are opened in `scratch`, sealed, and gone when they are closed.
    """
    found = []
    for path in paths:
        job.check()
        try:
            taken = service.take_receipt(desk, path, scratch=scratch, job=job)
        except Fault as fault:
            found.append(Took(path, fault=fault))
        else:
            found.append(Took(path, taken))
    return tuple(found)


def reconcile(session: Session, desk: Desk, path: Path, scratch: Path, job: Job) -> Reconciled:
    """Back up, then let the two logs meet."""
    backups.roll(desk, session.house.home)
    return service.reconcile(desk, path, scratch=scratch, job=job)
