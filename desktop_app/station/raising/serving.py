"""Which activity served a duty: chosen among those that took place in the last months."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta

from desktop_app.core.changes import Changed
from desktop_app.core.errors import UserError
from desktop_app.core.ids import Uid
from desktop_app.ledgers.activities import service as activities
from desktop_app.ledgers.activities.rules.activity import HELD
from desktop_app.ledgers.activities.rules.listing import ActivityFilter, ActivityLine
from desktop_app.ledgers.three_lists import service as lists
from desktop_app.ledgers.three_lists.rules.duty import Duty
from desktop_app.storage.session import Desk

DAYS_BACK = 183
"""Half a year: what served a duty longer ago is linked on the command line."""


def held_lately(
    desk: Desk, words: str, without: Collection[Uid], most: int
) -> tuple[ActivityLine, ...]:
    """The activities of the last half year that took place, the latest first, found by number or
    by part of the name; those of `without` are linked already."""
    since = desk.today - timedelta(days=DAYS_BACK)
    wanted = ActivityFilter(search=words, since=since, held=True)
    found = activities.page(desk, wanted, size=most + len(without)).rows
    return tuple(line for line in found if line.uid not in without)[:most]


def link_activity(desk: Desk, duty: Uid, revision: int, activity: Uid) -> Changed[Duty]:
    """关联活动: this activity served that duty; `revision` is that of the duty the clerk saw.

    Raises `Conflict`, and `UserError` for an activity that did not take place, one that is linked
    already, and a duty that nobody has taken up.
    """
    found = activities.get(desk, activity)
    if found.state not in HELD:
        raise UserError(
            "这场活动还没有开展，或者已经取消，没有改动。", "请选已经开展的活动。", field="activity"
        )
    return lists.link_activity(desk, duty, revision, found.uid, found.number)
