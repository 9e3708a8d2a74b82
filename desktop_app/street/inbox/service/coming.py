"""A parcel that was found sound and comes from somebody we know, on its way in."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from desktop_app.bundle.header import Header
from desktop_app.bundle.parcel import OpenParcel
from desktop_app.core.job import Job
from desktop_app.street.inbox.rules.verdicts import Verdict
from desktop_app.street.inbox.service.ground import Ground
from desktop_app.street.inbox.service.receipts import Answer
from desktop_app.street.inbox.service.senders import Sender


@dataclass(frozen=True)
class Coming:
    """The parcel, who sent it, and the file it lies in."""

    on: Ground
    parcel: OpenParcel
    sender: Sender
    path: Path
    job: Job

    @property
    def header(self) -> Header:
        return self.parcel.header

    @property
    def station(self) -> str:
        """The code of the station it is from."""
        return self.parcel.header.sender

    @property
    def name(self) -> str:
        """What that station calls itself."""
        return self.parcel.header.sender_name or self.sender.entry.name


@dataclass(frozen=True, slots=True)
class Found:
    """What became of a parcel, and what its station is told."""

    verdict: Verdict
    answer: Answer
