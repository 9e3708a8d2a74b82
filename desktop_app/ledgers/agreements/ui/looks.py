"""How agreements look in lists and on their page: states, deeds and their letters, rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from desktop_app.core.rights import Actor, Right
from desktop_app.core.wording import list_day
from desktop_app.ledgers.agreements.rules.agreement import (
    Action,
    Agreement,
    AgreementState,
    has_expired,
    is_expiring,
)
from desktop_app.ledgers.agreements.rules.listing import EXPIRED, EXPIRING, LIVE, AgreementLine
from desktop_app.ledgers.agreements.rules.steps import steps_from
from desktop_app.registers.offices.names import StationNames
from desktop_app.widgets.chips import ChipText
from desktop_app.widgets.record_head import Deed

PRINT, SCAN, PARTNER, DISCARD = "print", "scan", "partner", "discard"

DEEDS: Mapping[str, Deed] = {
    Action.SIGN.value: Deed("签订", "file-text", "Q"),
    Action.CHANGE.value: Deed("修改", "pencil", "E"),
    Action.SUPPLEMENT.value: Deed("补充协议", "plus", "B"),
    Action.RENEW.value: Deed("续签", "refresh-cw", "X"),
    Action.CONTACTS.value: Deed("更换联络员", "user-check", "L"),
    Action.END.value: Deed("终止", "ban", "T"),
    DISCARD: Deed("删除草稿", "trash-2", "D"),
    PRINT: Deed("打印", "printer", "Ctrl+P"),
    SCAN: Deed("添加扫描件", "scan-line", "Ctrl+O"),
    PARTNER: Deed("共建单位", "building-2", "P"),
}
"""What may be done with an agreement, on its page and on its row of the list."""

ROW_DEEDS = (
    Action.SIGN.value,
    Action.CHANGE.value,
    Action.RENEW.value,
    Action.SUPPLEMENT.value,
    Action.END.value,
    PRINT,
    PARTNER,
)

ICONS: Mapping[Action, str] = {
    Action.DRAFT: "pencil",
    Action.CHANGE: "pencil",
    Action.SIGN: "file-text",
    Action.SUPPLEMENT: "plus",
    Action.CONTACTS: "user-check",
    Action.RENEW: "refresh-cw",
    Action.REPLACED: "forward",
    Action.END: "ban",
    Action.ADD_SCAN: "scan-line",
    Action.REMOVE_SCAN: "trash-2",
    Action.UNDO: "history",
}
TONES: Mapping[Action, str] = {Action.SIGN: "ok", Action.END: "warn", Action.UNDO: "warn"}

_BY_STATE: Mapping[AgreementState, tuple[Action, ...]] = {
    AgreementState.DRAFT: (Action.SIGN, Action.CHANGE),
    AgreementState.SIGNED: (Action.SUPPLEMENT, Action.RENEW, Action.CONTACTS, Action.END),
}
"""The usual next steps of a state, the most usual first."""


@dataclass(frozen=True, slots=True)
class AgreementRow:
    """The words of one line, made off the window's thread.

    `promised` says what was promised and how much of it is done, where somebody counted.
    """

    line: AgreementLine
    chip: ChipText
    span: str
    promised: str
    station: str

    @property
    def uid(self) -> str:
        return self.line.uid.hex


def row_of(
    line: AgreementLine, today: date, days: int, stations: StationNames, promised: Mapping[str, str]
) -> AgreementRow:
    """The row of a line; `days` is how soon is soon, `stations` name whose it is, at a street."""
    return AgreementRow(
        line,
        chip_of(line.state, line.ends_on, today, days),
        span_words(line.starts_on, line.ended_on or line.ends_on),
        promised.get(line.uid.hex, ""),
        stations.of(line.station),
    )


def chip_of(state: AgreementState, ends_on: date | None, today: date, days: int) -> ChipText:
    """The state as a chip: 即将到期 and 已到期 are read from the days."""
    if has_expired(state, ends_on, today):
        return ChipText(EXPIRED, "late")
    if is_expiring(state, ends_on, today, days):
        return ChipText(EXPIRING, "warn", "hourglass")
    if state is AgreementState.SIGNED:
        return ChipText(LIVE, "ok")
    tone, icon = {
        AgreementState.DRAFT: ("info", "pencil"),
        AgreementState.ENDED: ("quiet", "ban"),
        AgreementState.RENEWED: ("quiet", "refresh-cw"),
    }[state]
    return ChipText(state.label, tone, icon)


def span_words(starts: date | None, ends: date | None) -> str:
    """2026.11.23—2027.11.22: both years stand there, columns stay narrow."""
    return "—".join(day.strftime("%Y.%m.%d") if day else "…" for day in (starts, ends))


def left_words(agreement: Agreement, today: date) -> str:
    """How long it still runs, beside the state."""
    if agreement.state is not AgreementState.SIGNED or agreement.ends_on is None:
        return ""
    days = (agreement.ends_on - today).days
    if days < 0:
        return f"{list_day(agreement.ends_on, today=today)}到期"
    return "今天到期" if not days else f"还有 {days} 天到期"


def offered(actor: Actor, state: AgreementState) -> tuple[str, ...]:
    """The deeds this operator may do now, the most usual first; the rights are the services'."""
    if not actor.may(Right.HANDLE):
        return ()
    possible = steps_from(state)
    shown = [one for one in _BY_STATE.get(state, ()) if one in possible]
    if not actor.may(Right.REVEAL):
        shown = [one for one in shown if one not in (Action.CHANGE, Action.CONTACTS)]
    found = [one.value for one in shown]
    found.insert(min(2, len(found)), PRINT)
    return (*found, DISCARD if state is AgreementState.DRAFT else SCAN)
