"""The station's settings as the screen reads and writes them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from desktop_app.core.changes import Changed, Undo
from desktop_app.core.rights import Right
from desktop_app.core.settings import Setting
from desktop_app.storage.session import Desk
from desktop_app.storage.settings import Settings, read_settings, write_setting

KIND = "settings"
"""The name under which a change of settings is told to pages; settings are no kind of record."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What cannot be changed here: whose home this is."""

    name: str
    code: str
    desk_letter: str
    is_street: bool


def facts(desk: Desk) -> Facts:
    """The station's name, its code and this database's desk letter."""
    with desk.reading(needs=Right.SIGN_IN):
        station = desk.database.station
        return Facts(station.name, station.code, station.desk, station.is_street)


def read(desk: Desk) -> Settings:
    """Every setting of the station."""
    with desk.reading(needs=Right.SIGN_IN) as connection:
        return read_settings(connection)


def write(desk: Desk, setting: Setting[Any], value: Any) -> Changed[Any]:
    """Store one setting; undo puts the former value back."""
    with desk.unit_of_work("修改设置", needs=Right.MANAGE_STATION) as unit:
        before = read_settings(unit.connection)[setting]
        checked = write_setting(unit, setting, value)

    def put_back(seat: Desk) -> Changed[Any]:
        return write(seat, setting, before)

    return Changed(frozenset({KIND}), (), checked, Undo("恢复设置", put_back))
