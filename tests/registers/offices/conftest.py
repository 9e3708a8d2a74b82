"""Further offices beside one station and one street."""

from __future__ import annotations

from dataclasses import replace

import pytest

from desktop_app.storage.session import Desk
from tests.registers.offices.enrolled import OTHER_STREET
from tests.stations import CLERK, FACTS, OpenDatabase


@pytest.fixture
def other_street(open_another: OpenDatabase) -> Desk:
    """A seat at 栖溪街道."""
    return Desk(open_another(OTHER_STREET), CLERK)


@pytest.fixture
def new_pc(open_another: OpenDatabase) -> Desk:
    """A seat at a new, empty home of the same station."""
    return Desk(open_another(replace(FACTS, lineage="second")), CLERK)


@pytest.fixture
def neighbour(open_another: OpenDatabase) -> Desk:
    """A seat at another station, HT01."""
    facts = replace(FACTS, code="HT01", name="荷塘里党群服务站", lineage="neighbour")
    return Desk(open_another(facts), CLERK)
