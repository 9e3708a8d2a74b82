"""What becomes of the records of an outing: confirmed, put into the national system, judged, now
and then returned or void."""

from __future__ import annotations

from functools import partial

from desktop_app.core.clock import Millis
from desktop_app.core.satisfaction import Satisfaction
from desktop_app.ledgers.service.rules import steps
from desktop_app.ledgers.service.rules.service_record import ServiceAction
from desktop_app.station.demo.dice import Table
from desktop_app.station.demo.helpers import Helper
from desktop_app.station.demo.service_pen import ServicePen, Turnout

_A = ServiceAction

_UPLOADED, _RATED, _VOID, _RETURNED = 0.18, 0.03, 0.004, 0.004
_LEVELS = Table(
    ((Satisfaction.VERY_SATISFIED, 70), (Satisfaction.SATISFIED, 26), (Satisfaction.FAIR, 4))
)


class Confirmations:
    """`confirm` is put on the agenda by whoever wrote records down."""

    def __init__(self, pen: ServicePen) -> None:
        self._pen = pen
        self._stage = pen.stage

    def confirm(self, at: Millis, outing: Turnout) -> None:
        """All that wait, at once: nobody confirms hours of their own."""
        actor = self._stage.handler()
        now = self._pen.now(at, actor)
        done = 0
        for helper in outing.waiting:
            record = outing.records[helper]
            if helper.file.name == actor.name:
                continue
            if self._stage.dice.chance(_VOID):
                why = self._pen.helpers.say("void")
                void = partial(steps.voided, record, why)
                self._pen.step(at, (outing, helper), _A.VOID, void)
                continue
            self._pen.keep(outing, helper, steps.confirmed(record, helper.file.name, now), now)
            done += 1
        if done:
            self._pen.done_for_many(now, actor, _A.CONFIRM, done)
            self._afterwards(at, outing)

    def _afterwards(self, at: Millis, outing: Turnout) -> None:
        stage = self._stage
        if stage.dice.chance(_UPLOADED):
            stage.put(stage.later(at, 2, 10), self._upload, outing)
        for helper in outing.records:
            thrown = stage.dice.random()
            if thrown < _RETURNED:
                stage.put(stage.later(at, 1, 4), self._return, (outing, helper))
            elif thrown < _RETURNED + _RATED:
                stage.put(stage.later(at, 0, 5), self._rate, (outing, helper))

    def _upload(self, at: Millis, outing: Turnout) -> None:
        """Of those who have a number in the national system."""
        actor = self._stage.handler()
        now = self._pen.now(at, actor)
        done = 0
        for helper, record in outing.records.items():
            if record.counts and record.uploaded_on is None and helper.volunteer.national_number:
                self._pen.keep(outing, helper, steps.marked_uploaded(record, None, now), now)
                done += 1
        if done:
            self._pen.done_for_many(now, actor, _A.MARK_UPLOADED, done)

    def _rate(self, at: Millis, told: tuple[Turnout, Helper]) -> None:
        outing, helper = told
        before = outing.records[helper]
        if before.counts:
            level = self._stage.dice.drawn(_LEVELS)
            self._pen.step(at, told, _A.RATE, lambda now: steps.rated(before, level, "", now))

    def _return(self, at: Millis, told: tuple[Turnout, Helper]) -> None:
        """退回重核, then confirmed again; not what stands in a certificate."""
        outing, helper = told
        before = outing.records[helper]
        if before.counts and before.uid not in helper.certified:
            why = self._pen.helpers.say("returned")
            self._pen.step(at, told, _A.RETURN, lambda now: steps.returned(before, why, now))
            self._stage.put(self._stage.later(at, 0, 4), self.confirm, outing)
