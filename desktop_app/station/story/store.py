"""Gathers all records that belong to the story of one of them. Never commits."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from desktop_app.core.ids import Uid
from desktop_app.ledgers.activities import store as activities
from desktop_app.ledgers.activities.rules.activity import Activity
from desktop_app.ledgers.requests import store as requests
from desktop_app.ledgers.requests.rules.request import Request
from desktop_app.ledgers.three_lists import store as lists
from desktop_app.ledgers.three_lists.rules.duty import Duty
from desktop_app.ledgers.three_lists.rules.offer import Offer
from desktop_app.ledgers.three_lists.rules.problem import Problem
from desktop_app.ledgers.visits import store as visits
from desktop_app.ledgers.visits.rules.visit import Visit
from desktop_app.storage.shelf import Shelf

SHELVES: dict[str, Shelf[Any]] = {
    "visits": visits.SHELF,
    "requests": requests.SHELF,
    "problems": lists.PROBLEM_SHELF,
    "offers": lists.OFFER_SHELF,
    "duties": lists.DUTY_SHELF,
    "activities": activities.SHELF,
}


@dataclass
class Cast:
    """The records of a story, by kind and uid."""

    visits: dict[Uid, Visit] = field(default_factory=dict)
    requests: dict[Uid, Request] = field(default_factory=dict)
    problems: dict[Uid, Problem] = field(default_factory=dict)
    offers: dict[Uid, Offer] = field(default_factory=dict)
    duties: dict[Uid, Duty] = field(default_factory=dict)
    activities: dict[Uid, Activity] = field(default_factory=dict)


class _Gatherer:
    """Goes from record to record, each once, in both directions.

    What many stories share leads on only where the story begins with it: an offer serves many
    problems, a meeting raises many, and from one of those nobody asks for all the others.
    """

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection
        self.cast = Cast()

    def start_from(self, kind: str, uid: Uid) -> None:
        start = SHELVES[kind].need(self._connection, uid)
        self._add(kind, [uid])
        if isinstance(start, Offer):
            self._add("duties", [one.uid for one in lists.duties_on(self._connection, uid)])
            if start.for_problem is not None:
                self._add("problems", [start.for_problem])
        if isinstance(start, Activity):
            self._add("problems", [*start.solved, *self._linked("activity", [uid])])
            self._add("requests", self._came_of("activity", [uid]))
            self._add("duties", [one.uid for one in lists.served_by(self._connection, uid)])

    def _add(self, kind: str, uids: Iterable[Uid | None]) -> None:
        known: dict[Uid, Any] = getattr(self.cast, kind)
        fresh = list(dict.fromkeys(uid for uid in uids if uid is not None and uid not in known))
        found = SHELVES[kind].many(self._connection, fresh)
        for uid in fresh:
            record = found.get(uid)
            if record is not None and not record.deleted and not getattr(record, "petition", False):
                known[uid] = record
                _ON[kind](self, record)

    def _visit(self, one: Visit) -> None:
        self._add("requests", self._came_of("visit", [one.uid]))
        self._add("problems", self._linked("visit", [one.uid]))

    def _request(self, one: Request) -> None:
        self._add("visits", [one.visit])
        self._add("activities", [one.activity])
        joined = requests.merged_into(self._connection, one.uid)
        self._add("requests", [one.merged_into, *(other.uid for other in joined)])
        self._add("problems", self._linked("request", [one.uid]))

    def _problem(self, one: Problem) -> None:
        self._add("visits", [one.visit])
        self._add("requests", [one.request])
        self._add("activities", [one.activity])
        merged = lists.merged_into(self._connection, one.uid)
        self._add("problems", [one.merged_into, *(other.uid for other in merged)])
        self._add("duties", [duty.uid for duty in lists.duties_of(self._connection, one.uid)])

    def _duty(self, one: Duty) -> None:
        self._add("problems", [one.problem])
        self._add("offers", [one.offer])
        self._add("activities", one.activities)

    def _shared(self, _one: Any) -> None:
        """An offer or an activity ends here."""

    def _came_of(self, link: str, uids: list[Uid]) -> list[Uid]:
        return [one.uid for one in requests.linked(self._connection, link, uids)]

    def _linked(self, link: str, uids: list[Uid]) -> list[Uid]:
        return [one.uid for one in lists.linked(self._connection, link, uids)]


_ON: dict[str, Any] = {
    "visits": _Gatherer._visit,
    "requests": _Gatherer._request,
    "problems": _Gatherer._problem,
    "offers": _Gatherer._shared,
    "duties": _Gatherer._duty,
    "activities": _Gatherer._shared,
}


def cast_of(connection: sa.Connection, kind: str, uid: Uid) -> Cast:
    """Every record that belongs to the story of this one; `UserError` when there is none."""
    gatherer = _Gatherer(connection)
    gatherer.start_from(kind, uid)
    return gatherer.cast
