"""At the command line an order goes to whom it is given by name, and becomes hours."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from desktop_app import catalog
from desktop_app.core.clock import FixedClock
from desktop_app.core.ids import Uid
from desktop_app.core.plain_entry import Lookup, read
from desktop_app.core.rights import Right
from desktop_app.ledgers.requests.rules.request import Action
from desktop_app.ledgers.service import service as ledger
from desktop_app.storage.session import Desk
from tests.ledgers.posts.builders import plan, post
from tests.ledgers.posts.builders import stored as stored_post
from tests.ledgers.requests.builders import act, closed, register, stored
from tests.registers.volunteers.helpers import team, volunteer
from tests.station.volunteering.test_serving import at

TODAY = date(2026, 11, 23)


def do(desk: Desk, kind: str, action: str, uid: Uid, said: Mapping[str, Any]) -> None:
    """One step as the command line takes it."""
    deed = catalog.ledgers()[kind].deed(action)
    with desk.reading(needs=Right.READ) as connection:
        values = read(deed.form, dict(said), Lookup(connection), TODAY)
    deed.do(desk, uid, None, values)


@pytest.mark.parametrize("kind", ["person", "team", "post"])
def test_an_assignee_is_found_by_name_and_by_number(desk: Desk, kind: str) -> None:
    known: Any = {"person": volunteer(desk), "team": team(desk), "post": post(desk)}[kind]
    name = "李慧敏" if kind == "person" else known.name
    for said in ({"words": name}, {"words": known.number}, {"words": name, "uid": known.number}):
        order = act(desk, register(desk), Action.ACCEPT)
        do(desk, "requests", "dispatch", order.uid, {"assignee": {"kind": kind, **said}})
        given = stored(desk, order.uid).assignee
        assert given is not None
        assert (given.uid, given.words) == (known.uid, name)


def test_words_that_mean_nobody_here_stay_words(desk: Desk) -> None:
    order = act(desk, register(desk), Action.ACCEPT)
    said = {"assignee": {"kind": "person", "words": "楼长老李"}}
    do(desk, "requests", "dispatch", order.uid, said)
    given = stored(desk, order.uid).assignee
    assert given is not None
    assert (given.uid, given.words) == (None, "楼长老李")


def test_an_order_and_a_shift_become_hours(desk: Desk, clock: FixedClock) -> None:
    who, order = volunteer(desk), closed(desk)
    shift = plan(desk, post(desk), who)
    clock.set(at(23, day=date(2026, 11, 24)))
    said = {
        "volunteer": who.number,
        "started_at": "2026-11-23T14:00",
        "ended_at": "2026-11-23T15:30",
        "title": "陪同就医",
    }
    do(desk, "requests", "serve", order.uid, said)
    do(desk, "shifts", "serve", shift.uid, {"excluded_minutes": 30, "excluded_words": "路途"})
    (one,) = ledger.linked(desk, "request", [order.uid])
    (two,) = ledger.linked(desk, "shift", [shift.uid])
    assert (one.title, one.minutes, two.minutes) == ("陪同就医", 90, 90)
    assert stored_post(desk, shift).service == two.uid
