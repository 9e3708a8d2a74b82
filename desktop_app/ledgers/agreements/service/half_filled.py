"""The form of a draft as somebody left it: kept as typed, one per operator, gone when saved."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from desktop_app.core.ids import Uid
from desktop_app.core.rights import Right
from desktop_app.storage.drafts import drop_draft, drop_in, load_draft, save_draft
from desktop_app.storage.session import Desk, Unit

Text = dict[str, Any]


def keep(desk: Desk, uid: Uid | None, revision: int, text: Text | None) -> None:
    """Remember the form of a draft (None: of a new agreement) as typed so far; None forgets it."""
    desk.actor.require(Right.HANDLE)
    if desk.actor.uid is None:
        return
    if text is None:
        drop_draft(desk.database, desk.actor.uid, _name(uid))
    else:
        kept = {"revision": revision, "text": text}
        save_draft(desk.database, desk.actor.uid, _name(uid), kept)


def left_over(desk: Desk, uid: Uid | None) -> tuple[Text, int] | None:
    """The form as this operator left it, with the revision it was begun with; or None."""
    desk.actor.require(Right.READ)
    if desk.actor.uid is None:
        return None
    found = load_draft(desk.database, desk.actor.uid, _name(uid)) or {}
    text, revision = found.get("text"), found.get("revision")
    return (text, revision) if isinstance(text, dict) and isinstance(revision, int) else None


def forgetting(uid: Uid | None) -> Callable[[Unit], None]:
    """Forgets it in the unit of work that saves what is no longer half filled."""

    def forget(unit: Unit) -> None:
        if unit.actor.uid is not None:
            drop_in(unit.connection, unit.actor.uid, _name(uid))

    return forget


def _name(uid: Uid | None) -> str:
    return f"agreement:{'new' if uid is None else uid.hex}"
