"""A station that belongs to a street, made in one call by the way that people go."""

from __future__ import annotations

from dataclasses import dataclass, replace

from desktop_app.core.rights import Right
from desktop_app.registers.offices import service, store
from desktop_app.registers.offices.rules import Street
from desktop_app.storage.session import Desk
from tests.stations import STREET_FACTS

OTHER_STREET = replace(STREET_FACTS, code="QX", name="栖溪街道", lineage="other-street")


@dataclass(frozen=True, slots=True)
class Enrolled:
    """The street as the station knows it; `paper_key` when the street's keys were made now."""

    street: Street
    fingerprint: str
    paper_key: str | None


def enrol(station_desk: Desk, street_desk: Desk, *, replace_pc: bool = False) -> Enrolled:
    """Invite, request, accept, join."""
    invited = service.invite(street_desk)
    asked = service.request(station_desk, invited.content, expected=invited.fingerprint)
    welcomed = service.accept(
        street_desk, asked.content, replace_pc=replace_pc, expected=asked.fingerprint
    )
    joined = service.join(station_desk, welcomed.content)
    return Enrolled(joined.street, joined.fingerprint, invited.paper_key)


def keys_of(office: Desk) -> store.OwnKeys:
    """What an office signs and opens with."""
    with office.reading(needs=Right.READ) as connection:
        keys = store.own_keys(connection)
    assert keys is not None
    return keys


def believes(street: Desk, code: str, public: bytes) -> bool:
    """Whether the street believes what this key signs for the station."""
    with street.reading(needs=Right.READ) as connection:
        return store.trusted(connection, code, public) is not None
