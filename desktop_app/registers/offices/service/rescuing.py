"""A hall whose last operator has left: the street hands back a code that opens it once."""

from __future__ import annotations

from dataclasses import dataclass, field

from desktop_app.core.errors import UserError
from desktop_app.core.rights import Right
from desktop_app.registers.offices import rescue as papers
from desktop_app.registers.offices import store
from desktop_app.registers.offices.rules import StationEntry, Street, checked_reason
from desktop_app.registers.offices.service.edition import needs_station, needs_street
from desktop_app.storage.home import Home
from desktop_app.storage.key_file import load_slot_file
from desktop_app.storage.session import Desk
from desktop_app.storage.slot_keeper import SlotKeeper


@dataclass(frozen=True, slots=True)
class Rescued:
    """The code to read out, once the street is sure who asks. `known` is the station as the street
    has it in its list."""

    recovery_code: str = field(repr=False)
    code: str
    name: str
    known: StationEntry | None


def deposit_rescue(desk: Desk, keeper: SlotKeeper) -> Street:
    """Leave a fresh recovery code beside the key slots that only the street can read."""
    with desk.unit_of_work("向街道交存救援码", needs=Right.MANAGE_STATION) as unit:
        needs_station(unit.station, "交存救援码")
        street = store.our_street(unit.connection)
        if street is None:
            raise UserError(
                "本站还没有加入街道，没有交存，也没有改动。", "请先用街道的邀请文件申请加入。"
            )
        unit.about(street.code, street.name)
        home = keeper.slots().home_id.hex

        def seal(recovery_code: str) -> str:
            rescue = papers.Rescue(recovery_code, unit.station.code, home)
            return papers.sealed_rescue(rescue, street.recipients)

        # Last: when the file cannot be written, the audit does not say that it was.
        keeper.deposit_rescue(seal)
    return street


def ask_for_rescue(home: Home) -> bytes:
    """The file with which a station that nobody can open any more asks its street for help.

    Needs no sign-in: it holds nothing but what lies beside the key slots in the clear.
    """
    sealed = load_slot_file(home.key_slots, home.about.home_id).rescue
    if sealed is None:
        raise UserError(
            "这里没有向街道交存过救援码，或已用过，没有生成求助文件。",
            "请找密封保管的恢复码；它通常由站长或街道保管。",
        )
    about = home.about
    return papers.spell_rescue_request(
        papers.RescueRequest(about.code, about.name, about.home_id.hex, sealed)
    )


def rescue(desk: Desk, content: bytes, reason: str) -> Rescued:
    """Open the code that a locked-out station left for the street; the audit says who and why."""
    why = checked_reason(reason)
    asked = papers.read_rescue_request(content)
    with desk.unit_of_work("取出站点救援码", needs=Right.MANAGE_STATION) as unit:
        needs_street(unit.station, "取出救援码")
        keys = store.own_keys(unit.connection)
        if keys is None:
            raise UserError("本街道还没有密钥，打不开救援码，没有改动。", "请先恢复街道的数据。")
        opened = papers.opened_rescue(asked, keys.openers)
        known = store.station_named(unit.connection, opened.station)
        unit.about(opened.station, why)
    return Rescued(opened.recovery_code, opened.station, asked.name, known)
