"""A street with a year of four stations behind it, written straight into its tables."""

from __future__ import annotations

from datetime import date

import pytest

from desktop_app.storage.session import Desk
from tests.street.street_data import StreetData

TODAY = date(2026, 11, 23)
FIRST = date(2025, 9, 1)


@pytest.fixture
def data(street_desk: Desk) -> StreetData:
    """What fills the street; its stations are there, and nothing of them yet."""
    made = StreetData(street_desk.database, TODAY, stations=4, thin=16)
    made.found()
    return made


@pytest.fixture
def lived(data: StreetData, street_desk: Desk) -> Desk:
    """The seat at a street whose stations have reported until last week; nothing is counted yet."""
    data.live(FIRST, TODAY)
    data.withhold(["2026-10", "2026-11"])
    data.report({code: date(2026, 11, 16) for code in data.codes})
    return street_desk
