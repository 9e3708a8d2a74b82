"""Employed party members who report to a demo station: what they promise, what they do for it, and
what their units are told of every quarter (双报到)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from desktop_app.core.clock import Millis
from desktop_app.core.ids import Uid
from desktop_app.core.periods import Period, PeriodKind, period_of
from desktop_app.core.rights import Actor
from desktop_app.core.satisfaction import Satisfaction
from desktop_app.core.steps import Moment
from desktop_app.ledgers.party.rules import steps
from desktop_app.ledgers.party.rules.entry import checked
from desktop_app.ledgers.party.rules.member import (
    FORM_FIELDS,
    NUMBER_SERIES,
    Done,
    Feedback,
    MemberAction,
    MemberForm,
    MemberState,
    MemberStep,
    PartyMember,
    Pledge,
    PledgeState,
)
from desktop_app.ledgers.party.store import SHELF
from desktop_app.registers.residents.rules import PartyKind, Resident
from desktop_app.station.demo.dice import Table
from desktop_app.station.demo.enrolling import Enrolling
from desktop_app.station.demo.helpers import Helper, Helpers, is_told
from desktop_app.station.demo.names import Names
from desktop_app.station.demo.people import Person

_A = MemberAction

_FEWEST = 3
_TRIES = 200
_SOONEST, _FOUNDERS = 8, 2
_HELPS, _SHOWN, _NAMED, _LEAVES = 0.8, 0.85, 0.7, 0.05
_KEPT, _ENDED, _RATED = 0.65, 0.08, 0.5
_MADE, _SENT, _ANSWERED = 0.9, 0.92, 0.4
_LEVELS = Table(
    ((Satisfaction.VERY_SATISFIED, 65), (Satisfaction.SATISFIED, 30), (Satisfaction.FAIR, 5))
)


@dataclass(eq=False)
class Comrade:
    """A party member who has reported, and the volunteer the person is, if any."""

    member: PartyMember
    helper: Helper | None

    @property
    def here(self) -> bool:
        return self.member.state is MemberState.REPORTED


class Comrades:
    """Puts about `count` reports on the agenda, and what comes of each."""

    def __init__(self, helpers: Helpers, enrolling: Enrolling, names: Names, count: int) -> None:
        self._helpers = helpers
        self._stage = helpers.stage
        self._enrolling = enrolling
        self._names = names
        self._count = max(_FEWEST, count)
        self._known: dict[Uid, Comrade] = {}

    def set_out(self) -> None:
        """Put everything that will be on the agenda, once."""
        stage, span = self._stage, self._stage.span
        for place in range(self._count):
            # Somebody is there from the beginning, so that every demo has sheets of a quarter.
            last = _SOONEST + 1 if place < _FOUNDERS else max(_SOONEST + 1, span.days - 3)
            days = stage.dice.between(_SOONEST, last)
            stage.put(stage.on(span.first + timedelta(days=days)), self._report, None)
        quarter = period_of(span.first, PeriodKind.QUARTER)
        while quarter.last < span.today:
            day = quarter.last + timedelta(days=stage.dice.between(4, 12))
            stage.put(stage.on(day), self._tell_units, quarter)
            quarter = period_of(quarter.last + timedelta(days=1), PeriodKind.QUARTER)

    @property
    def reports(self) -> int:
        return len(self._known)

    # --- reported --------------------------------------------------------------------------------

    def _report(self, at: Millis, _: None) -> None:
        found = self._employed()
        if found is None:
            self._stage.put(self._stage.later(at, 1, 4), self._report, None)
            return
        person, file = found
        books, actor = self._stage.books, self._stage.handler()
        now = self._helpers.now(at, actor)
        named = self._stage.dice.chance(_NAMED)
        form = MemberForm(
            resident=file.uid,
            unit_liaison=self._names.of(file.gender, 1985) if named else "",
            unit_phone=self._names.mobile() if named else "",
            branch=f"{file.workplace}党支部",
            reported_on=now.today,
            specialities=self._helpers.say("speciality"),
            wishes=self._helpers.say("wish"),
        )
        tidy = checked(form, file, now.today)
        made = PartyMember(
            uid=books.new_uid(),
            station=books.station,
            number=books.number(now.today.year, NUMBER_SERIES),
            steps=(MemberStep(now.at, now.actor, _A.REPORT, MemberState.REPORTED),),
            **{name: getattr(tidy, name) for name in FORM_FIELDS},
        )
        comrade = Comrade(self._helpers.put(SHELF, made, now), None)
        self._known[file.uid] = comrade
        books.deed(now.at, actor, "登记在职党员报到", made.number)
        comrade.helper = self._helpers.everybody.get(file.uid)
        if comrade.helper is None and is_told(file) and self._stage.dice.chance(_HELPS):
            comrade.helper = self._enrolling.enrol(at, person)
        self._plan(at, comrade)

    def _employed(self) -> tuple[Person, Resident] | None:
        """Somebody the station knows who works and is in the party, and has not reported."""
        pool = self._helpers.pool
        for _ in range(min(_TRIES, len(pool))):
            person = self._stage.dice.pick(pool)
            file = person.resident
            if file is None or file.uid in self._known or not file.workplace:
                continue
            if file.party is PartyKind.EMPLOYED:
                return person, file
        return None

    def _plan(self, at: Millis, comrade: Comrade) -> None:
        stage = self._stage
        if stage.dice.chance(_SHOWN):
            stage.put(stage.later(at, 0, 25), self._show, comrade)
        stage.put(stage.later(at, 0, 10), self._pledge, comrade)
        if stage.dice.chance(_LEAVES):
            stage.put(stage.later(at, 60, max(90, stage.span.days)), self._leave, comrade)

    def _show(self, at: Millis, comrade: Comrade) -> None:
        how = self._helpers.say("shown")
        self._step(at, comrade, _A.SHOW, lambda it, now: steps.shown(it, now.today, how, now))

    # --- 承诺 → 践诺 → 评价 ----------------------------------------------------------------------

    def _pledge(self, at: Millis, comrade: Comrade) -> None:
        """A promise for half a year or a year; the next one follows when it is over."""
        if not comrade.here:
            return
        dice, words = self._stage.dice, self._helpers.say("pledge")
        uid, lasts = self._stage.books.new_uid(), dice.pick((180, 365, 365))
        day = self._stage.day(at)
        due = day + timedelta(days=lasts)
        made = Pledge(uid, day, words, due)
        self._step(at, comrade, _A.PLEDGE, lambda it, now: steps.pledged(it, made, now))
        for _ in range(dice.pick((1, 1, 2, 3, 4))):
            self._stage.put(self._stage.later(at, 5, lasts * 5 // 7), self._do, (comrade, uid))
        self._stage.put(self._stage.on(due + timedelta(days=3)), self._judge, (comrade, uid))

    def _do(self, at: Millis, told: tuple[Comrade, Uid]) -> None:
        """Something was done for it; a record of service where there is one."""
        comrade, uid = told
        pledge = next(one for one in comrade.member.pledges if one.uid == uid)
        if not comrade.here or pledge.state is not PledgeState.OPEN:
            return
        told_already = {one.service for one in pledge.done}
        served = [
            record
            for record in (comrade.helper.served.values() if comrade.helper else ())
            if record.day >= pledge.day and record.uid not in told_already
        ]
        new_uid = self._stage.books.new_uid()
        if served:
            record = self._stage.dice.pick(served)
            done = Done(new_uid, record.day, f"参加“{record.title}”", record.uid)
        else:
            done = Done(new_uid, self._stage.day(at), self._helpers.say("done"))
        self._step(at, comrade, _A.DO, lambda it, now: steps.done_for(it, uid, done, now))

    def _judge(self, at: Millis, told: tuple[Comrade, Uid]) -> None:
        comrade, uid = told
        pledge = next(one for one in comrade.member.pledges if one.uid == uid)
        dice = self._stage.dice
        if not comrade.here:
            return
        if pledge.done and dice.chance(_KEPT):
            self._step(at, comrade, _A.KEEP, lambda it, now: steps.kept(it, uid, now))
        elif dice.chance(_ENDED):
            why = self._helpers.say("ended")
            self._step(
                at, comrade, _A.END_PLEDGE, lambda it, now: steps.pledge_ended(it, uid, why, now)
            )
        if pledge.done and dice.chance(_RATED):
            level = dice.drawn(_LEVELS)
            self._step(at, comrade, _A.RATE, lambda it, now: steps.rated(it, uid, level, now))
        self._stage.put(self._stage.later(at, 2, 20), self._pledge, comrade)

    # --- what the unit is told -------------------------------------------------------------------

    def _tell_units(self, at: Millis, quarter: Period) -> None:
        """The sheets of a quarter, all in one sitting; a few are forgotten."""
        dice = self._stage.dice
        for comrade in self._known.values():
            member = comrade.member
            if comrade.here and member.reported_on <= quarter.last and dice.chance(_MADE):
                times, minutes = _served(comrade.helper, quarter)
                sheet = Feedback(
                    self._stage.books.new_uid(), str(quarter), self._stage.day(at),
                    minutes=minutes, times=times,
                )  # fmt: skip
                self._feed(at, comrade, sheet)
                if dice.chance(_SENT):
                    self._stage.put(self._stage.later(at, 1, 6), self._send, (comrade, quarter))

    def _feed(self, at: Millis, comrade: Comrade, sheet: Feedback) -> None:
        self._step(
            at, comrade, _A.MAKE_FEEDBACK, lambda it, now: steps.with_feedback(it, sheet, now)
        )

    def _send(self, at: Millis, told: tuple[Comrade, Period]) -> None:
        comrade, quarter = told
        said = self._helpers.say("received") if self._stage.dice.chance(_ANSWERED) else ""
        self._step(
            at,
            comrade,
            _A.SEND_FEEDBACK,
            lambda it, now: steps.feedback_sent(it, str(quarter), now.today, said, now),
        )

    def _leave(self, at: Millis, comrade: Comrade) -> None:
        why = self._helpers.say("moved")
        self._step(at, comrade, _A.LEAVE, lambda it, now: steps.left(it, why, now.today, now))

    def _step(
        self, at: Millis, comrade: Comrade, action: MemberAction,
        make: Callable[[PartyMember, Moment], PartyMember],
    ) -> None:  # fmt: skip
        """One step by somebody who may handle matters; none of who is here no more."""
        if not comrade.here and action not in (_A.SEND_FEEDBACK, _A.MAKE_FEEDBACK):
            return
        actor: Actor = self._stage.handler()
        now = self._helpers.now(at, actor)
        comrade.member = self._helpers.put(SHELF, make(comrade.member, now), now)
        label = f"党员{action.label}"
        self._stage.books.deed(now.at, actor, label, comrade.member.number)


def _served(helper: Helper | None, quarter: Period) -> tuple[int, int]:
    """How often and how many minutes somebody served in a quarter."""
    if helper is None:
        return 0, 0
    records = [one for one in helper.served.values() if one.day in quarter]
    return len(records), sum(one.minutes or 0 for one in records)
