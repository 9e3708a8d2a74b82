"""Who is in which team from when to when. Pure.

A membership is half open: the day of joining counts, the day of leaving does not. So somebody may
leave in the morning and join again in the afternoon, and no day counts twice. Leaving keeps the
row; joining again is a new one.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from desktop_app.core.errors import UserError
from desktop_app.core.ids import Uid
from desktop_app.core.record import Record, altered
from desktop_app.registers.volunteers.rules.course import refuse_future
from desktop_app.registers.volunteers.rules.words import MemberRole


@dataclass(frozen=True, kw_only=True)
class Membership(Record):
    """One stay of a volunteer in a team. `left_on` is the first day that no longer counts; None
    while the stay goes on. `role` is the last one held."""

    team: Uid
    volunteer: Uid
    joined_on: date
    left_on: date | None = None
    left_reason: str = ""
    role: MemberRole = MemberRole.MEMBER

    @property
    def open(self) -> bool:
        return self.left_on is None and not self.deleted

    def holds_on(self, day: date) -> bool:
        """Whether the volunteer is in the team on that day: the day of leaving does not count."""
        return self.joined_on <= day and (self.left_on is None or day < self.left_on)

    def overlaps(self, other: Membership) -> bool:
        """Whether there is a day, or will be one, that both count."""
        return (self.left_on is None or other.joined_on < self.left_on) and (
            other.left_on is None or self.joined_on < other.left_on
        )


def refuse_overlap(fresh: Membership, others: Iterable[Membership]) -> None:
    """One stay at a time: raise `UserError` when another one counts the same days."""
    for other in others:
        if other.uid == fresh.uid or other.deleted or not fresh.overlaps(other):
            continue
        if other.left_on is None:
            raise UserError(
                f"这名志愿者从{other.joined_on:%Y-%m-%d}起就在这支队伍里，没有再加一次。",
                "如要改入队日期，请先退队再重新入队。",
                field="joined_on",
            )
        raise UserError(
            f"这名志愿者{other.joined_on:%Y-%m-%d}至{other.left_on:%Y-%m-%d}已在这支队伍里，"
            "日期有重叠，没有保存。",
            f"请把入队日期改到{other.left_on:%Y-%m-%d}或以后。",
            field="joined_on",
        )


def left(membership: Membership, day: date, reason: str, today: date) -> Membership:
    """The stay that ends: `day` is the first one that no longer counts. Raises `UserError`."""
    if membership.left_on is not None:
        raise UserError(
            f"这名队员{membership.left_on:%Y-%m-%d}已经退队，没有改动。", "如要再来，请重新入队。"
        )
    refuse_future(day, today, "退队日期", "left_on")
    if day < membership.joined_on:
        raise UserError(
            f"退队日期早于入队日期{membership.joined_on:%Y-%m-%d}，没有改动。",
            "请核对这两个日期。",
            field="left_on",
        )
    return altered(membership, left_on=day, left_reason=reason)


def ended(membership: Membership, day: date, reason: str) -> Membership:
    """The stay as it ends because the team or the volunteer ends: never before it began."""
    return altered(membership, left_on=max(day, membership.joined_on), left_reason=reason)


def together(kept: Membership, other: Membership) -> Membership:
    """Two overlapping stays of one person, found to be two spellings, as one."""
    last = None
    if kept.left_on is not None and other.left_on is not None:
        last = max(kept.left_on, other.left_on)
    later = other if other.left_on == last else kept
    return altered(
        kept,
        joined_on=min(kept.joined_on, other.joined_on),
        left_on=last,
        left_reason=later.left_reason if last else "",
        role=max(kept.role, other.role, key=list(MemberRole).index),
    )
