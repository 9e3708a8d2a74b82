"""The record pages of visits and requests, each with the way to what belongs to it in the other."""

from __future__ import annotations

from desktop_app.core.ids import Uid
from desktop_app.core.links import Linked
from desktop_app.ledgers.requests.record import KIND as REQUESTS
from desktop_app.ledgers.requests.ui.record import RequestPage
from desktop_app.ledgers.visits.record import KIND as VISITS
from desktop_app.ledgers.visits.ui.record import VisitPage
from desktop_app.station.raising import service

_BOTH = frozenset({VISITS.name, REQUESTS.name})


class LinkedVisitPage(VisitPage):
    """A visit, with the request it became."""

    kinds = _BOTH

    def links(self, uid: Uid) -> tuple[Linked, ...]:
        return service.links_of(self.desk, VISITS.name, uid)


class LinkedRequestPage(RequestPage):
    """A request, with the visit it came of."""

    kinds = _BOTH

    def links(self, uid: Uid) -> tuple[Linked, ...]:
        return service.links_of(self.desk, REQUESTS.name, uid)
