"""Keys in use: replaced at the station in its time, revoked by the street when a PC is lost, and
the street's second key that lies on paper."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from desktop_app.bundle.keyring import OpeningKey, SigningKey
from desktop_app.core.changes import Changed, changed
from desktop_app.core.errors import UserError
from desktop_app.core.rights import Right
from desktop_app.registers.offices import files, store
from desktop_app.registers.offices.record import KIND
from desktop_app.registers.offices.rules import StationEntry, StationState, checked_reason
from desktop_app.registers.offices.service.edition import needs_station, needs_street
from desktop_app.registers.offices.service.parts import need_station
from desktop_app.storage.session import Desk, Unit


@dataclass(frozen=True, slots=True)
class Recovered:
    """A street that opens with its paper key again. `paper_key` is the new one for the safe, shown
    once; None when the street has another on paper already."""

    fingerprint: str
    paper_key: str | None = field(repr=False)
    fresh: bool


def revoke(desk: Desk, code: str, reason: str) -> Changed[StationEntry]:
    """Believe nothing any more that a station's keys sign: its PC was lost or stolen."""
    why = checked_reason(reason)
    with desk.unit_of_work("吊销站点密钥", needs=Right.MANAGE_STATION) as unit:
        needs_street(unit.station, "吊销密钥")
        entry = need_station(unit, code)
        if not any(key.revoked_at is None for key in store.keys_of(unit.connection, entry.code)):
            raise UserError(
                f"{entry.code}（{entry.name}）没有可以吊销的密钥，没有改动。",
                "它还没有加入，或者密钥已经吊销。",
            )
        store.close_keys(unit, entry.code, why, revoke=True)
        if not entry.state.over:
            entry = store.SHELF.put(unit, replace(entry, state=StationState.REVOKED))
        unit.about(entry.code, why)
    return changed(KIND.name, entry.uid, entry)


def rotate(desk: Desk) -> str:
    """Make a new signing key for this station; every bundle announces it until a receipt shows
    that the street knows it. Answers its public half in hexadecimal."""
    with desk.unit_of_work("更换站点密钥", needs=Right.MANAGE_STATION) as unit:
        needs_station(unit.station, "更换密钥")
        keys = store.own_keys(unit.connection)
        street = store.our_street(unit.connection)
        if keys is None or street is None:
            raise UserError(
                "本站还没有加入街道，没有密钥可换，没有改动。", "请先用街道的邀请文件申请加入。"
            )
        if keys.announced is not None:
            raise UserError(
                "已有一把新密钥在等街道确认，没有再换，也没有改动。",
                "请照常上报；收到回执后新密钥自动启用，旧密钥停用。",
            )
        key = SigningKey.fresh()
        store.keep_signing(unit, key, store.ANNOUNCED)
        unit.about(street.code)
    return key.public.hex()


def confirm_known_keys(unit: Unit, known: Iterable[bytes]) -> bool:
    """Sign with the announced key from now on, once a receipt names it among those the street
    knows: part of a unit of work. Whether it came to that."""
    keys = store.own_keys(unit.connection)
    if keys is None or keys.announced is None or keys.announced.public not in set(known):
        return False
    store.promote(unit, keys.announced.public.hex())
    return True


def recover_key(desk: Desk, paper_key: str) -> Recovered:
    """Open with the street's paper key, because the street's home is lost.

    In a new home it becomes the key this street opens with, and another is made for the safe. In a
    home that has keys already it opens beside them. Raises `UserError` for a mistyped key.
    """
    paper = OpeningKey.from_text(paper_key)
    with desk.unit_of_work("启用街道纸质备用密钥", needs=Right.MANAGE_STATION) as unit:
        needs_street(unit.station, "启用备用密钥")
        keys = store.own_keys(unit.connection)
        if keys is not None and paper.recipient in {one.recipient for one in keys.openers}:
            raise UserError("这把备用密钥已经启用过，没有改动。", "可以直接收件。")
        used_up = keys is None or keys.paper == paper.recipient
        fresh = OpeningKey.fresh() if used_up else None
        if keys is None:
            signing = SigningKey.fresh()
            store.keep_signing(unit, signing, store.CURRENT)
            store.keep_opening(unit, paper)
        else:
            store.forget_paper(unit, paper.recipient)
            store.keep_opening(unit, paper, store.RETIRED)
        if fresh is not None:
            store.keep_paper(unit, fresh.recipient)
        now = store.own_keys(unit.connection)
        assert now is not None
        unit.about(unit.station.code)
    return Recovered(
        fingerprint=files.street_fingerprint(now.street(unit.station)),
        paper_key=None if fresh is None else fresh.to_text(),
        fresh=keys is None,
    )
