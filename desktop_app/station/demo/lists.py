"""The three lists of a demo station: problems, what units offer, who does what, until 销号.

Put on the story's agenda and lived through by the ledger's own rules: an offer never promises more
than there is, a closed duty has evidence, and whoever looked it over did not hand it in. What is
still to come when the demo is opened stays undone.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from desktop_app.core.clock import Millis
from desktop_app.core.ids import Uid
from desktop_app.core.origin import Level, Source
from desktop_app.core.record import altered
from desktop_app.ledgers.activities.store import SHELF as ACTIVITIES
from desktop_app.ledgers.requests.rules.request import Request
from desktop_app.ledgers.three_lists.rules.duty_entry import DutyForm
from desktop_app.ledgers.three_lists.rules.offer import OfferAction
from desktop_app.ledgers.three_lists.rules.offer_entry import OfferForm
from desktop_app.ledgers.three_lists.rules.offer_steps import restored
from desktop_app.ledgers.three_lists.rules.offer_steps import withdrawn as offer_withdrawn
from desktop_app.ledgers.three_lists.rules.problem import Problem, ProblemAction, ProblemState
from desktop_app.ledgers.three_lists.rules.problem_entry import ProblemForm
from desktop_app.ledgers.three_lists.rules.problem_steps import listed, merged, withdrawn
from desktop_app.station.demo import needs
from desktop_app.station.demo.alliances import Alliances
from desktop_app.station.demo.duties import Duties
from desktop_app.station.demo.gatherings import Gathering
from desktop_app.station.demo.list_pen import Case, ListPen, Supply
from desktop_app.station.demo.needs import Fate, Halt, Need, Plan, Resource
from desktop_app.station.demo.people import Home
from desktop_app.station.demo.stage import Stage
from desktop_app.station.demo.words import Sayings

_OFFER_GONE, _OFFER_BACK, _OFFER_SOME = 0.12, 0.4, 0.3
_WANTED_BY, _WITH_OFFER, _ON_LIST_AT_ONCE = 0.3, 0.8, 0.25
_MEETINGS_DECIDE = 0.23
"""Resolutions a year beside the activities of a year: a tenth of them are meetings of two or so."""


class Lists:
    """Puts problems and offers on the agenda; others add problems of their own."""

    def __init__(
        self, stage: Stage, alliances: Alliances, duties: Duties, pen: ListPen,
        homes: tuple[Home, ...], lines: int, activities: int,
    ) -> None:  # fmt: skip
        self._stage = stage
        self._alliances = alliances
        self._duties = duties
        self._pen = pen
        self._homes = homes
        self._needs = needs.needs()
        self._words = Sayings("list_words.csv")
        self._problems = round(lines * needs.SHARE_OF_PROBLEMS)
        self._offers = max(3, round(lines * needs.SHARE_OF_OFFERS))
        decided = max(1.0, activities * _MEETINGS_DECIDE * stage.span.days / 365)
        self._decides = min(0.8, self._problems * needs.FROM_MEETINGS / decided)
        self._supplies: list[Supply] = []
        self._open: list[Case] = []

    def set_out(self) -> None:
        """Put everything that will be on the agenda, once."""
        stage = self._stage
        known = needs.resources()
        early = stage.span.first + timedelta(days=max(8, min(60, stage.span.days // 6)))
        for place, day in enumerate(stage.days_for(self._offers, 200, 0.4)):
            stage.put(stage.on(max(day, early)), self._offer, known[place % len(known)])
        for plan in needs.plans_of(stage, self._problems):
            stage.put(stage.on(plan.day), self._raise, plan)

    # --- offers ----------------------------------------------------------------------------------

    def _offer(self, at: Millis, resource: Resource) -> None:
        partner = self._alliances.named(resource.partner)
        if partner is None:
            joined = {one.name for one in self._alliances.joined}
            able = [one for one in needs.resources() if one.partner in joined]
            if not able:
                self._stage.put(self._stage.later(at, 1, 3), self._offer, resource)
                return
            resource = self._stage.dice.pick(able)
            partner = self._alliances.named(resource.partner)
        assert partner is not None, "joined"
        actor = self._stage.handler()
        now = self._pen.now(at, actor)
        some = self._stage.dice.chance(_OFFER_SOME)
        form = OfferForm(
            partner=partner.uid,
            partner_name=partner.name,
            resource=resource.resource,
            category=resource.category,
            way=resource.way,
            compounds=(self._stage.dice.pick(self._homes).uid,) if some else partner.compounds,
            until_on=now.today + timedelta(days=30 * resource.months),
            weekdays_words=resource.weekdays,
            amount=resource.amount,
            unit_word=resource.unit_word,
            agreement=self._alliances.agreement_with(partner.uid),
        )
        supply = self._pen.offered(form, now, actor)
        self._supplies.append(supply)
        if self._stage.dice.chance(_OFFER_GONE):
            self._stage.put(self._stage.later(at, 8, 30), self._take_back, supply)

    def _take_back(self, at: Millis, supply: Supply) -> None:
        actor = self._stage.handler()
        now = self._pen.now(at, actor)
        live = self._duties.live_on(supply.offer.uid)
        words = self._stage.dice.pick(self._words["offer_gone"])
        after = offer_withdrawn(supply.offer, words, live, now)
        self._pen.offer_stepped(supply, after, OfferAction.WITHDRAW, now, actor)
        if self._stage.dice.chance(_OFFER_BACK):
            self._stage.put(self._stage.later(at, 5, 15), self._restore, supply)

    def _restore(self, at: Millis, supply: Supply) -> None:
        actor = self._stage.handler()
        now = self._pen.now(at, actor)
        self._pen.offer_stepped(
            supply, restored(supply.offer, now), OfferAction.RESTORE, now, actor
        )

    # --- problems --------------------------------------------------------------------------------

    def _raise(self, at: Millis, plan: Plan) -> None:
        dice, actor = self._stage.dice, self._stage.handler()
        now = self._pen.now(at, actor)
        need, home = dice.pick(self._needs), dice.pick(self._homes)
        at_once = plan.halt is None and dice.chance(_ON_LIST_AT_ONCE)
        form = self._form(need, home, now.today, needs.source(dice))
        problem = self._pen.raised(replace(form, listed=at_once), now)
        self._stage.books.deed(now.at, actor, "提出问题", problem.number)
        case = Case(need, plan, problem)
        if at_once:
            self._on_list(at, case)
        elif plan.halt is not Halt.RAISED:
            self._stage.put(self._stage.later(at, 0, 2), self._list, case)

    def _form(self, need: Need, home: Home, day: date, source: Source) -> ProblemForm:
        dice = self._stage.dice
        wanted = day + timedelta(days=dice.between(20, 60)) if dice.chance(_WANTED_BY) else None
        return ProblemForm(
            source=source,
            compound=home.uid,
            building=f"{dice.between(1, home.buildings)}栋" if dice.chance(0.4) else "",
            category=need.category,
            description=need.description,
            affected=dice.between(need.low, need.high),
            affected_unit=need.counted,
            urgency=needs.urgency(dice),
            level=need.level,
            wanted_by=wanted,
        )

    def _list(self, at: Millis, case: Case) -> None:
        actor = self._stage.handler()
        now = self._pen.now(at, actor)
        self._pen.stepped(case, listed(case.problem, now), ProblemAction.LIST, now, actor)
        self._on_list(at, case)

    def _on_list(self, at: Millis, case: Case) -> None:
        """What becomes of a problem that units may claim."""
        if case.plan.halt is Halt.LISTED:
            return
        if case.plan.fate is Fate.WITHDRAWN:
            self._stage.put(self._stage.later(at, 1, 8), self._withdraw, case)
        elif case.plan.fate is Fate.MERGED:
            self._stage.put(self._stage.later(at, 0, 4), self._merge, case)
        else:
            self._open.append(case)
            self._stage.put(self._stage.later(at, 1, 3), self._propose, case)

    def _withdraw(self, at: Millis, case: Case) -> None:
        actor = self._stage.handler()
        now = self._pen.now(at, actor)
        words = self._stage.dice.pick(self._words["withdraw"])
        after = withdrawn(case.problem, words, now)
        self._pen.stepped(case, after, ProblemAction.WITHDRAW, now, actor)

    def _merge(self, at: Millis, case: Case) -> None:
        """Into another one that is open; where there is none it goes its own way."""
        self._open = [one for one in self._open if one.problem.open]
        others = [one for one in self._open if one.problem.category == case.problem.category]
        if not (others or self._open):
            self._open.append(case)
            self._stage.put(self._stage.later(at, 1, 3), self._propose, case)
            return
        into = self._stage.dice.pick(others or self._open)
        actor = self._stage.handler()
        now = self._pen.now(at, actor)
        words = self._stage.dice.pick(self._words["merge"])
        both = merged(case.problem, into.problem, words, now)
        self._pen.merged(case, into, both, now, actor)

    # --- from elsewhere --------------------------------------------------------------------------

    def from_request(
        self, at: Millis, request: Request, result: str,
        closed: Callable[[Millis, Problem, str], None], *, halts: bool,
    ) -> Problem:  # fmt: skip
        """列入问题清单: a request becomes a problem; the deed is the request's. `result` is what
        will be done, `closed` is called once it is closed; with `halts` nobody has claimed it yet
        when the demo is opened."""
        actor = self._stage.handler()
        now = self._pen.now(at, actor)
        need = needs.fitting(self._stage.dice, self._needs, request.category)
        form = ProblemForm(
            source=request.source,
            compound=request.compound,
            building=request.building,
            category=request.category,
            description=request.title,
            urgency=request.urgency,
            raiser=request.name,
            raiser_phone=request.phone,
            request=request.uid,
            visit=request.visit,
            level=need.level,
            listed=True,
        )
        dice = self._stage.dice
        own = self._own(need, request.title, result)
        plan = Plan(now.today, needs.of_others(dice), Halt.LISTED if halts else None)
        case = Case(own, plan, self._pen.raised(form, now), closed=closed)
        self._on_list(at, case)
        return case.problem

    def after_activity(self, at: Millis, gathering: Gathering) -> None:
        """It may have served a duty; what a meeting decided becomes a problem now and then."""
        self._duties.took_place(at, gathering)
        for place, decided in enumerate(gathering.known.resolutions):
            if self._stage.dice.chance(self._decides):
                when = Millis(at + (place + 1) * 60_000)
                self._stage.put(when, self._resolve, (gathering, decided.uid))

    def _resolve(self, at: Millis, told: tuple[Gathering, Uid]) -> None:
        gathering, uid = told
        actor = self._stage.handler()
        now = self._pen.now(at, actor)
        activity = gathering.known
        decided = next(one for one in activity.resolutions if one.uid == uid)
        dice = self._stage.dice
        need = needs.fitting(dice, self._needs, "物业与小区治理")
        form = ProblemForm(
            source=Source.MEETING,
            compound=gathering.home.uid,
            category=need.category,
            description=decided.words,
            affected=None,
            level=Level.BRANCH,
            activity=activity.uid,
            resolution=uid,
            wanted_by=decided.due if decided.due and decided.due >= now.today else None,
            listed=True,
        )
        problem = self._pen.raised(form, now)
        resolutions = tuple(
            replace(one, link=problem.uid) if one.uid == uid else one
            for one in activity.resolutions
        )
        after = altered(activity, resolutions=resolutions)
        gathering.activity = self._stage.books.put(ACTIVITIES, after, now.at)
        words = "议定事项转入问题清单"
        self._stage.books.deed(now.at, actor, words, activity.number, problem.number)
        result = dice.pick(self._words["decided_result"])
        own = self._own(need, decided.words, result)
        own = replace(own, unit=decided.owner or own.unit, post="负责人")
        self._on_list(at, Case(own, Plan(now.today, needs.of_others(dice)), problem))

    def _own(self, need: Need, description: str, result: str) -> Need:
        """A sort of problem as something particular tells it."""
        dice, say = self._stage.dice, self._words
        return replace(
            need,
            description=description,
            measures=dice.pick(say["measures"]),
            progress=dice.pick(say["progress"]),
            result=result,
            resources=(),
        )

    # --- claiming --------------------------------------------------------------------------------

    def _propose(self, at: Millis, case: Case) -> None:
        if case.problem.state is not ProblemState.LISTED:
            return
        actor = self._stage.handler()
        now = self._pen.now(at, actor)
        supply = self._supply_for(case, now.today)
        form = self._duty_form(case, supply, now.today)
        self._pen.proposed(case, form, supply, now, actor)
        self._duties.begun(at, case, lambda when: self._stage.put(when, self._propose, case))

    def _community(self, case: Case) -> str:
        """Where it is."""
        found = [one.community for one in self._homes if one.uid == case.problem.compound]
        return (found or [self._homes[0].community])[0]

    def _supply_for(self, case: Case, day: date) -> Supply | None:
        """An offer of that category for that place, by a unit that has not declined it."""
        dice, problem = self._stage.dice, case.problem
        if not dice.chance(_WITH_OFFER):
            return None
        declined = {one.offer for one in problem.declined}
        fitting = [
            one
            for one in self._supplies
            if case.need.helped_by(one.offer)
            and one.offer.uid not in declined
            and self._alliances.named(one.offer.partner_name) is not None
            and (not one.offer.compounds or problem.compound in one.offer.compounds)
            and one.free_on(day) != 0
        ]
        return dice.pick(fitting) if fitting else None

    def _duty_form(self, case: Case, supply: Supply | None, day: date) -> DutyForm:
        dice, need = self._stage.dice, case.need
        workdays = dice.between(25, 50) if need.level is Level.STREET else dice.between(9, 22)
        form: dict[str, Any] = {
            "problem": case.problem.uid,
            "due": self._stage.hours.calendar.add_workdays(day, workdays),
            "measures": need.measures,
            "level": need.level,
        }
        if case.plan.halt is Halt.OVERDUE:
            form["due"] = self._stage.hours.calendar.add_workdays(day, 9)
        if supply is None:
            partner = self._alliances.named(need.unit)
            unit = need.unit.replace("社区居民委员会", f"{self._community(case)}居民委员会")
            uid = None if partner is None else partner.uid
            return DutyForm(**form, unit=unit, partner=uid, person=need.post)
        free = supply.free_on(day)
        partner = self._alliances.named(supply.offer.partner_name)
        assert partner is not None, "asked for above"
        return DutyForm(
            **form,
            offer=supply.offer.uid,
            unit=partner.name,
            person=partner.liaison,
            person_phone=partner.liaison_phone,
            helpers=need.unit if need.unit.endswith("公司") and need.unit != partner.name else "",
            amount=min(dice.between(1, 3), 3 if free is None else free),
        )
