"""How 共建单位 look in lists and on their page: rows, chips, letters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from desktop_app.core.ids import Uid
from desktop_app.core.rights import Actor, Right
from desktop_app.core.wording import list_day
from desktop_app.registers.offices.names import StationNames
from desktop_app.registers.partners.rules import PartnerLine
from desktop_app.widgets.chips import ChipText

CHANGE, END, RESUME, AGREE = "change", "end", "resume", "agree"
KEYS: Mapping[str, str] = {CHANGE: "E", END: "T", RESUME: "B", AGREE: "X"}
"""The letter of each deed, on the focused row and on the page of a unit."""

VERBS: Mapping[str, str] = {
    CHANGE: "修改",
    END: "不再共建",
    RESUME: "恢复共建",
    AGREE: "草拟协议",
}
ICONS: Mapping[str, str] = {
    CHANGE: "pencil",
    END: "ban",
    RESUME: "undo-2",
    AGREE: "file-text",
}


@dataclass(frozen=True, slots=True)
class WithPartner:
    """Wanted of a list's pane: begin a new record there with this unit."""

    partner: Uid


@dataclass(frozen=True, slots=True)
class PartnerRow:
    """The words of one line, made off the window's thread; the phone is masked.

    `agreements` is how many agreements with it hold now; None where nobody counted.
    """

    line: PartnerLine
    state: ChipText
    agreements: int | None
    station: str

    @property
    def uid(self) -> str:
        return self.line.uid.hex


def row_of(
    line: PartnerLine, today: date, stations: StationNames, agreements: Mapping[Uid, int] | None
) -> PartnerRow:
    """The row of a line of the list; `stations` name whose it is, at a street."""
    return PartnerRow(
        line,
        state_chip(line.since, line.until, today),
        None if agreements is None else agreements.get(line.uid, 0),
        stations.of(line.station),
    )


def state_chip(since: date | None, until: date | None, today: date) -> ChipText:
    """Whether it is a partner, and since or until when."""
    if until is not None:
        return ChipText(f"{list_day(until, today=today)}止", "quiet", "ban")
    if since is None:
        return ChipText("共建中", "ok")
    return ChipText(f"{since.year}年起", "ok")


def may_change(actor: Actor) -> bool:
    """Whether this operator opens the form: the form shows phones."""
    return actor.may(Right.HANDLE) and actor.may(Right.REVEAL)
