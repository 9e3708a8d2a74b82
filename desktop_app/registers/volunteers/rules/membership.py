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

    @property
    def empty(self) -> bool:
        """Whether no day counts: left on the day of joining, or told with another stay."""
        return self.left_on == self.joined_on

    def overlaps(self, other: Membership) -> bool:
        """Whether there is a day, or will be one, that both count."""
        if self.empty or other.empty:
            return False
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


TOLD_TWICE = "与另一条入队记录合并"


def told_once(stays: Iterable[Membership]) -> list[Membership]:
    """The stays of one person in one team, who was found to be written down twice, without overlap.

    Stays that overlap become one: the earliest is extended to the end of all, the others count no
    day any more. Answers those that changed.
    """
    changed: list[Membership] = []
    kept: Membership | None = None
    whole: Membership | None = None
    for stay in sorted(stays, key=_by_day):
        if stay.empty:
            continue
        if whole is None or kept is None or not whole.overlaps(stay):
            changed += _if_changed(kept, whole)
            kept = whole = stay
            continue
        whole = _extended(whole, stay)
        changed.append(altered(stay, left_on=stay.joined_on, left_reason=TOLD_TWICE))
    return changed + _if_changed(kept, whole)


def _by_day(stay: Membership) -> tuple[date, str]:
    return stay.joined_on, stay.uid.hex


def _if_changed(before: Membership | None, after: Membership | None) -> list[Membership]:
    return [after] if after is not None and after is not before else []


def _extended(whole: Membership, other: Membership) -> Membership:
    """One stay from the beginning of the first to the end of the later one, with its role."""
    if whole.left_on is not None and (other.left_on is None or other.left_on > whole.left_on):
        return altered(whole, left_on=other.left_on, left_reason=other.left_reason, role=other.role)
    if whole.left_on is None and other.left_on is None:
        ranks = list(MemberRole)
        return altered(whole, role=max(whole.role, other.role, key=ranks.index))
    return whole
