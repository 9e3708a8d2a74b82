"""A visit that cannot be settled at the counter, on both databases."""

from __future__ import annotations

import pytest

from desktop_app.core.clock import FixedClock
from desktop_app.ledgers.visits.rules.visit import Visit
from desktop_app.storage.session import Desk
from tests.ledgers.visits.ui.ledger_data import Ledger


@pytest.fixture
def ledger(desk: Desk, clock: FixedClock) -> Ledger:
    """Writes visits down; the 事项目录 is filled."""
    return Ledger(desk, clock)


@pytest.fixture
def visit(ledger: Ledger) -> Visit:
    """张淑芬's quarrel with a neighbour, open."""
    return ledger.visit("邻里纠纷人民调解申请", ledger.resident(), entry_summary="夜里装修")
