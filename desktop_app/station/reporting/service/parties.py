"""Who sends to whom: this station's keys, and the street they are meant for."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_app.bundle.faults import Refused
from desktop_app.bundle.header import Header, meant_for
from desktop_app.core.errors import UserError
from desktop_app.registers.offices.rules import Street
from desktop_app.registers.offices.service.edition import needs_station
from desktop_app.registers.offices.store import OwnKeys, our_street, own_keys
from desktop_app.station.reporting.store import Connection
from desktop_app.storage.session import StationFacts


@dataclass(frozen=True, slots=True)
class Parties:
    """Both ends of the way up."""

    keys: OwnKeys
    street: Street


def parties(connection: Connection, station: StationFacts) -> Parties:
    """Both ends. Raises `UserError` at a street, and for a station that has joined none yet."""
    needs_station(station, "上报")
    keys, street = own_keys(connection), our_street(connection)
    if keys is None or street is None:
        raise UserError(
            "本站还没有加入街道，没有上报，数据都在。",
            "请先导入街道的邀请文件（street.json），把申请文件交给街道，再导入接收文件。",
        )
    return Parties(keys, street)


def from_our_street(header: Header, signer: bytes, street: Street, station: str) -> None:
    """Refuse what our street did not sign, or what is meant for another station."""
    meant_for(header, station)
    if signer != street.signing or header.sender != street.code:
        raise Refused(
            f"这个文件不是“{street.name}”签发的",
            "请核对是不是拿错了别处的文件；如果街道换过密钥，请向街道要新的接收文件。",
        )
