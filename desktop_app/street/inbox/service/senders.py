"""Who sent a file, and whether we take anything from them."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any

from desktop_app.bundle.faults import Refused
from desktop_app.bundle.header import Header, meant_for
from desktop_app.core.errors import UserError
from desktop_app.registers.offices import store as offices
from desktop_app.registers.offices.rules import (
    EarlierName,
    StationEntry,
    StationKey,
    StationState,
    checked_name,
)
from desktop_app.registers.offices.service.edition import needs_street
from desktop_app.storage.session import StationFacts, Unit

_KEEP_AND_ASK = "文件请先留着，并打电话向站点核对。"


@dataclass(frozen=True, slots=True)
class Sender:
    """A station of ours, and the key it signed with."""

    entry: StationEntry
    key: StationKey

    def name(self, header: Header) -> str:
        """What it calls itself now."""
        return header.sender_name or self.entry.name


def our_keys(connection: Any, facts: StationFacts) -> offices.OwnKeys:
    """The keys of this street. Raises `UserError` for a station, and for a street without any."""
    needs_street(facts, "收件")
    keys = offices.own_keys(connection)
    if keys is None:
        raise UserError(
            "本街道还没有密钥，站点还没有加入，没有什么可以收。",
            "请先在“站点”里生成邀请文件，让站点加入。",
        )
    return keys


def sender_of(connection: Any, header: Header, signer: bytes, street: str) -> Sender:
    """Who signed a parcel that was meant for us. Raises `Refused` when we may not take it."""
    meant_for(header, street)
    code = header.sender
    entry = offices.station_named(connection, code)
    if entry is None or entry.deleted:
        raise Refused(f"这个文件说是 {code} 发来的，本街道没有这个站点", _KEEP_AND_ASK)
    key = offices.trusted(connection, code, signer)
    if key is not None:
        # Also of a station that is over: its last bundle may have been on the way.
        return Sender(entry, key)
    if entry.state.over:
        raise Refused(*_over(entry))
    raise Refused(*_not_trusted(offices.key_known(connection, signer), entry))


def _over(entry: StationEntry) -> tuple[str, str]:
    if entry.state is StationState.MOVED:
        to = f"“{entry.moved_to}”" if entry.moved_to else "别的街道"
        return f"“{entry.name}”已经迁到{to}，不再向本街道上报", "请让站点改向新的街道上报。"
    successor = f"（{entry.successor}）" if entry.successor else ""
    return (
        f"“{entry.name}”已经并入别的站点{successor}，不再单独上报",
        "请让站点改用合并后的站点登记。",
    )


def _not_trusted(key: StationKey | None, entry: StationEntry) -> tuple[str, str]:
    if key is None or key.station != entry.code:
        return (
            f"这个文件说是“{entry.name}”发来的，签名却不是它的",
            f"可能是别人冒名，也可能是站点重装后还没有重新登记。{_KEEP_AND_ASK}",
        )
    if key.revoked_at is not None:
        return (
            f"这个文件用“{entry.name}”已吊销的密钥签名",
            f"多半是丢失的那台电脑写的，请不要使用。{_KEEP_AND_ASK}",
        )
    return (
        f"这个文件用“{entry.name}”换下的旧密钥签名",
        "请让站点用现在的电脑重新上报一次。",
    )


def note(unit: Unit, sender: Sender, header: Header, called_before: str) -> None:
    """Put down what a believed parcel tells of its sender, in the transaction that takes it in:
    its keys, and another name when it calls itself otherwise than in the parcel before."""
    offices.note_use(unit, sender.key)
    if header.next_key is not None:
        offices.note_announced_key(unit, sender.key, bytes.fromhex(header.next_key))
    entry = sender.entry
    if not called_before or header.sender_name in ("", called_before, entry.name):
        return
    today = unit.zone.day(unit.now)
    earlier = entry.earlier_names
    if today > entry.since:
        earlier = (*earlier, EarlierName(entry.name, today))
    with suppress(UserError):
        name = checked_name(header.sender_name)
        offices.SHELF.put(unit, replace(entry, name=name, earlier_names=earlier))
