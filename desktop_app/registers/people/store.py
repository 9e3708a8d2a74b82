"""Operators in their tables: rows ↔ dataclasses. Never commits."""

from __future__ import annotations

from dataclasses import asdict

import sqlalchemy as sa

from desktop_app.core.ids import Uid
from desktop_app.registers.people.record import KIND
from desktop_app.registers.people.rules import Operator, OperatorLine, OperatorSecrets
from desktop_app.registers.people.tables import OPERATOR, OPERATOR_SECRET
from desktop_app.storage.session import Unit
from desktop_app.storage.shelf import Shelf

SHELF = Shelf(KIND, OPERATOR)


def everybody(connection: sa.Connection, *, to_change: bool = False) -> list[Operator]:
    """All operators, disabled ones included, in the order they came.

    With `to_change` they stay as read until the transaction ends: two desks of a hall must not
    each disable the other's manager at the same moment.
    """
    query = sa.select(OPERATOR).where(OPERATOR.c.deleted_at.is_(None)).order_by(OPERATOR.c.uid)
    if to_change:
        query = query.with_for_update()
    return SHELF.values(connection.execute(query).mappings())


def lines(connection: sa.Connection) -> list[OperatorLine]:
    """What the list of operators shows: those in use first, then in the order they came."""
    query = (
        sa.select(OPERATOR, OPERATOR_SECRET.c.pin_hash, OPERATOR_SECRET.c.last_sign_in)
        .join(OPERATOR_SECRET, OPERATOR_SECRET.c.uid == OPERATOR.c.uid)
        .where(OPERATOR.c.deleted_at.is_(None))
        .order_by(OPERATOR.c.active.desc(), OPERATOR.c.uid)
    )
    return [
        OperatorLine(SHELF.value(row), row["pin_hash"] is not None, row["last_sign_in"])
        for row in connection.execute(query).mappings()
    ]


def named(connection: sa.Connection, name: str) -> Operator | None:
    """The operator of exactly that name, disabled or not."""
    query = sa.select(OPERATOR).where(OPERATOR.c.name == name)
    row = connection.execute(query).mappings().first()
    return None if row is None else SHELF.value(row)


def secrets_of(connection: sa.Connection, uid: Uid) -> OperatorSecrets:
    """What an operator proves himself with beside the password."""
    row = connection.execute(sa.select(OPERATOR_SECRET).where(OPERATOR_SECRET.c.uid == uid)).one()
    return OperatorSecrets(row.pin_hash, tuple(row.password_history), row.last_sign_in)


def put_secrets(unit: Unit, uid: Uid, secrets: OperatorSecrets) -> None:
    """Save them; they go into no log. The operator's own row must be there."""
    values = {**asdict(secrets), "password_history": list(secrets.password_history)}
    done = unit.connection.execute(
        sa.update(OPERATOR_SECRET).where(OPERATOR_SECRET.c.uid == uid).values(**values)
    )
    if done.rowcount == 0:
        unit.connection.execute(sa.insert(OPERATOR_SECRET), {"uid": uid, **values})
