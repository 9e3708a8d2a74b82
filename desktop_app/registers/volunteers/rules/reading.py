"""Volunteers as screens show them unasked, and a private field in full, as words. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date

from desktop_app.core.masked_values import HIDDEN
from desktop_app.core.masking import mask_id, mask_name, mask_phone
from desktop_app.core.record import altered
from desktop_app.registers.volunteers.rules.volunteer import Volunteer

BIRTHDAY_OF_LEAP_DAY = 28
"""Who was born on 29 February is congratulated on the 28th in other years."""


def masked(volunteer: Volunteer) -> Volunteer:
    """The volunteer as a screen shows it unasked: no number can be dialled or copied from it, and
    nothing of the person's health is told."""
    agreed, insured = volunteer.guardian_consent, volunteer.insurance
    return altered(
        volunteer,
        national_number=mask_id(volunteer.national_number),
        health_note=_hidden(volunteer.health_note),
        emergency_name=mask_name(volunteer.emergency_name),
        emergency_phone=mask_phone(volunteer.emergency_phone),
        guardian_consent=agreed and replace(agreed, by=mask_name(agreed.by)),
        insurance=insured and replace(insured, policy=_hidden(insured.policy)),
        remark=_hidden(volunteer.remark),
    )


def _hidden(text: str) -> str:
    return HIDDEN if text else ""


def _consent_words(volunteer: Volunteer) -> str:
    agreed = volunteer.guardian_consent
    if agreed is None:
        return ""
    parts = (agreed.day.isoformat(), agreed.by, agreed.relation, agreed.words)
    return " ".join(part for part in parts if part)


def _insurance_words(volunteer: Volunteer) -> str:
    insured = volunteer.insurance
    if insured is None:
        return ""
    until = f"至 {insured.until.isoformat()}" if insured.until else ""
    return " ".join(part for part in (insured.name, insured.policy, until) if part)


IN_FULL: Mapping[str, Callable[[Volunteer], str]] = {
    "national_number": lambda volunteer: volunteer.national_number,
    "health_note": lambda volunteer: volunteer.health_note,
    "emergency_name": lambda volunteer: volunteer.emergency_name,
    "emergency_phone": lambda volunteer: volunteer.emergency_phone,
    "guardian_consent": _consent_words,
    "insurance": _insurance_words,
    "left_reason": lambda volunteer: volunteer.left_reason,
    "remark": lambda volunteer: volunteer.remark,
}
"""What of a volunteer can be revealed, by the field's name."""


def birthdays_within(birth: date, first: date, last: date) -> list[date]:
    """The birthdays from the first to the last of these days; the day of birth is none."""
    days = [_in_year(birth, year) for year in range(first.year, last.year + 1)]
    return [day for day in days if first <= day <= last and day.year > birth.year]


def _in_year(birth: date, year: int) -> date:
    try:
        return birth.replace(year=year)
    except ValueError:
        return date(year, birth.month, BIRTHDAY_OF_LEAP_DAY)
