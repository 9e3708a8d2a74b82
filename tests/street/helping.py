"""Volunteers at a station, for whoever looks at what its street gets of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from desktop_app.ledgers.party import service as party
from desktop_app.ledgers.service import service as serving
from desktop_app.storage.session import Desk
from tests.ledgers.party.test_party import reported
from tests.ledgers.posts.builders import on_post, plan, post
from tests.ledgers.service import builders
from tests.registers.volunteers.helpers import joined, team, volunteer


def served(desk: Desk, who: Any, day: date, **more: Any) -> Any:
    """Two hours of an evening, confirmed."""
    form = builders.form(who, builders.at(19, day=day), builders.at(21, day=day))
    made = serving.enter(desk, replace(form, **more)).value
    return serving.confirm(desk, made.uid, made.revision).value


def helped(desk: Desk) -> Any:
    """Two volunteers of a team that serve in October and November, a post with a shift, a
    certificate that is asked for, and a party member who has kept a promise."""
    first = volunteer(desk, "林晓燕", "13700001111", registered_on=date(2026, 10, 9))
    second = volunteer(desk, "郑国强", "13700002222", registered_on=date(2026, 11, 3))
    there = team(desk, founded_on=date(2026, 10, 12))
    joined(desk, there, first, date(2026, 10, 12))
    joined(desk, there, second, date(2026, 11, 4))
    for who, day in ((first, date(2026, 10, 20)), (first, date(2026, 11, 12)),
                     (second, date(2026, 11, 12)), (second, date(2026, 11, 17))):  # fmt: skip
        served(desk, who.uid, day, team=there.uid)
    serving.enter(desk, builders.form(first.uid))
    serving.apply(desk, first.uid, date(2026, 10, 1), date(2026, 11, 15), "评优")
    stand = post(desk)
    on_post(desk, stand, first)
    plan(desk, stand, first)
    member = reported(desk, "黄建平", "13700003333", reported_on=date(2026, 10, 15))
    member = party.pledge(desk, member.uid, member.revision, "每月巡逻一次").value
    pledge = member.pledges[0].uid
    member = party.done_for(desk, member.uid, member.revision, pledge, "巡逻一晚").value
    member = party.keep(desk, member.uid, member.revision, pledge).value
    party.pledge(desk, member.uid, member.revision, "教三位老人用手机")
    return there
