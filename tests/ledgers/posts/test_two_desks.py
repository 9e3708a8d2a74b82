"""Two desks at one database, each in a program of its own: the rules hold between them, too."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from desktop_app.core.clock import FixedClock
from desktop_app.core.errors import Fault
from desktop_app.ledgers.posts import service
from desktop_app.ledgers.posts.rules.claim_steps import PostFull
from desktop_app.ledgers.posts.rules.shift_entry import Clash
from desktop_app.storage.opening import open_file, open_server
from desktop_app.storage.session import Database, Desk
from tests.ledgers.posts.builders import TODAY, TUESDAY, post, shift_form, volunteer
from tests.stations import CLERK, KEY, ON_SERVER


@pytest.fixture
def second(
    request: pytest.FixtureRequest, database: Database, clock: FixedClock, tmp_path: Path
) -> Iterator[Desk]:
    """Another desk of the hall."""
    if database.dialect == "sqlite":
        opened = open_file(tmp_path / "jinlin.db", KEY, clock)
    else:
        opened = open_server(request.getfixturevalue("station_url"), ON_SERVER, clock)
    yield Desk(opened, CLERK)
    opened.close()


def at_once(*calls: Callable[[], object]) -> list[Fault]:
    """What was refused of calls that begin at the same moment."""
    ready = threading.Barrier(len(calls))
    refused: list[Fault] = []

    def run(call: Callable[[], object]) -> None:
        ready.wait()
        try:
            call()
        except Fault as fault:
            refused.append(fault)

    threads = [threading.Thread(target=run, args=(call,)) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return refused


def test_one_person_is_not_planned_for_two_places(desk: Desk, second: Desk) -> None:
    patrol, guiding = post(desk, quota=9), post(desk, name="文明劝导", quota=9)
    for name in ("陈志明", "李慧敏", "黄国栋", "林晓燕"):
        who = volunteer(desk, name)
        (told,) = at_once(
            partial(service.plan, desk, shift_form(patrol, who)),
            partial(service.plan, second, shift_form(guiding, who)),
        )
        assert isinstance(told, Clash)
    assert len(service.shifts_page(desk).rows) == 4
    assert service.roster(desk, TODAY, TUESDAY).clashes == ()


def test_whole_rosters_planned_the_other_way_round_do_not_wait_for_each_other(
    desk: Desk, second: Desk
) -> None:
    posts = [post(desk, quota=9), post(desk, name="文明劝导", quota=9)]
    people = [volunteer(desk, name) for name in ("陈志明", "李慧敏")]
    forms = [shift_form(at, who) for at, who in zip(posts, people, strict=True)]
    crossed = [shift_form(at, who) for at, who in zip(reversed(posts), people, strict=True)]
    (told,) = at_once(
        partial(service.plan_many, desk, forms), partial(service.plan_many, second, crossed[::-1])
    )
    assert isinstance(told, Clash)
    assert len(service.shifts_page(desk).rows) == 2


def test_the_last_place_is_given_once(desk: Desk, second: Desk) -> None:
    people = [volunteer(desk, name) for name in ("陈志明", "李慧敏")]
    for name in ("夜间巡逻", "文明劝导", "楼道清洁"):
        at = post(desk, name=name, quota=1)
        (told,) = at_once(
            partial(service.claim, desk, at.uid, people[0].uid),
            partial(service.claim, second, at.uid, people[1].uid),
        )
        assert isinstance(told, PostFull)
        assert len(service.post_history(desk, at.uid).claims) == 1
