"""What becomes of the duties of a demo station: taken, done, handed in, looked over, closed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from desktop_app.core.clock import Millis
from desktop_app.core.identity import Gender
from desktop_app.core.ids import Uid
from desktop_app.core.record import altered
from desktop_app.core.rights import Actor
from desktop_app.core.steps import Moment
from desktop_app.ledgers.activities.store import SHELF as ACTIVITIES
from desktop_app.ledgers.three_lists.rules.duty import (
    Duty,
    DutyAction,
    DutyState,
    OpinionLevel,
    ReviewerRole,
)
from desktop_app.ledgers.three_lists.rules.duty_steps import (
    DutyDetails,
    reopened,
    take_step,
    with_activity,
    with_evidence,
)
from desktop_app.station.demo.dice import Table
from desktop_app.station.demo.gatherings import Gathering
from desktop_app.station.demo.list_pen import Case, ListPen
from desktop_app.station.demo.names import Names
from desktop_app.station.demo.needs import Fate, Halt
from desktop_app.station.demo.pictures import Pictures
from desktop_app.station.demo.rhythm import MINUTE
from desktop_app.station.demo.stage import Stage
from desktop_app.station.demo.words import Sayings

_A = DutyAction
_ASKED, _OUTSIDE, _EVENT_SERVES = 0.65, 0.15, 0.6
_OPINIONS = Table(
    (
        (OpinionLevel.SATISFIED, 72), (OpinionLevel.FAIR, 18),
        (OpinionLevel.DISSATISFIED, 3), (OpinionLevel.NOT_REACHED, 7),
    )
)  # fmt: skip
_SAID = {
    OpinionLevel.DISSATISFIED: "opinion_poor",
    OpinionLevel.NOT_REACHED: "opinion_missed",
}
_ROLES = Table(
    (
        (ReviewerRole.COMMUNITY, 5), (ReviewerRole.STREET, 2), (ReviewerRole.RESIDENT, 3),
    )
)  # fmt: skip
_HASTY = frozenset({Halt.TO_REVIEW, Halt.CLOSED})

Again = Callable[[Millis], None]
"""Puts it on the agenda that the problem is dispatched once more."""


class Hand:
    """Takes the steps of duties, by whoever is there."""

    def __init__(self, stage: Stage, pen: ListPen) -> None:
        self._stage = stage
        self._pen = pen
        self._words = Sayings("list_words.csv")

    def pick(self, kind: str) -> str:
        """One of the sentences of that sort."""
        return self._stage.dice.pick(self._words[kind])

    def now(self, at: Millis, by: Actor | None = None) -> tuple[Moment, Actor]:
        """The moment for the rules, and who acts: somebody unless it is said."""
        actor = by or self._stage.handler()
        return self._pen.now(at, actor), actor

    def step(
        self, at: Millis, case: Case, action: DutyAction, *, by: Actor | None = None, **said: Any
    ) -> None:
        """One of the steps that need no more than what is said with them."""
        now, actor = self.now(at, by)
        after = take_step(case.duty, action, DutyDetails(**said), now)
        self._pen.duty_stepped(case, after, action, now, actor)

    def count_solved(self, at: Millis, case: Case, *, solved: bool) -> None:
        """Activities that served it say that it is solved, as long as it is."""
        problem = case.problem.uid
        for gathering in case.served_at:
            activity = gathering.known
            others = tuple(one for one in activity.solved if one != problem)
            after = altered(activity, solved=(*others, problem) if solved else others)
            if after != activity:
                now = self._stage.books.moment(at)
                gathering.activity = self._stage.books.put(ACTIVITIES, after, now)


class Duties:
    """Leads every duty to its end; `begun` is called when one was proposed."""

    def __init__(self, stage: Stage, pen: ListPen, pictures: Pictures, names: Names) -> None:
        self._stage = stage
        self._pen = pen
        self._pictures = pictures
        self._names = names
        self._hand = Hand(stage, pen)
        self._under_way: list[Case] = []

    def begun(self, at: Millis, case: Case, again: Again) -> None:
        """A problem was dispatched; the unit takes it or says no."""
        if case.plan.halt is Halt.PROPOSED:
            return
        first = len(case.duties) == 1
        if case.plan.fate is Fate.DECLINED and first:
            self._stage.put(self._stage.later(at, 1, 3), self._decline, (case, again))
        else:
            self._stage.put(self._stage.later(at, 0, 2), self._accept, (case, again))

    def live_on(self, offer: Uid) -> list[str]:
        """The numbers of the duties under way that take something of an offer."""
        self._under_way = [one for one in self._under_way if one.duty.live]
        return [one.duty.number for one in self._under_way if one.duty.offer == offer]

    def took_place(self, at: Millis, gathering: Gathering) -> None:
        """An activity with a unit serves what that unit is just doing, now and then."""
        partners = gathering.known.partners
        self._under_way = [one for one in self._under_way if one.duty.live]
        for case in self._under_way:
            served = case.duty.unit in partners and case.duty.state is DutyState.DOING
            if served and self._stage.dice.chance(_EVENT_SERVES):
                self._stage.put(Millis(at + 10 * MINUTE), self._link, (case, gathering))
                return

    def _link(self, at: Millis, told: tuple[Case, Gathering]) -> None:
        case, gathering = told
        activity = gathering.known
        if case.duty.state is not DutyState.DOING or activity.uid in case.duty.activities:
            return
        now, actor = self._hand.now(at)
        after = with_activity(case.duty, activity.uid, activity.number, now)
        case.served_at.append(gathering)
        self._pen.duty_stepped(case, after, _A.LINK_ACTIVITY, now, actor)

    # --- taken or not ----------------------------------------------------------------------------

    def _decline(self, at: Millis, told: tuple[Case, Again]) -> None:
        case, again = told
        self._hand.step(at, case, _A.DECLINE, words=self._hand.pick("decline"))
        again(self._stage.later(at, 1, 4))

    def _accept(self, at: Millis, told: tuple[Case, Again]) -> None:
        case, again = told
        dice, stage = self._stage.dice, self._stage
        words = self._hand.pick("accept") if dice.chance(0.4) else ""
        self._hand.step(at, case, _A.ACCEPT, words=words)
        self._under_way.append(case)
        if case.plan.fate is Fate.CANCELLED and len(case.duties) == 1:
            stage.put(stage.later(at, 2, 6), self._cancel, (case, again))
            return
        self._work(at, case)

    def _cancel(self, at: Millis, told: tuple[Case, Again]) -> None:
        case, again = told
        self._hand.step(at, case, _A.CANCEL, words=self._hand.pick("cancel"))
        again(self._stage.later(at, 1, 4))

    # --- done ------------------------------------------------------------------------------------

    def _work(self, at: Millis, case: Case) -> None:
        """Progress now and then, and the end of it."""
        stage, dice = self._stage, self._stage.dice
        halt, calendar = case.plan.halt, stage.hours.calendar
        left = max(2, calendar.workdays_between(stage.day(at), case.duty.due))
        if halt in _HASTY:
            stage.put(stage.later(at, 1, 1), self._progress, case)
            stage.put(stage.later(at, 2, 3), self._hand_in, case)
            return
        noted = stage.later(at, 1, max(1, left // 3))
        stage.put(noted, self._progress, case)
        if halt is not None:
            return
        if dice.chance(0.6) and left > 5:
            stage.put(stage.later(at, left // 2, left - 1), self._progress, case)
        last = calendar.add_workdays(stage.day(at), left)
        if case.plan.fate is Fate.EXTENDED:
            stage.put(stage.later(at, max(1, left - 3), left - 1), self._extend, case)
            last = calendar.add_workdays(last, 8)
        if case.plan.fate is Fate.RAISED_HIGHER:
            stage.put(stage.later(at, 1, left), self._raise_higher, case)
        if case.plan.fate is Fate.LATE:
            end = stage.on(calendar.add_workdays(last, dice.between(2, 9)))
        else:
            end = stage.later(at, max(1, left * 3 // 5), max(1, left - 1))
        if case.plan.fate is Fate.EXTENDED:
            end = stage.on(last)
        stage.put(end, self._hand_in, case)

    def _progress(self, at: Millis, case: Case) -> None:
        if case.duty.state is DutyState.DOING:
            known = {one.words for one in case.duty.progress}
            own = case.need.progress
            words = own if own not in known else self._hand.pick("progress")
            self._hand.step(at, case, _A.PROGRESS, words=words)

    def _extend(self, at: Millis, case: Case) -> None:
        if case.duty.state is not DutyState.DOING:
            return
        days = self._stage.dice.between(9, 15)
        due = self._stage.hours.calendar.add_workdays(case.duty.due, days)
        self._hand.step(at, case, _A.EXTEND, words=self._hand.pick("extend"), due=due)

    def _raise_higher(self, at: Millis, case: Case) -> None:
        if case.duty.live and case.duty.level.next_up is not None:
            self._hand.step(at, case, _A.ESCALATE, words=self._hand.pick("escalate"))

    # --- closed ----------------------------------------------------------------------------------

    def _hand_in(self, at: Millis, case: Case) -> None:
        """The evidence, and some minutes later the request to close it."""
        if case.duty.state is not DutyState.DOING:
            return
        now, actor = self._hand.now(at)
        photos = self._pictures.some(self._stage.dice, case.need.result)
        fresh = [one for one in photos if one.sha256 not in _known(case.duty)]
        if fresh:
            after = with_evidence(case.duty, fresh, now)
            self._pen.duty_stepped(case, after, _A.ADD_EVIDENCE, now, actor)
        self._stage.put(Millis(at + 4 * MINUTE), self._submit, (case, actor))

    def _submit(self, at: Millis, told: tuple[Case, Actor]) -> None:
        case, actor = told
        self._hand.step(at, case, _A.SUBMIT, by=actor, result=case.need.result)
        if case.plan.halt is not Halt.TO_REVIEW:
            self._stage.put(self._stage.later(at, 1, 3), self._review, (case, actor))

    def _review(self, at: Millis, told: tuple[Case, Actor]) -> None:
        """By a second one; another day when nobody else is there."""
        case, submitted = told
        actor = self._stage.another(submitted)
        if actor is None or case.duty.state is not DutyState.TO_REVIEW:
            if case.duty.state is DutyState.TO_REVIEW:
                self._stage.put(self._stage.later(at, 1, 1), self._review, told)
            return
        sent_back = any(step.action is _A.REVIEW_BACK for step in case.duty.steps)
        if case.plan.fate is Fate.SENT_BACK and not sent_back:
            self._hand.step(at, case, _A.REVIEW_BACK, by=actor, words=self._hand.pick("back"))
            self._stage.put(self._stage.later(at, 1, 2), self._progress, case)
            self._stage.put(self._stage.later(at, 3, 5), self._hand_in, case)
            return
        self._hand.step(at, case, _A.REVIEW_OK, by=actor, **self._reviewer())
        self._closed(at, case)

    def _reviewer(self) -> dict[str, Any]:
        """Somebody of the community, the street or the neighbours, now and then."""
        dice = self._stage.dice
        if not dice.chance(_OUTSIDE):
            return {}
        gender = dice.pick((Gender.MALE, Gender.FEMALE))
        name = self._names.of(gender, dice.between(1962, 1995), self._names.surname())
        signed = replace(self._pictures.signed, caption="复核签字")
        return {"role": dice.drawn(_ROLES), "name": name, "confirmation": signed}

    def _closed(self, at: Millis, case: Case) -> None:
        stage = self._stage
        self._hand.count_solved(at, case, solved=True)
        again = case.plan.fate is Fate.REOPENED and not case.duty.closings
        if again:
            stage.put(stage.later(at, 8, 20), self._reopen, case)
        elif stage.dice.chance(_ASKED):
            stage.put(stage.later(at, 1, 4), self._ask, case)

    def _ask(self, at: Millis, case: Case) -> None:
        if case.duty.state is DutyState.CLOSED:
            level = self._stage.dice.drawn(_OPINIONS)
            words = self._hand.pick(_SAID.get(level, "opinion"))
            self._hand.step(at, case, _A.ASK_OPINION, words=words, opinion=level)

    def _reopen(self, at: Millis, case: Case) -> None:
        now, actor = self._hand.now(at)
        after = reopened(case.duty, case.problem, self._hand.pick("again"), now)
        self._pen.duty_stepped(case, after, _A.REOPEN, now, actor)
        self._hand.count_solved(at, case, solved=False)
        self._under_way.append(case)
        self._stage.put(self._stage.later(at, 2, 4), self._progress, case)
        self._stage.put(self._stage.later(at, 5, 9), self._hand_in, case)


def _known(duty: Duty) -> set[str]:
    return {one.sha256 for one in duty.evidence}
