"""What became of a week that was planned like the one before, told with names."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from desktop_app.core.ids import Uid
from desktop_app.core.wording import list_day
from desktop_app.ledgers.posts import service
from desktop_app.ledgers.posts.rules.roster import OnDuty, Roster
from desktop_app.ledgers.posts.service import Copied
from desktop_app.ledgers.posts.ui.roster_rows import DAYS, Span
from desktop_app.storage.session import Desk

_MOST = 8
"""So many shifts that were not carried over are named; of more it says how many."""


@dataclass(frozen=True, slots=True)
class _Stood:
    post: Uid
    post_name: str
    day: date
    who: OnDuty


def not_carried_over(desk: Desk, copied: Copied, target: date) -> list[str]:
    """A line for each shift that is not planned as last week and was not before either; for a
    worker's thread. Who stands there already needs no word."""
    week = timedelta(days=DAYS)
    now, before = (Span(day, by_week=True) for day in (target, target - week))
    there = {
        (one.post, one.day, one.who.person)
        for one in _standing(service.roster(desk, now.first, now.last))
        if one.who.holding
    }
    stood = {
        one.who.shift: one for one in _standing(service.roster(desk, before.first, before.last))
    }
    lines = []
    for one in copied.left_out:
        known = stood.get(one.shift)
        if known is None:
            lines.append(one.sentence)
        elif (known.post, known.day + week, known.who.person) not in there:
            where = f"{list_day(known.day + week)} {known.post_name} {known.who.name}"
            lines.append(f"{where}：{one.sentence}")
    return lines


def told(lines: list[str]) -> str:
    """The lines as a question shows them."""
    more = f"\n……等 {len(lines)} 班" if len(lines) > _MOST else ""
    return "\n".join(lines[:_MOST]) + more


def _standing(roster: Roster) -> Iterator[_Stood]:
    for row in roster.rows:
        for cell in row.cells:
            for duty in cell.slots:
                for who in duty.people:
                    yield _Stood(row.post, row.name, cell.day, who)
