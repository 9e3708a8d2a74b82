"""A station as the page shows it. Words only; nothing here ranks anybody."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from desktop_app.core.clock import Zone
from desktop_app.core.travel import Profile
from desktop_app.core.wording import days_ago, list_day, list_moment, number
from desktop_app.registers.offices.rules import StationEntry, StationKey, StationState
from desktop_app.street.overview.rules.reporting import reported_until
from desktop_app.street.stations.rules import StationStand
from desktop_app.widgets.chips import ChipText
from desktop_app.widgets.facts import Fact
from desktop_app.widgets.table_model import Cell

NEVER = "还没有报送"
_STATES: dict[StationState, tuple[str, str]] = {
    StationState.EXPECTED: ("warn", "hourglass"),
    StationState.JOINED: ("ok", "circle-check"),
    StationState.REVOKED: ("late", "ban"),
    StationState.MERGED: ("quiet", "corner-up-right"),
    StationState.MOVED: ("quiet", "log-out"),
}


@dataclass(frozen=True, slots=True)
class StationRow:
    """One station in words, made off the window's thread."""

    stand: StationStand
    name: str
    state: ChipText
    reported: Cell
    until: str
    gap: Cell
    photos: str
    profile: str
    clock: Cell
    version: str

    @property
    def uid(self) -> str:
        return self.stand.entry.uid.hex


def row_of(stand: StationStand, zone: Zone, today: date) -> StationRow:
    """The row of a station."""
    report = stand.report
    parked = "" if report is None or not report.parked else f"暂存 {number(report.parked)} 条"
    photos = "" if report is None or not report.photos_missing else number(report.photos_missing)
    return StationRow(
        stand=stand,
        name=stand.entry.name,
        state=state_chip(stand.entry.state),
        reported=_reported(stand, zone, today),
        until=_until(stand, zone, today),
        gap=_gap(stand) or (ChipText(parked, "warn", "archive") if parked else ""),
        photos=f"{photos} 张" if photos else "",
        profile=profile_word(stand),
        clock=_clock(stand),
        version="" if report is None else report.version,
    )


def state_chip(state: StationState) -> ChipText:
    """How a station stands, as a chip."""
    tone, icon = _STATES[state]
    return ChipText(state.label, tone, icon)


def profile_word(stand: StationStand) -> str:
    """How much it sends."""
    if stand.report is None:
        return ""
    value = stand.report.standing.profile
    return next((one.label for one in Profile if one.value == value), value)


def ahead_words(ms: int) -> str:
    """快 2 小时 5 分; empty when the clock may be right."""
    if not ms:
        return ""
    minutes = ms // 60_000
    days, hours, minutes = minutes // 1440, minutes // 60 % 24, minutes % 60
    if days:
        return f"快 {number(days)} 天"
    return f"快 {hours} 小时 {minutes} 分" if hours else f"快 {minutes} 分钟"


def _reported(stand: StationStand, zone: Zone, today: date) -> Cell:
    report = stand.report
    if stand.late:
        return ChipText(f"{number(stand.waiting or 0)} 天未报送", "warn", "clock-alert")
    if report is None or report.last_at is None:
        return NEVER if stand.waiting is not None else ""
    return days_ago(zone.day(report.last_at), today)


def _until(stand: StationStand, zone: Zone, today: date) -> str:
    """Up to which day what came of it reaches."""
    if stand.report is None or not stand.has_sent:
        return ""
    known = stand.report.standing
    until = reported_until(zone.day(known.made_at), zone.day(known.taken_at))
    return list_day(until, today=today)


def _gap(stand: StationStand) -> Cell:
    missing = None if stand.report is None else stand.report.missing
    if missing is None:
        return ""
    return ChipText(f"缺 {missing[0]}—{missing[1]} 号", "warn")


def _clock(stand: StationStand) -> Cell:
    words = ahead_words(stand.clock_ahead)
    return ChipText(words, "warn", "clock-alert") if words else ""


def report_facts(stand: StationStand, zone: Zone, today: date) -> list[Fact]:
    """What has come from a station."""
    report = stand.report
    if report is None or not report.applied:
        return [Fact("资料截至", NEVER, kept=True)]
    standing = report.standing
    missing = report.missing
    made = list_moment(standing.made_at, zone, today=today)
    ahead = ahead_words(stand.clock_ahead)
    return [
        Fact("资料截至", _until(stand, zone, today), kept=True),
        Fact("收到", f"第 {report.applied} 号变更"),
        Fact("最近收件", list_moment(standing.taken_at, zone, today=today)),
        Fact("制作时间", f"{made}（站点电脑的时间）"),
        Fact("断档", "" if missing is None else f"缺第 {missing[0]}—{missing[1]} 号变更"),
        Fact("暂存", f"{number(report.parked)} 条" if report.parked else ""),
        Fact("照片待到", f"{number(report.photos_missing)} 张" if report.photos_missing else ""),
        Fact("内容", profile_word(stand)),
        Fact("站点版本", report.version),
        Fact("站点时间", f"{ahead}，请提醒校准" if ahead else ""),
    ]


def entry_facts(stand: StationStand, today: date) -> list[Fact]:
    """What the street knows of a station itself."""
    entry = stand.entry
    earlier = "、".join(
        f"{one.name}（到{list_day(one.until, today=today)}）" for one in entry.earlier_names
    )
    return [
        Fact("编码", entry.code, kept=True),
        Fact("状态", f"{entry.state.label}{_where(entry)}"),
        Fact("加入日期", list_day(entry.since, today=today)),
        Fact("截止日期", list_day(entry.until, today=today) if entry.until else ""),
        Fact("曾用名", earlier),
        Fact("分自", entry.origin),
        Fact("备注", entry.note),
    ]


def key_facts(stand: StationStand, zone: Zone, today: date) -> list[Fact]:
    """The keys a station signed with, the newest first."""
    keys = sorted(stand.keys, key=_since, reverse=True)
    return [
        Fact(list_day(zone.day(key.since), today=today), _key(key, zone, today)) for key in keys
    ]


def _since(key: StationKey) -> int:
    return key.since


def _key(key: StationKey, zone: Zone, today: date) -> str:
    if key.revoked_at is not None:
        day = list_day(zone.day(key.revoked_at), today=today)
        return f"{day} 吊销：{key.reason}" if key.reason else f"{day} 吊销"
    if key.until is not None:
        return f"{list_day(zone.day(key.until), today=today)} 换下"
    return "在用" if key.used_at is not None else "已登记，还没有用它上报过"


def _where(entry: StationEntry) -> str:
    if entry.successor:
        return f" {entry.successor}"
    return f"到{entry.moved_to}" if entry.moved_to else ""
