"""Rows of service records and certificates, their lists, and hours added up. Never commits."""

from __future__ import annotations

from desktop_app.ledgers.service.store.counting import (
    ACTIVE_DAYS,
    count_between,
    roll_up,
    standing,
)
from desktop_app.ledgers.service.store.hours import (
    by_person_and_month,
    by_source,
    by_team,
    merged,
    minutes_between,
    waiting,
)
from desktop_app.ledgers.service.store.lists import (
    certificate_lines,
    certificates_narrowed,
    narrowed,
    record_lines,
)
from desktop_app.ledgers.service.store.shelves import (
    CERTIFICATE_SHELF,
    SHELF,
    Connection,
    all_of,
    beside,
    certificates_of,
    confirmed_of,
    forget_payloads,
    linked,
    lock_volunteer,
    of_number,
    open_of,
    to_change,
    written_in,
)
from desktop_app.ledgers.service.tables import LINKS

__all__ = [
    "ACTIVE_DAYS",
    "CERTIFICATE_SHELF",
    "LINKS",
    "SHELF",
    "Connection",
    "all_of",
    "beside",
    "by_person_and_month",
    "by_source",
    "by_team",
    "certificate_lines",
    "certificates_narrowed",
    "certificates_of",
    "confirmed_of",
    "count_between",
    "forget_payloads",
    "linked",
    "lock_volunteer",
    "merged",
    "minutes_between",
    "narrowed",
    "of_number",
    "open_of",
    "record_lines",
    "roll_up",
    "standing",
    "to_change",
    "waiting",
    "written_in",
]
