"""The joins behind the counter's screen, on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from desktop_app.core.burst import ScannedId
from desktop_app.core.clock import FixedClock
from desktop_app.core.errors import InvalidInput
from desktop_app.core.identity import IdKind, check_id
from desktop_app.core.rights import Right
from desktop_app.core.settings import MASK_TODAY
from desktop_app.ledgers.visits import service as visits
from desktop_app.registers.residents import service as residents
from desktop_app.registers.residents.rules import ResidentDraft
from desktop_app.registers.residents.search import find
from desktop_app.station.front_desk import service
from desktop_app.station.front_desk.rules.text import Came, Drafts, FormText, MatterText
from desktop_app.storage.session import Desk
from desktop_app.storage.settings import write_setting
from tests.filling import Filled
from tests.station.front_desk.conftest import ZHANG_ID, settle_in

DAY_SECONDS = 86_400


def settled(desk: Desk, _clock: FixedClock) -> None:
    settle_in(desk)


@pytest.fixture
def station(desk: Desk, filled: Filled) -> Desk:
    filled(settled)
    return desk


def known_form(desk: Desk, matter: str, **more: str) -> FormText:
    """A form for 张淑芬 with a matter of the directory."""
    (line,) = find(desk, "张淑芬").people
    uid = next(one.uid for one in service.opening(desk).matters.values() if matter in one.name)
    return FormText(
        came=Came.KNOWN.value,
        resident=line.uid.hex,
        name=line.name,
        now=MatterText(matter=uid.hex, **more),
    )


def test_matters_registered_most_have_the_first_digits(station: Desk) -> None:
    known = service.opening(station).matters
    for _ in range(2):
        service.register(station, known_form(station, "居住证申领"), known)
    usual = service.opening(station).usual
    assert "居住证申领" in usual[0].name
    assert len(usual) == service.USUAL


def test_the_board_counts_what_is_open_and_what_is_late(station: Desk, clock: FixedClock) -> None:
    known = service.opening(station).matters
    service.register(
        station, known_form(station, "居住证申领", handling="timed", limit_days="1"), known
    )
    clock.advance(7 * DAY_SECONDS)
    service.count_only(station, None)
    board = service.board(station)
    assert [board.counts[name] for name in ("registered", "open", "overdue")] == [1, 1, 1]
    said = visits.figures_between(station, station.today, station.today)
    assert board.counts.items() <= said.items()
    assert [line.kind.label for line in board.lines] == ["仅计数"]


def test_what_is_left_of_a_limit_is_said_in_words(station: Desk) -> None:
    known = service.opening(station).matters
    text = known_form(station, "居住证申领", handling="timed", limit_days="3")
    (visit,) = service.register(station, text, known).value
    assert service.board(station).due[visit.uid] == "还剩3个工作日"


def test_a_new_person_and_the_visit_stand_or_fall_together(station: Desk) -> None:
    known = service.opening(station).matters
    text = FormText(came=Came.NEW.value, name="罗长发", now=MatterText(limit_days="400"))
    with pytest.raises(InvalidInput):
        service.register(station, text, known)
    assert find(station, "罗长发").people == ()
    made = service.register(
        station,
        FormText(came=Came.NEW.value, name="罗长发", now=MatterText(summary="问低保")),
        known,
    )
    assert made.kinds == {"visits", "residents"}
    assert made.undo is not None
    made.undo.call(station)
    assert find(station, "罗长发").people == ()


def test_a_card_is_known_by_its_whole_number_only(station: Desk) -> None:
    card = ScannedId(check_id(IdKind.RESIDENT_ID_CARD, ZHANG_ID))
    found = service.person_of_card(station, card)
    assert found is not None
    assert found.name == "张淑芬"
    other = ScannedId(check_id(IdKind.RESIDENT_ID_CARD, "440524188001010014"))
    assert service.person_of_card(station, other) is None


def test_namesakes_come_after_surer_doubles(station: Desk) -> None:
    residents.add(station, ResidentDraft(name="赖建国", birth=date(1990, 1, 1)))
    found = service.similar_people(station, ResidentDraft(name="赖建国", birth=date(1971, 5, 6)))
    assert [one.reason for one in found] == ["姓名和出生日期相同", "同名"]


def test_the_visit_keeps_the_address_as_it_was(station: Desk) -> None:
    known = service.opening(station).matters
    (visit,) = service.register(station, known_form(station, "居住证申领"), known).value
    (line,) = find(station, "张淑芬").people
    moved = replace(residents.for_editing(station, line.uid), building="9")
    residents.change(station, moved)
    assert visits.get(station, visit.uid).building == "3"


def test_the_station_may_show_names(station: Desk) -> None:
    assert service.opening(station).mask_names
    with station.unit_of_work("设置", needs=Right.MANAGE_STATION) as unit:
        write_setting(unit, MASK_TODAY, False)
    assert not service.opening(station).mask_names


def test_the_draft_goes_with_the_registration_and_what_is_parked_stays(station: Desk) -> None:
    desk = Desk(station.database, replace(station.actor, uid=station.database.new_uid()))
    known = service.opening(desk).matters
    form, parked = known_form(desk, "居住证申领"), known_form(desk, "打印复印")
    service.save_drafts(desk, Drafts(now=form, parked=(parked,)))

    service.register(desk, form, known, left=Drafts(parked=(parked,)))

    assert service.load_drafts(desk) == Drafts(parked=(parked,))


def test_a_registration_that_fails_keeps_the_draft(station: Desk) -> None:
    desk = Desk(station.database, replace(station.actor, uid=station.database.new_uid()))
    known = service.opening(desk).matters
    form = known_form(desk, "居住证申领", handling="timed", limit_days="没有数")
    service.save_drafts(desk, Drafts(now=form))

    with pytest.raises(InvalidInput):
        service.register(desk, form, known)
    assert service.load_drafts(desk) == Drafts(now=form)
