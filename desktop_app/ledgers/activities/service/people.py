"""Who a person is: filled in from the file, and found on the sheet. Part of other use cases."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from desktop_app.core.ids import Uid
from desktop_app.core.record import altered
from desktop_app.ledgers.activities import store
from desktop_app.ledgers.activities.rules.activity import Activity, Group
from desktop_app.ledgers.activities.rules.attendance import Attendance, Person
from desktop_app.registers.places.store import PLACES
from desktop_app.registers.residents import store as residents
from desktop_app.registers.residents.rules import PartyKind
from desktop_app.storage.session import Unit


@dataclass(frozen=True, slots=True)
class Known:
    """A person with what the file knows, and the files that are his: the kept one comes first."""

    person: Person
    files: tuple[Uid, ...] = ()


def known(unit: Unit, person: Person) -> Known:
    """The person, with name, unit, phone and usual group from the file where nothing was said."""
    if person.resident is None:
        return Known(person)
    kept = residents.kept_uid(unit.connection, person.resident)
    file = residents.SHELF.need(unit.connection, kept)
    compound = PLACES.get(unit.connection, file.compound) if file.compound else None
    party = file.party is not PartyKind.NONE
    told = replace(
        person,
        resident=kept,
        name=person.name or file.name,
        unit=person.unit or (compound.name if compound else ""),
        phone=person.phone or (file.phones[0].number if file.phones else ""),
        usual=Group.PARTY if party else Group.PUBLIC,
    )
    return Known(told, (kept, *residents.merged_uids(unit.connection, kept)))


def candidates(unit: Unit, activity: Activity, who: Known) -> list[Attendance]:
    """The rows that could be this person's; those of merged files stand under the kept one."""
    found = store.namesakes(unit.connection, activity.uid, who.person.name, who.files)
    return under_kept_files(found, [who])


def under_kept_files(rows: Sequence[Attendance], people: Sequence[Known]) -> list[Attendance]:
    """The rows with each merged file replaced by the one it is part of now."""
    kept = {file: who.files[0] for who in people for file in who.files[1:]}
    return [
        altered(row, resident=kept[row.resident]) if row.resident in kept else row for row in rows
    ]
