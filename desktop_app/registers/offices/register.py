"""The street's stations for the command line: they are looked at here, `street` changes them."""

from __future__ import annotations

from desktop_app.core.codec import Plain, encode
from desktop_app.core.fields import Field, FieldKind, LabelledEnum
from desktop_app.core.ids import Uid
from desktop_app.core.ledger_spec import (
    Ledger,
    Query,
    Rows,
    Shown,
    cut,
    events,
    member_of,
    plain_record,
    refuse_days,
    refuse_status,
)
from desktop_app.core.rights import Right
from desktop_app.registers.offices import service
from desktop_app.registers.offices.record import KIND
from desktop_app.registers.offices.rules import StationLine, StationState
from desktop_app.storage.audit import entries
from desktop_app.storage.session import Desk

_SHOWN = tuple(field for field in KIND.fields if field.name not in ("earlier_names", "note"))
_KEY_SINCE = Field("key_since", "密钥启用", FieldKind.MOMENT)


def row(line: StationLine, desk: Desk) -> dict[str, Plain]:
    """A station as the list prints it."""
    entry, zone = line.entry, desk.database.zone
    shown = {field.name: encode(getattr(entry, field.name)) for field in _SHOWN}
    since = None if line.key is None else zone.local(line.key.since).isoformat(timespec="seconds")
    return {**shown, _KEY_SINCE.name: since, "uid": entry.uid.hex}


def _page(desk: Desk, query: Query) -> Rows:
    refuse_days(KIND.label, query)
    state: LabelledEnum | None = None
    if query.status:
        state = member_of(StationState, query.status)
        if state is None:
            raise refuse_status(KIND.label, [one.label for one in StationState])
    rows = [
        row(line, desk)
        for line in service.station_lines(desk)
        if (state is None or line.entry.state is state)
        and query.search.upper() in f"{line.entry.code} {line.entry.name}".upper()
    ]
    return cut(rows, query)


def _show(desk: Desk, uid: Uid) -> Shown:
    line = service.station_line(desk, uid)
    plain, hidden = plain_record(KIND, line.entry, desk.database.zone)
    with desk.reading(needs=Right.READ) as connection:
        lines = entries(connection, subject=line.entry.code)
    return Shown(plain, hidden, (), events(lines))


STATIONS = Ledger(
    kind=KIND,
    columns=(*_SHOWN, _KEY_SINCE, Field("uid", "uid")),
    page=_page,
    show=_show,
    title=lambda entry: str(entry.code),
    elsewhere="站点由 jinlin street 的子命令加入和变更（jinlin street --help）。",
)

LEDGERS = (STATIONS,)
