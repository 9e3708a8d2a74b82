"""How 报到 look in their list and on their page: letters, verbs, chips, rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from desktop_app.core.periods import parse_period
from desktop_app.core.rights import Actor, Right
from desktop_app.core.wording import paper_day
from desktop_app.ledgers.party.rules.member import (
    MemberAction,
    MemberLine,
    MemberState,
    PartyMember,
    Pledge,
    PledgeState,
)
from desktop_app.ledgers.party.rules.steps import allowed
from desktop_app.registers.offices.names import StationNames
from desktop_app.widgets.chips import ChipText
from desktop_app.widgets.record_head import Deed

_A = MemberAction

OPEN_FILE = "open_file"

_ABOUT_PLEDGES: Mapping[str, Callable[[Pledge], bool]] = {
    _A.DO: lambda one: one.state is not PledgeState.ENDED,
    _A.KEEP: lambda one: one.state is PledgeState.OPEN and bool(one.done),
    _A.END_PLEDGE: lambda one: one.state is PledgeState.OPEN,
    _A.RATE: lambda one: bool(one.done),
}
"""The steps that are about one promise, and which promises they may be about."""

DEEDS: Mapping[str, Deed] = {
    _A.SHOW: Deed("亮身份", "id-card", "L"),
    _A.DO: Deed("记践诺", "clipboard-check", "J"),
    _A.PLEDGE: Deed("作承诺", "heart-handshake", "C"),
    _A.KEEP: Deed("完成承诺", "check", "W"),
    _A.RATE: Deed("评价承诺", "star", "P"),
    _A.MAKE_FEEDBACK: Deed("做反馈表", "file-text", "F"),
    _A.SEND_FEEDBACK: Deed("寄送签收", "forward", "S"),
    _A.CHANGE: Deed("修改", "pencil", "E"),
    _A.END_PLEDGE: Deed("结束承诺", "ban", "X"),
    OPEN_FILE: Deed("居民档案", "user", "O"),
    _A.LEAVE: Deed("转出", "log-out", "Q"),
    _A.RETURN: Deed("重新报到", "undo-2", "U"),
}
"""What is done with a 报到, in the order of the buttons; the letters hold in the list, too."""


def state_chip(state: MemberState) -> ChipText:
    """Whether the party member reports here."""
    if state is MemberState.REPORTED:
        return ChipText(state.label, "ok")
    return ChipText(state.label, "quiet", "log-out")


def quarter_words(quarter: str) -> str:
    """`2026-Q3` as people say it."""
    return parse_period(quarter).label


def may_change(actor: Actor) -> bool:
    """Whether this operator opens the form: it shows the liaison of the unit."""
    return actor.may(Right.HANDLE) and actor.may(Right.REVEAL)


def pledges_for(member: PartyMember, action: str) -> tuple[Pledge, ...]:
    """The promises a step may be about, the newest first, open ones before the others."""
    found = [one for one in reversed(member.pledges) if _ABOUT_PLEDGES[action](one)]
    return tuple(sorted(found, key=lambda one: one.state is not PledgeState.OPEN))


def deeds_for(member: PartyMember, *, file: bool) -> tuple[str, ...]:
    """What may be done as the record stands: what comes next most often stands first."""
    fits: set[str] = {_A.CHANGE, *([OPEN_FILE] if file else [])}
    for step in allowed(member):
        in_vain = step in _ABOUT_PLEDGES and not pledges_for(member, step)
        if not in_vain and (step is not _A.SEND_FEEDBACK or member.feedbacks):
            fits.add(step)
    offered = [name for name in DEEDS if name in fits]
    if member.shown_on is not None and _A.SHOW in offered:
        # It is done once; again only to mend the day.
        offered.remove(_A.SHOW)
        offered.append(_A.SHOW)
    return tuple(offered)


@dataclass(frozen=True, slots=True)
class MemberRow:
    """A line of the list in words; `station` names whose it is, at a street."""

    line: MemberLine
    shown: str
    feedback: str
    state: ChipText
    station: str

    @property
    def uid(self) -> str:
        return self.line.uid.hex


def row_of(line: MemberLine, stations: StationNames) -> MemberRow:
    return MemberRow(
        line,
        "—" if line.shown_on is None else paper_day(line.shown_on),
        quarter_words(line.last_feedback) if line.last_feedback else "—",
        state_chip(line.state),
        stations.of(line.station),
    )
