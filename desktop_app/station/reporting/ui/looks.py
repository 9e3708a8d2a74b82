"""What the card and the list show of a station's reporting, made from what was read."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from desktop_app.core.clock import Zone
from desktop_app.core.wording import list_day, list_moment, number, waited
from desktop_app.station.reporting.rules.reports import Export, Phase, ReportingState
from desktop_app.station.reporting.ui.history import HistoryRow
from desktop_app.station.reporting.ui.standing import Standing
from desktop_app.station.reporting.ui.words import (
    ALL_SENT,
    NEVER_CONFIRMED,
    NEVER_REPORTED,
    NOTHING_WAITING,
    RECONCILE_FIRST,
    clock_words,
    delivered_only,
    span,
)
from desktop_app.widgets.chips import ChipText

_TONES = {Phase.EXPORTED: "warn", Phase.DELIVERED: "info", Phase.CONFIRMED: "ok"}


def phase_chip(phase: Phase) -> ChipText:
    """已导出 · 已送达 · 已确认, each with its icon."""
    icons = {Phase.EXPORTED: "hard-drive", Phase.DELIVERED: "usb", Phase.CONFIRMED: "circle-check"}
    return ChipText(phase.label, _TONES[phase], icons[phase])


def confirmed_day(state: ReportingState, history: Sequence[Export], zone: Zone) -> date | None:
    """The day up to which the street has everything: when the newest confirmed 上报 was made."""
    made = [one.made_at for one in history if one.confirmed_at is not None]
    at = max(made, default=state.confirmed_at)
    return None if at is None else zone.day(at)


def standing_of(
    state: ReportingState,
    history: Sequence[Export],
    zone: Zone,
    today: date,
    *,
    lineage: str,
    pending: int,
    late: bool,
) -> Standing:
    """How the station stands, as the card shows it."""
    day = confirmed_day(state, history, zone)
    sent = delivered_only(state, lineage)
    return Standing(
        until=NEVER_CONFIRMED if day is None else list_day(day, today=today),
        since=_since(state, zone, today, waits=sent > 0),
        late=late,
        fresh=state.waiting - sent,
        sent=sent,
        photos=state.photos_waiting,
        pending=pending,
        note=_note(state, sent),
        warning=f"街道退回了一份上报包：{state.returned}" if state.returned else "",
        nothing="" if state.waiting or state.photos_waiting else NOTHING_WAITING,
        hindrance=RECONCILE_FIRST if state.needs_reconcile else "",
    )


def _since(state: ReportingState, zone: Zone, today: date, *, waits: bool) -> str:
    parts = []
    if state.confirmed_at is not None:
        when = list_moment(state.confirmed_at, zone, today=today)
        parts.append(f"{waited(zone.day(state.confirmed_at), today)}收到回执（{when}）")
    last = state.last_delivery
    if waits and last is not None and last.delivered_at is not None:
        when = list_moment(last.delivered_at, zone, today=today)
        parts.append(f"{when} 送出的还没有回执")
    elif state.confirmed_at is None:
        parts.append(NEVER_REPORTED)
    return "；".join(parts)


def _note(state: ReportingState, sent: int) -> str:
    said = []
    if sent and sent == state.waiting and not state.photos_waiting:
        said.append(ALL_SENT)
    if state.parked:
        said.append(f"街道暂存了 {number(state.parked)} 条，等街道处理，本站不用重报。")
    said.append(clock_words(state.clock_offset))
    return "\n".join(filter(None, said))


def history_row(export: Export, zone: Zone, today: date, in_outbox: Collection[str]) -> HistoryRow:
    """One 上报 as the list shows it."""
    return HistoryRow(
        uid=export.uid.hex,
        when=list_moment(export.made_at, zone, today=today),
        numbers=span(export),
        count=number(export.changes),
        profile=export.profile.label,
        where=export.delivered_to or "—",
        who=export.made_by_name,
        state=phase_chip(export.phase),
        file_there=bool(export.files) and all(one.name in in_outbox for one in export.files),
    )
