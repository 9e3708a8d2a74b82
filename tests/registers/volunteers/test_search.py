"""Who is found by which word, quickly; birthdays and insurance for the front desk."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.core.rights import Right
from desktop_app.registers.residents import service as residents
from desktop_app.registers.volunteers import service, store
from desktop_app.registers.volunteers.rules.listing import Birthday
from desktop_app.registers.volunteers.rules.reading import birthdays_within
from desktop_app.registers.volunteers.rules.volunteer import (
    Insurance,
    VolunteerAction,
    VolunteerState,
)
from desktop_app.storage.session import Desk
from tests.registers.residents.people import opened
from tests.registers.volunteers.helpers import form, joined, person, team, volunteer, who

_A = VolunteerAction


def found(desk: Desk, text: str) -> list[str]:
    return [line.name for line in service.search(desk, text)]


def test_a_volunteer_is_found_by_number_name_initials_and_the_end_of_a_phone(desk: Desk) -> None:
    opened(desk, "李慧敏", "13811115678")
    known = volunteer(desk)
    volunteer(desk, "王建国", "13900001234")

    for text in (
        known.number, known.number.lower(), "00001", "李慧敏", "慧敏", "lihuimin", "lhm",
        "5678", "13800005678", " ｌｈｍ ",
    ):  # fmt: skip
        assert found(desk, text) == ["李慧敏"], text
    assert found(desk, "1") == ["李慧敏", "王建国"], "the number before the end of a telephone"
    assert found(desk, "李慧敏 1234") == found(desk, "") == found(desk, "lhmx") == []


def test_a_line_of_the_box_tells_two_apart(desk: Desk) -> None:
    known = volunteer(desk)
    joined(desk, team(desk), known)
    (line,) = service.search(desk, "lhm")
    assert (line.phone, line.age, line.state) == ("138****5678", 41, VolunteerState.ACTIVE)
    assert line.teams == "青榕雅苑近邻志愿服务队"


def test_who_is_there_comes_before_who_left_and_a_merged_one_is_not_found(desk: Desk) -> None:
    gone = volunteer(desk, "李红梅", "13900000001")
    service.step(desk, gone.uid, gone.revision, _A.LEAVE, "搬家")
    double = volunteer(desk, "李惠敏", "13700000002")
    known = volunteer(desk)
    service.merge(desk, known.uid, double.uid)

    assert found(desk, "lhm") == ["李慧敏", "李红梅"]
    assert [line.name for line in service.search(desk, "lhm", 1)] == ["李慧敏"]


def test_a_volunteer_whose_file_was_merged_is_the_person_it_is_part_of(desk: Desk) -> None:
    known = volunteer(desk)
    joined(desk, there := team(desk), known)
    second, third = (
        person(desk, name, f"1390000000{place}") for place, name in enumerate(("黄丽", "黄莉"))
    )
    residents.merge(desk, second.uid, known.resident)
    done = residents.merge(desk, third.uid, second.uid)

    assert found(desk, "黄莉") == found(desk, "huangli") == ["黄莉"]
    assert found(desk, "lhm") == []
    assert who(desk, there) == ["黄莉"]
    assert done.undo is not None
    done.undo.call(desk)
    assert found(desk, "huangli") == who(desk, there) == ["黄丽"]
    with desk.reading(needs=Right.READ) as connection:
        assert store.names(connection, [known.uid])[known.uid].name == "黄丽"


def test_a_changed_name_finds_the_volunteer_at_once(desk: Desk) -> None:
    known = volunteer(desk)
    file = residents.for_editing(desk, known.resident)
    residents.change(desk, replace(file, name="黄丽"))
    assert (found(desk, "huangli"), found(desk, "lhm")) == (["黄丽"], [])
    with desk.reading(needs=Right.READ) as connection:
        assert store.names(connection, [known.uid])[known.uid].name == "黄丽"


@pytest.mark.sqlite_only
def test_the_box_does_not_walk_all_residents(desk: Desk) -> None:
    """Each volunteer's own keys are looked up: by an index that begins with the person."""
    volunteer(desk)
    with desk.reading(needs=Right.READ) as connection:
        plan = connection.exec_driver_sql(
            "EXPLAIN QUERY PLAN SELECT 1 FROM volunteer WHERE deleted_at IS NULL AND merged_into"
            " IS NULL AND EXISTS (SELECT 1 FROM person_key WHERE person = volunteer.resident"
            " AND key >= 'l' AND key < 'm')"
        ).all()
    assert "ix_person_key_person (person=? AND key>? AND key<?)" in str(plan)


def test_birthdays_of_a_week_across_the_year(desk: Desk) -> None:
    for name, phone, birth in (
        ("李慧敏", "13800005678", date(1985, 12, 31)),
        ("王建国", "13900001234", date(1950, 1, 2)),
        ("陈志强", "13700001111", date(1960, 1, 9)),
        ("黄丽", "13600001111", date(1960, 1, 1)),
    ):
        known = service.add(desk, form(person(desk, name, phone, birth=birth))).value
    service.step(desk, known.uid, known.revision, _A.PAUSE, "住院")

    week = service.birthdays(desk, date(2026, 12, 30), date(2027, 1, 5))
    assert [(one.name, one.day, one.age) for one in week] == [
        ("李慧敏", date(2026, 12, 31), 41),
        ("王建国", date(2027, 1, 2), 77),
    ]
    assert isinstance(week[0], Birthday)


def test_the_leap_day_is_kept_on_the_28th() -> None:
    born = date(2000, 2, 29)
    assert birthdays_within(born, date(2026, 2, 1), date(2026, 3, 31)) == [date(2026, 2, 28)]
    assert birthdays_within(born, date(2028, 2, 1), date(2028, 3, 31)) == [date(2028, 2, 29)]
    assert birthdays_within(born, date(2000, 1, 1), date(2000, 12, 31)) == []


@given(st.dates(date(1930, 1, 1), date(2010, 12, 31)), st.integers(2011, 2040))
def test_everybody_has_one_birthday_a_year(born: date, year: int) -> None:
    days = birthdays_within(born, date(year, 1, 1), date(year, 12, 31))
    assert len(days) == 1
    assert abs((days[0] - date(year, born.month, 1)).days - (born.day - 1)) <= 1


def test_insurance_that_runs_out_or_has_run_out_is_told(desk: Desk) -> None:
    for name, phone, until in (
        ("李慧敏", "13800005678", date(2026, 12, 31)),
        ("王建国", "13900001234", date(2026, 11, 1)),
        ("陈志强", "13700001111", date(2027, 6, 30)),
        ("黄丽", "13600001111", None),
    ):
        volunteer(desk, name, phone, insurance=Insurance("意外险", "P", until))
    soon = service.insurance_expiring(desk, date(2026, 12, 31))
    assert [(one.name, one.until) for one in soon] == [
        ("王建国", date(2026, 11, 1)),
        ("李慧敏", date(2026, 12, 31)),
    ]
    with desk.reading(needs=Right.READ) as connection:
        uids = [line.uid for line in service.page(desk).rows]
        known = store.fitness(connection, uids)
    assert [known[uid].insured_until for uid in uids][2:] == [date(2027, 6, 30), None]
    assert known[uids[0]].birth == date(1985, 3, 8)
