"""A station that belongs to a street by hand, on both databases."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from desktop_app.core.clock import FixedClock
from desktop_app.core.travel import Profile
from desktop_app.station.reporting.rules.reports import Exported
from desktop_app.station.reporting.service import exporting
from desktop_app.storage.session import Desk
from tests.station.reporting.hall import Hall, Report
from tests.station.reporting.paper_street import PaperStreet


@pytest.fixture
def street(tmp_path: Path, clock: FixedClock) -> PaperStreet:
    """A street, which opens what is sealed to it."""
    folder = tmp_path / "street"
    folder.mkdir()
    return PaperStreet(folder, clock)


@pytest.fixture
def station(desk: Desk, street: PaperStreet) -> Desk:
    """A seat at a station that belongs to the street."""
    street.adopt(desk)
    return desk


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    """A folder to deliver to."""
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


@pytest.fixture
def outbox(tmp_path: Path) -> Path:
    return tmp_path / "home" / "outbox"


@pytest.fixture
def report(station: Desk, stick: Path, outbox: Path, clock: FixedClock) -> Report:
    """Press 上报, a minute later."""

    def press(profile: Profile = Profile.WORK, **more: Any) -> Exported:
        clock.advance(60)
        return exporting.export(station, stick, outbox=outbox, profile=profile, **more)

    return press


@pytest.fixture
def hall(station: Desk, street: PaperStreet, report: Report, clock: FixedClock) -> Hall:
    """The station, the street, and who goes between them."""
    return Hall(station, street, report, clock)
