"""Two desks of a hall write nothing down twice, and never wait for each other for ever."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from functools import partial

import pytest

from desktop_app import catalog
from desktop_app.core.clock import FixedClock
from desktop_app.ledgers.activities import service as activities
from desktop_app.ledgers.activities.rules.activity import Group
from desktop_app.ledgers.activities.rules.attendance import Person
from desktop_app.ledgers.posts import service as posts
from desktop_app.ledgers.service import service as ledger
from desktop_app.station.volunteering import service
from desktop_app.storage.opening import open_server
from desktop_app.storage.session import Desk
from tests.ledgers.activities.builders import plan as plan_activity
from tests.ledgers.posts.builders import plan, post, shift_form, stored
from tests.ledgers.service.test_two_desks import both
from tests.registers.volunteers.helpers import volunteer
from tests.station.volunteering.test_serving import after
from tests.stations import CLERK, ON_SERVER


@pytest.fixture
def desks(station_url: str, clock: FixedClock) -> Iterator[list[Desk]]:
    """Two seats, each with connections of its own."""
    databases = [open_server(station_url, ON_SERVER, clock) for _ in range(2)]
    for database in databases:
        database.have_follow(catalog.follow_ups("station"))
    yield [Desk(database, CLERK) for database in databases]
    for database in databases:
        database.close()


def test_a_shift_is_written_down_once(desks: list[Desk], clock: FixedClock) -> None:
    shift = plan(desks[0], post(desks[0]), volunteer(desks[0]))
    clock.set(after(shift.ends_at))
    assert both([partial(service.serve_from_shift, desk, shift.uid) for desk in desks]) == [
        False,
        True,
    ]
    (record,) = ledger.linked(desks[0], "shift", [shift.uid])
    assert stored(desks[0], shift).service == record.uid


def test_an_activity_is_written_down_once(desks: list[Desk], clock: FixedClock) -> None:
    made = plan_activity(desks[0], kind="志愿服务")
    clock.set(made.starts_at)
    for name, phone in (("李慧敏", "13800001111"), ("林志强", "13800002222")):
        who = volunteer(desks[0], name, phone)
        there = Person(resident=who.resident, group=Group.VOLUNTEER)
        activities.sign_in(desks[0], made.uid, there)
    clock.set(after(made.ends_at))
    assert both([partial(service.serve_from_activity, desk, made.uid) for desk in desks]) == [
        False,
        True,
    ]
    assert len(ledger.linked(desks[0], "activity", [made.uid])) == 2


def test_making_void_and_planning_at_the_same_post_do_not_block_each_other(
    desks: list[Desk], clock: FixedClock
) -> None:
    there, who = post(desks[0]), volunteer(desks[0])
    shift = plan(desks[0], there, who)
    clock.set(after(shift.ends_at))
    record = service.serve_from_shift(desks[0], shift.uid).value
    calls: list[Callable[[], object]] = [
        partial(ledger.void, desks[0], record.uid, None, "记错了"),
        partial(posts.plan, desks[1], shift_form(there, who, date(2026, 11, 26))),
    ]
    assert both(calls) == [True, True]
    assert stored(desks[0], shift).service is None
