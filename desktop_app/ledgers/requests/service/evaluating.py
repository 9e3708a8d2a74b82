"""The resident's evaluation of a request: taken in once, only ever counted."""

from __future__ import annotations

from desktop_app.core.changes import Changed
from desktop_app.core.errors import UserError
from desktop_app.core.ids import Uid
from desktop_app.core.rights import Right
from desktop_app.core.satisfaction import Satisfaction
from desktop_app.ledgers.requests import store
from desktop_app.ledgers.requests.record import EVALUATIONS
from desktop_app.ledgers.requests.rules.evaluating import refuse_own_paper, refuse_unfinished
from desktop_app.ledgers.requests.rules.request import EnteredFrom, RequestEvaluation
from desktop_app.registers.people.service import works_alone
from desktop_app.storage.session import Desk


def evaluate(desk: Desk, uid: Uid, level: Satisfaction, entered_from: EnteredFrom) -> Changed[None]:
    """Take in the resident's own evaluation of a request, once.

    Sources: GB/T 39735-2020 (five levels); one matter, one evaluation. Who gave which is shown to
    nobody, so the answer holds nothing and the audit does not name the level. From paper it is
    entered by who manages the station and did not handle the request: see `rules.evaluating`.
    """
    paper = entered_from is EnteredFrom.PAPER
    needs = Right.MANAGE_STATION if paper else Right.REGISTER
    label = "录入纸质评价" if paper else "居民评价"
    with desk.unit_of_work(label, needs=needs) as unit:
        request = store.SHELF.need(unit.connection, uid)
        refuse_unfinished(request)
        if paper:
            actor = unit.actor
            refuse_own_paper(request, actor.uid, actor.name, alone=works_alone(unit))
        if store.is_evaluated(unit.connection, request.uid):
            raise UserError("这件诉求已经评价过，没有再记一次。", "一件事只评价一次。")
        evaluation = RequestEvaluation(
            uid=unit.new_uid(),
            station=unit.station.code,
            request=uid,
            level=level,
            entered_from=entered_from,
            at=unit.now,
            day=unit.zone.day(unit.now),
        )
        store.EVALUATION_SHELF.put(unit, evaluation)
        unit.about(request.number)
    return Changed(frozenset({EVALUATIONS.name}), (uid,), None)
