"""Half-filled forms of volunteers and teams: kept as typed, one per operator, until saved."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from desktop_app.core.rights import Right
from desktop_app.storage.drafts import drop_draft, load_draft, save_draft
from desktop_app.storage.session import Desk


def keep(desk: Desk, form: str, typed: Mapping[str, Any] | None) -> None:
    """Remember a form as typed so far; None forgets it."""
    desk.actor.require(Right.HANDLE)
    if desk.actor.uid is None:
        return
    if typed is None:
        drop_draft(desk.database, desk.actor.uid, _name(form))
    else:
        save_draft(desk.database, desk.actor.uid, _name(form), dict(typed))


def left_over(desk: Desk, form: str) -> dict[str, Any] | None:
    """The form as this operator left it, or None."""
    desk.actor.require(Right.HANDLE)
    if desk.actor.uid is None:
        return None
    return load_draft(desk.database, desk.actor.uid, _name(form))


def _name(form: str) -> str:
    return f"volunteers-{form}"
