"""Half-filled forms that survive a power cut: one per operator and form, encrypted like the rest."""

from __future__ import annotations

import json
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from desktop_app.core.ids import Uid
from desktop_app.storage.session import Database
from desktop_app.storage.tables import DRAFT


def save_draft(database: Database, owner: Uid, form: str, content: dict[str, Any]) -> None:
    """Keep what has been typed so far; the previous draft of this form is replaced."""
    insert = postgresql.insert if database.dialect == "postgresql" else sqlite.insert
    statement = insert(DRAFT).values(
        owner=owner,
        form=form,
        at=database.clock.now(),
        content=json.dumps(content, ensure_ascii=False),
    )
    statement = statement.on_conflict_do_update(
        index_elements=[DRAFT.c.owner, DRAFT.c.form],
        set_={"at": statement.excluded.at, "content": statement.excluded.content},
    )
    with database.unrecorded() as connection:
        connection.execute(statement)


def load_draft(database: Database, owner: Uid, form: str) -> dict[str, Any] | None:
    """The draft of this form, or None."""
    query = sa.select(DRAFT.c.content).where(DRAFT.c.owner == owner, DRAFT.c.form == form)
    with database.unrecorded() as connection:
        found = connection.execute(query).scalar()
    return None if found is None else json.loads(found)


def drop_draft(database: Database, owner: Uid, form: str) -> None:
    """Forget the draft: the form was saved or cleared on purpose."""
    with database.unrecorded() as connection:
        connection.execute(sa.delete(DRAFT).where(DRAFT.c.owner == owner, DRAFT.c.form == form))
