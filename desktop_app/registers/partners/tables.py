"""The table of 共建单位; nothing else."""

from __future__ import annotations

import sqlalchemy as sa

from desktop_app.registers.partners.rules import (
    CODE_LIMIT,
    LINE_LIMIT,
    NAME_LIMIT,
    PERSON_LIMIT,
    TEXT_LIMIT,
    UnitKind,
)
from desktop_app.storage.base import (
    Day,
    Json,
    Secret,
    SecretJson,
    Text,
    choice,
    record_table,
    text,
)

LISTED = "deleted_at IS NULL"

PARTNER = record_table(
    "partner",
    text("number", 40),
    text("name", NAME_LIMIT),
    text("short_name", NAME_LIMIT),
    text("credit_code", CODE_LIMIT),
    choice("unit_kind", UnitKind),
    text("party_organisation", LINE_LIMIT),
    text("address", LINE_LIMIT),
    text("head", PERSON_LIMIT),
    sa.Column("head_phone", Secret, nullable=False),
    text("liaison", PERSON_LIMIT),
    sa.Column("liaison_phone", Secret, nullable=False),
    sa.Column("contacts", SecretJson, nullable=False),
    text("specialities", TEXT_LIMIT),
    sa.Column("compounds", Json, nullable=False),
    sa.Column("former_names", Json, nullable=False),
    sa.Column("since", Day),
    sa.Column("until", Day),
    text("end_reason", LINE_LIMIT),
    text("remark", TEXT_LIMIT),
    # Derived from the name: the place in a list that is read like a paper register.
    sa.Column("sort", Text, nullable=False),
)


def _index(name: str, *columns: str, where: str = LISTED) -> None:
    condition = sa.text(where)
    sa.Index(
        f"ix_partner_{name}",
        *(PARTNER.c[column] for column in columns),
        sqlite_where=condition,
        postgresql_where=condition,
    )


sa.Index("uq_partner_number", PARTNER.c.number, unique=True)
_index("listed", "sort", "uid")
_index("kind", "unit_kind", "sort", "uid")
_index("name", "name")
# Not unique: a street holds the same unit once for each of its stations.
_index("credit_code", "credit_code", where=f"{LISTED} AND credit_code <> ''")
