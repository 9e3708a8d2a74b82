"""What tests of the command line share."""

from __future__ import annotations

import pytest

from tests.cli.running import Commands
from tests.homes import StationHome


@pytest.fixture
def commands(station_home: StationHome) -> Commands:
    """Commands at a fresh home, signed in as its one operator, a 站长."""
    return Commands.at(station_home)
