"""Taking people out of claims and shifts for good, who ask to be forgotten."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from desktop_app.core.changes import Changed
from desktop_app.core.ids import Uid
from desktop_app.core.record import altered
from desktop_app.core.rights import Right
from desktop_app.ledgers.posts import store
from desktop_app.ledgers.posts.record import CLAIMS, SHIFTS
from desktop_app.ledgers.posts.rules.claim import Claim, ClaimStep
from desktop_app.ledgers.posts.rules.shift import Shift, ShiftStep
from desktop_app.storage.session import Desk, Unit

FORGOTTEN = "（原因已按本人要求删除）"
"""Stands for a reason that was there: that a clash was allowed stays on record."""

S = TypeVar("S", ClaimStep, ShiftStep)


def forget_words(desk: Desk, volunteers: Sequence[Uid]) -> Changed[int]:
    """Take out of the claims and shifts of these volunteers whatever was said of them.

    Posts, days and states stay, with a volunteer of whom nothing but a number is left
    (个人信息保护法 art. 47). Answers how many records there were. Cannot be undone: ask first.
    """
    with desk.unit_of_work("删除岗位中的个人信息", needs=Right.ERASE) as unit:
        found = forget_words_in(unit, volunteers)
        unit.about("", f"认领和值班 {len(found)} 条")
    return Changed(frozenset({CLAIMS.name, SHIFTS.name}), found, len(found))


def forget_words_in(unit: Unit, volunteers: Sequence[Uid]) -> tuple[Uid, ...]:
    """The same as part of a unit of work; answers whose words went."""
    claims, shifts = store.of_volunteers(unit.connection, volunteers)
    store.forget_payloads(unit, CLAIMS, [one.uid for one in claims])
    store.forget_payloads(unit, SHIFTS, [one.uid for one in shifts])
    for claim in claims:
        store.CLAIM_SHELF.put(unit, _claim_without_words(claim))
    for shift in shifts:
        store.SHIFT_SHELF.put(unit, _shift_without_words(shift))
    return tuple(one.uid for one in (*claims, *shifts))


def _claim_without_words(claim: Claim) -> Claim:
    return altered(claim, reason=_gone(claim.reason), steps=_without_words(claim.steps))


def _shift_without_words(shift: Shift) -> Shift:
    override = _gone(shift.override_reason)
    return altered(shift, override_reason=override, steps=_without_words(shift.steps))


def _gone(words: str) -> str:
    return FORGOTTEN if words else ""


def _without_words(steps: tuple[S, ...]) -> tuple[S, ...]:
    return tuple(replace(step, words="") for step in steps)
