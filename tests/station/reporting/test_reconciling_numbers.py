"""重新对账 and the numbers on paper: none is given twice, whoever gave it first."""

from __future__ import annotations

from dataclasses import replace

from desktop_app.core.rights import Right
from desktop_app.core.travel import Profile
from desktop_app.registers.residents import service as residents
from desktop_app.registers.residents import store as resident_store
from desktop_app.registers.residents.rules import Resident
from desktop_app.station.reporting.service.filling_in import pending
from desktop_app.storage.session import Desk
from tests.ledgers.visits.builders import register, resident, stored
from tests.station.reporting.hall import Hall


def of_file(desk: Desk, person: Resident) -> Resident:
    """The file as it stands, nothing masked."""
    with desk.reading(needs=Right.READ) as connection:
        found = resident_store.SHELF.get(connection, person.uid)
    assert found is not None
    return found


def test_two_records_with_one_number_end_with_two_numbers(hall: Hall) -> None:
    backup = hall.backed_up()
    lost = register(hall.desk)
    hall.up()
    hall.restore(backup)
    later = register(hall.desk)
    assert later.number == lost.number
    (renumbered,) = hall.meet().renumbered
    assert (renumbered.before, renumbered.after) == (lost.number, f"{lost.number}/B")
    assert stored(hall.desk, later.uid).number == renumbered.after
    assert stored(hall.desk, lost.uid).number == lost.number
    assert hall.is_whole()
    assert hall.agrees()


def test_a_second_meeting_gives_no_number_that_the_first_one_gave(hall: Hall) -> None:
    backup = hall.backed_up()
    register(hall.desk)
    hall.up()
    hall.restore(backup)
    register(hall.desk)
    hall.meet()
    hall.up()
    hall.restore(backup)
    third = register(hall.desk)
    done = hall.meet()
    assert done.conflicts == ()
    (renumbered,) = done.renumbered
    assert (done.letter, renumbered.after) == ("C", f"{third.number}/C")
    assert hall.is_whole()
    assert hall.agrees()
    assert len(hall.street.held.rows) == 3


def test_who_is_about_to_be_buried_gets_no_new_number(hall: Hall) -> None:
    backup = hall.backed_up()
    gone = resident(hall.desk, "欧阳明月")
    hall.up()
    forked = hall.backed_up()
    residents.erase(hall.desk, gone.uid)
    hall.up()
    hall.restore(backup)
    other = resident(hall.desk, "司徒明月")
    assert other.number == gone.number
    assert hall.meet().renumbered == ()
    hall.up()
    hall.restore(forked)
    assert hall.meet().renumbered == ()
    assert of_file(hall.desk, gone).deleted
    assert of_file(hall.desk, other).number == other.number
    assert hall.is_whole()
    assert hall.agrees()


def test_the_number_of_a_tombstone_makes_room_too(hall: Hall) -> None:
    backup = hall.backed_up()
    lost = resident(hall.desk, "欧阳明月")
    hall.up()
    hall.restore(backup)
    gone = resident(hall.desk, "司徒明月")
    assert gone.number == lost.number
    residents.erase(hall.desk, gone.uid)
    assert hall.meet().renumbered == ()
    assert of_file(hall.desk, lost).number == lost.number
    assert of_file(hall.desk, gone).deleted
    assert hall.is_whole()
    assert hall.agrees()


def test_numbers_go_on_under_a_letter_nobody_has_used(hall: Hall) -> None:
    register(hall.desk)
    hall.up()
    backup = hall.backed_up()
    register(hall.desk)
    hall.up()
    hall.restore(backup)
    lineage = hall.desk.database.station.lineage
    assert hall.meet().letter == "B"
    assert register(hall.desk).number == "QR01-2026B-00001"
    assert hall.desk.database.station.lineage != lineage
    assert hall.is_whole()


def test_a_new_pc_begins_behind_every_letter_that_stands_on_paper(hall: Hall) -> None:
    empty = hall.backed_up()
    register(hall.desk)
    hall.up()
    hall.restore(empty)
    register(hall.desk)
    assert hall.meet().letter == "B"
    assert register(hall.desk).number == "QR01-2026B-00001"
    hall.up()
    hall.restore(empty)
    assert hall.meet().letter == "C"
    assert register(hall.desk).number == "QR01-2026C-00001"


def test_numbers_that_never_travelled_are_to_be_filled_in_each_for_itself(hall: Hall) -> None:
    empty = hall.backed_up()
    people = [resident(hall.desk, name) for name in ("欧阳明月", "司徒明月")]
    hall.up(Profile.STATS)
    hall.restore(empty)
    hall.meet()
    numbers = {of_file(hall.desk, one).number for one in people}
    assert numbers == {f"待补-{one.uid.hex}" for one in people}
    assert all("档案号" in dict(one.fields) for one in pending(hall.desk))
    assert hall.is_whole()


def test_of_two_rows_that_came_back_with_one_number_one_gets_another(hall: Hall) -> None:
    empty = hall.backed_up()
    people = [resident(hall.desk, name) for name in ("欧阳明月", "司徒明月")]
    hall.up()
    row, profile = hall.street.held.rows[people[1].uid]
    assert row.fields is not None
    doubled = replace(row, fields={**row.fields, "number": people[0].number})
    hall.street.held.rows[people[1].uid] = doubled, profile
    hall.restore(empty)
    (renumbered,) = hall.meet().renumbered
    assert {of_file(hall.desk, one).number for one in people} == {
        people[0].number,
        renumbered.after,
    }
    assert hall.is_whole()
    assert hall.agrees()
