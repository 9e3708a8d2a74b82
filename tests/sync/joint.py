"""What a station does with its units, agreements, three lists and volunteers, as the machine plays
it.

A deed takes the record drawn for it among those that let it be done, and answers what it did; where
there is none it begins one, so that no step of a history is wasted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Set
from dataclasses import replace
from typing import Any

import sqlalchemy as sa

from desktop_app import catalog
from desktop_app.core.ids import Uid
from desktop_app.core.photos import Picture
from desktop_app.core.rights import Actor, Right
from desktop_app.core.travel import Carried, Profile, Projector
from desktop_app.ledgers.agreements import service as agreements
from desktop_app.ledgers.agreements.rules.agreement import Agreement, AgreementState
from desktop_app.ledgers.three_lists import service as lists
from desktop_app.ledgers.three_lists.rules.duty import Duty, DutyAction, DutyState
from desktop_app.ledgers.three_lists.rules.duty_steps import DutyDetails
from desktop_app.ledgers.three_lists.rules.offer import Offer, OfferState, free_of
from desktop_app.ledgers.three_lists.rules.problem import FOLLOWS, Problem, ProblemState
from desktop_app.registers.partners import service as partners
from desktop_app.registers.partners.rules import Partner, form_of
from desktop_app.storage.session import Desk
from tests.ledgers.agreements.builders import draft, unit
from tests.ledgers.three_lists.builders import duty_form, jpeg, offer, raise_problem
from tests.sync import helping
from tests.sync.houses import House

KINDS = ("partners", "agreements", "problems", "offers", "duties", *helping.KINDS)
"""In an order in which what is pointed at comes first."""

Records = dict[Uid, Any]
Deed = Callable[[House, int], str]

_DEPUTY = Actor(uid=None, name="陈副站长", role="站长", rights=frozenset(Right))
_PICTURE = jpeg()
_PROJECTORS = {kind: Projector(catalog.travelling()[kind].kind, Profile.WORK) for kind in KINDS}


def records(house: House, kind: str, station: str | None = None) -> Records:
    """All of a kind, tombstones too."""
    shelf = catalog.travelling()[kind]
    query = sa.select(shelf.table)
    if station is not None:
        query = query.where(shelf.table.c.station == station)
    with house.desk.reading(needs=Right.READ) as connection:
        found = shelf.values(connection.execute(query).mappings())
    return {one.uid: one for one in found}


# --- what is done ---------------------------------------------------------------------------------


def welcome(house: House, which: int) -> str:
    """A unit joins, and the two put down what they mean to do."""
    draft(house.desk, unit(house.desk, name=f"青榕街道第{which}小学").uid)
    return "agreement drafted"


def agree(house: House, which: int) -> str:
    """A day on which volunteers serve, and an agreement with a unit goes on."""
    done = helping.help_out(house, which, _one)
    _agree(house, which)
    return done


def _agree(house: House, which: int) -> str:
    """An agreement goes on: it is signed, or renewed, ended, or thrown away while a draft."""
    desk = house.desk
    one: Agreement | None = _one(
        house, "agreements", which,
        lambda it: it.state in (AgreementState.DRAFT, AgreementState.SIGNED),
    )  # fmt: skip
    if one is None:
        return welcome(house, which)
    if one.state is AgreementState.SIGNED:
        if which % 2:
            agreements.end(desk, one.uid, one.revision, "单位搬离", desk.today)
            return "agreement ended"
        agreements.renew(desk, one.uid, one.revision)
        return "agreement renewed"
    if which % 3 == 0:
        agreements.discard(desk, one.uid, one.revision)
        return "draft thrown away"
    agreements.sign(desk, one.uid, one.revision, desk.today)
    return "agreement signed"


def look_up(house: House, which: int) -> str:
    """A unit's file is put right: somebody else is called there."""
    one: Partner | None = _one(house, "partners", which, lambda it: it.until is None)
    if one is None:
        return welcome(house, which)
    if which % 4 == 0:
        partners.end(house.desk, one.uid, one.revision, "单位撤销")
        return "unit left"
    form = replace(form_of(one), name=one.name or "青榕中心小学", liaison=f"王小{which % 9}")
    partners.change(house.desk, one.uid, one.revision, form, same_name=True)
    return "unit changed"


def promise(house: House, which: int) -> str:
    """A problem, something a unit gives, and the duty that comes of both (配对认领)."""
    desk = house.desk
    problem: Problem | None = _one(
        house, "problems", which,
        lambda it: it.state in FOLLOWS and it.state is not ProblemState.CLOSED,
    )  # fmt: skip
    given: Offer | None = _one(house, "offers", which, _is_free)
    if problem is None or which % 2:
        problem = raise_problem(desk, affected=which % 40 + 1)
    if given is None:
        partner: Partner = _one(house, "partners", which, lambda _: True) or unit(desk)
        given = offer(desk, partner=partner.uid, partner_name=partner.name, amount=3)
    lists.propose(desk, duty_form(problem, given, amount=1))
    return "claimed"


def go_on(house: House, which: int) -> str:
    """A duty goes its way: taken on and handed in with evidence, then looked over by another."""
    duty: Duty | None = _one(house, "duties", which, lambda it: it.live)
    if duty is None:
        return promise(house, which)
    if duty.state is DutyState.TO_REVIEW:
        _act(Desk(house.database, _DEPUTY), duty, DutyAction.REVIEW_OK)
        return "销号"
    if duty.state is DutyState.PROPOSED:
        duty = _act(house.desk, duty, DutyAction.ACCEPT)
        if which % 3 == 0:
            return "taken"
    if not duty.evidence:
        pictures = [Picture(_PICTURE, 80, 60)]
        blobs = house.database.blobs
        duty = lists.add_evidence(house.desk, blobs, duty.uid, duty.revision, pictures).value
    _act(house.desk, duty, DutyAction.SUBMIT, result="楼道灯全部换好")
    return "handed in"


def turn_back(house: House, which: int) -> str:
    """What was done is undone: opened again, given up, or withdrawn."""
    desk = house.desk
    shut: Problem | None = _one(
        house, "problems", which, lambda it: it.state is ProblemState.CLOSED
    )
    if shut is not None:
        lists.reopen_problem(desk, shut.uid, shut.revision, "灯又灭了")
        return "opened again"
    duty: Duty | None = _one(house, "duties", which, lambda it: it.live)
    if duty is not None and which % 2:
        _act(desk, duty, DutyAction.CANCEL, words="单位临时抽不出人")
        return "given up"
    given: Offer | None = _one(house, "offers", which, lambda it: it.state is OfferState.OPEN)
    if given is not None:
        lists.withdraw_offer(desk, given.uid, given.revision, "单位另有安排")
        return "offer withdrawn"
    problem: Problem | None = _one(
        house, "problems", which, lambda it: it.state is ProblemState.LISTED
    )
    if problem is None:
        return promise(house, which)
    lists.withdraw_problem(desk, problem.uid, problem.revision, "居民自己换好了")
    return "problem withdrawn"


DEEDS: tuple[Deed, ...] = (
    promise, go_on, go_on, go_on, go_on, turn_back, agree, look_up,
)  # fmt: skip


def _act(desk: Desk, duty: Duty, action: DutyAction, **details: Any) -> Duty:
    return lists.act(desk, duty.uid, action, duty.revision, DutyDetails(**details)).value


def _one(house: House, kind: str, which: int, fits: Callable[[Any], bool]) -> Any:
    """One of those that fit, the same for the same draw; None when there is none."""
    found: Iterable[Any] = records(house, kind).values()
    living = sorted((one for one in found if not one.deleted and fits(one)), key=lambda it: it.uid)
    return living[which % len(living)] if living else None


def _is_free(one: Offer) -> bool:
    free = free_of(one.amount, one.promised)
    return one.state is OfferState.OPEN and (free is None or free > 0)


# --- whether both sides have the same -------------------------------------------------------------


def gathered(house: House, station: str | None = None) -> dict[str, Records]:
    """The records of all these kinds."""
    return {kind: records(house, kind, station) for kind in KINDS}


def check(
    here: Mapping[str, Records],
    there: Mapping[str, Records],
    ours: Mapping[str, Records],
    theirs: Mapping[str, Records],
    waiting: Set[Uid],
) -> None:
    """What the station has is at the street, field by field as far as it travels, and nothing else
    is; what either side had before they talked is there still, unless either had thrown it away.

    Of a name or a telephone the street has the mask of ours, or what it had before: ours may be
    blank because it only came back from there. `waiting` is what it put aside (暂存).
    """
    for kind in KINDS:
        living = {uid for uid, one in ours[kind].items() if not one.deleted}
        known = set(here[kind]) | set(there[kind])
        gone = {uid for side in (here, there) for uid, one in side[kind].items() if one.deleted}
        assert living == known - gone, kind
        arrived = {uid for uid, one in theirs[kind].items() if not one.deleted}
        assert arrived == living - waiting, kind
        numbers = [one.number for one in ours[kind].values() if hasattr(one, "number")]
        assert len(set(numbers)) == len(numbers), kind
        for uid in living - waiting:
            _check_fields(kind, ours[kind][uid], theirs[kind][uid], there[kind].get(uid))


def _check_fields(kind: str, ours: Any, theirs: Any, before: Any) -> None:
    assert theirs.revision == ours.revision, kind
    plain = catalog.travelling()[kind].kind.to_plain
    sent, came = _PROJECTORS[kind](plain(ours)), plain(theirs)
    had = plain(before) if before is not None else {}
    for name, how in _PROJECTORS[kind].carried.items():
        if how is Carried.CLEAR:
            assert came[name] == sent[name], (kind, name)
        elif how is Carried.MASKED:
            assert came[name] in (sent[name], had.get(name)), (kind, name)
        else:
            assert not came[name] or came[name] == had.get(name), (kind, name)
