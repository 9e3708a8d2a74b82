"""What a file holds on the day it is opened: who was told what, and nothing a child's may not."""

from __future__ import annotations

from datetime import date

from desktop_app.core.record import altered
from desktop_app.registers.residents.rules import (
    GUARDIAN_AGE,
    Consent,
    ConsentBasis,
    ResidentDraft,
    age_on,
)
from desktop_app.station.demo.people import Person


def in_order_on(person: Person, day: date, clerk: str) -> ResidentDraft:
    """The draft with the consent of that day, as `registers.residents` asks for it."""
    if age_on(person.birth, day) < GUARDIAN_AGE:
        basis = ConsentBasis.GUARDIAN
    elif person.draft.special_groups:
        basis = ConsentBasis.WRITTEN
    else:
        basis = ConsentBasis.TOLD_AND_AGREED
    return altered(person.draft, consent=Consent(basis, day, by=clerk))
