"""What becomes of stations: renamed, merged, split, moved to another street, taken back.

Old rows keep the code of the station that wrote them; `Structure` says under which station they
are counted today or were on a day. None of this touches a key: the last bundle of a station that
is over may still be on its way. The street revokes the key when it has arrived.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from desktop_app.core.changes import Changed, changed
from desktop_app.core.errors import UserError
from desktop_app.core.rights import Right
from desktop_app.core.wording import paper_day
from desktop_app.registers.offices import store
from desktop_app.registers.offices.record import KIND
from desktop_app.registers.offices.rules import (
    EarlierName,
    StationEntry,
    StationState,
    checked_code,
    checked_name,
    checked_place,
    checked_reason,
)
from desktop_app.registers.offices.service.edition import needs_station, needs_street
from desktop_app.registers.offices.service.parts import need_living, need_station
from desktop_app.storage.lineage import rename_station
from desktop_app.storage.session import Desk, Unit


def rename(
    desk: Desk, code: str, name: str, *, day: date | None = None, reason: str
) -> Changed[StationEntry]:
    """Call a station by another name from `day` on (today); old reports keep the old name."""
    wanted, why = checked_name(name), checked_reason(reason)
    with desk.unit_of_work("站点更名", needs=Right.MANAGE_STATION) as unit:
        needs_street(unit.station, "站点更名")
        known = need_living(unit, code)
        if wanted == known.name:
            raise UserError(f"{known.code} 本来就叫“{wanted}”，没有改动。", field="name")
        first = _first_day(unit, known, day)
        earlier = known.earlier_names
        if first > known.since:
            earlier = (*earlier, EarlierName(known.name, first))
        renamed = store.SHELF.put(unit, replace(known, name=wanted, earlier_names=earlier))
        unit.about(known.code, f"{known.name} → {wanted}，{why}")
    return changed(KIND.name, renamed.uid, renamed)


def merge(
    desk: Desk, code: str, into: str, *, day: date | None = None, reason: str
) -> Changed[StationEntry]:
    """Let another station carry on the work of this one from `day` on (today)."""
    why = checked_reason(reason)
    with desk.unit_of_work("站点合并", needs=Right.MANAGE_STATION) as unit:
        needs_street(unit.station, "站点合并")
        known, heir = need_living(unit, code), need_living(unit, into)
        if known.uid == heir.uid:
            raise UserError(
                "一个站点不能并入它自己，没有改动。", "请写另一个站点的编码。", field="into"
            )
        merged = _ended(unit, known, day, StationState.MERGED, successor=heir.code)
        unit.about(known.code, f"并入 {heir.code}（{heir.name}），{why}")
    return changed(KIND.name, merged.uid, merged)


def split(
    desk: Desk, code: str, new_code: str, new_name: str, *, day: date | None = None, reason: str
) -> Changed[StationEntry]:
    """Split a new station off this one from `day` on (today); answers the new one.

    What the old one has registered stays its own. The new one joins like any other; a station that
    is dissolved into several is split first and then merged into one of them.
    """
    wanted, name, why = checked_code(new_code), checked_name(new_name), checked_reason(reason)
    with desk.unit_of_work("站点拆分", needs=Right.MANAGE_STATION) as unit:
        needs_street(unit.station, "站点拆分")
        known = need_living(unit, code)
        taken = store.station_named(unit.connection, wanted)
        if taken is not None or wanted == unit.station.code:
            raise UserError(
                f"编码 {wanted} 已被使用，没有改动。",
                "请给新站点一个没有用过的编码。",
                field="code",
            )
        new = store.SHELF.put(
            unit,
            StationEntry(
                uid=unit.new_uid(),
                station=unit.station.code,
                code=wanted,
                name=name,
                since=_first_day(unit, known, day),
                origin=known.code,
            ),
        )
        unit.about(known.code, f"分出 {new.code}（{new.name}），{why}")
    return changed(KIND.name, new.uid, new)


def move_out(
    desk: Desk, code: str, to: str, *, day: date | None = None, reason: str
) -> Changed[StationEntry]:
    """Let a station go to another street from `day` on (today). What it reported stays here."""
    where, why = checked_place(to), checked_reason(reason)
    with desk.unit_of_work("站点迁出", needs=Right.MANAGE_STATION) as unit:
        needs_street(unit.station, "站点迁出")
        known = need_living(unit, code)
        moved = _ended(unit, known, day, StationState.MOVED, moved_to=where)
        unit.about(known.code, f"迁往{where}，{why}")
    return changed(KIND.name, moved.uid, moved)


def reinstate(desk: Desk, code: str, reason: str) -> Changed[StationEntry]:
    """Take back that a station was merged or moved; its key is believed or not as before."""
    why = checked_reason(reason)
    with desk.unit_of_work("恢复站点", needs=Right.MANAGE_STATION) as unit:
        needs_street(unit.station, "恢复站点")
        known = need_station(unit, code)
        if not known.state.over:
            raise UserError(f"{known.code} 没有并入或迁出，没有改动。", "请看站点清单。")
        back = store.SHELF.put(
            unit,
            replace(
                known, state=_state_by_keys(unit, known), until=None, successor="", moved_to=""
            ),
        )
        unit.about(known.code, why)
    return changed(KIND.name, back.uid, back)


def rename_here(desk: Desk, name: str) -> str:
    """Give this station's own home another name, from its next opening on; answers it."""
    wanted = checked_name(name)
    with desk.unit_of_work("更改本站名称", needs=Right.MANAGE_STATION) as unit:
        needs_station(unit.station, "更改本站名称")
        rename_station(unit, wanted)
        unit.about(unit.station.code, f"{unit.station.name} → {wanted}")
    return wanted


def _ended(
    unit: Unit,
    known: StationEntry,
    day: date | None,
    state: StationState,
    *,
    successor: str = "",
    moved_to: str = "",
) -> StationEntry:
    over = replace(
        known,
        state=state,
        until=_first_day(unit, known, day),
        successor=successor,
        moved_to=moved_to,
    )
    return store.SHELF.put(unit, over)


def _state_by_keys(unit: Unit, entry: StationEntry) -> StationState:
    keys = store.keys_of(unit.connection, entry.code)
    if any(key.trusted for key in keys):
        return StationState.JOINED
    return StationState.REVOKED if keys else StationState.EXPECTED


def _first_day(unit: Unit, entry: StationEntry, day: date | None) -> date:
    """The day from which a change counts: not before the station was there or was last renamed,
    and not in the future."""
    today = unit.zone.day(unit.now)
    first = today if day is None else day
    earliest = entry.earlier_names[-1].until if entry.earlier_names else entry.since
    if first > today:
        raise UserError(
            "日期还没有到，没有改动。", "请到了那一天再做，或写今天和更早的日期。", field="day"
        )
    if first < earliest:
        raise UserError(
            f"日期早于 {paper_day(earliest)}（该站点设立或上次更名的日期），没有改动。",
            "请核对日期。",
            field="day",
        )
    return first
