"""What two copies of a home promised apart is counted together once they have met."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop_app.core.errors import UserError
from desktop_app.ledgers.three_lists import service as lists
from desktop_app.ledgers.three_lists.rules.duty import DutyAction
from desktop_app.ledgers.three_lists.rules.duty_steps import DutyDetails, holds
from tests.ledgers.three_lists.builders import duty_form, offer, raise_problem
from tests.sync.joint import records
from tests.sync.world import World, found


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = World(found(tmp_path / "founded"), Counter())
    yield made
    made.close()


def test_an_offer_promised_by_two_copies_frees_what_its_duties_keep(world: World) -> None:
    house = world.stations["QR01"]
    problem, given = raise_problem(house.desk), offer(house.desk, amount=4)
    world.talk(house)
    twin = house.twin(world.root / "QR01-twin")
    world.twins["QR01"] = twin
    for copy, amount in ((house, 1), (twin, 3)):
        world.tick()
        lists.propose(copy.desk, duty_form(problem, given, amount=amount))
    for copy in (house, twin):
        world.talk(copy)

    def kept() -> tuple[int, int]:
        duties = records(twin, "duties").values()
        return records(twin, "offers")[given.uid].promised, sum(map(holds, duties))

    assert kept()[1] == 4, "both promises are there"
    with pytest.raises(UserError, match="认领完"):
        lists.propose(twin.desk, duty_form(problem, given, amount=1))
    for duty in list(records(twin, "duties").values()):
        world.tick()
        details = DutyDetails(words="单位临时抽不出人")
        lists.act(twin.desk, duty.uid, DutyAction.CANCEL, duty.revision, details)
        promised, held = kept()
        assert promised == held
    assert kept() == (0, 0)
