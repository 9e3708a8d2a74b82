"""Writes down what becomes of problems, offers and duties, as the three lists' services would.

Each step saves the duty, what its offer keeps promised and the state of its problem at one moment;
which step may be taken and what it changes is for the ledger's rules.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date

from desktop_app.core.clock import Millis
from desktop_app.core.ids import Uid
from desktop_app.core.record import altered
from desktop_app.core.rights import Actor
from desktop_app.core.steps import Moment
from desktop_app.ledgers.three_lists.rules import duty, duty_entry, offer, offer_entry, problem
from desktop_app.ledgers.three_lists.rules import problem_entry as entry
from desktop_app.ledgers.three_lists.rules.duty import Duty, DutyAction, DutyState
from desktop_app.ledgers.three_lists.rules.duty_steps import holds
from desktop_app.ledgers.three_lists.rules.offer import Offer, OfferAction, free_of
from desktop_app.ledgers.three_lists.rules.offer_steps import released, reserved
from desktop_app.ledgers.three_lists.rules.problem import OPEN, Problem, ProblemAction
from desktop_app.ledgers.three_lists.rules.problem_steps import declined_offer, followed, listed
from desktop_app.ledgers.three_lists.store import DUTY_SHELF, OFFER_SHELF, PROBLEM_SHELF
from desktop_app.station.demo.gatherings import Gathering
from desktop_app.station.demo.needs import Need, Plan
from desktop_app.station.demo.pictures import Pictures
from desktop_app.station.demo.stage import Stage


@dataclass
class Supply:
    """An offer while it is lived through."""

    offer: Offer

    def free_on(self, day: date) -> int | None:
        """How much of it may be promised on that day; None without a bound."""
        one = self.offer
        ended = one.until_on is not None and one.until_on < day
        if one.state is not offer.OfferState.OPEN or ended or one.from_on > day:
            return 0
        return free_of(one.amount, one.promised)


@dataclass
class Case:
    """A problem while it is lived through, with its duties in their order.

    `closed` is called once it is closed, with the moment and what was done.
    """

    need: Need
    plan: Plan
    problem: Problem
    duties: list[Duty] = field(default_factory=list)
    supplies: dict[Uid, Supply] = field(default_factory=dict)
    closed: Callable[[Millis, Problem, str], None] | None = None
    served_at: list[Gathering] = field(default_factory=list)

    @property
    def duty(self) -> Duty:
        """The one under way."""
        return self.duties[-1]


class ListPen:
    """Writes the lines of the three lists, with their deeds."""

    def __init__(self, stage: Stage, pictures: Pictures) -> None:
        self._stage = stage
        self._pictures = pictures
        self._books = stage.books
        self.problems = self.offers = self.duties = 0

    def now(self, at: Millis, actor: Actor) -> Moment:
        """A moment of the story, for the rules."""
        now = self._books.moment(at)
        return Moment(now, self._stage.day(now), actor.name, actor.uid)

    # --- problems --------------------------------------------------------------------------------

    def raised(self, form: entry.ProblemForm, now: Moment) -> Problem:
        """A new problem, with a photo where there is one that fits; the deed is written by whoever
        raised it."""
        tidy = entry.checked(form, now.today)
        number = self._books.number(now.today.year, problem.NUMBER_SERIES)
        made = entry.raised(tidy, self._books.new_uid(), self._books.station, number, now)
        shown = self._pictures.of_fault(made.description)
        made = altered(made, photos=tuple(replace(photo, step=1) for photo in shown))
        if tidy.listed:
            made = listed(made, now)
        self.problems += 1
        return self._books.put(PROBLEM_SHELF, made, now.at)

    def stepped(
        self, case: Case, after: Problem, action: ProblemAction, now: Moment, actor: Actor
    ) -> None:
        """A step that somebody takes by name."""
        before = case.problem
        case.problem = self._books.put(PROBLEM_SHELF, after, now.at)
        words = f"{before.state.label} → {after.state.label}"
        self._books.deed(now.at, actor, f"问题：{action.label}", after.number, words)

    def merged(self, case: Case, into: Case, both: tuple[Problem, Problem], now: Moment,
               actor: Actor) -> None:  # fmt: skip
        """One problem that has become a part of another."""
        gone, kept = both
        case.problem = self._books.put(PROBLEM_SHELF, gone, now.at)
        into.problem = self._books.put(PROBLEM_SHELF, kept, now.at)
        words = f"并入 {kept.number}"
        self._books.deed(now.at, actor, f"问题：{ProblemAction.MERGE.label}", gone.number, words)

    # --- offers ----------------------------------------------------------------------------------

    def offered(self, form: offer_entry.OfferForm, now: Moment, actor: Actor) -> Supply:
        """A new offer."""
        tidy = offer_entry.checked(form, now.today)
        number = self._books.number(now.today.year, offer.NUMBER_SERIES)
        made = offer_entry.offered(tidy, self._books.new_uid(), self._books.station, number, now)
        self.offers += 1
        supply = Supply(self._books.put(OFFER_SHELF, made, now.at))
        self._books.deed(now.at, actor, "登记共建资源", number)
        return supply

    def offer_stepped(
        self, supply: Supply, after: Offer, action: OfferAction, now: Moment, actor: Actor
    ) -> None:
        """A step that somebody takes by name."""
        before = supply.offer
        supply.offer = self._books.put(OFFER_SHELF, after, now.at)
        words = f"{before.state.label} → {after.state.label}"
        self._books.deed(now.at, actor, f"共建资源：{action.label}", after.number, words)

    # --- duties ----------------------------------------------------------------------------------

    def proposed(
        self, case: Case, form: duty_entry.DutyForm, supply: Supply | None, now: Moment,
        actor: Actor,
    ) -> None:  # fmt: skip
        """A new duty of a problem, with something of an offer or without."""
        given = None if supply is None else supply.offer
        tidy = duty_entry.checked(form, given, now.today)
        number = self._books.number(now.today.year, duty.NUMBER_SERIES)
        station = self._books.station
        made = duty_entry.proposed(tidy, case.problem, self._books.new_uid(), station, number, now)
        if supply is not None:
            after = reserved(supply.offer, made.amount or 0, number, now)
            supply.offer = self._books.put(OFFER_SHELF, after, now.at)
            case.supplies[supply.offer.uid] = supply
        case.duties.append(self._books.put(DUTY_SHELF, made, now.at))
        self.duties += 1
        self._follow(case, number, now)
        label = f"责任：{DutyAction.PROPOSE.label}"
        self._books.deed(now.at, actor, label, number, case.problem.number)

    def duty_stepped(
        self, case: Case, after: Duty, action: DutyAction, now: Moment, actor: Actor
    ) -> None:
        """A step of the duty under way, with all that follows of it."""
        before = case.duty
        saved = case.duties[-1] = self._books.put(DUTY_SHELF, after, now.at)
        supply = None if saved.offer is None else case.supplies[saved.offer]
        freed = holds(before) - holds(saved)
        if supply is not None and freed > 0:
            less = released(supply.offer, freed, saved.number, now)
            supply.offer = self._books.put(OFFER_SHELF, less, now.at)
        if action is DutyAction.DECLINE and supply is not None and case.problem.state in OPEN:
            remembered = declined_offer(
                case.problem, supply.offer.uid, supply.offer.number, saved.decline_reason, now
            )
            case.problem = self._books.put(PROBLEM_SHELF, remembered, now.at)
        self._follow(case, saved.number, now)
        words = f"{before.state.label} → {saved.state.label}"
        self._books.deed(now.at, actor, f"责任：{action.label}", saved.number, words)
        if saved.state is DutyState.CLOSED and before.state is not DutyState.CLOSED and case.closed:
            case.closed(now.at, case.problem, saved.result)

    def _follow(self, case: Case, because: str, now: Moment) -> None:
        after = followed(case.problem, case.duties, because, now)
        if after is not case.problem:
            case.problem = self._books.put(PROBLEM_SHELF, after, now.at)
