"""One file as the page 收件 shows it: waiting, in hand, or with what became of it. Words only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from desktop_app.core.clock import Millis, Zone
from desktop_app.core.ids import Uid
from desktop_app.core.travel import Profile
from desktop_app.core.wording import list_moment, number
from desktop_app.registers.offices.ui.targets import size_words
from desktop_app.street.inbox.rules.verdicts import Outcome, Verdict
from desktop_app.street.inbox.service import TakenFile
from desktop_app.widgets.chips import ChipText
from desktop_app.widgets.facts import Fact
from desktop_app.widgets.line_list import LineItem

WAITING = ChipText("等待", "quiet", "hourglass")
IN_HAND = ChipText("正在核对", "info", "loader")
LEFT_OUT = ChipText("没有处理", "quiet", "ban")
RETURNED = ChipText("已退回", "quiet", "corner-up-right")

_CHIPS: Mapping[Outcome, tuple[str, str]] = {
    Outcome.APPLIED: ("ok", "circle-check"),
    Outcome.PARKED: ("warn", "archive"),
    Outcome.DUPLICATE: ("info", "copy"),
    Outcome.GAP: ("warn", "triangle-alert"),
    Outcome.FORKED: ("late", "triangle-alert"),
    Outcome.REFUSED: ("late", "ban"),
}
_DEEDS = (
    ("new", "新增"),
    ("changed", "更改"),
    ("deleted", "删除"),
    ("withheld", "只计数"),
    ("filled", "补全"),
    ("parked", "暂存"),
    ("again", "以前已收下"),
    ("strangers", "没有对应的记录"),
)
_NEXT_STEPS: Mapping[Outcome, str] = {
    Outcome.APPLIED: "请把回执交给站点。",
    Outcome.PARKED: "请把回执交给站点，并在“暂存”中查看原因。",
    Outcome.DUPLICATE: "请把回执交给站点，站点就知道已经送到。",
    Outcome.GAP: "请先收入缺少的那个上报包；找不到时把回执交给站点，站点会从缺的地方重新上报。",
    Outcome.FORKED: "请生成“重新对账”文件交给站点，站点导入后两边的记录都会保留。",
    Outcome.REFUSED: "文件请先留着，并打电话向站点核对。",
}
"""What to do about a file of the history, whose own next step was shown when it came."""

_PARCELS = {"bundle": "上报包", "photos": "照片"}


@dataclass(frozen=True, kw_only=True)
class FileView:
    """`key` tells files of a list apart; without `outcome` a file still waits for its verdict."""

    key: str
    name: str
    chip: ChipText = WAITING
    uid: Uid | None = None
    outcome: Outcome | None = None
    sentence: str = ""
    next_step: str = ""
    parcel: str = ""
    station: str = ""
    station_name: str = ""
    first: int = 0
    last: int = 0
    profile: str = ""
    made_at: Millis | None = None
    at: Millis | None = None
    actor: str = ""
    size: int = 0
    program: str = ""
    counts: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    receipt: Path | None = None
    returned: str = ""

    @property
    def may_be_sent_back(self) -> bool:
        """Whether there is somebody to send it back to, and nobody has done so."""
        return self.uid is not None and bool(self.station) and not self.returned

    @property
    def needs_reconciling(self) -> bool:
        """Whether the station has another past than the street."""
        return self.outcome is Outcome.FORKED and bool(self.station)


def waiting(path: Path) -> FileView:
    """A file that was dropped and has not been looked at yet."""
    return FileView(key=str(path), name=path.name)


def of_verdict(verdict: Verdict) -> FileView:
    """A file as soon as its verdict stands."""
    return FileView(
        key=str(verdict.path),
        name=verdict.path.name,
        chip=chip_of(verdict.outcome, verdict.parked),
        uid=verdict.uid,
        outcome=verdict.outcome,
        sentence=verdict.sentence,
        next_step=verdict.next_step or _NEXT_STEPS[verdict.outcome],
        parcel=verdict.parcel,
        station=verdict.station,
        station_name=verdict.station_name,
        first=verdict.first,
        last=verdict.last,
        profile=verdict.profile,
        made_at=verdict.made_at,
        counts=verdict.counts,
        receipt=verdict.receipt_path,
    )


def of_file(file: TakenFile) -> FileView:
    """A line of the history."""
    chip = RETURNED if file.returned else chip_of(file.outcome, file.parked)
    return FileView(
        key=file.uid.hex,
        name=file.name,
        chip=chip,
        uid=file.uid,
        outcome=file.outcome,
        sentence=file.sentence,
        next_step=_NEXT_STEPS[file.outcome],
        parcel=file.parcel,
        station=file.station,
        station_name=file.station_name,
        first=file.first,
        last=file.last,
        profile=file.profile,
        made_at=file.made_at,
        at=file.at,
        actor=file.actor,
        size=file.size,
        program=file.program,
        counts=file.counts,
        returned=file.returned,
    )


def chip_of(outcome: Outcome, parked: int = 0) -> ChipText:
    """The verdict as a chip."""
    tone, icon = _CHIPS[outcome]
    word = f"暂存 {number(parked)} 条" if outcome is Outcome.PARKED else outcome.label
    return ChipText(word, tone, icon)


def span_words(first: int, last: int) -> str:
    """第 121—340 号; empty without changes."""
    if not last or last < first:
        return ""
    return f"第 {first} 号" if first == last else f"第 {first}—{last} 号"


def item_of(view: FileView, zone: Zone, today: date) -> LineItem:
    """The line of the list: who and which numbers, below it the one sentence."""
    span = span_words(view.first, view.last) or _PARCELS.get(view.parcel, "")
    title = view.station_name or view.name
    beside = span if view.station_name else ""
    returned = f"已退回：{view.returned}" if view.returned else ""
    return LineItem(
        view.key,
        title,
        beside=beside,
        detail=returned or view.sentence,
        end="" if view.at is None else list_moment(view.at, zone, today=today),
        chip=view.chip,
    )


def facts_of(view: FileView, zone: Zone, today: date) -> list[Fact]:
    """What the details show of a file."""
    made = list_moment(view.made_at, zone, today=today) if view.made_at else ""
    station = f"{view.station_name}（{view.station}）" if view.station_name else view.station
    return [
        Fact("站点", station),
        Fact("文件", view.name, kept=True),
        Fact("大小", size_words(view.size) if view.size else ""),
        Fact("编号", span_words(view.first, view.last)),
        Fact("内容", _profile(view.profile)),
        Fact("制作时间", f"{made}（站点电脑的时间）" if made else ""),
        Fact("收件时间", "" if view.at is None else list_moment(view.at, zone, today=today)),
        Fact("收件人", view.actor),
        Fact("站点版本", view.program),
        Fact("回执", "" if view.receipt is None else str(view.receipt)),
        Fact("退回原因", view.returned),
    ]


def count_facts(view: FileView, labels: Mapping[str, str]) -> list[Fact]:
    """How many records of each kind came, and what became of them; `labels` name the kinds."""
    return [
        Fact(labels.get(kind, kind), words)
        for kind, of in view.counts.items()
        if (words := _deeds(of))
    ]


def _deeds(of: Mapping[str, int]) -> str:
    return "　".join(f"{word} {number(of[deed])}" for deed, word in _DEEDS if of.get(deed))


def _profile(value: str) -> str:
    return next((one.label for one in Profile if one.value == value), value)
