"""The table of agreements: columns, checks, and one index per filter and order.

No foreign keys: a bundle may bring an agreement before its partner.
"""

from __future__ import annotations

import sqlalchemy as sa

from desktop_app.ledgers.agreements.rules.agreement import (
    CODE_LIMIT,
    LINE_LIMIT,
    NAME_LIMIT,
    PERSON_LIMIT,
    TEXT_LIMIT,
    AgreementState,
    Rhythm,
)
from desktop_app.storage.base import (
    Day,
    Flag,
    Int,
    Json,
    Secret,
    UidType,
    choice,
    record_table,
    text,
)

LISTED = "deleted_at IS NULL"
SIGNED = f"{LISTED} AND state = 'signed'"
EVER_SIGNED = f"{LISTED} AND signed_on IS NOT NULL"
ENDED = f"{LISTED} AND state = 'ended'"

AGREEMENT = record_table(
    "agreement",
    text("number", 40),
    sa.Column("partner", UidType),
    text("partner_name", NAME_LIMIT),
    text("party_a", NAME_LIMIT),
    text("a_head", PERSON_LIMIT),
    text("a_liaison", PERSON_LIMIT),
    sa.Column("a_phone", Secret, nullable=False),
    text("party_b", NAME_LIMIT),
    text("credit_code", CODE_LIMIT),
    text("b_head", PERSON_LIMIT),
    text("b_liaison", PERSON_LIMIT),
    sa.Column("b_phone", Secret, nullable=False),
    sa.Column("signed_on", Day),
    sa.Column("starts_on", Day),
    sa.Column("ends_on", Day),
    text("goals", TEXT_LIMIT),
    sa.Column("contents", Json, nullable=False),
    text("contents_words", TEXT_LIMIT),
    text("a_duties", TEXT_LIMIT),
    text("b_duties", TEXT_LIMIT),
    choice("demand_every", Rhythm),
    text("platform", LINE_LIMIT),
    text("venues", LINE_LIMIT),
    sa.Column("promises", Json, nullable=False),
    choice("meeting_every", Rhythm, nullable=True),
    sa.Column("quarterly_report", Flag, nullable=False),
    sa.Column("notice_days", Int, nullable=False),
    text("changes_words", TEXT_LIMIT),
    sa.Column("copies", Int, nullable=False),
    sa.Column("copies_each", Int, nullable=False),
    text("filed_with", LINE_LIMIT),
    sa.Column("scans", Json, nullable=False),
    sa.Column("supplements", Json, nullable=False),
    sa.Column("renewal_of", UidType),
    sa.Column("renewed_by", UidType),
    sa.Column("ended_on", Day),
    text("end_reason", LINE_LIMIT),
    choice("state", AgreementState),
    sa.Column("steps", Json, nullable=False),
    text("remark", TEXT_LIMIT),
    # Derived from the record, so that lists need not read what it holds: pages kept, supplements.
    sa.Column("scan_count", Int, nullable=False),
    sa.Column("supplement_count", Int, nullable=False),
)


def _index(name: str, *columns: str, where: str = LISTED) -> None:
    condition = sa.text(where)
    sa.Index(
        f"ix_agreement_{name}",
        *(AGREEMENT.c[column] for column in columns),
        sqlite_where=condition,
        postgresql_where=condition,
    )


sa.Index("uq_agreement_number", AGREEMENT.c.number, unique=True)
_index("listed", "created_at", "uid")
_index("state", "state", "created_at", "uid")
_index("partner", "partner", "created_at", "uid")
_index("last_day", "ends_on", "uid", where=SIGNED)
_index("signed_on", "signed_on", where=EVER_SIGNED)
_index("ended_on", "ended_on", where=ENDED)
_index("renewal", "renewal_of", where=f"{LISTED} AND renewal_of IS NOT NULL")
