"""A station and its street, both real, joined by a folder that files are carried in; and stations
in the test's hands."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from desktop_app.core.clock import FixedClock
from desktop_app.core.travel import Profile
from desktop_app.station.reporting.rules.answers import Taken
from desktop_app.station.reporting.service import exporting
from desktop_app.station.reporting.service.receipts import take_receipt
from desktop_app.storage.attachments import FolderBlobs
from desktop_app.storage.session import Desk
from desktop_app.street.inbox.rules.verdicts import Verdict
from desktop_app.street.inbox.service import take_in
from tests.registers.offices.enrolled import enrol
from tests.street.parcels import HandStation, hand_station


@dataclass
class Post:
    """Carries files between a station and its street."""

    station: Desk
    street: Desk
    clock: FixedClock
    folder: Path
    made: int = 0

    def export(self, profile: Profile = Profile.WORK, **more: Any) -> list[Path]:
        """上报, a minute later: the bundle, and its photos behind it."""
        self.clock.advance(60)
        self.made += 1
        stick = self.folder / f"stick-{self.made}"
        stick.mkdir()
        outbox = self.folder / "outbox"
        done = exporting.export(self.station, stick, outbox=outbox, profile=profile, **more)
        return list(done.paths)

    def carry(self, *paths: Path) -> list[Verdict]:
        """Let the street take files in; receipts lie in `receipts`."""
        return take_in(self.street, list(paths), self.receipts)

    def report(self, profile: Profile = Profile.WORK, **more: Any) -> Verdict:
        """Up and down: the street takes in a bundle, the station its receipt."""
        verdict = self.carry(*self.export(profile, **more))[0]
        self.answer(verdict)
        return verdict

    def answer(self, verdict: Verdict) -> Taken:
        """Bring the receipt back to the station."""
        assert verdict.receipt_path is not None
        self.clock.advance(60)
        return take_receipt(self.station, verdict.receipt_path, scratch=self.folder)

    @property
    def receipts(self) -> Path:
        return self.folder / "receipts"


@pytest.fixture
def post(desk: Desk, street_desk: Desk, clock: FixedClock, tmp_path: Path) -> Post:
    """The station's own database lies in `desk`, the street's in `street_desk`."""
    enrol(desk, street_desk)
    folder = tmp_path / "post"
    folder.mkdir()
    return Post(desk, street_desk, clock, folder)


class BlobKey:
    """A data key for attachments that is always the same."""

    def derive(self, purpose: str) -> bytes:
        return purpose.encode().ljust(32, b".")[:32]


@pytest.fixture
def street(street_desk: Desk, tmp_path: Path) -> Desk:
    """A street with a place for attachments."""
    blobs = FolderBlobs(tmp_path / "attachments", BlobKey())  # type: ignore[arg-type]
    street_desk.database.keep_attachments_in(blobs)
    return street_desk


@pytest.fixture
def hand(street: Desk, clock: FixedClock, tmp_path: Path) -> HandStation:
    """A station in the test's hands that the street knows."""
    return hand_station(street, clock, tmp_path / "hand")


Carry = Callable[..., list[Verdict]]


@pytest.fixture
def carry(street: Desk, clock: FixedClock, tmp_path: Path) -> Carry:
    """The street takes files in, a minute later; receipts lie in `receipts`."""

    def carry_in(*paths: Path) -> list[Verdict]:
        clock.advance(60)
        return take_in(street, list(paths), tmp_path / "receipts", scratch=tmp_path)

    return carry_in
