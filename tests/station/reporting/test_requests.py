"""Requests go up with the next file: a whistle with its reason, a petition as a count only."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from desktop_app.core.clock import FixedClock
from desktop_app.core.figures import Counts
from desktop_app.core.periods import parse_period
from desktop_app.core.rights import Right
from desktop_app.ledgers.requests import service as requests
from desktop_app.ledgers.requests import store
from desktop_app.ledgers.requests.rules.request import Action
from desktop_app.storage.session import Desk
from desktop_app.street.inbox.rules.verdicts import Outcome
from desktop_app.street.overview.service import street_report
from tests.ledgers.requests.builders import act, closed, register, stored
from tests.registers.offices.enrolled import enrol
from tests.street.inbox.conftest import Post

NOVEMBER = (date(2026, 11, 1), date(2026, 11, 30))


@pytest.fixture
def post(desk: Desk, street_desk: Desk, clock: FixedClock, tmp_path: Path) -> Post:
    enrol(desk, street_desk)
    return Post(desk, street_desk, clock, tmp_path)


def counted(desk: Desk) -> Counts:
    return requests.figures_between(desk, *NOVEMBER)


def test_a_whistle_reaches_the_street_with_its_reason_and_without_a_name(post: Post) -> None:
    made = act(post.station, register(post.station), Action.ESCALATE)

    assert post.carry(*post.export())[0].outcome is Outcome.APPLIED

    there = stored(post.street, made.uid)
    assert (there.state, there.title, there.number) == (made.state, made.title, made.number)
    assert there.escalated is not None
    assert there.escalated.reason == "需要住建所协调"
    assert (there.name, there.phone) == ("陈*英", "138****5678")
    assert (there.room, there.summary, there.steps) == ("", "", ())


def test_a_petition_is_counted_at_the_street_and_never_there(post: Post) -> None:
    told = register(post.station, petition=True, title="", summary="")
    closed(post.station, limit_days=3)
    act(post.station, register(post.station), Action.ESCALATE)

    post.carry(*post.export())

    with post.street.reading(needs=Right.READ) as connection:
        assert store.SHELF.get(connection, told.uid) is None
    report = street_report(post.street, parse_period("2026-11"))
    lines = {line.name: line.value for line in report.lines if line.name.startswith("requests.")}
    here = counted(post.station)
    for name in ("registered", "appeals", "petitions", "closed", "not_closed", "escalated",
                 "on_time", "late", "open", "at_street"):  # fmt: skip
        assert lines[f"requests.{name}"] == here[name], name


def test_who_is_forgotten_at_the_station_is_forgotten_at_the_street(post: Post) -> None:
    person = post.station.database.new_uid()
    made = register(post.station, resident=person, building="3栋")
    post.carry(*post.export())
    requests.forget_people(post.station, [person])

    post.carry(*post.export())

    there = stored(post.street, made.uid)
    assert (there.resident, there.name, there.phone, there.building) == (None, "", "", "")
