"""The tables of service records and certificates: columns, checks, one index per filter and order.

No foreign keys: a bundle may bring a record before its volunteer. That minutes are what the times
say, less what is no service, is held by the database, too.
"""

from __future__ import annotations

import sqlalchemy as sa

from desktop_app.core.identity import IdKind
from desktop_app.core.satisfaction import Satisfaction
from desktop_app.core.text import NAME_LIMIT
from desktop_app.ledgers.service.rules.certificate import CertificateState
from desktop_app.ledgers.service.rules.service_record import (
    LINE_LIMIT,
    REASON_LIMIT,
    TEXT_LIMIT,
    ServiceState,
    Source,
)
from desktop_app.storage.base import (
    Day,
    Flag,
    Int,
    Json,
    Secret,
    SecretJson,
    Text,
    UidType,
    choice,
    record_table,
    text,
)

LISTED = "deleted_at IS NULL"
CONFIRMED = f"{LISTED} AND state = 'confirmed'"
UNCONFIRMED = f"{LISTED} AND state IN ('open', 'to_confirm')"
OPEN = f"{LISTED} AND state = 'open'"
GIVEN = f"{LISTED} AND state IN ('issued', 'publicised', 'archived')"

LINKS = ("activity", "attendance", "post", "shift", "request")
"""What a service may have been part of, in other ledgers."""

SERVICE = record_table(
    "service_record",
    text("number", 40),
    sa.Column("volunteer", UidType, nullable=False),
    sa.Column("team", UidType),
    *(sa.Column(link, UidType) for link in LINKS),
    text("title", LINE_LIMIT),
    sa.Column("started_at", Int, nullable=False),
    sa.Column("ended_at", Int),
    sa.Column("day", Day, nullable=False),
    sa.Column("excluded_minutes", Int, nullable=False),
    text("excluded_words", LINE_LIMIT),
    sa.Column(
        "minutes",
        Int,
        sa.CheckConstraint("minutes IS NULL OR minutes >= 0", name="minutes_count"),
    ),
    choice("source", Source),
    sa.Column("late", Flag, nullable=False),
    text("overlap_reason", REASON_LIMIT),
    text("content", TEXT_LIMIT),
    sa.Column("recipients", Secret, nullable=False),
    sa.Column("served", Int),
    text("organiser", LINE_LIMIT),
    text("head", NAME_LIMIT),
    text("place_words", LINE_LIMIT),
    sa.Column("good_deed", Flag, nullable=False),
    choice("rating", Satisfaction, nullable=True),
    choice("state", ServiceState),
    sa.Column("confirmed_by", UidType),
    text("confirmed_by_name", NAME_LIMIT),
    sa.Column("confirmed_on", Day),
    sa.Column("uploaded_on", Day),
    text("void_reason", REASON_LIMIT),
    sa.Column("steps", Json, nullable=False),
    text("remark", TEXT_LIMIT),
    # Derived from the day: hours are asked for by the month (`2026-11`).
    sa.Column("month", Text, nullable=False),
)

CERTIFICATE = record_table(
    "certificate",
    text("number", 40),
    sa.Column("volunteer", UidType, nullable=False),
    text("name", NAME_LIMIT),
    sa.Column(
        "gender",
        Int,
        sa.CheckConstraint("gender IN (0, 1, 2, 9)", name="gender_known"),
        nullable=False,
    ),
    choice("id_kind", IdKind, nullable=True),
    sa.Column("id_number", Secret, nullable=False),
    text("volunteer_number", 40),
    text("national_number", LINE_LIMIT),
    sa.Column("first", Day, nullable=False),
    sa.Column("last", Day, nullable=False),
    sa.Column("minutes", Int, nullable=False),
    sa.Column("lines", SecretJson, nullable=False),
    text("issuer", LINE_LIMIT),
    text("issuer_kind", LINE_LIMIT),
    text("head", LINE_LIMIT),
    text("handler", NAME_LIMIT),
    text("phone", LINE_LIMIT),
    text("purpose", LINE_LIMIT),
    choice("state", CertificateState),
    sa.Column("applied_on", Day, nullable=False),
    sa.Column("applied_by", UidType),
    text("applied_by_name", NAME_LIMIT),
    sa.Column("verified_on", Day),
    sa.Column("verified_by", UidType),
    text("verified_by_name", NAME_LIMIT),
    sa.Column("issued_on", Day),
    sa.Column("public_from", Day),
    sa.Column("public_until", Day),
    text("collected_by", NAME_LIMIT),
    sa.Column("collected_on", Day),
    text("void_reason", REASON_LIMIT),
    sa.Column("replaces", UidType),
    sa.Column("replaced_by", UidType),
    text("code", 12),
    sa.Column("paper", UidType),
    sa.Column("steps", Json, nullable=False),
)


def _index(of: sa.Table, name: str, *columns: str, where: str = LISTED) -> None:
    condition = sa.text(where)
    sa.Index(
        f"ix_{of.name}_{name}",
        *(of.c[column] for column in columns),
        sqlite_where=condition,
        postgresql_where=condition,
    )


for _table in (SERVICE, CERTIFICATE):
    sa.Index(f"uq_{_table.name}_number", _table.c.number, unique=True)

_index(SERVICE, "listed", "day", "uid")
_index(SERVICE, "station", "station", "day", "uid")
for _filter in ("volunteer", "team", "state"):
    _index(SERVICE, _filter, _filter, "day", "uid")
# Whether a time is free is asked with every record that is saved.
_index(SERVICE, "times", "volunteer", "started_at", "uid")
_index(SERVICE, "open", "volunteer", "day", where=OPEN)
# Hours are added up from these alone, without touching a row; SQLite looks at `deleted_at` again
# although the condition says what it is.
_index(
    SERVICE,
    "hours",
    *("volunteer", "month", "day", "team", "minutes", "deleted_at"),
    where=CONFIRMED,
)
_index(
    SERVICE,
    "counted",
    *("day", "month", "station", "volunteer", "source", "good_deed", "served", "minutes"),
    "deleted_at",
    where=CONFIRMED,
)
_index(SERVICE, "waiting", "day", "station", "state", "deleted_at", where=UNCONFIRMED)
for _link in LINKS:
    _index(SERVICE, _link, _link, where=f"{LISTED} AND {_link} IS NOT NULL")

_index(CERTIFICATE, "listed", "applied_on", "uid")
_index(CERTIFICATE, "station", "station", "applied_on", "uid")
for _filter in ("state", "volunteer"):
    _index(CERTIFICATE, _filter, _filter, "applied_on", "uid")
_index(CERTIFICATE, "given", "issued_on", "station", where=GIVEN)
