"""The requests of a demo station (诉求、点单、微心愿), put on the story's agenda.

Each is written down and led to its end by the ledger's own rules. Some came of a visit at the
counter, some become problems of the list and are done when those are closed. What is still to come
when the demo is opened stays undone.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from desktop_app.core.clock import Millis
from desktop_app.core.origin import Source, Urgency
from desktop_app.core.photos import Photo, not_yet
from desktop_app.core.rights import Actor
from desktop_app.core.satisfaction import Satisfaction
from desktop_app.ledgers.requests.rules.course import joined, take_step
from desktop_app.ledgers.requests.rules.entry import RequestForm, checked
from desktop_app.ledgers.requests.rules.evaluating import may_be_evaluated
from desktop_app.ledgers.requests.rules.photos import photographed
from desktop_app.ledgers.requests.rules.registration import Counter, request_of
from desktop_app.ledgers.requests.rules.request import (
    Action,
    EnteredFrom,
    Request,
    RequestEvaluation,
    RequestKind,
    RequestState,
)
from desktop_app.ledgers.requests.rules.steps import Moment, StepDetails
from desktop_app.ledgers.requests.service.registering import SERIES
from desktop_app.ledgers.requests.store import EVALUATION_SHELF, SHELF
from desktop_app.ledgers.three_lists.rules.problem import Problem
from desktop_app.ledgers.visits.rules.visit import Visit
from desktop_app.station.demo import needs
from desktop_app.station.demo.dice import Table
from desktop_app.station.demo.lists import Lists
from desktop_app.station.demo.people import Home, Person
from desktop_app.station.demo.pictures import Pictures
from desktop_app.station.demo.rhythm import MINUTE, day_weights
from desktop_app.station.demo.stage import Stage
from desktop_app.station.demo.wish_course import (
    Asking,
    Fate,
    Planned,
    Steps,
    WishCourse,
    askings,
    fates,
)

_OF_A_VISIT, _NAMELESS, _CONSENTED, _EVALUATED = 0.25, 0.06, 0.3, 0.3
_LATELY_SEEN = 40
_PLATFORM = "街道线上服务平台"
_SOURCES = Table(
    (
        (Source.VISIT, 34), (Source.CALL, 22), (Source.GRID, 18), (Source.HOME, 10),
        (Source.ONLINE, 12), (Source.SUPERIOR, 2), (Source.ADVISOR, 2),
    )
)  # fmt: skip
_KINDS = {RequestKind.APPEAL: 42.0, RequestKind.ORDER: 38.0, RequestKind.WISH: 20.0}
_URGENCIES = Table(((Urgency.NORMAL, 78), (Urgency.SOON, 18), (Urgency.URGENT, 4)))
_LEVELS = Table(
    (
        (Satisfaction.VERY_SATISFIED, 600), (Satisfaction.SATISFIED, 310),
        (Satisfaction.FAIR, 65), (Satisfaction.DISSATISFIED, 19),
        (Satisfaction.VERY_DISSATISFIED, 6),
    )
)  # fmt: skip

_SHOWN = (
    (Fate.STRAIGHT, Action.REGISTER, 0), (Fate.STRAIGHT, Action.REGISTER, 0),
    (Fate.STRAIGHT, Action.ACCEPT, 2), (Fate.UNTAKEN, Action.DISPATCH, 3),
    (Fate.HANDED_BACK, Action.TAKE, 4), (Fate.MATERIALS, Action.ASK_MATERIALS, 4),
    (Fate.UNTAKEN, Action.NOBODY_TOOK, 6), (Fate.LISTED, Action.LIST, 8),
    (Fate.WHISTLED, Action.ESCALATE, 8), (Fate.STRAIGHT, Action.DONE, 12),
    (Fate.HANDED_BACK, Action.TAKE, 19),
)  # fmt: skip
"""To be seen in every demo: what becomes of it, after which step it halts, and how many working
days ago it came. The last one is overdue."""


@dataclass(frozen=True, slots=True)
class Plan:
    """One request to come."""

    day: date
    fate: Fate
    halt: Action | None = None


@dataclass
class Wish:
    """A request while it is lived through; `steps` is what is planned of it."""

    asking: Asking
    plan: Plan
    request: Request
    steps: Steps = field(default_factory=lambda: iter(()))
    into: Wish | None = None
    evaluated: bool = False


class Wishes:
    """Puts the requests on the agenda; `pool` grows with everybody the station gets to know."""

    def __init__(
        self, stage: Stage, course: WishCourse, lists: Lists, pictures: Pictures,
        homes: Sequence[Home], requests: int, lines: int,
    ) -> None:  # fmt: skip
        self._stage = stage
        self._course = course
        self._lists = lists
        self._pictures = pictures
        self._homes = homes
        self._count = requests
        listed = lines * needs.SHARE_OF_PROBLEMS * needs.FROM_REQUESTS / max(1, requests)
        self._listed = min(0.3, listed)
        self._askings = askings()
        self._tables = {fate: _table(self._askings, fate) for fate in Fate}
        self._open: list[Wish] = []
        self._seen: deque[Visit] = deque(maxlen=_LATELY_SEEN)
        self.pool: Sequence[Person] = ()
        self.requests = 0

    def set_out(self) -> None:
        """Put everything that will be on the agenda, once."""
        stage = self._stage
        for plan in self._plans():
            if plan.day == stage.span.today:
                minute = stage.dice.between(8 * 60 + 40, 10 * 60 + 10)
                at = stage.hours.at(stage.dice, plan.day, minute)
            else:
                at = stage.on(plan.day)
            stage.put(at, self._register, plan)

    def _plans(self) -> list[Plan]:
        stage, span = self._stage, self._stage.span
        shown = [Plan(stage.ago(days), fate, halt) for fate, halt, days in _SHOWN]
        days = [date.fromordinal(one) for one in range(*_ordinals(span.first, span.today))]
        table = Table(zip(days, day_weights(days, stage.hours.calendar, stage.dice), strict=True))
        found = fates(stage.dice, max(0, self._count - len(shown)), self._listed)
        others = sorted(stage.dice.drawn(table) for _ in found)
        plans = [Plan(day, fate) for day, fate in zip(others, found, strict=True)]
        return [*plans, *shown]

    def notice(self, visit: Visit) -> None:
        """Somebody was at the counter; a request may come of it."""
        if visit.resident is not None and not visit.petition and visit.category:
            self._seen.append(visit)

    # --- written down ----------------------------------------------------------------------------

    def _register(self, at: Millis, plan: Plan) -> None:
        into = None
        self._open = [one for one in self._open if one.request.open]
        if plan.fate is Fate.MERGED:
            others = [one for one in self._open if one.request.state is not RequestState.LISTED]
            into = self._stage.dice.pick(others) if others else None
        form, asking = self._form(at, plan.fate, into)
        actor = self._stage.dice.drawn(self._stage.shift.counter)
        request = self._written(form, at, actor)
        wish = Wish(asking, plan, request, into=into)
        self._open.append(wish)
        if plan.halt is Action.REGISTER:
            return
        if into is not None:
            wish.steps = iter((self._course.merging(request, at),))
        else:
            wish.steps = self._course.of(request, asking, plan.fate, at)
        self._go_on(wish)

    def _form(self, at: Millis, fate: Fate, into: Wish | None) -> tuple[RequestForm, Asking]:
        """Who asks for what; `into` is the request that it will turn out to repeat."""
        dice, who = self._stage.dice, {}
        visit = self._visit_of(at, fate) if into is None else None
        asking = dice.drawn(self._tables[fate]) if into is None else into.asking
        source = dice.drawn(_SOURCES)
        if visit is not None:
            known = [
                one
                for one in self._tables[fate].values
                if one.category == visit.category and one.kind is RequestKind.APPEAL
            ]
            asking, source, who = dice.pick(known), Source.VISIT, _of_visit(visit)
        elif not dice.chance(_NAMELESS):
            who = self._of_somebody(at)
        if into is not None:
            who["compound"] = into.request.compound
        if who.get("compound") is None:
            who["compound"] = dice.pick(self._homes).uid
        online = source is Source.ONLINE
        return RequestForm(
            kind=asking.kind,
            source=source,
            platform=_PLATFORM if online else "",
            external_number=f"XS{dice.between(1_000_000, 9_999_999)}" if online else "",
            category=asking.category,
            title=asking.title,
            summary=asking.summary,
            urgency=dice.drawn(_URGENCIES),
            limit_days=asking.limit,
            consented=bool(who.get("name")) and dice.chance(_CONSENTED),
            **who,
        ), asking

    def _visit_of(self, at: Millis, fate: Fate) -> Visit | None:
        """A visit of these hours about something that requests are about, too."""
        today = self._stage.day(at)
        categories = {
            one.category for one in self._tables[fate].values if one.kind is RequestKind.APPEAL
        }
        fitting = [
            visit
            for visit in self._seen
            if visit.day == today and visit.category in categories and visit.at < at
        ]
        if not fitting or not self._stage.dice.chance(_OF_A_VISIT):
            return None
        visit = fitting[-1]
        self._seen.remove(visit)
        return visit

    def _of_somebody(self, at: Millis) -> dict[str, Any]:
        for _ in range(4):
            if not self.pool:
                break
            resident = self._stage.dice.pick(self.pool).resident
            if resident is not None:
                return {
                    "resident": resident.uid,
                    "name": resident.name,
                    "phone": resident.phones[0].number if resident.phones else "",
                    "compound": resident.compound,
                    "building": resident.building,
                    "unit": resident.unit,
                    "room": resident.room,
                }
        return {}

    def _written(self, form: RequestForm, at: Millis, actor: Actor) -> Request:
        books = self._stage.books
        now = books.moment(at)
        today = self._stage.day(now)
        counter = Counter(
            uid=books.new_uid(),
            number=books.number(today.year, SERIES),
            station=books.station,
            clerk=actor.uid,
            clerk_name=actor.name,
            now=now,
            today=today,
            at=now,
            day=today,
            calendar=self._stage.hours.calendar,
        )
        saved = books.put(SHELF, request_of(checked(form, today), counter), now)
        books.deed(now, actor, "登记诉求", saved.number)
        self.requests += 1
        return saved

    # --- its course ------------------------------------------------------------------------------

    def _go_on(self, wish: Wish) -> None:
        planned = next(wish.steps, None)
        if planned is not None:
            self._stage.put(planned.at, self._take, (wish, planned))

    def _take(self, at: Millis, told: tuple[Wish, Planned]) -> None:
        wish, planned = told
        if planned.action is Action.MERGE:
            self._merge(at, wish, planned)
            return
        if planned.action is Action.LIST:
            self._list(at, wish)
            return
        self._step(at, wish, planned.action, planned.details)
        if planned.action is Action.CLOSE:
            self._may_be_evaluated(at, wish)
        if planned.action is not wish.plan.halt:
            self._go_on(wish)

    def _step(self, at: Millis, wish: Wish, action: Action, details: StepDetails) -> None:
        before = wish.request
        now, actor = self._now(at)
        shown = photographed(before, not_yet(before.photos, self._photos(wish, action)))
        wish.request = self._stage.books.put(SHELF, take_step(shown, action, details, now), now.at)
        words = f"{before.state.label} → {wish.request.state.label}"
        self._stage.books.deed(now.at, actor, f"诉求：{action.label}", before.number, words)

    def _photos(self, wish: Wish, action: Action) -> tuple[Photo, ...]:
        """Who takes it up has looked at what is wrong, who is done shows it."""
        if action is Action.ACCEPT:
            return self._pictures.of_fault(wish.asking.title)
        told = f"{wish.asking.title} {wish.asking.result}"
        return self._pictures.of_work(told) if action is Action.DONE else ()

    def _now(self, at: Millis) -> tuple[Moment, Actor]:
        now, actor = self._stage.books.moment(at), self._stage.handler()
        calendar = self._stage.hours.calendar
        return Moment(now, self._stage.day(now), actor.name, calendar), actor

    def _merge(self, at: Millis, wish: Wish, planned: Planned) -> None:
        """Into the other one, if that is still open; else it goes its own way."""
        into, request = wish.into, wish.request
        if into is None or not into.request.open:
            wish.steps = self._course.of(request, wish.asking, Fate.STRAIGHT, at)
            self._go_on(wish)
            return
        books = self._stage.books
        now, actor = self._now(at)
        details = StepDetails(words=planned.details.words, merged_into=into.request.uid)
        after = take_step(request, Action.MERGE, details, now)
        into.request = books.put(SHELF, joined(into.request, request.number, now), now.at)
        wish.request = books.put(SHELF, after, now.at)
        words = f"并入 {into.request.number}"
        books.deed(now.at, actor, f"诉求：{Action.MERGE.label}", request.number, words)

    def _list(self, at: Millis, wish: Wish) -> None:
        """列入问题清单: the problem leads it on."""

        def closed(at: Millis, problem: Problem, result: str) -> None:
            self._done_with(at, wish, problem, result)

        halts = wish.plan.halt is Action.LIST
        problem = self._lists.from_request(
            at, wish.request, wish.asking.result, closed, halts=halts
        )
        before, words = wish.request, f"问题 {problem.number}"
        now, actor = self._now(at)
        after = take_step(before, Action.LIST, StepDetails(words=words), now)
        wish.request = self._stage.books.put(SHELF, after, now.at)
        said = f"{before.state.label} → {after.state.label}，{words}"
        self._stage.books.deed(now.at, actor, f"诉求：{Action.LIST.label}", before.number, said)

    def _done_with(self, at: Millis, wish: Wish, problem: Problem, result: str) -> None:
        """Its problem was closed, and so it is done; the deed is that of the duty."""
        now, _ = self._now(at)
        details = StepDetails(result=result, words=f"问题 {problem.number} 已销号")
        after = take_step(wish.request, Action.DONE, details, now)
        wish.request = self._stage.books.put(SHELF, after, now.at)
        wish.steps = self._course.after_done(at)
        self._go_on(wish)

    # --- evaluated -------------------------------------------------------------------------------

    def _may_be_evaluated(self, at: Millis, wish: Wish) -> None:
        if not wish.evaluated and self._stage.dice.chance(_EVALUATED):
            wish.evaluated = True
            self._stage.put(
                Millis(at + self._stage.dice.between(1, 9) * MINUTE), self._evaluate, wish
            )

    def _evaluate(self, at: Millis, wish: Wish) -> None:
        if not may_be_evaluated(wish.request.state):
            return
        books, dice = self._stage.books, self._stage.dice
        now = books.moment(at)
        evaluation = RequestEvaluation(
            uid=books.new_uid(),
            station=books.station,
            request=wish.request.uid,
            level=dice.drawn(_LEVELS),
            entered_from=EnteredFrom.SECOND_SCREEN,
            at=now,
            day=self._stage.day(now),
        )
        books.put(EVALUATION_SHELF, evaluation, now)
        books.deed(now, dice.pick(self._stage.shift.everybody), "居民评价", wish.request.number)


def _ordinals(first: date, today: date) -> tuple[int, int]:
    """From the third day to yesterday."""
    return first.toordinal() + 2, today.toordinal()


def _table(known: Sequence[Asking], fate: Fate) -> Table[Asking]:
    """What that may become of, each kind as often as it comes."""
    fitting = [one for one in known if one.suits(fate)]
    counts = {kind: sum(one.kind is kind for one in fitting) for kind in RequestKind}
    return Table((one, _KINDS[one.kind] / counts[one.kind]) for one in fitting)


def _of_visit(visit: Visit) -> dict[str, Any]:
    names = ("resident", "name", "phone", "compound", "building", "unit", "room")
    return {"visit": visit.uid, **{name: getattr(visit, name) for name in names}}
