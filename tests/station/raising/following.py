"""A station whose changes have their consequences, as an opened home has them."""

from __future__ import annotations

import pytest

from desktop_app import catalog
from desktop_app.storage.session import Desk
from tests.ledgers.three_lists.builders import blobs

__all__ = ["blobs"]


@pytest.fixture(autouse=True)
def followed(request: pytest.FixtureRequest) -> None:
    """What follows of a change is done, wherever a test takes a desk."""
    if "desk" in request.fixturenames:
        desk: Desk = request.getfixturevalue("desk")
        desk.database.have_follow(catalog.follow_ups("station"))
