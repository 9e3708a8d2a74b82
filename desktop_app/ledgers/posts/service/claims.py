"""Claims: made, confirmed, refused, withdrawn, ended; never more than a post has places."""

from __future__ import annotations

from desktop_app.core.changes import Changed, Undo, changed
from desktop_app.core.ids import Uid
from desktop_app.core.rights import Right
from desktop_app.ledgers.posts import store
from desktop_app.ledgers.posts.record import CLAIMS
from desktop_app.ledgers.posts.rules.claim import Claim, ClaimAction
from desktop_app.ledgers.posts.rules.claim_steps import (
    claimed,
    refuse_second,
    refuse_unless,
    take_step,
    taken_back,
)
from desktop_app.ledgers.posts.rules.fitness import refuse_unfit
from desktop_app.ledgers.posts.rules.post import Post
from desktop_app.ledgers.posts.service.parts import locked_people, moment, seen
from desktop_app.registers.volunteers import store as volunteers
from desktop_app.storage.session import Desk, Unit


def claim(desk: Desk, post: Uid, volunteer: Uid, *, waiting: bool = False) -> Changed[Claim]:
    """Note that a volunteer wants a post.

    Raises `PostFull` where no place is free, unless `waiting` says that the person waits in line
    then; `AlreadyClaimed`; and what stands against the person (`fitness`).
    """
    with desk.unit_of_work("认领岗位", needs=Right.HANDLE) as unit:
        saved = claim_in(unit, post, volunteer, waiting=waiting)
    return changed(CLAIMS.name, saved.uid, saved, undo=_back_out(saved))


def claim_in(unit: Unit, post: Uid, volunteer: Uid, *, waiting: bool = False) -> Claim:
    """The same as part of a unit of work."""
    found = store.to_change(unit.connection, store.POST_SHELF, post)
    same = locked_people(unit, [volunteer])[volunteer]
    live = store.live_claims(unit.connection, post)
    # What no waiting in line would change is told first.
    refuse_second(live, same)
    _refuse_unfit(unit, found, same[0])
    fresh = claimed(found, unit.new_uid(), same[0], live, moment(unit), waiting=waiting)
    saved = store.CLAIM_SHELF.put(unit, fresh)
    unit.about(found.number, saved.state.label)
    return saved


def act_on_claim(
    desk: Desk, uid: Uid, action: ClaimAction, revision: int | None, words: str = ""
) -> Changed[Claim]:
    """One step of a claim: APPROVE, REFUSE (why), WITHDRAW, END (why).

    Who waits in line is approved when a place is free; fitness is looked at again then.
    """
    with desk.unit_of_work(f"岗位认领：{action.label}", needs=Right.HANDLE) as unit:
        post, before = _seen_claim(unit, uid, revision)
        live = store.live_claims(unit.connection, post.uid)
        refuse_unless(before, action)
        if action is ClaimAction.APPROVE:
            _refuse_unfit(unit, post, before.volunteer)
        saved = store.CLAIM_SHELF.put(
            unit, take_step(before, action, words, post, live, moment(unit))
        )
        unit.about(post.number, f"{before.state.label} → {saved.state.label}")
    return changed(CLAIMS.name, uid, saved, undo=_undo(action, before, saved))


def _seen_claim(unit: Unit, uid: Uid, revision: int | None) -> tuple[Post, Claim]:
    """The claim with its post, both locked."""
    known = store.CLAIM_SHELF.need(unit.connection, uid)
    post = store.to_change(unit.connection, store.POST_SHELF, known.post)
    return post, seen(unit, store.CLAIM_SHELF, uid, revision)


def _refuse_unfit(unit: Unit, post: Post, volunteer: Uid) -> None:
    kept = volunteers.kept_uid(unit.connection, volunteer)
    who = volunteers.fitness(unit.connection, [kept]).get(kept)
    refuse_unfit(post, who, unit.zone.day(unit.now))


def _undo(action: ClaimAction, before: Claim, saved: Claim) -> Undo:
    """The way back, if the place is still free and the person has not claimed anew."""

    def undo(desk: Desk) -> Changed[Claim]:
        with desk.unit_of_work("撤销认领的上一步", needs=Right.HANDLE) as unit:
            post, now = _seen_claim(unit, saved.uid, saved.revision)
            live = store.live_claims(unit.connection, post.uid)
            if before.live and not now.live:
                same = locked_people(unit, [before.volunteer])[before.volunteer]
                refuse_second(live, same, own=before.uid)
            put = store.CLAIM_SHELF.put(unit, taken_back(before, now, post, live, moment(unit)))
            unit.about(post.number, f"{saved.state.label} → {put.state.label}")
        return changed(CLAIMS.name, put.uid, put)

    return Undo(f"撤销{action.label}", undo)


def _back_out(saved: Claim) -> Undo:
    """A claim that was noted by mistake goes."""

    def undo(desk: Desk) -> Changed[Claim]:
        with desk.unit_of_work("撤销认领岗位", needs=Right.HANDLE) as unit:
            post, now = _seen_claim(unit, saved.uid, saved.revision)
            gone = store.CLAIM_SHELF.remove(unit, now)
            unit.about(post.number)
        return changed(CLAIMS.name, gone.uid, gone)

    return Undo("撤销认领", undo)
