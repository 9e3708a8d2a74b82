"""Records and certificates are found by number, by name and initials, by what is still to do."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from desktop_app.core.clock import FixedClock
from desktop_app.core.ids import Uid
from desktop_app.core.rights import Right
from desktop_app.ledgers.service import service
from desktop_app.ledgers.service.rules.listing import CertificateFilter, ServiceFilter
from desktop_app.ledgers.service.rules.service_record import ServiceState, Source
from desktop_app.ledgers.service.store import hours
from desktop_app.storage.session import Desk
from tests.filling import Filled
from tests.ledgers.service.builders import DAY, at, form, merge, volunteer


def found(desk: Desk, **wanted: Any) -> list[str]:
    return [one.number[-2:] for one in service.page(desk, ServiceFilter(**wanted)).rows]


def two_who_served(desk: Desk, clock: FixedClock) -> list[Uid]:
    """01 a forgotten sign-out of two, 02 and 03 of the first one, confirmed and void, 04 waits."""
    first, second = volunteer(desk), volunteer(desk, "李慧敏")
    service.sign_in(desk, form(second))
    clock.advance(86_400)
    one = service.enter(desk, form(first)).value
    service.confirm(desk, one.uid, None)
    two = service.enter(desk, form(first, at(8), at(9))).value
    service.void(desk, two.uid, None, "重复")
    service.enter(desk, replace(form(first, at(9), at(10)), title="爱心理发日", good_deed=True))
    return [first, second]


@pytest.fixture
def people(filled: Filled) -> list[Uid]:
    """01 a forgotten sign-out of two, 02 and 03 of the first one, confirmed and void, 04 waits."""
    return filled(two_who_served)


@pytest.mark.parametrize(
    ("wanted", "numbers"),
    [
        ({}, ["01", "04", "03", "02"]),
        ({"search": "理发"}, ["04"]),
        ({"search": " qr01-f2026a-00002 "}, ["02"]),
        ({"search": "李慧敏"}, ["01"]),
        ({"search": "zxl"}, ["04", "03", "02"]),
        ({"search": "无此人"}, []),
        ({"state": ServiceState.CONFIRMED}, ["02"]),
        ({"waiting": True}, ["01", "04"]),
        ({"forgotten": True}, ["01"]),
        ({"source": Source.SIGNED}, ["01"]),
        ({"good_deed": True}, ["04"]),
        ({"uploaded": False, "state": ServiceState.CONFIRMED}, ["02"]),
        ({"uploaded": True}, []),
        ({"until": DAY}, ["04", "03", "02"]),
        ({"since": DAY + timedelta(days=1)}, ["01"]),
        ({"late": True}, []),
        ({"team": Uid(int=3)}, []),
        ({"stations": ("QR01",)}, ["01", "04", "03", "02"]),
        ({"stations": ("QR02",)}, []),
    ],
)
def test_the_list_is_narrowed_to_what_is_asked_for(
    desk: Desk, people: list[Uid], wanted: dict[str, Any], numbers: list[str]
) -> None:
    assert found(desk, **wanted) == numbers


def test_what_was_done_under_another_spelling_is_found_with_the_person(
    desk: Desk, people: list[Uid]
) -> None:
    first, second = people
    assert found(desk, volunteers=(second,)) == ["01"]
    merge(desk, second, first)
    assert found(desk, volunteers=(first,)) == ["01", "04", "03", "02"]
    assert found(desk, volunteers=(second,)) == ["01", "04", "03", "02"]
    assert found(desk, search="张秀兰") == ["01", "04", "03", "02"]


def test_a_line_says_who_it_was_and_whether_the_end_was_forgotten(
    desk: Desk, people: list[Uid]
) -> None:
    line = service.page(desk, ServiceFilter(forgotten=True)).rows[0]
    assert line.is_forgotten(desk.today)
    assert service.names(desk, [line.volunteer, Uid(int=5)])[line.volunteer].name == "李慧敏"


def test_what_came_of_an_order_or_a_shift_is_found_by_it(desk: Desk) -> None:
    who, order = volunteer(desk), Uid(int=77)
    saved = service.enter(desk, replace(form(who), request=order)).value
    assert [one.uid for one in service.linked(desk, "request", [order])] == [saved.uid]
    assert service.linked(desk, "shift", [order]) == []
    assert service.linked(desk, "shift", []) == []


def test_the_register_of_certificates_is_narrowed_too(desk: Desk, people: list[Uid]) -> None:
    first, second = people
    one = service.apply(desk, first, DAY, DAY).value
    two = service.apply(desk, second, DAY, DAY).value
    service.void_certificate(desk, two.uid, None, "不要了")

    def numbers(**wanted: Any) -> list[str]:
        page = service.certificates_page(desk, CertificateFilter(**wanted))
        return [line.number[-1] for line in page.rows]

    assert numbers() == ["2", "1"]
    assert numbers(search=one.number.lower()) == ["1"]
    assert numbers(volunteers=(second,)) == ["2"]
    assert numbers(state=one.state) == ["1"]
    assert numbers(given=True) == []
    assert numbers(since=desk.today + timedelta(days=1)) == []
    assert numbers(stations=("QR02",)) == []


@pytest.mark.sqlite_only
def test_hours_are_added_up_from_an_index_alone(desk: Desk, people: list[Uid]) -> None:
    explained = sa.text(f"EXPLAIN QUERY PLAN {_compiled(desk)}")
    with desk.reading(needs=Right.READ) as connection:
        plan = connection.execute(explained, {"first": "2026-01-01", "last": "2026-12-31"}).all()
    assert any("COVERING INDEX ix_service_record_hours" in row[-1] for row in plan), plan
    assert not any("TEMP B-TREE" in row[-1] for row in plan), plan


def _compiled(desk: Desk) -> str:
    with desk.reading(needs=Right.READ) as connection:
        dialect = connection.dialect
        compiler = dialect.statement_compiler(dialect, hours.GROUPED)
        names = iter(compiler.positiontup or ())
    return re.sub(r"\?", lambda _: f":{next(names)}", compiler.string)
