"""Volunteers, posts and shifts with sensible defaults."""

from __future__ import annotations

from datetime import date
from typing import Any

from desktop_app.core.record import Record
from desktop_app.core.rights import Right
from desktop_app.ledgers.posts import service, store
from desktop_app.ledgers.posts.rules.claim import Claim, ClaimAction
from desktop_app.ledgers.posts.rules.pattern import Pattern
from desktop_app.ledgers.posts.rules.post import Post
from desktop_app.ledgers.posts.rules.post_entry import PostForm
from desktop_app.ledgers.posts.rules.shift import Shift
from desktop_app.ledgers.posts.rules.shift_entry import ShiftForm
from desktop_app.registers.residents import service as residents
from desktop_app.registers.residents.rules import ResidentDraft
from desktop_app.registers.volunteers import store as volunteers
from desktop_app.registers.volunteers.rules.volunteer import (
    Insurance,
    Volunteer,
    VolunteerState,
)
from desktop_app.registers.volunteers.rules.words import Direction
from desktop_app.storage.numbering import next_number
from desktop_app.storage.session import Desk

TODAY = date(2026, 11, 23)
"""A Monday."""
TUESDAY = date(2026, 11, 24)
EVENING = Pattern((0, 1, 2, 3, 4), (19, 0), (21, 0))
NIGHT = Pattern((4, 5), (22, 0), (2, 0))


def volunteer(
    desk: Desk,
    name: str = "陈志明",
    birth: date | None = date(1980, 5, 1),
    *,
    insured_until: date | None = None,
    state: VolunteerState = VolunteerState.ACTIVE,
) -> Volunteer:
    """A volunteer with a resident's file, written down without the register's own form."""
    resident = residents.add(desk, ResidentDraft(name=name, birth=birth)).value
    with desk.unit_of_work("登记志愿者", needs=Right.HANDLE) as unit:
        return volunteers.SHELF.put(
            unit,
            Volunteer(
                uid=unit.new_uid(),
                station=unit.station.code,
                number=next_number(unit, 2026, series="V"),
                resident=resident.uid,
                registered_on=TODAY,
                state=state,
                insurance=Insurance("志愿者意外险", "", insured_until) if insured_until else None,
            ),
        )


def post_form(**more: Any) -> PostForm:
    """夜间巡逻, two people on every evening from Monday to Friday."""
    values: dict[str, Any] = {
        "name": "夜间巡逻",
        "direction": Direction.PATROL,
        "place_words": "荷塘社区一至五栋",
        "quota": 2,
        "pattern": EVENING,
    }
    return PostForm(**{**values, **more})


def post(desk: Desk, **more: Any) -> Post:
    return service.open_post(desk, post_form(**more)).value


def on_post(desk: Desk, at: Post, who: Volunteer) -> Claim:
    """Claimed and confirmed."""
    claim = service.claim(desk, at.uid, who.uid).value
    return service.act_on_claim(desk, claim.uid, ClaimAction.APPROVE, claim.revision).value


def shift_form(at: Post, who: Volunteer, day: date = TUESDAY, **more: Any) -> ShiftForm:
    return ShiftForm(post=at.uid, volunteer=who.uid, day=day, **more)


def plan(desk: Desk, at: Post, who: Volunteer, day: date = TUESDAY, **more: Any) -> Shift:
    return service.plan(desk, shift_form(at, who, day, **more)).value


def stored(desk: Desk, record: Record) -> Any:
    """A record as it stands in its table."""
    shelves = (store.POST_SHELF, store.CLAIM_SHELF, store.SHIFT_SHELF)
    shelf: Any = next(one for one in shelves if one.kind.cls is type(record))
    with desk.reading(needs=Right.READ) as connection:
        return shelf.need(connection, record.uid)
