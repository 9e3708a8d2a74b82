"""The counter of the front desk's tests, and who sits at a station with more than one person."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from desktop_app.core.ids import UidFactory
from desktop_app.core.rights import Right
from desktop_app.registers.people.rules import Operator, Role
from desktop_app.registers.people.service import actor_of
from desktop_app.registers.people.store import SHELF
from desktop_app.station.evaluation.ui.turn import ResidentsTurn
from desktop_app.storage.session import Database, Desk
from tests.driver.front_desk import FrontDesk
from tests.station.front_desk.conftest import counter, runner, settled_file, sit_down

__all__ = ["counter", "runner", "settled_file", "sit_down"]


@pytest.fixture
def hire(database: Database, desk: Desk) -> Callable[[str, Role], Desk]:
    """Opens an account and answers its seat."""
    new_uid = UidFactory(database.clock)

    def hired(name: str, role: Role) -> Desk:
        operator = Operator(
            uid=new_uid(),
            station=database.station.code,
            name=name,
            role=role,
            password_changed=desk.today,
        )
        with desk.unit_of_work("新增操作员", needs=Right.MANAGE_OPERATORS) as unit:
            SHELF.put(unit, operator)
        return Desk(database, actor_of(operator))

    return hired


@pytest.fixture
def front(sit_down: Callable[[], FrontDesk]) -> Iterator[FrontDesk]:
    """The clerk's screen; the resident's is closed at the end, so that no next one inherits it."""
    made = sit_down()
    yield made
    close_screen(made.page.turn)


def close_screen(turn: ResidentsTurn) -> None:
    """As the clerk does before going home."""
    if turn.screen is not None:
        turn.toggle()
