"""Station and street, both real: what parts is brought together by the files that people carry."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from desktop_app.core.clock import FixedClock
from desktop_app.core.rights import Right
from desktop_app.ledgers.visits import service as visits
from desktop_app.ledgers.visits.rules.steps import StepDetails
from desktop_app.ledgers.visits.rules.visit import Action
from desktop_app.registers.residents import service as residents
from desktop_app.registers.residents import store as resident_store
from desktop_app.registers.residents.rules import Resident
from desktop_app.station.reporting.service import Answer, pending, reconcile
from desktop_app.station.reporting.service.state import state
from desktop_app.storage.session import Desk
from desktop_app.street.inbox.rules.verdicts import Outcome
from desktop_app.street.inbox.service.snapshots import snapshot_for
from tests.ledgers.activities.builders import held
from tests.ledgers.visits.builders import register, resident, stored, timed
from tests.registers.offices.enrolled import enrol
from tests.station.reporting.hall import Hall
from tests.street.inbox.conftest import Post


class Both(Post):
    """A real street behind the post, and a home that can be put back to an old backup."""

    def hall(self) -> Hall:
        return Hall(self.station, None, None, self.clock)  # type: ignore[arg-type]

    def meet(self) -> object:
        self.clock.advance(60)
        path = snapshot_for(self.street, "QR01", self.folder)
        return reconcile(self.station, path, scratch=self.folder)


@pytest.fixture
def both(desk: Desk, street_desk: Desk, clock: FixedClock, tmp_path: Path) -> Both:
    enrol(desk, street_desk)
    return Both(desk, street_desk, clock, tmp_path)


def test_a_month_goes_up_and_is_confirmed(both: Both) -> None:
    person = resident(both.station)
    made = register(both.station, timed(), resident=person.uid)
    visits.act(both.station, made.uid, Action.TAKE_UP, made.revision, StepDetails())
    held(both.station, both.clock, "陈桂英")
    assert both.report().outcome is Outcome.APPLIED
    assert state(both.station).waiting == 0
    assert stored(both.street, made.uid).number == made.number


def test_a_restored_home_is_named_a_fork_and_goes_on_after_coming_together(both: Both) -> None:
    hall = both.hall()
    person = resident(both.station, "欧阳明月")
    both.report()
    backup = hall.backed_up()
    residents.change(both.station, replace(of_file(both.station, person.uid), building="9"))
    lost = register(both.station)
    both.report()
    hall.restore(backup)
    register(both.station)
    verdict = both.carry(*both.export())[0]
    assert verdict.outcome is Outcome.FORKED
    assert both.answer(verdict).must_reconcile
    both.meet()
    assert hall.is_whole()
    assert both.report().outcome is Outcome.APPLIED
    assert state(both.station).waiting == 0
    assert of_file(both.station, person.uid).name == "欧阳明月"
    assert of_file(both.station, person.uid).building == "9"
    assert stored(both.station, lost.uid).number == lost.number
    rows = _count(both.station), _count(both.street)
    assert rows[0] == rows[1] == 2


def test_a_pc_that_was_lost_is_replaced_by_an_empty_one(both: Both) -> None:
    hall = both.hall()
    empty = hall.backed_up()
    person = resident(both.station, "欧阳明月", "13800005678")
    made = register(both.station, timed(), resident=person.uid)
    held(both.station, both.clock, "陈桂英")
    both.report()
    hall.restore(empty)
    enrol(both.station, both.street, replace_pc=True)
    both.meet()
    assert hall.is_whole()
    assert stored(both.station, made.uid).number == made.number
    assert {one.kind for one in pending(both.station)} >= {"residents", "visits"}
    register(both.station)
    assert both.report().outcome is Outcome.APPLIED


def test_who_was_erased_never_comes_back_by_any_copy(both: Both) -> None:
    hall = both.hall()
    person = resident(both.station, "欧阳明月", "13800005678")
    both.report()
    backup = hall.backed_up()
    old = both.export()
    residents.erase(both.station, person.uid)
    both.report()
    assert both.carry(*old)[0].outcome is Outcome.DUPLICATE
    hall.restore(backup)
    register(both.station)
    both.answer(both.carry(*both.export())[0])
    both.meet()
    assert of_file(both.station, person.uid).deleted
    assert both.report().outcome is Outcome.APPLIED
    assert "欧阳明月" not in str(hall.backed_up())


def test_a_receipt_of_the_real_street_taken_twice_is_taken_once(both: Both) -> None:
    register(both.station)
    verdict = both.carry(*both.export())[0]
    assert both.answer(verdict).answer is Answer.CONFIRMS
    assert both.answer(verdict).answer is Answer.REPEATS


def of_file(desk: Desk, uid: object) -> Resident:
    with desk.reading(needs=Right.READ) as connection:
        found = resident_store.SHELF.get(connection, uid)  # type: ignore[arg-type]
    assert found is not None
    return found


def _count(desk: Desk) -> int:
    with desk.reading(needs=Right.READ) as connection:
        query = "SELECT count(*) FROM visit WHERE deleted_at IS NULL"
        return int(connection.exec_driver_sql(query).scalar_one())
