"""The tables of operators, and of what they prove themselves with; nothing else."""

from __future__ import annotations

import sqlalchemy as sa

from desktop_app.core.text import NAME_LIMIT
from desktop_app.registers.people.rules import Role
from desktop_app.storage.base import (
    Day,
    Flag,
    Secret,
    SecretJson,
    UidType,
    choice,
    record_table,
    table,
    text,
)

OPERATOR = record_table(
    "operator",
    text("name", NAME_LIMIT),
    choice("role", Role),
    sa.Column("active", Flag, nullable=False),
    sa.Column("password_changed", Day, nullable=False),
    sa.Column("must_change_password", Flag, nullable=False),
    sa.Index("uq_operator_name", "name", unique=True),
)

OPERATOR_SECRET = table(
    "operator_secret",
    sa.Column("uid", UidType, sa.ForeignKey("operator.uid"), primary_key=True),
    sa.Column("pin_hash", Secret),
    sa.Column("password_history", SecretJson, nullable=False),
    sa.Column("last_sign_in", Day),
)
"""Beside the record, not in it: the change log keeps every revision for years, and a PIN of four
digits does not survive that."""
