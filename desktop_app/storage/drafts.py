"""Half-filled forms that survive a power cut, one per operator and form, sealed like the rest."""

from __future__ import annotations

import json
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from desktop_app.core.clock import Millis
from desktop_app.core.ids import Uid
from desktop_app.storage.session import Database
from desktop_app.storage.tables import DRAFT


def save_draft(database: Database, owner: Uid, form: str, content: dict[str, Any]) -> None:
    """Keep what has been typed so far; the previous draft of this form is replaced."""
    with database.unrecorded() as connection:
        keep_in(connection, owner, form, content, database.clock.now())


def load_draft(database: Database, owner: Uid, form: str) -> dict[str, Any] | None:
    """The draft of this form, or None."""
    query = sa.select(DRAFT.c.content).where(DRAFT.c.owner == owner, DRAFT.c.form == form)
    with database.unrecorded() as connection:
        found = connection.execute(query).scalar()
    return None if found is None else json.loads(found)


def drop_draft(database: Database, owner: Uid, form: str) -> None:
    """Forget the draft: the form was saved or cleared on purpose."""
    with database.unrecorded() as connection:
        drop_in(connection, owner, form)


def keep_in(
    connection: sa.Connection, owner: Uid, form: str, content: dict[str, Any], at: Millis
) -> None:
    """Like `save_draft`, inside the transaction that saves what is no longer a draft."""
    insert = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    statement = insert(DRAFT).values(
        owner=owner, form=form, at=at, content=json.dumps(content, ensure_ascii=False)
    )
    connection.execute(
        statement.on_conflict_do_update(
            index_elements=[DRAFT.c.owner, DRAFT.c.form],
            set_={"at": statement.excluded.at, "content": statement.excluded.content},
        )
    )


def drop_in(connection: sa.Connection, owner: Uid, form: str) -> None:
    """Like `drop_draft`, inside the transaction that saves what is no longer a draft."""
    connection.execute(sa.delete(DRAFT).where(DRAFT.c.owner == owner, DRAFT.c.form == form))
