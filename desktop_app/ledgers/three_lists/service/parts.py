"""What several use cases share: records as seen, the moment, a problem that follows its duties."""

from __future__ import annotations

from desktop_app.core.errors import Conflict
from desktop_app.core.ids import Uid
from desktop_app.core.steps import Moment
from desktop_app.ledgers.three_lists import store
from desktop_app.ledgers.three_lists.record import DUTIES, OFFERS, PROBLEMS
from desktop_app.ledgers.three_lists.rules.duty import Duty
from desktop_app.ledgers.three_lists.rules.offer import Offer
from desktop_app.ledgers.three_lists.rules.problem import Problem
from desktop_app.ledgers.three_lists.rules.problem_steps import followed
from desktop_app.storage.session import Unit

ALL_KINDS = frozenset({PROBLEMS.name, OFFERS.name, DUTIES.name})


def moment(unit: Unit) -> Moment:
    """Now, at this seat."""
    return Moment(unit.now, unit.zone.day(unit.now), unit.actor.name, unit.actor.uid)


def seen_problem(unit: Unit, uid: Uid, revision: int | None) -> Problem:
    """The problem as the clerk saw it, locked until the unit ends; `Conflict` when it has changed
    since. Without a revision: as it is now."""
    problem = store.to_change(unit.connection, store.PROBLEM_SHELF, uid)
    if revision not in (None, problem.revision):
        raise Conflict(PROBLEMS.label)
    return problem


def seen_offer(unit: Unit, uid: Uid, revision: int | None) -> Offer:
    """The same of an offer."""
    offer = store.to_change(unit.connection, store.OFFER_SHELF, uid)
    if revision not in (None, offer.revision):
        raise Conflict(OFFERS.label)
    return offer


def seen_duty(unit: Unit, uid: Uid, revision: int) -> tuple[Problem | None, Offer | None, Duty]:
    """The duty as the clerk saw it, with its problem and its offer, all locked until the unit ends.

    At a street the problem or the offer may not have come yet.
    """
    connection = unit.connection
    known = store.DUTY_SHELF.need(connection, uid)
    problem = offer = None
    if store.PROBLEM_SHELF.get(connection, known.problem) is not None:
        problem = store.to_change(connection, store.PROBLEM_SHELF, known.problem)
    if known.offer and store.OFFER_SHELF.get(connection, known.offer) is not None:
        offer = store.to_change(connection, store.OFFER_SHELF, known.offer)
    duty = store.to_change(connection, store.DUTY_SHELF, uid)
    if duty.revision != revision:
        raise Conflict(DUTIES.label)
    return problem, offer, duty


def follow(unit: Unit, problem: Problem | None, because: str) -> Problem | None:
    """Save the problem as its duties make it stand now, in the same unit of work as theirs."""
    if problem is None:
        return None
    duties = store.duties_of(unit.connection, problem.uid)
    after = followed(problem, duties, because, moment(unit))
    return problem if after is problem else store.PROBLEM_SHELF.put(unit, after)
