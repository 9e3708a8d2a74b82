"""A station whose changes have their consequences, as an opened home has them, and a visit there
that cannot be settled at the counter."""

from __future__ import annotations

import pytest

from desktop_app import catalog
from desktop_app.core.clock import FixedClock
from desktop_app.ledgers.visits.rules.visit import Visit
from desktop_app.storage.session import Desk
from tests.ledgers.three_lists.builders import blobs
from tests.ledgers.visits.ui.ledger_data import Ledger

__all__ = ["blobs"]


@pytest.fixture(autouse=True)
def followed(request: pytest.FixtureRequest) -> None:
    """What follows of a change is done, wherever a test takes a desk."""
    if "desk" in request.fixturenames:
        desk: Desk = request.getfixturevalue("desk")
        desk.database.have_follow(catalog.follow_ups("station"))


@pytest.fixture
def ledger(desk: Desk, clock: FixedClock) -> Ledger:
    """Writes visits down; the 事项目录 is filled."""
    return Ledger(desk, clock)


@pytest.fixture
def visit(ledger: Ledger) -> Visit:
    """张淑芬's quarrel with a neighbour, open."""
    return ledger.visit("邻里纠纷人民调解申请", ledger.resident(), entry_summary="夜里装修")
