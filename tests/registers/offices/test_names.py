"""What stations are called at a street, and that a station's own lists need no names."""

from __future__ import annotations

from desktop_app.registers.offices.names import station_names
from desktop_app.storage.session import Desk
from tests.registers.offices.enrolled import enrol


def test_a_street_finds_a_station_by_the_initials_of_its_name(
    desk: Desk, street_desk: Desk
) -> None:
    enrol(desk, street_desk)
    facts = desk.database.station
    names = station_names(street_desk)
    (entry,) = names.entries
    assert (entry.code, entry.name, names.owner(facts.code)) == (facts.code, facts.name, facts.name)
    assert any(word.startswith("qryy") for word in entry.search.split()), entry.search


def test_a_station_that_is_not_in_the_register_is_called_by_its_code(street_desk: Desk) -> None:
    assert station_names(street_desk).of("HT07") == "HT07"


def test_at_a_station_nothing_needs_to_say_whose_it_is(desk: Desk) -> None:
    names = station_names(desk)
    assert (names.entries, names.owner(desk.database.station.code)) == ((), "")
