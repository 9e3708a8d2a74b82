"""暂存 as the page shows it: which records could not be applied, and why. Words only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from desktop_app.core.clock import Zone
from desktop_app.core.wording import list_moment, number
from desktop_app.registers.offices.names import StationNames
from desktop_app.street.inbox.rules.parking import Reason
from desktop_app.street.inbox.service import ParkedLine, Retried
from desktop_app.widgets.chips import ChipText
from desktop_app.widgets.line_list import LineItem

NONE, NONE_WHY = "没有暂存的记录。", "放不进台账的记录会原样留在这里，写明原因和谁来处理。"
RETRY = "全部再试一次"
_STEPS: Mapping[Reason, str] = {
    Reason.UNKNOWN: "请升级街道的近邻台，升级后按“全部再试一次”。",
    Reason.NEWER: "请升级街道的近邻台，升级后按“全部再试一次”。",
    Reason.UNREADABLE: "请站点打开这条记录核对后再存一次，下次上报会带上来。",
    Reason.UNFIT: "请站点打开这条记录核对后再存一次，下次上报会带上来。",
    Reason.TAKEN: "请站点核对编号；两条记录编号相同时改其中一条，下次上报会带上来。",
    Reason.FOREIGN: "请让两个站点核对这条记录归谁，由归属的站点更改。",
    Reason.ERASED: "这条记录已经删除，不用处理。",
    Reason.MISSING: "请站点打开这条记录再存一次，下次上报会带上来。",
}


@dataclass(frozen=True, slots=True)
class ParkedView:
    """One parked record in words."""

    key: str
    title: str
    about: str
    sentence: str
    step: str
    since: str

    def item(self) -> LineItem:
        """Its line in the list."""
        return LineItem(
            self.key,
            self.title,
            beside=self.about,
            detail=f"{self.sentence}。{self.step}",
            end=self.since,
            chip=ChipText("暂存", "warn", "archive"),
        )


def view_of(line: ParkedLine, names: StationNames, zone: Zone, today: date) -> ParkedView:
    """A parked record as the list shows it."""
    one = line.record
    told = one.fields.get("number")
    which = f" {told}" if isinstance(told, str) and told else ""
    return ParkedView(
        key=f"{one.station} {one.kind} {one.uid.hex}",
        title=f"{names.of(one.station)}　{line.label}{which}",
        about=f"第 {one.n} 号变更",
        sentence=line.why,
        step=_STEPS[one.reason],
        since=list_moment(one.since, zone, today=today),
    )


def retried_words(retried: Retried) -> str:
    """What trying again has done."""
    if not retried.parked:
        return f"{number(retried.applied)} 条都收进台账了，没有暂存的记录了。"
    if not retried.applied:
        return f"还是收不进去，{number(retried.parked)} 条仍暂存着，没有丢。"
    left = number(retried.parked)
    return f"收进台账 {number(retried.applied)} 条，还有 {left} 条暂存着，没有丢。"
