"""The record pages of visits and requests, each with the way to what belongs to it elsewhere."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from desktop_app.core.ids import Uid
from desktop_app.core.links import Linked
from desktop_app.ledgers.activities.record import KIND as ACTIVITIES
from desktop_app.ledgers.requests.record import KIND as REQUESTS
from desktop_app.ledgers.requests.ui.content import WholeRequest
from desktop_app.ledgers.requests.ui.record import RequestPage
from desktop_app.ledgers.three_lists.record import PROBLEMS
from desktop_app.ledgers.visits.record import KIND as VISITS
from desktop_app.ledgers.visits.ui.content import WholeVisit
from desktop_app.ledgers.visits.ui.record import VisitPage
from desktop_app.station.evaluation.ui.asking import ASK_HINT, Asking
from desktop_app.station.raising import service
from desktop_app.storage.session import Desk
from desktop_app.widgets.jobs import JobRunner
from desktop_app.widgets.story_key import STORY_HINT, bind_story

_SHOWN = frozenset({VISITS.name, REQUESTS.name, PROBLEMS.name})


class LinkedVisitPage(VisitPage):
    """A visit, with the request and the problem it became; its resident may be asked about it."""

    kinds = _SHOWN
    hints = (*VisitPage.hints, ASK_HINT, STORY_HINT)

    def __init__(self, desk: Desk, runner: JobRunner, parent: QWidget | None = None) -> None:
        super().__init__(desk, runner, parent)
        bind_story(self, VISITS.name, lambda: self._uid, self.content.course)
        self.asking = Asking(desk, self, self.header)
        self.shown.connect(self._offer_asking)

    def take(self, kinds: frozenset[str]) -> None:
        self.asking.turn.recheck(kinds)
        super().take(kinds)

    @Slot(object)
    def _offer_asking(self, whole: WholeVisit) -> None:
        self.asking.offer(whole.visit, evaluated=whole.history.evaluated)

    def links(self, uid: Uid) -> tuple[Linked, ...]:
        return service.links_of(self.desk, VISITS.name, uid)


class LinkedRequestPage(RequestPage):
    """A request, with the visit or activity it came of and the problem that carries it; its
    resident may be asked about it."""

    kinds = _SHOWN | {ACTIVITIES.name}
    hints = (*RequestPage.hints, ASK_HINT, STORY_HINT)

    def __init__(self, desk: Desk, runner: JobRunner, parent: QWidget | None = None) -> None:
        super().__init__(desk, runner, parent)
        bind_story(self, REQUESTS.name, lambda: self._uid, self.content.course)
        self.asking = Asking(desk, self, self.header)
        self.shown.connect(self._offer_asking)

    def take(self, kinds: frozenset[str]) -> None:
        self.asking.turn.recheck(kinds)
        super().take(kinds)

    @Slot(object)
    def _offer_asking(self, whole: WholeRequest) -> None:
        self.asking.offer(whole.request, evaluated=whole.history.evaluated)

    def links(self, uid: Uid) -> tuple[Linked, ...]:
        return service.links_of(self.desk, REQUESTS.name, uid)
