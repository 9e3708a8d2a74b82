"""What several use cases of this register need."""

from __future__ import annotations

from desktop_app.core.errors import SafetyRefusal, UserError
from desktop_app.core.text import half_width
from desktop_app.registers.offices import store
from desktop_app.registers.offices.rules import StationEntry, checked_code
from desktop_app.storage.session import Unit


def same_code(computed: str, typed: str) -> None:
    """Raise `SafetyRefusal` when a 核对码 was typed and is another; blanks do not matter."""
    wanted = "".join(half_width(typed).split()).replace("-", "")
    if wanted and wanted != computed.replace(" ", ""):
        raise SafetyRefusal(
            "核对码不一致，没有继续，也没有改动。",
            "请再核对一遍；还是不一致，说明文件不是对方发的，请不要使用，并当面交换文件。",
            field="expect",
        )


def need_station(unit: Unit, code: str) -> StationEntry:
    """A station of the street; `UserError` when there is none of that code."""
    wanted = checked_code(code)
    entry = store.station_named(unit.connection, wanted)
    if entry is None:
        raise UserError(
            f"本街道没有编码为 {wanted} 的站点，没有改动。",
            "请看站点清单。",
            field="code",
        )
    return entry


def need_living(unit: Unit, code: str) -> StationEntry:
    """A station of the street that is neither merged nor moved; `UserError` otherwise."""
    entry = need_station(unit, code)
    if entry.state.over:
        raise UserError(
            f"{entry.code}（{entry.name}）{entry.state.label}，没有改动。",
            "如果那是弄错了，请先恢复这个站点。",
            field="code",
        )
    return entry
