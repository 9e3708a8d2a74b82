"""The list of residents as its page shows it: a line of the register with what marks a person.

Reads through `service` and names its right; what is masked on screen is for the page.
"""

from __future__ import annotations

from dataclasses import dataclass

from desktop_app.core.ids import Uid
from desktop_app.core.rights import Right
from desktop_app.registers.residents import service, store
from desktop_app.registers.residents.rules import PartyKind, PersonLine, ResidentKind
from desktop_app.storage.paging import FIRST, PAGE_SIZE, Page
from desktop_app.storage.session import Desk


@dataclass(frozen=True, slots=True)
class ResidentFilter:
    """What the list is narrowed to: the words of the box, 党员管理类别, 小区; `station` is the
    code of the station whose residents these are, at a street."""

    search: str = ""
    station: str = ""
    party: PartyKind | None = None
    compound: Uid | None = None


@dataclass(frozen=True, slots=True)
class ListedResident:
    """One line of the list; `informed` says that a notice or consent is on record."""

    line: PersonLine
    kind: ResidentKind
    party: PartyKind
    informed: bool
    station: str


def page(
    desk: Desk, wanted: ResidentFilter, cursor: str | None = FIRST, *, size: int = PAGE_SIZE
) -> Page[ListedResident]:
    """One page of the list, by name in the order of pinyin.

    A street lists whom it knows by name; most are masked there, and nobody could tell them apart.
    """
    found = service.page(
        desk,
        cursor,
        search=wanted.search,
        station=wanted.station,
        party=wanted.party,
        compound=wanted.compound,
        size=size,
    )
    with desk.reading(needs=Right.READ) as connection:
        files = store.SHELF.many(connection, [line.uid for line in found.rows])

    def marked(line: PersonLine) -> ListedResident:
        file = files[line.uid]
        informed = file.consent is not None
        return ListedResident(line, file.kind, file.party, informed, file.station)

    return found.map(marked)
