"""What members of a team and a volunteer served, and who is serving now: for the page 志愿.

The register of volunteers asks through its protocol (`registers/volunteers/ui/serving.py`), since
it knows no ledger.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from desktop_app.core.hours import hours_words
from desktop_app.core.ids import Uid
from desktop_app.core.rights import Right
from desktop_app.ledgers.posts import service as posts
from desktop_app.ledgers.service import service
from desktop_app.ledgers.service.rules.listing import HoursTold, ServiceFilter, ServiceLine
from desktop_app.ledgers.service.rules.service_record import ServiceState
from desktop_app.storage.session import Desk

MOST_LINES = 8
"""How many of the latest records stand on a volunteer's page; the list has all of them."""


class FromLedgers:
    """Hours and duty of members, as the pane of teams asks for them."""

    knows = True

    def hours(
        self, desk: Desk, team: Uid, volunteers: Sequence[Uid], first: date, last: date
    ) -> Mapping[Uid, str]:
        """What was served for the team; a record's own team decides, whoever left it since."""
        wanted = set(volunteers)
        return {
            one.volunteer: hours_words(one.minutes)
            for one in service.by_person_and_month(desk, first, last, team)
            if one.volunteer in wanted
        }

    def on_duty(self, desk: Desk, volunteers: Sequence[Uid]) -> Mapping[Uid, str]:
        """By the duty roster, and by the desk where somebody signed in: the desk knows better."""
        planned = {line.volunteer: line.post_name for line in posts.on_duty(desk)}
        wanted = ServiceFilter(state=ServiceState.OPEN, volunteers=tuple(volunteers))
        signed_in = {line.volunteer: line.title for line in service.page(desk, wanted).rows}
        found = {**planned, **signed_in}
        return {uid: found[uid] for uid in volunteers if uid in found}


@dataclass(frozen=True, slots=True)
class ServedByOne:
    """What a volunteer's page says of service: the hours, and the latest records."""

    hours: HoursTold
    latest: tuple[ServiceLine, ...]


def served_by(desk: Desk, volunteer: Uid) -> ServedByOne:
    """What one volunteer served, with all that were merged into the record."""
    desk.actor.require(Right.READ)
    wanted = ServiceFilter(volunteers=(volunteer,))
    found = service.page(desk, wanted, size=MOST_LINES)
    return ServedByOne(service.hours_of(desk, volunteer), tuple(found.rows))
