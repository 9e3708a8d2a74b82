"""Forms and matters with sensible defaults, and readings that tests need."""

from __future__ import annotations

from typing import Any

from desktop_app.core.handling import Handling
from desktop_app.core.ids import Uid
from desktop_app.core.rights import Right
from desktop_app.ledgers.visits import service, store
from desktop_app.ledgers.visits.rules.entry import MatterEntry, VisitForm
from desktop_app.ledgers.visits.rules.visit import Visit
from desktop_app.registers.matters.rules import Matter
from desktop_app.registers.residents import service as residents
from desktop_app.registers.residents.rules import Phone, Resident, ResidentDraft
from desktop_app.storage.session import Desk


def matter(name: str = "医保缴费", **more: Any) -> Matter:
    """An entry of the 事项目录 as the form shows it."""
    values: dict[str, Any] = {
        "uid": Uid(int=sum(map(ord, name))),
        "station": "QR01",
        "code": "YB01",
        "category": "医疗保障",
        "handling": Handling.INSTANT,
    }
    return Matter(name=name, **{**values, **more})


def timed(days: int = 3, name: str = "临时救助") -> Matter:
    """A matter with a limit of the station's own, in working days."""
    return matter(name, category="民政救助", handling=Handling.TIMED, station_days=days)


def form(*matters: MatterEntry | Matter, **more: Any) -> VisitForm:
    """A visit of 陈桂英; without matters she asks about 医保缴费."""
    entries = tuple(
        MatterEntry(matter=one) if isinstance(one, Matter) else one
        for one in matters or (matter(),)
    )
    return VisitForm(**{"name": "陈桂英", "matters": entries, **more})


def register(desk: Desk, *matters: MatterEntry | Matter, **more: Any) -> Visit:
    """A registered visit, the first of its batch."""
    return service.register(desk, form(*matters, **more)).value[0]


def resident(desk: Desk, name: str = "陈桂英", phone: str = "13800005678") -> Resident:
    """A resident with a file."""
    return residents.add(desk, ResidentDraft(name=name, phones=(Phone(phone),))).value


def stored(desk: Desk, uid: Uid) -> Visit:
    """The visit as it stands in the table, nothing masked."""
    with desk.reading(needs=Right.READ) as connection:
        return store.SHELF.need(connection, uid)
