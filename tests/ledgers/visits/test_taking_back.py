"""A new file and the visit in one saving; and a registration taken back whole, in time."""

from __future__ import annotations

import pytest

from desktop_app.core.clock import FixedClock
from desktop_app.core.errors import Conflict, InvalidInput, UserError
from desktop_app.ledgers.visits import service
from desktop_app.ledgers.visits.rules.visit import Action
from desktop_app.registers.residents import service as residents
from desktop_app.registers.residents.rules import Phone, ResidentDraft
from desktop_app.storage.session import Desk
from tests.ledgers.visits.builders import form, matter, register, resident, timed


def test_a_new_resident_and_the_visit_are_saved_in_one_go(desk: Desk) -> None:
    draft = ResidentDraft(name="吴阿妹", phones=(Phone("13900001234"),), room="302")
    made = service.register(desk, form(name="", new_resident=draft))

    (visit,) = made.value
    assert visit.resident is not None
    assert (visit.name, visit.phone, visit.room) == ("吴阿妹", "13900001234", "302")
    assert residents.card(desk, visit.resident).resident.name == "吴阿妹"
    assert made.kinds == {"visits", "residents"}


def test_a_wrong_new_resident_leaves_neither_file_nor_visit(desk: Desk) -> None:
    draft = ResidentDraft(name="吴阿妹", phones=(Phone("12"),))

    with pytest.raises(InvalidInput) as refusal:
        service.register(desk, form(name="", new_resident=draft))

    assert "phones" in {problem.field for problem in refusal.value.problems}
    assert residents.page(desk).rows == ()
    assert service.today(desk).rows == ()


def test_taking_a_registration_back_takes_the_new_file_back_too(desk: Desk) -> None:
    draft = ResidentDraft(name="吴阿妹")
    made = service.register(desk, form(matter(), timed(), name="", new_resident=draft))
    assert made.undo is not None

    made.undo.call(desk)

    assert service.today(desk).rows == ()
    assert service.day_counts(desk)["registered"] == 0
    assert residents.page(desk).rows == ()


def test_a_number_taken_back_is_never_given_again(desk: Desk) -> None:
    made = service.register(desk, form())
    assert made.undo is not None
    made.undo.call(desk)

    assert register(desk).number.endswith("00002")


def test_a_registration_cannot_be_taken_back_after_ten_minutes(
    desk: Desk, clock: FixedClock
) -> None:
    made = service.register(desk, form())
    assert made.undo is not None
    clock.advance(service.UNDO_MINUTES * 60 + 1)

    with pytest.raises(UserError) as refusal:
        made.undo.call(desk)

    assert "撤回" in refusal.value.next_step
    assert len(service.today(desk).rows) == 1


def test_a_registration_that_went_on_cannot_be_taken_back(desk: Desk) -> None:
    made = service.register(desk, form(timed(), matter()))
    visit = made.value[0]
    service.act(desk, visit.uid, Action.TAKE_UP, visit.revision)
    assert made.undo is not None

    with pytest.raises(Conflict):
        made.undo.call(desk)

    assert len(service.today(desk).rows) == 2


def test_who_was_not_here_after_all_counts_as_before(desk: Desk, clock: FixedClock) -> None:
    known = resident(desk)
    first_day = desk.today
    register(desk, resident=known.uid)
    clock.advance(86_400)
    made = service.register(desk, form(matter(), timed(), resident=known.uid))
    line = residents.card(desk, known.uid).line
    assert (line.times, line.last_seen) == (2, desk.today)
    assert made.undo is not None

    made.undo.call(desk)

    line = residents.card(desk, known.uid).line
    assert (line.times, line.last_seen) == (1, first_day)


def test_who_only_came_by_mistake_never_came(desk: Desk) -> None:
    known = resident(desk)
    made = service.register(desk, form(resident=known.uid))
    assert made.undo is not None
    made.undo.call(desk)

    line = residents.card(desk, known.uid).line
    assert (line.times, line.last_seen) == (0, None)
